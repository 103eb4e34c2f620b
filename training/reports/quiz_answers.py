"""How many chose what: the quizzes of a cohort, and each question of one with the answers that were given.

Nobody is named. Neither a key nor an explanation is in it, nor points where the bank is private (private_banks).
Source: docs/decisions/0074.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.items import Given, item_type
from assessments.models import Assessment, ItemVersion
from enrolments.models import Cohort

from ..spreadsheets import Cell
from .answers import HandedIn, handed_in
from .choosing import NOTHING, OTHERS, REMOVED, Came, Counted, Row, counted, first_and_last
from .private_banks import notes_on, tells_points
from .quiz_keys import activity_of, key_of
from .table import Heading, Report, share_in_words

SHORT = 90  # characters of a question on a page and on paper


def quiz_of(key: str, cohort: Cohort) -> Assessment | None:
    """The quiz of the cohort's course that such a key names."""
    activity = activity_of(key)
    return quizzes_of(cohort).filter(activity=activity).first() if activity else None


def quizzes_of(cohort: Cohort) -> QuerySet[Assessment]:
    """Those of its course, in its order."""
    own = Assessment.objects.filter(activity__course=cohort.course_id)
    return own.select_related("activity__module", "bank").order_by(
        "activity__module__number", "activity__position", "pk"
    )


def of_cohort(cohort: Cohort, *, at: datetime) -> Report:
    """A row for each quiz; each leads to its questions."""
    quizzes = list(quizzes_of(cohort))
    by_quiz: dict[int, list[HandedIn]] = defaultdict(list)
    for one in handed_in(cohort, quizzes):
        by_quiz[one.quiz].append(one)
    return Report(
        title=_("Answers to quizzes"),
        about=_("How many chose what: each quiz leads to its questions, and to how many gave which answer."),
        headings=[
            Heading(_("Quiz")), Heading(_("Module"), is_number=True),
            Heading(_("Trainees who answered"), is_number=True), Heading(_("Questions met"), is_number=True),
            Heading(_("First answers"), is_number=True),
            Heading(_("All the points"), is_number=True), Heading(_("Some of them"), is_number=True),
            Heading(_("None"), is_number=True),
        ],
        rows=[_quiz_row(one, by_quiz[one.pk]) for one in quizzes],
        links=[reverse("cohort_report", args=[cohort.uuid, key_of(one.activity_id)]) for one in quizzes],
        notes=[
            _("A first answer is the first that somebody handed in to a question of that quiz, as it was worded."),
            *notes_on(quizzes),
        ],
        empty=_("This course has no quiz yet."),
    )  # fmt: skip


def _quiz_row(quiz: Assessment, tries: list[HandedIn]) -> list[Cell]:
    came = Came()
    for those in _by_version(tries).values():
        for one in first_and_last(those)[0]:
            came.count(one.points, one.max_score)
    module = quiz.activity.module
    people, questions = {one.run for one in tries}, {one.item for one in tries}
    points = [came.full, came.part, came.none] if tells_points(quiz) else [None] * 3
    return [
        quiz.title, module.number if module else None, len(people), len(questions), came.judged, *points,
    ]  # fmt: skip


def _by_version(tries: Iterable[HandedIn]) -> dict[int, list[HandedIn]]:
    found: dict[int, list[HandedIn]] = defaultdict(list)
    for one in tries:
        found[one.version].append(one)
    return found


@dataclass(frozen=True)
class _Question:
    """A version of a question as it was asked, its number here, and what was counted of it."""

    number: int
    version: ItemVersion
    prompt: str
    counted: Counted


@dataclass(frozen=True)
class _Counts:
    """Which counts stand beside an answer: of last tries where anybody had several, points where they are told."""

    has_last: bool
    has_points: bool

    def headings(self) -> list[str]:
        each = [_("Trainees"), *([_("All the points"), _("Some of them"), _("None")] if self.has_points else ())]
        if not self.has_last:
            return each
        return [_("First: %(what)s") % {"what": one} for one in each] + [
            _("Last: %(what)s") % {"what": one} for one in each
        ]

    def cells(self, row: Row, *, can_earn: bool) -> list[Cell]:
        found: list[Cell] = []
        for came in (row.first, row.last) if self.has_last else (row.first,):
            found.append(came.people)
            if self.has_points:
                found += [came.full, came.part, came.none] if can_earn else [None] * 3
        return found


