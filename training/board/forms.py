"""What a trainer's buttons send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from toolkit.typed import typed_line

from assessments.models import Assessment
from courses.models import Activity
from enrolments.adjustments import EXTRA_TIME
from enrolments.choices import AdjustmentKind, LearnerMove
from enrolments.models import Enrolment
from enrolments.openings import NotAsked, rules_for


class MoveForm(forms.Form):
    """How often the page had seen the learner move, and why, where their course ends."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why do they leave the course?"),
        help_text=_("They read it in the e-mail, and it is kept with their enrolment. Nothing about health or family."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why, in a sentence or two."),
            "max_length": _("Say it in 200 characters at most; these are %(show_value)s."),
        },
    )

    def __init__(self, *args: Any, move: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if move != LearnerMove.END:
            del self.fields["why"]

    def clean_why(self) -> str:
        """As one line, without anything hidden: the letter and the download show it as it stands here."""
        if not (why := typed_line(self.cleaned_data["why"])):
            raise forms.ValidationError(self.fields["why"].error_messages["required"], code="required")
        return why


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
