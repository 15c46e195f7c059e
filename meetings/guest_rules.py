"""Who is invited next (R12): spread fairly over people and hamlets. Decisions on values, without a query."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Known:
    """Somebody a club invited before: how many `times`, and the day of the latest. `hamlet` is "" where nobody knows."""

    full_name: str
    body: str
    hamlet: str
    times: int
    last_on: date

    @property
    def turn(self) -> tuple[date, int, str, str]:
        """Who was invited longest ago and, of the same day, least often comes first."""
        return self.last_on, self.times, self.full_name, self.body


def spread(known: Iterable[Known], invited: Mapping[str, int] | None = None) -> list[Known]:
    """Everybody in the order in which they are to be invited: each hamlet's people by turn, the hamlets alternating.

    The next one is always of a hamlet that has fewest so far, `invited` (hamlet → people on the list already) counted;
    among these, of the hamlet whose own next one waits longest.
    """
    waiting: dict[str, list[Known]] = {}
    for guest in sorted(known, key=lambda guest: guest.turn, reverse=True):
        waiting.setdefault(guest.hamlet, []).append(guest)
    taken, ordered = Counter(invited or {}), []
    while waiting:
        hamlet = min(waiting, key=lambda place: (taken[place], waiting[place][-1].turn))
        ordered.append(waiting[hamlet].pop())
        taken[hamlet] += 1
        if not waiting[hamlet]:
            del waiting[hamlet]
    return ordered
