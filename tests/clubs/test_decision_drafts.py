"""Draft decisions in the form of NĐ 30/2020: founding, officers, dissolving, merging, for clubs of every level."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx import Document

from clubs.actions import appoint_officer, dissolve_club, end_office, propose_club
from clubs.models import Club, Proposal
from config.documents import KINDS
from steering.actions import rename_unit
from steering.actions.documents import put_template
from steering.models import DocumentTemplate
from steering.official import fill
from tests.builders import World, club, elect, founded_by_decision, member

FOUNDING, OFFICERS, DISSOLVING, MERGING = (
    f"quyet-dinh-{kind}" for kind in ("thanh-lap", "cong-nhan", "giai-the", "sap-nhap")
)


@pytest.fixture
def tinh(world: World, client: Client) -> Client:
    client.force_login(world.users["tinh"])
    return client


def planned(place: Any, **facts: Any) -> Club:
    proposal = Proposal(
        reason="Nhiều hộ nghèo <50%> & xa",
        asked_by="Hội Nông dân “Tân Lợi” <A&B>",
        proposed_on=date(2026, 10, 5),
        place="Nhà văn hóa",
        members=20,
    )
    new = Club(**{"name": f"CLB {place.in_sentence}", "level": place.kind, "unit": place, **facts})
    return propose_club(club=new, proposal=proposal, by=None)


def download(client: Client, of: Club, kind: str) -> Any:
    answer = client.get(reverse("club_draft", args=[of.pk, kind]))
    assert answer.status_code == 200
    return Document(BytesIO(answer.content))


def words(file: Any) -> list[str]:
    """Every line of the document in the order of its pages."""
    lines = []
    for block in file.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [p.text for row in block.rows for cell in row.cells for p in cell.paragraphs]
        else:
            lines.append(block.text)
    return [line for line in lines if line]


def test_a_communes_club_is_founded_by_its_peoples_committee(world: World, tinh: Client) -> None:
    file = download(tinh, planned(world.an_khanh), FOUNDING)
    assert words(file) == [
        "ỦY BAN NHÂN DÂN\nXÃ AN KHÁNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:        /QĐ-UBND",
        "An Khánh, ngày      tháng      năm      ",
        "QUYẾT ĐỊNH",
        "Về việc thành lập CLB xã An Khánh",
        "ỦY BAN NHÂN DÂN XÃ AN KHÁNH",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Xét đề nghị của Hội Nông dân “Tân Lợi” <A&B>, ngày 05 tháng 10 năm 2026;",
        "Theo đề nghị của Ban Chỉ đạo giảm nghèo xã An Khánh.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Thành lập CLB xã An Khánh (sau đây gọi là Câu lạc bộ), như sau:",
        "1. Loại, cấp: CLB công tác giảm nghèo, cấp xã.",
        "2. Đơn vị: xã An Khánh, huyện Châu Thành. Nơi sinh hoạt luân phiên: các ấp, khu phố của xã An Khánh.",
        "Nơi sinh hoạt ban đầu: Nhà văn hóa.",
        "3. Số thành viên khi thành lập: 20 thành viên, nhiều nhất 25 thành viên.",
        "4. Kỳ sinh hoạt: mỗi tháng một kỳ, thứ Sáu tuần thứ 2 của kỳ, lúc 07 giờ 30.",
        "5. Cơ quan quản lý: Ban Chỉ đạo giảm nghèo xã An Khánh.",
        "Điều 2. Câu lạc bộ do cá nhân, tập thể tự nguyện tham gia, hoạt động theo quy chế riêng, công khai, dân chủ. "
        "Ban chủ nhiệm gồm 01 chủ nhiệm và 02 phó chủ nhiệm, do thành viên bầu.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Ban Chỉ đạo giảm nghèo xã An Khánh, các cơ quan, đơn vị liên "
        "quan và CLB xã An Khánh chịu trách nhiệm thi hành Quyết định này./.",
        "Nơi nhận:",
        "- Như Điều 3;",
        "- UBND huyện Châu Thành (để b/c);",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_the_parts_look_as_the_decree_says(world: World, tinh: Client) -> None:
    file = download(tinh, planned(world.an_khanh), FOUNDING)
    left, right = file.tables[0].rows[0].cells
    assert [(p.text, p.runs[0].bold, p.runs[0].font.size.pt) for p in (left.paragraphs[0], *right.paragraphs[:2])] == [
        ("ỦY BAN NHÂN DÂN\nXÃ AN KHÁNH", True, 12),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 12),
        ("Độc lập - Tự do - Hạnh phúc", True, 13),
    ]
    _number, place = file.tables[0].rows[1].cells
    assert place.paragraphs[0].runs[0].italic is True
    body = {p.text.split(" ")[0]: p for p in file.paragraphs if p.text}
    assert [body[word].runs[0].italic for word in ("Căn", "Xét", "Theo", "Điều")] == [True, True, True, False]
    assert [(run.text, run.bold) for run in body["Điều"].runs][:1] == [("Điều 3.", True)]
    assert body["Điều"].runs[1].bold is False
    left, right = file.tables[-1].rows[0].cells
    assert [(p.text, p.runs[0].font.size.pt) for p in left.paragraphs if p.text] == [
        ("Nơi nhận:", 12),
        ("- Như Điều 3;", 11),
        ("- UBND huyện Châu Thành (để b/c);", 11),
        ("- Lưu: VT.", 11),
    ]
    assert [p.runs[0].bold for p in right.paragraphs if p.text] == [True, True]


@pytest.mark.parametrize(
    ("place", "kind", "issuer", "level", "area", "manager", "above"),
    [
        (
            "chau_thanh",
            "work",
            "HUYỆN CHÂU THÀNH",
            "CLB công tác giảm nghèo, cấp huyện",
            "trụ sở UBND các xã, phường, thị trấn của huyện Châu Thành",
            "huyện Châu Thành",
            "tỉnh Bến Tre",
        ),
        (
            "hamlet",
            "work",
            "XÃ AN KHÁNH",
            "CLB công tác giảm nghèo, cấp ấp",
            "các tổ nhân dân tự quản của ấp Phước Hậu",
            "xã An Khánh",
            "huyện Châu Thành",
        ),
        (
            "an_khanh",
            "poor_people",
            "XÃ AN KHÁNH",
            "CLB người nghèo, cấp xã",
            "các ấp, khu phố của xã An Khánh",
            "xã An Khánh",
            "huyện Châu Thành",
        ),
        (
            "hamlet",
            "poor_people",
            "XÃ AN KHÁNH",
            "CLB người nghèo, cấp ấp",
            "các tổ nhân dân tự quản của ấp Phước Hậu",
            "xã An Khánh",
            "huyện Châu Thành",
        ),
    ],
)
def test_each_level_is_founded_managed_and_hosted_as_the_regime_says(
    world: World, tinh: Client, place: str, kind: str, issuer: str, level: str, area: str, manager: str, above: str
) -> None:
    lines = words(download(tinh, planned(getattr(world, place), kind=kind), FOUNDING))
    assert lines[0] == f"ỦY BAN NHÂN DÂN\n{issuer}"
    assert f"ỦY BAN NHÂN DÂN {issuer}" in lines
    assert f"1. Loại, cấp: {level}." in lines
    assert any(line.endswith(f"Nơi sinh hoạt luân phiên: {area}.") for line in lines)
    assert f"5. Cơ quan quản lý: Ban Chỉ đạo giảm nghèo {manager}." in lines
    assert f"- UBND {above} (để b/c);" in lines


def test_a_district_club_meets_at_the_communes_it_covers(world: World, tinh: Client) -> None:
    here = club(world.chau_thanh, covers=[world.an_khanh, world.tan_phu])
    lines = words(download(tinh, here, FOUNDING))
    assert any("luân phiên: trụ sở UBND xã An Khánh, xã Tân Phú." in line for line in lines)
    assert any(line.startswith("3. Số thành viên khi thành lập: …") for line in lines)


def test_names_are_those_of_the_documents_day(world: World, tinh: Client) -> None:
    here = club(world.an_khanh)
    with time_machine.travel(datetime(2026, 10, 25, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))):
        rename_unit(unit=world.an_khanh, type="phuong", name="8", code="28810", by=None)
        tinh.force_login(world.users["tinh"])  # sessions end before
        assert words(download(tinh, here, OFFICERS))[0] == "ỦY BAN NHÂN DÂN\nPHƯỜNG 8"
    tinh.force_login(world.users["tinh"])
    assert words(download(tinh, here, OFFICERS))[0] == "ỦY BAN NHÂN DÂN\nXÃ AN KHÁNH"


# Officers


def test_the_first_officers_are_recognised_with_their_office_and_day(world: World, tinh: Client) -> None:
    here = founded_by_decision(world.hamlet, name="CLB ấp Phước Hậu")
    lua = member(here, full_name="Nguyễn Thị Lụa", sex="f", job="Trưởng ấp")
    appoint_officer(membership=lua, role="chair", started_on=date(2026, 1, 5), by=None)
    appoint_officer(membership=member(here, full_name="Lê Út"), role="vice_chair", started_on=date(2026, 3, 1), by=None)
    lines = words(download(tinh, here, OFFICERS))
    assert lines[6] == "Về việc công nhận ban chủ nhiệm CLB ấp Phước Hậu"
    assert "Điều 1. Công nhận ban chủ nhiệm CLB ấp Phước Hậu, gồm các ông, bà có tên sau:" in lines
    assert "1. Bà Nguyễn Thị Lụa, Trưởng ấp: Chủ nhiệm, từ ngày 05 tháng 01 năm 2026;" in lines
    assert "2. Ông (bà) Lê Út: Phó chủ nhiệm, từ ngày 01 tháng 3 năm 2026." in lines


def test_those_elected_after_others_renew_the_board(world: World, tinh: Client) -> None:
    here = founded_by_decision(world.an_khanh, name="CLB xã An Khánh")
    first, second = member(here), member(here, full_name="Trần Văn Hai", sex="m")
    office = appoint_officer(membership=first, role="chair", started_on=date(2026, 1, 5), by=None)
    end_office(office=office, on=date(2026, 9, 1), by=None)
    elect(second, on=date(2026, 9, 5))
    lines = words(download(tinh, here, OFFICERS))
    assert lines[6] == "Về việc kiện toàn ban chủ nhiệm CLB xã An Khánh"
    assert "Căn cứ kết quả bầu ban chủ nhiệm CLB xã An Khánh, ngày 05 tháng 9 năm 2026;" in lines
    assert "1. Ông Trần Văn Hai: Chủ nhiệm, từ ngày 05 tháng 9 năm 2026." in lines


# Endings


def test_a_dissolving_decision_says_since_when_why_and_what_becomes_of_the_members(world: World, tinh: Client) -> None:
    here = club(world.hamlet, name="CLB ấp Phước Hậu")
    member(here)
    dissolve_club(club=here, on=date(2026, 10, 1), reason="Hết hộ nghèo.", by=None)
    lines = words(download(tinh, here, DISSOLVING))
    assert lines[6] == "Về việc giải thể CLB ấp Phước Hậu"
    assert (
        "Điều 1. Giải thể CLB ấp Phước Hậu, cấp ấp, tại ấp Phước Hậu, xã An Khánh, huyện Châu Thành, kể từ ngày 01 tháng "
        "10 năm 2026."
    ) in lines
    assert "Lý do: Hết hộ nghèo." in lines
    assert lines[-5:] == [
        "- Như Điều 3;",
        "- UBND huyện Châu Thành (để b/c);",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_a_merging_decision_leaves_dots_for_what_is_not_known(world: World, tinh: Client) -> None:
    here = club(world.an_khanh, name="CLB xã An Khánh")
    lines = words(download(tinh, here, MERGING))
    assert lines[6].startswith("Về việc sáp nhập CLB xã An Khánh vào …")
    assert "Lý do: ……………………." in lines


# Templates, names, access


@pytest.mark.parametrize("kind", [FOUNDING, OFFICERS, DISSOLVING, MERGING])
def test_every_draft_is_named_so_and_each_kind_may_be_replaced(world: World, tinh: Client, kind: str) -> None:
    here = club(world.an_khanh, name="CLB xã An Khánh")
    answer = tinh.get(reverse("club_draft", args=[here.pk, kind]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="du-thao-{kind}-clb-xa-an-khanh.docx"'
    own = Document()
    own.add_paragraph("{{ club }} – {{ manager }}")
    out = BytesIO()
    own.save(out)
    put_template(kind=KINDS[kind], content=out.getvalue(), file_name="mau.docx", by=world.users["tinh"])
    assert words(download(tinh, here, kind)) == ["CLB xã An Khánh – Ban Chỉ đạo giảm nghèo xã An Khánh"]
    assert DocumentTemplate.objects.count() == 1
    assert fill(KINDS[kind].build(), KINDS[kind].sample)


def test_a_draft_in_english_stays_vietnamese(world: World, tinh: Client, settings: Any) -> None:
    tinh.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "1. Loại, cấp: CLB công tác giảm nghèo, cấp xã." in words(download(tinh, planned(world.an_khanh), FOUNDING))


def test_drafts_are_for_those_who_may_change_the_club(world: World, client: Client) -> None:
    address = reverse("club_draft", args=[club(world.an_khanh).pk, FOUNDING])
    for user, status in (("xa", 200), ("xa_khac", 404), ("xem", 403)):
        client.force_login(world.users[user])
        assert client.get(address).status_code == status
    client.force_login(world.users["xa"])
    assert client.post(address).status_code == 405
    assert client.get(address.replace(FOUNDING, "hoa-don")).status_code == 404


def test_without_districts_none_is_founded_there_and_the_province_decides_about_those_left(
    world: World, tinh: Client, settings: Any
) -> None:
    here = club(world.chau_thanh)
    settings.TWO_LEVELS_SINCE = date(2026, 7, 1)
    answer = tinh.get(reverse("club_draft", args=[here.pk, FOUNDING]), follow=True)
    assert "không lập câu lạc bộ cấp huyện" in answer.content.decode()
    assert words(download(tinh, here, DISSOLVING))[0] == "ỦY BAN NHÂN DÂN\nTỈNH BẾN TRE"
