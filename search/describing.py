"""How the pages and rows of the rooms below are found, a few lines each."""

from collections.abc import Iterable

from courses.models import CoursePage, LessonPage, ModulePage
from reference.models import Source

from .choices import Kind
from .entries import Draft, register, written
from .passages import Passage


def lesson(page: LessonPage) -> Iterable[Draft]:
    yield written(page, Kind.LESSON, course_id=page.activity.course_id)


def public_page(page: CoursePage | ModulePage) -> Iterable[Draft]:
    yield written(page, Kind.PAGE)


def source(row: Source) -> Iterable[Draft]:
    about = ". ".join(part for part in (row.publisher, row.published, row.note) if part)
    yield Draft(Kind.SOURCE, row.key, "en", row.title, passages=[Passage(about)])


def register_all() -> None:
    """Called once when the site starts."""
    register(CoursePage, public_page)
    register(ModulePage, public_page)
    register(LessonPage, lesson)
    register(Source, source)
