"""What a meeting is about: in order, added to by several people, begun from what is there. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from clubs.models import Club
from meetings.actions import (
    Line,
    add_to_agenda,
    answer_opinion,
    attach_materials,
    close_opinion,
    keep_material,
    record_attendance,
    set_agenda,
)
from meetings.agendas import agenda_of, agendas_of
from meetings.invitations import message
from meetings.models import AgendaTemplate, Material, Meeting
from steering.models import Unit
from steering.versions import version_of
from tests.builders import World, club, secretary
from tests.meetings.builders import signed_in, text
from tests.meetings.opinions import raised as raised_at
from tests.reports.builders import held, planned, with_members

PAST, SOON, LATER = date(2026, 9, 18), date(2026, 10, 20), date(2026, 11, 20)
COLUMNS = ("place", "area", "title", "presenter", "minutes")


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh)


@pytest.fixture
def meeting(here: Club) -> Meeting:
    return planned(here, SOON)


def page(meeting: Meeting, name: str = "meeting_agenda") -> str:
    return reverse(name, args=[meeting.pk])


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.values_list("title", flat=True))


def sent(form: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the rows that are there."""
    keys = [key for key, is_old in form.keys if is_old]
    there = {f"{name}-{key}": form[f"{name}-{key}"].value() or "" for key in keys for name in form.names}
    return there | changes


def lines(*rows: str) -> list[tuple[str, str]]:
    return [("", title) for title in rows]


# Writing it down


def test_lines_are_added_corrected_and_taken_off(xa: Client, meeting: Meeting) -> None:
    credit, health = set_agenda(meeting=meeting, items=[("credit", "Vay vốn"), ("health", "")], by=None)
    data = sent(
        xa.get(page(meeting)).context["form"],
        **{
            f"title-{credit.pk}": " Vay vốn  nuôi dê ",
            f"off-{health.pk}": "on",
            "title-new0": "Trồng bưởi",
            "area-new0": "livelihood",
            "presenter-new0": "Anh Năm",
            "minutes-new0": "25",
        },
    )
    assert xa.post(page(meeting), data).url == reverse("meeting", args=[meeting.pk])
    assert list(meeting.agenda.values_list(*COLUMNS)) == [
        (1, "credit", "Vay vốn nuôi dê", "", None),
        (2, "livelihood", "Trồng bưởi", "Anh Năm", 25),
    ]


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [("C", 1, "CABD"), ("A", 3, "BCAD"), ("A", 9, "BCDA"), ("D", 2, "ADBC"), ("B", "", "ACDB")],
)
def test_numbers_order_the_lines_and_become_one_to_n(
    xa: Client, meeting: Meeting, moved: str, to: Any, expected: str
) -> None:
    rows = {row.title: row for row in set_agenda(meeting=meeting, items=lines(*"ABCD"), by=None)}
    data = sent(xa.get(page(meeting)).context["form"], **{f"place-{rows[moved].pk}": to})
    xa.post(page(meeting), data)
    assert "".join(titles(meeting)) == expected
    assert list(meeting.agenda.values_list("place", flat=True)) == [1, 2, 3, 4]


def test_a_new_line_may_be_put_between_two_others(xa: Client, meeting: Meeting) -> None:
    set_agenda(meeting=meeting, items=lines("A", "B"), by=None)
    data = sent(xa.get(page(meeting)).context["form"], **{"title-new0": "Mới", "place-new0": "2", "title-new1": "Cuối"})
    xa.post(page(meeting), data)
    assert titles(meeting) == ["A", "Mới", "B", "Cuối"]


def test_a_line_needs_words_or_an_area(xa: Client, meeting: Meeting) -> None:
    answer = xa.post(page(meeting), {"presenter-new0": "Cô Ba", "area-new1": "health"})
    assert answer.context["form"].errors == {"title-new0": ["Ghi nội dung hoặc chọn lĩnh vực, hoặc bỏ dòng này."]}
    assert 'value="Cô Ba"' in text(answer)
    assert titles(meeting) == []
    xa.post(page(meeting), {"area-new1": "health"})
    assert [str(item) for item in agenda_of(meeting)] == ["Y tế"]


