from django.urls import path

from steering.views import committees, decisions, units

urlpatterns = [
    path("don-vi/", units.units, name="units"),
    path("don-vi/<int:pk>/lap/", units.add, name="unit_add"),
    path("don-vi/<int:pk>/lap-hang-loat/", units.add_many, name="unit_add_many"),
    path("don-vi/<int:pk>/doi-ten/", units.rename, name="unit_rename"),
    path("ban-chi-dao/lap/", committees.found, name="committee_found"),
    path("ban-chi-dao/<int:pk>/them-thanh-vien/", committees.add_seat, name="seat_add"),
    path("ban-chi-dao/<int:pk>/co-quan-thuong-truc/", committees.agency, name="committee_agency"),
    path("nhiem-ky/<int:pk>/sua/", committees.change_seat, name="seat_change"),
    path("nhiem-ky/<int:pk>/ket-thuc/", committees.seat_end, name="seat_end"),
    path("quyet-dinh/<int:pk>/ghi-so/", decisions.record, name="decision_record"),
]
