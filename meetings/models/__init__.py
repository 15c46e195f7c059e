from meetings.models.meetings import Channel, Meeting, MeetingForm, MeetingState
from meetings.models.records import Attendance, AttendanceStatus, Invitation, PolicyArea, Topic

__all__ = [
    "Attendance",
    "AttendanceStatus",
    "Channel",
    "Invitation",
    "Meeting",
    "MeetingForm",
    "MeetingState",
    "PolicyArea",
    "Topic",
]
