"""The pages about opinions: the list and its file, one opinion, raising, answering, settling. Today is 20/10/2026."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from clubs.models import Club
from meetings.actions import change_opinion, reopen_opinion
from meetings.models import AgendaItem, Meeting, Opinion
from steering.models import User
from tests.builders import World, secretary
from tests.meetings.builders import signed_in, text
from tests.meetings.opinions import ANSWER, TEXT, answered, closed, raised
from tests.reports.builders import held, planned, with_members

TODAY, MET = date(2026, 10, 20), date(2026, 9, 18)
LATE = date(2026, 10, 1)


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


@pytest.fixture
def huyen(world: World) -> Client:
    return signed_in(world.users["huyen"])


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


@pytest.fixture
def meeting(here: Club) -> Meeting:
    return held(here, MET)


def page(name: str, row: Any, *more: str) -> str:
    return reverse(name, args=[row.pk, *more])


def listed(user: User, **query: Any) -> list[str]:
    return [one.text for one in signed_in(user).get(reverse("opinions"), query).context["page"].object_list]


# The list


def test_the_list_shows_what_is_not_settled_the_soonest_due_first(world: World, meeting: Meeting) -> None:
    raised(meeting, "Sau", due_on=date(2026, 11, 1))
    raised(meeting, "Trước", due_on=LATE)
    answered(meeting, "Giữa", on=TODAY, due_on=date(2026, 10, 2))
    closed(meeting, "Xong", on=TODAY)
    assert listed(world.users["xa"]) == ["Trước", "Giữa", "Sau"]


def test_a_row_says_what_from_whom_to_whom_by_when_and_what_to_do(xa: Client, meeting: Meeting) -> None:
    late = raised(meeting, area="livelihood", due_on=LATE)
    told = answered(meeting, "Khác", on=TODAY)
    shown = text(xa.get(reverse("opinions")))
    for words in (
        f'<a href="{page("opinion", late)}">{TEXT}</a><small class="d-block">Sinh kế</small>',
        "CLB xã An Khánh<small",
        "18/09/2026",
        ">Xã An Khánh</td>",
        ">01/10/2026</td>",
        "Quá hạn</span>",
        "Đã trả lời</span>",
        f'href="{page("opinion_answer", late)}"',
        f'href="{page("opinion_state", told, "close")}"',
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": ""}, ["Trễ", "Hỏi huyện", "Rồi", "Xong"]),
        ({"state": "overdue"}, ["Trễ"]),
        ({"state": "open"}, ["Trễ", "Hỏi huyện"]),
        ({"state": "answered"}, ["Rồi"]),
        ({"state": "closed"}, ["Xong"]),
        ({"area": "credit"}, ["Hỏi huyện"]),
        ({"q": "hoi HUYEN"}, ["Hỏi huyện"]),
        ({"q": "clb an khanh"}, ["Trễ", "Hỏi huyện", "Rồi"]),
        ({"q": "xyz"}, []),
        ({"to": "mine"}, ["Hỏi huyện"]),
        ({"sort": "-due"}, ["Rồi", "Hỏi huyện", "Trễ"]),
        ({"sort": "x"}, ["Trễ", "Hỏi huyện", "Rồi"]),
        ({"club": "x", "committee": "x", "unit": "x", "page": "x"}, ["Trễ", "Hỏi huyện", "Rồi"]),
    ],
)
def test_conditions(world: World, meeting: Meeting, query: dict[str, str], found: list[str]) -> None:
    raised(meeting, "Trễ", due_on=LATE)
    raised(meeting, "Hỏi huyện", area="credit", to_above=True, due_on=date(2026, 10, 25))
    answered(meeting, "Rồi", on=TODAY, due_on=date(2026, 10, 26))
    closed(meeting, "Xong", on=TODAY, due_on=date(2026, 10, 27))
    assert listed(world.users["huyen"], **query) == found


def test_a_unit_a_club_and_a_committee_narrow_the_list(world: World, here: Club, meeting: Meeting) -> None:
    raised(meeting, "Của An Khánh")
    raised(held(with_members(world.tan_phu), MET), "Của Tân Phú", to_above=True)
    asked = world.chau_thanh.committees.get()
    assert listed(world.users["huyen"], unit=world.an_khanh.pk) == ["Của An Khánh"]
    assert listed(world.users["huyen"], club=here.pk) == ["Của An Khánh"]
    assert listed(world.users["huyen"], committee=asked.pk) == ["Của Tân Phú"]
    chips = signed_in(world.users["huyen"]).get(reverse("opinions"), {"committee": asked.pk}).context["chips"]
    assert chips == [("Gửi đến: Ban chỉ đạo giảm nghèo huyện Châu Thành", "?")]


def test_another_units_opinions_are_not_listed_nor_its_committee_known(world: World, xa: Client) -> None:
    raised(held(with_members(world.an_hiep), MET), "Của An Hiệp")
    assert listed(world.users["xa"], state="") == []
    foreign = world.an_hiep.committees.get()
    assert "An Hiệp" not in text(xa.get(reverse("opinions"), {"committee": foreign.pk}))


def test_a_secretary_sees_the_own_clubs_and_is_asked_for_no_place(world: World, here: Club, meeting: Meeting) -> None:
    raised(meeting, "Của mình")
    raised(held(with_members(world.an_khanh), MET), "Của câu lạc bộ khác")
    user = secretary("thu_ky", here)
    assert listed(user) == ["Của mình"]
    shown = text(signed_in(user).get(reverse("opinions"))).split("<main")[1]
    assert ('name="unit"' in shown, 'name="to"' in shown, "row-act" in shown) == (False, False, True)
    assert page("opinion_answer", Opinion.objects.get(text="Của mình")) not in shown


def test_nothing_there_says_where_opinions_come_from(xa: Client) -> None:
    assert "Không có kiến nghị nào chưa xong" in text(xa.get(reverse("opinions")))
    assert "Không có kiến nghị nào khớp" in text(xa.get(reverse("opinions"), {"state": "closed"}))


def test_the_file_holds_what_the_list_shows_and_is_logged(xa: Client, world: World, meeting: Meeting) -> None:
    raised(meeting, "=1+1", area="health", due_on=LATE)
    closed(meeting, "Xong", on=TODAY)
    answer = xa.get(reverse("opinions_file"), {"state": "overdue"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kien-nghi-2026-10-20.xlsx"'
    head, row = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert head[:3] == ("Kiến nghị", "Lĩnh vực", "Câu lạc bộ")
    assert row[:4] == ("'=1+1", "Y tế", "CLB xã An Khánh", "Huyện Châu Thành / Xã An Khánh")
    assert [row[4].date(), *row[5:6], row[6].date(), row[7]] == [
        MET,
        "Ban chỉ đạo giảm nghèo xã An Khánh",
        LATE,
        "Chờ trả lời",
    ]
    assert (LogEntry.objects.get().user, LogEntry.objects.get().change_message) == (
        world.users["xa"],
        "Xuất 1 dòng ra tệp Excel.",
    )


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(("name", "queries"), [("opinions", 5), ("opinions_file", 4)])
def test_the_list_takes_as_many_queries_for_many_rows(
    huyen: Client, meeting: Meeting, rows: int, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        raised(meeting, f"Việc {number}")
    huyen.get(reverse(name))  # the kind of row that a file is logged under is read once
    with django_assert_num_queries(queries):
        huyen.get(reverse(name))


# One opinion


def test_a_page_says_everything_about_it(xa: Client, here: Club, meeting: Meeting) -> None:
    opinion = answered(meeting, area="clean_water", on=date(2026, 10, 5))
    AgendaItem.objects.create(meeting=planned(here, date(2026, 10, 23)), opinion=opinion, title="Nhắc lại")
    shown = text(xa.get(page("opinion", opinion)))
    for words in (
        "CLB xã An Khánh, nêu ngày 18/09/2026",
        TEXT,
        ANSWER,
        "Ban chỉ đạo giảm nghèo xã An Khánh, ngày 05/10/2026",
        "Nước sạch",
        "18/10/2026",
        "23/10/2026</a>",
        f'href="{page("meeting", meeting)}"',
        "Ghi kiến nghị, hạn trả lời 18/10/2026",
        f"Trả lời ngày 05/10/2026: “{ANSWER}”",
    ):
        assert words in shown


def test_the_journal_keeps_what_was_taken_back(xa: Client, meeting: Meeting) -> None:
    opinion = closed(meeting, "Sửa cống", on=LATE)
    reopen_opinion(opinion=opinion, reason="Cống vẫn hỏng", by=None)
    change_opinion(opinion=opinion, text="Thay cống", area="credit", due_on=date(2026, 12, 1), by=None)
    assert [entry.sentence for entry in xa.get(page("opinion", opinion)).context["entries"]] == [
        "Đổi hạn trả lời từ 18/10/2026 sang 01/12/2026; Sửa nội dung kiến nghị, trước là “Sửa cống”; Sửa lĩnh vực",
        "Mở lại, trả lời chưa giải quyết được: Cống vẫn hỏng",
        "Đã xong từ 01/10/2026",
        f"Trả lời ngày 01/10/2026: “{ANSWER}”",
        "Ghi kiến nghị, hạn trả lời 18/10/2026",
    ]


@pytest.mark.parametrize(
    ("who", "to_above", "steps"),
    [
        ("xa", False, ["opinion_change", "opinion_answer"]),
        ("xa", True, ["opinion_change"]),
        ("huyen", True, ["opinion_change", "opinion_answer"]),
        ("xem", False, []),
    ],
)
def test_the_next_step_is_offered_to_those_who_may_take_it(
    world: World, meeting: Meeting, who: str, to_above: bool, steps: list[str]
) -> None:
    opinion = raised(meeting, to_above=to_above)
    shown = text(signed_in(world.users[who]).get(page("opinion", opinion)))
    offered = [name for name in ("opinion_change", "opinion_answer") if f'href="{page(name, opinion)}"' in shown]
    assert offered == steps


def test_an_answered_one_is_settled_or_opened_again(xa: Client, world: World, meeting: Meeting) -> None:
    opinion = answered(meeting, on=TODAY)
    close, reopen = (page("opinion_state", opinion, verb) for verb in ("close", "reopen"))
    shown = text(xa.get(page("opinion", opinion)))
    assert (f'btn-primary" href="{close}"' in shown, f'btn-secondary" href="{reopen}"' in shown) == (True, True)
    assert close not in text(signed_in(world.users["xem"]).get(page("opinion", opinion)))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_page_takes_as_many_queries_for_many_changes(
    xa: Client, meeting: Meeting, rows: int, django_assert_num_queries: Any
) -> None:
    opinion = raised(meeting)
    for number in range(rows):
        change_opinion(opinion=opinion, text=f"Lần {number}", area="", due_on=opinion.due_on, by=None)
    with django_assert_num_queries(5):
        xa.get(page("opinion", opinion))


# Raising


def test_a_secretary_raises_one_from_the_meetings_page(here: Club, meeting: Meeting) -> None:
    client = signed_in(secretary("thu_ky", here))
    assert page("opinion_raise", meeting) in text(client.get(page("meeting", meeting)))
    form = client.get(page("opinion_raise", meeting)).context["form"]
    assert form["due_on"].value() == date(2026, 10, 18)
    assert [words for _key, words in form.fields["to_above"].choices] == [
        "Ban chỉ đạo giảm nghèo xã An Khánh",
        "Ban chỉ đạo giảm nghèo huyện Châu Thành",
    ]
    data = {"text": " Sửa  cống ", "area": "", "to_above": "above", "due_on": "30/11/2026"}
    done = client.post(page("opinion_raise", meeting), data, follow=True)
    opinion = Opinion.objects.get()
    assert (opinion.text, opinion.due_on) == ("Sửa cống", date(2026, 11, 30))
    assert "Đã ghi kiến nghị gửi Ban chỉ đạo giảm nghèo huyện Châu Thành, hạn trả lời 30/11/2026." in text(done)
    assert f'<a href="{page("opinion", opinion)}">Sửa cống</a>' in text(done)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"text": ""}, "text", "Không để trống ô này."),
        ({"text": "a" * 2001}, "text", None),
        ({"due_on": "17/09/2026"}, "due_on", "Hạn trả lời không thể trước ngày họp 18/09/2026."),
        ({"due_on": "hôm nào"}, "due_on", None),
        ({"area": "x"}, "area", None),
        ({"to_above": "x"}, "to_above", None),
    ],
)
def test_bad_input_is_shown_again(
    xa: Client, meeting: Meeting, data: dict[str, str], field: str, sentence: str | None
) -> None:
    sent = {"text": "Sửa cống", "area": "", "to_above": "manager", "due_on": "30/11/2026", **data}
    answer = xa.post(page("opinion_raise", meeting), sent)
    assert list(answer.context["form"].errors) == [field]
    assert (answer.status_code, Opinion.objects.count()) == (200, 0)
    if sentence and field == "due_on":
        assert sentence in text(answer)


def test_where_there_is_no_committee_above_the_reason_stands_beside_the_choice(
    xa: Client, world: World, meeting: Meeting
) -> None:
    world.chau_thanh.committees.update(valid_until=TODAY)
    sent = {"text": "Sửa cống", "area": "", "to_above": "above", "due_on": "30/11/2026"}
    errors = xa.post(page("opinion_raise", meeting), sent).context["form"].errors
    assert errors["to_above"] == [
        "Huyện Châu Thành chưa có ban chỉ đạo đang hoạt động. Lập ban chỉ đạo trước, hoặc gửi cấp khác."
    ]


def test_a_meeting_to_come_is_not_asked_for_opinions(xa: Client, here: Club) -> None:
    meeting = planned(here, date(2026, 10, 23))
    assert page("opinion_raise", meeting) not in text(xa.get(page("meeting", meeting)))
    answer = xa.get(page("opinion_raise", meeting), follow=True)
    assert answer.redirect_chain == [(page("meeting", meeting), 302)]
    assert "Kỳ họp chưa tới ngày (23/10/2026)." in text(answer)


def test_the_same_form_sent_twice_raises_one(xa: Client, meeting: Meeting) -> None:
    once = xa.get(page("opinion_raise", meeting)).context["once"]
    sent = {"text": "Sửa cống", "area": "", "to_above": "manager", "due_on": "30/11/2026", "once": once}
    for _n in range(2):
        xa.post(page("opinion_raise", meeting), sent)
    assert Opinion.objects.count() == 1


# Changing, answering, settling


def test_an_opinion_is_corrected(xa: Client, meeting: Meeting) -> None:
    opinion = raised(meeting)
    form = xa.get(page("opinion_change", opinion)).context["form"]
    assert (form["text"].value(), form["due_on"].value()) == (TEXT, date(2026, 10, 18))
    sent = {"text": "Thay cống", "area": "credit", "due_on": "01/12/2026"}
    assert xa.post(page("opinion_change", opinion), sent).url == page("opinion", opinion)
    opinion.refresh_from_db()
    assert (opinion.text, opinion.area, opinion.due_on) == ("Thay cống", "credit", date(2026, 12, 1))


def test_the_committee_asked_answers(huyen: Client, meeting: Meeting) -> None:
    opinion = raised(meeting, to_above=True)
    assert TEXT in text(huyen.get(page("opinion_answer", opinion)))
    done = huyen.post(page("opinion_answer", opinion), {"answer": ANSWER, "answered_on": "19/10/2026"}, follow=True)
    assert "Đã trả lời kiến nghị của CLB xã An Khánh." in text(done)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answer, opinion.answered_on) == ("answered", ANSWER, date(2026, 10, 19))


def test_the_commune_does_not_answer_for_the_district(xa: Client, meeting: Meeting) -> None:
    opinion = raised(meeting, to_above=True)
    for answer in (
        xa.get(page("opinion_answer", opinion)),
        xa.post(page("opinion_answer", opinion), {"answer": ANSWER, "answered_on": "19/10/2026"}),
    ):
        assert answer.status_code == 403
    opinion.refresh_from_db()
    assert opinion.state == "open"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"answered_on": "21/10/2026"}, "Ngày 21/10/2026 chưa tới."),
        ({"answered_on": "17/09/2026"}, "Ngày 17/09/2026 trước ngày họp (18/09/2026)."),
        ({"answer": " "}, "Chưa lưu được"),
    ],
)
def test_a_bad_answer_is_shown_again(xa: Client, meeting: Meeting, data: dict[str, str], sentence: str) -> None:
    opinion = raised(meeting)
    answer = xa.post(page("opinion_answer", opinion), {"answer": ANSWER, "answered_on": "19/10/2026", **data})
    assert (answer.status_code, sentence in text(answer)) == (200, True)
    opinion.refresh_from_db()
    assert opinion.state == "open"


def test_the_second_of_two_who_answer_at_once_is_told(xa: Client, huyen: Client, meeting: Meeting) -> None:
    opinion = raised(meeting)
    opened = huyen.get(page("opinion_answer", opinion)).context["version"]
    xa.post(page("opinion_answer", opinion), {"answer": "Của xã", "answered_on": "19/10/2026"})
    mine = {"answer": "Của huyện", "answered_on": "20/10/2026", "version": opened}
    told = huyen.post(page("opinion_answer", opinion), mine)
    assert ("Người xa vừa sửa lúc" in text(told), "Của huyện" in text(told)) == (True, True)
    again = huyen.post(page("opinion_answer", opinion), {**mine, "version": told.context["version"]})
    assert "Kiến nghị này đang là “Đã trả lời”" in text(again)
    opinion.refresh_from_db()
    assert opinion.answer == "Của xã"


def test_settled_then_opened_again(xa: Client, meeting: Meeting) -> None:
    opinion = answered(meeting, on=LATE)
    assert xa.post(page("opinion_state", opinion, "close"), {"on": "02/10/2026"}).url == page("opinion", opinion)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.closed_on) == ("closed", date(2026, 10, 2))
    bad = xa.post(page("opinion_state", opinion, "reopen"), {"reason": ""})
    assert (bad.status_code, list(bad.context["form"].errors)) == (200, ["reason"])
    xa.post(page("opinion_state", opinion, "reopen"), {"reason": "Cống vẫn hỏng"})
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answer) == ("open", "")


def test_it_is_not_settled_before_its_answer(xa: Client, meeting: Meeting) -> None:
    opinion = answered(meeting, on=date(2026, 10, 5))
    answer = xa.post(page("opinion_state", opinion, "close"), {"on": "04/10/2026"})
    assert answer.context["form"].errors == {
        "on": ["Ngày 04/10/2026 trước ngày trả lời (05/10/2026). Ghi từ ngày đó trở đi."]
    }


def test_a_verb_that_does_not_fit_leads_back(xa: Client, meeting: Meeting) -> None:
    opinion = raised(meeting)
    for verb in ("close", "reopen", "nothing"):
        assert xa.get(page("opinion_state", opinion, verb)).url == page("opinion", opinion)


# Whose they are

PAGES = ("opinion", "opinion_change", "opinion_answer")


def test_another_units_opinion_is_not_found(world: World, meeting: Meeting) -> None:
    opinion, client = raised(meeting), signed_in(world.users["xa_khac"])
    for name in PAGES:
        assert client.get(page(name, opinion)).status_code == 404
    assert client.post(page("opinion_answer", opinion), {"answer": "x", "answered_on": "20/10/2026"}).status_code == 404
    assert client.get(page("opinion_raise", meeting)).status_code == 404


@pytest.mark.parametrize("who", ["xem", "thuky"])
def test_readers_may_not_write(world: World, here: Club, meeting: Meeting, who: str) -> None:
    world.users["thuky"] = secretary("thuky", here)
    opinion, told, client = raised(meeting), answered(meeting, on=TODAY), signed_in(world.users[who])
    assert client.get(page("opinion", opinion)).status_code == 200
    for where in (
        page("opinion_change", opinion),
        page("opinion_answer", opinion),
        page("opinion_state", told, "close"),
    ):
        assert (client.get(where).status_code, client.post(where, {}).status_code) == (403, 403)


def test_anonymous_goes_to_the_login(client: Client, meeting: Meeting) -> None:
    opinion = raised(meeting)
    for where in [reverse("opinions"), *(page(name, opinion) for name in PAGES)]:
        assert client.get(where).url == f"{reverse('login')}?next={where}"


def test_reading_pages_refuse_a_post(xa: Client, meeting: Meeting) -> None:
    for where in (reverse("opinions"), reverse("opinions_file"), page("opinion", raised(meeting))):
        assert xa.post(where).status_code == 405


# Elsewhere


def test_a_clubs_page_shows_what_is_not_settled(xa: Client, here: Club, meeting: Meeting) -> None:
    late, done = raised(meeting, "Sửa cống", due_on=LATE), closed(meeting, "Làm đường", on=TODAY)
    shown = text(xa.get(page("club", here)))
    assert (page("opinion", late) in shown, page("opinion", done) in shown) == (True, False)
    assert f'href="{reverse("opinions")}?club={here.pk}&amp;state="' in shown


def test_a_committees_page_and_the_list_of_meetings_lead_here(xa: Client, world: World) -> None:
    committee = world.an_khanh.committees.get()
    assert f'href="{reverse("opinions")}?committee={committee.pk}"' in text(xa.get(page("committee", committee)))
    assert f'href="{reverse("opinions")}"' in text(xa.get(reverse("meetings")))
