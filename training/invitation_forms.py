"""Making an invitation: a link that several may use, or a letter to one address."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from toolkit.addresses import require_plain

from enrolments.invitations import new_token
from enrolments.models import Cohort
from people.models import known_domains
from people.names import LONGEST_NAME, TOO_LONG, one_line

USUAL_DAYS, MOST_DAYS = 30, 366
USUAL_USES, MOST_USES = 20, 1000
FORM_HOURS = 12
_SALT = "training.invitation"


def sealed_token(token: str) -> str:
    """What tells one form of an invitation from another; its link's secret is drawn from it once it is sent."""
    return signing.dumps(token, salt=_SALT)


def opened_token(sealed: str) -> str:
    """The same back. Raises signing.BadSignature if the form is not ours, or older than half a day."""
    return str(signing.loads(sealed, salt=_SALT, max_age=FORM_HOURS * 3600))


class InvitationForm(forms.Form):
    """What every invitation says: into which cohort, and until when."""

    sealed = forms.CharField(widget=forms.HiddenInput, required=False)
    cohort = forms.ChoiceField(
        label=_("Into which cohort?"),
        error_messages={
            "required": _("Choose a cohort."),
            "invalid_choice": _("This cohort is not offered any more, or is over. Choose one of these."),
        },
    )
    until = forms.DateField(
        label=_("Works until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give a day."), "invalid": _("Give a day, such as 2026-11-26.")},
    )

    def __init__(self, data: Any = None, *, cohorts: dict[str, tuple[Cohort, str]], today: date) -> None:
        super().__init__(
            data, initial={"until": today + timedelta(days=USUAL_DAYS), "sealed": sealed_token(new_token())}
        )
        self.cohorts, self.today = {key: cohort for key, (cohort, _words) in cohorts.items()}, today
        choices = [(key, words) for key, (_cohort, words) in cohorts.items()]
        self.fields["cohort"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["cohort"] = choices[0][0]

    def clean_sealed(self) -> str:
        """What was drawn for this form. One that lay too long is sent again with a fresh one."""
        try:
            return opened_token(self.cleaned_data["sealed"])
        except signing.BadSignature as old:
            self.data = {**self.data.dict(), "sealed": sealed_token(new_token())}  # type: ignore[attr-defined]
            raise forms.ValidationError(_("This form lay open too long. Send it again.")) from old

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("That day is over. Give today or a later one."))
        if (until - self.today).days > MOST_DAYS:
            raise forms.ValidationError(_("A link works for twelve months at most. Give an earlier day."))
        return until

    def clean_cohort(self) -> Cohort:
        return self.cohorts[self.cleaned_data["cohort"]]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        cohort, until = found.get("cohort"), found.get("until")
        if cohort and until and cohort.ends_on and until > cohort.ends_on:
            self.add_error("until", _("The cohort is over by then. Give an earlier day."))
        return found

    def expires_at(self) -> datetime:
        """The last second of the day, where the cohort is."""
        zone = ZoneInfo(self.cleaned_data["cohort"].time_zone)
        return datetime.combine(self.cleaned_data["until"], time(23, 59, 59), zone)


class LinkForm(InvitationForm):
    """A link that is passed on or put up on a wall."""

    max_uses = forms.IntegerField(
        label=_("How many people may use it?"),
        min_value=1,
        max_value=MOST_USES,
        initial=USUAL_USES,
        help_text=_("Whoever joins takes one; nobody can join once they are gone."),
        error_messages={
            "required": _("Give a number."),
            "invalid": _("Give a whole number."),
            "min_value": _("Give a number of 1 or more."),
            "max_value": _("One link is for 1,000 people at most."),
        },
    )
    domains = forms.CharField(
        label=_("Only for addresses that end in"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "Such as example.org; several with commas between them. Whoever uses the link must have shown that such an "
            "address is theirs. Empty: any address."
        ),
    )
    asks_first = forms.BooleanField(
        label=_("Ask first: people ask for a place, and we say yes or no"),
        required=False,
        help_text=_("For a link that may travel further than you mean it to."),
    )

    def clean_domains(self) -> str:
        ends = [end.removeprefix("@").lower() for end in self.cleaned_data["domains"].replace(",", " ").split()]
        known_domains("\n".join(ends))
        return "\n".join(dict.fromkeys(ends))


class LetterForm(InvitationForm):
    """A letter to one person, with a link that is theirs alone."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the address."), "invalid": _("This is not an e-mail address.")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("As it stands in the e-mail and on your lists until they have signed in."),
        error_messages={"required": _("Give the name."), "max_length": TOO_LONG},
    )
    field_order = ("sealed", "email", "name", "cohort", "until")

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).strip().lower()
        require_plain(address)
        return address

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"], empty=_("Give the name."))
