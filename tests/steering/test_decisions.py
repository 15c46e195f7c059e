"""Decisions on the website: what one is about, what the clerk adds, and the signed paper."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clubs.actions import found_club
from clubs.models import Club
from steering.actions import found_committee, record_decision, save_checked
from steering.files import serve
from steering.models import Decision, SteeringCommittee, Succession
from tests.builders import FOUNDED, World, club, elect, member, secretary, unit

PDF = b"%PDF-1.7 a paper with a seal"
PNG = b"\x89PNG\r\n\x1a\n a picture of it"
JPEG = b"\xff\xd8\xff\xe0 a photograph of it"


@pytest.fixture(autouse=True)
def papers(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def decision(world: World) -> Decision:
    """The founding decision of a hamlet's club, issued by its commune, without a number so far."""
    club = Club(unit=world.hamlet, level="hamlet", name="CLB ấp Phước Hậu", founded_on=FOUNDED)
    found_club(club=club, decision=Decision(signer="Lê Văn Ký"), by=None)
    return Decision.objects.get()


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def at(name: str, decision: Decision) -> str:
    return reverse(name, args=[decision.pk])


def record(**facts: Any) -> dict[str, Any]:
    return {"number": "5", "symbol": "QĐ-UBND", "issued_on": "15/01/2026", "signer": "Lê Văn Ký", **facts}


def with_paper(decision: Decision, name: str, content: bytes) -> Decision:
    facts = {"number": 5, "symbol": "QĐ-UBND", "issued_on": date(2026, 1, 15), "signer": ""}
    return record_decision(decision=decision, file=ContentFile(content, name), by=None, **facts)  # type: ignore[arg-type]


# The page


def test_a_decision_tells_which_club_it_founded_and_what_it_still_lacks(
    world: World, xa: Client, decision: Decision
) -> None:
    answer = xa.get(at("decision", decision))
    assert [str(club) for club in answer.context["clubs"]] == ["CLB ấp Phước Hậu"]
    page = text(answer)
    assert "Quyết định chưa có số" in page
    assert "Chờ văn thư cấp số" in page
    assert "Ủy ban nhân dân xã An Khánh" in page
    assert f'href="{reverse("club", args=[answer.context["clubs"][0].pk])}"' in page


def test_a_decision_tells_of_committees_and_successions(world: World, client: Client) -> None:
    place = unit(world.chau_thanh, "xa", "Giao Long")
    committee = SteeringCommittee(unit=place, valid_from=date(2026, 1, 1))
    found_committee(committee=committee, decision=Decision(signer="A"), by=None)
    decision = Decision.objects.get()
    row = Succession(predecessor=world.tan_phu, successor=place, effective_on=date(2026, 1, 1), decision=decision)
    save_checked(row, by=None)
    client.force_login(world.users["huyen"])
    page = text(client.get(at("decision", decision)))
    assert "Ban chỉ đạo giảm nghèo xã Giao Long" in page
    assert "<b>Xã Tân Phú</b> → <b>Xã Giao Long</b>" in page


def test_a_decision_about_nothing_yet_says_so(world: World, xa: Client) -> None:
    alone = save_checked(Decision(issuer_unit=world.an_khanh, subject="Về việc khen thưởng"), by=None)
    assert "Chưa có câu lạc bộ, ban chỉ đạo, ban chủ nhiệm hay lần sáp nhập nào" in text(xa.get(at("decision", alone)))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_decisions_page_needs_seven_queries(
    world: World, xa: Client, decision: Decision, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        club = Club(unit=world.hamlet, level="hamlet", name=f"CLB {n}", founded_on=FOUNDED)
        club.founding_decision = decision
        found_club(club=club, by=None)
    with django_assert_num_queries(7):
        assert xa.get(at("decision", decision)).status_code == 200


# Number, date, signer


def test_number_date_and_signer_are_entered_once_the_clerk_has_them(
    world: World, xa: Client, decision: Decision
) -> None:
    answer = xa.post(at("decision_record", decision), record(), follow=True)
    assert "Đã ghi quyết định 05/QĐ-UBND, 15/01/2026." in text(answer)
    decision.refresh_from_db()
    assert (decision.number, decision.issued_on, decision.year) == (5, date(2026, 1, 15), 2026)
    assert decision.history.first().history_user == world.users["xa"]
    assert xa.get(at("decision_record", decision)).context["form"].initial["number"] == 5


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"issued_on": ""}, "issued_on", "Quyết định đã có số thì phải có ngày ban hành. Ghi thêm ngày."),
        (
            {"issued_on": "21/10/2026"},
            "issued_on",
            "Ngày 21/10/2026 chưa tới. Ghi ngày trên bản đã ký, hoặc để trống và bổ sung sau.",
        ),
        ({"number": "9"}, "number", "Số 09/QĐ-UBND đã được dùng trong năm 2026. Kiểm tra lại số trên bản giấy."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    world: World, xa: Client, decision: Decision, facts: dict[str, str], field: str, sentence: str
) -> None:
    other = Decision(issuer_unit=world.an_khanh, subject="Khác", number=9, issued_on=date(2026, 2, 1))
    save_checked(other, by=None)
    answer = xa.post(at("decision_record", decision), record(**facts))
    assert answer.context["form"].errors == {field: [sentence]}
    decision.refresh_from_db()
    assert decision.number is None