@pytest.mark.parametrize(
    ("name", "value"), [("area", "football"), ("minutes", "-5"), ("minutes", "1000"), ("place", "0"), ("minutes", "x")]
)
def test_what_is_no_answer_is_shown_again(xa: Client, meeting: Meeting, name: str, value: str) -> None:
    answer = xa.post(page(meeting), {"title-new0": "Trồng bưởi", f"{name}-new0": value})
    assert list(answer.context["form"].errors) == [f"{name}-new0"]
    assert "Trồng bưởi" in text(answer)
    assert titles(meeting) == []


def test_two_at_once_are_told_and_both_lists_are_kept(xa: Client, meeting: Meeting, world: World) -> None:
    huyen, version = signed_in(world.users["huyen"]), version_of(meeting)
    xa.post(page(meeting), {"title-new0": "Của xã"})
    told = huyen.post(page(meeting), {"title-new0": "Của huyện", "version": version})
    assert "Người xa vừa sửa lúc" in text(told)
    assert ("Của xã" in text(told), "Của huyện" in text(told)) == (True, True)
    again = sent(told.context["form"], **{"title-new0": "Của huyện", "version": told.context["version"]})
    assert huyen.post(page(meeting), again).status_code == 302
    assert titles(meeting) == ["Của xã", "Của huyện"]


def test_a_line_that_is_there_is_not_added_again(meeting: Meeting) -> None:
    set_agenda(meeting=meeting, items=[("credit", "Vay vốn", "Cô Ba", 20)], by=None)
    new = add_to_agenda(meeting=meeting, lines=[Line("credit", "Vay  vốn"), Line("health", "Vay vốn")], by=None)
    assert [(item.area, item.title) for item in new] == [("health", "Vay vốn")]
    assert meeting.agenda.get(area="credit").presenter == "Cô Ba"


def test_an_unknown_area_is_refused(meeting: Meeting) -> None:
    with pytest.raises(ValidationError):
        set_agenda(meeting=meeting, items=[("football", "Đá bóng")], by=None)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_form_takes_as_many_queries_for_many_lines(
    xa: Client, meeting: Meeting, rows: int, django_assert_num_queries: Any
) -> None:
    set_agenda(meeting=meeting, items=[("credit", f"Nội dung {n}") for n in range(rows)], by=None)
    with django_assert_num_queries(6):
        xa.get(page(meeting))


# Beginning from what is there


def template(place: Unit, name: str, *rows: str) -> AgendaTemplate:
    found = AgendaTemplate.objects.create(unit=place, name=name)
    for number, title in enumerate(rows, 1):
        found.items.create(place=number, title=title, minutes=10)
    return found


def choices(client: Client, meeting: Meeting) -> list[str]:
    return [
        label
        for _key, label in client.get(page(meeting, "meeting_agenda_copy")).context["form"]["source"].field.choices
    ]


def test_the_last_meeting_then_the_nearest_templates_are_offered(xa: Client, here: Club, world: World) -> None:
    set_agenda(meeting=planned(here, date(2026, 8, 14)), items=lines("Cũ"), by=None)
    set_agenda(meeting=planned(here, PAST), items=lines("A", "B"), by=None)
    set_agenda(meeting=planned(here, LATER), items=lines("Sau"), by=None)
    for place, name in ((world.province, "Tỉnh"), (world.an_khanh, "Xã"), (world.chau_thanh, "Huyện")):
        template(place, name, "Vay vốn")
    for place in (world.hamlet, world.tan_phu, world.ba_tri):
        template(place, "Nơi khác", "Vay vốn")
    assert choices(xa, planned(here, date(2026, 10, 16))) == [
        "Kỳ trước, 18/09/2026: 2 nội dung",
        "Mẫu “Xã” của xã An Khánh: 1 nội dung",
        "Mẫu “Huyện” của huyện Châu Thành: 1 nội dung",
        "Mẫu “Tỉnh” của tỉnh Bến Tre: 1 nội dung",
    ]


