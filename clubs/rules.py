"""Pure decisions about seats."""

from collections.abc import Iterable
from datetime import date
from typing import Any


def free_seat(seats: int, taken: Iterable[tuple[int, date | None]], day: date) -> int | None:
    """The lowest of seats 1..`seats` that nobody holds on `day` or after; None when all are held.

    `taken` holds (seat, first day it is free again or None while held). A seat given up after `day` is not free on
    `day`, so that no day has more members than seats.
    """
    held = {seat for seat, left_on in taken if left_on is None or left_on > day}
    return next((seat for seat in range(1, seats + 1) if seat not in held), None)


def seat_map(seats: int, members: Iterable[Any]) -> list[tuple[int, Any]]:
    """Seats 1..`seats` in order, each with its holder or None."""
    held = {member.seat: member for member in members}
    return [(seat, held.get(seat)) for seat in range(1, seats + 1)]
