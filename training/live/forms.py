"""What a trainer says of a live session, by the clock of its cohort."""

from datetime import UTC, date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import ActivityKind
from courses.models import Activity
from enrolments.models import Cohort, LiveSession

LONGEST_PLAN = 20_000
_YEARS = 10


class _Counts(forms.ModelChoiceField):
    def label_from_instance(self, obj: Activity) -> str:
        return obj.title


class SessionForm(forms.Form):
    """`seen` is the sequence of the session as the page showed it; `fields()` is what a verb takes."""

    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=150)
    activity = _Counts(
        label=gettext_lazy("What it counts as in the course"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nothing: a meeting beside the course"),
        help_text=gettext_lazy("Several dates may count as the same: whoever misses one comes to another."),
    )
    on = forms.DateField(
        label=gettext_lazy("Which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Give a day, such as 2026-11-26.")},
    )
    begins = forms.TimeField(
        label=gettext_lazy("From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Give a time, such as 09:30.")},
    )
    ends = forms.TimeField(
        label=gettext_lazy("To"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Give a time, such as 16:00.")},
    )
    place = forms.CharField(label=gettext_lazy("Where"), max_length=200, required=False)
    link = forms.URLField(
        label=gettext_lazy("Link, if it is online"), max_length=500, required=False, assume_scheme="https"
    )
    plan = forms.CharField(
        label=gettext_lazy("Session plan"),
        help_text=gettext_lazy(
            "For trainers only. A paragraph for each step: its first line is the name, with the minutes in brackets "
            "at the end, such as “Welcome (10)”. An empty line begins the next step."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=LONGEST_PLAN,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any = None, *, cohort: Cohort, session: LiveSession | None = None) -> None:
        super().__init__(data, initial=_initial(session) if session else None)
        self.cohort = cohort
        live = cohort.course.activities.filter(kind=ActivityKind.LIVE_SESSION)
        self.fields["activity"].queryset = live  # type: ignore[attr-defined]
        words = _("By the clock of %(zone)s.") % {"zone": cohort.time_zone}
        self.fields["begins"].help_text = words
        if not live.exists():
            del self.fields["activity"]

    def see(self, session: LiveSession) -> None:
        """Take it that whoever sent this form has now seen the session as it is."""
        given = cast(QueryDict, self.data).copy()
        given["seen"] = str(session.sequence)
        self.data = given

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        first = self.cohort.starts_on.year - 1
        if not first <= on.year <= first + _YEARS:
            raise forms.ValidationError(_("This day is far from the days of the cohort. Look at its year."))
        return on

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        on, begins, ends = given.get("on"), given.get("begins"), given.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end has to be later than the beginning, on the same day."))
        for name, clock in (("begins", begins), ("ends", ends)):
            if on and clock and self.moment(on, clock) is None:
                self.add_error(name, _("The clocks go forward then, and this time is left out. Choose another one."))
        return given

    def moment(self, on: date, clock: time) -> datetime | None:
        """The moment of a time by the cohort's clock; None for one that a change of the clocks leaves out."""
        there = datetime.combine(on, clock, tzinfo=ZoneInfo(self.cohort.time_zone))
        at = there.astimezone(UTC)
        return at if at.astimezone(there.tzinfo).replace(tzinfo=None) == there.replace(tzinfo=None) else None

    def values(self) -> dict[str, Any]:
        """The session's columns."""
        given = self.cleaned_data
        kept = {name: given[name] for name in ("title", "place", "link", "plan")}
        kept["starts_at"] = self.moment(given["on"], given["begins"])
        kept["ends_at"] = self.moment(given["on"], given["ends"])
        return {**kept, "activity": given.get("activity")}


def _initial(session: LiveSession) -> dict[str, Any]:
    kept = {name: getattr(session, name) for name in ("title", "activity", "place", "link", "plan")}
    return {
        **kept,
        "on": session.on,
        "begins": session.starts_there.time(),
        "ends": session.ends_there.time(),
        "seen": session.sequence,
    }
