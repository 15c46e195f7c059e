"""The article's 53 clubs: 11 of districts, 28 of communes, 7 of hamlets, 7 of poor people (R3)."""

from datetime import date, timedelta
from random import Random

from clubs.actions import admit_member, found_club, leave_club, save_person
from clubs.models import SEATS, Cadence, Club, ClubKind, OfficeRole, Person, PersonKind, Sector
from config.demo.elections import TO_VOTE, adopt_regulations, elect_officers, prepare_election
from config.demo.names import COLLECTIVES, JOBS, someone
from steering.actions import save_checked
from steering.models import Decision, Unit, UnitKind
from steering.regime import ClubLevel

TWO_CLUBS = ("Ba Tri", "Giồng Trôm")  # the districts with the most communes
COMMUNE_CLUBS, HAMLET_CLUBS, POOR_CLUBS = 28, 7, 7


def found_clubs(province: Unit, random: Random) -> list[Club]:
    clubs: list[Club] = []
    units = Unit.objects.under(province)
    for district in units.filter(kind=UnitKind.DISTRICT).order_by("path"):
        communes = list(district.children.order_by("sort_key"))
        halves = [communes[::2], communes[1::2]] if district.name in TWO_CLUBS else [[]]
        for number, covers in enumerate(halves, 1):
            name = f"CLB {district.in_sentence}" + (f" số {number}" if covers else "")
            clubs.append(found(name, ClubLevel.DISTRICT, district, random, covers=covers))
    communes = spread(list(units.filter(kind=UnitKind.COMMUNE).order_by("path")), COMMUNE_CLUBS)
    clubs += [
        found(f"CLB {unit.in_sentence}, {above(unit).name}", ClubLevel.COMMUNE, unit, random) for unit in communes
    ]
    hamlets = spread(list(units.filter(kind=UnitKind.HAMLET).order_by("path")), HAMLET_CLUBS + POOR_CLUBS)
    for number, unit in enumerate(hamlets):
        poor = number % 2 == 1
        title = "CLB người nghèo" if poor else "CLB"
        kind = ClubKind.POOR_PEOPLE if poor else ClubKind.WORK
        clubs.append(
            found(f"{title} {unit.in_sentence}, {above(unit).in_sentence}", ClubLevel.HAMLET, unit, random, kind=kind)
        )
    for number, club in enumerate(clubs):
        fill(club, number, random)
    return clubs


def above(unit: Unit) -> Unit:
    assert unit.parent is not None  # noqa: S101 - nothing below a province is without
    return unit.parent


def spread(units: list[Unit], wanted: int) -> list[Unit]:
    """`wanted` of `units`, evenly over the province."""
    return [units[len(units) * n // wanted] for n in range(wanted)]


def found(
    name: str,
    level: str,
    unit: Unit,
    random: Random,
    covers: list[Unit] | None = None,
    kind: str = ClubKind.WORK,
) -> Club:
    day = date(random.randint(2001, 2009), random.randint(1, 12), random.randint(1, 28))
    founder = above(unit) if level == ClubLevel.HAMLET else unit
    decision = Decision(
        issuer_unit=founder,
        number=int(unit.path[-5:]) * 10 + random.randint(1, 9),
        issued_on=day,
        subject=f"Về việc thành lập {name}",
        signer=someone(random)[0],
    )
    if random.random() < 0.04:  # the clerk still has to give the number
        decision.number = decision.issued_on = None
    club = Club(
        name=name,
        level=level,
        kind=kind,
        unit=unit,
        founded_on=day,
        founding_decision=save_checked(decision, by=None),
        cadence=Cadence.QUARTER if random.random() < 0.3 else Cadence.MONTH,
        weekday=random.randint(0, 4) if level != ClubLevel.HAMLET else random.randint(4, 6),
        week=random.randint(1, 3),
        starts_at="18:30" if level == ClubLevel.HAMLET else random.choice(["07:30", "13:30"]),
    )
    return found_club(club=club, covers=covers or [], by=None)


def fill(club: Club, number: int, random: Random) -> None:
    """Members and offices: most clubs have 14 to 22 members, one in ten is full, one in ten is small."""
    size = {0: SEATS, 1: 7}.get(number % 10, random.randint(14, 22))
    first = date(2024, 1, 1)
    members = []
    for place in range(size):
        joined_on = first + timedelta(days=random.randint(0, 500))
        if place == 5 and number % 3 == 0:
            sector, person = str(Sector.UNION), collective(club, random)
        else:
            sector = Sector.POOR if club.kind == ClubKind.POOR_PEOPLE and place > 4 else random.choice(list(JOBS))
            person = individual(club, sector, random)
        members.append(admit_member(club=club, person=person, joined_on=joined_on, sector=sector, by=None))
    offices = [OfficeRole.CHAIR, OfficeRole.VICE_CHAIR, OfficeRole.VICE_CHAIR]
    if number % 13 == 6:
        offices = offices[1:]  # the chair is vacant
    elif number % 13 == 9:
        offices = offices[:2]
    adopt_regulations(club, number)
    elect_officers(club, number, members, offices)
    if number == TO_VOTE:
        prepare_election(club, members)
    if number % 4 == 0:
        leave_club(membership=members[-1], on=date(2026, 1, 20), reason="Chuyển nơi ở", by=None)


def individual(club: Club, sector: str, random: Random) -> Person:
    name, sex = someone(random)
    job = random.choice(JOBS[sector])
    person = Person(full_name=name, sex=sex, birth_year=random.randint(1955, 2000), unit=club.unit, job=job)
    return save_person(person=person, by=None)


def collective(club: Club, random: Random) -> Person:
    name = f"{random.choice(COLLECTIVES)} {club.unit.in_sentence}"
    person = Person(kind=PersonKind.COLLECTIVE, full_name=name, representative=someone(random)[0], unit=club.unit)
    return save_person(person=person, by=None)
