"""What a quiz draws from its bank: its parts, how many of which learning outcome and kind, and if there are enough."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.assessment_rules import MOST_PARTS
from assessments.filling import TIMES, Filled, Wanted, filled
from assessments.models import Assessment, BlueprintLine, ItemVersion
from audit.entries import note_act
from courses.models import LearningOutcome
from people.models import User

from .access import for_keepers
from .draw_forms import PartForms, Typed, arranged, as_forms, kept_parts, languages_of, posted_parts
from .lists import outcomes_of


@dataclass
class Looked:
    """The parts and lines as they stand in the form, and how far the bank fills them."""

    parts: list[PartForms]
    fills: list[Filled]
    twice: bool

    @property
    def is_divided(self) -> bool:
        return len(self.parts) > 1

    @property
    def may_add(self) -> bool:
        return len(self.parts) < MOST_PARTS

    @property
    def is_good(self) -> bool:
        """Whether it can be saved: complete, and the bank fills it at least once."""
        is_filled = bool(self.fills) and all(one.times for one in self.fills)
        return all(one.is_valid for one in self.parts) and is_filled and not self.twice


def _looked(quiz: Assessment, typed: list[Typed], *, is_checked: bool) -> Looked:
    """What was typed, or is kept; `fills` and `twice` of what is right in it."""
    outcomes = {str(one.pk): one for one in outcomes_of(quiz.bank)}
    parts = as_forms(typed, languages_of(quiz), outcomes, is_checked=is_checked)
    lines = [(part.number, one["outcome"], one["kind"], one["count"]) for part in parts for one in part.wanted()]
    wanted = [Wanted(outcome, kind, count) for _part, outcome, kind, count in lines]
    asked = {(part, outcome, kind) for part, outcome, kind, _count in lines}
    return Looked(parts, _filled(quiz, wanted), len(asked) < len(lines))


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
    """Holds for attempts that begin from now on; those that have begun keep what they drew, and its parts."""
    quiz = _quiz_at(quiz_uuid)
    if request.method != "POST":
        return _page(request, quiz, _looked(quiz, kept_parts(quiz), is_checked=False))
    typed, act = posted_parts(request.POST, languages_of(quiz)), request.POST.get("act", "")
    if (moved := arranged(typed, act)) is not None:
        return _page(request, quiz, _looked(quiz, moved, is_checked=False), is_arranged=True)
    looked = _looked(quiz, typed, is_checked=True)
    if not looked.is_good or act != "save":
        return _page(request, quiz, looked, is_refused=not looked.is_good)
    _save(request, quiz, looked)
    messages.success(request, _("Attempts that begin from now on draw by this."))
    return redirect("quiz_draws", quiz_uuid)


def _page(
    request: HttpRequest, quiz: Assessment, looked: Looked, *, is_refused: bool = False, is_arranged: bool = False
) -> HttpResponse:
    context = {
        "quiz": quiz,
        "bank": quiz.bank,
        "looked": looked,
        "is_refused": is_refused,
        "is_arranged": is_arranged,
        "times": TIMES,
    }
    return render(request, "publishing/bank/draws.html", context, status=422 if is_refused else 200)


@transaction.atomic
def _save(request: HttpRequest, quiz: Assessment, looked: Looked) -> None:
    parts = tuple(one.words.part() for one in looked.parts if one.words)
    quiz.rules = replace(quiz.own_rules, parts=parts).to_json()
    quiz.save(update_fields=["rules"])
    quiz.blueprint.all().delete()
    BlueprintLine.objects.bulk_create(
        BlueprintLine(
            assessment=quiz,
            learning_outcome=one["outcome"],
            item_kind=one["kind"],
            part=part.number - 1,
            count=one["count"],
        )
        for part in looked.parts
        for one in part.wanted()
    )
    drawn = [
        {f"{one['outcome'].code} {one['kind']}".strip(): one["count"] for one in part.wanted()} for part in looked.parts
    ]
    facts: dict[str, Any] = {"lines": drawn[0]}
    if parts:
        facts = {"parts": [{"title": part.title("en"), "lines": of} for part, of in zip(parts, drawn, strict=True)]}
    note_act("quiz_draws_changed", subject=quiz, actor=cast(User, request.user), at=timezone.now(), facts=facts)


@for_keepers
@require_POST
def quiz_draws_check(request: HttpRequest, quiz_uuid: UUID) -> HttpResponse:
    """What the lines as they stand come to; nothing is saved. For the page's script."""
    quiz = _quiz_at(quiz_uuid)
    looked = _looked(quiz, posted_parts(request.POST, languages_of(quiz)), is_checked=True)
    return render(request, "publishing/bank/_fills.html", {"looked": looked, "times": TIMES})
