"""Calendar feeds: opening one, giving it another address, revoking it. What it shows stands in `meetings.feeds`."""

from secrets import token_urlsafe

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from meetings.models import CalendarFeed
from steering.actions import save_checked
from steering.models import Unit, User


@transaction.atomic
def open_feed(*, club: Club | None = None, unit: Unit | None = None, by: User) -> CalendarFeed:
    """The address at which `by` follows the meetings of a club, of a unit or, without either, all they may see.

    Whoever follows it already keeps the address they have.
    """
    found = by.calendar_feeds.current().filter(club=club, unit=unit).first()
    return found or save_checked(CalendarFeed(user=by, club=club, unit=unit, key=token_urlsafe(32)), by=by)


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, by: User) -> CalendarFeed:
    """The address leads nowhere from now on."""
    require_own(feed, by)
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    feed.revoked_at = feed.revoked_at or timezone.now()
    return save_checked(feed, by=by)


@transaction.atomic
def renew_feed(*, feed: CalendarFeed, by: User) -> CalendarFeed:
    """The same under another address, for one that came into the wrong hands."""
    old = revoke_feed(feed=feed, by=by)
    return open_feed(club=old.club, unit=old.unit, by=by)


def require_own(feed: CalendarFeed, by: User) -> None:
    if feed.user_id != by.pk:
        raise PermissionDenied(_("Lịch theo dõi này của người khác. Mở lịch của mình."))
