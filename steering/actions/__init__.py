from steering.actions.accounts import appoint, end_appointment
from steering.actions.save import require, save_checked
from steering.actions.units import close_unit, create_numbered_units, create_unit, rename_unit

__all__ = [
    "appoint",
    "close_unit",
    "create_numbered_units",
    "create_unit",
    "end_appointment",
    "rename_unit",
    "require",
    "save_checked",
]
