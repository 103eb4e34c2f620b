"""What a learner leaves behind in words besides quizzes, and what others write to them about it, in the same words."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from assessments.attempts import finish_attempt, save_draft
from assessments.marking import Judgement
from assessments.models import Attempt, Response, Score
from courses.models import LessonPage
from enrolments.attempts import begin_attempt
from enrolments.invitations import invite
from enrolments.models import Enrolment
from enrolments.requests import ask_for_place, refuse_request
from player.models import LearningElsewhere, Note, Reflection
from tests.assessments.writing import BEST
from tests.factories import TaughtCourse, cohort, exercise, person, taught_course
from training.marking.doing import mark_and_tell, return_and_tell

BLOCK = "00000000-0000-4000-8000-0000000000aa"


def write_for_oneself(client: Client, taught: TaughtCourse, words: str) -> None:
    """A reflection and a note in a lesson, and something learned elsewhere, through their forms."""
    page = LessonPage.objects.get(pk=taught.lessons[0].pk)
    asked = {"question": "When did it make sense?", "hint": ""}
    page.body = [*page.body.raw_data, {"type": "reflection", "value": asked, "id": BLOCK}]
    page.save_revision().publish()
    base = f"/learn/{page.activity.uuid}/"
    client.post(f"{base}reflection/{BLOCK}/", {"words": words, "seen": ""})
    client.post(f"{base}notes/", {"section": "start", "quote": "", "words": words, "go": "note"})
    elsewhere = {"title": words, "provider": words, "done_on": "2026-05-02", "minutes": "90", "gained": words}
    client.post("/my-learning/record/elsewhere/", elsewhere)
    assert [table.objects.count() for table in (Reflection, Note, LearningElsewhere)] == [1, 1, 1]


def write_an_answer(run: Enrolment, taught: TaughtCourse, words: str) -> None:
    """Handed in, given back with a comment, handed in again, marked with another, and begun once more."""
    marker, now = person("Mara Keen"), timezone.now()
    assessment = exercise(taught)
    for number in (1, 2):
        attempt = begin_attempt(run, assessment, language="en", at=now)
        save_draft(attempt.places.get(), posted=["1"], words=words, sequence=1, at=now)
        if number == 2:
            return
        _mark(finish_attempt(attempt, at=now), words, marker)


def _mark(attempt: Attempt, words: str, marker: object) -> None:
    now = timezone.now()
    given: dict[str, object] = {"by": marker, "at": now}
    first = Response.objects.get(place__attempt=attempt)
    return_and_tell(first, comment=words, due_on=now.date() + timedelta(days=7), **given)  # type: ignore[arg-type]
    place = attempt.places.get()
    save_draft(place, posted=["1"], words=f"{words}, again", sequence=2, at=now)
    finish_attempt(Attempt.objects.get(pk=attempt.pk), at=now)
    second = Response.objects.get(place=place, try_number=2)
    mark_and_tell(second, Judgement(BEST, words), seen=None, **given)  # type: ignore[arg-type]
    score = Score.objects.get(response=second)
    corrected = Judgement({**BEST, "fair": 2}, words, reason=words)
    mark_and_tell(second, corrected, seen=score.pk, **given)  # type: ignore[arg-type]


def ask_in_vain(run: Enrolment, words: str) -> None:
    """For a place in another course, refused with a note."""
    now, other = timezone.now(), cohort(taught_course("refresher").course, "Another cohort")
    link, _secret = invite(
        other, organisation=None, expires_at=now + timedelta(days=9), at=now, max_uses=3, asks_first=True,
        by=person("Tia Keen"),
    )  # fmt: skip
    asked = ask_for_place(link, run.learner, at=now)
    refuse_request(asked, by=person("Una Keen"), at=now, note=words)
