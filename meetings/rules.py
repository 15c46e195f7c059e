"""Whose turn it is to host (R11), and on which day a club meets: decisions on values, without a query."""

from collections.abc import Collection, Iterable, Sequence
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
    and so stays owed.

    `instead_of` is the day of the turn that was given for it when two hosts exchanged theirs. In the line each keeps the
    place it had, so that an exchange moves nobody else.
    """

    unit_id: int
    on: date
    instead_of: date | None = None

    @property
    def place(self) -> date:
        return self.instead_of or self.on


@dataclass(frozen=True)
class Choice:
    """A host, its latest turn or None, and its place in the line of `total` hosts, from 0, the due one."""

    host: Host
    last: Turn | None
    place: int
    total: int

    @property
    def last_on(self) -> date | None:
        return self.last.on if self.last else None

    @property
    def why(self) -> str:
        """Why it stands where it stands, for the one who reads it: "chưa từng đăng cai".

        Of several turns in a row each host is the one that has waited longest by its own turn, those before it counted.
        """
        if self.total == 1:
            return _("nơi duy nhất trong lượt")
        if self.last is None:
            return _("chưa từng đăng cai")
        month = f"{self.last.on:%m/%Y}"
        if self.last.instead_of:
            month = _("%(month)s, đổi cho lượt %(turn)s") % {"month": month, "turn": f"{self.last.place:%m/%Y}"}
        if self.place == 0:
            words = _("lần gần nhất %(month)s, tính đến lượt này lâu nhất trong %(total)d nơi")
            return words % {"month": month, "total": self.total}
        return _("lần gần nhất %(month)s") % {"month": month}

    @property
    def reason(self) -> str:
        """The same with the host's name, to be kept: "Xã Tân Phú: chưa từng đăng cai"."""
        with on_record():
            return f"{self.host.name}: {self.why}"


def rank_hosts(hosts: Iterable[Host], turns: Iterable[Turn]) -> list[Choice]:
    """Hosts, the next one first: never hosted before longest ago, then by `order`. Exchanged turns stand where they
    stood before; of two that stand on one day, the one that took place earlier comes first.

    A merged unit's latest turn is the latest of its own and its predecessors'. An override is an extra, no turn: the
    sequence of turns is the same as without it.
    """
    latest: dict[int, Turn] = {}
    for turn in sorted(turns, key=_place):
        latest[turn.unit_id] = turn

    def last_turn(host: Host) -> Turn | None:
        own = [latest[unit] for unit in {host.unit_id, *host.predecessor_ids} if unit in latest]
        return max(own, key=_place, default=None)

    ranked = sorted(((host, last_turn(host)) for host in hosts), key=_rank)
    return [Choice(host, turn, place, len(ranked)) for place, (host, turn) in enumerate(ranked)]


def _place(turn: Turn | None) -> tuple[date, date]:
    return (turn.place, turn.on) if turn else (date.min, date.min)


def _rank(entry: tuple[Host, Turn | None]) -> tuple[tuple[date, date], str, int]:
    host, turn = entry
    return _place(turn), host.order, host.unit_id


def next_host(hosts: Iterable[Host], turns: Iterable[Turn], declined: Collection[int] = ()) -> Choice:
    """The due host, those in `declined` (unit ids) passed over this once. Raises NoEligibleHost."""
    return first_willing(rank_hosts(hosts, turns), declined)


def first_willing(ranked: Sequence[Choice], declined: Collection[int]) -> Choice:
    """The first of `ranked` whose unit is not in `declined`. Raises NoEligibleHost."""
    for choice in ranked:
        if choice.host.unit_id not in declined:
            return choice
    if ranked:
        raise NoEligibleHost(_("Mọi nơi trong lượt đều xin thôi kỳ này. Thỏa thuận lại với một nơi, hoặc dời kỳ họp."))
    raise NoEligibleHost(
        _("Không có nơi nào để đăng cai. Nhập các đơn vị trực thuộc của đơn vị trước, rồi lên lịch lại.")
    )


@dataclass(frozen=True)
class Slot:
    """A regular meeting that waits for its host: its day, who may host then, and who declined it (unit ids)."""

    day: date
    hosts: Sequence[Host]
    declined: Collection[int] = ()

    @property
    def is_open(self) -> bool:
        """Whether anybody can host it."""
        return any(host.unit_id not in self.declined for host in self.hosts)


def rank_for(slot: Slot, turns: Iterable[Turn], coming: Iterable[date] = ()) -> list[Choice]:
    """The line as it stands at `slot`, somewhere in a series: `coming` are the days of meetings without a host yet.

    A turn that stands further ahead counts already when it is less than a round away, as many meetings as there are
    other hosts: its host would come twice while somebody else had not come at all. One beyond that is another round's.
    """
    turns = list(turns)
    ahead = sorted(day for day in {*coming, *(turn.place for turn in turns)} if day > slot.day)
    within = [slot.day, *ahead][: max(len(slot.hosts), 1)]
    return rank_hosts(slot.hosts, [turn for turn in turns if turn.place <= within[-1]])


def assign_hosts(slots: Sequence[Slot], turns: Iterable[Turn]) -> list[Choice]:
    """A host for each of `slots`, given in the order of their days, beside the `turns` that stand (R11).

    The least recently hosted comes first. Who declined a meeting is passed over there and keeps its place, so that it
    is due at the next one. Raises NoEligibleHost.
    """
    counted, chosen = list(turns), []
    for number, slot in enumerate(slots):
        coming = [later.day for later in slots[number + 1 :]]
        choice = first_willing(rank_for(slot, counted, coming), slot.declined)
        counted.append(Turn(choice.host.unit_id, slot.day))
        chosen.append(choice)
    return chosen


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
