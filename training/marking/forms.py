"""What a marker sends: a level for each criterion, a comment, and a reason or a day where one is needed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.marking import LONGEST_COMMENT, LONGEST_REASON
from assessments.queries import CriterionShown

MARK, RETURN = "mark", "return"
SOONEST, LATEST, USUAL = timedelta(days=1), timedelta(days=366), timedelta(days=14)


class MarkForm(forms.Form):
    """Which of the two buttons was pressed says what has to be filled in."""

    seen = forms.IntegerField(required=False)
    asked = forms.IntegerField(required=False)
    comment = forms.CharField(required=False)
    reason = forms.CharField(required=False)
    due_on = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"])
    keep = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, criteria: tuple[CriterionShown, ...], comments: list[str], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.today, self.comments = criteria, today, comments
        for one in criteria:
            levels = [(number, number) for number in range(len(one.levels))]
            self.fields[f"level-{one.key}"] = forms.TypedChoiceField(
                choices=levels, coerce=int, required=False, empty_value=None
            )
        self.fields["add"] = forms.TypedMultipleChoiceField(
            choices=[(number, number) for number in range(len(comments))], coerce=int, required=False
        )
        self.fields["due_on"].error_messages["invalid"] = _("Write the day as in 27/11/2026.")

    @property
    def is_return(self) -> bool:
        return bool(self.data.get("go") == RETURN)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        added = [self.comments[number] for number in given.get("add") or []]
        given["comment"] = "\n\n".join(part for part in [given.get("comment", ""), *added] if part)
        if len(given["comment"]) > LONGEST_COMMENT:
            self.add_error("comment", _("Write at most %(most)s letters.") % {"most": LONGEST_COMMENT})
        if len(given.get("reason", "")) > LONGEST_REASON:
            self.add_error("reason", _("Write at most %(most)s letters.") % {"most": LONGEST_REASON})
        if self.is_return:
            self._check_return(given)
        else:
            self._check_levels(given)
        return given

    def _check_levels(self, given: dict[str, Any]) -> None:
        for one in self.criteria:
            if given.get(f"level-{one.key}") is None:
                self.add_error(f"level-{one.key}", _("Choose a level for “%(title)s”.") % {"title": one.title})

    def _check_return(self, given: dict[str, Any]) -> None:
        day = given.get("due_on")
        if "comment" not in self.errors and not given["comment"]:
            self.add_error("comment", _("Say what they should look at again."))
        if "due_on" not in self.errors and not (day and self.today + SOONEST <= day <= self.today + LATEST):
            self.add_error("due_on", _("Say by which day, from tomorrow on and within a year."))

    @property
    def levels(self) -> dict[str, int]:
        """By criterion."""
        return {one.key: self.cleaned_data[f"level-{one.key}"] for one in self.criteria}