def of_quiz(cohort: Cohort, quiz: Assessment, *, at: datetime) -> Report:
    """For each question, as it was worded, a row for everybody and one for each answer."""
    tries = _by_version(handed_in(cohort, [quiz]))
    questions = _questions(tries)
    has_last = any(len(those) > len({one.run for one in those}) for those in tries.values())
    counts = _Counts(has_last, has_points=tells_points(quiz))
    rows = [(one, _row(one, row, counts)) for one in questions for row in (one.counted.whole, *one.counted.rows)]
    people = {one.run for those in tries.values() for one in those}
    return Report(
        title=_("Answers to “%(quiz)s”") % {"quiz": quiz.title},
        about=_("How many of the cohort gave which answer to each question, worded as they met it."),
        headings=_headings(counts),
        rows=[row for _one, row in rows],
        links=[reverse("cohort_outcome", args=[cohort.uuid, one.version.learning_outcome.uuid]) for one, _row in rows],
        figures=_figures(questions, len(people), counts) if questions else (),
        notes=[*_notes(counts), *notes_on([quiz])],
        empty=_("Nobody of this cohort has handed in this quiz yet."),
    )


def _questions(tries: dict[int, list[HandedIn]]) -> list[_Question]:
    language = get_language() or "en"
    versions = ItemVersion.objects.filter(pk__in=tries).select_related("learning_outcome")
    found = []
    for number, version in enumerate(versions.order_by("learning_outcome__code", "item", "number"), start=1):
        texts = version.texts.get(language) or version.texts["en"]
        given = Given(texts, version.structure, version.structure["choices"])
        counts = counted(item_type(version.kind), given, version.key, tries[version.pk])
        found.append(_Question(number, version, " ".join(texts["prompt"].split()), counts))
    return found


def _headings(counts: _Counts) -> list[Heading]:
    return [
        Heading(_("Question")), Heading(_("In full"), is_detail=True), Heading(_("Learning outcome"), is_detail=True),
        Heading(_("Version"), is_detail=True, is_number=True), Heading(_("Answer")),
        *(Heading(one, is_number=True) for one in counts.headings()),
    ]  # fmt: skip


def _row(one: _Question, row: Row, counts: _Counts) -> list[Cell]:
    short = Truncator(one.prompt).chars(SHORT, truncate="…")
    return [
        f"{one.number}. {short}", one.prompt, one.version.learning_outcome.code, one.version.number, _words(row),
        *counts.cells(row, can_earn=one.version.max_score > 0),
    ]  # fmt: skip


def _words(row: Row) -> str:
    said = {
        "": _("Everybody"),
        NOTHING: _("Nothing"),
        OTHERS: _("Other words, each of few"),
        REMOVED: _("Removed by its rule"),
    }
    return said.get(row.key, " ".join(row.words.split()))


def _figures(questions: list[_Question], people: int, counts: _Counts) -> list[tuple[str, str]]:
    figures = [
        (_("Trainees who answered"), str(people)),
        (_("Questions met"), str(len({one.version.item_id for one in questions}))),
    ]
    if counts.has_points:
        whole = [one.counted.whole.first for one in questions]
        share = share_in_words(sum(came.full for came in whole), sum(came.judged for came in whole))
        figures.append((_("First answers with all the points"), share))
    return figures


def _notes(counts: _Counts) -> list[str]:
    notes = [
        _("Each trainee is counted once a question, by the first answer they handed in. Who answered what stands in "
          "their attempts; whoever left is not in it."),
    ]  # fmt: skip
    if counts.has_last:
        notes.append(_("Last is the last try at it, in whichever attempt that was."))
    return notes
