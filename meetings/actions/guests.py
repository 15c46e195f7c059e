"""People at a meeting besides its members: invited (R12), and come, which is another thing."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from meetings.actions.plan import lock_meeting
from meetings.actions.revisions import Revision, revise
from meetings.models import Guest, Meeting, MeetingState
from steering.actions import save_checked
from steering.models import User
from steering.text import clean

INVITED_ABOUT = 15  # R12: "about"; more is warned of, never refused
INVITED, CAME = "invited", "guests"  # kept with the history of a meeting, whose own fields such a change may not touch
COLUMNS = ("full_name", "body", "hamlet")
SAME = ("full_name", "body")


@transaction.atomic
def revise_invited(*, meeting: Meeting, revision: Revision, by: User | None) -> list[Guest]:
    """Add, correct and take off people invited; the new ones. See `invitation_warning` for R12.

    Whoever came is not lost with the invitation, and whoever came without one can still get it.
    """
    meeting = lock_meeting(meeting)
    rows = [pad(row) for row in revision.added]
    came = meeting.guests.filter(pk__in=revision.removed, has_come=True).update(is_invited=False)
    late = sum(meeting.guests.filter(full_name=clean(name), body=clean(body)).exclude(is_invited=True).update(is_invited=True) for name, body, _hamlet in rows)
    removed = meeting.guests.filter(pk__in=revision.removed, has_come=False).values_list("pk", flat=True)
    new = revise(meeting.guests, Revision(revision.changed, list(removed), rows), COLUMNS, same=SAME)
    if new is not None or came or late:
        meeting._change_reason = INVITED  # type: ignore[attr-defined]  # read by simple-history
        save_counts(meeting, by)
    return new or []
