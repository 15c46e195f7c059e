"""Reports that go upward: written, sent with figures that stay, received or returned, corrected, added up."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from clubs.actions import open_for_club, suspend_club
from meetings.actions import close_period, record_attendance, reopen_period
from reports.actions import correct_edition, receive_edition, return_edition, send_edition, write_edition
from reports.figures import figures
from reports.frozen import differences, figures_from
from reports.models import Edition
from reports.rollup import rollup
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import Period
from steering.versions import version_of
from tests.builders import World, club, member, secretary
from tests.reports.builders import held, with_members

pytestmark = pytest.mark.django_db
AFTER = "2026-10-16 09:00:00+07:00"  # October, reported, ended on the 14th


@pytest.fixture(autouse=True)
def after_the_period() -> Any:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def october() -> Period:
    return reporting_calendar().parse("2026-10")


def written(unit: Unit, period: Period, by: Any = None, **texts: str) -> Edition:
    return write_edition(unit=unit, period=period, texts={"results": "Đã họp đủ.", **texts}, by=by)


def sent(unit: Unit, period: Period, **texts: str) -> Edition:
    return send_edition(edition=written(unit, period, **texts), by=None)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# Sending


def test_what_was_sent_stays_and_the_difference_is_told(world: World, october: Period) -> None:
    new = with_members(world.an_khanh, people=3)
    meeting = held(new, date(2026, 10, 9))
    first = sent(world.an_khanh, october)
    kept = figures_from(first.figures)
    assert (kept.attendance.present, kept.attendance.absent) == (3, 0)
    absent = new.memberships.order_by("seat").first()
    record_attendance(meeting=meeting, statuses={absent.pk: "absent"}, by=None)
    first.refresh_from_db()
    assert figures_from(first.figures) == kept
    found = differences(kept, figures(world.an_khanh, october))
    assert [(str(row.label), row.sent, row.now, row.by) for row in found] == [
        ("Có mặt", 3, 2, "−1"),
        ("Vắng không phép", 0, 1, "+1"),
    ]


def test_closing_correcting_and_opening_a_month_leaves_every_sent_version_as_it_was(
    world: World, october: Period
) -> None:
    meeting = held(with_members(world.an_khanh, people=3), date(2026, 10, 9))
    with_members(world.tan_phu)
    first = sent(world.an_khanh, october)
    above = sent(world.chau_thanh, october)
    kept = {edition.pk: edition.figures for edition in (first, above)}
    lock = close_period(unit=world.province, period=october, reason="Đã chốt", by=None)
    open_for_club(lock=lock, club=meeting.club, reason="Ghi nhầm", until=date(2026, 10, 30), by=None)
    everybody = meeting.club.memberships.values_list("pk", flat=True)
    record_attendance(meeting=meeting, statuses=dict.fromkeys(everybody, "absent"), by=None)
    correct_edition(edition=first, reason="Điểm danh nhầm", by=None)
    reopen_period(lock=lock, by=None)
    suspend_club(club=meeting.club, on=date(2026, 10, 1), reason="Bão", by=None)
    assert {edition.pk: edition.figures for edition in Edition.objects.filter(pk__in=kept)} == kept
    assert figures(world.an_khanh, october).as_dict() != figures_from(first.figures).as_dict()


def test_kept_figures_are_read_back_as_they_were(world: World, october: Period) -> None:
    held(with_members(world.an_khanh, people=2, collectives=1), date(2026, 10, 9), guests=4, areas="credit health")
    found = figures_from(sent(world.an_khanh, october).figures)
    counted = figures(world.an_khanh, october)
    assert found.as_dict() == counted.as_dict()


def test_a_count_that_was_not_known_when_it_was_sent_is_none(world: World, october: Period) -> None:
    edition = sent(world.an_khanh, october)
    del edition.figures["topics"]
    assert figures_from(edition.figures).topics == dict.fromkeys(figures(world.an_khanh, october).topics, 0)


def test_a_period_that_runs_is_written_and_not_sent(world: World) -> None:
    november = reporting_calendar().parse("2026-11")
    draft = written(world.an_khanh, november)
    with pytest.raises(ValidationError, match="đến hết ngày 14/11/2026 mới kết thúc"):
        send_edition(edition=draft, by=None)
    assert Edition.objects.get().state == "draft"


def test_a_report_without_results_is_not_sent(world: World, october: Period) -> None:
    with pytest.raises(ValidationError, match="Chưa viết phần II"):
        sent(world.an_khanh, october, results="  ")


def test_a_period_to_come_and_a_hamlet_have_no_report(world: World, october: Period) -> None:
    with pytest.raises(ValidationError, match="chưa bắt đầu"):
        written(world.an_khanh, reporting_calendar().parse("2026-12"))
    with pytest.raises(ValidationError, match="lập ở tỉnh, huyện hoặc xã"):
        written(world.hamlet, october)


def test_a_sent_report_is_changed_by_a_correction_only(world: World, october: Period) -> None:
    first = sent(world.an_khanh, october, limits="Thiếu hội trường.")
    with pytest.raises(ValidationError, match="lập bản đính chính"):
        written(world.an_khanh, october)
    with pytest.raises(ValidationError, match="đã gửi rồi"):
        send_edition(edition=first, by=None)
    second = correct_edition(edition=first, reason="Ghi nhầm số khách", by=None)
    assert (second.version, second.state, second.limits) == (2, "draft", "Thiếu hội trường.")
    with pytest.raises(ValidationError, match="bản mới hơn"):
        correct_edition(edition=first, reason="Lần nữa", by=None)
    with pytest.raises(ValidationError, match="phải ghi lý do"):
        correct_edition(edition=send_edition(edition=second, by=None), reason="", by=None)


# Above


def test_the_unit_above_receives_and_nobody_receives_the_own_report(world: World, october: Period) -> None:
    edition = sent(world.an_khanh, october)
    for who in ("xa", "xa_khac", "xem"):
        with pytest.raises(PermissionDenied):
            receive_edition(edition=edition, by=world.users[who])
    assert receive_edition(edition=edition, by=world.users["huyen"]).state == "received"
    with pytest.raises(ValidationError, match="đã gửi và chưa nhận"):
        return_edition(edition=edition, reason="Muộn rồi", by=world.users["huyen"])


def test_a_returned_report_is_mended_and_sent_again_with_its_figures_taken_anew(world: World, october: Period) -> None:
    new = with_members(world.an_khanh, people=2)
    edition = sent(world.an_khanh, october)
    returned = return_edition(edition=edition, reason="Thiếu số khách mời", by=world.users["huyen"])
    assert (returned.state, returned.return_reason) == ("returned", "Thiếu số khách mời")
    assert figures_from(edition.figures).meetings.held == 0
    held(new, date(2026, 10, 9))
    again = send_edition(edition=written(world.an_khanh, october), by=None)
    assert (again.pk, again.version, figures_from(again.figures).meetings.held) == (edition.pk, 1, 1)


def test_a_report_adds_up_those_below_and_names_who_is_missing(world: World, october: Period) -> None:
    for place in (world.an_khanh, world.tan_phu):
        held(with_members(place, people=2), date(2026, 10, 9))
    sent(world.an_khanh, october)
    late = with_members(world.an_khanh, people=1, founded_on=date(2026, 10, 1))
    assert late.founded_on in october
    found = rollup(world.chau_thanh, october)
    assert [unit.name for unit in found.missing] == ["Phú Đức", "Tân Phú"]
    assert (found.figures.clubs.total, figures(world.chau_thanh, october).clubs.total) == (2, 3)
    whole = send_edition(edition=written(world.chau_thanh, october), by=None)
    assert whole.missing == ["Xã Phú Đức", "Xã Tân Phú"]
    kept = figures_from(whole.figures)
    assert kept.clubs.total == sum(part.clubs.total for part in kept.by_unit) == 2


# Pages


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def test_from_writing_to_received_on_the_pages(world: World, october: Period) -> None:
    held(with_members(world.an_khanh, people=2), date(2026, 10, 9))
    xa, huyen = signed_in(world, "xa"), signed_in(world, "huyen")
    figures_page = reverse("report", args=[world.an_khanh.pk, "2026-10"])
    assert "Chưa có báo cáo" in text(xa.get(figures_page))
    form = reverse("edition_write", args=[world.an_khanh.pk, "2026-10"])
    answer = xa.post(form, {"results": "Hai kỳ đã họp."}, follow=True)
    edition = Edition.objects.get()
    assert answer.redirect_chain == [(reverse("edition", args=[edition.pk]), 302)]
    send = reverse("edition_state", args=[edition.pk, "gui"])
    assert "Số liệu được chốt" in text(xa.get(send))
    assert xa.post(send, {"version": version_of(edition)}).status_code == 302
    page = reverse("edition", args=[edition.pk])
    assert "Lập bản đính chính" in text(xa.get(page)) and "Nhận báo cáo" not in text(xa.get(page))
    assert "Nhận báo cáo" in text(huyen.get(page))
    received = reverse("edition_state", args=[edition.pk, "nhan"])
    assert huyen.post(received, {"version": version_of(edition)}).status_code == 302
    assert "Đã nhận" in text(xa.get(figures_page))
    correct = reverse("edition_state", args=[edition.pk, "dinh-chinh"])
    answer = xa.post(correct, {"reason": "Ghi nhầm", "version": version_of(edition)}, follow=True)
    assert answer.redirect_chain == [(reverse("edition", args=[Edition.objects.get(version=2).pk]), 302)]


def test_a_verb_of_the_unit_above_is_refused_to_the_sender(world: World, october: Period) -> None:
    edition = sent(world.an_khanh, october)
    xa = signed_in(world, "xa")
    xa.post(reverse("edition_state", args=[edition.pk, "nhan"]), {"version": version_of(edition)})
    edition.refresh_from_db()
    assert edition.state == "sent"


@pytest.mark.parametrize(("who", "status"), [("xa", 200), ("huyen", 200), ("xem", 403), ("xa_khac", 404)])
def test_who_may_write(who: str, status: int, world: World, october: Period) -> None:
    answer = signed_in(world, who).get(reverse("edition_write", args=[world.an_khanh.pk, "2026-10"]))
    assert answer.status_code == status


@pytest.mark.parametrize(("who", "status"), [("xa", 200), ("xem", 200), ("xa_khac", 404)])
def test_who_may_read(who: str, status: int, world: World, october: Period) -> None:
    edition = sent(world.an_khanh, october)
    assert signed_in(world, who).get(reverse("edition", args=[edition.pk])).status_code == status


def test_a_secretary_has_no_reports(world: World, october: Period) -> None:
    client = Client()
    client.force_login(secretary("thuky", club(world.an_khanh)))
    assert client.get(reverse("edition", args=[sent(world.an_khanh, october).pk])).status_code == 404


def test_the_second_of_two_writers_is_told_and_keeps_the_words(world: World, october: Period) -> None:
    draft = written(world.an_khanh, october)
    seen = version_of(draft)
    written(world.an_khanh, october, by=world.users["huyen"], results="Của huyện.")
    form = reverse("edition_write", args=[world.an_khanh.pk, "2026-10"])
    answer = signed_in(world, "xa").post(form, {"results": "Của xã.", "version": seen})
    assert answer.status_code == 200
    assert "Của huyện." in text(answer) and "Của xã." in text(answer)
    draft.refresh_from_db()
    assert draft.results == "Của huyện."


def test_the_words_of_the_period_before_stand_beside_the_form(world: World, october: Period) -> None:
    written(world.an_khanh, reporting_calendar().previous(october), results="Tháng trước họp một kỳ.")
    form = reverse("edition_write", args=[world.an_khanh.pk, "2026-10"])
    assert "Tháng trước họp một kỳ." in text(signed_in(world, "xa").get(form))


def test_the_page_tells_what_differs_from_what_was_sent(world: World, october: Period) -> None:
    new = with_members(world.an_khanh, people=2)
    edition = sent(world.an_khanh, october)
    held(new, date(2026, 10, 9))
    shown = text(signed_in(world, "xa").get(reverse("edition", args=[edition.pk])))
    assert "Khác bản đã gửi" in shown and "Đã họp" in shown


def test_a_page_of_a_report_asks_as_often_for_one_unit_as_for_many(
    world: World, october: Period, django_assert_num_queries: Any
) -> None:
    edition = sent(world.chau_thanh, october)
    for place in (world.an_khanh, world.tan_phu, world.phu_duc):
        member(club(place))
        sent(place, october)
    client = signed_in(world, "huyen")
    with django_assert_num_queries(10):
        client.get(reverse("edition", args=[edition.pk]))
