"""Logging in, and choosing a password of one's own."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from steering.actions.accounts import set_password

RULE = _("Ít nhất 8 ký tự, không chỉ có số, không giống tên của anh, chị và không quá dễ đoán.")


class LogInForm(AuthenticationForm):
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại chữ hoa, chữ thường rồi gõ lại."),
    }


class FirstPasswordForm(SetPasswordForm):
    """Django's, in words of our own; it writes through the action."""

    error_messages = {"password_mismatch": _("Hai lần gõ chưa giống nhau. Gõ lại mật khẩu mới.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, first.help_text = _("Mật khẩu mới"), RULE
        again.label, again.help_text = _("Gõ lại mật khẩu mới"), ""

    def save(self, commit: bool = True) -> Any:
        return set_password(user=self.user, password=self.cleaned_data["new_password1"], by=self.user)


class ChangePasswordForm(PasswordChangeForm, FirstPasswordForm):
    error_messages = {
        **FirstPasswordForm.error_messages,
        "password_incorrect": _("Mật khẩu đang dùng chưa đúng. Gõ lại."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Mật khẩu đang dùng")
