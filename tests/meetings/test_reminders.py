"""`manage.py send_reminders`: what is told, to whom, how often. Today is Tuesday, 20/10/2026."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import override

from clubs.actions import dissolve_club
from clubs.models import Club
from meetings.actions import (
    answer_opinion,
    change_meeting,
    did_not_meet,
    mark_invited,
    raise_opinion,
    record_attendance,
)
from meetings.actions.reminders import send_digest
from meetings.models import Meeting, Minutes, Reminder
from meetings.reminders import digests
from steering.actions import end_appointment
from steering.models import User
from steering.roles import Role
from tests.builders import World, club, officer, secretary
from tests.reports.builders import held, planned, with_members

TODAY, SOON, LATER = date(2026, 10, 20), date(2026, 10, 23), date(2026, 10, 24)
PAST = date(2026, 10, 19)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


class OneAddressRefused(EmailBackend):
    """A post office that does not know the address of `xa`."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if "xa@example.vn" in message.to:
                raise SMTPRecipientsRefused({"xa@example.vn": (550, b"unknown")})
        return super().send_messages(messages)


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


def told(day: date = TODAY) -> dict[str, list[str]]:
    """Who would be told of which kinds of things on a day, without sending anything."""
    return {digest.user.username: [thing.kind for thing in digest.things] for digest in digests(day)}


def run(*args: str) -> str:
    out = StringIO()
    call_command("send_reminders", *args, stdout=out)
    return out.getvalue()


def letters() -> dict[str, mail.EmailMessage]:
    """What was sent so far, by its only reader; the outbox is empty again."""
    found = {message.to[0]: message for message in mail.outbox}
    assert len(found) == len(mail.outbox)
    mail.outbox.clear()
    return found


def refused(*args: str) -> tuple[int, str, str]:
    """The exit code, the last sentence, and what was complained of before it."""
    complaints = StringIO()
    with pytest.raises(CommandError) as stop:
        call_command("send_reminders", *args, stdout=StringIO(), stderr=complaints)
    return stop.value.returncode, str(stop.value), complaints.getvalue()


# What


def test_invitations_are_asked_for_three_days_before(here: Club) -> None:
    meeting = planned(here, SOON)
    assert [told(SOON - n * DAY) for n in (4, 3, 0, -1)] == [
        {},
        {"xa": ["uninvited"]},
        {"xa": ["uninvited"]},
        {"xa": ["unrecorded"]},
    ]
    mark_invited(meeting=meeting, by=None)
    assert told(SOON - 3 * DAY) == {}


def test_a_result_is_asked_for_the_day_after(here: Club) -> None:
    meeting = planned(here, PAST)
    assert [told(PAST + n * DAY).get("xa") for n in (0, 1, 61, 62)] == [
        ["uninvited"],
        ["unrecorded"],
        ["unrecorded"],
        None,
    ]
    did_not_meet(meeting=meeting, reason="Mưa bão", by=None)
    assert told() == {}


def test_minutes_are_asked_for_three_days_after_until_they_are_agreed(here: Club) -> None:
    meeting = held(here, PAST)
    assert [told(PAST + n * DAY) for n in (2, 3)] == [{}, {"xa": ["no_minutes"]}]
    draft = Minutes.objects.create(meeting=meeting)
    assert told(PAST + 3 * DAY) == {"xa": ["no_minutes"]}
    Minutes.objects.filter(pk=draft.pk).update(state="agreed", agreed_on=TODAY)
    assert told(PAST + 3 * DAY) == {}


def test_an_overdue_opinion_is_told_to_the_committee_it_was_sent_to(here: Club, world: World) -> None:
    meeting = held(here, TODAY)
    secretary("thu_ky", here)
    sent = raise_opinion(meeting=meeting, text="Sửa cầu", to_above=True, due_on=TODAY, by=None)
    assert [told(TODAY + n * DAY) for n in (0, 1)] == [{}, {"huyen": ["unanswered"]}]
    answer_opinion(opinion=sent, answer="Đã sửa", answered_on=TODAY, by=None)
    assert told(TODAY + DAY) == {}


