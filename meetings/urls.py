from django.urls import path

from meetings.views import clubs

urlpatterns = [
    path("cau-lac-bo/", clubs.clubs, name="clubs"),
    path("cau-lac-bo/tai-ve.xlsx", clubs.clubs_file, name="clubs_file"),
    path("cau-lac-bo/<int:pk>/", clubs.club, name="club"),
    path("cau-lac-bo/<int:pk>/nhat-ky/", clubs.club_journal, name="club_journal"),
]
