"""How many clubs of its own level a district has, may have, and might want (R4)."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Quota:
    """`clubs` of the district's own level, planned ones too; `communes` in force, of which some club covers `covered`."""

    clubs: int
    limit: int
    communes: int
    covered: int

    @property
    def many(self) -> int:
        """Up to this many communes one club is thought enough: practice, not law."""
        most: int = settings.SECOND_CLUB_ABOVE_COMMUNES
        return most

    @property
    def is_full(self) -> bool:
        return self.clubs >= self.limit

    @property
    def wants_second(self) -> bool:
        return self.clubs == 1 and not self.is_full and self.communes > self.many

    @property
    def uncovered(self) -> int:
        return self.communes - self.covered

    @property
    def wants_split(self) -> bool:
        """Two clubs, and communes that belong to neither."""
        return self.clubs > 1 and self.uncovered > 0
