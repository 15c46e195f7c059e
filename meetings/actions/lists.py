"""People invited to a meeting besides its members (R12)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.plan import lock_meeting
from meetings.actions.revisions import Revision, revise
from meetings.models import Guest, Meeting
from steering.actions import save_checked
from steering.models import User

INVITED_ABOUT = 15  # R12: "about"; more is warned of, never refused
INVITED = "invited"  # kept with the history of a meeting, whose own fields such a change may not touch
COLUMNS = ("full_name", "body")


@transaction.atomic
def revise_invited(*, meeting: Meeting, revision: Revision, by: User | None) -> list[Guest]:
    """Add, correct and take off people invited; the new ones. See `invitation_warning` for R12."""
    meeting = lock_meeting(meeting)
    new = revise(meeting.guests, revision, COLUMNS, same=COLUMNS)
    if new is not None:
        meeting._change_reason = INVITED  # type: ignore[attr-defined]  # read by simple-history
        meeting.invited_count = meeting.guests.count()
        save_checked(meeting, by=by)
    return new or []


def invite(*, meeting: Meeting, guests: Sequence[tuple[str, str]], by: User | None) -> list[Guest]:
    """Add guests (full name, body); whoever is invited already is left out."""
    return revise_invited(meeting=meeting, revision=Revision(added=guests), by=by)


@transaction.atomic
def count_invited(*, meeting: Meeting, by: User | None) -> int:
    """Keep the count beside the meeting after its invitations were written row by row, and return it."""
    meeting = lock_meeting(meeting)
    count = meeting.guests.count()
    if count != meeting.invited_count:
        meeting.invited_count = count
        save_checked(meeting, by=by)
    return count


def invitation_warning(count: int) -> str | None:
    """A sentence above about 15 guests (R12), else None."""
    if count <= INVITED_ABOUT:
        return None
    return _("%(count)d người là nhiều hơn mức khoảng %(about)d. Vẫn lưu được, nếu nơi họp đủ chỗ.") % {
        "count": count,
        "about": INVITED_ABOUT,
    }