def test_a_club_that_ended_owes_nothing(here: Club) -> None:
    planned(here, PAST)
    dissolve_club(club=here, on=TODAY, reason="Hết việc", by=None)
    assert told() == {}


# Whom


def test_the_clubs_secretary_and_the_officers_in_charge_are_told(here: Club, world: World) -> None:
    planned(here, PAST)
    secretary("thu_ky", here)
    secretary("khac", club(world.hamlet))
    officer("xa_hai", Role.COMMUNE, world.an_khanh)
    officer("xa_xem", Role.VIEWER, world.an_khanh)
    assert sorted(told()) == ["thu_ky", "xa", "xa_hai"]


def test_a_hamlet_club_is_the_communes_and_a_district_club_the_districts(world: World) -> None:
    planned(club(world.hamlet), PAST)
    assert list(told()) == ["xa"]
    planned(club(world.chau_thanh), PAST)
    assert sorted(told()) == ["huyen", "xa"]


def test_where_nobody_works_the_unit_above_is_told(world: World) -> None:
    planned(with_members(world.tan_phu), PAST)
    assert list(told()) == ["huyen"]
    end_appointment(appointment=world.users["huyen"].appointments.get(), on=TODAY, by=world.users["tinh"])
    assert list(told()) == ["tinh"]


def test_a_club_without_a_manager_is_found_by_its_unit(here: Club) -> None:
    planned(here, PAST)
    Club.objects.filter(pk=here.pk).update(manager=None)
    assert list(told()) == ["xa"]


@pytest.mark.parametrize("facts", [{"email": ""}, {"is_active": False}])
def test_whoever_cannot_be_reached_is_passed_over(here: Club, facts: dict[str, Any]) -> None:
    planned(here, PAST)
    User.objects.filter(username="xa").update(**facts)
    assert list(told()) == ["huyen"]


# How often


def test_a_thing_is_told_once_and_once_more_a_week_later(here: Club) -> None:
    planned(here, PAST)
    sent = [day for day in range(20) if "1" in run("--on", f"{TODAY + day * DAY}")]
    assert sent == [0, 7]
    assert list(Reminder.objects.order_by("due_on").values_list("kind", "due_on")) == [
        ("unrecorded", TODAY),
        ("unrecorded", TODAY + WEEK),
    ]


def test_what_has_waited_for_long_is_told_once(here: Club) -> None:
    planned(here, PAST - 30 * DAY)
    assert [run(), run()] == ["Đã gửi 1 thư nhắc việc.\n", "Đã gửi 0 thư nhắc việc.\n"]


def test_a_meeting_moved_to_another_day_is_told_of_again(here: Club) -> None:
    meeting = planned(here, SOON)
    run()
    change_meeting(meeting=meeting, starts_at=meeting.starts_at + 7 * DAY, by=None)
    assert [told(TODAY + n * DAY) for n in (6, 7)] == [{}, {"xa": ["uninvited"]}]


# The letter


def test_one_letter_holds_everything_under_its_title_with_links(here: Club, world: World) -> None:
    silent, coming = planned(here, date(2026, 10, 9)), planned(club(world.hamlet, name="CLB ấp Phước Hậu"), SOON)
    assert run() == "Đã gửi 1 thư nhắc việc.\n"
    letter = letters()["xa@example.vn"]
    assert letter.subject == "Câu lạc bộ giảm nghèo: 2 việc chờ anh, chị"
    assert letter.body == (
        "Kính gửi anh, chị Người xa,\n\n"
        "Trang Câu lạc bộ giảm nghèo xin nhắc những việc sau:\n\n"
        "Kỳ sinh hoạt đã qua, chưa có kết quả:\n"
        "- CLB xã An Khánh, họp ngày 09/10/2026\n"
        f"  {link('attendance', silent)}\n\n"
        "Kỳ sinh hoạt sắp tới, chưa ghi nhận đã mời:\n"
        "- CLB ấp Phước Hậu, họp ngày 23/10/2026\n"
        f"  {link('meeting_invitation', coming)}\n\n"
        "Việc đã làm xong thì không nhắc nữa. Thư này gửi tự động, xin không trả lời.\n"
        "Trân trọng.\n"
    )


