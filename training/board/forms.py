"""What a trainer's buttons send."""

from typing import Any

from django import forms

from assessments.models import Assessment
from courses.models import Activity
from enrolments.adjustments import EXTRA_TIME
from enrolments.choices import AdjustmentKind
from enrolments.models import Enrolment
from enrolments.openings import NotAsked, rules_for


class GrantForm(forms.Form):
    """One adjustment. Only what would have an effect for this learner is valid."""

    kind = forms.ChoiceField(choices=AdjustmentKind.choices)
    activity = forms.ModelChoiceField(Activity.objects.all(), required=False)
    percent = forms.IntegerField(required=False)
    given_so_far = forms.IntegerField(min_value=0)

    def __init__(self, *args: Any, run: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._run = run

    def clean(self) -> dict[str, Any]:
        """Extra time needs a limit and a size, anything else a quiz that this enrolment is asked for."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == AdjustmentKind.TIME:
            given["activity"] = None
            if given.get("percent") not in EXTRA_TIME or self._run.cohort.time_limit_seconds is None:
                raise forms.ValidationError("no limit")
        else:
            given["percent"] = 0
            self._require_quiz(given.get("activity"))
        return given

    def _require_quiz(self, activity: Activity | None) -> None:
        assessment = Assessment.objects.filter(activity=activity).first() if activity else None
        if assessment is None:
            raise forms.ValidationError("no quiz")
        try:
            rules_for(self._run, assessment)
        except NotAsked as error:
            raise forms.ValidationError("not asked") from error
