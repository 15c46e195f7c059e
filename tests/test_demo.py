"""The demo province, built whole: the article's sentence comes out of the monthly report."""

from io import StringIO
from json import loads
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from clubs.models import Club, Membership, Proposal
from config.demo import LOGINS
from meetings.models import Material, Meeting, ProductionModel, Replication
from steering.models import Decision, Unit
from tests.conftest import TODAY


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_demo_says_53_clubs_has_everything_a_province_has_and_is_built_once(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.DEBUG, settings.MEDIA_ROOT = True, tmp_path
    said = run("demo")
    clubs = loads(run("monthly_report", f"{TODAY:%Y-%m}"))["clubs"]
    assert [clubs[name] for name in ("total", "district", "commune", "hamlet", "poor_people")] == [53, 11, 28, 7, 7]
    units = {kind: Unit.objects.filter(kind=kind).count() for kind in ("district", "commune", "hamlet", "group")}
    assert (units["district"], units["commune"]) == (9, 148)
    assert 900 < units["hamlet"] < 1200
    assert 9000 < units["group"] < 12000
    assert set(Meeting.objects.values_list("state", flat=True)) >= {"planned", "held", "did_not_meet"}
    assert Meeting.objects.filter(is_override=True).count() == 1
    assert Club.objects.without_chair().exists()
    states = Club.objects.filter(status__in=["planned", "dissolved", "merged"]).values_list("status", flat=True)
    assert sorted(states) == ["dissolved", "merged", "planned"]
    assert Proposal.objects.get().club.status == "planned"
    assert Decision.objects.exclude(file="").get().file.read().startswith(b"%PDF-")
    assert Membership.objects.filter(person__kind="collective").exists()
    assert (ProductionModel.objects.count(), Replication.objects.count(), Material.objects.count()) == (8, 21, 6)
    assert ProductionModel.objects.exclude(meeting=None).count() == 6
    assert all(authenticate(username=name, password="giamngheo") for name in LOGINS)
    assert all(name in said for name in LOGINS)
    before = Meeting.objects.count()
    run("demo")
    assert Meeting.objects.count() == before


def test_the_demo_is_for_a_trial_only(db: None) -> None:
    with pytest.raises(CommandError) as refusal:
        run("demo")
    assert str(refusal.value) == "Dữ liệu mẫu chỉ dùng để xem thử, không dựng trên hệ thống thật."
    assert not Unit.objects.exists()
