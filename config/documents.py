"""Every kind of document of the project, by its key."""

from clubs.documents import KINDS as CLUB_KINDS
from clubs.election_documents import KINDS as ELECTION_KINDS
from meetings.documents import KINDS as MEETING_KINDS
from reports.documents import KINDS as REPORT_KINDS

KINDS = {kind.key: kind for kind in (*CLUB_KINDS, *ELECTION_KINDS, *MEETING_KINDS, *REPORT_KINDS)}
