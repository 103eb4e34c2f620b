"""Which reports there are, and for whom. Whatever is not here is not found.

A new report needs a function for a cohort, for an organisation or for both, and a line here. A lead has no results by
learning outcome, which are made of answers, and no registers: both are the learner's and their trainer's. Of answers to
quizzes there is one report for each quiz of the cohort's course, beside the one that leads to them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enrolments.models import Cohort, Enrolment
from people.models import Organisation

from ..givers import Giver
from . import attendance, completion, outcomes, quiz_answers, stopping, times
from .quiz_keys import FAMILY, activity_of
from .table import Report


@dataclass(frozen=True)
class Offer:
    """One report: its key in addresses, and how it is read for whom."""

    key: str
    title: str | Promise
    of_cohort: Callable[..., Report] | None = None
    of_organisation: Callable[..., Report] | None = None


OFFERED = (
    Offer("completion", _("Completion"), completion.of_cohort, completion.of_organisation),
    Offer("attendance", _("Attendance"), attendance.of_cohort),
    Offer("learning-outcomes", _("Results by learning outcome"), outcomes.of_cohort),
    Offer(FAMILY, _("Answers to quizzes"), quiz_answers.of_cohort),
    Offer("time-to-complete", _("Time to complete"), times.of_cohort, times.of_organisation),
    Offer("where-people-stop", _("Where people stop"), stopping.of_cohort, stopping.of_organisation),
)


def offered_to(giver: Giver) -> list[Offer]:
    """Those of a cohort or of an organisation, in the order of the page."""
    return [one for one in OFFERED if (one.of_organisation if giver.organisation else one.of_cohort)]


def offer_of(key: str, cohort: Cohort | None) -> Offer | None:
    """The one of this key; of a quiz only where the cohort's course has it. For whom else it is, it says itself."""
    if found := next((one for one in OFFERED if one.key == key), None):
        return found if cohort is None or found.of_cohort else None
    quiz = quiz_answers.quiz_of(key, cohort) if cohort else None
    return Offer(key, quiz.title, partial(quiz_answers.of_quiz, quiz=quiz)) if quiz else None


def offer_to(giver: Giver, key: str) -> Offer | None:
    """The one of this key, if it is for a cohort or for an organisation as this one is."""
    found = offer_of(key, giver.cohort)
    return found if found and (found.of_organisation if giver.organisation else found.of_cohort) else None


def family_of(key: str) -> str:
    """The key under which a report stands in the list of them."""
    return FAMILY if activity_of(key) else key


def read_report(key: str, cohort: Cohort | None, organisation: Organisation | None, *, at: datetime) -> Report | None:
    """The report as things are now, in the reader's language; None if there is none of that key for whom it is."""
    found = offer_of(key, cohort)
    if found and cohort and found.of_cohort:
        return found.of_cohort(cohort, at=at)
    if found and organisation and found.of_organisation:
        return found.of_organisation(organisation, at=at)
    return None


def is_long(giver: Giver) -> bool:
    """Whether its files are made by the worker: more people than a page should wait for."""
    if giver.organisation:
        return Enrolment.objects.filter(booked_by=giver.organisation).count() > LONG_PEOPLE
    return Enrolment.objects.filter(cohort=giver.cohort).count() > LONG_PEOPLE


LONG_PEOPLE = 2000
