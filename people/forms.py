"""What we ask at sign-up besides the address and a password."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .choices import Agency
from .models import User
from .names import LONGEST_NAME, TOO_LONG, one_line


class SignupDetails(forms.Form):
    """Name and agency; the language is the one the page was read in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": TOO_LONG},
    )
    # Nothing is chosen beforehand: counts by agency would fill with whatever stood first.
    agency = forms.ChoiceField(
        label=_("Which agency do you work in?"), choices=[("", _("Choose your agency")), *Agency.choices]
    )

    field_order = ["name", "email", "agency", "password1"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name, user.agency = self.cleaned_data["name"], self.cleaned_data["agency"]
        user.language = get_language() or "en"
        user.save(update_fields=["name", "agency", "language"])