def test_text_where_number_and_date_belong_is_shown_again(xa: Client, decision: Decision) -> None:
    answer = xa.post(at("decision_record", decision), record(number="năm", issued_on="hôm qua"))
    assert set(answer.context["form"].errors) == {"number", "issued_on"}
    assert ('value="năm"' in text(answer), 'value="hôm qua"' in text(answer)) == (True, True)


# The signed paper


@pytest.mark.parametrize(
    ("name", "content", "kind", "disposition"),
    [
        ("ban ky.PDF", PDF, "application/pdf", 'inline; filename="quyet-dinh-05-qd-ubnd-15-01-2026.pdf"'),
        ("quet.png", PNG, "image/png", 'inline; filename="quyet-dinh-05-qd-ubnd-15-01-2026.png"'),
        ("chup.jpeg", JPEG, "image/jpeg", 'inline; filename="quyet-dinh-05-qd-ubnd-15-01-2026.jpg"'),
    ],
)
def test_the_paper_is_served_as_what_its_content_is(
    xa: Client, decision: Decision, name: str, content: bytes, kind: str, disposition: str
) -> None:
    upload = SimpleUploadedFile(name, content, content_type="text/html")  # the browser's word counts for nothing
    assert xa.post(at("decision_record", decision), record(file=upload)).status_code == 302
    answer: Any = xa.get(at("decision_file", decision))
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]


NOT_A_PAPER = "Tệp này không phải PDF, PNG hay JPEG. Quét bản đã ký thành PDF hoặc ảnh rồi gửi lại."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("don.pdf", b"<html><script>alert(1)</script>", NOT_A_PAPER),
        ("don.html", PDF, NOT_A_PAPER),
        ("don.png", JPEG, NOT_A_PAPER),
        ("don", PDF, NOT_A_PAPER),
        (
            "don.pdf",
            PDF + b" " * (10 * 1024 * 1024),
            "Tệp nặng 10,0 MB, nhiều nhất là 10,0 MB. Quét lại với độ nét thấp hơn rồi gửi.",
        ),
    ],
)
def test_a_file_that_is_no_paper_or_too_large_is_refused(
    xa: Client, decision: Decision, papers: Path, name: str, content: bytes, sentence: str
) -> None:
    answer = xa.post(at("decision_record", decision), record(file=SimpleUploadedFile(name, content)))
    assert [error.replace("\xa0", " ") for error in answer.context["form"].errors["file"]] == [sentence]
    decision.refresh_from_db()
    assert (decision.number, decision.file.name, list(papers.iterdir())) == (None, "", [])


def test_the_same_check_stands_in_the_data_entry(world: World, xa: Client, decision: Decision) -> None:
    data = {
        "issuer_unit": world.an_khanh.pk,
        "issuer_body": "ubnd",
        "symbol": "QĐ-UBND",
        "subject": "Về việc thành lập",
        "file": SimpleUploadedFile("don.pdf", b"<html>"),
    }
    answer = xa.post(reverse("admin:steering_decision_change", args=[decision.pk]), data)
    assert answer.context["adminform"].form.errors["file"] == [NOT_A_PAPER]


def test_without_another_file_the_paper_on_record_stays(xa: Client, decision: Decision) -> None:
    with_paper(decision, "cu.pdf", PDF)
    before = decision.file.name
    xa.post(at("decision_record", decision), record(signer="Trần Thị Ký"))
    decision.refresh_from_db()
    assert (decision.file.name, decision.signer) == (before, "Trần Thị Ký")


