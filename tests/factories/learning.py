"""Cohorts, roles in them, enrolments, and what may be earned."""

from datetime import date, datetime
from typing import Any

from courses.models import Course
from credentials.choices import AchievementKind
from credentials.models import Achievement, Issuer
from enrolments.booking import book_enrolment
from enrolments.choices import CohortRoleCode
from enrolments.models import Cohort, CohortRole, Enrolment
from people.models import Organisation, User
from tests.factories.people import NOON


def cohort(course: Course, name: str = "Autumn cohort", **fields: Any) -> Cohort:
    """A cohort that began on 1 September 2026 in London, has no end and follows the requirement set's rules."""
    return Cohort.objects.create(course=course, name=name, **{"starts_on": date(2026, 9, 1), **fields})


def trainer(person: User, group: Cohort, **fields: Any) -> CohortRole:
    """The person's trainer role in the cohort since it began, without an end."""
    return CohortRole.objects.create(
        cohort=group, person=person, role=CohortRoleCode.TRAINER, **{"starts_on": group.starts_on, **fields}
    )


def enrolment(learner: User, group: Cohort, *, booked_by: Organisation | None = None, at: datetime = NOON) -> Enrolment:
    """The learner booked into the cohort, as the site books."""
    return book_enrolment(learner, group, booked_by=booked_by, at=at)


def achievement(course: Course, key: str = "module-1", **fields: Any) -> Achievement:
    """What meeting the requirement set of this key earns; it issues itself."""
    issuer, _made = Issuer.objects.get_or_create(key="larchmere", defaults={"names": {"en": "Larchmere Partnership"}})
    return Achievement.objects.create(
        **{
            "course": course,
            "key": key,
            "kind": AchievementKind.MODULE,
            "issuer": issuer,
            "titles": {"en": "Module 1"},
            "statements": {"en": "Shows that its holder read the lessons and passed the quiz."},
            "issues_itself": True,
            **fields,
        }
    )
