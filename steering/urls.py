from django.http import HttpResponse
from django.urls import path

later = HttpResponse
urlpatterns = [
    path("don-vi/", later, name="units"),
    path("don-vi/<int:pk>/", later, name="unit"),
    path("ban-chi-dao/", later, name="committees"),
    path("ban-chi-dao/<int:pk>/", later, name="committee"),
    path("quyet-dinh/<int:pk>/", later, name="decision"),
    path("tai-khoan/", later, name="accounts"),
]
