"""Every address of the site. Each page asks for a login unless it says otherwise."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config.views import set_theme
from meetings.views.search import search
from steering.views import passwords

urlpatterns = [
    path("dang-nhap/", passwords.LogIn.as_view(), name="login"),
    path("dang-xuat/", auth.LogoutView.as_view(), name="logout"),
    path("doi-mat-khau/", passwords.ChangePassword.as_view(), name="password_change"),
    path("dat-mat-khau/<uidb64>/<token>/", passwords.SetPassword.as_view(), name="password_set"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("giao-dien/", set_theme, name="set_theme"),
    path("nhap-lieu/", admin.site.urls),
    path("", include("reports.urls")),
    path("", include("meetings.urls")),
    path("", include("clubs.urls")),
    path("", include("steering.urls")),
    path("tim/", search, name="search"),
]
