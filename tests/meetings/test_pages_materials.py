"""Policies and guides: found by whoever works here, kept by officers, handed out as what they are. Today is 20/10/2026."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from meetings.models import Material
from steering.models import User
from steering.versions import version_of
from tests.builders import World
from tests.meetings.builders import signed_in, text
from tests.meetings.library_builders import material

PDF = b"%PDF-1.7 a guide"
NOT_A_PAPER = "Tệp này không phải PDF, PNG hay JPEG. Quét bản đã ký thành PDF hoặc ảnh rồi gửi lại."
NOT_OFFERED = "Không có lựa chọn này trong phạm vi của anh, chị. Chọn lại."


@pytest.fixture(autouse=True)
def papers(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


def listed(user: User, **query: Any) -> list[str]:
    return [row.title for row in signed_in(user).get(reverse("materials"), query).context["page"].object_list]


def sent(world: World, **facts: Any) -> dict[str, Any]:
    return {"kind": "policy", "area": "credit", "title": "Cho vay", "unit": world.an_khanh.pk, "link": "", **facts}


def refusals(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


# The list


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Cho vay", "Miễn học phí", "Sổ tay"]),
        ({"q": "hoc PHI"}, ["Miễn học phí"]),
        ({"q": "12/hd"}, ["Sổ tay"]),
        ({"kind": "guide"}, ["Sổ tay"]),
        ({"area": "education"}, ["Miễn học phí"]),
        ({"state": "ended"}, ["Chính sách cũ"]),
        ({"state": "all"}, ["Chính sách cũ", "Chính sách năm sau", "Cho vay", "Miễn học phí", "Sổ tay"]),
        ({"sort": "-title"}, ["Sổ tay", "Miễn học phí", "Cho vay"]),
        ({"sort": "x", "state": "x", "kind": "x"}, ["Cho vay", "Miễn học phí", "Sổ tay"]),
    ],
)
def test_what_is_in_force_is_listed_until_one_asks_for_more(
    world: World, query: dict[str, str], titles: list[str]
) -> None:
    material(world.province, "Cho vay", area="credit", valid_until=date(2026, 10, 21))
    material(world.an_hiep, "Miễn học phí", area="education", valid_from=date(2026, 10, 20))
    material(world.an_khanh, "Sổ tay", kind="guide", number="12/HD-BCĐ")
    material(world.an_khanh, "Chính sách cũ", valid_until=date(2026, 10, 20))
    material(world.an_khanh, "Chính sách năm sau", valid_from=date(2027, 1, 1))
    assert listed(world.users["xa"], **query) == titles


def test_nothing_there_leads_on_whoever_may_write(world: World, xa: Client) -> None:
    assert "Chưa có tài liệu nào" in text(xa.get(reverse("materials")))
    assert reverse("material_add") not in text(signed_in(world.users["xem"]).get(reverse("materials")))
    assert "Không có tài liệu nào khớp" in text(xa.get(reverse("materials"), {"q": "xyz"}))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_as_many_queries_for_many_rows(
    world: World, xa: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        material(world.an_khanh, f"Tài liệu {n}")
    with django_assert_num_queries(4):
        answer = xa.get(reverse("materials"))
    assert len(answer.context["page"].object_list) == rows


# A material's page and file


def test_a_page_tells_all_of_it_and_its_link_gives_nothing_away(world: World) -> None:
    kept = material(
        world.an_khanh,
        area="health",
        number="12/HD-BCĐ",
        summary="Ai được cấp\nỞ đâu",
        link="https://chinhphu.vn/a?b=1&c=<x>",
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 10, 1),
    )
    page = text(signed_in(world.users["xa_khac"]).get(reverse("material", args=[kept.pk])))
    for words in (
        "Chính sách, y tế, 12/HD-BCĐ",
        "Ai được cấp<br>Ở đâu",
        'href="https://chinhphu.vn/a?b=1&amp;c=&lt;x&gt;" rel="noopener noreferrer"',
        "từ 01/01/2026",
        "Hết hiệu lực từ 01/10/2026",
        "Xã An Khánh, huyện Châu Thành",
    ):
        assert words in page
    assert reverse("material_file", args=[kept.pk]) not in page


def test_a_file_is_handed_to_readers_as_what_its_content_is(world: World, xa: Client, client: Client) -> None:
    upload = SimpleUploadedFile("huong dan.PDF", PDF, content_type="text/html")
    xa.post(reverse("material_add"), sent(world, title="Quy trình: vay/trả", file=upload))
    kept = Material.objects.get()
    address = reverse("material_file", args=[kept.pk])
    assert address in text(xa.get(reverse("material", args=[kept.pk])))
    answer: Any = signed_in(world.users["xa_khac"]).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="quy-trinh-vay-tra.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(address).url.startswith(reverse("login"))
    assert signed_in(world.users["xa"]).post(address).status_code == 405


def test_a_file_that_is_none_or_gone_is_not_found(world: World, xa: Client) -> None:
    bare = material(world.an_khanh)
    assert xa.get(reverse("material_file", args=[bare.pk])).status_code == 404
    gone = material(world.an_khanh, file=ContentFile(PDF, "a.pdf"))
    Path(gone.file.path).unlink()
    assert xa.get(reverse("material_file", args=[gone.pk])).status_code == 404


# Keeping one


def test_a_new_material_is_kept_with_who_wrote_it(world: World, xa: Client) -> None:
    answer = xa.post(reverse("material_add"), sent(world, link="chinhphu.vn", is_first_reading="on"))
    kept = Material.objects.get()
    assert answer.url == reverse("material", args=[kept.pk])
    assert (kept.link, kept.is_first_reading, kept.unit) == ("https://chinhphu.vn", True, world.an_khanh)
    assert kept.history.get().history_user == world.users["xa"]


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("ftp://chinhphu.vn/a", "Địa chỉ phải bắt đầu bằng https:// hoặc http://. Chép lại từ trình duyệt."),
        ("javascript:alert(1)", None),
        ("data:text/html,<b>", None),
    ],
)
def test_an_address_that_is_not_of_the_web_is_refused(
    world: World, xa: Client, link: str, sentence: str | None
) -> None:
    answer = xa.post(reverse("material_add"), sent(world, link=link))
    assert set(refusals(answer)) == {"link"}
    assert sentence is None or refusals(answer)["link"] == [sentence]
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"<html><script>"), ("a.html", PDF), ("a.docx", b"PK\x03\x04")]
)
def test_a_file_of_another_kind_is_refused(world: World, xa: Client, papers: Path, name: str, content: bytes) -> None:
    answer = xa.post(reverse("material_add"), sent(world, file=SimpleUploadedFile(name, content)))
    assert refusals(answer) == {"file": [NOT_A_PAPER]}
    assert 'value="Cho vay"' in text(answer)
    assert (Material.objects.count(), list(papers.iterdir())) == (0, [])


def test_another_units_place_is_not_offered_and_days_are_in_order(world: World, xa: Client) -> None:
    assert refusals(xa.post(reverse("material_add"), sent(world, unit=world.tan_phu.pk))) == {"unit": [NOT_OFFERED]}
    days = {"valid_from": "02/01/2026", "valid_until": "01/01/2026"}
    assert refusals(xa.post(reverse("material_add"), sent(world, **days))) == {
        "valid_until": ["Ngày kết thúc không thể trước ngày bắt đầu. Sửa một trong hai ngày."]
    }
    assert not Material.objects.exists()


def test_without_another_file_the_one_on_record_stays(world: World, xa: Client) -> None:
    kept = material(world.an_khanh, file=ContentFile(PDF, "a.pdf"))
    xa.post(reverse("material_change", args=[kept.pk]), sent(world, title="Tên mới"))
    before = kept.file.name
    kept.refresh_from_db()
    assert (kept.title, kept.file.name) == ("Tên mới", before)


def test_a_change_made_meanwhile_is_told(world: World, xa: Client) -> None:
    kept = material(world.an_khanh)
    version, address = version_of(kept), reverse("material_change", args=[kept.pk])
    signed_in(world.users["huyen"]).post(address, sent(world, title="Tên của huyện"))
    told = xa.post(address, sent(world, title="Tên của xã", version=version))
    assert ("Tên của huyện" in text(told), 'value="Tên của xã"' in text(told)) == (True, True)
    kept.refresh_from_db()
    assert kept.title == "Tên của huyện"


def test_a_withdrawn_material_leaves_the_list(world: World, xa: Client) -> None:
    kept = material(world.an_khanh)
    answer = xa.post(reverse("material_withdraw", args=[kept.pk]), {"on": "20/10/2026"}, follow=True)
    assert "Tài liệu hết hiệu lực từ 20/10/2026." in text(answer)
    assert reverse("material_withdraw", args=[kept.pk]) not in text(answer)
    assert (listed(world.users["xa"]), listed(world.users["xa"], state="ended")) == ([], ["Cho vay hộ nghèo"])
    again = xa.post(reverse("material_withdraw", args=[kept.pk]), {"on": "21/10/2026"})
    assert "Tài liệu này đã ghi hết hiệu lực từ 20/10/2026." in text(again)


def test_whoever_may_not_write_there_is_refused(world: World, client: Client) -> None:
    kept = material(world.an_khanh)
    for name in ("material_change", "material_withdraw"):
        for user in ("xa_khac", "xem"):
            data = {**sent(world, title="Khác"), "on": "01/10/2026"}
            assert signed_in(world.users[user]).post(reverse(name, args=[kept.pk]), data).status_code == 403
        assert client.get(reverse(name, args=[kept.pk])).url.startswith(reverse("login"))
    kept.refresh_from_db()
    assert (kept.title, kept.valid_until) == ("Cho vay hộ nghèo", None)
