"""A quiz, and a requirement set with a floor on each learning outcome of it."""

from datetime import datetime
from fractions import Fraction

from assessments.attempts import finish_attempt, save_draft
from assessments.models import Attempt
from courses.models import Requirement, RequirementSet
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment, PinnedSet
from enrolments.progress import record_attempt
from tests.enrolments.doings import number_of
from tests.factories import NOON, cohort, enrolment, people, taught_course
from tests.factories.courses import TaughtCourse


def floored(share: str = "60/100") -> tuple[TaughtCourse, Enrolment]:
    """A quiz of six items on one learning outcome and two on another, passed with 1/4; and a set with a floor."""
    taught = taught_course(item_counts=(12, 6, 0))
    taught.assessment.blueprint.all().delete()
    for outcome, count in zip(taught.outcomes, (6, 2), strict=False):
        taught.assessment.blueprint.create(learning_outcome=outcome, count=count)
    asked = RequirementSet.objects.create(
        course=taught.course,
        key="floored",
        version=1,
        created_at=NOON,
        thresholds={"outcome_floor_share": share, "outcome_floor_items": 5},
    )
    Requirement.objects.create(requirement_set=asked, activity=taught.assessment.activity, pass_share=Fraction(1, 4))
    asked.sealed_at = NOON
    asked.save()
    return taught, enrolment(people().amina, cohort(taught.course))


def sit_on(run: Enrolment, taught: TaughtCourse, first: int, second: int, *, at: datetime = NOON) -> None:
    """So many right of the six on the first outcome and of the two on the second, taken into the progress."""
    record_attempt(handed_in_on(run, taught, first, second, at=at))


def handed_in_on(run: Enrolment, taught: TaughtCourse, first: int, second: int, *, at: datetime = NOON) -> Attempt:
    """The same, and nobody took it into the progress yet."""
    attempt = begin_attempt(run, taught.assessment, language="en", at=at)
    left = {taught.outcomes[0].pk: first, taught.outcomes[1].pk: second}
    for place in attempt.places.select_related("item_version"):
        outcome = place.item_version.learning_outcome_id
        choice = "a" if left[outcome] > 0 else "b"
        left[outcome] -= 1
        save_draft(place, posted=[number_of(place, choice)], sequence=1, at=at)
    return finish_attempt(attempt, at=at)


def met(run: Enrolment) -> tuple[int, datetime | None]:
    pinned = PinnedSet.objects.get(enrolment=run, key="floored")
    return pinned.percent, pinned.met_at
