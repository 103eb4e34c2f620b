"""Practice from a result page: another question like one, or three on what was hardest. Nothing is kept of it.

Which questions were drawn, and the order of their choices, stand signed in the address; an answer is judged in the
reply. Whether a question may be practised is asked again on every request (assessments/practice.py).
"""

import secrets
from collections.abc import Collection
from random import Random
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.choices import AttemptState, Counts
from assessments.items import NotAnswerable, Posted
from assessments.models import Assessment, Attempt, Item, ItemVersion
from assessments.practice import Exercise, Wish, candidates_of, choose, exercise_of, practisable
from assessments.queries import with_typed
from assessments.review import TOLD, Review, review_of
from courses.models import LearningOutcome
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment
from enrolments.outcomes import outcomes_of

from .own_attempts import attempt_to_write
from .posting import posted_parts, refused_in_words
from .results import points_by_outcome, weakest

ON_THE_HARDEST = 3
_STAYS = (Counts.BEST, Counts.FIRST)  # a pass that later attempts do not take away


def offers_practice(attempt: Attempt, review: Review | None) -> bool:
    """Whether a result page offers practice: from open banks, once the answers are told, while the run goes on."""
    if review is None or not review.shown >= TOLD or not attempt.assessment.bank.is_open:
        return False
    return attempt.link.enrolment.state != EnrolmentState.WITHDRAWN


@login_required
@require_GET
def begin(request: HttpRequest, attempt_uuid: str) -> HttpResponse:
    """Draw, and go to the first question: one like that at `?like=`, or three on the weakest learning outcome."""
    attempt = attempt_to_write(request, attempt_uuid)
    if attempt.state != AttemptState.SCORED:
        return redirect("quiz_result", attempt.uuid)
    wanted = _like(attempt, request.GET["like"]) if "like" in request.GET else _on_the_weakest(attempt)
    items = _drawn(attempt, *wanted, seen=_seen(attempt, request)) if wanted else []
    if not items:
        messages.info(request, _("There is nothing to practise here just now."))
        return redirect("quiz_result", attempt.uuid)
    return redirect("quiz_practice", attempt.uuid, address_part(attempt, items, like=request.GET.get("like", "")), 1)


def address_part(attempt: Attempt, items: list[int], *, like: str = "") -> str:
    """What the address of a practice holds: the items, what orders their choices, and where they were asked for."""
    return signing.dumps([secrets.token_hex(4), items, like], salt=_salt(attempt))


def _salt(attempt: Attempt) -> str:
    return f"player.practice.{attempt.uuid}"


def read_part(attempt: Attempt, drawn: str) -> tuple[str, list[int], str]:
    """The same read: what orders the choices, the items, where they were asked for. Raises Http404 for any other."""
    try:
        seed, items, like = signing.loads(drawn, salt=_salt(attempt))
    except signing.BadSignature as bad:
        raise Http404 from bad
    return seed, items, like


def _seen(attempt: Attempt, request: HttpRequest) -> list[int]:
    """What was practised just before, where the page says so."""
    after = request.GET.get("after", "")
    return read_part(attempt, after)[1] if after else []


def _like(attempt: Attempt, position: str) -> tuple[LearningOutcome, Wish]:
    if not (position.isascii() and position.isdecimal() and len(position) <= 4):
        raise Http404
    places = attempt.places.select_related("item_version__learning_outcome")
    place = get_object_or_404(places, position=int(position))
    met = _met_in(attempt)
    wish = Wish(1, kind=place.item_version.kind, missed=_missed(attempt), met=met, last=[place.item_id])
    return place.item_version.learning_outcome, wish


def _on_the_weakest(attempt: Attempt) -> tuple[LearningOutcome, Wish] | None:
    worst = weakest(points_by_outcome(attempt, review_of(attempt, timezone.now())))
    if worst is None:
        return None
    return worst.outcome, Wish(ON_THE_HARDEST, missed=_missed(attempt), met=_met_in(attempt))


def _met_in(attempt: Attempt) -> list[int]:
    return list(attempt.places.values_list("item", flat=True))


