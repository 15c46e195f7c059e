"""From a proposal to a club: proposed, withdrawn or founded with its signed decision, its officers recognised."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clubs.actions import appoint_officer, found_planned_club, propose_club, recognise_officers, withdraw_proposal
from clubs.models import Club, Proposal
from meetings.actions import plan_club
from steering.models import Decision, Unit
from tests.builders import World, club, elect, member, secretary

PDF = b"%PDF-1.7 a paper with a seal"


@pytest.fixture(autouse=True)
def papers(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def planned(place: Unit, **facts: Any) -> Club:
    proposal = Proposal(
        reason="Nhiều hộ nghèo",
        asked_by="Hội Nông dân xã",
        proposed_on=date(2026, 10, 5),
        place="Nhà văn hóa",
        members=20,
    )
    new = Club(**{"name": f"CLB {place}", "level": place.kind, "unit": place, **facts})
    return propose_club(club=new, proposal=proposal, by=None)


def proposal(place: Unit, **facts: Any) -> dict[str, Any]:
    schedule = {"kind": "work", "cadence": "month", "week": "2", "weekday": "4", "starts_at": "07:30", "name": ""}
    told = {"reason": "Nhiều hộ nghèo", "asked_by": "Hội Nông dân xã", "proposed_on": "05/10/2026", "members": "20"}
    return {"unit": place.pk, **schedule, **told, **facts}


def signed(**facts: Any) -> dict[str, Any]:
    return {"number": "5", "symbol": "QĐ-UBND", "issued_on": "12/10/2026", "signer": "Lê Văn Ký", **facts}


def steps(answer: Any) -> list[tuple[bool, bool]]:
    """Of each step: whether it is done, whether it is next."""
    return [(step.is_done, step.is_next) for step in answer.context["steps"]]


# Proposing


def test_a_club_is_planned_after_its_proposal_was_read_once_more(world: World, xa: Client) -> None:
    answer = xa.post(reverse("club_propose"), proposal(world.hamlet))
    assert "Câu lạc bộ được ghi là dự kiến, chưa tính vào số câu lạc bộ." in answer.context["consequences"]
    assert not Club.objects.exists()
    answer = xa.post(reverse("club_propose"), proposal(world.hamlet, agreed="1"), follow=True)
    new = Club.objects.get()
    assert (new.name, new.status, new.founded_on) == ("CLB công tác giảm nghèo ấp Phước Hậu", "planned", None)
    assert (new.proposal.asked_by, new.proposal.members, new.proposal.proposed_on) == (
        "Hội Nông dân xã",
        20,
        date(2026, 10, 5),
    )
    assert new.proposal.history.get().history_user == world.users["xa"]
    assert steps(answer) == [(True, False), (False, True), (False, False), (False, False), (False, False)]
    assert "Nhiều hộ nghèo" in text(answer)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"proposed_on": "21/10/2026"}, "proposed_on", "Ngày 21/10/2026 chưa tới. Ghi ngày trên văn bản đề nghị."),
        ({"members": "26"}, "members", "Số này lớn quá. Nhiều nhất là 25."),
        ({"reason": " "}, "reason", "Ô này bắt buộc. Ghi vào rồi gửi lại."),
    ],
)
def test_what_cannot_be_proposed_is_told_beside_its_field(
    world: World, xa: Client, facts: dict[str, str], field: str, sentence: str
) -> None:
    answer = xa.post(reverse("club_propose"), proposal(world.an_khanh, **facts))
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"].errors[field] == [sentence] or field == "reason"
    assert not Club.objects.exists()


def test_a_third_club_of_a_district_is_refused_even_as_a_plan(world: World, client: Client) -> None:
    planned(world.chau_thanh, name="CLB số 1")
    club(world.chau_thanh, name="CLB số 2")
    client.force_login(world.users["huyen"])
    answer = client.post(reverse("club_propose"), proposal(world.chau_thanh, agreed="1"))
    assert answer.context["form"].errors["unit"] == [
        "Huyện Châu Thành đã có đủ 2 câu lạc bộ cấp huyện. Một huyện có nhiều nhất 2. Chọn cấp khác hoặc huyện khác."
    ]
    assert Club.objects.count() == 2


def test_a_proposal_is_changed_while_the_club_is_planned_and_told_when_somebody_else_did(
    world: World, xa: Client
) -> None:
    new = planned(world.an_khanh)
    address = reverse("club_proposal", args=[new.pk])
    version = xa.get(address).context["version"]
    sent = {**proposal(world.an_khanh, name="CLB An Khánh", asked_by="Hội Phụ nữ xã"), "version": version}
    assert xa.post(address, sent).status_code == 302
    new.refresh_from_db()
    assert (new.name, new.proposal.asked_by, new.unit) == ("CLB An Khánh", "Hội Phụ nữ xã", world.an_khanh)
    answer = xa.post(address, {**sent, "asked_by": "Mặt trận xã"})
    assert "ai đề nghị: Hội Nông dân xã → <b>Hội Phụ nữ xã</b>" in text(answer)
    found_planned_club(club=new, founded_on=date(2026, 10, 12), by=None)
    assert xa.get(address).url == reverse("club", args=[new.pk])


def test_a_club_planned_without_a_reason_gets_one(world: World, xa: Client) -> None:
    bare = club(world.an_khanh, founded_on=None, name="CLB An Khánh")
    assert xa.get(reverse("club", args=[bare.pk])).context["steps"][0].is_next
    sent = proposal(world.an_khanh, name="CLB An Khánh")
    assert xa.post(reverse("club_proposal", args=[bare.pk]), sent).status_code == 302
    assert Proposal.objects.get().club == bare


def test_a_withdrawn_proposal_stays_to_be_read_and_frees_its_place(world: World, client: Client) -> None:
    client.force_login(world.users["huyen"])
    for number in (1, 2):
        planned(world.chau_thanh, name=f"CLB số {number}")
    gone = Club.objects.get(name="CLB số 1")
    page = reverse("club_state", args=[gone.pk, "withdraw"])
    assert client.post(page, {"on": "21/10/2026", "reason": "Thiếu người"}).context["form"].errors["on"] == [
        "Ngày 21/10/2026 chưa tới. Ghi ngày đã rút đề nghị."
    ]
    answer = client.post(page, {"on": "15/10/2026", "reason": "Thiếu người"}, follow=True)
    assert "Đã rút đề nghị ngày 15/10/2026. Lý do: Thiếu người." in text(answer)
    assert "Nhiều hộ nghèo" in text(answer)
    assert answer.context["changes"] == answer.context["steps"] == []
    planned(world.chau_thanh, name="CLB số 3")
    with pytest.raises(ValidationError) as refusal:
        withdraw_proposal(club=gone, on=date(2026, 10, 15), reason="", by=None)
    assert "“Đã rút đề nghị”, không còn là dự kiến" in str(refusal.value)


# Founding


def test_the_signed_decision_makes_a_planned_club_one(world: World, xa: Client) -> None:
    new = planned(world.hamlet)
    address = reverse("club_found_planned", args=[new.pk])
    upload = SimpleUploadedFile("quet.pdf", PDF)
    answer = xa.post(address, signed(file=upload), follow=True)
    new.refresh_from_db()
    decision = new.founding_decision
    assert decision is not None
    assert (new.status, new.founded_on, new.founder) == ("active", date(2026, 10, 12), world.an_khanh)
    assert new.manager == world.an_khanh.committees.get()
    assert (str(decision), decision.subject) == ("05/QĐ-UBND, 12/10/2026", f"Về việc thành lập {new}")
    assert decision.issuer_name == "Ủy ban nhân dân xã An Khánh"
    assert b"".join(xa.get(reverse("decision_file", args=[decision.pk])).streaming_content) == PDF  # type: ignore[attr-defined]
    assert steps(answer) == [(True, False), (True, False), (False, True), (False, False), (False, False)]


def test_the_steps_go_on_until_the_first_meeting_is_planned(world: World, xa: Client) -> None:
    new = planned(world.an_khanh)
    found_planned_club(
        club=new,
        founded_on=date(2026, 9, 1),
        decision=Decision(number=5, issued_on=date(2026, 9, 1), file=SimpleUploadedFile("quet.pdf", PDF)),
        by=None,
    )
    page = reverse("club", args=[new.pk])
    seated = [member(new, joined_on=date(2026, 9, 1)) for _ in range(3)]
    assert [step.is_done for step in xa.get(page).context["steps"]] == [True, True, True, False, False]
    for role, membership in zip(("chair", "vice_chair", "vice_chair"), seated, strict=True):
        appoint_officer(membership=membership, role=role, started_on=date(2026, 9, 1), by=None)
    assert [step.is_done for step in xa.get(page).context["steps"]] == [True, True, True, True, False]
    plan_club(club=new, until=date(2026, 11, 10), by=None)
    assert xa.get(page).context["steps"] == []


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"founded_on": "11/10/2026"}, "founded_on", "Quyết định ký ngày 12/10/2026. Câu lạc bộ thành lập từ ngày đó"),
        ({"founded_on": "21/10/2026"}, "founded_on", "Ngày thành lập chưa tới."),
        ({"issued_on": "", "number": ""}, "founded_on", "Ghi ngày ký quyết định, hoặc ngày thành lập."),
        ({"number": "9"}, "number", "Số 09/QĐ-UBND đã được dùng trong năm 2026."),
    ],
)
def test_a_decision_that_cannot_be_founds_nothing(
    world: World, xa: Client, facts: dict[str, str], field: str, sentence: str
) -> None:
    Decision.objects.create(issuer_unit=world.an_khanh, subject="Khác", number=9, issued_on=date(2026, 2, 1))
    new = planned(world.an_khanh)
    answer = xa.post(reverse("club_found_planned", args=[new.pk]), signed(**facts))
    assert answer.context["form"].errors[field][0].startswith(sentence)
    new.refresh_from_db()
    assert (new.status, new.founding_decision, Decision.objects.count()) == ("planned", None, 1)


def test_a_paper_of_another_kind_founds_nothing(world: World, xa: Client, papers: Path) -> None:
    new = planned(world.an_khanh)
    upload = SimpleUploadedFile("quet.pdf", b"<html>")
    answer = xa.post(reverse("club_found_planned", args=[new.pk]), signed(file=upload))
    assert "không phải PDF" in answer.context["form"].errors["file"][0]
    assert list(papers.iterdir()) == []


def test_a_club_is_founded_once(world: World, xa: Client) -> None:
    new = planned(world.an_khanh)
    same = Club.objects.get()
    found_planned_club(club=new, founded_on=date(2026, 10, 12), by=None)
    with pytest.raises(ValidationError) as refusal:
        found_planned_club(club=same, founded_on=date(2026, 10, 13), by=None)
    assert "“Hoạt động”, không còn là dự kiến" in str(refusal.value)
    assert xa.get(reverse("club_found_planned", args=[new.pk])).url == reverse("club", args=[new.pk])


# Officers


def test_those_elected_are_recognised_by_a_decision(world: World, xa: Client) -> None:
    here = club(world.hamlet)
    seated = [member(here), member(here)]
    roles = ("chair", "vice_chair")
    chair, vice = (elect(m, role=role, on=date(2026, 10, 1)) for m, role in zip(seated, roles, strict=True))
    page = reverse("club_recognise", args=[here.pk])
    assert list(xa.get(page).context["form"].fields["offices"].queryset) == [chair, vice]
    answer = xa.post(page, {"offices": [chair.pk], **signed()}, follow=True)
    chair.refresh_from_db()
    assert chair.decision is not None
    assert (chair.decision.issuer_unit, chair.decision.number) == (world.an_khanh, 5)
    assert f"Chủ nhiệm: {seated[0]}" in text(answer)
    assert list(xa.get(page).context["form"].fields["offices"].queryset) == [vice]
    assert xa.post(page, {"offices": [chair.pk], **signed(number="6")}).context["form"].errors.keys() == {"offices"}
    with pytest.raises(ValidationError):
        recognise_officers(club=club(world.an_khanh), offices=[vice], decision=Decision(), by=None)


# Who


@pytest.mark.parametrize("page", ["club_proposal", "club_found_planned", "club_recognise"])
def test_another_units_club_is_not_found_and_a_viewer_changes_nothing(world: World, client: Client, page: str) -> None:
    address = reverse(page, args=[planned(world.an_khanh).pk])
    assert client.get(address).url == f"/dang-nhap/?next={address}"
    client.force_login(world.users["xa_khac"])
    assert client.get(address).status_code == 404
    client.force_login(world.users["xem"])
    assert (client.get(address).status_code, client.post(address, signed()).status_code) == (403, 403)
    client.force_login(world.users["xa"])
    assert client.put(address).status_code == 405


def test_nobody_proposes_in_another_unit(world: World, client: Client) -> None:
    client.force_login(world.users["xa_khac"])
    answer = client.post(reverse("club_propose"), proposal(world.an_khanh, agreed="1"))
    assert "unit" in answer.context["form"].errors
    assert not Club.objects.exists()


def test_a_secretary_opens_the_signed_decision_from_the_clubs_page(world: World, client: Client) -> None:
    new = planned(world.an_khanh)
    paper = SimpleUploadedFile("quet.pdf", PDF)
    decision = Decision(number=5, issued_on=date(2026, 9, 1), file=paper)
    found_planned_club(club=new, founded_on=date(2026, 9, 1), decision=decision, by=None)
    client.force_login(secretary("thu_ky", new))
    page = text(client.get(reverse("club", args=[new.pk])))
    assert f'href="{reverse("decision_file", args=[decision.pk])}"' in page
    assert f'href="{reverse("decision", args=[decision.pk])}"' not in page
