"""Minutes: a draft written by several people, agreed once, corrected by a further version. Today is 20/10/2026."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import agree_minutes, correct_minutes, record_attendance, save_minutes, set_agenda
from meetings.models import Meeting, Minutes
from tests.builders import World, elect, member, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import held, planned, with_members

PAST, SOON = date(2026, 10, 16), date(2026, 11, 6)
WHOLE: dict[str, Any] = {"chair": "Nguyễn Thị Lụa", "secretary": "Lê Văn An", "conclusions": "Nộp hồ sơ trước ngày 30."}


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


@pytest.fixture
def huyen(world: World) -> Client:
    return signed_in(world.users["huyen"])


@pytest.fixture
def here(world: World) -> Club:
    club = with_members(world.an_khanh)
    seated = member(club, full_name="Nguyễn Thị Lụa")
    elect(seated, on=date(2026, 1, 1))
    return club


@pytest.fixture
def meeting(here: Club) -> Meeting:
    found = held(here, PAST, guests=2)
    set_agenda(meeting=found, items=[("credit", "Vay vốn", "Cô Ba"), ("health", "")], by=None)
    return found


def page(name: str, meeting: Meeting, *more: Any) -> str:
    return reverse(name, args=[meeting.pk, *more])


def opened(client: Client, meeting: Meeting) -> dict[str, Any]:
    """What a browser would send of the page as it is opened."""
    return sent(client.get(page("minutes_write", meeting)))


def sent(answer: Any) -> dict[str, Any]:
    form = answer.context["form"]
    version = answer.context["version"]
    fields = {name: form[name].value() or "" for name in form.fields}
    return {**fields, "opened": form.signed(), "version": 0 if version is None else version}


def said(minutes: Minutes) -> list[tuple[str, str]]:
    return [(entry["title"], entry["said"]) for entry in minutes.items]


def refusal_of(action: Any, **facts: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        action(by=None, **facts)
    return " ".join(refusal.value.messages)


# The draft


def test_the_form_begins_with_what_is_known(here: Club, meeting: Meeting, xa: Client) -> None:
    form = xa.get(page("minutes_write", meeting)).context["form"]
    assert (form["chair"].value(), form["secretary"].value(), form["started_at"].value()) == (
        "Nguyễn Thị Lụa",
        "",
        "07:30",
    )
    assert [row["field"].label for row in form.said_rows()] == ["Vay vốn", "Y tế"]
    own = signed_in(secretary("thu_ky", here)).get(page("minutes_write", meeting)).context["form"]
    assert own["secretary"].value() == "Thư ký thu_ky"


@pytest.mark.parametrize(
    ("statuses", "chair"),
    [
        (("late", "present"), "Nguyễn Thị Lụa"),
        (("excused", "late"), "Trần Văn Phó"),
        (("absent", "excused"), ""),
    ],
)
def test_who_was_away_did_not_preside(here: Club, xa: Client, statuses: tuple[str, str], chair: str) -> None:
    vice = member(here, full_name="Trần Văn Phó")
    elect(vice, role="vice_chair", on=date(2026, 2, 1))
    marks = {here.memberships.get(person__full_name="Nguyễn Thị Lụa").pk: statuses[0], vice.pk: statuses[1]}
    form = xa.get(page("minutes_write", held(here, PAST, marks))).context["form"]
    assert form["chair"].value() == chair


def test_a_draft_may_be_saved_half_finished_and_gone_on_with(meeting: Meeting, xa: Client) -> None:
    data = opened(xa, meeting) | {"said-0": " Chị  Hoa nói: \r\n\r\n<b>tốt</b> & “đủ” ", "ended_at": "10:05"}
    assert xa.post(page("minutes_write", meeting), data).url == page("meeting_minutes", meeting)
    draft = meeting.minutes.get()
    assert (draft.state, draft.version, draft.chair, draft.ended_at) == ("draft", 1, "Nguyễn Thị Lụa", time(10, 5))
    assert draft.items[0] == {
        "title": "Vay vốn",
        "area": "credit",
        "presenter": "Cô Ba",
        "said": "Chị Hoa nói:\n\n<b>tốt</b> & “đủ”",
        "opinion": None,
    }
    read = text(xa.get(page("meeting_minutes", meeting)))
    assert "&lt;b&gt;tốt&lt;/b&gt; &amp; “đủ”" in read
    again = opened(xa, meeting)
    assert (again["said-0"], again["ended_at"]) == ("Chị Hoa nói:\n\n<b>tốt</b> & “đủ”", "10:05")


def test_saving_the_same_again_changes_nothing(meeting: Meeting, xa: Client) -> None:
    for _ in range(2):
        xa.post(page("minutes_write", meeting), opened(xa, meeting))
    assert meeting.minutes.get().history.count() == 1


def test_a_line_that_leaves_the_agenda_stays_while_it_has_words(meeting: Meeting, xa: Client) -> None:
    xa.post(page("minutes_write", meeting), opened(xa, meeting) | {"said-0": "Bàn kỹ"})
    set_agenda(meeting=meeting, items=[("housing", "")], by=None)
    form = xa.get(page("minutes_write", meeting)).context["form"]
    assert [(row["field"].label, row["field"].value()) for row in form.said_rows()] == [
        ("Nhà ở", ""),
        ("Vay vốn", "Bàn kỹ"),
    ]


def test_what_was_written_under_a_line_stays_there_when_the_agenda_changes_meanwhile(
    meeting: Meeting, xa: Client
) -> None:
    data = opened(xa, meeting) | {"said-0": "Về vay vốn", "said-1": "Về y tế"}
    set_agenda(meeting=meeting, items=[("", "Văn nghệ"), ("health", "")], by=None)
    xa.post(page("minutes_write", meeting), data)
    assert said(meeting.minutes.get()) == [("Vay vốn", "Về vay vốn"), ("Y tế", "Về y tế"), ("Văn nghệ", "")]


@pytest.mark.parametrize(("name", "value"), [("started_at", "25:00"), ("ended_at", "sáng"), ("chair", "x" * 121)])
def test_what_is_no_answer_is_shown_again(meeting: Meeting, xa: Client, name: str, value: str) -> None:
    answer = xa.post(page("minutes_write", meeting), opened(xa, meeting) | {name: value, "limits": "Ít người"})
    assert list(answer.context["form"].errors) == [name]
    assert "Ít người</textarea>" in text(answer)
    assert not meeting.minutes.exists()


def test_the_end_is_not_before_the_beginning(meeting: Meeting, xa: Client) -> None:
    answer = xa.post(page("minutes_write", meeting), opened(xa, meeting) | {"ended_at": "07:00"})
    assert "Giờ kết thúc không thể trước giờ bắt đầu. Sửa một trong hai giờ." in text(answer)


@pytest.mark.parametrize("carried", ["", "xyz", "a:b:c"])
def test_a_page_that_was_tampered_with_is_taken_as_new(meeting: Meeting, xa: Client, carried: str) -> None:
    xa.post(page("minutes_write", meeting), opened(xa, meeting) | {"opened": carried, "said-1": "Về y tế"})
    assert said(meeting.minutes.get()) == [("Vay vốn", ""), ("Y tế", "Về y tế")]


def test_a_meeting_to_come_has_no_minutes_yet(here: Club, xa: Client) -> None:
    coming = planned(here, SOON)
    sentence = "Kỳ sinh hoạt chưa ghi là đã họp. Điểm danh trước, rồi ghi biên bản."
    assert sentence in text(xa.get(page("minutes_write", coming)))
    assert refusal_of(save_minutes, meeting=coming, chair="Cô Ba") == sentence
    assert "Biên bản ghi sau khi điểm danh." in text(xa.get(page("meeting_minutes", coming)))


def test_a_visit_has_minutes_too(here: Club, xa: Client) -> None:
    visit = record_attendance(meeting=planned(here, PAST, form="visit", host=here.unit), statuses={}, by=None)
    assert xa.post(page("minutes_write", visit), opened(xa, visit) | {"strengths": "Học được"}).status_code == 302
    assert visit.minutes.get().strengths == "Học được"


# Two people


def test_two_who_begin_at_once_lose_nothing(meeting: Meeting, xa: Client, huyen: Client) -> None:
    address = page("minutes_write", meeting)
    mine, yours = opened(huyen, meeting), opened(xa, meeting)
    xa.post(address, yours | {"said-0": "Của xã", "strengths": "Đông đủ", "limits": "Của xã"})
    told = huyen.post(address, mine | {"said-1": "Của huyện", "limits": "Của huyện"})
    assert told.status_code == 200
    assert "Người xa vừa sửa lúc" in text(told)
    again = sent(told)
    assert (again["said-0"], again["said-1"], again["strengths"], again["limits"]) == (
        "Của xã",
        "Của huyện",
        "Đông đủ",
        "Của huyện",
    )
    assert told.context["form"].theirs == {"limits": "Của xã"}
    assert "<b>Người kia ghi:</b><p>Của xã</p>" in text(told)
    assert huyen.post(address, again).status_code == 302
    draft = meeting.minutes.get()
    assert (said(draft), draft.strengths) == ([("Vay vốn", "Của xã"), ("Y tế", "Của huyện")], "Đông đủ")


def test_the_second_is_told_what_the_first_changed_line_by_line(meeting: Meeting, xa: Client, huyen: Client) -> None:
    address = page("minutes_write", meeting)
    xa.post(address, opened(xa, meeting) | {"said-0": "Lúc đầu", "limits": "Ít người"})
    mine, yours = opened(huyen, meeting), opened(xa, meeting)
    xa.post(address, yours | {"said-0": "Sửa rồi", "chair": ""})
    told = huyen.post(address, mine | {"said-0": "Của huyện"})
    assert [(change.field, change.old, change.new) for change in told.context["meanwhile"].changes] == [
        ("chủ tọa", "Nguyễn Thị Lụa", "–"),
        ("diễn biến, Vay vốn", "Lúc đầu", "Sửa rồi"),
    ]
    again = sent(told)
    assert (again["said-0"], again["chair"], again["limits"]) == ("Của huyện", "", "Ít người")
    assert told.context["form"].theirs == {"said-0": "Sửa rồi"}


def test_an_agreement_meanwhile_keeps_the_late_text_out(meeting: Meeting, xa: Client, huyen: Client) -> None:
    save_minutes(meeting=meeting, by=None, **WHOLE)
    mine = opened(huyen, meeting) | {"limits": "Của huyện"}
    agree_minutes(meeting=meeting, by=None)
    answer = huyen.post(page("minutes_write", meeting), mine)
    assert "Biên bản đã thông qua thì không sửa nữa. Có chỗ sai thì đính chính, kèm lý do." in text(answer)
    assert meeting.minutes.get().limits == ""


# Agreed


def test_agreeing_freezes_the_counts_and_the_text(meeting: Meeting, xa: Client, here: Club) -> None:
    save_minutes(meeting=meeting, by=None, **WHOLE)
    asked = xa.get(page("minutes_agree", meeting))
    assert asked.context["consequences"] == [
        "Chủ tọa: Nguyễn Thị Lụa. Thư ký: Lê Văn An.",
        f"Ghi vào biên bản: 3/3 thành viên có mặt, {meeting.guest_count} khách dự.",
        "Từ đó lời ghi và các con số trong biên bản giữ nguyên. Có chỗ sai thì đính chính bằng một lần mới, kèm lý do.",
    ]
    assert xa.post(page("minutes_agree", meeting)).url == page("meeting_minutes", meeting)
    agreed = meeting.minutes.get()
    assert (agreed.state, agreed.agreed_on) == ("agreed", date(2026, 10, 20))
    absent = meeting.attendance.first()
    record_attendance(meeting=meeting, statuses={absent.membership_id: "absent"}, by=None)
    agreed.refresh_from_db()
    assert (agreed.member_count, agreed.there_count, agreed.excused_count) == (3, 3, 0)
    assert "3/3 có mặt, 0 vắng có phép" in text(xa.get(page("meeting_minutes", meeting)))


@pytest.mark.parametrize(
    ("missing", "word"), [("chair", "chủ tọa"), ("secretary", "thư ký"), ("conclusions", "kết luận")]
)
def test_what_must_be_said_is_asked_for_before_agreeing(meeting: Meeting, xa: Client, missing: str, word: str) -> None:
    save_minutes(meeting=meeting, by=None, **{**WHOLE, missing: ""})
    sentence = f"Biên bản còn thiếu: {word}. Ghi thêm rồi thông qua."
    assert refusal_of(agree_minutes, meeting=meeting) == sentence
    assert sentence in text(xa.post(page("minutes_agree", meeting)))
    assert meeting.minutes.get().state == "draft"


def test_there_is_nothing_to_agree_on_without_a_draft(meeting: Meeting) -> None:
    assert refusal_of(agree_minutes, meeting=meeting) == "Kỳ này chưa có dự thảo biên bản. Ghi biên bản trước."


def test_agreed_minutes_are_not_written_nor_agreed_again(meeting: Meeting) -> None:
    save_minutes(meeting=meeting, by=None, **WHOLE)
    agree_minutes(meeting=meeting, by=None)
    sentence = "Biên bản đã thông qua thì không sửa nữa. Có chỗ sai thì đính chính, kèm lý do."
    assert refusal_of(save_minutes, meeting=meeting, limits="Thêm") == sentence
    assert refusal_of(agree_minutes, meeting=meeting) == sentence


# Corrected


@pytest.fixture
def corrected(meeting: Meeting) -> Meeting:
    items = [{"title": "Vay vốn", "area": "credit", "presenter": "Cô Ba", "said": "5 hộ vay", "opinion": None}]
    save_minutes(meeting=meeting, by=None, items=items, **WHOLE)
    agree_minutes(meeting=meeting, by=None)
    correct_minutes(meeting=meeting, reason="Ghi nhầm số hộ", by=None)
    return meeting


def test_a_correction_is_a_further_version_with_its_reason(corrected: Meeting, xa: Client) -> None:
    xa.post(page("minutes_write", corrected), opened(xa, corrected) | {"said-0": "15 hộ vay"})
    second, first = corrected.minutes.all()
    assert [(m.version, m.state, m.correction_reason) for m in (first, second)] == [
        (1, "agreed", ""),
        (2, "draft", "Ghi nhầm số hộ"),
    ]
    assert (said(first)[0][1], said(second)[0][1]) == ("5 hộ vay", "15 hộ vay")
    current = xa.get(page("meeting_minutes", corrected))
    assert (current.context["minutes"], current.context["differences"]) == (first, [])
    assert "Đang có một dự thảo đính chính." in text(current)
    agree_minutes(meeting=corrected, by=None)
    assert xa.get(page("meeting_minutes", corrected)).context["minutes"] == second


def test_every_version_is_read_at_its_own_address_with_what_it_changed(corrected: Meeting, xa: Client) -> None:
    data = opened(xa, corrected) | {"said-0": "15 hộ vay", "limits": "Ít người", "ended_at": "10:00"}
    xa.post(page("minutes_write", corrected), data)
    answer = xa.get(page("minutes_version", corrected, 2))
    assert [(change.field, change.old, change.new) for change in answer.context["differences"]] == [
        ("kết thúc lúc", "–", "10:00"),
        ("diễn biến, Vay vốn", "5 hộ vay", "15 hộ vay"),
        ("hạn chế", "–", "Ít người"),
    ]
    assert '<p class="mb-1">5 hộ vay</p>' in text(xa.get(page("minutes_version", corrected, 1)))
    assert xa.get(page("minutes_version", corrected, 3)).status_code == 404


def test_a_correction_has_a_reason(meeting: Meeting, xa: Client) -> None:
    save_minutes(meeting=meeting, by=None, **WHOLE)
    agree_minutes(meeting=meeting, by=None)
    assert xa.post(page("minutes_correct", meeting), {"reason": " "}).context["form"].errors.keys() == {"reason"}
    assert refusal_of(correct_minutes, meeting=meeting, reason="") == (
        "Đính chính biên bản thì phải ghi lý do. Ghi thêm lý do."
    )
    answer = xa.post(page("minutes_correct", meeting), {"reason": "Ghi nhầm"})
    assert answer.url == page("minutes_write", meeting)
    assert meeting.minutes.count() == 2


def test_only_agreed_minutes_are_corrected(meeting: Meeting, xa: Client) -> None:
    assert refusal_of(correct_minutes, meeting=meeting, reason="X") == "Kỳ này chưa có biên bản. Ghi biên bản trước."
    save_minutes(meeting=meeting, by=None, **WHOLE)
    sentence = "Biên bản đang là dự thảo. Sửa thẳng dự thảo, không cần đính chính."
    assert refusal_of(correct_minutes, meeting=meeting, reason="X") == sentence
    assert sentence in text(xa.get(page("minutes_correct", meeting)))


# Who, and what is told


def test_the_meetings_journal_tells_of_its_minutes(corrected: Meeting, xa: Client) -> None:
    entries = xa.get(page("meeting", corrected)).context["entries"]
    assert [entry.sentence for entry in entries][:3] == ["Đính chính biên bản", "Thông qua biên bản", "Ghi biên bản"]


def test_a_secretary_writes_agrees_and_corrects_for_the_own_club(here: Club, meeting: Meeting) -> None:
    thu_ky = signed_in(secretary("thu_ky", here))
    thu_ky.post(page("minutes_write", meeting), opened(thu_ky, meeting) | {"conclusions": "Thống nhất"})
    assert thu_ky.post(page("minutes_agree", meeting)).status_code == 302
    assert thu_ky.post(page("minutes_correct", meeting), {"reason": "Ghi nhầm"}).status_code == 302
    assert [m.state for m in meeting.minutes.all()] == ["draft", "agreed"]


@pytest.mark.parametrize("name", ["minutes_write", "minutes_agree", "minutes_correct"])
def test_who_only_reads_writes_nothing(corrected: Meeting, world: World, client: Client, name: str) -> None:
    address = page(name, corrected)
    assert signed_in(world.users["xem"]).post(address, {}).status_code == 403
    assert signed_in(world.users["xa_khac"]).post(address, {}).status_code == 404
    assert client.get(address).url.startswith(reverse("login"))
    assert signed_in(world.users["xa"]).delete(address).status_code == 405
    assert corrected.minutes.get(version=2).state == "draft"


def test_a_viewer_reads_every_version_and_gets_no_button(corrected: Meeting, world: World) -> None:
    xem = signed_in(world.users["xem"])
    for address in (page("meeting_minutes", corrected), page("minutes_version", corrected, 2)):
        read = text(xem.get(address)).split("<main")[1]
        assert ("5 hộ vay" in read, "thong-qua" in read, "/ghi/" in read, "dinh-chinh" in read) == (True, *[False] * 3)
    assert signed_in(world.users["xa_khac"]).get(page("minutes_version", corrected, 1)).status_code == 404


def test_the_data_entry_leads_to_the_minutes(meeting: Meeting, xa: Client) -> None:
    entry = text(xa.get(reverse("admin:meetings_meeting_change", args=[meeting.pk])))
    assert f'href="{page("meeting_minutes", meeting)}"' in entry


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_pages_take_as_many_queries_for_many_lines_and_versions(
    meeting: Meeting, xa: Client, rows: int, django_assert_num_queries: Any
) -> None:
    set_agenda(meeting=meeting, items=[("credit", f"Nội dung {n}") for n in range(rows)], by=None)
    for _ in range(min(rows, 5)):
        save_minutes(meeting=meeting, by=None, **WHOLE)
        agree_minutes(meeting=meeting, by=None)
        correct_minutes(meeting=meeting, reason="Ghi nhầm", by=None)
    with django_assert_num_queries(4):
        xa.get(page("meeting_minutes", meeting))
    with django_assert_num_queries(6):
        xa.get(page("minutes_write", meeting))


def test_attendance_mended_under_agreed_minutes_is_said_until_they_are_corrected(
    here: Club, meeting: Meeting, xa: Client
) -> None:
    save_minutes(meeting=meeting, by=None, **WHOLE)
    agree_minutes(meeting=meeting, by=None)
    pages = [page("meeting", meeting), page("meeting_minutes", meeting)]
    said = "Biên bản ghi 3/3 thành viên có mặt, 0 vắng có phép, 0 khách; nay là 2/3 có mặt, 1 vắng có phép, 0 khách."
    assert not any("Điểm danh đã sửa" in text(xa.get(each)) for each in pages)
    record_attendance(meeting=meeting, statuses={here.memberships.first().pk: "excused"}, by=None)
    for each in pages:
        shown = text(xa.get(each))
        assert said in shown
        assert f'<a href="{page("minutes_correct", meeting)}">Đính chính biên bản</a>' in shown
    correct_minutes(meeting=meeting, reason="Điểm danh sót", by=None)
    agree_minutes(meeting=meeting, by=None)
    assert not any("Điểm danh đã sửa" in text(xa.get(each)) for each in pages)
