"""People invited, written down from their page. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import invite
from meetings.models import Meeting
from tests.builders import World, club
from tests.meetings.builders import signed_in, text
from tests.reports.builders import planned, with_members

PAST, SOON = date(2026, 9, 18), date(2026, 11, 6)


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh)


@pytest.fixture
def meeting(here: Club) -> Meeting:
    return planned(here, SOON)


def page(name: str, meeting: Meeting) -> str:
    return reverse(name, args=[meeting.pk])


def pairs(meeting: Meeting) -> list[tuple[str, str]]:
    return list(meeting.guests.values_list("full_name", "body"))


def rows(form: Any) -> dict[str, str]:
    """What a browser would send of the rows that are there."""
    return {
        f"{name}-{key}": form[f"{name}-{key}"].value() for key, is_old in form.keys if is_old for name in form.names
    }


def new(**pairs: tuple[str, str]) -> dict[str, str]:
    """new(new0=("Cô Ba", "Ấp 1"))"""
    return {f"{name}-{key}": value for key, pair in pairs.items() for name, value in zip(NAMES, pair, strict=True)}


NAMES = ("full_name", "body")


# People invited


def test_new_guests_are_added_and_empty_rows_are_not(xa: Client, meeting: Meeting) -> None:
    data = new(new0=(" Lê  Thị Hoa ", "Hội Phụ nữ"), new1=("", ""), new2=("Cô Ba", ""))
    assert xa.post(page("meeting_guests", meeting), data).url == page("meeting", meeting)
    assert pairs(meeting) == [("Lê Thị Hoa", "Hội Phụ nữ"), ("Cô Ba", "")]
    meeting.refresh_from_db()
    assert meeting.invited_count == 2


def test_guests_are_corrected_and_taken_off(xa: Client, meeting: Meeting) -> None:
    first, second = invite(meeting=meeting, guests=[("Cô Ba", ""), ("Cô Tư", "")], by=None)
    sent = rows(xa.get(page("meeting_guests", meeting)).context["form"])
    assert sent == {
        f"full_name-{first.pk}": "Cô Ba",
        f"body-{first.pk}": "",
        f"full_name-{second.pk}": "Cô Tư",
        f"body-{second.pk}": "",
    }
    xa.post(page("meeting_guests", meeting), {**sent, f"body-{first.pk}": "Ấp 1", f"off-{second.pk}": "on"})
    assert pairs(meeting) == [("Cô Ba", "Ấp 1")]
    meeting.refresh_from_db()
    assert (meeting.invited_count, meeting.guests.get().pk) == (1, first.pk)


def test_a_body_without_a_name_is_asked_for_beside_the_row(xa: Client, meeting: Meeting) -> None:
    answer = xa.post(page("meeting_guests", meeting), new(new0=("", "Hội Nông dân"), new1=("Cô Ba", "")))
    assert answer.context["form"].errors == {"full_name-new0": ["Ghi họ tên, hoặc bỏ dòng này."]}
    assert "Hội Nông dân" in text(answer)
    assert pairs(meeting) == []


def test_more_rows_can_be_asked_for_without_losing_what_was_typed(xa: Client, meeting: Meeting) -> None:
    answer = xa.post(page("meeting_guests", meeting), {**new(new0=("Cô Ba", "")), "rows-find": "6"})
    assert len(answer.context["form"].new_rows()) == 6
    assert "Cô Ba" in text(answer)
    assert pairs(meeting) == []
    xa.post(page("meeting_guests", meeting), {**new(new5=("Cô Năm", "")), "rows": "6"})
    assert pairs(meeting) == [("Cô Năm", "")]


def test_guests_of_earlier_meetings_are_offered_the_latest_first(xa: Client, here: Club, world: World) -> None:
    for day, guests in ((date(2026, 8, 21), ["Cô Ba", "Cô Tư"]), (PAST, ["Cô Ba"])):
        invite(meeting=planned(here, day), guests=[(name, "Ấp 1") for name in guests], by=None)
    invite(meeting=planned(club(world.hamlet), PAST), guests=[("Người ngoài", "")], by=None)
    meeting = planned(here, SOON)
    choices = xa.get(page("meeting_guests", meeting)).context["form"].fields["earlier"].choices
    assert choices == [
        ("Cô Ba|Ấp 1", "Cô Ba, Ấp 1 (2 lần, gần nhất 09/2026)"),
        ("Cô Tư|Ấp 1", "Cô Tư, Ấp 1 (08/2026)"),
    ]
    xa.post(page("meeting_guests", meeting), {"earlier": ["Cô Tư|Ấp 1"]})
    assert pairs(meeting) == [("Cô Tư", "Ấp 1")]
    again = xa.get(page("meeting_guests", meeting)).context["form"].fields["earlier"].choices
    assert [key for key, _words in again] == ["Cô Ba|Ấp 1"]


def test_many_guests_are_warned_of_and_never_refused(xa: Client, meeting: Meeting) -> None:
    invite(meeting=meeting, guests=[(f"Khách {n}", "") for n in range(15)], by=None)
    sent = rows(xa.get(page("meeting_guests", meeting)).context["form"])
    answer = xa.post(page("meeting_guests", meeting), {**sent, **new(new0=("Cô Ba", ""))}, follow=True)
    assert "Đã lưu danh sách 16 người được mời." in text(answer)
    assert "16 người là nhiều hơn mức khoảng 15." in text(answer)
    assert meeting.guests.count() == 16


def test_two_at_once_are_told_and_both_lists_are_kept(xa: Client, meeting: Meeting, world: World) -> None:
    invite(meeting=meeting, guests=[("Cô Ba", "")], by=None)
    huyen = signed_in(world.users["huyen"])
    opened = huyen.get(page("meeting_guests", meeting)).context
    mine = {**rows(opened["form"]), "version": opened["version"], **new(new0=("Của huyện", ""))}
    xa.post(page("meeting_guests", meeting), {**rows(opened["form"]), **new(new0=("Của xã", ""))})
    told = huyen.post(page("meeting_guests", meeting), mine)
    assert "Người xa vừa sửa lúc" in text(told)
    assert ("Của huyện" in text(told), "Của xã" in text(told)) == (True, True)
    again = {**rows(told.context["form"]), "version": told.context["version"], **new(new0=("Của huyện", ""))}
    assert huyen.post(page("meeting_guests", meeting), again).status_code == 302
    assert [name for name, _body in pairs(meeting)] == ["Cô Ba", "Của xã", "Của huyện"]


def test_whoever_was_taken_off_meanwhile_stays_off(xa: Client, meeting: Meeting) -> None:
    (guest,) = invite(meeting=meeting, guests=[("Cô Ba", "")], by=None)
    sent = rows(xa.get(page("meeting_guests", meeting)).context["form"])
    guest.delete()
    assert xa.post(page("meeting_guests", meeting), {**sent, f"body-{guest.pk}": "Ấp 1"}).status_code == 302
    assert pairs(meeting) == []


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_form_takes_as_many_queries_for_many_guests(
    xa: Client, here: Club, meeting: Meeting, rows: int, django_assert_num_queries: Any
) -> None:
    for target in (meeting, planned(here, PAST)):
        invite(meeting=target, guests=[(f"Khách {n} {target.pk}", "") for n in range(rows)], by=None)
    with django_assert_num_queries(6):
        xa.get(page("meeting_guests", meeting))


def test_guests_written_in_the_data_entry_are_counted_too(xa: Client, meeting: Meeting) -> None:
    forms = {f"{rows}-{n}_FORMS": 0 for rows in ("agenda", "guests", "attendance") for n in ("TOTAL", "INITIAL")}
    guest = {"guests-TOTAL_FORMS": 1, "guests-0-full_name": "Cô Ba", "guests-0-body": ""}
    kept = {"starts_at_0": "06/11/2026", "starts_at_1": "07:30", "host": meeting.host_id}
    address = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    assert xa.post(address, {**kept, **forms, **guest}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.invited_count == 1
