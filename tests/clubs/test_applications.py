"""Asking to join, being admitted, refused, or thinking better of it. Today is 20/10/2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clubs.actions import (
    admit_applicant,
    admit_member,
    apply_to_club,
    dissolve_club,
    leave_club,
    refuse_application,
    withdraw_application,
)
from clubs.models import Application, Club
from tests.builders import World, club, member, person

ASKED, DAY = date(2026, 10, 5), date(2026, 10, 12)


@pytest.fixture
def here(world: World) -> Club:
    return club(world.an_khanh)


def asks(here: Club, full_name: str = "Lê Thị Hoa", applied_on: date = ASKED) -> Application:
    return apply_to_club(club=here, person=person(here.unit, full_name), applied_on=applied_on, by=None)


def test_an_applicant_is_admitted_into_the_first_free_seat(here: Club) -> None:
    member(here)
    application = asks(here)
    seated = admit_applicant(application=application, joined_on=DAY, sector="union", by=None)
    application.refresh_from_db()
    assert (seated.seat, seated.joined_on, seated.sector) == (2, DAY, "union")
    assert (application.state, application.decided_on, application.membership) == ("admitted", DAY, seated)


def test_a_full_club_refuses_and_the_application_goes_on_waiting(here: Club) -> None:
    for _ in range(25):
        member(here)
    application = asks(here)
    with pytest.raises(ValidationError) as refusal:
        admit_applicant(application=application, joined_on=DAY, by=None)
    assert refusal.value.messages == [
        "Câu lạc bộ đã đủ 25 thành viên. Muốn kết nạp thêm, cần có người rời câu lạc bộ trước."
    ]
    application.refresh_from_db()
    assert (application.state, here.memberships.sitting().count()) == ("pending", 25)


def test_refusing_and_withdrawing_keep_the_day_and_the_reason(here: Club) -> None:
    refused = refuse_application(application=asks(here), on=DAY, reason="Ở xã khác", by=None)
    withdrawn = withdraw_application(application=asks(here), on=DAY, reason="Bận việc nhà", by=None)
    assert (refused.state, refused.decided_on, refused.reason) == ("refused", DAY, "Ở xã khác")
    assert (withdrawn.state, withdrawn.reason) == ("withdrawn", "Bận việc nhà")
    assert not here.memberships.exists()


def test_what_is_decided_is_decided_once(here: Club) -> None:
    application = asks(here)
    refuse_application(application=application, on=DAY, reason="Ở xã khác", by=None)
    with pytest.raises(ValidationError) as refusal:
        admit_applicant(application=application, joined_on=DAY, by=None)
    assert refusal.value.messages == ["Đơn này đã xét ngày 12/10/2026: không nhận."]


def test_nobody_waits_twice_at_one_club_but_anybody_at_two(world: World, here: Club) -> None:
    someone = asks(here).person
    with pytest.raises(ValidationError) as refusal:
        apply_to_club(club=here, person=someone, applied_on=DAY, by=None)
    assert refusal.value.messages == ["Người này đã có đơn chờ xét ở câu lạc bộ này."]
    assert apply_to_club(club=club(world.tan_phu), person=someone, applied_on=DAY, by=None).state == "pending"


def test_who_sits_does_not_apply_and_who_left_may(here: Club) -> None:
    seated = member(here)
    with pytest.raises(ValidationError) as refusal:
        apply_to_club(club=here, person=seated.person, applied_on=ASKED, by=None)
    assert refusal.value.messages == ["Người này đang là thành viên của câu lạc bộ. Không cần làm đơn."]
    leave_club(membership=seated, on=ASKED, reason="Chuyển nơi ở", by=None)
    again = apply_to_club(club=here, person=seated.person, applied_on=ASKED, by=None)
    assert admit_applicant(application=again, joined_on=DAY, by=None).person == seated.person


def test_days_that_cannot_be_are_told(here: Club) -> None:
    with pytest.raises(ValidationError) as refusal:
        asks(here, applied_on=date(2026, 10, 21))
    assert refusal.value.message_dict == {"applied_on": ["Ngày làm đơn chưa tới. Ghi ngày trên đơn."]}
    application = asks(here)
    with pytest.raises(ValidationError) as refusal:
        admit_applicant(application=application, joined_on=date(2026, 10, 4), by=None)
    assert refusal.value.message_dict == {"joined_on": ["Đơn làm ngày 05/10/2026. Ngày kết nạp phải từ ngày đó."]}
    with pytest.raises(ValidationError) as refusal:
        refuse_application(application=application, on=date(2026, 10, 4), reason="Ở xã khác", by=None)
    assert refusal.value.messages == ["Ngày xét không thể trước ngày làm đơn. Sửa lại ngày xét."]
    with pytest.raises(ValidationError) as refusal:
        refuse_application(application=application, on=date(2026, 10, 21), reason="Ở xã khác", by=None)
    assert refusal.value.message_dict == {"on": ["Ngày xét chưa tới. Ghi khi đã xét đơn."]}


def test_a_club_that_ended_takes_no_application_and_a_planned_one_does(world: World, here: Club) -> None:
    dissolve_club(club=here, on=DAY, reason="Hết việc", by=None)
    with pytest.raises(ValidationError) as refusal:
        asks(here)
    assert refusal.value.messages == ["Câu lạc bộ này đã kết thúc, không nhận đơn nữa. Chọn câu lạc bộ khác."]
    assert asks(club(world.tan_phu, founded_on=None)).state == "pending"


def test_whoever_is_admitted_another_way_waits_no_more(here: Club) -> None:
    application = asks(here)
    seated = admit_member(club=here, person=application.person, joined_on=date(2026, 10, 1), by=None)
    application.refresh_from_db()
    assert (application.state, application.membership, application.decided_on) == ("admitted", seated, ASKED)
