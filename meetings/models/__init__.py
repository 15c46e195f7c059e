from meetings.models.agenda import AgendaItem, AgendaTemplate, AgendaTemplateItem
from meetings.models.areas import PolicyArea
from meetings.models.library import Material, MaterialKind, ModelSector, ProductionModel, Replication
from meetings.models.locks import ClosedDuty
from meetings.models.meetings import Channel, Meeting, MeetingForm, MeetingState
from meetings.models.messages import CalendarFeed, Reminder
from meetings.models.minutes import Minutes, MinutesState
from meetings.models.opinions import Opinion, OpinionState
from meetings.models.records import Attendance, AttendanceStatus, Guest
from meetings.models.tallies import MeetingTally
from meetings.models.turns import DeclinedTurn

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Attendance",
    "AttendanceStatus",
    "CalendarFeed",
    "Channel",
    "ClosedDuty",
    "DeclinedTurn",
    "Guest",
    "Material",
    "MaterialKind",
    "Meeting",
    "MeetingForm",
    "MeetingState",
    "MeetingTally",
    "Minutes",
    "MinutesState",
    "ModelSector",
    "Opinion",
    "OpinionState",
    "PolicyArea",
    "ProductionModel",
    "Reminder",
    "Replication",
]
