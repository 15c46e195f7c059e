"""What needs somebody at and below a unit, found by one query for all kinds: the rows behind `reports.todo`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, DateField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, TruncDate

from clubs.models import Club, ClubStatus, Coverage, Election, ElectionState, Office, OfficeRole
from meetings.actions.guests import INVITED_ABOUT
from meetings.models import Meeting, MeetingState, Minutes, MinutesState, Opinion
from reports.models import REPORTING_KINDS, Edition, EditionState
from steering.calendar import month_calendar
from steering.models import Unit
from steering.periods import PeriodKind
from steering.regime import regime_on

SKIPPED_LONG = 2  # meetings beyond a whole round of the hosts
AGREED_WITHIN = timedelta(days=14)  # of the meeting
FOUNDED_WITHIN = timedelta(days=60)  # of the proposal
LIVE = (ClubStatus.ACTIVE, ClubStatus.SUSPENDED)
TO_COME = (MeetingState.PLANNED, MeetingState.INVITED)
NOTHING = {"number": Cast(Value(0), IntegerField()), "subject": Cast(Value(""), CharField(max_length=200))}


def lines(rows: Any, **columns: Any) -> Any:
    """`rows` in the columns that all kinds share: `club_pk`, None where no club is meant; `target`, the row to open; `since`, a day; `scope`, the
    path that decides who may mend it; and for the sentence a `number` and a `subject`."""
    return rows.order_by().values(**{**NOTHING, **columns})


def unrecorded_meetings(unit: Unit, today: datetime) -> Any:
    """Meetings of days that have passed, still planned or invited."""
    rows = Meeting.objects.under(unit).filter(state__in=TO_COME, starts_at__lt=today, club__status__in=LIVE)
    return lines(rows, club_pk=F("club"), target=F("pk"), since=TruncDate("starts_at"), scope=F("path"))


def vacant_chairs(unit: Unit, today: datetime) -> Any:
    """Active clubs without a chair, since the last one's term ended or since the founding (R6)."""
    terms = Office.objects.filter(club=OuterRef("pk"), role=OfficeRole.CHAIR, ended_on__isnull=False)
    ended = terms.order_by("-ended_on").values("ended_on")[:1]
    rows = Club.objects.under(unit).without_chair()
    since = Coalesce(Subquery(ended), F("founded_on"))
    return lines(rows, club_pk=F("pk"), target=F("pk"), since=since, scope=F("path"))


def expired_terms(unit: Unit, today: datetime) -> Any:
    """Active clubs with an officer whose term by the regulation is over, since the first of those days (R6, R7)."""
    terms = Office.objects.filter(club=OuterRef("pk"), ended_on=None, term_ends_on__lte=today.date())
    ends = terms.order_by("term_ends_on").values("term_ends_on")[:1]
    rows = Club.objects.under(unit).filter(status=ClubStatus.ACTIVE).annotate(since=Subquery(ends))
    rows = rows.filter(since__isnull=False)
    return lines(rows, club_pk=F("pk"), target=F("pk"), since=F("since"), scope=F("path"))


def unfinished_elections(unit: Unit, today: datetime) -> Any:
    """Elections whose day has come and that nobody has concluded."""
    rows = Election.objects.under(unit).filter(state=ElectionState.OPEN, held_on__lte=today.date())
    return lines(rows, club_pk=F("club"), target=F("pk"), since=F("held_on"), scope=F("club__path"))


def unnumbered_decisions(unit: Unit, today: datetime) -> Any:
    """Founding decisions of clubs in being to which the clerk has not given a number."""
    rows = Club.objects.under(unit).live().filter(founding_decision__number=None, founding_decision__isnull=False)
    return lines(
        rows,
        club_pk=F("pk"),
        target=F("founding_decision"),
        since=F("founded_on"),
        scope=F("founding_decision__issuer_unit__path"),
    )


def unagreed_minutes(unit: Unit, today: datetime) -> Any:
    """Drafts of the minutes of meetings of weeks ago."""
    rows = Minutes.objects.under(unit).filter(
        state=MinutesState.DRAFT, meeting__starts_at__lt=today - AGREED_WITHIN, meeting__club__status__in=LIVE
    )
    day = TruncDate("meeting__starts_at")
    return lines(rows, club_pk=F("meeting__club"), target=F("meeting"), since=day, scope=F("meeting__path"))


def unfounded_clubs(unit: Unit, today: datetime) -> Any:
    """Planned clubs that were proposed months ago."""
    rows = Club.objects.under(unit).filter(
        status=ClubStatus.PLANNED, proposal__proposed_on__lt=(today - FOUNDED_WITHIN).date()
    )
    return lines(rows, club_pk=F("pk"), target=F("pk"), since=F("proposal__proposed_on"), scope=F("path"))