def test_what_would_be_added_is_shown_before_it_is(xa: Client, here: Club, meeting: Meeting) -> None:
    before = [("credit", "Vay vốn", "Cô Ba", 20), ("", "Văn nghệ")]
    set_agenda(meeting=planned(here, PAST), items=before, by=None)
    set_agenda(meeting=meeting, items=lines("Văn nghệ"), by=None)
    offered = text(xa.get(page(meeting, "meeting_agenda_copy"))).replace("\n", "")
    assert "<li>Vay vốn<br><small>Vay vốn, Cô Ba, 20 phút</small></li><li>Văn nghệ</li>" in offered
    asked = xa.post(page(meeting, "meeting_agenda_copy"), {"source": "last"})
    assert asked.context["consequences"] == ["Thêm: Vay vốn, Vay vốn, Cô Ba, 20 phút"]
    assert titles(meeting) == ["Văn nghệ"]
    agreed = xa.post(page(meeting, "meeting_agenda_copy"), {"source": "last", "agreed": "1"})
    assert agreed.url == page(meeting)
    assert titles(meeting) == ["Văn nghệ", "Vay vốn"]


def test_copying_what_is_all_there_says_so(xa: Client, meeting: Meeting, world: World) -> None:
    found = template(world.an_khanh, "Kỳ thường", "Vay vốn", "Văn nghệ")
    set_agenda(meeting=meeting, items=lines("Vay vốn", "Văn nghệ"), by=None)
    answer = xa.post(page(meeting, "meeting_agenda_copy"), {"source": found.pk})
    assert "Mọi nội dung ở đó đã có trong chương trình. Chọn nguồn khác, hoặc quay lại." in text(answer)


def test_another_units_template_is_no_choice(xa: Client, meeting: Meeting, world: World) -> None:
    foreign = template(world.tan_phu, "Nơi khác", "Vay vốn")
    answer = xa.post(page(meeting, "meeting_agenda_copy"), {"source": foreign.pk})
    assert "source" in answer.context["form"].errors
    assert titles(meeting) == []


def test_with_nothing_to_begin_from_the_page_says_so(xa: Client, meeting: Meeting) -> None:
    assert "Chưa có gì để lấy" in text(xa.get(page(meeting, "meeting_agenda_copy")))


# Opinions come back by themselves


@pytest.fixture
def raised(here: Club) -> Any:
    return raised_at(held(here, PAST), "Sửa cầu\nấp 3", area="housing")


def settle(opinion: Any) -> None:
    answered = answer_opinion(opinion=opinion, answer="Đã sửa", answered_on=SOON, by=None)
    close_opinion(opinion=answered, on=SOON, by=None)


def test_an_open_opinion_is_on_the_next_agenda_until_it_is_settled(here: Club, raised: Any, xa: Client) -> None:
    meeting, later = planned(here, SOON), planned(here, LATER)
    set_agenda(meeting=meeting, items=lines("Văn nghệ"), by=None)
    assert [(item.title, item.area, item.pk) for item in agenda_of(meeting)][1:] == [
        ("Kiến nghị ngày 18/09/2026: Sửa cầu ấp 3", "housing", None)
    ]
    assert (agenda_of(later), agenda_of(raised.meeting)) == ([], [])
    assert "Nội dung: Văn nghệ; Kiến nghị ngày 18/09/2026: Sửa cầu ấp 3." in message(meeting)
    assert "Kiến nghị ngày 18/09/2026: Sửa cầu ấp 3" in text(xa.get(page(meeting)))
    settle(raised)
    assert [item.title for item in agenda_of(meeting)] == ["Văn nghệ"]


