"""Small factories with no surprises: what matters to a test is written in the test.

`people()` is the one cast; `taught_course()` a course with two lessons and a quiz; `cohort()`, `enrolment()` and
`achievement()` join them. Every one goes through the models, and through the verbs where a verb makes the thing.
"""

from .courses import TaughtCourse, bank_with_items, front_page, item, lesson_page, sealed_set, taught_course
from .learning import achievement, cohort, enrolment, trainer
from .people import NOON, Cast, organisation, people, person

__all__ = [
    "NOON",
    "Cast",
    "TaughtCourse",
    "achievement",
    "bank_with_items",
    "cohort",
    "enrolment",
    "front_page",
    "item",
    "lesson_page",
    "organisation",
    "people",
    "person",
    "sealed_set",
    "taught_course",
    "trainer",
]
