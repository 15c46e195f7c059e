"""Every kind of document of the project, by its key."""

from meetings.documents import KINDS as MEETING_KINDS

KINDS = {kind.key: kind for kind in MEETING_KINDS}
