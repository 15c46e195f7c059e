from django.urls import path

from clubs.views import committees, decisions, founding, members

urlpatterns = [
    path("ban-chi-dao/", committees.committees, name="committees"),
    path("ban-chi-dao/<int:pk>/", committees.committee, name="committee"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("cau-lac-bo/thanh-lap/", founding.found, name="club_found"),
    path("cau-lac-bo/<int:pk>/sua/", founding.change, name="club_change"),
    path("cau-lac-bo/<int:pk>/dia-ban/", founding.coverage, name="club_coverage"),
    path("cau-lac-bo/<int:pk>/tinh-trang/<slug:verb>/", founding.state, name="club_state"),
    path("cau-lac-bo/<int:pk>/ket-nap/", members.admit, name="club_admit"),
    path("cau-lac-bo/<int:pk>/ban-chu-nhiem/", members.appoint, name="club_appoint"),
    path("thanh-vien/<int:pk>/", members.member, name="member"),
    path("thanh-vien/<int:pk>/sua/", members.change_person, name="member_change"),
    path("thanh-vien/<int:pk>/roi/", members.leave, name="member_leave"),
    path("chuc-danh/<int:pk>/ket-thuc/", members.end, name="office_end"),
]
