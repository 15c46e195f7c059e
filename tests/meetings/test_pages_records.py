"""People invited, written down from their page. Today is 20/10/2026."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import invite, record_guests
from meetings.models import Meeting
from tests.builders import World, club, member, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import held, planned, with_members

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
        f"hamlet-{first.pk}": "",
        f"full_name-{second.pk}": "Cô Tư",
        f"body-{second.pk}": "",
        f"hamlet-{second.pk}": "",
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


def test_guests_of_earlier_meetings_are_offered_who_is_due_first(xa: Client, here: Club, world: World) -> None:
    for day, guests in ((date(2026, 8, 21), ["Cô Ba", "Cô Tư"]), (PAST, ["Cô Ba"])):
        invite(meeting=planned(here, day), guests=[(name, "Ấp 1") for name in guests], by=None)
    invite(meeting=planned(club(world.hamlet), PAST), guests=[("Người ngoài", "")], by=None)
    meeting = planned(here, SOON)
    choices = xa.get(page("meeting_guests", meeting)).context["form"].fields["earlier"].choices
    assert choices == [
        ("Cô Tư|Ấp 1", "Cô Tư, Ấp 1 (08/2026)"),
        ("Cô Ba|Ấp 1", "Cô Ba, Ấp 1 (2 lần, gần nhất 09/2026)"),
    ]
    xa.post(page("meeting_guests", meeting), {"earlier": ["Cô Tư|Ấp 1"]})
    assert pairs(meeting) == [("Cô Tư", "Ấp 1")]
    again = xa.get(page("meeting_guests", meeting)).context["form"].fields["earlier"].choices
    assert [key for key, _words in again] == ["Cô Ba|Ấp 1"]


def test_members_and_people_who_came_uninvited_are_not_offered(xa: Client, here: Club) -> None:
    past = held(here, PAST)
    invite(meeting=past, guests=[("Cô Ba", ""), ("Lê Thị Hoa", "")], by=None)
    record_guests(meeting=past, came={}, unexpected=[("Chú Năm", "")], by=None)
    member(here, full_name="Lê Thị Hoa")
    form = xa.get(page("meeting_guests", planned(here, SOON))).context["form"]
    assert [guest.full_name for guest in form.known.values()] == ["Cô Ba"]


def test_one_click_fills_up_to_about_fifteen_and_saves_nothing(xa: Client, here: Club, meeting: Meeting) -> None:
    known = [(f"Khách {hamlet} {n}", "", f"Ấp {hamlet}") for hamlet in (1, 2, 3) for n in range(9)]
    invite(meeting=planned(here, PAST), guests=known, by=None)
    invite(meeting=meeting, guests=[("Cô Ba", "", "Ấp 1")], by=None)
    sent = rows(xa.get(page("meeting_guests", meeting)).context["form"])
    mine = {**new(new0=("Chú Năm", "")), "earlier": ["Khách 3 8|"]}
    form = xa.post(page("meeting_guests", meeting), {**sent, **mine, "fill-find": "1"}).context["form"]
    ticked = form["earlier"].value()
    assert (len(ticked), ticked[0], form["full_name-new0"].value()) == (13, "Khách 3 8|", "Chú Năm")
    assert pairs(meeting) == [("Cô Ba", "")]
    xa.post(page("meeting_guests", meeting), {**sent, **mine, "earlier": ticked})
    meeting.refresh_from_db()
    assert meeting.invited_count == 15
    hamlets = Counter(meeting.guests.exclude(hamlet="").values_list("hamlet", flat=True))
    assert sorted(hamlets.values()) == [4, 5, 5]


def test_hamlets_below_the_clubs_unit_are_offered_and_kept(xa: Client, here: Club, meeting: Meeting) -> None:
    answer = xa.get(page("meeting_guests", meeting))
    assert answer.context["hamlets"] == ["Ấp Phước Hậu"]
    assert '<option value="Ấp Phước Hậu">' in text(answer)
    xa.post(page("meeting_guests", meeting), {**new(new0=("Cô Ba", "")), "hamlet-new0": "Ấp Phước Hậu"})
    assert meeting.guests.get().hamlet == "Ấp Phước Hậu"


def test_whoever_came_stays_on_record_without_the_invitation(xa: Client, here: Club) -> None:
    past = held(here, PAST)
    (guest,) = invite(meeting=past, guests=[("Cô Ba", "")], by=None)
    record_guests(meeting=past, came={guest.pk: True}, by=None)
    sent = rows(xa.get(page("meeting_guests", past)).context["form"])
    xa.post(page("meeting_guests", past), {**sent, f"off-{guest.pk}": "on"})
    past.refresh_from_db()
    assert (past.invited_count, past.guest_count, past.guests.get().is_invited) == (0, 1, False)
    assert xa.get(page("meeting_guests", past)).context["form"].old_rows() == []


# Guests who come again and again


def regulars(here: Club, came: int, meetings: int = 6) -> None:
    """Cô Ba is invited to each of so many meetings, and comes to the first `came` of them."""
    for month in range(meetings):
        meeting = held(here, date(2026, 3 + month, 6))
        (guest,) = invite(meeting=meeting, guests=[("Cô Ba & em", "Ấp 1")], by=None)
        record_guests(meeting=meeting, came={guest.pk: month < came}, by=None)


def test_who_comes_to_three_of_six_meetings_is_proposed_as_a_member(xa: Client, here: Club, meeting: Meeting) -> None:
    regulars(here, came=3)
    link = f'href="{reverse("club_admit", args=[here.pk])}?name=C%C3%B4%20Ba%20%26%20em"'
    for address in (page("meeting_guests", meeting), reverse("club", args=[here.pk])):
        assert link in text(xa.get(address))
    admit = xa.get(reverse("club_admit", args=[here.pk]), {"name": "Cô Ba & em"})
    assert admit.context["form"]["full_name"].value() == "Cô Ba & em"
    member(here, full_name="Cô Ba & em")
    assert link not in text(xa.get(reverse("club", args=[here.pk])))


def test_two_meetings_and_those_before_the_last_six_are_not_enough(xa: Client, here: Club, meeting: Meeting) -> None:
    regulars(here, came=3, meetings=7)
    assert xa.get(page("meeting_guests", meeting)).context["frequent"] == []


def test_nobody_is_proposed_while_the_club_is_full_or_to_who_may_not_admit(
    xa: Client, here: Club, meeting: Meeting
) -> None:
    regulars(here, came=6)
    thu_ky = signed_in(secretary("thu_ky", here))
    assert thu_ky.get(page("meeting_guests", meeting)).context["frequent"] == []
    for _ in range(23):
        member(here)
    assert xa.get(page("meeting_guests", meeting)).context["frequent"] == []
    assert xa.get(reverse("club", args=[here.pk])).context["frequent"] == []


# Many, two at once


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
    with django_assert_num_queries(8):
        xa.get(page("meeting_guests", meeting))


def test_guests_written_in_the_data_entry_are_counted_too(xa: Client, meeting: Meeting) -> None:
    forms = {f"{rows}-{n}_FORMS": 0 for rows in ("agenda", "guests", "attendance") for n in ("TOTAL", "INITIAL")}
    guest = {"guests-TOTAL_FORMS": 2}
    guest |= {"guests-0-full_name": "Cô Ba", "guests-0-is_invited": "on"}
    guest |= {"guests-1-full_name": "Cô Tư", "guests-1-has_come": "on"}
    kept = {"starts_at_0": "06/11/2026", "starts_at_1": "07:30", "host": meeting.host_id}
    address = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    assert xa.post(address, {**kept, **forms, **guest}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.invited_count, meeting.guest_count) == (1, 1)
