"""Small factories with no surprises: what matters to a test is written in the test.

`people()` is the one cast; `taught_course()` a course with two lessons and a quiz; `cohort()`, `enrolment()` and
`achievement()` join them; `briefing_page()`, `story_page()` and `report_page()` stand on shelves. Every one goes
through the models, and through the verbs where a verb makes the thing.
"""

from .briefings import (
    MESSAGES,
    TEAM_PACK,
    briefing_page,
    legal_statement,
    report_page,
    section,
    shelf,
    source,
    story_page,
    term,
)
from .courses import (
    TaughtCourse,
    bank_with_items,
    course_as_taught,
    exercise,
    front_page,
    item,
    lesson_page,
    open_item,
    sealed_set,
    taught_course,
    written_quiz,
)
from .learning import achievement, cohort, enrolment, trainer
from .people import NOON, Cast, organisation, people, person

__all__ = [
    "MESSAGES",
    "NOON",
    "TEAM_PACK",
    "Cast",
    "TaughtCourse",
    "achievement",
    "bank_with_items",
    "briefing_page",
    "cohort",
    "course_as_taught",
    "enrolment",
    "exercise",
    "front_page",
    "item",
    "legal_statement",
    "lesson_page",
    "open_item",
    "organisation",
    "people",
    "person",
    "report_page",
    "sealed_set",
    "section",
    "shelf",
    "source",
    "story_page",
    "taught_course",
    "term",
    "trainer",
    "written_quiz",
]