def test_it_stays_on_the_agenda_of_the_meeting_that_was_held(here: Club, raised: Any) -> None:
    meeting, later = planned(here, SOON), planned(here, LATER)
    record_attendance(meeting=meeting, statuses={}, by=None)
    record_attendance(meeting=meeting, statuses={}, by=None)
    close = [(item.place, item.opinion_id, item.title) for item in meeting.agenda.all()]
    assert close == [(1, raised.pk, "Kiến nghị ngày 18/09/2026: Sửa cầu ấp 3")]
    assert [item.opinion_id for item in agenda_of(later)] == [raised.pk]  # not settled: it comes back
    settle(raised)
    assert (len(agenda_of(meeting)), agenda_of(later)) == (1, [])


def test_another_clubs_opinion_stays_there(here: Club, raised: Any, world: World) -> None:
    assert agenda_of(planned(club(world.hamlet), SOON)) == []


def test_a_long_opinion_is_cut_and_stays_vietnamese(here: Club, raised: Any) -> None:
    raised.text = "Sửa cầu " * 60
    raised.save()
    with override("en"):
        (item,) = agenda_of(planned(here, SOON))
    assert (len(item.title), item.title[:28], item.title[-1]) == (300, "Kiến nghị ngày 18/09/2026: S", "…")


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_many_agendas_are_read_in_as_many_queries(
    here: Club, world: World, raised: Any, rows: int, django_assert_num_queries: Any
) -> None:
    meetings = [planned(here, SOON), *(planned(club(world.hamlet), LATER) for _ in range(rows))]
    for meeting in meetings:
        set_agenda(meeting=meeting, items=[("credit", f"Nội dung {n}") for n in range(rows)], by=None)
    with django_assert_num_queries(2):
        found = agendas_of(meetings)
    assert [len(found[meeting.pk]) for meeting in meetings] == [rows + 1, *[rows] * rows]


# Who


def test_a_secretary_writes_the_own_clubs_agenda_and_no_other(here: Club, meeting: Meeting, world: World) -> None:
    thu_ky = signed_in(secretary("thu_ky", here))
    assert thu_ky.post(page(meeting), {"title-new0": "Trồng bưởi"}).status_code == 302
    assert titles(meeting) == ["Trồng bưởi"]
    assert thu_ky.post(page(planned(club(world.hamlet), SOON)), {"title-new0": "X"}).status_code == 404


@pytest.mark.parametrize("name", ["meeting_agenda", "meeting_agenda_copy"])
def test_who_only_reads_writes_nothing(meeting: Meeting, world: World, client: Client, name: str) -> None:
    assert signed_in(world.users["xem"]).post(page(meeting, name), {}).status_code == 403
    assert signed_in(world.users["xa_khac"]).post(page(meeting, name), {}).status_code == 404
    assert client.get(page(meeting, name)).url.startswith(reverse("login"))
    assert signed_in(world.users["xa"]).delete(page(meeting, name)).status_code == 405


# The data entry


def test_lines_written_in_the_data_entry_are_put_in_order(xa: Client, meeting: Meeting) -> None:
    first, second = set_agenda(meeting=meeting, items=lines("A", "B"), by=None)
    forms = {f"{rows}-{n}_FORMS": 0 for rows in ("guests", "agenda") for n in ("TOTAL", "INITIAL")}
    rows = {
        "agenda-TOTAL_FORMS": 3,
        "agenda-INITIAL_FORMS": 2,
        "agenda-0-id": first.pk,
        "agenda-0-title": "A",
        "agenda-0-place": "2",
        "agenda-1-id": second.pk,
        "agenda-1-title": "B",
        "agenda-1-place": "2",
        "agenda-2-title": "Cuối",
        "agenda-2-place": "",
    }
    kept = {"starts_at_0": "20/10/2026", "starts_at_1": "07:30", "host": meeting.host_id}
    address = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    assert xa.post(address, {**kept, **forms, **rows}).status_code == 302
    assert list(meeting.agenda.values_list("place", "title")) == [(1, "B"), (2, "A"), (3, "Cuối")]
    assert "Sửa chương trình" in text(xa.get(reverse("meeting", args=[meeting.pk])))


