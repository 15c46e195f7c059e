from steering.actions.accounts import appoint, end_appointment
from steering.actions.committees import end_seat, found_committee, save_seat, set_standing_agency
from steering.actions.decisions import record_decision
from steering.actions.save import delete_recorded, require, save_checked
from steering.actions.units import (
    close_unit,
    create_named_units,
    create_numbered_units,
    create_unit,
    rename_unit,
)

__all__ = [
    "appoint",
    "close_unit",
    "create_named_units",
    "create_numbered_units",
    "create_unit",
    "delete_recorded",
    "end_appointment",
    "end_seat",
    "found_committee",
    "record_decision",
    "rename_unit",
    "require",
    "save_checked",
    "save_seat",
    "set_standing_agency",
]
