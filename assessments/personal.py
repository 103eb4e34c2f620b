"""What this room holds about people, and how it goes (toolkit/personal.py). Scores stay; answers go."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, about_nobody, delete_rows, hold, retain, rows_of

from .choices import AttemptState
from .items import Words, item_type
from .models import (
    Assessment,
    Attempt,
    BlueprintLine,
    Draft,
    Item,
    ItemAct,
    ItemBank,
    ItemCategory,
    ItemPicture,
    ItemTag,
    ItemVersion,
    KeptComment,
    Place,
    Response,
    Result,
    RevisionRequest,
    Score,
)
from .pictures import KeptWords
from .queries import given_of
from .removal import remove_answers
from .review import may_download_comment, may_download_reason, points_to_download

REMOVED = "removed with the account"
KEPT = _("Points and results are kept without your name, because certificates and the check of questions rest on them.")


def _in_words(place: Place, value: dict[str, Any] | None) -> dict[str, Any]:
    """The question and the answer, as they were shown; never a key, an explanation or a choice's identifier."""
    shown = item_type(place.item_version.kind).asked(given_of(place, value))
    return {
        "question": KeptWords(shown.prompt, shown.prompt.rich) if isinstance(shown.prompt, Words) else shown.prompt,
        "written": shown.text,
        "chosen": [line for line in shown.answer if line != shown.text],
    }


def _of_row(row: Draft | Response) -> dict[str, Any]:
    return {**_in_words(row.place, row.value), "certainty": row.certainty or ""}


def _points(attempt: Attempt, row: Score | Result) -> dict[str, Any]:
    """As they are shown; those a review matrix withholds now are told as soon as it or the law says (review.py)."""
    return {"points": points_to_download(attempt, row.points, timezone.now()), "max_score": str(row.max_score)}


def _of_score(row: Score) -> dict[str, Any]:
    attempt, now = row.response.place.attempt, timezone.now()
    comment = {} if may_download_comment(attempt, now) else {"comment": "", "levels": {}}
    reason = {} if may_download_reason(attempt, now) else {"reason": ""}
    return {**_points(attempt, row), **comment, **reason}


def _of_result(row: Result) -> dict[str, Any]:
    return _points(row.attempt, row)


def _of_place(row: Place) -> dict[str, Any]:
    """The question, and the title of the part it stood in."""
    parts = row.attempt.own_rules.parts
    return {
        "question": _in_words(row, None)["question"],
        "part": parts[row.part].title(row.attempt.language) if parts else "",
    }


def _set_aside(rows: QuerySet[Attempt], at: datetime) -> int:
    """An attempt still open ends with the account; a reason somebody wrote is emptied."""
    worded = rows.exclude(void_reason="").exclude(void_reason=REMOVED).update(void_reason=REMOVED)
    return worded + rows.filter(state=AttemptState.IN_PROGRESS).update(state=AttemptState.VOID, void_reason=REMOVED)


def _empty_answers(rows: QuerySet[Response], at: datetime) -> int:
    return remove_answers(rows, at=at, why="erasure")


def _empty_marking(rows: QuerySet[Score], at: datetime) -> int:
    """Words a marker wrote, and the level given to each criterion; the points stay."""
    return rows.exclude(reason="", comment="", levels={}).update(reason="", comment="", levels={}, reduced_at=at)


def _empty_comments(rows: QuerySet[RevisionRequest], at: datetime) -> int:
    return rows.exclude(comment="").update(comment="", reduced_at=at)


_SIT = {"place__attempt__uuid": _("Attempt"), "place__position": _("Number"), "question": _("Question")}
_POINTS = {"points": _("Points"), "max_score": _("Points possible")}

