"""The day somebody leaves."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from enrolments.leaving import LeavingRefused, require_leaving_day
from people.models import Organisation, User


class LeavingForm(forms.Form):
    """From which day on somebody belongs to the organisation no more; refused in words by the rule of leaving."""

    on = forms.DateField(
        label=_("From which day on?"),
        help_text=_("The first day on which they are not with you any more: today, an earlier or a later one."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give a day."), "invalid": _("Give a day, such as 2026-11-26.")},
    )

    def __init__(self, data: object = None, *, person: User, organisation: Organisation, today: date) -> None:
        super().__init__(data, initial={"on": today})  # type: ignore[arg-type]
        self.person, self.organisation, self.today = person, organisation, today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        try:
            require_leaving_day(self.person, self.organisation, on=on, today=self.today)
        except LeavingRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return on
