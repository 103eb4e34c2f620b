"""allauth's forms, saying of each empty field what to write there instead of that it is required.

Apart from forms.py, which allauth reads while these are still being made.
"""

from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.socialaccount import forms as social_forms
from allauth.socialaccount.models import SocialApp
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from post.choices import OPTIONAL_LETTERS

from .models import User
from .owners import active_owner_of, owner_of

MISSING = {
    "name": _("Write your name."),
    "agency": _("Choose the agency you work in."),
    "login": _("Write your email address."),
    "email": _("Write your email address."),
    "password": _("Write your password."),
    "oldpassword": _("Write the password you use now."),
    "password1": _("Choose a password."),
    "password2": _("Write the new password once more."),
    "code": _("Write the code."),
}


class SaysWhatIsMissing(forms.Form):
    """Mixed into a form whose fields are named as above; a field not named there keeps its own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = words
                if isinstance(self.fields[name], forms.ChoiceField):
                    self.fields[name].error_messages["invalid_choice"] = words


class LoginForm(SaysWhatIsMissing, allauth_forms.LoginForm):
    """Signing in."""


class _KnowsOwners(forms.Form):
    """Mixed into a form that makes an account: an address somebody else typed and never proved is still free."""

    account_already_exists = False

    def validate_unique_email(self, value: str) -> str:
        """allauth's hook; an address that is taken is answered by an e-mail, in the words of any other."""
        self.account_already_exists = owner_of(value) is not None
        return value


class SignupForm(_KnowsOwners, SaysWhatIsMissing, allauth_forms.SignupForm):
    """A new account, with the fields of `people.forms.SignupDetails`."""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """As allauth's, in the same time: the password is hashed, which takes longest, where nobody needs it too."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        tried: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return tried


class AddEmailForm(SaysWhatIsMissing, allauth_forms.AddEmailForm):
    """Another address."""


class ChangePasswordForm(SaysWhatIsMissing, allauth_forms.ChangePasswordForm):
    """Another password, by somebody who knows the one in use."""


class SetPasswordForm(SaysWhatIsMissing, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(SaysWhatIsMissing, allauth_forms.ResetPasswordForm):
    """Asking for a link to choose a new password."""

    def clean_email(self) -> str:
        """The letter goes to the address's owner (people/owners.py)."""
        email = str(super().clean_email())
        owner = active_owner_of(email)
        self.users = [owner] if owner else []
        return email


class ResetPasswordKeyForm(SaysWhatIsMissing, allauth_forms.ResetPasswordKeyForm):
    """A new password, by somebody who has that link."""


class ReauthenticateForm(SaysWhatIsMissing, allauth_forms.ReauthenticateForm):
    """The password once more, before something delicate."""


class RequestCodeForm(SaysWhatIsMissing, allauth_forms.RequestLoginCodeForm):
    """Asking for a code by mail instead of a password."""

    def clean_email(self) -> str:
        """The code is for the account of the address's owner (people/owners.py)."""
        email = str(super().clean_email())
        self._user = active_owner_of(email)
        return email


class ConfirmCodeForm(SaysWhatIsMissing, allauth_forms.ConfirmLoginCodeForm):
    """That code."""


class CodeForm(SaysWhatIsMissing, mfa_forms.AuthenticateForm):
    """The second step, by a code."""


class CodeAgainForm(SaysWhatIsMissing, mfa_forms.ReauthenticateForm):
    """The second step once more, before something delicate."""


class ActivateAppForm(SaysWhatIsMissing, ActivateTOTPForm):
    """The first code of an app that was just set up."""

    @property
    def grouped_secret(self) -> str:
        """The key in groups of four, as somebody types it; apps leave the blanks out."""
        return " ".join(self.secret[place : place + 4] for place in range(0, len(self.secret), 4))


class FirstOrganisationSignInForm(_KnowsOwners, SaysWhatIsMissing, social_forms.SignupForm):
    """The first sign-in through an organisation's service: name and agency; the address is the one it gave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True


class EndOrganisationSignInForm(social_forms.DisconnectForm):
    """Which organisation's service is to sign one in no more; one that is closed has nothing left to write about."""

    def save(self) -> None:
        try:
            super().save()
        except SocialApp.DoesNotExist:
            self.cleaned_data["account"].delete()


class OrganisationAddressForm(SaysWhatIsMissing, forms.Form):
    """Which organisation somebody works for, by the end of their address."""

    email = forms.EmailField(
        label=_("Your work email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class PreferencesForm(forms.ModelForm):
    """How the site speaks to a person."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Dates and times are shown in it."),
        error_messages={"invalid_choice": _("Choose one of these time zones.")},
    )

    class Meta:
        model = User
        fields = ("language", "time_zone")
        error_messages = {"language": {"invalid_choice": _("Choose one of these languages.")}}

    def __init__(self, *args: Any, letters: dict[str, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]  # type: ignore[attr-defined]
        self.fields["language"].label = _("Language of e-mails and certificates")
        for kind, wanted in letters.items():
            label = OPTIONAL_LETTERS[kind]
            self.fields[f"letter_{kind}"] = forms.BooleanField(label=label, required=False, initial=wanted)

    def wanted_letters(self) -> dict[str, bool]:
        """Which optional letters are wanted, by kind."""
        return {kind: bool(self.cleaned_data[f"letter_{kind}"]) for kind in OPTIONAL_LETTERS}
