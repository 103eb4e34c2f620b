"""What learners are told when a question they met was scored anew. Nobody is written to at night."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from assessments.choices import AttemptState
from assessments.models import Attempt
from post.outbox import queue_message
from training.board.daytime import next_daytime

REGRADED = "regraded"


def tell_regraded(attempt: Attempt, *, at: datetime) -> None:
    """That a result is another one, once for each result. What it is, and why, stands on the page alone."""
    learner, result = attempt.learner, attempt.result
    if attempt.state != AttemptState.SCORED or result is None:
        return  # the letter that it is marked follows
    with translation.override(learner.language):
        values = {"name": learner.name, "title": attempt.assessment.title}
        what = _(
            "A question you answered in “%(title)s” had a mistake in it, and was scored anew. Your result and the "
            "reason are here:"
        )
        also = _("Whatever you had passed stays passed. You need not do anything.")
        address = settings.SITE_URL + reverse("quiz_result", args=[attempt.uuid])
        queue_message(
            to=learner,
            kind=REGRADED,
            subject=_("Scored anew: %(title)s") % values,
            text=_("Hello %(name)s,") % values + f"\n\n{what % values}\n\n{address}\n\n{also}\n",
            action=_("See my result"),
            at=next_daytime(at, learner.time_zone),
            dedupe_key=f"{REGRADED}:{result.pk}",
        )
