"""Attendance by exception, on a phone, also without scripts and by two people at once. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clubs.models import Club, Membership
from meetings.actions import cancel_meeting, invite, record_attendance, record_guests
from meetings.models import Guest, Meeting
from tests.builders import World, club, member, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import planned

TODAY, SOON = date(2026, 10, 20), date(2026, 11, 6)


@pytest.fixture
def here(world: World) -> Club:
    return club(world.hamlet)


@pytest.fixture
def members(here: Club) -> list[Membership]:
    return [member(here, full_name=f"Lê Văn {word}") for word in ("Một", "Hai", "Ba", "Bốn")]


@pytest.fixture
def meeting(here: Club, members: list[Membership]) -> Meeting:
    return planned(here, TODAY)


@pytest.fixture
def thu_ky(here: Club) -> Client:
    return signed_in(secretary("thu_ky", here))


def page(meeting: Meeting) -> str:
    return reverse("attendance", args=[meeting.pk])


def opened(client: Client, meeting: Meeting) -> dict[str, Any]:
    """What a browser sends of the page as it was opened, nobody tapped."""
    context = client.get(page(meeting)).context
    return sent(context)


def sent(context: Any) -> dict[str, Any]:
    calls = context["form"].calls()
    data: dict[str, Any] = {"version": context["version"], "once": context["once"]}
    data["shown"] = [call.member.pk for call in calls]
    data["absent"] = [call.member.pk for call in calls if call.mark != "present"]
    for call in calls:
        data[f"was{call.member.pk}"] = call.was
        data[f"as{call.member.pk}"] = call.mark if call.mark != "present" else "excused"
    return data


def tap(data: dict[str, Any], who: Membership, mark: str) -> dict[str, Any]:
    return {**data, "absent": [*data["absent"], who.pk], f"as{who.pk}": mark}


def marks(meeting: Meeting) -> list[str]:
    return list(meeting.attendance.order_by("membership__seat").values_list("status", flat=True))


def test_whoever_is_not_tapped_was_present(thu_ky: Client, meeting: Meeting, members: list[Membership]) -> None:
    data = tap(tap(opened(thu_ky, meeting), members[1], "late"), members[3], "absent")
    answer = thu_ky.post(page(meeting), data, follow=True)
    assert "Đã điểm danh: 3/4 thành viên có mặt." in text(answer)
    assert marks(meeting) == ["present", "late", "present", "absent"]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.late_count, meeting.absent_count) == ("held", 1, 1)
    assert meeting.history.first().history_user.username == "thu_ky"


def test_marks_on_record_come_back_and_can_be_taken_off(
    thu_ky: Client, meeting: Meeting, members: list[Membership]
) -> None:
    record_attendance(meeting=meeting, statuses={members[0].pk: "late", members[1].pk: "absent"}, by=None)
    data = opened(thu_ky, meeting)
    assert data["absent"] == [members[0].pk, members[1].pk]
    thu_ky.post(page(meeting), {**data, "absent": [members[1].pk]})
    assert marks(meeting) == ["present", "absent", "present", "present"]


def test_the_count_is_right_before_anything_is_saved(
    thu_ky: Client, meeting: Meeting, members: list[Membership]
) -> None:
    assert "4 có mặt, 0 muộn, 0 vắng" in text(thu_ky.get(page(meeting)))
    data = tap(tap(opened(thu_ky, meeting), members[1], "late"), members[3], "excused")
    answer = thu_ky.post(page(meeting), {**data, "count-find": "1"})
    assert "2 có mặt, 1 muộn, 1 vắng" in text(answer)
    assert marks(meeting) == []


def test_somebody_admitted_since_is_not_called_unseen(
    thu_ky: Client, here: Club, meeting: Meeting, members: list[Membership]
) -> None:
    data = tap(opened(thu_ky, meeting), members[0], "late")
    member(here, full_name="Lê Văn Năm")
    answer = thu_ky.post(page(meeting), data)
    assert "Danh sách ngày họp còn có Lê Văn Năm" in text(answer)
    assert marks(meeting) == []
    thu_ky.post(page(meeting), sent(answer.context))
    assert marks(meeting) == ["late", "present", "present", "present", "present"]


def test_two_at_once_are_told_and_no_mark_is_lost(
    thu_ky: Client, meeting: Meeting, members: list[Membership], world: World
) -> None:
    xa = signed_in(world.users["xa"])
    mine, theirs = opened(thu_ky, meeting), opened(xa, meeting)
    xa.post(page(meeting), tap(tap(theirs, members[0], "late"), members[1], "late"))
    told = thu_ky.post(page(meeting), tap(tap(mine, members[1], "absent"), members[2], "excused"))
    assert "<b>Người xa</b> vừa ghi lúc" in text(told)
    assert [call.mark for call in told.context["form"].calls()] == ["late", "absent", "excused", "present"]
    assert text(told).count("Người kia ghi: đến muộn") == 1
    assert marks(meeting) == ["late", "late", "present", "present"]
    thu_ky.post(page(meeting), sent(told.context))
    assert marks(meeting) == ["late", "absent", "excused", "present"]


def test_a_mark_taken_off_by_one_does_not_come_back_by_the_other(
    thu_ky: Client, meeting: Meeting, members: list[Membership], world: World
) -> None:
    record_attendance(meeting=meeting, statuses={members[0].pk: "late"}, by=None)
    xa = signed_in(world.users["xa"])
    mine, theirs = opened(thu_ky, meeting), opened(xa, meeting)
    xa.post(page(meeting), {**theirs, "absent": []})
    told = thu_ky.post(page(meeting), tap(mine, members[3], "absent"))
    assert [call.mark for call in told.context["form"].calls()] == ["present", "present", "present", "absent"]


def test_the_same_form_sent_twice_acts_once(thu_ky: Client, meeting: Meeting, members: list[Membership]) -> None:
    data = tap(opened(thu_ky, meeting), members[0], "late")
    for _ in range(2):
        assert thu_ky.post(page(meeting), data).url == reverse("meeting", args=[meeting.pk])
    assert meeting.history.filter(history_change_reason="attendance").count() == 1


def test_before_the_day_only_the_reason_is_shown(thu_ky: Client, here: Club, members: list[Membership]) -> None:
    meeting = planned(here, SOON)
    for answer in (thu_ky.get(page(meeting)), thu_ky.post(page(meeting), {"shown": [m.pk for m in members]})):
        assert "Kỳ họp chưa tới ngày (06/11/2026). Điểm danh vào ngày họp hoặc sau đó." in text(answer)
        assert "Lưu điểm danh" not in text(answer)
    assert marks(meeting) == []


def test_a_cancelled_meeting_and_a_club_without_members_have_no_roll(
    thu_ky: Client, here: Club, meeting: Meeting, world: World
) -> None:
    cancel_meeting(meeting=meeting, reason="Bão", by=None)
    assert "đang là “Hủy”" in text(thu_ky.get(page(meeting)))
    empty = planned(club(world.hamlet), TODAY)
    assert "chưa có thành viên nào vào ngày họp" in text(signed_in(world.users["xa"]).get(page(empty)))


def test_an_unknown_mark_is_refused_with_everything_typed_kept(
    thu_ky: Client, meeting: Meeting, members: list[Membership]
) -> None:
    answer = thu_ky.post(page(meeting), tap(opened(thu_ky, meeting), members[0], "asleep"))
    assert "“asleep” không phải một cách điểm danh. Chọn lại." in text(answer)
    assert marks(meeting) == []


def test_officers_are_named_by_their_office(thu_ky: Client, here: Club, meeting: Meeting) -> None:
    member(here, kind="collective", full_name="Hội Phụ nữ ấp", representative="Trần Thị Lụa")
    assert "<small>Đại diện: Trần Thị Lụa</small>" in text(thu_ky.get(page(meeting)))


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_the_roll_takes_as_many_queries_for_many_members(
    thu_ky: Client, here: Club, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        member(here)
    meeting = planned(here, TODAY)
    with django_assert_num_queries(8):
        thu_ky.get(page(meeting))


# Guests


@pytest.fixture
def guests(meeting: Meeting) -> list[Guest]:
    return invite(meeting=meeting, guests=[("Cô Ba", "Hội Phụ nữ"), ("Cô Tư", ""), ("Chú Năm", "")], by=None)


def called(context: Any, *came: Guest, **more: str) -> dict[str, Any]:
    """What a browser sends of the whole page when these guests are ticked besides those who were."""
    lines = context["form"].guests.lines()
    ticked = {line.guest.pk for line in lines if line.has_come} | {guest.pk for guest in came}
    was = {f"came-was{line.guest.pk}": "1" if line.was else "0" for line in lines}
    return {**sent(context), "guest": [line.guest.pk for line in lines], "came": sorted(ticked), **was, **more}


def there(meeting: Meeting) -> dict[str, tuple[bool, bool]]:
    return {guest.full_name: (guest.is_invited, guest.has_come) for guest in meeting.guests.all()}


def test_being_invited_is_not_having_come(thu_ky: Client, meeting: Meeting, guests: list[Guest]) -> None:
    answer = thu_ky.post(page(meeting), called(thu_ky.get(page(meeting)).context, guests[1]), follow=True)
    assert "Đã điểm danh: 4/4 thành viên có mặt, 1 khách đã đến." in text(answer)
    assert there(meeting) == {"Cô Ba": (True, False), "Cô Tư": (True, True), "Chú Năm": (True, False)}
    meeting.refresh_from_db()
    assert (meeting.invited_count, meeting.guest_count) == (3, 1)
    assert "Khách đã đến: 1" in text(answer)


def test_all_invited_came_by_one_tick(thu_ky: Client, meeting: Meeting, guests: list[Guest]) -> None:
    thu_ky.post(page(meeting), called(thu_ky.get(page(meeting)).context, **{"came-all": "1"}))
    meeting.refresh_from_db()
    assert (meeting.invited_count, meeting.guest_count) == (3, 3)


def test_unexpected_guests_are_put_down_and_taken_off_again(
    thu_ky: Client, meeting: Meeting, guests: list[Guest]
) -> None:
    more = {"guest-name0": " Bác  Sáu ", "guest-body0": "Ấp 1", "guest-name2": "Cô Ba", "guest-body2": "Hội Phụ nữ"}
    answer = thu_ky.post(page(meeting), called(thu_ky.get(page(meeting)).context, **more), follow=True)
    assert there(meeting)["Bác Sáu"] == (False, True)
    assert there(meeting)["Cô Ba"] == (True, True)  # invited all the same: no second line
    assert "3 được mời, 2 đã đến (1 không có giấy mời)" in text(answer)
    context = thu_ky.get(page(meeting)).context
    again = called(context)
    six = meeting.guests.get(full_name="Bác Sáu").pk
    thu_ky.post(page(meeting), {**again, "came": [pk for pk in again["came"] if pk != six]})
    assert list(there(meeting)) == ["Cô Ba", "Cô Tư", "Chú Năm"]


def test_a_guest_without_a_name_is_asked_for_and_nothing_is_saved(thu_ky: Client, meeting: Meeting) -> None:
    data = called(thu_ky.get(page(meeting)).context, **{"guest-body1": "Hội Nông dân"})
    answer = thu_ky.post(page(meeting), data)
    assert "Có khách chưa ghi họ tên. Ghi thêm họ tên, hoặc xóa dòng đó." in text(answer)
    assert 'value="Hội Nông dân"' in text(answer)
    assert (marks(meeting), meeting.guests.count()) == ([], 0)


def test_ticks_of_two_at_once_are_both_kept(
    thu_ky: Client, meeting: Meeting, guests: list[Guest], world: World
) -> None:
    xa = signed_in(world.users["xa"])
    mine, theirs = thu_ky.get(page(meeting)).context, xa.get(page(meeting)).context
    xa.post(page(meeting), called(theirs, guests[0], **{"guest-name0": "Bác Sáu"}))
    told = thu_ky.post(page(meeting), called(mine, guests[1]))
    assert "<b>Người xa</b> vừa ghi lúc" in text(told)
    assert [line.has_come for line in told.context["form"].guests.lines()] == [True, True, False, True]
    thu_ky.post(page(meeting), called(told.context))
    assert [name for name, (_invited, came) in there(meeting).items() if came] == ["Cô Ba", "Cô Tư", "Bác Sáu"]


def test_guests_are_recorded_of_a_meeting_that_was_held(meeting: Meeting, guests: list[Guest]) -> None:
    with pytest.raises(ValidationError, match="Kỳ này chưa ghi là đã họp"):
        record_guests(meeting=meeting, came={guests[0].pk: True}, by=None)
    assert not meeting.guests.filter(has_come=True).exists()
