"""Every address of the site. Each page asks for a login unless it says otherwise."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

urlpatterns = [
    path("dang-nhap/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("dang-xuat/", auth.LogoutView.as_view(), name="logout"),
    path("nhap-lieu/", admin.site.urls),
    path("", include("reports.urls")),
]
