"""Writing, sending, receiving, returning and correcting the report of a unit and a period."""

import json
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import FROZEN, OPEN, REPORTING_KINDS, SECTIONS, Edition, EditionState
from reports.rollup import rollup
from steering.actions import save_checked
from steering.calendar import reporting_calendar
from steering.language import on_record
from steering.models import Unit, User
from steering.periods import Period
from steering.text import clean_lines


@transaction.atomic
def write_edition(*, unit: Unit, period: Period, texts: Mapping[str, str], by: User | None) -> Edition:
    """Keep the five sections of text (`SECTIONS`) of a report that is not sent; the first time begins its draft.

    Raises ValidationError: a unit that does not report, a period not begun, a report that was sent already.
    """
    lock_unit(unit)
    if unit.kind not in REPORTING_KINDS:
        raise ValidationError(_("Báo cáo lập ở tỉnh, huyện hoặc xã. Chọn một đơn vị như vậy."))
    if period.first_day > timezone.localdate():
        raise ValidationError(_("Kỳ này chưa bắt đầu. Chọn kỳ đã bắt đầu."))
    edition = newest(unit, period.key) or Edition(unit=unit, period_key=period.key)
    check_state(edition, OPEN, _("Báo cáo này đã gửi, không sửa được. Muốn sửa, lập bản đính chính."))
    for section in SECTIONS:
        setattr(edition, section, clean_lines(texts.get(section, "")))
    return save_checked(edition, by=by)


def lock_unit(unit: Unit) -> None:
    """Two at once make one draft, and send once."""
    Unit.objects.select_for_update().get(pk=unit.pk)


def newest(unit: Unit, period_key: str) -> Edition | None:
    return Edition.objects.filter(unit=unit, period_key=period_key).order_by("-version").first()


def check_state(edition: Edition, allowed: tuple[EditionState, ...], sentence: str) -> None:
    if edition.state not in allowed:
        raise ValidationError(sentence)


def again(edition: Edition) -> Edition:
    """The edition as it is now, its unit locked."""
    lock_unit(edition.unit)
    return Edition.objects.select_related("unit").get(pk=edition.pk)


@transaction.atomic
def send_edition(*, edition: Edition, by: User | None) -> Edition:
    """Freeze the figures as they are now and send the report upward.

    Raises ValidationError: sent already, the period still runs, no results written.
    """
    edition = again(edition)
    check_state(edition, OPEN, _("Báo cáo này đã gửi rồi. Muốn sửa, lập bản đính chính."))
    period = reporting_calendar().parse(edition.period_key)
    if period.last_day >= timezone.localdate():
        raise ValidationError(
            _("Kỳ này đến hết ngày %(day)s mới kết thúc. Gửi báo cáo sau ngày đó.")
            % {"day": f"{period.last_day:%d/%m/%Y}"}
        )
    if not edition.results:
        raise ValidationError(_("Chưa viết phần II. Kết quả. Viết phần này rồi gửi."))
    with on_record():
        found = rollup(edition.unit, period)
        edition.figures = json.loads(json.dumps(found.figures.as_dict(), cls=DjangoJSONEncoder))
        edition.missing = [str(unit) for unit in found.missing]
    edition.state, edition.sent_at, edition.sent_by = EditionState.SENT, timezone.now(), by
    return save_checked(edition, by=by)


def require_above(edition: Edition, by: User | None) -> None:
    """A report is received and returned by the unit above, never by the one that sent it. Raises PermissionDenied."""
    above = edition.unit.parent
    if by is not None and (above is None or not by.has_perm("reports.change_edition", above)):
        raise PermissionDenied(_("Báo cáo do đơn vị cấp trên nhận hoặc trả lại."))


@transaction.atomic
def receive_edition(*, edition: Edition, by: User | None) -> Edition:
    edition = again(edition)
    require_above(edition, by)
    check_state(edition, (EditionState.SENT,), _("Chỉ nhận được báo cáo đã gửi và chưa nhận."))
    edition.state, edition.received_at = EditionState.RECEIVED, timezone.now()
    return save_checked(edition, by=by)


@transaction.atomic
def return_edition(*, edition: Edition, reason: str, by: User | None) -> Edition:
    """Give a sent report back to be mended, for a reason; its figures are taken anew when it is sent again."""
    edition = again(edition)
    require_above(edition, by)
    check_state(edition, (EditionState.SENT,), _("Chỉ trả lại được báo cáo đã gửi và chưa nhận."))
    edition.state, edition.return_reason = EditionState.RETURNED, reason
    return save_checked(edition, by=by)


@transaction.atomic
def correct_edition(*, edition: Edition, reason: str, by: User | None) -> Edition:
    """Begin the next version of a report that was sent, from its words; what was sent stays as it was."""
    edition = again(edition)
    check_state(edition, FROZEN, _("Bản này chưa gửi, sửa thẳng trên bản này."))
    last = newest(edition.unit, edition.period_key)
    if last is None or last.pk != edition.pk:
        raise ValidationError(_("Đã có bản mới hơn của báo cáo này. Mở bản mới nhất."))
    words = {section: getattr(edition, section) for section in SECTIONS}
    facts = {"unit": edition.unit, "period_key": edition.period_key, "version": edition.version + 1}
    return save_checked(Edition(**facts, **words, correction_reason=reason), by=by)