def crowded_meetings(unit: Unit, today: datetime) -> Any:
    """Meetings to come with more guests than about fifteen (R12)."""
    rows = Meeting.objects.under(unit).filter(
        state__in=TO_COME, starts_at__gte=today, invited_count__gt=INVITED_ABOUT, club__status__in=LIVE
    )
    return lines(
        rows,
        club_pk=F("club"),
        target=F("pk"),
        since=TruncDate("starts_at"),
        scope=F("path"),
        number=F("invited_count"),
    )


def overdue_opinions(unit: Unit, today: datetime) -> Any:
    """Opinions past their day without an answer, for those of the committee that was asked (R13)."""
    rows = Opinion.objects.under(unit).overdue(today.date())
    return lines(
        rows,
        club_pk=F("meeting__club"),
        target=F("pk"),
        since=F("due_on"),
        scope=F("addressed_to__unit__path"),
    )


def unsent_reports(unit: Unit, today: datetime) -> Any:
    """The unit itself, where its clubs had a month that is over and it has written or sent no report of it."""
    month = month_calendar().previous(month_calendar().containing(PeriodKind.MONTH, today.date()))
    sent = Edition.objects.filter(unit=OuterRef("pk"), period_key=month.key).exclude(state=EditionState.DRAFT)
    clubs = Club.objects.under(unit).filter(status__in=LIVE, founded_on__lte=month.last_day)
    rows = Unit.objects.filter(~Exists(sent), Exists(clubs), pk=unit.pk, kind__in=REPORTING_KINDS)
    return unit_lines(rows, "", target=F("pk"), since=Cast(Value(month.last_day), DateField()), scope=F("path"))


def returned_reports(unit: Unit, today: datetime) -> Any:
    """The unit's own reports that were sent back."""
    return report_lines(Edition.objects.filter(unit=unit, state=EditionState.RETURNED), unit)


def reports_to_receive(unit: Unit, today: datetime) -> Any:
    """Reports that units directly below have sent and that nobody has received."""
    return report_lines(Edition.objects.filter(unit__parent=unit, state=EditionState.SENT), unit)


def report_lines(rows: Any, mender: Unit) -> Any:
    return unit_lines(rows, "unit__", target=F("pk"), since=TruncDate("sent_at"), scope=Value(mender.path))


def unit_lines(rows: Any, of: str, **columns: Any) -> Any:
    """Lines about a unit, not a club; `of` leads to it from a row."""
    return lines(rows, club_pk=Cast(Value(None), IntegerField()), subject=words_of(of), **columns)


def words_of(unit: str) -> Concat:
    return Concat(F(f"{unit}type"), Value(" "), F(f"{unit}name"), output_field=CharField(max_length=200))


def skipped_hosts(unit: Unit, today: datetime) -> Any:
    """Hosts whose club has met a whole round and more since it was last there, or since they can be its hosts (R11).

    The rotation itself passes over nobody: only clubs that once met out of turn are looked at.
    """
    fitting = Q(pk__in=[])
    for level, rules in regime_on(today.date()).items():
        fitting |= Q(kind=rules.host_kind, parent__clubs__level=level)
    met = Meeting.objects.filter(club=OuterRef("club_pk"), form="regular", state__in=[*TO_COME, MeetingState.HELD])
    there = met.filter(host=OuterRef("pk")).order_by("-starts_at").values(day=TruncDate("starts_at"))[:1]
    covered = Coverage.objects.filter(club=OuterRef("club_pk"), valid_until=None)
    siblings = Unit.objects.filter(parent=OuterRef("parent"), kind=OuterRef("kind"), valid_until=None)
    founded = F("parent__clubs__founded_on")
    rows = (
        Unit.objects.under(unit)
        .filter(fitting, valid_until=None, parent__clubs__status=ClubStatus.ACTIVE)
        .annotate(club_pk=F("parent__clubs__pk"), club_path=F("parent__clubs__path"))
        .filter(~Exists(covered) | Exists(covered.filter(unit=OuterRef("pk"))), Exists(met.filter(is_override=True)))
        .annotate(
            since=Coalesce(Subquery(there), Greatest(Coalesce(F("valid_from"), founded), founded)),
            hosts=Coalesce(how_many(covered, "club"), how_many(siblings, "parent")),
        )
        .annotate(number=how_many(met.filter(starts_at__lt=today, starts_at__date__gt=OuterRef("since")), "club"))
        .filter(number__gte=F("hosts") + SKIPPED_LONG)
    )
    return lines(
        rows,
        club_pk=F("club_pk"),
        target=F("club_pk"),
        since=F("since"),
        scope=F("club_path"),
        number=F("number"),
        subject=words_of(""),
    )


def how_many(rows: Any, by: str) -> Subquery:
    """The number of `rows`, all of one `by`; None when there are none."""
    return Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n"))