hold(
    Holding(
        Draft,
        _("Answers you were writing"),
        "drafts",
        {
            **_SIT,
            "written": _("You wrote"),
            "chosen": _("You answered"),
            "certainty": _("How sure you were, from 1 to 3"),
            "flagged": _("Flagged"),
            "received_at": _("Saved"),
        },
        rows_of(Draft, "place__attempt__learner"),
        delete_rows,
        shown=_of_row,
    ),
    Holding(
        Response,
        _("Answers you handed in"),
        "responses",
        {
            **_SIT,
            "written": _("You wrote"),
            "chosen": _("You answered"),
            "certainty": _("How sure you were, from 1 to 3"),
            "given_at": _("Given"),
            "removed_at": _("Removed"),
        },
        rows_of(Response, "place__attempt__learner"),
        _empty_answers,
        shown=_of_row,
    ),
    Holding(
        Score,
        _("Points for each answer"),
        "attendance",
        {
            "response__place__attempt__uuid": _("Attempt"),
            "response__place__position": _("Number"),
            "kind": _("Scored by"),
            **_POINTS,
            "levels": _("Level of each criterion, from 0"),
            "comment": _("Comment"),
            "reason": _("Reason"),
            "scored_by__name": _("By whom"),
            "scored_at": _("When"),
        },
        rows_of(Score, "response__place__attempt__learner"),
        _empty_marking,
        kept=KEPT,
        shown=_of_score,
    ),
    Holding(
        RevisionRequest,
        _("Answers that came back to you for revision"),
        "responses",
        {
            "response__place__attempt__uuid": _("Attempt"),
            "response__place__position": _("Number"),
            "by__name": _("By whom"),
            "at": _("When"),
            "due_on": _("To be handed in by"),
            "comment": _("Comment"),
        },
        rows_of(RevisionRequest, "response__place__attempt__learner"),
        _empty_comments,
        kept=KEPT,
    ),
    Holding(
        KeptComment,
        _("Comments you kept for your marking"),
        "responses",
        {"text": _("Comment"), "kept_at": _("When")},
        rows_of(KeptComment, "by"),
        delete_rows,
    ),
    Holding(
        Result,
        _("Results"),
        "attendance",
        {"attempt__uuid": _("Attempt"), **_POINTS, "passed": _("Passed"), "decided_at": _("When")},
        rows_of(Result, "attempt__learner"),
        kept=KEPT,
        shown=_of_result,
    ),
    Holding(
        Attempt,
        _("Attempts at quizzes"),
        "attendance",
        {
            "uuid": _("Attempt"),
            "assessment__title": _("Quiz"),
            "number": _("Number"),
            "state": _("State"),
            "language": _("Language"),
            "started_at": _("Begun"),
            "handed_in_at": _("Handed in"),
            "void_reason": _("Why it was set aside"),
        },
        rows_of(Attempt, "learner"),
        _set_aside,
        kept=KEPT,
    ),
    Holding(
        Place,
        _("Questions you were shown"),
        "attendance",
        {"attempt__uuid": _("Attempt"), "position": _("Number"), "part": _("Part"), "question": _("Question")},
        rows_of(Place, "attempt__learner"),
        kept=KEPT,
        shown=_of_place,
    ),
)
_ANSWERED_FOR = _("Who wrote, reviewed or retired a question has to be answered. Your name goes; the record stays.")
hold(
    Holding(
        ItemVersion,
        _("Questions you wrote or reviewed"),
        "accounts",
        {
            "item__uuid": _("Question"),
            "number": _("Version"),
            "created_at": _("Written"),
            "change_note": _("What was changed, and why"),
            "reviewed_at": _("Reviewed"),
        },
        rows_of(ItemVersion, "written_by", "reviewed_by"),
        kept=_ANSWERED_FOR,
    ),
    Holding(
        ItemAct,
        _("What you did with questions"),
        "accounts",
        {"item__uuid": _("Question"), "act": _("What"), "at": _("When"), "reason": _("Your reason")},
        rows_of(ItemAct, "by"),
        kept=_ANSWERED_FOR,
    ),
)
about_nobody(
    _("What is asked, and by whom it was written: published content."),
    ItemBank,
    ItemCategory,
    ItemTag,
    ItemPicture,
    Item,
    Assessment,
    BlueprintLine,
)


def _old_answers(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """What was answered, so long after the hand-in; the score stays (DOMAIN 7.2)."""
    old = Response.objects.filter(received_at__lt=before).exclude(place__attempt__learner__in=held)
    return remove_answers(old, at=at, why="retention")


def _old_marking(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """How a marker judged, so long after it (DOMAIN 7.2)."""
    old = Score.objects.filter(scored_at__lt=before).exclude(response__place__attempt__learner__in=held)
    return _empty_marking(old, at)


def _old_comments(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """What a marker wrote when they gave a response back, so long after it."""
    old = RevisionRequest.objects.filter(at__lt=before).exclude(response__place__attempt__learner__in=held)
    return _empty_comments(old, at)


def _old_kept(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Comments a marker kept for the next response, so long ago."""
    return delete_rows(KeptComment.objects.filter(kept_at__lt=before).exclude(by__in=held), at)


retain(
    Retention("responses", Response, _old_answers),
    Retention("responses", Score, _old_marking),
    Retention("responses", RevisionRequest, _old_comments),
    Retention("responses", KeptComment, _old_kept),
)
