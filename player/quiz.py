"""A quiz for a learner: rules first, then a question a page, a look over all answers, hand-in, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.attempts import finish_attempt, may_revise, save_draft
from assessments.choices import AT_A_MARKER, AttemptState, Moment, Reveal
from assessments.feedback import check_answer, fixed_positions, told_at
from assessments.forward import furthest, go_on_from, is_ahead, is_behind
from assessments.items import LONGEST, NotAnswerable
from assessments.models import Assessment, Attempt, Place
from assessments.parts import by_part, counts_in, parts_in
from assessments.queries import fields_saved, question_at, questions_of, waiting, with_typed
from assessments.review import review_of, waiting_of
from assessments.rules import (
    AnswerFixed,
    AttemptClosed,
    AttemptRefused,
    DraftConflict,
    NothingToCheck,
    QuizClosed,
    TooSoon,
)
from courses.models import Module
from credentials.jobs import award_met
from credentials.models import Credential
from enrolments.access import reading_enrolment
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from enrolments.openings import NotAsked, Opening, opening_of
from enrolments.outcomes import floor_of
from enrolments.planned_dates import dates_for
from enrolments.progress import record_attempt
from enrolments.recording import recorded_for
from enrolments.return_targets import answer_by

from .calibration import calibration_of
from .certainty import SURE, posted_certainty, steps_of
from .cohort_answers import answers_of_cohort
from .gates import closed_to
from .lessons import not_open
from .outline import outline_of
from .own_attempts import attempt_to_write, own_attempt
from .posting import posted_parts, refused_in_words
from .practising import offers_practice
from .results import what_it_came_to
from .words import points_in_words, recorded_in_words, rules_in_words


def _enrolled(request: HttpRequest, assessment: Assessment) -> Enrolment:
    enrolment = reading_enrolment(request.user, assessment.activity.course)  # type: ignore[arg-type]
    if enrolment is None:
        raise Http404
    return enrolment


MOST_SAVES = 1_000_000_000  # fits the column on both databases


def _module(assessment: Assessment) -> Module:
    """The module a quiz closes; one that stands in no module has no page here."""
    module = assessment.activity.module
    if module is None:
        raise Http404
    return module


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, assessment_uuid: str) -> HttpResponse:
    """The rules in plain words, then the first question."""
    assessment = get_object_or_404(Assessment.objects.select_related("activity__module"), uuid=assessment_uuid)
    enrolment = _enrolled(request, assessment)
    if closed := closed_to(enrolment, assessment.activity, language=get_language() or "en"):
        return not_open(request, assessment.title, closed)
    refusal = None
    if request.method == "POST":
        try:
            attempt = begin_attempt(enrolment, assessment, language=get_language() or "en", at=timezone.now())
            return redirect("quiz_question", attempt.uuid, _first_unanswered(attempt))
        except AttemptRefused as refused:
            refusal = refused
    return _start_page(request, assessment, enrolment, refusal)


def _start_page(
    request: HttpRequest, assessment: Assessment, enrolment: Enrolment, refusal: AttemptRefused | None
) -> HttpResponse:
    try:
        opening = opening_of(enrolment, assessment)
    except NotAsked as not_asked:
        raise Http404 from not_asked
    now, told = timezone.now(), recorded_for(enrolment, assessment.activity)
    opens_at = refusal.opens_at if isinstance(refusal, TooSoon) else opening.opens_at
    context = {
        "assessment": assessment,
        "rules": rules_in_words(
            opening.rules,
            **_asked(assessment, opening.attempts),
            floor=floor_of(enrolment),
        ),
        "attempts": [(attempt, attempt.result) for attempt in opening.attempts if attempt.handed_in_at],
        "recorded": recorded_in_words(told) if told else "",
        "is_open": opening.is_open,
        "refusal": refusal or opening.refusal or _closed(opening, now),
        "opens_at": opens_at if opens_at and opens_at > now else None,
        "may_start": opening.may_start(now),
        "outline": outline_of(
            _module(assessment),
            language=get_language() or "en",
            enrolment=enrolment,
            here=assessment.activity,
            planned=dates_for(enrolment),
        ),
        "nav_current": "course",
    }
    return render(request, "player/quiz_start.html", context, status=409 if refusal else 200)


def _closed(opening: Opening, at: datetime) -> AttemptRefused | None:
    """That the quiz has closed, where no attempt is open."""
    try:
        if not opening.is_open:
            opening.rules.refuse_if_closed(at)
    except QuizClosed as closed:
        return closed
    return None


def _asked(assessment: Assessment, attempts: list[Attempt]) -> dict[str, Any]:
    """The assessment's own rules and how many questions each part has: of the open attempt, else of the next one."""
    if still_open := next((one for one in attempts if one.state == AttemptState.IN_PROGRESS), None):
        return {"own": still_open.own_rules, "by_part": counts_in(still_open)}
    lines, rules = list(assessment.blueprint.all()), assessment.own_rules
    parts = range(max(1, len(rules.parts)))
    return {"own": rules, "by_part": [sum(line.count for line in lines if line.part == part) for part in parts]}


