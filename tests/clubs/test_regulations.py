"""A club's regulation (R7): versions, the one in force on a day, what changed, who reads and who adopts."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clubs.actions import adopt_regulation, dissolve_club
from clubs.comparing import Line, compare
from clubs.models import Club, Regulation
from clubs.terms import regulation_on
from tests.builders import World, club, secretary

TERMS = {"cadence": "month", "term_months": 60, "quorum": "2/3", "majority": "1/2"}
PDF = b"%PDF-1.4 quy che"


@pytest.fixture
def here(world: World) -> Club:
    return club(world.an_khanh, name="CLB xã An Khánh")


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


def adopted(here: Club, day: date, text: str = "Điều 1.", **changed: Any) -> Regulation:
    return adopt_regulation(club=here, adopted_on=day, text=text, **{**TERMS, **changed}, by=None)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# Versions


def test_each_version_is_in_force_until_the_next(here: Club) -> None:
    first = adopted(here, date(2025, 2, 1))
    second = adopted(here, date(2026, 2, 1), term_months=30)
    assert [regulation_on(here, date(2025, month, 1)).version for month in (1, 2)] == [0, 1]
    assert (regulation_on(here, date(2026, 1, 31)), regulation_on(here, date(2026, 2, 1))) == (first, second)


def test_before_the_first_one_goes_what_is_usual(here: Club) -> None:
    usual = regulation_on(here, date(2026, 1, 1))
    assert (usual.pk, usual.quorum, usual.majority, usual.term_months) == (None, "2/3", "1/2", 60)


def test_a_club_meets_as_often_as_its_regulation_says(here: Club) -> None:
    adopted(here, date(2026, 2, 1), cadence="quarter")
    here.refresh_from_db()
    assert here.cadence == "quarter"
    assert [record.cadence for record in here.history.all()] == ["quarter", "month"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 10, 21), "Ngày thông qua chưa tới. Ghi khi quy chế đã được thông qua."),
        (date(2025, 1, 14), "Câu lạc bộ thành lập ngày 15/01/2025. Quy chế được thông qua từ ngày đó."),
        (date(2026, 2, 1), "Bản gần nhất thông qua ngày 01/02/2026. Bản mới phải sau ngày đó."),
    ],
)
def test_a_day_that_cannot_be_is_refused(here: Club, day: date, sentence: str) -> None:
    adopted(here, date(2026, 2, 1))
    with pytest.raises(ValidationError) as error:
        adopted(here, day)
    assert error.value.message_dict == {"adopted_on": [sentence]}
    assert here.regulations.count() == 1


def test_a_version_has_a_text_or_a_file(here: Club) -> None:
    with pytest.raises(ValidationError) as error:
        adopted(here, date(2026, 2, 1), text=" ")
    assert error.value.messages == ["Ghi nội dung quy chế hoặc gửi kèm bản đã ký."]


def test_a_club_that_ended_adopts_nothing(here: Club) -> None:
    dissolve_club(club=here, on=date(2026, 10, 1), reason="Ít người", by=None)
    with pytest.raises(ValidationError):
        adopted(here, date(2026, 9, 1))


# What changed


def test_lines_are_same_added_or_dropped() -> None:
    assert compare("Điều 1.\n\nĐiều 2. Hai\nĐiều 3.", "Điều 1.\nĐiều 2. Ba\nĐiều 3.\nĐiều 4.") == [
        Line("same", "Điều 1."),
        Line("dropped", "Điều 2. Hai"),
        Line("added", "Điều 2. Ba"),
        Line("same", "Điều 3."),
        Line("added", "Điều 4."),
    ]


def test_a_version_is_compared_with_the_one_before_or_another(here: Club, xa: Client) -> None:
    first = adopted(here, date(2025, 2, 1), "Điều 1.")
    adopted(here, date(2025, 8, 1), "Điều 1.\nĐiều 2.")
    third = adopted(here, date(2026, 2, 1), "Điều 2.", quorum="1/2")
    page = xa.get(reverse("regulation_comparison", args=[third.pk]))
    assert page.context["changes"] == [
        ("Phải có mặt", "ít nhất hai phần ba số thành viên", "ít nhất một nửa số thành viên")
    ]
    assert [line.kind for line in page.context["lines"]] == ["dropped", "same"]
    assert "Bỏ</span> <del" in text(page)
    page = xa.get(reverse("regulation_comparison", args=[third.pk]), {"voi": first.pk})
    assert [line.kind for line in page.context["lines"]] == ["dropped", "added"]


def test_a_single_version_has_nothing_to_be_compared_with(here: Club, xa: Client) -> None:
    only = adopted(here, date(2025, 2, 1))
    for query in ({}, {"voi": only.pk}, {"voi": "ba"}):
        assert "Đây là bản duy nhất" in text(xa.get(reverse("regulation_comparison", args=[only.pk]), query))


# Pages

SENT = {"adopted_on": "01/10/2026", **TERMS, "quorum": "1/2", "text": "Điều 1.\nĐiều 2."}


def test_a_regulation_is_adopted_after_reading_once_more_what_changes(here: Club, xa: Client) -> None:
    adopted(here, date(2025, 2, 1))
    address = reverse("regulation_adopt", args=[here.pk])
    assert xa.get(address).context["form"].initial["text"] == "Điều 1."
    asked = xa.post(address, SENT)
    assert asked.context["consequences"] == [
        "Bản này có hiệu lực từ 01/10/2026, là lần 2, 01/10/2026.",
        "Phải có mặt: ít nhất hai phần ba số thành viên → ít nhất một nửa số thành viên.",
        "Nhiệm kỳ đang giữ không đổi; cuộc bầu từ ngày đó theo bản này.",
        "Quy chế đã thông qua không sửa được; có sai sót thì thông qua bản mới.",
    ]
    assert here.regulations.count() == 1
    assert xa.post(address, {**SENT, "agreed": "1"}).url == reverse("club_regulation", args=[here.pk])
    page = text(xa.get(reverse("club_regulation", args=[here.pk])))
    assert "Bản lần 2, thông qua ngày 01/10/2026" in page
    assert "ít nhất một nửa số thành viên" in page


def test_a_refused_regulation_stays_typed(here: Club, xa: Client) -> None:
    answer = xa.post(reverse("regulation_adopt", args=[here.pk]), {**SENT, "text": "", "term_months": "hai"})
    assert answer.context["form"].errors == {"term_months": ["Không phải số. Ghi bằng chữ số."]}
    answer = xa.post(reverse("regulation_adopt", args=[here.pk]), {**SENT, "text": ""})
    assert answer.context["form"].errors == {"__all__": ["Ghi nội dung quy chế hoặc gửi kèm bản đã ký."]}
    assert 'value="01/10/2026"' in answer.content.decode()


def test_the_signed_paper_is_for_the_readers_of_the_club(world: World, here: Club, xa: Client) -> None:
    file = SimpleUploadedFile("quy-che.pdf", PDF)
    assert xa.post(reverse("regulation_adopt", args=[here.pk]), {**SENT, "text": "", "file": file}).status_code == 302
    address = reverse("regulation_file", args=[Regulation.objects.get().pk])
    answer = xa.get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert 'filename="quy-che-clb-xa-an-khanh-2026-10-01.pdf"' in answer["Content-Disposition"]
    for username, status in (("xem", 200), ("xa_khac", 404)):
        xa.force_login(world.users[username])
        assert xa.get(address).status_code == status


def test_what_is_no_paper_is_refused(here: Club, xa: Client) -> None:
    file = SimpleUploadedFile("quy-che.pdf", b"GIF89a")
    answer = xa.post(reverse("regulation_adopt", args=[here.pk]), {**SENT, "file": file})
    assert answer.context["form"].errors.keys() == {"file"}
    assert not Regulation.objects.exists()


def test_a_version_without_a_paper_has_none(here: Club, xa: Client) -> None:
    assert xa.get(reverse("regulation_file", args=[adopted(here, date(2025, 2, 1)).pk])).status_code == 404


PAGES = ("regulation", "regulation_comparison")


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_needs_eight_queries_for_any_number_of_versions(
    here: Club, xa: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    Regulation.objects.bulk_create(
        Regulation(club=here, version=n, adopted_on=date.fromordinal(date(2025, 2, 1).toordinal() + n), text="Điều 1.")
        for n in range(1, rows + 1)
    )
    with django_assert_max_num_queries(8):
        assert xa.get(reverse("club_regulation", args=[here.pk])).status_code == 200


@pytest.mark.parametrize("where", PAGES)
def test_another_units_regulation_is_not_found(world: World, client: Client, here: Club, where: str) -> None:
    address = reverse(where, args=[adopted(here, date(2025, 2, 1)).pk])
    assert client.get(address).url.startswith("/dang-nhap/")  # type: ignore[attr-defined]
    client.force_login(world.users["xa_khac"])
    assert client.get(address).status_code == 404


def test_readers_read_and_adopt_nothing(world: World, client: Client, here: Club) -> None:
    adopted(here, date(2025, 2, 1))
    for user in (world.users["xem"], secretary("thu_ky", here)):
        client.force_login(user)
        page = text(client.get(reverse("club_regulation", args=[here.pk])))
        assert ("Điều 1." in page, reverse("regulation_adopt", args=[here.pk]) in page) == (True, False)
        assert client.get(reverse("regulation_adopt", args=[here.pk])).status_code == 403


def test_a_page_to_read_takes_no_post(here: Club, xa: Client) -> None:
    assert xa.post(reverse("club_regulation", args=[here.pk])).status_code == 405


# In the data entry


def test_the_data_entry_adopts_by_the_same_rules_and_rewrites_nothing(here: Club, xa: Client) -> None:
    add = reverse("admin:clubs_regulation_add")
    sent = {**SENT, "club": here.pk}
    answer = xa.post(add, {**sent, "adopted_on": "14/01/2025"})
    assert "Quy chế được thông qua từ ngày đó." in text(answer)
    assert xa.post(add, sent).status_code == 302
    adopted_one = Regulation.objects.get()
    assert (adopted_one.version, adopted_one.quorum) == (1, "1/2")
    change = reverse("admin:clubs_regulation_change", args=[adopted_one.pk])
    assert xa.get(change).status_code == 200
    assert xa.post(change, {**sent, "text": "Khác"}).status_code == 403
    adopted_one.refresh_from_db()
    assert adopted_one.text == "Điều 1.\nĐiều 2."
