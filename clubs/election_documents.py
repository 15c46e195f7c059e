"""Papers of an election: the ballot to print and the record of the count, in the form of NĐ 30/2020."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.actions.counting import is_quorate
from clubs.models import Election, ElectionState
from clubs.rounds import Round, rounds_of
from steering.language import on_record
from steering.models import IssuingBody
from steering.official import DocumentKind, Letter
from steering.official.letter import line
from steering.official.words import body_name, day_words

BLANK = "……"
COPIES = ((3, 4), (10, 2))  # at most so many who stand: so many ballots on a page; above that one
SAMPLE = {
    "parent": "BAN CHỈ ĐẠO GIẢM NGHÈO XÃ TÂN PHÚ",
    "club": "CLB công tác giảm nghèo xã Tân Phú",
    "day": "ngày 16 tháng 10 năm 2026",
    "ballots": [{"office": "Chủ nhiệm", "places": 1, "copies": 4, "standing": ["Lê Văn An", "Trần Thị Hoa"]}],
    "entitled": 24,
    "present": 20,
    "absent": 4,
    "quorum": "hai phần ba",
    "majority": "một nửa",
    "is_quorate": True,
    "teller": "Võ Thanh Phong",
    "rounds": [
        {
            "title": "Chủ nhiệm, vòng 1",
            "places": 1,
            "out": 20,
            "in": 20,
            "valid": 19,
            "invalid": 1,
            "rows": [{"name": "Lê Văn An", "votes": 12, "share": "63,16 %", "result": "Trúng cử"}],
        }
    ],
    "elected": [{"office": "Chủ nhiệm", "name": "Lê Văn An"}],
    "failure": "",
}


def build_ballot() -> bytes:
    """As many ballots on a page as fit, one page for each office; copied for the rest, cut apart at the dashes."""
    letter = Letter()
    letter.control("{%p for ballot in ballots %}")
    letter.control("{%p for copy in range(ballot.copies) %}")
    line(letter.document, "PHIẾU BẦU {{ ballot.office|upper }}", is_bold=True)
    line(letter.document, "{{ club }}, {{ day }}", is_italic=True)
    letter.text("Bầu {{ ballot.places }} người. Đánh dấu X vào ô trước tên người mình bầu.")
    letter.control("{%p for name in ballot.standing %}")
    letter.text("☐  {{ name }}", indent=20)
    letter.control("{%p endfor %}")
    letter.text("Phiếu đánh dấu quá {{ ballot.places }} người là không hợp lệ.", is_italic=True)
    line(letter.document, "- " * 48, size=11, space_before=6)
    letter.control("{%p endfor %}")
    letter.control("{%p if not loop.last %}")
    letter.new_page()
    letter.control("{%p endif %}")
    letter.control("{%p endfor %}")
    return letter.save()


def build_record() -> bytes:
    letter = Letter()
    letter.head(parent="{{ parent }}", issuer="{{ club|upper }}")
    letter.title("BIÊN BẢN", "Kiểm phiếu bầu Ban Chủ nhiệm {{ club }}")
    letter.text("Hôm nay, {{ day }}, {{ club }} họp bầu Ban Chủ nhiệm.")
    letter.text("Địa điểm: " + "…" * 24)
    letter.text("I. THÀNH PHẦN", is_bold=True)
    letter.text("Tổng số thành viên: {{ entitled }}. Có mặt: {{ present }}. Vắng mặt: {{ absent }}.")
    letter.text(
        "Theo quy chế, cần có mặt ít nhất {{ quorum }} số thành viên: "
        "{% if is_quorate %}đủ điều kiện bầu cử{% else %}không đủ điều kiện bầu cử{% endif %}."
    )
    letter.text("Ban kiểm phiếu: ông (bà) {{ teller }}, Trưởng ban.")
    letter.text("II. KẾT QUẢ KIỂM PHIẾU", is_bold=True)
    letter.control("{%p for round in rounds %}")
    letter.text("{{ loop.index }}. {{ round.title }}, bầu {{ round.places }} người", is_bold=True)
    letter.text(
        "Số phiếu phát ra: {{ round.out }}. Thu vào: {{ round.in }}. "
        "Hợp lệ: {{ round.valid }}. Không hợp lệ: {{ round.invalid }}."
    )
    letter.table(
        ["TT", "Họ và tên", "Số phiếu", "Tỷ lệ phiếu hợp lệ", "Kết quả"],
        [12, 66, 25, 34, 28],
        [
            ["{%tr for row in round.rows %}", "", "", "", ""],
            ["{{ loop.index }}", "{{ row.name }}", "{{ row.votes }}", "{{ row.share }}", "{{ row.result }}"],
            ["{%tr endfor %}", "", "", "", ""],
        ],
    )
    letter.control("{%p endfor %}")
    letter.text("III. KẾT LUẬN", is_bold=True)
    letter.text("Người trúng cử phải được quá {{ majority }} số phiếu hợp lệ.")
    letter.control("{%p for one in elected %}")
    letter.text("- {{ one.office }}: ông (bà) {{ one.name }}{{ '.' if loop.last else ';' }}")
    letter.control("{%p endfor %}")
    letter.control("{%p if failure %}")
    letter.text("Cuộc bầu không thành: {{ failure }}")
    letter.control("{%p endif %}")
    letter.text("Biên bản lập xong cùng ngày, đã đọc cho mọi người có mặt cùng nghe và nhất trí./.")
    letter.two_signatures((["TM. BAN KIỂM PHIẾU", "TRƯỞNG BAN"], "{{ teller }}"), (["CHỦ TỌA"], ""))
    return letter.save()


BALLOT = DocumentKind("phieu-bau", _("Phiếu bầu, để in và cắt"), build_ballot, SAMPLE)
RECORD = DocumentKind("bien-ban-kiem-phieu", _("Biên bản kiểm phiếu"), build_record, SAMPLE)
KINDS = (BALLOT, RECORD)


def context_of(election: Election) -> dict[str, Any]:
    """Every name that the templates may use. What has not been counted is left blank to write in."""
    with on_record():
        club, rounds = election.club, rounds_of(election)
        unit = club.manager.unit if club.manager else club.founder or club.unit
        is_counted = election.present is not None
        entitled = election.entitled if is_counted else club.memberships.active_on(election.held_on).count()
        winners = [(each.role, winner) for each in rounds for winner in each.winners]
        return {
            "parent": body_name(unit, IssuingBody.STEERING_COMMITTEE, min(election.held_on, timezone.localdate())),
            "club": str(club),
            "day": day_words(election.held_on),
            "ballots": [ballot(each) for each in ballots_of(rounds)],
            "entitled": entitled,
            "present": election.present if is_counted else BLANK,
            "absent": (entitled or 0) - (election.present or 0) if is_counted else BLANK,
            "quorum": election.get_quorum_display(),
            "majority": election.get_majority_display(),
            "is_quorate": not is_counted or is_quorate(election),
            "teller": election.teller or BLANK * 5,
            "rounds": [counted(each) for each in rounds],
            "elected": [{"office": role, "name": str(winner.membership)} for role, winner in winners],
            "failure": election.failure if election.state == ElectionState.FAILED else "",
        }


def ballots_of(rounds: list[Round]) -> list[Round]:
    """The rounds still to be voted on; of an election that is over, the first ones."""
    return [each for each in rounds if not each.is_counted] or [each for each in rounds if each.contest.round == 1]


def ballot(each: Round) -> dict[str, Any]:
    standing = sorted(each.candidates, key=lambda candidate: candidate.membership.person.sort_key)
    copies = next((n for most, n in COPIES if len(standing) <= most), 1)
    return {
        "office": each.role,
        "places": each.contest.places,
        "copies": copies,
        "standing": [str(candidate.membership) for candidate in standing],
    }


def counted(each: Round) -> dict[str, Any]:
    contest = each.contest
    numbers = (contest.ballots_out, contest.ballots_in, contest.valid)
    out, brought, valid = (BLANK if number is None else number for number in numbers)
    invalid = (contest.ballots_in or 0) - (contest.valid or 0) if each.is_counted else BLANK
    return {
        "title": str(contest),
        "places": contest.places,
        "out": out,
        "in": brought,
        "valid": valid,
        "invalid": invalid,
        "rows": [row(each, candidate) for candidate in each.candidates],
    }


def row(each: Round, candidate: Any) -> dict[str, Any]:
    if candidate.votes is None:
        return {"name": str(candidate.membership), "votes": BLANK, "share": BLANK, "result": ""}
    share = f"{100 * candidate.votes / (each.contest.valid or 1):.2f}".replace(".", ",")
    result = "Trúng cử" if candidate.is_elected else ""
    return {"name": str(candidate.membership), "votes": candidate.votes, "share": f"{share} %", "result": result}
