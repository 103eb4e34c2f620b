"""allauth's forms, saying of each empty field what to write there instead of that it is required.

Apart from forms.py, which allauth reads while these are still being made.
"""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

MISSING = {
    "name": _("Write your name."),
    "agency": _("Choose the agency you work in."),
    "login": _("Write your email address."),
    "email": _("Write your email address."),
    "password": _("Write your password."),
    "oldpassword": _("Write the password you use now."),
    "password1": _("Choose a password."),
    "password2": _("Write the new password once more."),
}


class SaysWhatIsMissing(forms.Form):
    """Mixed into a form whose fields are named as above; a field not named there keeps its own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = words


class LoginForm(SaysWhatIsMissing, allauth_forms.LoginForm):
    """Signing in."""


class SignupForm(SaysWhatIsMissing, allauth_forms.SignupForm):
    """A new account, with the fields of `people.forms.SignupDetails`."""


class AddEmailForm(SaysWhatIsMissing, allauth_forms.AddEmailForm):
    """Another address."""


class ChangePasswordForm(SaysWhatIsMissing, allauth_forms.ChangePasswordForm):
    """Another password, by somebody who knows the one in use."""


class SetPasswordForm(SaysWhatIsMissing, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(SaysWhatIsMissing, allauth_forms.ResetPasswordForm):
    """Asking for a link to choose a new password."""


class ResetPasswordKeyForm(SaysWhatIsMissing, allauth_forms.ResetPasswordKeyForm):
    """A new password, by somebody who has that link."""


class ReauthenticateForm(SaysWhatIsMissing, allauth_forms.ReauthenticateForm):
    """The password once more, before something delicate."""
