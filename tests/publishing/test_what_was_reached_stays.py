"""Whatever editors do, in whatever order, nothing that a learner gave, was given, reached or was awarded changes.

Lessons and modules are edited, moved, translated, taken off the site and put back; files are loaded again with other
words, keys, places and requirements; questions get other keys, are retired, moved and tagged; a quiz gets other rules.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import Locale, Page

from assessments.assessment_rules import AssessmentPart, AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.bank import BankRefused, bring_back, move, retire, tag
from assessments.models import Assessment, Attempt, Draft, Item, Place, Response, Result, Score
from assessments.queries import questions_of, reviewed
from courses.models import Course, CoursePage, LessonPage, ModulePage
from credentials.jobs import award_met
from credentials.models import Credential
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment, PinnedSet, Progress
from enrolments.progress import mark_read, record_attempt
from people.models import User
from publishing.loader import load
from tests.assessments.sitting import mended
from tests.enrolments.doings import number_of
from tests.factories import NOON, cohort, enrolment, people
from tests.publishing.parcel import ITEM, LESSON, LESSON_BODY, QUIZ, REQUIREMENTS, changed, loaded, parcel

WRITTEN = (Attempt, Place, Draft, Response, Score, Result, Progress, PinnedSet, Credential)
FILES: dict[str, Callable[[], dict[str, str]]] = {
    "as they were": parcel,
    "other words of a question": lambda: changed(ITEM, "Which of two?", "Which of these two?"),
    "another key": lambda: changed(ITEM, "answer: [b]", "answer: [a]"),
    "another lesson": lambda: changed(LESSON, LESSON_BODY, "## Anew {#anew}\n\nOther words."),
    "another place of the quiz": lambda: changed(QUIZ, "position: 90", "position: 5"),
    "fewer questions": lambda: changed(QUIZ, "LO1.1: 2", "LO1.1: 1"),
    "another requirement set": lambda: {
        **parcel(),
        REQUIREMENTS: parcel()[REQUIREMENTS].replace("    version: 1\n", "    version: 2\n").replace('"7/10"', '"1/1"'),
    },
}
RULES = [
    AssessmentRules(),
    AssessmentRules(feedback="tries", tries=3, certainty="asked"),
    AssessmentRules(is_forward_only=True, counts="last"),
    AssessmentRules(parts=(AssessmentPart({"en": "First"}), AssessmentPart({"en": "Last"}))),
]


def completed() -> Enrolment:
    """Amina read the lesson, passed the quiz and holds the certificate; Carol is half-way through an attempt."""
    loaded(parcel())
    cast, group = people(), cohort(Course.objects.get())
    lesson, quiz = LessonPage.objects.get(), Assessment.objects.get()
    runs = [enrolment(person, group) for person in (cast.amina, cast.carol)]
    for run in runs:
        mark_read(run, lesson.activity, digest=lesson.content_digest, at=NOON)
        attempt = begin_attempt(run, quiz, language="en", at=NOON, seed="seed")
        for place in attempt.places.all():
            save_draft(place, posted=[number_of(place, "b")], sequence=1, at=NOON)
    record_attempt(finish_attempt(Attempt.objects.get(learner=cast.amina), at=NOON + timedelta(minutes=5)))
    award_met(runs[0])
    return runs[0]


def rows() -> dict[str, list[Any]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in WRITTEN}


def shown() -> list[Any]:
    """What both attempts show of their questions: the words met, the choices in their order, what it came to."""
    handed_in, still_open = Attempt.objects.order_by("pk")
    return [
        (one.prompt, one.choices, one.answer, one.points, one.max_score)
        for one in [*reviewed(handed_in), *questions_of(still_open)]
    ]


class Editing(RuleBasedStateMachine):
    """An editor and the files, with everything they may touch."""

    editor: User

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.rows, self.shown = rows(), shown()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # -- Pages ----------------------------------------------------------------------------------------------------

    @rule(title=st.sampled_from(["First lesson", "Renamed", "Again"]), is_live=st.booleans())
    def edit_a_lesson(self, title: str, is_live: bool) -> None:
        for page in LessonPage.objects.all():
            page.title, page.body = title, []
            revision = page.save_revision()
            if is_live:
                revision.publish()

    @rule(kind=st.sampled_from([LessonPage, ModulePage, CoursePage]))
    def take_off_the_site(self, kind: type[Page]) -> None:
        for page in kind.objects.filter(live=True):
            page.unpublish()

    @rule(kind=st.sampled_from([LessonPage, ModulePage, CoursePage]))
    def put_back(self, kind: type[Page]) -> None:
        for page in kind.objects.filter(live=False):
            page.save_revision().publish()

    @rule()
    def move_a_lesson_to_another_module(self) -> None:
        page = LessonPage.objects.filter(locale__language_code="en").get()
        others = ModulePage.objects.filter(locale=page.locale).exclude(pk=page.get_parent().pk)
        page.move(others.get(), pos="last-child")

    @rule()
    def translate_all_of_it(self) -> None:
        welsh, _made = Locale.objects.get_or_create(language_code="cy")
        for page in LessonPage.objects.filter(locale__language_code="en"):
            if not page.has_translation(welsh):
                page.copy_for_translation(welsh, copy_parents=True).save_revision().publish()

    # -- Files and the bank ---------------------------------------------------------------------------------------

    @rule(files=st.sampled_from(sorted(FILES)))
    def load_files_again(self, files: str) -> None:
        load(FILES[files]())

    @rule(correct=st.sampled_from("ab"))
    def make_another_key_live(self, correct: str) -> None:
        for item in Item.objects.select_related("current"):
            mended(item.current, correct)

    @rule(is_back=st.booleans())
    def retire_or_bring_back(self, is_back: bool) -> None:
        for item in Item.objects.all():
            try:
                if is_back:
                    bring_back(item, reason="Needed.", by=self.editor, at=timezone.now())
                else:
                    retire([item], reason="Old.", by=self.editor, at=timezone.now())
            except BankRefused:
                continue

    @rule(name=st.sampled_from(["Words", "Cases", ""]))
    def put_in_another_drawer(self, name: str) -> None:
        move(Item.objects.all(), name)
        tag(Item.objects.all(), "looked at")

    @rule(rules=st.sampled_from(RULES), count=st.integers(1, 5))
    def change_the_quiz(self, rules: AssessmentRules, count: int) -> None:
        quiz = Assessment.objects.get()
        quiz.rules, quiz.titles = rules.to_json(), {"en": "Renamed"}
        quiz.save()
        quiz.blueprint.update(count=count)

    # -- What always holds ----------------------------------------------------------------------------------------

    @invariant()
    def what_was_given_scored_reached_and_awarded_is_as_it_was(self) -> None:
        assert rows() == self.rows

    @invariant()
    def what_was_met_is_shown_as_it_was_met(self) -> None:
        assert shown() == self.shown


@pytest.mark.lengthy
@pytest.mark.django_db
def test_no_edit_move_translation_import_or_unpublishing_changes_what_was_reached() -> None:
    run = completed()
    CoursePage.objects.get().add_child(instance=ModulePage(title="Module two", slug="m2"))
    assert [len(found) for found in rows().values()] == [2, 4, 4, 2, 2, 1, 3, 2, 1]
    assert run.learner == Credential.objects.get().learner
    machine = type("Machine", (Editing,), {"editor": User.objects.get(name__startswith="Dev")})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # fifteen acts are few enough to read; looking for fewer takes minutes
        ),
    )
