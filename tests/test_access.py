"""Every address × every role → status of a GET. An address without a row fails `test_every_address_has_its_row`."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from clubs.actions import apply_to_club, give_consent, propose_club
from clubs.models import Club, Membership, Proposal
from meetings.actions import (
    answer_opinion,
    close_period,
    introduce_model,
    keep_material,
    open_feed,
    plan_club,
    plan_visit,
    raise_opinion,
    record_replication,
)
from meetings.models import AgendaItem, AgendaTemplate, Material, Minutes, ProductionModel, Replication
from reports.actions import send_edition, set_plan, write_edition
from reports.models import Edition, Recipient
from steering.calendar import reporting_calendar
from steering.models import ClosedDay, Decision, DocumentTemplate, Succession
from tests.builders import World, club, elect, member, person, secretary
from tests.clubs.builders import build_election

VISIT_AT = datetime(2026, 11, 5, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ROLES = ("anonymous", "tinh", "huyen", "xa", "xa_khac", "thuky", "xem")

# In the order of ROLES. To the login page 302; another unit's row 404; what one's own role may not do 403. The rows
# belong to xã An Khánh, huyện Châu Thành; xa_khac works in another district; thuky and xem have no work in the admin.
STAFF = (302, 200, 200, 200, 200, 302, 302)
OWN = (302, 200, 200, 200, 404, 302, 302)
PROVINCE = (302, 200, 403, 403, 403, 302, 302)
PROVINCE_ROW = (302, 200, 404, 404, 404, 302, 302)
NOBODY = (302, 403, 403, 403, 403, 302, 302)
EVERYBODY = (302, 200, 200, 200, 200, 200, 200)
POST_PAGE = (302, 405, 405, 405, 405, 302, 302)

SITE: dict[str, tuple[int, ...]] = {
    "home": EVERYBODY,
    "login": (200, 302, 302, 302, 302, 302, 302),
    "logout": (302, 405, 405, 405, 405, 405, 405),
    "password_change": EVERYBODY,
    "set_language": (302,) * 7,
    "admin:index": STAFF,
    "admin:login": (302, 302, 302, 302, 302, 403, 403),
    "admin:logout": (302, 405, 405, 405, 405, 302, 302),
    "admin:password_change": STAFF,
    "admin:password_change_done": STAFF,
    "admin:jsi18n": STAFF,
}

# Pages of the website about rows of xã An Khánh: who reads them, who may also write.
READERS = (302, 200, 200, 200, 404, 200, 200)
WRITERS = (302, 200, 200, 200, 404, 403, 403)
DISTRICT_WRITERS = (302, 200, 200, 404, 404, 404, 403)
STARTERS = (302, 200, 200, 200, 200, 403, 403)
KEEPERS = (302, 200, 200, 200, 404, 200, 403)  # of meetings: officers, and the club's own secretary
LIBRARIANS = (302, 200, 200, 200, 403, 403, 403)  # everybody reads the library, wherever it comes from
# Units, committees and decisions are nothing of a secretary's.
OFFICERS = (302, 200, 200, 200, 200, 403, 200)
OFFICE_READERS = (302, 200, 200, 200, 404, 404, 200)
OFFICE_WRITERS = (302, 200, 200, 200, 404, 404, 403)
LOCKS = (302, 200, 404, 404, 404, 404, 404)  # whoever may not close a month finds none
ACCOUNTS = (302, 200, 403, 403, 403, 403, 403)
PAGES: dict[str, tuple[list[Any], tuple[int, ...]]] = {
    "set_theme": ([], (302, 405, 405, 405, 405, 405, 405)),
    "clubs": ([], EVERYBODY),
    "clubs_file": ([], EVERYBODY),
    "club": (["clubs_club"], READERS),
    "club_journal": (["clubs_club"], READERS),
    "club_found": ([], STARTERS),
    "club_propose": ([], STARTERS),
    "club_proposal": (["planned_club"], OFFICE_WRITERS),
    "club_found_planned": (["planned_club"], OFFICE_WRITERS),
    "club_draft": (["planned_club", "quyet-dinh-thanh-lap"], OFFICE_WRITERS),
    "club_recognise": (["clubs_club"], WRITERS),
    "club_change": (["clubs_club"], WRITERS),
    "club_coverage": (["district_club"], DISTRICT_WRITERS),
    "district_split": (["district"], DISTRICT_WRITERS),
    "club_state": (["planned_club", "withdraw"], OFFICE_WRITERS),
    "club_pause": (["clubs_club"], WRITERS),
    "club_end": (["clubs_club", "sap-nhap"], WRITERS),
    "club_admit": (["clubs_club"], WRITERS),
    "club_appoint": (["clubs_club"], WRITERS),
    "club_members": (["clubs_club"], READERS),
    "club_members_file": (["clubs_club"], READERS),
    "club_apply": (["clubs_club"], WRITERS),
    "application_admit": (["clubs_application"], OFFICE_WRITERS),
    "application_state": (["clubs_application", "refuse"], OFFICE_WRITERS),
    "person": (["clubs_person"], READERS),
    "person_merge": (["clubs_person", "namesake"], (302, 200, 200, 200, 404, 404, 403)),
    "consent_give": (["clubs_person"], WRITERS),
    "consent_withdraw": (["clubs_consent"], OFFICE_WRITERS),
    "representative_change": (["collective"], OFFICE_WRITERS),
    "duplicates": ([], STARTERS),
    "club_regulation": (["clubs_club"], READERS),
    "regulation_adopt": (["clubs_club"], WRITERS),
    "regulation": (["clubs_regulation"], READERS),
    "regulation_comparison": (["clubs_regulation"], READERS),
    "club_elections": (["clubs_club"], READERS),
    "election_call": (["district_club"], DISTRICT_WRITERS),
    "election": (["clubs_election"], READERS),
    "election_change": (["clubs_election"], WRITERS),
    "election_call_off": (["clubs_election"], WRITERS),
    "election_presence": (["clubs_election"], WRITERS),
    "election_conclude": (["clubs_election"], WRITERS),
    "election_document": (["clubs_election", "phieu-bau"], WRITERS),
    "contest_candidates": (["clubs_election", "clubs_contest"], WRITERS),
    "contest_count": (["clubs_election", "clubs_contest"], WRITERS),
    "contest_next_round": (["clubs_election", "clubs_contest"], WRITERS),
    "contest_drop": (["clubs_election", "clubs_second"], WRITERS),
    "member": (["clubs_membership"], READERS),
    "member_transfer": (["clubs_membership"], WRITERS),
    "member_change": (["clubs_membership"], WRITERS),
    "member_leave": (["clubs_membership"], WRITERS),
    "office_end": (["clubs_office"], WRITERS),
    "club_plan": (["clubs_club"], WRITERS),
    "meeting_plan": (["clubs_club"], WRITERS),
    "club_visit": (["clubs_club"], WRITERS),
    "club_year": (["clubs_club"], READERS),
    "meetings": ([], EVERYBODY),
    "calendar": ([], EVERYBODY),
    "feeds": ([], EVERYBODY),
    "feed_all": ([], EVERYBODY),
    "feed_club": (["clubs_club"], READERS),
    "feed_unit": (["steering_unit"], OFFICE_READERS),
    "feed_renew": (["feed_of_tinh"], (302, 200, 404, 404, 404, 404, 404)),
    "feed_revoke": (["feed_of_tinh"], (302, 200, 404, 404, 404, 404, 404)),
    "feed": (["unknown"], (404,) * 7),
    "meeting": (["meetings_meeting"], READERS),
    "meeting_invitation": (["meetings_meeting"], KEEPERS),
    "meeting_document": (["meetings_meeting", "giay-moi"], KEEPERS),
    "meeting_ics": (["meetings_meeting"], READERS),
    "meeting_move": (["meetings_meeting"], KEEPERS),
    "meeting_host": (["meetings_meeting"], KEEPERS),
    "meeting_swap": (["meetings_meeting"], KEEPERS),
    "meeting_decline": (["meetings_meeting"], KEEPERS),
    "visit_join": (["visit"], WRITERS),
    "meeting_learnt": (["meetings_meeting"], KEEPERS),
    "meeting_state": (["meetings_meeting", "postpone"], KEEPERS),
    "meeting_guests": (["meetings_meeting"], KEEPERS),
    "meeting_agenda": (["meetings_meeting"], KEEPERS),
    "meeting_agenda_copy": (["meetings_meeting"], KEEPERS),
    "agenda_materials": (["meetings_meeting", "meetings_agendaitem"], KEEPERS),
    "meeting_minutes": (["meetings_meeting"], READERS),
    "minutes_version": (["meetings_meeting", 1], READERS),
    "minutes_document": (["meetings_meeting", 1], READERS),
    "minutes_write": (["meetings_meeting"], KEEPERS),
    "minutes_agree": (["meetings_meeting"], KEEPERS),
    "minutes_correct": (["meetings_meeting"], KEEPERS),
    "attendance": (["meetings_meeting"], KEEPERS),
    "opinions": ([], EVERYBODY),
    "opinions_file": ([], EVERYBODY),
    "opinion": (["meetings_opinion"], READERS),
    "opinion_raise": (["past_meeting"], KEEPERS),
    "opinion_change": (["meetings_opinion"], WRITERS),
    "opinion_answer": (["meetings_opinion"], WRITERS),
    "opinion_state": (["answered_opinion", "close"], WRITERS),
    "library": ([], EVERYBODY),
    "model": (["meetings_productionmodel"], EVERYBODY),
    "model_add": ([], STARTERS),
    "model_change": (["meetings_productionmodel"], LIBRARIANS),
    "replication_add": (["meetings_productionmodel"], STARTERS),
    "replication_change": (["meetings_replication"], OFFICE_WRITERS),
    "replication_drop": (["meetings_replication"], OFFICE_WRITERS),
    "materials": ([], EVERYBODY),
    "material": (["meetings_material"], EVERYBODY),
    "material_add": ([], STARTERS),
    "material_change": (["meetings_material"], LIBRARIANS),
    "material_withdraw": (["meetings_material"], LIBRARIANS),
    "first_reading": ([], EVERYBODY),
    "units": ([], (302, 302, 302, 302, 302, 403, 302)),
    "unit": (["steering_unit"], OFFICE_READERS),
    "unit_hosted": (["steering_unit"], OFFICE_READERS),
    "unit_add": (["steering_unit"], OFFICE_WRITERS),
    "unit_add_many": (["steering_unit"], OFFICE_WRITERS),
    "unit_rename": (["steering_unit"], OFFICE_WRITERS),
    "unit_close": (["steering_unit"], OFFICE_WRITERS),
    "committees": ([], OFFICERS),
    "committee": (["steering_steeringcommittee"], OFFICE_READERS),
    "committee_found": ([], STARTERS),
    "committee_agency": (["steering_steeringcommittee"], OFFICE_WRITERS),
    "seat_add": (["steering_steeringcommittee"], OFFICE_WRITERS),
    "seat_change": (["steering_committeeseat"], OFFICE_WRITERS),
    "seat_end": (["steering_committeeseat"], OFFICE_WRITERS),
    "todo": ([], OFFICERS),
    "reports": ([], (302, 302, 302, 302, 302, 403, 302)),
    "report": (["steering_unit", "2026-10"], OFFICE_READERS),
    "report_file": (["steering_unit", "2026-10", "csv"], OFFICE_READERS),
    "own_console": ([], (302, 302, 302, 302, 302, 403, 302)),
    "console": (["an_khanh", "2026-10"], OFFICE_READERS),
    "remind": (["an_khanh", "2026-10"], (302, 200, 200, 404, 404, 404, 403)),
    "period_close": (["an_khanh", "2026-10"], (302, 200, 403, 403, 404, 404, 403)),
    "period_reopen": (["clubs_periodlock"], LOCKS),
    "period_except": (["clubs_periodlock"], LOCKS),
    "editions": ([], OFFICERS),
    "edition": (["reports_edition"], OFFICE_READERS),
    "edition_write": (["an_khanh", "2026-10"], OFFICE_WRITERS),
    "edition_file": (["reports_edition", "docx"], OFFICE_READERS),
    "edition_state": (["reports_edition", "dinh-chinh"], OFFICE_WRITERS),
    "public_clubs": ([], (200,) * 7),
    "public_statistics": ([], (200,) * 7),
    "public_club": (["clubs_club"], (200,) * 7),
    "public_regulation": (["clubs_club"], (200,) * 7),
    "public_calendar": (["clubs_club"], (200,) * 7),
    "plan": (["an_khanh", 2026], OFFICE_READERS),
    "plan_change": (["an_khanh", 2026], (302, 200, 200, 403, 404, 404, 403)),
    "decisions": ([], OFFICERS),
    "decision": (["steering_decision"], OFFICE_READERS),
    "decision_record": (["steering_decision"], OFFICE_WRITERS),
    "search": ([], EVERYBODY),
    "password_set": (["MQ", "used-up"], (200,) * 7),
    "accounts": ([], ACCOUNTS),
    "account": (["steering_user"], ACCOUNTS),
    "account_invite": ([], ACCOUNTS),
    "account_invite_as": (["viewer"], ACCOUNTS),
    "account_change": (["steering_user"], ACCOUNTS),
    "account_password": (["steering_user"], ACCOUNTS),
    "account_state": (["steering_user", "close"], ACCOUNTS),
    "account_appoint": (["steering_user"], ACCOUNTS),
    "account_appoint_as": (["steering_user", "viewer"], ACCOUNTS),
    "appointment_end": (["steering_appointment"], ACCOUNTS),
    "club_secretaries": (["clubs_club"], (302, 200, 403, 403, 404, 403, 403)),
    "club_secretary_appoint": (["clubs_club"], (302, 200, 403, 403, 404, 403, 403)),
}

# What its own row of MODELS and SPECIAL says of each page of a model.
VERBS = ("changelist", "add", "change", "history", "delete")
MODELS: dict[str, tuple[tuple[int, ...], ...]] = {
    "steering_unit": (STAFF, STAFF, OWN, OWN, NOBODY),
    "steering_succession": (PROVINCE, PROVINCE, PROVINCE, PROVINCE, NOBODY),
    "steering_decision": (STAFF, STAFF, OWN, OWN, NOBODY),
    "steering_steeringcommittee": (STAFF, STAFF, OWN, OWN, NOBODY),
    "steering_documenttemplate": (PROVINCE, PROVINCE, PROVINCE, PROVINCE, PROVINCE),
    "steering_closedday": (STAFF, PROVINCE, STAFF, STAFF, PROVINCE),
    "steering_user": (PROVINCE, PROVINCE, PROVINCE, PROVINCE_ROW, NOBODY),
    "steering_appointment": (PROVINCE, PROVINCE, PROVINCE, PROVINCE_ROW, NOBODY),
    "clubs_club": (STAFF, STAFF, OWN, OWN, NOBODY),
    "clubs_person": (STAFF, STAFF, OWN, OWN, NOBODY),
    "clubs_membership": (STAFF, STAFF, OWN, OWN, NOBODY),
    "clubs_application": (STAFF, STAFF, OWN, OWN, NOBODY),
    "clubs_consent": (STAFF, STAFF, OWN, OWN, NOBODY),
    "clubs_regulation": (STAFF, STAFF, OWN, OWN, NOBODY),
    "meetings_meeting": (STAFF, STAFF, OWN, OWN, NOBODY),
    "meetings_agendatemplate": (STAFF, STAFF, OWN, OWN, OWN),
    "meetings_opinion": (STAFF, STAFF, OWN, OWN, NOBODY),
    "meetings_productionmodel": (STAFF, STAFF, OWN, OWN, NOBODY),
    "meetings_material": (STAFF, STAFF, OWN, OWN, NOBODY),
    "reports_expansionplan": (STAFF, (302, 200, 200, 403, 403, 302, 302), OWN, OWN, NOBODY),
    "reports_recipient": (STAFF, STAFF, OWN, OWN, OWN),
}
SPECIAL: dict[str, tuple[list[Any], tuple[int, ...]]] = {
    "admin:clubs_club_state": (["planned_club", "withdraw"], OWN),
    "admin:clubs_application_state": (["clubs_application", "admit"], OWN),
    "admin:meetings_meeting_state": (["meetings_meeting", "postpone"], OWN),
    "admin:meetings_opinion_state": (["answered_opinion", "close"], OWN),
    "admin:steering_unit_state": (["steering_unit", "close"], OWN),
    "admin:steering_unit_numbered": (["steering_unit"], OWN),
    "admin:meetings_meeting_attendance": (["meetings_meeting"], OWN),
    "admin:steering_documenttemplate_current": (["giay-moi"], PROVINCE),
    "admin:clubs_club_import": ([], STAFF),
    "admin:clubs_club_export": ([], STAFF),
    "admin:clubs_membership_import": ([], STAFF),
    "admin:clubs_membership_export": ([], STAFF),
    "admin:clubs_club_process_import": ([], POST_PAGE),
    "admin:clubs_membership_process_import": ([], POST_PAGE),
    "admin:auth_user_password_change": (["steering_user"], PROVINCE),
}
# Pages that need more than an address to answer, each with tests of its own.
ELSEWHERE = {
    "admin:autocomplete",
    "admin:view_on_site",
    "admin:app_list",
    "decision_file",
    "regulation_file",
    "material_file",
    "consent_proof",
}


def pages(patterns: Any = None, namespace: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:  # without a name: the admin's old addresses, and its catch-all
                yield namespace + pattern.name
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from pages(pattern.url_patterns, namespace + inner)


def rows() -> dict[str, tuple[list[Any], tuple[int, ...]]]:
    """Page → its arguments (a model's name stands for its row) and what each role gets."""
    table: dict[str, tuple[list[Any], tuple[int, ...]]] = {name: ([], expected) for name, expected in SITE.items()}
    for model, expectations in MODELS.items():
        for verb, expected in zip(VERBS, expectations, strict=True):
            arguments = [] if verb in ("changelist", "add") else [model]
            table[f"admin:{model}_{verb}"] = (arguments, expected)
        if model != "steering_user":
            table[f"admin:{model}_simple_history"] = ([model, "history"], expectations[3])
    return table | PAGES | SPECIAL


@cache
def missing_pages() -> set[str]:
    return set(pages()) - set(rows()) - ELSEWHERE


def test_every_address_has_its_row() -> None:
    assert missing_pages() == set()


def build_objects(world: World) -> dict[str, Any]:
    """The rows that `rows` names."""
    here = club(world.an_khanh)
    seated = member(here)
    world.users["thuky"] = secretary("thuky", here)
    decision = Decision.objects.create(issuer_unit=world.an_khanh, subject="Về việc thành lập câu lạc bộ")
    meeting = plan_club(club=here, until=date(2026, 11, 20), by=None)[0]
    return {
        "steering_unit": world.hamlet,
        "steering_succession": Succession.objects.create(
            predecessor=world.tan_phu, successor=world.phu_duc, effective_on=date(2026, 1, 1)
        ),
        "steering_decision": decision,
        "steering_steeringcommittee": world.an_khanh.committees.get(),
        "steering_committeeseat": world.an_khanh.committees.get().seats.create(full_name="Lê Văn Phó", position="UBND"),
        "steering_documenttemplate": DocumentTemplate.objects.create(kind="khac", file_name="mau.docx"),
        "steering_closedday": ClosedDay.objects.create(day=date(2026, 9, 2), name="Quốc khánh"),
        "steering_user": world.users["xem"],
        "steering_appointment": world.users["xem"].appointments.get(),
        "clubs_club": here,
        "clubs_person": seated.person,
        "clubs_membership": seated,
        "clubs_application": apply_to_club(
            club=here, person=person(world.an_khanh), applied_on=date(2026, 10, 1), by=None
        ),
        "clubs_consent": give_consent(person=seated.person, purpose="contact", given_on=date(2026, 10, 1), by=None),
        "namesake": person(world.an_khanh),
        "collective": person(world.an_khanh, kind="collective", representative="Lê Thị Lan"),
        "clubs_office": elect(seated, on=date(2026, 10, 1)),
        **build_election(here),
        "district": world.chau_thanh,
        "district_club": club(world.chau_thanh),
        "second_district_club": club(world.chau_thanh),
        "planned_club": propose_club(
            club=Club(unit=world.an_khanh, level="commune", name="CLB dự kiến"),
            proposal=Proposal(reason="Nhiều hộ nghèo", asked_by="Hội Nông dân", proposed_on=date(2026, 10, 5)),
            by=None,
        ),
        "feed_of_tinh": open_feed(by=world.users["tinh"]),
        "meetings_meeting": meeting,
        "visit": plan_visit(club=here, starts_at=VISIT_AT, host=world.an_hiep, purpose="Xem nuôi dê", by=None),
        "meetings_minutes": Minutes.objects.create(meeting=meeting),
        "meetings_agendaitem": AgendaItem.objects.create(meeting=meeting, title="Vay vốn"),
        "meetings_agendatemplate": AgendaTemplate.objects.create(unit=world.an_khanh, name="Kỳ thường"),
        **opinions(here),
        **library(world),
        "an_khanh": world.an_khanh,
        "reports_expansionplan": set_plan(unit=world.an_khanh, year=2026, commune=1, by=None),
        "reports_edition": sent_report(world),
        "clubs_periodlock": close_period(
            unit=world.tan_phu, period=reporting_calendar().parse("2025-03"), reason="Đã chốt báo cáo", by=None
        ),
        "reports_recipient": Recipient.objects.create(unit=world.an_khanh, full_name="Sở", email="so@example.vn"),
    }


def opinions(here: Club) -> dict[str, Any]:
    """One that is overdue, one that is answered, and the meeting of September at which they were raised."""
    meeting = plan_club(club=here, since=date(2026, 9, 1), until=date(2026, 9, 1), by=None)[0]
    told = raise_opinion(meeting=meeting, text="Mở lớp dạy nghề", by=None)
    return {
        "past_meeting": meeting,
        "meetings_opinion": raise_opinion(meeting=meeting, text="Sửa cống", due_on=date(2026, 10, 1), by=None),
        "answered_opinion": answer_opinion(opinion=told, answer="Đã mở lớp", answered_on=date(2026, 10, 1), by=None),
    }


def library(world: World) -> dict[str, Any]:
    model = ProductionModel(name="Nuôi dê", sector="livestock", unit=world.an_khanh, introduced_on=date(2026, 3, 2))
    introduce_model(model=model, by=None)
    replication = Replication(model=model, unit=world.hamlet, started_on=date(2026, 4, 6), households=3)
    material = Material(kind="guide", title="Quy trình vay vốn", unit=world.an_khanh, is_first_reading=True)
    return {
        "meetings_productionmodel": model,
        "meetings_replication": record_replication(replication=replication, by=None),
        "meetings_material": keep_material(material=material, by=None),
    }


def sent_report(world: World) -> Edition:
    period = reporting_calendar().parse("2026-09")
    edition = write_edition(unit=world.an_khanh, period=period, texts={"results": "Đã họp."}, by=None)
    return send_edition(edition=edition, by=None)


@pytest.fixture
def objects(world: World) -> dict[str, Any]:
    return build_objects(world)


def address(name: str, arguments: list[Any], objects: dict[str, Any]) -> str:
    """Of a page in `rows`, about `objects`."""
    args = [objects[a].pk if a in objects else a for a in arguments]
    if arguments[1:] == ["history"]:
        args[1] = objects[arguments[0]].history.first().pk if hasattr(objects[arguments[0]], "history") else 1
    return reverse(name, args=args)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_each_role_as_the_table_says(role: str, world: World, objects: dict[str, Any]) -> None:
    client = Client()
    if role != "anonymous":
        client.force_login(world.users[role])
    found, expected = {}, {}
    for name, (arguments, statuses) in rows().items():
        expected[name] = statuses[ROLES.index(role)]
        found[name] = client.get(address(name, arguments, objects)).status_code
    assert found == expected


def test_no_write_reaches_another_units_row(world: World, objects: dict[str, Any], client: Client) -> None:
    sitting = Membership.objects.sitting().count()
    client.force_login(world.users["xa_khac"])
    for model in ("clubs_club", "clubs_person", "clubs_membership", "meetings_meeting", "steering_unit"):
        assert client.post(reverse(f"admin:{model}_change", args=[objects[model].pk]), {}).status_code == 404
    assert (
        client.post(reverse("admin:clubs_club_state", args=[objects["clubs_club"].pk, "dissolve"])).status_code == 404
    )
    assert (
        client.post(reverse("admin:meetings_meeting_attendance", args=[objects["meetings_meeting"].pk])).status_code
        == 404
    )
    assert Membership.objects.sitting().count() == sitting


def test_a_member_cannot_be_admitted_into_another_units_club(world: World, client: Client) -> None:
    foreign, mine = club(world.an_hiep), person(world.an_khanh)
    client.force_login(world.users["xa"])
    data = {"club": foreign.pk, "person": mine.pk, "sector": "other", "joined_on": "01/10/2026"}
    answer = client.post(reverse("admin:clubs_membership_add"), data)
    assert "club" in answer.context["adminform"].form.errors
    assert not Membership.objects.exists()


def test_a_person_cannot_be_moved_to_another_unit(world: World, client: Client) -> None:
    mine = person(world.an_khanh, "Lê Thị Hoa")
    client.force_login(world.users["xa"])
    data = {"kind": "individual", "full_name": "Lê Thị Hoa", "unit": world.an_hiep.pk}
    answer = client.post(reverse("admin:clubs_person_change", args=[mine.pk]), data)
    assert "unit" in answer.context["adminform"].form.errors
    mine.refresh_from_db()
    assert mine.unit == world.an_khanh


def test_an_ended_appointment_gives_no_access(world: World, client: Client) -> None:
    world.users["xa"].appointments.update(valid_until=date(2026, 10, 20))
    client.force_login(world.users["xa"])
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_officer_cannot_touch_a_superuser(world: World, client: Client) -> None:
    world.users["xa_khac"].is_superuser = True
    world.users["xa_khac"].save()
    client.force_login(world.users["tinh"])
    for page in ("admin:steering_user_change", "admin:auth_user_password_change"):
        assert client.get(reverse(page, args=[world.users["xa_khac"].pk])).status_code in (302, 403, 404)
