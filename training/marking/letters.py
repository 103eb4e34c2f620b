"""What learners are told of marking, and markers of what waits. Nobody is written to at night."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Attempt, RevisionRequest
from enrolments.models import Cohort
from people.models import User
from post.outbox import queue_message

from ..board.daytime import next_daytime

MARKED, RETURNED, WAITS = "marked", "returned_for_revision", "marking_waits"


def tell_marked(attempt: Attempt, *, at: datetime) -> None:
    """That a result is there, once for each result. What it is stands on the page alone."""
    learner, result = attempt.learner, attempt.result
    corrected = bool(result and result.supersedes_id)
    with translation.override(learner.language):
        values = {"name": learner.name, "title": attempt.assessment.title}
        what = (
            _("A score in “%(title)s” was corrected. Your result, the comments and the reason are here:")
            if corrected
            else _("Your answers in “%(title)s” are marked. Your result and the comments are here:")
        )
        queue_message(
            to=learner,
            kind=MARKED,
            subject=_("Marked: %(title)s") % values,
            text=_("Hello %(name)s,") % values + f"\n\n{what % values}\n\n{_address(attempt)}\n",
            action=_("See my result"),
            at=next_daytime(at, learner.time_zone),
            dedupe_key=f"{MARKED}:{result.pk if result else attempt.uuid}",
        )


def tell_returned(asked: RevisionRequest, *, at: datetime) -> None:
    """That something came back, and by when; once a day for an attempt. The comment stands on the page alone."""
    attempt = asked.response.place.attempt
    learner = attempt.learner
    with translation.override(learner.language):
        values = {"name": learner.name, "title": attempt.assessment.title}
        values["day"] = date_format(asked.due_on, "j F Y")
        what = _("An answer of yours in “%(title)s” came back to you with a comment. Hand it in again by %(day)s.")
        queue_message(
            to=learner,
            kind=RETURNED,
            subject=_("Please look again: %(title)s") % values,
            text=_("Hello %(name)s,") % values + f"\n\n{what % values}\n\n{_address(attempt)}\n",
            action=_("See the comment"),
            at=next_daytime(at, learner.time_zone),
            dedupe_key=f"{RETURNED}:{attempt.uuid}:{asked.response.try_number}:{at.date()}",
        )


def _address(attempt: Attempt) -> str:
    return settings.SITE_URL + reverse("quiz_result", args=[attempt.uuid])


def remind(trainer: User, due: Sequence[tuple[Cohort, int, date]], *, at: datetime) -> bool:
    """One letter about all cohorts: how many responses are due or late in each, and the first day one was due.

    Written once for each day on which something falls due. Returns whether there is a letter.
    """
    with translation.override(trainer.language):
        lines = [_line(*one) for one in due]
        text = "\n\n".join(
            [
                _("Hello %(name)s,") % {"name": trainer.name},
                _("answers wait to be marked, and their days are near or over:"),
                *lines,
            ]
        )
        first, *_others = due
        last = max(day for _cohort, _count, day in due)
        message = queue_message(
            to=trainer,
            kind=WAITS,
            subject=_("To be marked: %(cohorts)s") % {"cohorts": ", ".join(cohort.name for cohort, _c, _d in due)},
            text=text + "\n",
            action=_("Open the queue of %(cohort)s") % {"cohort": first[0].name},
            at=at,
            dedupe_key=f"{WAITS}:{trainer.pk}:{last}",
        )
    return message is not None


def _line(cohort: Cohort, count: int, day: date) -> str:
    words = ngettext(
        "%(cohort)s: %(count)s answer, due by %(day)s",
        "%(cohort)s: %(count)s answers, the first due by %(day)s",
        count,
    )
    values = {"cohort": cohort.name, "count": count, "day": date_format(day, "j F Y")}
    return words % values + "\n" + settings.SITE_URL + reverse("cohort_marking", args=[cohort.uuid])
