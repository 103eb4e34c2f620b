"""Correcting what the site knows of a person, and closing an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.names import TOO_LONG, one_line

CLOSE, ERASE = "close", "erase"


class DetailsForm(forms.ModelForm):
    """What a person may put right by themselves. Address, language and time zone have pages of their own."""

    class Meta:
        model = User
        fields = ("name", "certificate_name", "agency")
        labels = {
            "name": _("Your name"),
            "certificate_name": _("Name on certificates"),
            "agency": _("Which agency do you work in?"),
        }
        error_messages = {
            "name": {"required": _("Write your name."), "max_length": TOO_LONG},
            "certificate_name": {"max_length": TOO_LONG},
            "agency": {
                "required": _("Choose the agency you work in."),
                "invalid_choice": _("Choose the agency you work in."),
            },
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_certificate_name(self) -> str:
        name = self.cleaned_data["certificate_name"]
        return one_line(name) if name.strip() else ""


class CloseForm(forms.Form):
    """What is to happen, and proof that it is meant: the password, or a typed word where there is none."""

    what = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        choices=[
            (CLOSE, _("Close my account: nobody can sign in to it; my records stay as long as the privacy page says")),
            (ERASE, _("Close my account and erase my data now")),
        ],
        error_messages={
            "required": _("Choose what should happen."),
            "invalid_choice": _("Choose what should happen."),
        },
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )
    word = forms.CharField(
        label=_("Type the word “close”"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the word “close”.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        del self.fields["word" if person.has_usable_password() else "password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip().lower()
        if word not in {"close", _now("close")}:
            raise forms.ValidationError(_("Type the word “close”."))
        return word
