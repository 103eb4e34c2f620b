"""What a quiz draws from its bank: how many of which learning outcome and kind, and whether the bank can fill it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assessments.filling import TIMES, Filled, Wanted, filled
from assessments.items import TYPES
from assessments.models import Assessment, BlueprintLine, ItemVersion
from audit.entries import note_act
from courses.models import LearningOutcome
from people.models import User

from .access import for_keepers
from .lists import outcomes_of

MORE, MOST = 3, 60


class LineForm(forms.Form):
    """One line; nothing is drawn by a line whose number is empty or 0."""

    outcome = forms.ModelChoiceField(
        LearningOutcome.objects.none(), label=gettext_lazy("Learning outcome"), required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    count = forms.IntegerField(label=gettext_lazy("How many"), required=False, min_value=0, max_value=50)

    def __init__(self, *args: Any, outcomes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].queryset = outcomes  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Any")), *((kind, one.label) for kind, one in TYPES.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("count") and not said.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Say of which learning outcome."))
        return said


@dataclass
class Looked:
    """The lines as they stand in the form, and how far the bank fills them."""

    forms: list[LineForm]
    fills: list[Filled]
    is_good: bool
    twice: bool

    @property
    def too_few(self) -> list[Filled]:
        """What the bank cannot fill even once."""
        return [one for one in self.fills if one.times < 1]

    @property
    def scarce(self) -> list[Filled]:
        return [one for one in self.fills if 1 <= one.times < TIMES]


def _looked(quiz: Assessment, data: QueryDict | None) -> Looked:
    outcomes = outcomes_of(quiz.bank)
    lines = list(quiz.blueprint.all())
    sent = data.get("lines", "") if data else ""
    count = min(int(sent), MOST) if sent.isdecimal() and len(sent) < 3 else len(lines) + MORE
    start = [{"outcome": one.learning_outcome_id, "kind": one.item_kind, "count": one.count} for one in lines]
    rows = [
        LineForm(data, prefix=f"line{place}", outcomes=outcomes, initial=start[place] if place < len(start) else {})
        for place in range(count)
    ]
    if data is None:
        wanted = [Wanted(one.learning_outcome, one.item_kind, one.count) for one in lines]
        return Looked(rows, _filled(quiz, wanted), True, False)
    is_good = not any(one.errors for one in rows)
    said = [one.cleaned_data for one in rows if one.is_valid()]
    wanted = [Wanted(one["outcome"], one["kind"], one["count"]) for one in said if one.get("count") and one["outcome"]]
    names = [(one.outcome, one.kind) for one in wanted]
    return Looked(rows, _filled(quiz, wanted), is_good, len(set(names)) < len(names))


def _filled(quiz: Assessment, wanted: list[Wanted]) -> list[Filled]:
    """By the live items of the bank."""
    live = ItemVersion.objects.filter(item__current=F("pk"), item__bank=quiz.bank_id, item__retired_at=None)
    there: Counter[tuple[LearningOutcome, str]] = Counter()
    worthless: Counter[tuple[LearningOutcome, str]] = Counter()
    for one in live.select_related("learning_outcome").only("kind", "max_score", "learning_outcome"):
        (there if one.max_score > 0 else worthless)[one.learning_outcome, one.kind] += 1
    return filled(wanted, there, worthless)


def _quiz_at(uuid: UUID) -> Assessment:
    return get_object_or_404(Assessment.objects.select_related("bank__course", "activity"), uuid=uuid)


@for_keepers
def quiz_draws(request: HttpRequest, quiz_uuid: UUID) -> HttpResponse:
    """Holds for attempts that begin from now on; those that have begun keep what they drew."""
    quiz = _quiz_at(quiz_uuid)
    looked = _looked(quiz, request.POST if request.method == "POST" else None)
    is_refused = bool(
        request.method == "POST" and (not looked.is_good or looked.twice or looked.too_few or not looked.fills)
    )
    if request.method == "POST" and not is_refused and request.POST.get("act") == "save":
        _save(request, quiz, looked)
        messages.success(request, _("Attempts that begin from now on draw by this."))
        return redirect("quiz_draws", quiz_uuid)
    context = {"quiz": quiz, "bank": quiz.bank, "looked": looked, "is_refused": is_refused, "times": TIMES}
    return render(request, "publishing/bank/draws.html", context, status=422 if is_refused else 200)


@transaction.atomic
def _save(request: HttpRequest, quiz: Assessment, looked: Looked) -> None:
    quiz.blueprint.all().delete()
    BlueprintLine.objects.bulk_create(
        BlueprintLine(assessment=quiz, learning_outcome=one.line.outcome, item_kind=one.line.kind, count=one.line.count)
        for one in looked.fills
    )
    lines = {f"{one.line.outcome.code} {one.line.kind}".strip(): one.line.count for one in looked.fills}
    note_act(
        "quiz_draws_changed", subject=quiz, actor=cast(User, request.user), at=timezone.now(), facts={"lines": lines}
    )


@for_keepers
@require_POST
def quiz_draws_check(request: HttpRequest, quiz_uuid: UUID) -> HttpResponse:
    """What the lines as they stand come to; nothing is saved. For the page's script."""
    quiz = _quiz_at(quiz_uuid)
    return render(request, "publishing/bank/_fills.html", {"looked": _looked(quiz, request.POST), "times": TIMES})
