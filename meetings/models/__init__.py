from meetings.models.meetings import Meeting, MeetingForm, MeetingState
from meetings.models.records import Attendance, AttendanceStatus, Invitation, PolicyArea, Topic

__all__ = [
    "Attendance",
    "AttendanceStatus",
    "Invitation",
    "Meeting",
    "MeetingForm",
    "MeetingState",
    "PolicyArea",
    "Topic",
]
