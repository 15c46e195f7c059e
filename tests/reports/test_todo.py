"""What needs somebody today: each kind, where it is mended, whose it is, the order, the whole list."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.actions import (
    adopt_regulation,
    call_election,
    end_office,
    found_club,
    found_planned_club,
    propose_club,
    suspend_club,
)
from clubs.models import Club, Proposal
from meetings.actions import invite, record_attendance
from meetings.actions.minutes import agree_minutes, save_minutes
from meetings.models import Meeting
from reports.actions import return_edition, send_edition, write_edition
from reports.models import SECTIONS
from reports.tables import midnight
from reports.todo import KINDS, Todo, needs, some_of_each, todos
from steering.calendar import reporting_calendar
from steering.models import Decision, Unit
from tests.builders import FOUNDED, World, club, elect, secretary
from tests.meetings.opinions import answered, raised
from tests.reports.builders import held, planned, with_members

LONG_AGO = date(2026, 9, 11)


def found(unit: Unit) -> list[Todo]:
    return todos(needs(unit, midnight()))


def of_kind(unit: Unit, key: str) -> list[tuple[str, str, str]]:
    """What, where and when of the lines of one kind."""
    return [(one.what, one.where, one.when) for one in found(unit) if one.kind is KINDS[key]]


def chaired(place: Unit, **facts: Any) -> Club:
    """A club with two members, one of them its chair: nothing to do about it."""
    new = with_members(place, **facts)
    elect(new.memberships.first(), on=new.founded_on)
    return new


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# Kinds


def test_a_meeting_of_a_day_that_has_passed_wants_its_record(world: World) -> None:
    here = chaired(world.an_khanh, name="CLB một")
    late = planned(here, LONG_AGO)
    planned(chaired(world.tan_phu), date(2026, 10, 20))  # today
    held(chaired(world.phu_duc), LONG_AGO)
    assert of_kind(world.chau_thanh, "unrecorded") == [
        ("Kỳ sinh hoạt đã qua, chưa có kết quả", "CLB một, huyện Châu Thành", "họp ngày 11/09/2026")
    ]
    assert found(world.chau_thanh)[0].address == reverse("attendance", args=[late.pk])


def test_ones_own_report_of_the_month_that_is_over_wants_to_be_sent(world: World) -> None:
    assert of_kind(world.an_khanh, "unsent") == []  # nothing to report of
    club(world.an_khanh)
    line = ("Báo cáo tháng chưa gửi", "Xã An Khánh", "tháng hết ngày 14/10/2026")
    assert of_kind(world.an_khanh, "unsent") == [line]
    (todo,) = (one for one in found(world.an_khanh) if one.kind is KINDS["unsent"])
    assert todo.address == reverse("edition_write", args=[world.an_khanh.pk, "2026-10"])
    october = reporting_calendar().parse("2026-10")
    written = write_edition(unit=world.an_khanh, period=october, texts=dict.fromkeys(SECTIONS, "Đã làm"), by=None)
    assert of_kind(world.an_khanh, "unsent") == [line]
    send_edition(edition=written, by=None)
    assert of_kind(world.an_khanh, "unsent") == []


def test_a_report_wants_to_be_received_above_and_to_be_mended_where_it_came_from(world: World) -> None:
    club(world.an_khanh)
    october = reporting_calendar().parse("2026-10")
    written = write_edition(unit=world.an_khanh, period=october, texts=dict.fromkeys(SECTIONS, "Đã làm"), by=None)
    assert of_kind(world.chau_thanh, "to_receive") == []
    sent = send_edition(edition=written, by=None)
    line = ("Báo cáo chờ nhận", "Xã An Khánh", "gửi ngày 20/10/2026")
    assert of_kind(world.chau_thanh, "to_receive") == [line]
    assert of_kind(world.an_khanh, "to_receive") == of_kind(world.province, "to_receive") == []
    return_edition(edition=sent, reason="Thiếu phần IV", by=None)
    assert of_kind(world.chau_thanh, "to_receive") == of_kind(world.chau_thanh, "returned") == []
    assert of_kind(world.an_khanh, "returned") == [("Báo cáo bị trả lại", *line[1:])]
    (todo,) = (one for one in found(world.an_khanh) if one.kind is KINDS["returned"])
    assert todo.address == reverse("edition", args=[sent.pk])


def test_a_club_without_a_chair_wants_one_since_the_last_one_went(world: World) -> None:
    never, once = club(world.an_khanh, name="CLB Châu Thành"), chaired(world.tan_phu, name="CLB Tân Phú")
    end_office(office=once.offices.get(), on=date(2026, 9, 2), by=None)
    suspend_club(club=club(world.phu_duc), on=date(2026, 9, 1), reason="Bão", by=None)
    club(world.phu_duc, founded_on=None)
    assert of_kind(world.chau_thanh, "no_chair") == [
        ("Khuyết chủ nhiệm", "CLB Châu Thành", "từ ngày 15/01/2025"),
        ("Khuyết chủ nhiệm", "CLB Tân Phú, huyện Châu Thành", "từ ngày 02/09/2026"),
    ]
    assert found(world.chau_thanh)[0].address == reverse("election_call", args=[never.pk])


def test_officers_whose_term_is_over_want_an_election_once_a_club(world: World) -> None:
    short = {"cadence": "month", "quorum": "2/3", "majority": "1/2", "text": "Điều 1."}
    over, running = with_members(world.an_khanh, name="CLB Châu Thành"), with_members(world.tan_phu)
    adopt_regulation(club=over, adopted_on=FOUNDED, term_months=12, **short, by=None)
    chair, vice = over.memberships.all()
    elect(chair, on=date(2025, 9, 1))
    elect(vice, role="vice_chair", on=date(2025, 9, 1))
    elect(running.memberships.first(), on=date(2025, 9, 1))
    assert of_kind(world.chau_thanh, "term_over") == [
        ("Ban chủ nhiệm hết nhiệm kỳ", "CLB Châu Thành", "từ ngày 01/09/2026")
    ]


def test_an_election_whose_day_has_come_wants_its_conclusion(world: World) -> None:
    here, later = with_members(world.an_khanh, name="CLB Châu Thành"), with_members(world.tan_phu)
    open_one = call_election(club=here, held_on=date(2026, 10, 20), places={"chair": 1}, by=None)
    call_election(club=later, held_on=date(2026, 10, 21), places={"chair": 1}, by=None)
    assert of_kind(world.chau_thanh, "election") == [
        ("Cuộc bầu ban chủ nhiệm chưa kết luận", "CLB Châu Thành", "bầu ngày 20/10/2026")
    ]
    line = next(one for one in found(world.chau_thanh) if one.kind is KINDS["election"])
    assert line.address == reverse("election", args=[open_one.pk])


def test_a_founding_decision_wants_its_number(world: World) -> None:
    with_decision(world.an_khanh, name="CLB một")
    with_decision(world.tan_phu, number=5, issued_on=date(2025, 1, 10))
    with_decision(world.phu_duc, founded_on=None)  # not signed yet
    assert of_kind(world.chau_thanh, "no_number") == [
        ("Quyết định thành lập chưa có số", "CLB một, huyện Châu Thành", "thành lập ngày 15/01/2025")
    ]
    decision = Decision.objects.get(issuer_unit=world.an_khanh)
    line = next(one for one in found(world.chau_thanh) if one.kind is KINDS["no_number"])
    assert (line.address, line.scope_paths) == (
        reverse("decision_record", args=[decision.pk]),
        (world.an_khanh.path,),
    )


def test_minutes_of_weeks_ago_want_to_be_agreed_to(world: World) -> None:
    here = chaired(world.an_khanh, name="CLB một")
    late, agreed, fresh = (held(here, date(2026, month, day)) for month, day in ((9, 11), (8, 7), (10, 16)))
    for meeting in (late, agreed, fresh):
        save_minutes(meeting=meeting, chair="Lê Hoa", secretary="Lê Mai", conclusions="Xong.", by=None)
    agree_minutes(meeting=agreed, by=None)
    assert of_kind(world.chau_thanh, "minutes") == [
        ("Biên bản chưa thông qua", "CLB một, huyện Châu Thành", "họp ngày 11/09/2026")
    ]
    (line,) = (one for one in found(world.chau_thanh) if one.kind is KINDS["minutes"])
    assert (line.address, line.scope_paths) == (reverse("minutes_agree", args=[late.pk]), (here.path,))


def test_a_club_proposed_months_ago_wants_to_be_founded(world: World) -> None:
    here, _later = (
        propose_club(
            club=Club(unit=place, level="commune", name=name),
            proposal=Proposal(reason="Nhiều hộ nghèo", asked_by="Hội Nông dân", proposed_on=day),
            by=None,
        )
        for place, name, day in (
            (world.an_khanh, "CLB một", date(2026, 7, 1)),
            (world.tan_phu, "CLB hai", date(2026, 10, 1)),
        )
    )
    assert [one.club for one in found(world.chau_thanh)] == [here]
    assert of_kind(world.chau_thanh, "unfounded") == [
        ("Câu lạc bộ dự kiến chưa thành lập", "CLB một, huyện Châu Thành", "đề nghị ngày 01/07/2026")
    ]
    (line,) = found(world.an_khanh)
    assert line.address == reverse("club_found_planned", args=[here.pk])
    assert [world.users[who].has_perm(line.kind.permission, line) for who in ("xa", "xem")] == [True, False]
    found_planned_club(club=here, founded_on=date(2026, 10, 1), decision=Decision(), by=None)
    assert of_kind(world.chau_thanh, "unfounded") == []


def with_decision(place: Unit, **facts: Any) -> Club:
    decision = Decision(**{name: facts.pop(name) for name in ("number", "issued_on") if name in facts})
    facts = {"name": f"CLB {place}", "founded_on": date(2025, 1, 15), **facts}
    return found_club(club=Club(unit=place, level=place.kind, **facts), decision=decision, by=None)


def test_more_guests_than_about_fifteen_are_told_before_the_meeting(world: World) -> None:
    for place, day, guests in (
        (world.an_khanh, date(2026, 10, 20), 16),
        (world.tan_phu, date(2026, 10, 23), 15),
        (world.phu_duc, date(2026, 10, 16), 18),  # passed
    ):
        meeting = planned(chaired(place, name=f"CLB {place}"), day)
        invite(meeting=meeting, guests=[(f"Khách {n}", "") for n in range(guests)], by=None)
    assert of_kind(world.chau_thanh, "crowded") == [
        ("Mời 16 người, trên mức khoảng 15", "CLB Xã An Khánh, huyện Châu Thành", "họp ngày 20/10/2026")
    ]
    meeting = Meeting.objects.get(invited_count=16)
    crowded = next(one for one in found(world.chau_thanh) if one.kind is KINDS["crowded"])
    assert crowded.address == reverse("meeting_guests", args=[meeting.pk])


def meets(here: Club, month: int, host: Unit | None = None) -> None:
    reason = "Hội trường đang sửa" if host else ""
    record_attendance(
        meeting=planned(here, date(2026, month, 6), host=host, override_reason=reason), statuses={}, by=None
    )


def test_a_host_is_skipped_when_the_club_has_met_a_round_and_more_elsewhere(world: World) -> None:
    here, (first, second, tenth) = chaired(world.hamlet, name="CLB ấp"), world.groups
    for month in (1, 2, 3):
        meets(here, month)  # each in its turn
    for month, host in ((4, second), (5, tenth)):
        meets(here, month, host)
    assert of_kind(world.chau_thanh, "skipped") == []
    meets(here, 6, second)
    assert of_kind(world.chau_thanh, "skipped") == [
        ("Tổ NDTQ số 1 5 kỳ chưa được đăng cai", "CLB ấp, xã An Khánh", "từ ngày 06/01/2026")
    ]
    assert found(world.chau_thanh)[0].address == reverse("club", args=[here.pk])
    meets(here, 7)  # the one whose turn it is: the skipped one
    assert Meeting.objects.latest("starts_at").host == first
    assert of_kind(world.chau_thanh, "skipped") == []


def test_a_host_never_visited_waits_since_the_club_was_founded(world: World) -> None:
    here, (first, second, tenth) = chaired(world.hamlet, name="CLB ấp"), world.groups
    meets(here, 1)
    meets(here, 2)
    for month, host in ((3, first), (4, second), (5, first)):
        meets(here, month, host)
    assert of_kind(world.chau_thanh, "skipped") == [
        (f"{tenth} 5 kỳ chưa được đăng cai", "CLB ấp, xã An Khánh", "từ ngày 15/01/2025")
    ]


def test_only_what_a_club_covers_can_be_skipped(world: World) -> None:
    here = chaired(world.chau_thanh, name="CLB huyện", covers=[world.an_khanh, world.tan_phu])
    meets(here, 1)
    meets(here, 2)
    for month in (3, 4, 5):
        meets(here, month, world.tan_phu)
    assert of_kind(world.chau_thanh, "skipped") == [
        ("Xã An Khánh 4 kỳ chưa được đăng cai", "CLB huyện", "từ ngày 06/01/2026")
    ]


# Order and place


def test_the_worst_and_the_oldest_come_first(world: World) -> None:
    with_decision(world.an_khanh)
    club(world.tan_phu, founded_on=date(2020, 1, 1))
    planned(chaired(world.phu_duc), LONG_AGO)
    keys = {id(kind): key for key, kind in KINDS.items()}
    lines = [(keys[id(one.kind)], one.since.year) for one in found(world.chau_thanh)]
    assert lines == [
        *[("no_chair", 2020), ("no_chair", 2025), ("unrecorded", 2026)],
        *[("no_number", 2025), ("unsent", 2026)],
    ]


def test_no_kind_hides_another_where_only_some_are_shown(world: World) -> None:
    for _ in range(4):
        club(world.tan_phu)
    with_decision(world.an_khanh)
    everything = needs(world.chau_thanh, midnight())
    shown, all_of_them = some_of_each(everything, 4)
    assert [row["kind_key"] for row in shown] == ["no_chair", "no_chair", "no_number", "unsent"]
    assert all_of_them == everything.count() == 7


def test_another_districts_work_is_not_ones_own(world: World) -> None:
    club(world.an_hiep)
    with_decision(world.an_hiep)
    assert found(world.chau_thanh) == []


# The whole list


def test_the_list_has_a_button_for_whoever_may_mend_it(world: World, client: Client) -> None:
    here = club(world.an_khanh)
    button = reverse("election_call", args=[here.pk])
    for username, has_button in (("tinh", True), ("huyen", True), ("xa", True), ("xem", False)):
        client.force_login(world.users[username])
        page = text(client.get(reverse("todo")))
        assert ("Khuyết chủ nhiệm" in page, button in page) == (True, has_button)


def test_a_commune_does_not_number_the_districts_decisions(world: World, client: Client) -> None:
    with_decision(world.chau_thanh)
    client.force_login(world.users["xa"])
    assert "Hôm nay không còn việc nào." in text(client.get(reverse("todo")))


def test_the_list_is_paged(world: World, client: Client) -> None:
    for _ in range(50):
        club(world.an_khanh)
    client.force_login(world.users["huyen"])
    page = text(client.get(reverse("todo")))
    assert (page.count("Khuyết chủ nhiệm"), "51 việc" in page) == (50, True)
    assert "Báo cáo tháng chưa gửi" in text(client.get(reverse("todo"), {"page": "2"}))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_needs_six_queries(world: World, client: Client, rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        club(world.an_khanh)
    client.force_login(world.users["tinh"])
    with django_assert_num_queries(5):
        client.get(reverse("todo"))


def test_who_has_no_such_list(world: World, client: Client) -> None:
    assert client.get(reverse("todo")).status_code == 302
    client.force_login(secretary("thu_ky", club(world.an_khanh)))
    assert client.get(reverse("todo")).status_code == 403
    client.force_login(world.users["tinh"])
    assert client.post(reverse("todo")).status_code == 405


def test_an_opinion_past_its_day_wants_an_answer_from_the_committee_asked(world: World) -> None:
    meeting = held(chaired(world.an_khanh, name="CLB một"), LONG_AGO)
    late = raised(meeting, to_above=True, due_on=date(2026, 10, 19))
    raised(meeting, due_on=date(2026, 10, 20))  # today
    answered(meeting, on=date(2026, 10, 1), due_on=LONG_AGO)
    assert of_kind(world.chau_thanh, "opinion_overdue") == [
        ("Kiến nghị quá hạn trả lời", "CLB một, huyện Châu Thành", "hạn trả lời 19/10/2026")
    ]
    line = next(one for one in found(world.an_khanh) if one.kind is KINDS["opinion_overdue"])
    assert (line.address, line.scope_paths) == (reverse("opinion", args=[late.pk]), (world.chau_thanh.path,))
    assert world.users["huyen"].has_perm(line.kind.permission, line)
    assert not world.users["xa"].has_perm(line.kind.permission, line)