def test_a_paper_that_was_lost_hinders_no_other_change_and_is_not_found(xa: Client, decision: Decision) -> None:
    with_paper(decision, "mat.pdf", PDF)
    Path(decision.file.path).unlink()
    assert xa.post(at("decision_record", decision), record(number="6")).status_code == 302
    assert xa.get(at("decision_file", decision)).status_code == 404


def test_a_decision_without_a_paper_has_no_file(xa: Client, decision: Decision) -> None:
    assert xa.get(at("decision_file", decision)).status_code == 404


def test_the_check_is_the_fields_own(world: World) -> None:
    forged = Decision(issuer_unit=world.an_khanh, subject="Về việc", file=ContentFile(b"GIF89a", "don.pdf"))
    with pytest.raises(ValidationError) as error:
        save_checked(forged, by=None)
    assert error.value.message_dict == {"file": [NOT_A_PAPER]}


# Who


def test_another_units_decision_and_paper_are_not_found(world: World, client: Client, decision: Decision) -> None:
    with_paper(decision, "cu.pdf", PDF)
    for user in (world.users["xa_khac"], secretary("thu_ky", club(world.hamlet, name="CLB khác"))):
        client.force_login(user)
        for name in ("decision", "decision_record", "decision_file"):
            assert client.get(at(name, decision)).status_code == 404


def test_a_secretary_reads_the_paper_of_the_own_club_and_nothing_else_of_the_decision(
    world: World, client: Client, decision: Decision
) -> None:
    with_paper(decision, "cu.pdf", PDF)
    client.force_login(secretary("thu_ky", Club.objects.get()))
    assert client.get(at("decision_file", decision)).status_code == 200
    for name in ("decision", "decision_record"):
        assert client.get(at(name, decision)).status_code == 404


def test_a_paper_that_ended_a_club_or_named_its_officers_is_theirs_to_read(world: World, client: Client) -> None:
    here = club(world.an_khanh)
    office = elect(member(here), on=date(2026, 10, 1))
    client.force_login(secretary("thu_ky", here))
    for row, field in ((office, "decision"), (here, "ending_decision")):
        file = ContentFile(PDF, "quet.pdf")
        paper = save_checked(Decision(issuer_unit=world.an_khanh, subject="Về việc", file=file), by=None)
        assert client.get(at("decision_file", paper)).status_code == 404
        setattr(row, field, paper)
        save_checked(row, by=None)
        assert client.get(at("decision_file", paper)).status_code == 200


def test_no_address_but_its_own_leads_to_a_kept_file(xa: Client, decision: Decision) -> None:
    with_paper(decision, "cu.pdf", PDF)
    for where in ("media", "var/media", "static", "decisions", ""):
        assert xa.get(f"/{where}/{decision.file.name}".replace("//", "/")).status_code == 404


def test_a_file_of_no_known_kind_is_only_saved(tmp_path: Path) -> None:
    (tmp_path / "la.pdf").write_bytes(b"<html><script>alert(1)</script>")
    answer = serve(FileSystemStorage(tmp_path).open("la.pdf"), "Bản ký / số “5”")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ban-ky-so-5"'


def test_a_viewer_reads_the_paper_and_changes_nothing(world: World, client: Client, decision: Decision) -> None:
    with_paper(decision, "cu.pdf", PDF)
    client.force_login(world.users["xem"])
    assert client.get(at("decision_file", decision)).status_code == 200
    assert at("decision_record", decision) not in text(client.get(at("decision", decision)))
    assert client.post(at("decision_record", decision), record(number="6")).status_code == 403
    decision.refresh_from_db()
    assert decision.number == 5


def test_strangers_log_in_first_and_other_methods_are_refused(world: World, client: Client, decision: Decision) -> None:
    for name in ("decision", "decision_record", "decision_file"):
        address = at(name, decision)
        assert client.get(address).headers["Location"] == f"/dang-nhap/?next={address}"
    client.force_login(world.users["xa"])
    assert client.post(at("decision", decision)).status_code == 405
    assert client.post(at("decision_file", decision)).status_code == 405
    assert client.put(at("decision_record", decision)).status_code == 405


def test_the_data_entry_opens_the_paper_at_its_own_address(xa: Client, decision: Decision) -> None:
    with_paper(decision, "cu.pdf", PDF)
    page = xa.get(reverse("admin:steering_decision_change", args=[decision.pk])).content.decode()
    assert f'href="{at("decision_file", decision)}"' in page
    assert "decisions/" not in page
