"""A unit as officers see it: what is below it, its clubs, its committee, and the meetings that were held there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Case, CharField, Count, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Length, TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from clubs.models import SEATS, Club, Coverage, Membership
from clubs.quota import Quota
from meetings.models import Meeting
from meetings.models.meetings import OPEN_STATES
from steering.actions import close_unit, require
from steering.actions.units import kind_of_type, types_below
from steering.models import Succession, Unit, UnitKind
from steering.models.committees import COMMITTEE_KINDS, leaders
from steering.pages import Done, FormPage, page_of, unit_crumbs, visible_or_404
from steering.querysets import how_many
from steering.regime import ClubLevel, regime_on
from steering.state_changes import StateForm
from steering.text import clean, fold

CLUBS_SHOWN = 10
HOSTED_SHOWN = 5
COLUMNS = (*ClubLevel.values, "poor_people")


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """In eight queries at most, whatever is below: session, user, unit, numbers, a page of what is below, clubs,
    meetings, past."""
    found = with_committee(request, pk)
    sought = clean(request.GET.get("q", ""))
    listed = units_to_list(found, sought)
    numbers = tally(found, listed)
    child_kind = kind_of_type(types_below(found)[0]) if types_below(found) else None
    context = {
        "unit": found,
        "crumbs": unit_crumbs(request.user, found)[:-1],
        "sought": sought,
        "page": page_of(request, with_sizes(listed), counted=numbers["listed"]),
        "child_kind": child_kind,
        "comes_by_the_dozen": child_kind in (UnitKind.HAMLET, UnitKind.GROUP),
        "kinds": [(numbers[f"unit_{kind}"], kind) for kind in UnitKind if numbers[f"unit_{kind}"]],
        "columns": [(numbers[f"club_{column}"], column) for column in COLUMNS],
        "total": sum(numbers[f"club_{column}"] for column in COLUMNS),
        "planned": numbers["club_planned"],
        "members": numbers["members"],
        "clubs": clubs_to_list(found),
        "clubs_total": of_kind(numbers, "club_"),
        "hosted": hosted_meetings(found)[:HOSTED_SHOWN],
        "hosted_total": of_kind(numbers, "meeting_"),
        "held": numbers["meeting_held"],
        "may_host": found.kind in {rules.host_kind for rules in regime_on(timezone.localdate()).values()},
        "has_committees": found.kind in COMMITTEE_KINDS,
        "quota": quota_of(found, numbers),
        "may_have_clubs": found.kind in ClubLevel.values,
        "past": past(found),
        "seats": SEATS,
        "now": timezone.now(),
    }
    return render(request, "steering/unit.html", context)


def quota_of(unit: Unit, numbers: Counter[str]) -> Quota | None:
    """Of a district; None where the regime sets no limit."""
    rules = regime_on(timezone.localdate()).get(unit.kind)
    if rules is None or rules.max_clubs is None:
        return None
    return Quota(numbers["own_clubs"], rules.max_clubs, numbers["unit_commune"], numbers["covered"])


def with_committee(request: HttpRequest, pk: int) -> Any:
    """The unit with its parents, its committee in force (`committee`, None without one), and who leads that."""
    in_force = FilteredRelation("committees", condition=Q(committees__valid_until=None))
    units = Unit.objects.with_parents().annotate(
        committee=in_force, **leaders(committee__unit=OuterRef("pk"), committee__valid_until=None)
    )
    return visible_or_404(units.select_related("parent__parent__parent__parent", "committee"), request.user, pk=pk)


def units_to_list(unit: Unit, sought: str) -> Any:
    """In force: those directly below in natural order, or all below that the words `sought` find: those with all of them
    in their own name first, the higher ones before the lower."""
    units, words = Unit.objects.filter(valid_until=None), fold(sought).split()
    if not words:
        return units.filter(parent=unit)
    found = units.under(unit).exclude(pk=unit.pk).search(sought).with_parents()
    own_name = Q(*[("search__contains", word) for word in words])
    return found.order_by(Case(When(own_name, then=Value(0)), default=Value(1)), Length("path"), "sort_key", "pk")


def with_sizes(units: Any) -> Any:
    """Adds `parts` (units in force directly below) and `live_clubs` (clubs in being there and below)."""
    below = Q(path__gte=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value("z")))  # as in `path_query`
    return units.annotate(
        parts=how_many(Unit.objects.filter(parent=OuterRef("pk"), valid_until=None)),
        live_clubs=how_many(Club.objects.live().filter(below)),
    )


def tally(unit: Unit, listed: QuerySet[Unit]) -> Counter[str]:
    """How much there is at and below `unit`, in one query: "unit_hamlet", "club_commune", "club_poor_people",
    "club_planned", "members", "meeting_held" (of those at the unit itself), "listed", and of a district "own_clubs" of
    its own level and "covered" communes."""
    column = Case(
        When(status="planned", then=Value("planned")),
        When(kind="poor_people", then=Value("poor_people")),
        default=F("level"),
        output_field=CharField(),
    )
    below = Unit.objects.under(unit).filter(valid_until=None).exclude(pk=unit.pk)
    parts = [
        numbers(below, Concat(Value("unit_"), "kind")),
        numbers(Club.objects.under(unit).not_ended(), Concat(Value("club_"), column)),
        numbers(Membership.objects.under(unit).sitting(), Value("members")),
        numbers(Meeting.objects.filter(host=unit), Concat(Value("meeting_"), "state")),
        numbers(listed.select_related(None), Value("listed")),
        numbers(Club.objects.filter(unit=unit, district_slot__isnull=False, ended_on=None), Value("own_clubs")),
        numbers(Coverage.objects.filter(club__unit=unit, club__ended_on=None, valid_until=None), Value("covered")),
    ]
    return Counter(dict(parts[0].union(*parts[1:], all=True)))


def numbers(rows: Any, what: Any) -> Any:
    """(what, how many of `rows`), a row for each value of `what`."""
    return rows.order_by().annotate(what=what).values("what").annotate(n=Count("pk")).values_list("what", "n")


def of_kind(numbers: Counter[str], beginning: str) -> int:
    return sum(n for what, n in numbers.items() if what.startswith(beginning))


def clubs_to_list(unit: Unit) -> Any:
    """The first clubs in being: those of the unit itself, then those below, the higher ones first."""
    clubs = Club.objects.under(unit).not_ended().select_related("unit__parent").with_numbers()
    return clubs.order_by(Length("path"), "sort_key", "pk")[:CLUBS_SHOWN]


def hosted_meetings(unit: Unit) -> Any:
    return Meeting.objects.filter(host=unit).select_related("club").order_by("-starts_at", "pk")


@dataclass(frozen=True)
class Past:
    """What a unit was called, the latest first, each with the day it ended; the units it took over, and those that took
    it over, each with its parent and the day."""

    names: list[tuple[str, date]]
    before: list[tuple[Unit, date]]
    after: list[tuple[Unit, date]]


def past(unit: Unit) -> Past:
    """In one query: the versions of the unit itself and the successions on either side."""
    blank = Value("", output_field=CharField())
    own = ("id", blank, "type", "name", blank, blank)
    rows = [told(unit.history, "name", "history_id", TruncDate("history_date"), own)]
    for what, here, there in (("before", "successor", "predecessor"), ("after", "predecessor", "successor")):
        columns = ("pk", "path", "type", "name", "parent__type", "parent__name")
        other = tuple(f"{there}__{column}" for column in columns)
        rows.append(told(Succession.objects.filter(**{here: unit}), what, "pk", F("effective_on"), other))
    found: dict[str, list[tuple[Unit, date]]] = {"name": [], "before": [], "after": []}
    for what, _key, day, pk, path, type_, name, above_type, above_name in sorted(rows[0].union(*rows[1:], all=True)):
        above = Unit(type=above_type, name=above_name) if above_type else None
        found[what].append((Unit(pk=pk, path=path, type=type_, name=name, parent=above), day))
    names = [(str(old), day) for (old, _day), (new, day) in pairwise(found["name"]) if str(old) != str(new)]
    return Past(names[::-1], found["before"], found["after"])


def told(rows: Any, what: str, key: str, day: Any, unit: Iterable[Any]) -> Any:
    """Rows about the past in columns of one meaning: `what`, `key` for their order, `day`, then a unit and its parent."""
    return rows.order_by().values_list(Value(what), key, day, *unit)


@require_safe
def hosted(request: HttpRequest, pk: int) -> HttpResponse:
    """All meetings a unit hosted, the latest first."""
    found: Unit = visible_or_404(Unit.objects.with_parents(), request.user, pk=pk)
    context = {
        "unit": found,
        "crumbs": unit_crumbs(request.user, found),
        "page": page_of(request, hosted_meetings(found)),
        "now": timezone.now(),
    }
    return render(request, "steering/hosted.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found: Unit = visible_or_404(Unit.objects.with_parents(), request.user, pk=pk)
    require(request.user, "change", found)  # type: ignore[arg-type]  # pages ask for a login

    def write(data: dict[str, Any]) -> Done:
        close_unit(unit=found, by=request.user, **data)  # type: ignore[arg-type]
        above = found.parent or found
        return Done(_("Đã kết thúc %(unit)s.") % {"unit": found.in_sentence}, reverse("unit", args=[above.pk]))

    return FormPage(
        title=_("Kết thúc đơn vị: %(unit)s") % {"unit": found},
        verb=_("Kết thúc đơn vị"),
        form=StateForm(request.POST or None, asks=("on",)),
        write=write,
        back=reverse("unit", args=[pk]),
        of=found,
        consequences=what_stays_open(found),
        is_danger=True,
    ).answer(request)


def what_stays_open(unit: Unit) -> list[str]:
    """What closing the unit brings about, and what remains to be settled by hand."""
    lines = [
        _("Từ ngày này đơn vị không còn trong danh sách để chọn, không còn đến lượt đăng cai. Lịch sử được giữ lại.")
    ]
    if n := unit.children.filter(valid_until=None).count():
        lines.append(
            ngettext(
                "Còn %(n)d đơn vị trực thuộc; kết thúc các đơn vị đó trước.",
                "Còn %(n)d đơn vị trực thuộc; kết thúc các đơn vị đó trước.",
                n,
            )
            % {"n": n}
        )
    if n := unit.clubs.not_ended().count():
        lines.append(
            ngettext(
                "Còn %(n)d câu lạc bộ đặt tại đây; câu lạc bộ không tự kết thúc theo đơn vị.",
                "Còn %(n)d câu lạc bộ đặt tại đây; câu lạc bộ không tự kết thúc theo đơn vị.",
                n,
            )
            % {"n": n}
        )
    if n := unit.hosted_meetings.filter(state__in=OPEN_STATES).count():
        lines.append(
            ngettext(
                "Còn %(n)d kỳ sinh hoạt đã lên lịch tại đây; đổi nơi họp cho từng kỳ.",
                "Còn %(n)d kỳ sinh hoạt đã lên lịch tại đây; đổi nơi họp cho từng kỳ.",
                n,
            )
            % {"n": n}
        )
    if unit.committees.filter(valid_until=None).exists():
        lines.append(_("Ban chỉ đạo của đơn vị vẫn được ghi là đang hoạt động."))
    return lines
