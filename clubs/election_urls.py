from django.urls import path

from clubs.views import counting, elections, regulations

urlpatterns = [
    path("cau-lac-bo/<int:pk>/quy-che/", regulations.regulations, name="club_regulation"),
    path("cau-lac-bo/<int:pk>/quy-che/thong-qua/", regulations.adopt, name="regulation_adopt"),
    path("quy-che/<int:pk>/", regulations.regulation, name="regulation"),
    path("quy-che/<int:pk>/so-sanh/", regulations.comparison, name="regulation_comparison"),
    path("quy-che/<int:pk>/ban-ky/", regulations.signed, name="regulation_file"),
    path("cau-lac-bo/<int:pk>/bau-cu/", elections.elections, name="club_elections"),
    path("cau-lac-bo/<int:pk>/bau-cu/mo/", elections.call, name="election_call"),
    path("bau-cu/<int:pk>/", elections.election, name="election"),
    path("bau-cu/<int:pk>/sua/", elections.change, name="election_change"),
    path("bau-cu/<int:pk>/huy/", elections.call_off, name="election_call_off"),
    path("bau-cu/<int:pk>/van-ban/<slug:kind>.docx", elections.paper, name="election_document"),
    path("bau-cu/<int:pk>/luot/<int:number>/ung-cu/", elections.candidates, name="contest_candidates"),
    path("bau-cu/<int:pk>/co-mat/", counting.presence, name="election_presence"),
    path("bau-cu/<int:pk>/luot/<int:number>/kiem-phieu/", counting.count, name="contest_count"),
    path("bau-cu/<int:pk>/luot/<int:number>/vong-sau/", counting.next_round, name="contest_next_round"),
    path("bau-cu/<int:pk>/luot/<int:number>/bo/", counting.drop, name="contest_drop"),
    path("bau-cu/<int:pk>/ket-luan/", counting.conclude, name="election_conclude"),
]
