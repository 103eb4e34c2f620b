"""A day for each activity, or none."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrolments.models import Cohort
from enrolments.planned_dates import seen_as

from ..board.reading import Column

_YEARS = 10


class DatesForm(forms.Form):
    """`now` are the dates that stand, `shown` those the page begins with: the same, or the suggested ones."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        cohort: Cohort,
        columns: Sequence[Column],
        now: Mapping[int, date],
        shown: Mapping[int, date],
    ) -> None:
        super().__init__(data, initial={"seen": seen_as(now)})
        self._cohort = cohort
        self._columns = list(columns)
        for column in self._columns:
            self.fields[_name(column)] = forms.DateField(
                label=_label(column),
                required=False,
                initial=shown.get(column.activity),
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": gettext_lazy("Give a day, such as 2026-11-26, or leave it empty.")},
                validators=[self._near],
            )

    def _near(self, day: date) -> None:
        first = self._cohort.starts_on.year - 1
        if not first <= day.year <= first + _YEARS:
            raise forms.ValidationError(_("This day is far from the days of the cohort. Look at its year."))

    def see(self, now: Mapping[int, date]) -> None:
        """Take it that whoever sent this form has now seen the dates that stand."""
        given = cast(QueryDict, self.data).copy()
        given["seen"] = seen_as(now)
        self.data = given

    def dates(self) -> dict[int, date]:
        """The day of each activity that was given one."""
        given = {column.activity: self.cleaned_data[_name(column)] for column in self._columns}
        return {activity: day for activity, day in given.items() if day}


def _name(column: Column) -> str:
    return f"due_{column.activity}"


def _label(column: Column) -> str:
    if not column.module:
        return column.title
    return _("Module %(module)s: %(title)s") % {"module": column.module, "title": column.title}
