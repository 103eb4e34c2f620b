"""What a learner is told when their trainer has put them on leave, brought them back or ended their course."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from post.outbox import queue_message

from .choices import LearnerMove
from .models import Enrolment


def tell_moved(run: Enrolment, move: str, *, number: int, why: str, at: datetime) -> None:
    """Once for each change of the run, in the learner's language; `why` is as the trainer wrote it."""
    learner, values = run.learner, {"name": run.learner.name, "cohort": run.cohort.name, "why": why}
    with translation.override(learner.language):
        subject, told = _WORDS[LearnerMove(move)](values)
        page = reverse("learning_record" if move == LearnerMove.END else "dashboard")
        text = "\n\n".join([_("Hello %(name)s,") % values, *told, f"{settings.SITE_URL}{page}"])
        queue_message(
            to=learner,
            kind="enrolment_moved",
            subject=subject,
            text=f"{text}\n",
            action=_("See what you did") if move == LearnerMove.END else _("Open my courses"),
            at=at,
            dedupe_key=f"enrolment_moved:{run.uuid}:{number}",
        )


def _on_leave(values: dict[str, str]) -> tuple[str, list[str]]:
    return _("You are on leave: %(cohort)s") % values, [
        _("Your trainer has put you on leave from %(cohort)s. Nothing is due while you are away.") % values,
        _("Your lessons stay open. Attempts at quizzes can be begun again once you are back."),
        _("Tell your trainer when you come back, or if this is a mistake."),
    ]


def _back(values: dict[str, str]) -> tuple[str, list[str]]:
    return _("You are back from leave: %(cohort)s") % values, [
        _("Your trainer has noted that you are back in %(cohort)s. You carry on where you were.") % values,
    ]


def _ended(values: dict[str, str]) -> tuple[str, list[str]]:
    return _("Your course has ended: %(cohort)s") % values, [
        _("Your trainer has ended your place in %(cohort)s.") % values,
        _("They write: “%(note)s”") % {"note": values["why"]},
        _("What you did, your results and your certificates stay yours, and so does your account."),
        _("If this is a mistake, speak to your trainer. Somebody can book you again."),
    ]


_WORDS = {LearnerMove.LEAVE: _on_leave, LearnerMove.BACK: _back, LearnerMove.END: _ended}
