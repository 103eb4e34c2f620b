"""How sure a learner is of an answer: the three steps of a form, and what was chosen in one."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments.choices import Certainty, CertaintyUse
from assessments.items import NotAnswerable, item_type
from assessments.models import Attempt, Place

SURE = "sure"  # what the name of the field ends in
PREFIX = "sure-"  # no choice of a question is posted so, and the page's script sets them alike


@dataclass(frozen=True)
class Step:
    """One step, as it is shown."""

    value: str
    words: str
    is_chosen: bool


def steps_of(attempt: Attempt, place: Place) -> list[Step]:
    """The steps to choose from; none where nobody is asked, or a person marks."""
    if not attempt.own_rules.asks_certainty or not item_type(place.item_version.kind).is_judged_at_once:
        return []
    draft = getattr(place, "draft", None)
    chosen = draft.certainty if draft else None
    return [Step(f"{PREFIX}{one.value}", _words(attempt, one), one.value == chosen) for one in Certainty]


def _words(attempt: Attempt, step: Certainty) -> str:
    if attempt.own_rules.certainty != CertaintyUse.MARKED:
        return str(step.label)
    return f"{step.label}: {_at_stake(step)}"


def _at_stake(step: Certainty) -> str:
    return {
        Certainty.UNSURE: _("1 if it fits, nothing if not"),
        Certainty.FAIRLY: _("2 if it fits, minus 2 if not"),
        Certainty.SURE: _("3 if it fits, minus 6 if not"),
    }[step]


def posted_certainty(request: HttpRequest, place: Place) -> int | None:
    """What was chosen; None if nothing was. Raises NotAnswerable for what no page offers."""
    posted = request.POST.get(f"q{place.position}-{SURE}", "")
    offered = {f"{PREFIX}{one.value}": one.value for one in Certainty}
    if posted and posted not in offered:
        raise NotAnswerable("not a step")
    return offered.get(posted)