def _first_unanswered(attempt: Attempt) -> int:
    questions = questions_of(attempt)
    return next((question.position for question in questions if not question.is_answered), 1)


@login_required
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, attempt_uuid: str, position: int) -> HttpResponse:
    """One question; every button of the page saves first and then goes where it says."""
    attempt = attempt_to_write(request, attempt_uuid)
    try:
        place, _question = question_at(attempt, position)
    except Place.DoesNotExist as missing:
        raise Http404 from missing
    if attempt.state != AttemptState.IN_PROGRESS and not may_revise(attempt, place):
        return redirect("quiz_result", attempt.uuid)
    if is_behind(attempt, position) or is_ahead(attempt, position):
        return redirect("quiz_question", attempt.uuid, furthest(attempt))
    if request.method == "GET":
        return _question_page(request, attempt, position)
    try:
        _take(request, attempt, place)
    except AttemptClosed as closed:
        messages.info(request, str(closed))
        return redirect("quiz_result" if attempt.state != AttemptState.IN_PROGRESS else "quiz_check", attempt.uuid)
    except AnswerFixed as fixed:
        messages.info(request, str(fixed))
        return redirect("quiz_question", attempt.uuid, position)
    except (DraftConflict, NotAnswerable, NothingToCheck, ValueError) as refused:
        return _question_page(
            request, attempt, position, problem=_problem(refused), typed=posted_parts(request, position)
        )
    return _go_on(request, attempt, place)


def _take(request: HttpRequest, attempt: Attempt, place: Place) -> None:
    """Save what was posted, and check it where that was pressed. From an answer that is fixed one only goes on."""
    go = request.POST.get("go")
    if go == "on" and told_at(attempt, place).is_fixed:
        return
    _save(request, place)
    if go == "tell":
        check_answer(place, at=timezone.now())


def _problem(refused: Exception) -> str:
    if isinstance(refused, DraftConflict):
        return str(refused) + " " + _("What is saved is shown here now. Choose again if you want to change it.")
    if isinstance(refused, NothingToCheck):
        return str(refused)
    return refused_in_words(refused)


def _save(request: HttpRequest, place: Place) -> str:
    """Save what was posted; the time it was received, in words. Raises ValueError for an impossible sequence."""
    received_at = timezone.now()
    sequence = int(request.POST.get("sequence", ""))
    if not 1 <= sequence <= MOST_SAVES:
        raise ValueError("no page was ever shown such a sequence")
    flag = request.POST.get("go") == "flag"
    draft = save_draft(
        place,
        posted=request.POST.getlist(f"q{place.position}"),
        parts=posted_parts(request, place.position),
        certainty=posted_certainty(request, place),
        flagged=(not _is_flagged(place)) if flag else None,
        sequence=sequence,
        at=received_at,
    )
    return date_format(timezone.localtime(draft.received_at), "H:i")


def _is_flagged(place: Place) -> bool:
    draft = getattr(place, "draft", None)
    return bool(draft and draft.flagged)


def _go_on(request: HttpRequest, attempt: Attempt, place: Place) -> HttpResponse:
    last, position = attempt.places.count(), place.position
    go = request.POST.get("go", "next")
    if go == "previous":
        return redirect("quiz_question", attempt.uuid, max(1, position - 1))
    if go in ("flag", "tell"):
        return redirect("quiz_question", attempt.uuid, position)
    if go != "check":
        go_on_from(place, at=timezone.now())
    if go == "check" or position >= last or attempt.state == AttemptState.RETURNED:
        return redirect("quiz_check", attempt.uuid)
    return redirect("quiz_question", attempt.uuid, position + 1)


