"""Whose turn it is to host (R11), and on which day a club meets: decisions on values, without a query."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from steering.language import on_record


class NoEligibleHost(ValueError):
    """Nobody can host; the message says what to do."""


@dataclass(frozen=True)
class Host:
    """A place in the rotation. `order` is its stored sort key; `predecessor_ids` are all the units it took over."""

    unit_id: int
    name: str
    order: str
    predecessor_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Turn:
    """A turn that counts: held, or still planned. What was postponed, cancelled, declined or overridden is no turn,
    and so stays owed."""

    unit_id: int
    on: date


@dataclass(frozen=True)
class Choice:
    """A host, the day of its latest turn or None, and its place in the line of `total` hosts, from 0, the due one."""

    host: Host
    last_on: date | None
    place: int
    total: int

    @property
    def why(self) -> str:
        """Why it stands where it stands, for the one who reads it: "chưa từng đăng cai"."""
        if self.total == 1:
            return _("nơi duy nhất trong lượt")
        if self.last_on is None:
            return _("chưa từng đăng cai")
        month = f"{self.last_on:%m/%Y}"
        if self.place == 0:
            return _("lần gần nhất %(month)s, lâu nhất trong %(total)d nơi") % {"month": month, "total": self.total}
        return _("lần gần nhất %(month)s") % {"month": month}

    @property
    def reason(self) -> str:
        """The same with the host's name, to be kept: "Xã Tân Phú: chưa từng đăng cai"."""
        with on_record():
            return f"{self.host.name}: {self.why}"


def rank_hosts(hosts: Iterable[Host], turns: Iterable[Turn]) -> list[Choice]:
    """Hosts, the next one first: never hosted before longest ago, then by `order`.

    A merged unit's latest turn is the latest of its own and its predecessors'. An override is an extra, no turn: the
    sequence of turns is the same as without it.
    """
    latest: dict[int, date] = {}
    for turn in turns:
        latest[turn.unit_id] = max(turn.on, latest.get(turn.unit_id, turn.on))

    def last_turn(host: Host) -> date | None:
        days = [latest[unit] for unit in {host.unit_id, *host.predecessor_ids} if unit in latest]
        return max(days, default=None)

    ranked = sorted(((host, last_turn(host)) for host in hosts), key=_rank)
    return [Choice(host, day, place, len(ranked)) for place, (host, day) in enumerate(ranked)]


def _rank(entry: tuple[Host, date | None]) -> tuple[date, str, int]:
    host, day = entry
    return day or date.min, host.order, host.unit_id


def next_host(hosts: Iterable[Host], turns: Iterable[Turn], declined: Collection[int] = ()) -> Choice:
    """The due host, those in `declined` (unit ids) passed over this once. Raises NoEligibleHost."""
    ranked = rank_hosts(hosts, turns)
    for choice in ranked:
        if choice.host.unit_id not in declined:
            return choice
    if ranked:
        raise NoEligibleHost(_("Mọi nơi trong lượt đều xin thôi kỳ này. Thỏa thuận lại với một nơi, hoặc dời kỳ họp."))
    raise NoEligibleHost(
        _("Không có nơi nào để đăng cai. Nhập các đơn vị trực thuộc của đơn vị trước, rồi lên lịch lại.")
    )


def meeting_day(first_day: date, last_day: date, weekday: int, nth: int, closed: Collection[date]) -> date:
    """The `nth` (1..4) `weekday` (0 is Monday) from `first_day` to `last_day`, both inclusive.

    When that day is closed: the next open one of the same weekday, else the nearest open day after, else before.
    Raises ValueError when every day is closed.
    """
    wanted = first_day + timedelta(days=(weekday - first_day.weekday()) % 7 + 7 * (nth - 1))
    while wanted > last_day and wanted - timedelta(days=7) >= first_day:
        wanted -= timedelta(days=7)
    length = (last_day - first_day).days + 1
    days = [first_day + timedelta(days=n) for n in range(length)]
    same_weekday = [day for day in days if day >= wanted and day.weekday() == weekday]
    after = [day for day in days if day > wanted]
    before = [day for day in reversed(days) if day < wanted]
    for day in [*same_weekday, *after, *before]:
        if day not in closed:
            return day
    raise ValueError(_("Kỳ này không còn ngày nào để họp. Xem lại bảng ngày nghỉ."))
