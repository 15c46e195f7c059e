from django.urls import path

from meetings.views import calendar, clubs, invitations, meetings, planning, records, units

urlpatterns = [
    path("don-vi/<int:pk>/", units.unit, name="unit"),
    path("don-vi/<int:pk>/dang-cai/", units.hosted, name="unit_hosted"),
    path("don-vi/<int:pk>/ket-thuc/", units.close, name="unit_close"),
    path("cau-lac-bo/", clubs.clubs, name="clubs"),
    path("cau-lac-bo/tai-ve.xlsx", clubs.clubs_file, name="clubs_file"),
    path("cau-lac-bo/<int:pk>/", clubs.club, name="club"),
    path("cau-lac-bo/<int:pk>/nhat-ky/", clubs.club_journal, name="club_journal"),
    path("cau-lac-bo/<int:pk>/len-lich/", planning.plan, name="club_plan"),
    path("cau-lac-bo/<int:pk>/len-lich/mot-ky/", planning.plan_one, name="meeting_plan"),
    path("sinh-hoat/", meetings.meetings, name="meetings"),
    path("sinh-hoat/lich/", calendar.calendar, name="calendar"),
    path("sinh-hoat/lich/<slug:month>/", calendar.calendar, name="calendar"),
    path("sinh-hoat/<int:pk>/", meetings.meeting, name="meeting"),
    path("sinh-hoat/<int:pk>/moi-hop/", invitations.invitation, name="meeting_invitation"),
    path("sinh-hoat/<int:pk>/van-ban/<slug:kind>.docx", invitations.meeting_document, name="meeting_document"),
    path("sinh-hoat/<int:pk>/lich.ics", invitations.meeting_ics, name="meeting_ics"),
    path("sinh-hoat/<int:pk>/doi-ngay/", planning.move, name="meeting_move"),
    path("sinh-hoat/<int:pk>/doi-noi/", planning.host, name="meeting_host"),
    path("sinh-hoat/<int:pk>/tinh-trang/<slug:verb>/", planning.state, name="meeting_state"),
    path("sinh-hoat/<int:pk>/khach-moi/", records.guests, name="meeting_guests"),
    path("sinh-hoat/<int:pk>/noi-dung/", records.topics, name="meeting_topics"),
    path("sinh-hoat/<int:pk>/dien-bien/", records.notes, name="meeting_notes"),
    path("sinh-hoat/<int:pk>/diem-danh/", records.attendance, name="attendance"),
]
