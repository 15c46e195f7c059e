"""What happened to a production model and to its replications: one line a change, newest first."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clubs.journal import Entry
from meetings.models import ProductionModel, Replication


def model_journal(model: ProductionModel, most: int) -> list[Entry]:
    """The latest `most` changes, in two queries."""
    own = model.history.select_related("history_user").order_by("-history_id")[:most]
    replications = Replication.history.filter(model=model.pk).select_related("history_user", "unit")
    rows = [*own, *replications.order_by("-history_id")[:most]]
    rows.sort(key=lambda row: row.history_date, reverse=True)
    return [Entry(row.history_date, str(row.history_user or ""), sentence(row)) for row in rows[:most]]


def sentence(row: Any) -> str:
    """ "Ghi nhân rộng tại xã Tân Phú, 12 hộ"."""
    is_new, is_gone = row.history_type == "+", row.history_type == "-"
    if row.instance_type is ProductionModel:
        return pgettext("done", "Ghi mô hình") if is_new else _("Sửa thông tin mô hình")
    words = {"unit": row.unit.in_sentence, "n": row.households}
    if is_gone:
        return _("Bỏ lần nhân rộng tại %(unit)s, %(n)d hộ") % words
    if is_new:
        return _("Ghi nhân rộng tại %(unit)s, %(n)d hộ") % words
    return _("Sửa lần nhân rộng tại %(unit)s, %(n)d hộ") % words
