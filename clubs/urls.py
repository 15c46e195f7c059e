from django.urls import path

from clubs.views import accounts, appointments, committees, decisions, founding, members

urlpatterns = [
    path("ban-chi-dao/", committees.committees, name="committees"),
    path("ban-chi-dao/<int:pk>/", committees.committee, name="committee"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh/<int:pk>/ban-ky/", decisions.paper, name="decision_file"),
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
    path("tai-khoan/", accounts.accounts, name="accounts"),
    path("tai-khoan/moi/", appointments.invite, name="account_invite"),
    path("tai-khoan/moi/<slug:role>/", appointments.invite_as, name="account_invite_as"),
    path("tai-khoan/<int:pk>/", accounts.account, name="account"),
    path("tai-khoan/<int:pk>/sua/", accounts.change, name="account_change"),
    path("tai-khoan/<int:pk>/mat-khau/", accounts.new_password, name="account_password"),
    path("tai-khoan/<int:pk>/tinh-trang/<slug:verb>/", accounts.state, name="account_state"),
    path("tai-khoan/<int:pk>/phan-cong/", appointments.appoint_user, name="account_appoint"),
    path("tai-khoan/<int:pk>/phan-cong/<slug:role>/", appointments.appoint_as, name="account_appoint_as"),
    path("phan-cong/<int:pk>/ket-thuc/", appointments.end, name="appointment_end"),
    path("cau-lac-bo/<int:pk>/thu-ky/", appointments.secretaries, name="club_secretaries"),
    path("cau-lac-bo/<int:pk>/thu-ky/phan-cong/", appointments.appoint_existing, name="club_secretary_appoint"),
]
