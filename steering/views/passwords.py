"""Logging in, and one's own password. Django's views, in our look; failed logins are counted by django-axes."""

from typing import Any

from django.contrib.auth import views
from django.contrib.messages.views import SuccessMessageMixin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from steering.actions.accounts import LINK_DAYS
from steering.password_forms import ChangePasswordForm, FirstPasswordForm, LogInForm


class LogIn(views.LoginView):
    authentication_form = LogInForm
    redirect_authenticated_user = True


class ChangePassword(SuccessMessageMixin, views.PasswordChangeView):
    form_class = ChangePasswordForm
    success_url = reverse_lazy("home")
    success_message = gettext_lazy("Đã đổi mật khẩu. Các máy khác đang mở bị đăng xuất.")


class SetPassword(views.PasswordResetConfirmView):
    """The page behind a link: whoever sets the password is logged in at once."""

    form_class = FirstPasswordForm
    template_name = "registration/password_set.html"
    success_url = reverse_lazy("home")
    post_reset_login = True
    post_reset_login_backend = "steering.access.AppointmentBackend"

    def get_user(self, uidb64: str) -> Any:
        """Nobody, too, where the account was closed meanwhile."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"owner": self.user, "days": LINK_DAYS}