def link(name: str, meeting: Meeting) -> str:
    return f"http://127.0.0.1:8000{reverse(name, args=[meeting.pk])}"


def test_minutes_and_opinions_lead_to_their_own_pages(here: Club, world: World) -> None:
    meeting = held(here, PAST - WEEK)
    sent = raise_opinion(meeting=meeting, text="Sửa cầu", due_on=PAST, by=None)
    (digest,) = digests(TODAY)
    assert [thing.address for thing in digest.things] == [
        link("meeting_minutes", meeting),
        f"http://127.0.0.1:8000{reverse('opinion', args=[sent.pk])}",
    ]


def test_links_begin_with_the_address_of_the_site(here: Club, settings: Any) -> None:
    settings.SITE_URL = "https://clb.example.vn/"
    meeting = planned(here, PAST)
    run()
    assert f"  https://clb.example.vn{reverse('attendance', args=[meeting.pk])}\n" in letters()["xa@example.vn"].body


def test_letters_are_vietnamese_whatever_the_shell_speaks(here: Club) -> None:
    planned(here, PAST)
    with override("en"):
        run()
    assert "Kỳ sinh hoạt đã qua, chưa có kết quả:" in letters()["xa@example.vn"].body


def test_a_dry_run_shows_the_letters_and_sends_and_keeps_nothing(here: Club) -> None:
    planned(here, PAST)
    shown = run("--dry-run")
    assert shown.startswith("xa@example.vn\nCâu lạc bộ giảm nghèo: 1 việc chờ anh, chị\n\nKính gửi")
    assert shown.endswith("Sẽ gửi 1 thư nhắc việc.\n")
    assert (letters(), Reminder.objects.count()) == ({}, 0)


# What goes wrong


@pytest.fixture
def refusing(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = f"{__name__}.OneAddressRefused"
    yield


def test_a_refused_address_stops_nobody_elses_letter_and_is_tried_again(
    here: Club, world: World, refusing: None, settings: Any
) -> None:
    planned(here, PAST)
    planned(club(world.chau_thanh), PAST)
    secretary("thu_ky", here)
    code, said, complaints = refused()
    assert (code, said) == (1, "1 thư chưa gửi được. Lần chạy sau gửi lại.")
    assert (complaints.startswith("xa <xa@example.vn>: "), complaints.count("\n")) == (True, 1)
    assert sorted(letters()) == ["huyen@example.vn", "thu_ky@example.vn"]
    assert set(Reminder.objects.values_list("user__username", flat=True)) == {"huyen", "thu_ky"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run()
    assert list(letters()) == ["xa@example.vn"]


def test_of_two_runs_at_once_one_sends(here: Club) -> None:
    planned(here, PAST)
    (mine,), (theirs,) = digests(TODAY), digests(TODAY)
    send_digest(digest=theirs, connection=EmailBackend())
    with pytest.raises(IntegrityError):
        send_digest(digest=mine, connection=EmailBackend())
    assert (len(mail.outbox), Reminder.objects.count()) == (1, 1)


def test_without_the_sites_address_nothing_is_sent(here: Club, settings: Any) -> None:
    planned(here, PAST)
    settings.SITE_URL = ""
    code, said, _complaints = refused()
    assert (code, said.startswith("Chưa có SITE_URL")) == (2, True)
    assert letters() == {}


@pytest.mark.parametrize("day", ["20/10/2026", "2026-13-01", "hôm nay"])
def test_a_bad_day_exits_2(db: None, day: str) -> None:
    code, said, _complaints = refused("--on", day)
    assert (code, "Viết ngày theo dạng 2026-10-20." in said) == (2, True)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_it_takes_as_many_queries_for_many_meetings(world: World, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        here = with_members(world.hamlet, people=1)
        planned(here, PAST)
        if number % 2:
            record_attendance(meeting=here.meetings.get(), statuses={}, by=None)
    with django_assert_num_queries(6):
        list(digests(TODAY + 3 * DAY))
