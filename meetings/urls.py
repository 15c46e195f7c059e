from django.urls import path

from meetings.views import clubs, units

urlpatterns = [
    path("don-vi/<int:pk>/", units.unit, name="unit"),
    path("don-vi/<int:pk>/dang-cai/", units.hosted, name="unit_hosted"),
    path("don-vi/<int:pk>/ket-thuc/", units.close, name="unit_close"),
    path("cau-lac-bo/", clubs.clubs, name="clubs"),
    path("cau-lac-bo/tai-ve.xlsx", clubs.clubs_file, name="clubs_file"),
    path("cau-lac-bo/<int:pk>/", clubs.club, name="club"),
    path("cau-lac-bo/<int:pk>/nhat-ky/", clubs.club_journal, name="club_journal"),
]
