"""What a learner is told when their trainer has granted them something."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from assessments.models import Assessment
from post.outbox import queue_message

from .choices import AdjustmentKind
from .models import Adjustment


def tell_adjustment(made: Adjustment, *, at: datetime) -> None:
    """Once, in the learner's language, with the way to the quiz where it is for one."""
    learner = made.enrolment.learner
    quiz = Assessment.objects.filter(activity=made.activity).first() if made.activity else None
    with translation.override(learner.language):
        page = reverse("quiz_start", args=[quiz.uuid]) if quiz else reverse("dashboard")
        told = _what(made, quiz.title if quiz else "")
        text = _("Hello %(name)s,") % {"name": learner.name} + f"\n\n{told}\n\n{settings.SITE_URL}{page}\n"
        queue_message(
            to=learner,
            kind="adjustment",
            subject=_("From your trainer: %(cohort)s") % {"cohort": made.enrolment.cohort.name},
            text=text,
            action=_("Open the quiz") if quiz else _("Open my courses"),
            at=at,
            dedupe_key=f"adjustment:{made.uuid}",
        )


def _what(made: Adjustment, quiz: str) -> str:
    if made.kind == AdjustmentKind.ATTEMPT:
        return _("Your trainer gave you one more attempt at “%(quiz)s”. Begin it whenever you are ready.") % {
            "quiz": quiz
        }
    if made.kind == AdjustmentKind.AT_ONCE:
        return _("You may begin your next attempt at “%(quiz)s” now, without the pause.") % {"quiz": quiz}
    words = _("You have %(percent)s per cent more time in every quiz of the course that has a time limit.")
    return words % {"percent": made.percent}