def test_a_unit_keeps_templates_of_its_own(xa: Client, world: World) -> None:
    rows = {"items-TOTAL_FORMS": 2, "items-INITIAL_FORMS": 0, "items-0-title": "Vay vốn", "items-0-place": "2"}
    data = {"unit": world.an_khanh.pk, "name": "Kỳ thường", "items-1-area": "health", "items-1-place": "1", **rows}
    assert xa.post(reverse("admin:meetings_agendatemplate_add"), data).status_code == 302
    found = AgendaTemplate.objects.get()
    assert [(item.place, str(item)) for item in found.items.all()] == [(1, "Y tế"), (2, "Vay vốn")]
    again = xa.post(reverse("admin:meetings_agendatemplate_add"), data)
    assert "Đơn vị này đã có mẫu cùng tên. Đặt tên khác." in text(again)
    foreign = xa.post(reverse("admin:meetings_agendatemplate_add"), {**data, "unit": world.tan_phu.pk})
    assert "unit" in foreign.context["adminform"].form.errors


# Materials


@pytest.fixture
def guides(world: World) -> list[Material]:
    facts = [("credit", "Quy trình vay vốn", None), ("", "Sổ tay hội họp", None), ("health", "Thẻ bảo hiểm", None)]
    facts.append(("credit", "Quy trình cũ", date(2026, 1, 1)))
    return [
        keep_material(
            material=Material(kind="guide", area=area, title=title, unit=world.province, valid_until=until), by=None
        )
        for area, title, until in facts
    ]


def test_materials_in_force_about_the_lines_area_are_offered_and_stand_by_it(
    meeting: Meeting, xa: Client, guides: list[Material]
) -> None:
    (line,) = set_agenda(meeting=meeting, items=[("credit", "Vay vốn")], by=None)
    where = reverse("agenda_materials", args=[meeting.pk, line.pk])
    offered = [label for _value, label in xa.get(where).context["form"].fields["materials"].choices]
    assert offered == ["Quy trình vay vốn", "Sổ tay hội họp"]
    assert xa.post(where, {"materials": [guides[0].pk]}).status_code == 302
    assert list(line.materials.all()) == [guides[0]]
    assert reverse("material", args=[guides[0].pk]) in text(xa.get(reverse("meeting", args=[meeting.pk])))
    refused = xa.post(where, {"materials": [guides[2].pk]})
    assert refused.status_code == 200 and list(line.materials.all()) == [guides[0]]
    assert xa.post(where, {"once": ""}).status_code == 302
    assert not line.materials.exists()


def test_a_material_that_was_withdrawn_since_stays_with_its_line(
    meeting: Meeting, xa: Client, guides: list[Material]
) -> None:
    (line,) = set_agenda(meeting=meeting, items=[("credit", "Vay vốn")], by=None)
    attach_materials(item=line, materials=[guides[3]], by=None)
    form = xa.get(reverse("agenda_materials", args=[meeting.pk, line.pk])).context["form"]
    assert guides[3].pk in form.fields["materials"].initial
    assert "Quy trình cũ" in [label for _value, label in form.fields["materials"].choices]


def test_a_line_of_another_meeting_is_not_found(meeting: Meeting, here: Club, xa: Client) -> None:
    other = planned(here, LATER)
    (line,) = set_agenda(meeting=other, items=[("credit", "Vay vốn")], by=None)
    assert xa.get(reverse("agenda_materials", args=[meeting.pk, line.pk])).status_code == 404
