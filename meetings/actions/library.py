"""Production models and where they were taken over (R13); policies and guides to read."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.tallies import recount
from meetings.models import Material, MeetingState, ProductionModel, Replication
from meetings.tallies import MODELS
from steering.actions import delete_recorded, save_checked
from steering.models import User
from steering.text import clean_lines

WEB = ("https://", "http://")


@transaction.atomic
def introduce_model(*, model: ProductionModel, by: User | None) -> ProductionModel:
    """Keep a new production model, an unsaved row.

    Where a meeting introduced it, its day is the meeting's and may be left empty. Raises ValidationError: a meeting that
    was not held, another day than the meeting's, a day to come, no day.
    """
    settle_introduction(model)
    save_checked(model, by=by)
    recount(model.unit, book=MODELS)
    return model


@transaction.atomic
def change_model(*, model: ProductionModel, by: User | None) -> ProductionModel:
    """Save changed facts of a production model. Raises as `introduce_model`, and for a day after its first replication."""
    before = lock_model(model)
    settle_introduction(model)
    first = model.replications.aggregate(first=Min("started_on"))["first"]
    if first and model.introduced_on and first < model.introduced_on:
        raise ValidationError(
            {
                "introduced_on": _("Đã có nơi nhân rộng từ %(day)s. Ngày giới thiệu không thể sau ngày đó.")
                % {"day": f"{first:%d/%m/%Y}"}
            }
        )
    save_checked(model, by=by)
    recount(before.unit, model.unit, book=MODELS)
    return model


def settle_introduction(model: ProductionModel) -> None:
    model.description, model.result = clean_lines(model.description), clean_lines(model.result)
    meeting = model.meeting
    if meeting is not None and meeting.state != MeetingState.HELD:
        raise ValidationError({"meeting": _("Kỳ sinh hoạt này chưa họp. Chọn kỳ đã họp, hoặc để trống.")})
    if meeting is not None and model.introduced_on not in (None, meeting.day):
        raise ValidationError(
            {
                "introduced_on": _("Kỳ sinh hoạt đã chọn họp ngày %(day)s. Ghi đúng ngày đó, hoặc để trống.")
                % {"day": f"{meeting.day:%d/%m/%Y}"}
            }
        )
    if meeting is not None:
        model.introduced_on = meeting.day
    if model.introduced_on is None:
        raise ValidationError({"introduced_on": _("Ghi ngày giới thiệu, hoặc chọn kỳ sinh hoạt đã giới thiệu.")})
    if model.introduced_on > timezone.localdate():
        raise ValidationError({"introduced_on": _("Ngày giới thiệu chưa tới. Ghi ngày đã giới thiệu.")})


def lock_model(model: ProductionModel) -> ProductionModel:
    return ProductionModel.objects.select_for_update().get(pk=model.pk)


@transaction.atomic
def record_replication(*, replication: Replication, by: User | None) -> Replication:
    """Record that a place took a model over, an unsaved row; counted in the report of its day.

    Raises ValidationError: before the model was introduced, a day to come, the same place and day twice, no household.
    """
    check_replication(replication)
    save_checked(replication, by=by)
    recount(replication.unit, book=MODELS)
    return replication


@transaction.atomic
def change_replication(*, replication: Replication, by: User | None) -> Replication:
    """Save a corrected replication. Raises as `record_replication`."""
    check_replication(replication)
    before = Replication.objects.select_for_update().get(pk=replication.pk)
    save_checked(replication, by=by)
    recount(before.unit, replication.unit, book=MODELS)
    return replication


def check_replication(replication: Replication) -> None:
    replication.result = clean_lines(replication.result)
    model, day = lock_model(replication.model), replication.started_on
    if day and day > timezone.localdate():
        raise ValidationError({"started_on": _("Ngày này chưa tới. Ghi khi đã bắt đầu làm.")})
    if day and day < model.introduced_on:
        raise ValidationError(
            {
                "started_on": _("Mô hình được giới thiệu ngày %(day)s. Nhân rộng từ ngày đó trở đi.")
                % {"day": f"{model.introduced_on:%d/%m/%Y}"}
            }
        )


@transaction.atomic
def drop_replication(*, replication: Replication, by: User | None) -> None:
    """Take off a replication that was recorded by mistake; the history keeps it."""
    delete_recorded(replication, by=by)
    recount(replication.unit, book=MODELS)


@transaction.atomic
def keep_material(*, material: Material, by: User | None) -> Material:
    """Keep a new policy or guide, an unsaved row, or save a changed one.

    Raises ValidationError: an address that is not of the web, a file of another kind, days out of order.
    """
    material.summary = clean_lines(material.summary)
    if material.link and not material.link.lower().startswith(WEB):
        raise ValidationError({"link": _("Địa chỉ phải bắt đầu bằng https:// hoặc http://. Chép lại từ trình duyệt.")})
    return save_checked(material, by=by)


@transaction.atomic
def withdraw_material(*, material: Material, on: date, by: User | None) -> Material:
    """End a material on `on`, the first day no longer in force. Raises ValidationError: it has an end already."""
    if material.valid_until is not None:
        raise ValidationError(
            _("Tài liệu này đã ghi hết hiệu lực từ %(day)s. Muốn đổi ngày thì sửa tài liệu.")
            % {"day": f"{material.valid_until:%d/%m/%Y}"}
        )
    material.valid_until = on
    return save_checked(material, by=by)
