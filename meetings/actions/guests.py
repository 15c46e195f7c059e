"""People at a meeting besides its members: invited (R12), and come, which is another thing."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from clubs.actions.tallies import recount
from meetings.actions.locks import lock_counted
from meetings.actions.revisions import Revision, revise
from meetings.models import Guest, Meeting, MeetingState
from meetings.tallies import MEETINGS
from steering.actions import save_checked
from steering.models import User
from steering.text import clean

INVITED_ABOUT = 15  # R12: "about"; more is warned of, never refused
INVITED, GUESTS = (
    "invited",
    "guests",
)  # kept with the history of a meeting, whose own fields such a change may not touch
COLUMNS = ("full_name", "body", "hamlet")
SAME = ("full_name", "body")


# Invited


@transaction.atomic
def revise_invited(*, meeting: Meeting, revision: Revision, by: User | None) -> list[Guest]:
    """Add, correct and take off people invited; the new ones. See `invitation_warning` for R12.

    Whoever came stays on record when the invitation is taken off: then it was one without it.
    """
    meeting = lock_counted(meeting)
    off = meeting.guests.filter(pk__in=revision.removed)
    kept = off.filter(has_come=True).update(is_invited=False)
    removed = list(off.filter(has_come=False).values_list("pk", flat=True))
    new = revise(meeting.guests, Revision(revision.changed, removed, revision.added), COLUMNS, same=SAME)
    if new is not None or kept:
        meeting._change_reason = INVITED  # type: ignore[attr-defined]  # read by simple-history
        save_counts(meeting, by)
    return new or []


def invite(*, meeting: Meeting, guests: Sequence[tuple[str, ...]], by: User | None) -> list[Guest]:
    """Add guests (full name, body and, where it is known, hamlet); whoever is invited already is left out."""
    rows = [(*guest, "")[: len(COLUMNS)] for guest in guests]
    return revise_invited(meeting=meeting, revision=Revision(added=rows), by=by)


def invitation_warning(count: int) -> str | None:
    """A sentence above about 15 guests (R12), else None."""
    if count <= INVITED_ABOUT:
        return None
    return _("%(count)d người là nhiều hơn mức khoảng %(about)d. Vẫn lưu được, nếu nơi họp đủ chỗ.") % {
        "count": count,
        "about": INVITED_ABOUT,
    }


# Come


@transaction.atomic
def record_guests(
    *, meeting: Meeting, came: Mapping[int, bool], unexpected: Sequence[tuple[str, str]] = (), by: User | None
) -> Meeting:
    """Record which guests came (guest id → whether), and who came without an invitation (full name, body).

    Guests not named stay as they are; whoever has no invitation and did not come is taken off. Raises ValidationError:
    the meeting was not held.
    """
    meeting = lock_counted(meeting)
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("Kỳ này chưa ghi là đã họp. Điểm danh thành viên trước."))
    changed = [guest for guest in meeting.guests.all() if came.get(guest.pk, guest.has_come) != guest.has_come]
    for guest in changed:
        guest.has_come = not guest.has_come
    gone = [guest.pk for guest in changed if not guest.is_invited and not guest.has_come]
    meeting.guests.filter(pk__in=gone).delete()
    Guest.objects.bulk_update([guest for guest in changed if guest.pk not in gone], ["has_come"])
    if welcome(meeting, unexpected) or changed:
        meeting._change_reason = GUESTS  # type: ignore[attr-defined]
        save_counts(meeting, by)
    return meeting


def welcome(meeting: Meeting, unexpected: Sequence[tuple[str, str]]) -> bool:
    """Put down who came without an invitation; of somebody on the list already, that they came. Whether that was news."""
    known = {(guest.full_name, guest.body): guest for guest in meeting.guests.all()}
    is_news = False
    for pair in dict.fromkeys((clean(name), clean(body)) for name, body in unexpected):
        guest = known.get(pair) or Guest(meeting=meeting, full_name=pair[0], body=pair[1], is_invited=False)
        if not guest.has_come:
            guest.has_come = is_news = True
            guest.clean_fields(exclude=["meeting"])
            guest.save()
    return is_news


# How many


@transaction.atomic
def count_guests(*, meeting: Meeting, by: User | None) -> Meeting:
    """Keep the counts beside the meeting after its guests were written row by row, and return it."""
    meeting = lock_counted(meeting)
    before = (meeting.invited_count, meeting.guest_count)
    set_counts(meeting)
    if (meeting.invited_count, meeting.guest_count) != before:
        save_checked(meeting, by=by)
        recount(meeting.club, on=meeting.period_last_day, book=MEETINGS)
    return meeting


def set_counts(meeting: Meeting) -> None:
    counts = meeting.guests.aggregate(
        invited=Count("pk", filter=Q(is_invited=True)), came=Count("pk", filter=Q(has_come=True))
    )
    meeting.invited_count, meeting.guest_count = counts["invited"], counts["came"]


def save_counts(meeting: Meeting, by: User | None) -> None:
    set_counts(meeting)
    save_checked(meeting, by=by)
    recount(meeting.club, on=meeting.period_last_day, book=MEETINGS)
