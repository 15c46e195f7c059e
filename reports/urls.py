from django.urls import path

from reports.views import console, editions, locks, plans, public, reports
from reports.views.home import home
from reports.views.todo import todo

urlpatterns = [
    path("", home, name="home"),
    path("viec-can-lam/", todo, name="todo"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<int:pk>/<slug:key>/", reports.report, name="report"),
    path("bao-cao/<int:pk>/<slug:key>/tai-ve.<slug:kind>", reports.report_file, name="report_file"),
    path("bao-cao/theo-doi/", console.own_console, name="own_console"),
    path("bao-cao/<int:pk>/<slug:key>/theo-doi/", console.console, name="console"),
    path("bao-cao/<int:pk>/<slug:key>/nhac/", console.remind, name="remind"),
    path("bao-cao/<int:pk>/<slug:key>/khoa/", locks.close, name="period_close"),
    path("ky-da-khoa/<int:pk>/mo-khoa/", locks.reopen, name="period_reopen"),
    path("ky-da-khoa/<int:pk>/mo-rieng/", locks.except_club, name="period_except"),
    path("bao-cao/<int:pk>/<slug:key>/viet/", editions.write, name="edition_write"),
    path("ban-bao-cao/", editions.editions, name="editions"),
    path("ban-bao-cao/<int:pk>/", editions.edition, name="edition"),
    path("ban-bao-cao/<int:pk>/tai-ve.<slug:kind>", editions.edition_file, name="edition_file"),
    path("ban-bao-cao/<int:pk>/<slug:verb>/", editions.edition_state, name="edition_state"),
    path("cong-khai/", public.clubs, name="public_clubs"),
    path("cong-khai/thong-ke/", public.numbers, name="public_statistics"),
    path("cong-khai/cau-lac-bo/<int:pk>/", public.club, name="public_club"),
    path("cong-khai/cau-lac-bo/<int:pk>/quy-che/", public.regulation, name="public_regulation"),
    path("cong-khai/cau-lac-bo/<int:pk>/lich.ics", public.calendar, name="public_calendar"),
    path("ke-hoach/<int:pk>/<int:year>/", plans.plan, name="plan"),
    path("ke-hoach/<int:pk>/<int:year>/sua/", plans.plan_change, name="plan_change"),
]
