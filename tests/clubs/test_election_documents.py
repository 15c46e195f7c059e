"""The papers of an election: the ballot to print, the record of the count in the form of NĐ 30/2020."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from clubs.actions import call_election, conclude_election, record_count, record_presence, set_candidates
from clubs.models import Club, Election
from tests.builders import World, club, member
from tests.clubs.test_elections import contest, seated

DAY = date(2026, 2, 5)


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def here(world: World) -> Club:
    found = club(world.an_khanh, name="CLB xã An Khánh")
    for name in ("Trần Thị <A&B> Lụa", "Lê Văn An", "Phan Ngọc Thảo", "Võ Thanh Phong"):
        member(found, full_name=name)
    return found


@pytest.fixture
def election(here: Club) -> Election:
    found = call_election(club=here, held_on=DAY, places={"chair": 1}, by=None)
    set_candidates(contest=found.contests.get(), members=seated(here, [1, 2]), by=None)
    return found


def download(client: Client, election: Election, kind: str) -> Any:
    answer = client.get(reverse("election_document", args=[election.pk, kind]))
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="du-thao-{kind}-clb-xa-an-khanh-2026-02-05.docx"'
    )
    return Document(BytesIO(answer.content))


def words(file: Any) -> list[str]:
    """Every line of the document in the order of its pages."""
    lines = []
    for block in file.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [p.text for row in block.rows for cell in row.cells for p in cell.paragraphs]
        else:
            lines.append(block.text)
    return [line for line in lines if line.strip()]


def test_four_ballots_of_few_candidates_share_a_page_and_have_no_number(xa: Client, election: Election) -> None:
    lines = words(download(xa, election, "phieu-bau"))
    one = [
        "PHIẾU BẦU CHỦ NHIỆM",
        "CLB xã An Khánh, ngày 05 tháng 02 năm 2026",
        "Bầu 1 người. Đánh dấu X vào ô trước tên người mình bầu.",
        "☐  Lê Văn An",
        "☐  Trần Thị <A&B> Lụa",
        "Phiếu đánh dấu quá 1 người là không hợp lệ.",
    ]
    ballots = [line for line in lines if not line.startswith("- -")]
    assert ballots == one * 4


def test_a_long_list_has_a_page_of_its_own_each(world: World, xa: Client, here: Club) -> None:
    for _ in range(8):
        member(here)
    found = call_election(club=here, held_on=DAY, places={"chair": 1, "vice_chair": 2}, by=None)
    set_candidates(contest=contest(found, "vice_chair"), members=list(here.memberships.all())[:11], by=None)
    set_candidates(contest=contest(found, "chair"), members=seated(here, [12]), by=None)
    titles = [line for line in words(download(xa, found, "phieu-bau")) if line.startswith("PHIẾU BẦU")]
    assert titles == ["PHIẾU BẦU CHỦ NHIỆM"] * 4 + ["PHIẾU BẦU PHÓ CHỦ NHIỆM"]


def test_the_record_has_no_place_and_date_line_and_is_signed_by_teller_and_chair(
    xa: Client, election: Election
) -> None:
    record_presence(election=election, present=4, teller="Võ Thanh Phong", by=None)
    candidates = contest(election, "chair").candidates.values_list("pk", flat=True)
    votes = dict(zip(candidates, [3, 0], strict=True))
    record_count(contest=contest(election, "chair"), ballots_out=4, ballots_in=4, valid=3, votes=votes, by=None)
    conclude_election(election=election, by=None)
    assert words(download(xa, election, "bien-ban-kiem-phieu")) == [
        "BAN CHỈ ĐẠO GIẢM NGHÈO XÃ AN KHÁNH",
        "CLB XÃ AN KHÁNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BIÊN BẢN",
        "Kiểm phiếu bầu Ban Chủ nhiệm CLB xã An Khánh",
        "Hôm nay, ngày 05 tháng 02 năm 2026, CLB xã An Khánh họp bầu Ban Chủ nhiệm.",
        "Địa điểm: " + "…" * 24,
        "I. THÀNH PHẦN",
        "Tổng số thành viên: 4. Có mặt: 4. Vắng mặt: 0.",
        "Theo quy chế, cần có mặt ít nhất hai phần ba số thành viên: đủ điều kiện bầu cử.",
        "Ban kiểm phiếu: ông (bà) Võ Thanh Phong, Trưởng ban.",
        "II. KẾT QUẢ KIỂM PHIẾU",
        "1. Chủ nhiệm, vòng 1, bầu 1 người",
        "Số phiếu phát ra: 4. Thu vào: 4. Hợp lệ: 3. Không hợp lệ: 1.",
        *("TT", "Họ và tên", "Số phiếu", "Tỷ lệ phiếu hợp lệ", "Kết quả"),
        *("1", "Trần Thị <A&B> Lụa", "3", "100,00 %", "Trúng cử"),
        *("2", "Lê Văn An", "0", "0,00 %"),
        "III. KẾT LUẬN",
        "Người trúng cử phải được quá một nửa số phiếu hợp lệ.",
        "- Chủ nhiệm: ông (bà) Trần Thị <A&B> Lụa.",
        "Biên bản lập xong cùng ngày, đã đọc cho mọi người có mặt cùng nghe và nhất trí./.",
        *("TM. BAN KIỂM PHIẾU", "TRƯỞNG BAN", "Võ Thanh Phong"),
        "CHỦ TỌA",
    ]


def test_before_the_count_the_record_has_room_to_write(xa: Client, election: Election) -> None:
    lines = words(download(xa, election, "bien-ban-kiem-phieu"))
    assert "Tổng số thành viên: 4. Có mặt: ……. Vắng mặt: ……." in lines
    assert "Số phiếu phát ra: ……. Thu vào: ……. Hợp lệ: ……. Không hợp lệ: ……." in lines


def test_a_failed_election_says_why(xa: Client, election: Election) -> None:
    record_presence(election=election, present=1, teller="", by=None)
    conclude_election(election=election, by=None)
    lines = words(download(xa, election, "bien-ban-kiem-phieu"))
    assert "Theo quy chế, cần có mặt ít nhất hai phần ba số thành viên: không đủ điều kiện bầu cử." in lines
    assert "Cuộc bầu không thành: Có mặt 1 trên 4 thành viên, cần ít nhất 3." in lines


def test_there_is_no_other_kind_and_readers_get_none(world: World, xa: Client, election: Election) -> None:
    assert xa.get(reverse("election_document", args=[election.pk, "hoa-don"])).status_code == 404
    xa.force_login(world.users["xem"])
    assert xa.get(reverse("election_document", args=[election.pk, "phieu-bau"])).status_code == 403
