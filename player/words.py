"""Rules and numbers in plain words."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.assessment_rules import AssessmentRules
from assessments.queries import Question
from assessments.review import Review
from assessments.rules import AttemptRules
from enrolments.floors import Floor
from enrolments.models import RecordedResult

from .rules_words import own_rules_in_words, questions_in_words

_USUAL = AssessmentRules()


def points_in_words(points: Fraction) -> str:
    """'6', '5 2/3' or '-1/2': exact, never rounded."""
    whole, rest = divmod(abs(points), 1)
    sign = "-" if points < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    fraction = f"{rest.numerator}/{rest.denominator}"
    return f"{sign}{whole} {fraction}" if whole else f"{sign}{fraction}"


def judged_in_words(question: Question, review: Review) -> str:
    """Whether an answer fits and what it earned, as far as it is shown: 'This fits in part. 1/2 of 1 point.'"""
    said = [review.judged.get(question.position, "")]
    if question.points is not None and question.max_score:
        said.append(points_of(question.points, question.max_score))
    return " ".join(one for one in said if one)


def points_of(points: Fraction, most: Fraction) -> str:
    """'1/2 of 1 point.'"""
    values = {"points": points_in_words(points), "max": points_in_words(most)}
    return ngettext("%(points)s of %(max)s point.", "%(points)s of %(max)s points.", 1 if most == 1 else 2) % values


def rules_in_words(
    rules: AttemptRules, *, by_part: Sequence[int], own: AssessmentRules = _USUAL, floor: Floor | None = None
) -> list[str]:
    """The rules in force, one sentence each, as shown before the start; `own` are those the assessment brings.

    `by_part` is how many questions each of its parts has; one number where it is one whole.
    """
    percent = points_in_words(rules.pass_share * 100)
    return [
        *questions_in_words(own, by_part),
        _("To pass, reach %(percent)s per cent of the points.") % {"percent": percent},
        *floor_in_words(floor),
        _attempts(rules),
        _gap(rules.gap_seconds),
        _time(rules),
        *_closing(rules),
        *own_rules_in_words(own),
    ]


def floor_in_words(floor: Floor | None) -> list[str]:
    """What a course asks of each learning outcome; nothing where it asks nothing."""
    if floor is None:
        return []
    values = {"percent": points_in_words(floor.share * 100), "count": floor.items}
    sentence = ngettext(
        "The course also asks for %(percent)s per cent on each learning outcome, "
        "once you have met %(count)s question on it.",
        "The course also asks for %(percent)s per cent on each learning outcome, "
        "once you have met %(count)s questions on it.",
        floor.items,
    )
    return [sentence % values]


def _attempts(rules: AttemptRules) -> str:
    if rules.attempts_allowed is None:
        return _("You may try as often as you like. Each try draws other questions while there are some left.")
    allowed = rules.attempts_allowed + rules.extra_attempts
    return ngettext(
        "You have %(count)s attempt.",
        "You have %(count)s attempts, each with other questions while there are some left.",
        allowed,
    ) % {"count": allowed}


def _gap(seconds: int) -> str:
    hours = -(-seconds // 3600)
    if not hours:
        return _("You can try again at once.")
    return ngettext(
        "Between two attempts there is a pause of %(count)s hour.",
        "Between two attempts there is a pause of %(count)s hours.",
        hours,
    ) % {"count": hours}


def _time(rules: AttemptRules) -> str:
    if rules.time_limit_seconds is None:
        return _("There is no clock.")
    minutes = (rules.time_limit_seconds + rules.extra_seconds) // 60
    return ngettext("You have %(count)s minute.", "You have %(count)s minutes.", minutes) % {"count": minutes}


def _closing(rules: AttemptRules) -> list[str]:
    """The last minute, in the reader's own time."""
    if rules.closes_at is None:
        return []
    last = timezone.localtime(rules.closes_at - timedelta(minutes=1))
    values = {"day": date_format(last, "j F Y"), "time": date_format(last, "H:i")}
    return [
        _(
            "The quiz closes after %(time)s on %(day)s. "
            "What is saved by then is handed in, and no attempt begins afterwards."
        )
        % values
    ]


def recorded_in_words(told: RecordedResult) -> str:
    """A result that was reached elsewhere, as its learner reads it."""
    day = date_format(timezone.localtime(told.at), "j F Y")
    if told.points is None:
        return _("You handed this in elsewhere on %(day)s; its points are not known here.") % {"day": day}
    values = {"day": day, "points": points_in_words(told.points), "max": points_in_words(told.max_score)}
    if told.passed:
        return _("You passed this elsewhere on %(day)s, with %(points)s of %(max)s points. It counts here.") % values
    return _("You took this elsewhere on %(day)s and reached %(points)s of %(max)s points: not passed yet.") % values
