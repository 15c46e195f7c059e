from reports.models.editions import FROZEN, OPEN, REPORTING_KINDS, SECTIONS, Edition, EditionState
from reports.models.plans import PLANNING_KINDS, ExpansionPlan
from reports.models.recipients import Recipient
from reports.models.reminders import ReminderChannel, UnitReminder

__all__ = [
    "FROZEN",
    "OPEN",
    "PLANNING_KINDS",
    "REPORTING_KINDS",
    "SECTIONS",
    "Edition",
    "EditionState",
    "ExpansionPlan",
    "Recipient",
    "ReminderChannel",
    "UnitReminder",
]