def _question_page(
    request: HttpRequest, attempt: Attempt, position: int, *, problem: str = "", typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The question as it is saved; with what was typed and could not be saved, so that nothing written is lost."""
    place, shown = question_at(attempt, position)
    draft = getattr(place, "draft", None)
    is_revised = attempt.state == AttemptState.RETURNED
    came_back = waiting(attempt)[position - 1].returned if is_revised else None
    kept = with_typed(shown, typed or {}) if problem else shown
    parts = parts_in(attempt)
    context = {
        "attempt": attempt,
        "question": kept,
        "count": sum(len(part.positions) for part in parts),
        "part": next(part for part in parts if position in part.positions),
        "next_sequence": shown.sequence + 1,
        "previous_position": position - 1,
        "next_position": position + 1,
        "saved_at": draft.received_at if draft and draft.client_sequence else None,
        "problems": [{"href": f"#{shown.field}-{shown.first_field}", "text": problem}] if problem else [],
        "saved_lines": shown.answer if kept != shown else [],
        "longest": LONGEST,
        "came_back": came_back,
        "told": told_at(attempt, place),
        "sure": steps_of(attempt, place),
        "is_forward_only": attempt.own_rules.is_forward_only,
        "nav_current": "course",
    }
    return render(request, "player/quiz_question.html", context, status=409 if problem else 200)


@login_required
@require_POST
def save(request: HttpRequest, attempt_uuid: str, position: int) -> JsonResponse:
    """The page's script saves while the learner thinks. A right and a wrong answer get the same reply."""
    attempt = attempt_to_write(request, attempt_uuid)
    place = get_object_or_404(attempt.places.select_related("item_version", "draft"), position=position)
    try:
        saved_at = _save(request, place)
    except (AttemptClosed, AnswerFixed) as closed:
        return JsonResponse({"problem": str(closed)}, status=410)
    except DraftConflict as conflict:
        return JsonResponse({"problem": _problem(conflict), **_as_saved(attempt, position)}, status=409)
    except (NotAnswerable, ValueError) as refused:
        return JsonResponse({"problem": _problem(refused)}, status=400)
    return JsonResponse({"saved": _("Saved at %(time)s") % {"time": saved_at}})


def _as_saved(attempt: Attempt, position: int) -> dict[str, object]:
    """What an older page must show to be right again: its fields as saved, and the next number to save with."""
    place, shown = question_at(attempt, position)
    fields = fields_saved(place)
    if steps := steps_of(attempt, place):
        fields[f"q{position}-{SURE}"] = [step.value for step in steps if step.is_chosen]
    return {"fields": fields, "answer": list(shown.answer), "sequence": shown.sequence + 1}


@login_required
@require_GET
def check(request: HttpRequest, attempt_uuid: str) -> HttpResponse:
    """All answers in one list before handing in."""
    attempt = attempt_to_write(request, attempt_uuid)
    if attempt.state not in (AttemptState.IN_PROGRESS, AttemptState.RETURNED):
        return redirect("quiz_result", attempt.uuid)
    questions = waiting(attempt) if attempt.state == AttemptState.RETURNED else questions_of(attempt)
    context = {
        "attempt": attempt,
        "parts": by_part(attempt, questions),
        "fixed": fixed_positions(attempt),
        "is_explained": Reveal.EXPLANATION in attempt.own_rules.shown_at(Moment.JUST_AFTER),
        "open_count": sum(not question.is_answered for question in questions),
        "is_revised": attempt.state == AttemptState.RETURNED,
        "has_text": any(question.is_marked for question in questions),
        "nav_current": "course",
    }
    return render(request, "player/quiz_check.html", context)


@login_required
@require_POST
def hand_in(request: HttpRequest, attempt_uuid: str) -> HttpResponse:
    """Finish; the same page however often it is sent, from whichever tab."""
    received_at = timezone.now()
    attempt = finish_attempt(attempt_to_write(request, attempt_uuid), at=received_at)
    if attempt.received_at != received_at:
        # Sent twice: the first may still be at work on what follows from it, and both lead to the same page.
        record_attempt(attempt)
        award_met(attempt.link.enrolment)
    if attempt.state == AttemptState.RETURNED:
        messages.info(request, _("Nothing has changed since it came back to you, so it was not handed in again."))
    return redirect("quiz_result", attempt.uuid)


@login_required
@require_GET
def result(request: HttpRequest, attempt_uuid: str) -> HttpResponse:
    """What the attempt came to, why each option is as it is, and what can be done next."""
    attempt = own_attempt(request, attempt_uuid)
    if attempt.state == AttemptState.IN_PROGRESS:
        return redirect("quiz_question", attempt.uuid, 1)
    standing = attempt.result
    enrolment = attempt.link.enrolment
    now = timezone.now()
    review = review_of(attempt, now) if attempt.state == AttemptState.SCORED else None
    questions = review.questions if review else []
    handed_in = waiting_of(attempt, now) if attempt.state in AT_A_MARKER else []
    outline = outline_of(_module(attempt.assessment), language=attempt.language, enrolment=enrolment)
    context = {
        "attempt": attempt,
        "result": standing,
        "review": review,
        "points": points_in_words(standing.points) if standing and review and review.shows_points else "",
        "max_score": points_in_words(standing.max_score) if standing else "",
        "by_cohort": answers_of_cohort(attempt, questions) if review and review.shows_answers else [],
        "handed_in": by_part(attempt, handed_in) if handed_in else [],
        "answer_by": answer_by(enrolment.cohort, attempt.received_at) if handed_in and attempt.received_at else None,
        "is_waiting": attempt.state == AttemptState.AWAITING_MARKER,
        "came_back": [question for question in handed_in if question.returned],
        **what_it_came_to(attempt, review, outline, at=now),
        "offers_practice": offers_practice(attempt, review),
        "credential": Credential.objects.belonging_to(request.user).not_replaced().filter(enrolment=enrolment).first(),
        "outline": outline,
        "nav_current": "course",
    }
    return render(request, "player/quiz_result.html", context)


@login_required
@require_GET
def how_sure(request: HttpRequest, attempt_uuid: str) -> HttpResponse:
    """How sure the learner was of answers in this course, and how often they were right."""
    attempt = own_attempt(request, attempt_uuid)
    if attempt.state == AttemptState.IN_PROGRESS:
        return redirect("quiz_question", attempt.uuid, 1)
    context = {
        "attempt": attempt,
        "calibration": calibration_of(attempt.link.enrolment, timezone.now()),
        "nav_current": "course",
    }
    return render(request, "player/quiz_how_sure.html", context)