def _missed(attempt: Attempt) -> list[int]:
    scores = attempt.result.scores.select_related("response__place") if attempt.result else []
    return [score.response.place.item_id for score in scores if score.points < score.max_score]


def _drawn(attempt: Attempt, outcome: LearningOutcome, wish: Wish, *, seen: Collection[int]) -> list[int]:
    pool = candidates_of(_pool(attempt, outcome), attempt.run_id)
    wish = Wish(wish.count, wish.kind, wish.missed, wish.met, [*wish.last, *seen])
    return choose(pool, wish, Random(secrets.token_hex(8)))  # noqa: S311  no secret


def _pool(attempt: Attempt, outcome: LearningOutcome) -> QuerySet[Item]:
    settled = _settled(attempt.link.enrolment, outcome)
    return practisable(attempt.learner, attempt.run_id, outcome, settled=settled, at=timezone.now())


def _settled(enrolment: Enrolment, outcome: LearningOutcome) -> set[int]:
    """The quizzes that are passed for good, in whatever run of the course their learner may still sit them."""
    runs = Enrolment.objects.belonging_to(enrolment.learner).not_withdrawn().filter(course=enrolment.course_id)
    return set.intersection(*(_passed_for_good(one, outcome) for one in runs))


def _passed_for_good(enrolment: Enrolment, outcome: LearningOutcome) -> set[int]:
    """Those of one run; none while the learning outcome is below what the course asks."""
    if outcomes_of(enrolment).is_below(outcome.pk):
        return set()
    passed = enrolment.progress.filter(passed_at__isnull=False).values("activity")
    found = Assessment.objects.filter(activity__in=passed)
    return {one.pk for one in found if one.own_rules.counts in _STAYS}


@login_required
@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest, attempt_uuid: str, drawn: str, number: int) -> HttpResponse:
    """One question of a practice; with an answer it is judged and explained at once."""
    attempt = attempt_to_write(request, attempt_uuid)
    seed, items, like = read_part(attempt, drawn)
    if not 1 <= number <= len(items):
        raise Http404
    version = ItemVersion.objects.select_related("learning_outcome").get(pk=_current(items[number - 1]))
    if not _pool(attempt, version.learning_outcome).filter(pk=version.item_id).exists():
        messages.info(request, _("This question cannot be practised now. It is kept for a quiz, or was taken out."))
        return redirect("quiz_result", attempt.uuid)
    exercise = exercise_of(version, attempt.language, attempt.own_rules, seed=seed, number=number)
    context = {
        "attempt": attempt,
        "count": len(items),
        "next_url": reverse("quiz_practice", args=[attempt.uuid, drawn, number + 1]) if number < len(items) else "",
        "again_url": _again(attempt, drawn, like),
        "nav_current": "course",
    }
    if request.method == "GET":
        return render(request, "player/quiz_practice.html", context | {"question": exercise.asked()})
    return _answered(request, exercise, context)


def _current(item: int) -> int:
    """Raises Http404 for an item that is there no more."""
    found = get_object_or_404(Item, pk=item, current__isnull=False)
    return cast(int, found.current_id)


def _again(attempt: Attempt, drawn: str, like: str) -> str:
    """Where others are drawn in the same way."""
    query = {"like": like, "after": drawn} if like else {"after": drawn}
    return f"{reverse('quiz_practise', args=[attempt.uuid])}?{urlencode(query)}"


def _answered(request: HttpRequest, exercise: Exercise, context: dict[str, Any]) -> HttpResponse:
    parts = posted_parts(request, exercise.number)
    try:
        judged = exercise.judged(Posted(request.POST.getlist(f"q{exercise.number}"), parts))
        problem = "" if judged else _("Answer the question first; then check it.")
    except NotAnswerable as refused:
        judged, problem = None, refused_in_words(refused)
    if judged:
        question, words = judged
        return render(request, "player/quiz_practice.html", context | {"question": question, "judged": words})
    question = with_typed(exercise.asked(), parts)
    problems = [{"href": f"#{question.field}-{question.first_field}", "text": problem}]
    return render(
        request, "player/quiz_practice.html", context | {"question": question, "problems": problems}, status=422
    )
