"""How the pages and rows of the rooms below are found, a few lines each."""

from collections.abc import Iterable

from toolkit.by_language import in_language

from briefings.models import BriefingPage, ReportPage, StoryPage
from courses.models import CoursePage, LessonPage, ModulePage
from media.models import FilmPage
from reference.models import GlossaryTerm, Source

from .choices import Kind
from .entries import Draft, register, written
from .passages import Passage
from .terms import LANGUAGES


def lesson(page: LessonPage) -> Iterable[Draft]:
    yield written(page, Kind.LESSON, course_id=page.activity.course_id)


def public_page(page: CoursePage | ModulePage) -> Iterable[Draft]:
    yield written(page, Kind.PAGE)


def briefing(page: BriefingPage) -> Iterable[Draft]:
    yield written(page, Kind.BRIEFING, before=[Passage(" ".join(page.messages), "#key-messages")])


def story(page: StoryPage) -> Iterable[Draft]:
    yield written(page, Kind.STORY)


def report(page: ReportPage) -> Iterable[Draft]:
    yield written(page, Kind.REPORT)


def film(page: FilmPage) -> Iterable[Draft]:
    """A film with every line of its transcript, each at its second; outside the channel for its course's readers."""
    lines = [Passage(line["text"], f"?t={line['at']:g}#film", at=line["at"]) for line in page.transcript]
    yield written(page, Kind.FILM, after=lines, course_id=None if page.is_in_channel else _course_of(page))


def _course_of(page: FilmPage) -> int:
    module: ModulePage = ModulePage.objects.parent_of(page).select_related("module").get()
    return module.module.course_id


def term(row: GlossaryTerm) -> Iterable[Draft]:
    for language in LANGUAGES:
        if row.language_for(language) == language:
            meaning = Passage(row.meanings[language])
            yield Draft(Kind.TERM, row.key, language, in_language(row.terms, language), passages=[meaning])


def source(row: Source) -> Iterable[Draft]:
    about = ". ".join(part for part in (", ".join(row.authors), row.publisher, row.dated, row.note) if part)
    yield Draft(Kind.SOURCE, row.key, "en", row.title, passages=[Passage(about)])


def register_all() -> None:
    """Called once when the site starts."""
    register(LessonPage, lesson)
    register(CoursePage, public_page)
    register(ModulePage, public_page)
    register(BriefingPage, briefing)
    register(StoryPage, story)
    register(ReportPage, report)
    register(FilmPage, film)
    register(GlossaryTerm, term)
    register(Source, source)
