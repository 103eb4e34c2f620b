"""Forms of a learner's record: its period, and learning done elsewhere."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from toolkit.typed import typed_line, typed_text

from .models import LearningElsewhere
from .record import Period

EARLIEST = date(1950, 1, 1)
_MINUTES = _("Write between 1 and 6000 minutes. What took longer can be several entries.")
NO_DAY = _("Write a day, such as 2026-11-26.")


def _day(label: Any, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )


class PeriodForm(forms.Form):
    """From which day to which; empty means open. Fields are named as they stand in the address."""

    starts = _day(_("From"), required=False)
    ends = _day(_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = found.get("starts"), found.get("ends")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends", _now("The last day cannot be before the first."))
        return found

    def period(self) -> Period:
        """What was asked for; everything where it cannot be understood."""
        if not self.is_valid():
            return Period()
        return Period(self.cleaned_data["starts"], self.cleaned_data["ends"])


class ElsewhereForm(forms.ModelForm):
    """Learning done elsewhere."""

    done_on = _day(_("On which day?"), required=True)
    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"),
        min_value=1,
        max_value=LearningElsewhere.MOST_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={
            "required": _("Write how many minutes it took."),
            "invalid": _("Write the minutes as a whole number, such as 90."),
            "min_value": _MINUTES,
            "max_value": _MINUTES,
        },
    )

    class Meta:
        model = LearningElsewhere
        fields = ("title", "provider", "done_on", "minutes", "gained")
        labels = {
            "title": _("What was it?"),
            "provider": _("Who offered it?"),
            "gained": _("What do you take from it?"),
        }
        error_messages = {
            "title": {
                "required": _("Write what it was."),
                "max_length": _("This is longer than 200 characters. Shorten it."),
            },
            "provider": {"max_length": _("This is longer than 200 characters. Shorten it.")},
            "gained": {"max_length": _("This is longer than 5,000 characters. Shorten it.")},
        }

    def clean_title(self) -> str:
        title = typed_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_now("Write what it was."))
        return title

    def clean_provider(self) -> str:
        return typed_line(self.cleaned_data["provider"])

    def clean_gained(self) -> str:
        return typed_text(self.cleaned_data["gained"]).strip()

    def clean_done_on(self) -> date:
        day: date = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_now("This day is still to come. Write it down when it is done."))
        if day < EARLIEST:
            raise forms.ValidationError(_now("Give a day after 1949."))
        return day
