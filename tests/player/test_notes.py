"""Notes, highlights and bookmarks on a lesson's passages and a film's moments: the learner's alone, never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from courses.models import LessonPage
from enrolments.models import Enrolment
from player.models import Note
from privacy.download import collect
from privacy.subjects import subject_of
from tests.factories import cohort, enrolment, people, taught_course, trainer
from tests.publishing.lessons import publisher

pytestmark = pytest.mark.django_db
ADDRESS = "/foundation/m1/lesson-1/"
CANARY = "CANARY <b>of</b> Amina & nobody else"
SHOWN = "CANARY &lt;b&gt;of&lt;/b&gt; Amina &amp; nobody else"
QUOTE = "a list of four calls"
BODY = [
    {"type": "section", "value": {"heading": "Where it starts", "key": "start"}},
    {"type": "text", "value": "<p>She had <b>a list</b> of four calls &amp; a bus.</p>"},
    {"type": "section", "value": {"heading": "Where it ends", "key": "end"}},
    {"type": "text", "value": "<p>The list was a page long.</p>"},
]


@pytest.fixture
def lesson() -> LessonPage:
    return rewritten(taught_course().lessons[0], BODY)


@pytest.fixture
def cast(lesson: LessonPage) -> Any:
    return people()


@pytest.fixture
def run(lesson: LessonPage, cast: Any) -> Enrolment:
    return enrolment(cast.amina, cohort(lesson.activity.course))


def rewritten(page: LessonPage, body: list[Any]) -> LessonPage:
    page = LessonPage.objects.get(pk=page.pk)
    page.body = body
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def signed_in(person: Any, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def url(lesson: LessonPage) -> str:
    return f"/learn/{lesson.activity.uuid}/notes/"


def typed(**more: str) -> dict[str, str]:
    return {"section": "start", "quote": "", "words": "", "go": "note", **more}


def test_note_on_a_passage_stands_under_its_section_when_the_learner_comes_back(
    lesson: LessonPage, run: Enrolment
) -> None:
    client = signed_in(run.learner)

    response = client.post(url(lesson), typed(quote=f"  {QUOTE} ", words=f"{CANARY}\r\nAnd more."))

    note = Note.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}#notes-start")
    assert (note.enrolment, note.activity, note.section, note.heading) == (
        run,
        lesson.activity,
        "start",
        "Where it starts",
    )
    assert (note.kind, note.quote, note.words) == ("note", QUOTE, f"{CANARY}\nAnd more.")
    shown = client.get(ADDRESS).content.decode()
    assert shown.index(SHOWN) < shown.index('data-section="end"')
    assert f"<blockquote data-quote>{QUOTE}</blockquote>" in shown


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        ({"quote": QUOTE}, "highlight", f"<blockquote data-quote>{QUOTE}</blockquote>"),
        ({"go": "bookmark"}, "bookmark", "Bookmarked"),
    ],
)
def test_same_mark_made_twice_is_one(
    lesson: LessonPage, run: Enrolment, given: dict[str, str], kind: str, said: str
) -> None:
    client = signed_in(run.learner)

    for _time in range(2):
        client.post(url(lesson), typed(**given))

    assert [note.kind for note in Note.objects.all()] == [kind]
    assert said in client.get(ADDRESS).content.decode()


def test_bookmark_taken_away_is_gone_and_a_note_beside_it_stays(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), typed(go="bookmark"))
    client.post(url(lesson), typed(words="Mine."))

    client.post(url(lesson), typed(go="unmark"))

    assert [note.words for note in Note.objects.all()] == ["Mine."]


def test_reworded_lesson_keeps_the_note_and_says_that_the_words_changed(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), typed(quote=QUOTE, words=CANARY))
    before = client.get(ADDRESS).content.decode()

    rewritten(lesson, [BODY[0], {"type": "text", "value": "<p>She had five.</p>"}, *BODY[2:]])

    after = client.get(ADDRESS).content.decode()
    assert ["do not stand here any more" in text for text in (before, after)] == [False, True]
    assert (SHOWN in after, f"<blockquote>{QUOTE}</blockquote>" in after) == (True, True)


def test_note_on_a_section_that_is_gone_stands_at_the_end(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), typed(quote=QUOTE, words=CANARY))

    rewritten(lesson, BODY[2:])

    shown = client.get(ADDRESS).content.decode()
    assert "Your notes on parts that are gone" in shown
    assert shown.index("The list was a page long.") < shown.index(SHOWN)


def test_nobody_else_sees_or_opens_it(lesson: LessonPage, run: Enrolment, cast: Any) -> None:
    signed_in(run.learner).post(url(lesson), typed(quote=QUOTE, words=CANARY))
    trainer(cast.beth, run.cohort)
    enrolment(cast.carol, run.cohort)
    note = Note.objects.get()
    others = [signed_in(person) for person in (cast.beth, publisher(cast.dev), cast.carol)]
    pages = (ADDRESS, "/my-learning/", "/my-learning/written/")

    leaks = [page for client in others for page in pages if "CANARY" in client.get(page).content.decode()]
    opened = [client.get(f"/my-learning/written/{note.uuid}/").status_code for client in others]
    posted = [client.post(f"/my-learning/written/{note.uuid}/", {"go": "take_away"}).status_code for client in others]

    assert (leaks, opened, posted, Note.objects.count()) == ([], [404] * 3, [404] * 3, 1)


def test_trainer_cannot_write_there(lesson: LessonPage, run: Enrolment, cast: Any) -> None:
    trainer(cast.beth, run.cohort)

    response = signed_in(cast.beth).post(url(lesson), typed(words=CANARY))

    assert (response.status_code, Note.objects.count()) == (404, 0)


LONG = "word " * 2001


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": LONG}, "longer than 10000 characters"),
        ({"quote": "She had five", "words": "Kept?"}, "do not stand in this part"),
        ({"quote": "The list was a page long", "words": "Kept?"}, "do not stand in this part"),
        ({}, "Nothing was written yet"),
    ],
)
def test_what_cannot_be_saved_comes_back_whole_with_a_sentence(
    lesson: LessonPage, run: Enrolment, given: dict[str, str], said: str
) -> None:
    response = signed_in(run.learner).post(url(lesson), typed(**given))

    page = response.content.decode()
    assert (response.status_code, Note.objects.count()) == (422, 0)
    assert page.count(said) == 2
    assert all(f"{value}</textarea>" in page for value in given.values())
    assert "<title>Error:" in page


def test_there_is_room_for_a_number_of_notes_and_no_more(
    lesson: LessonPage, run: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Note, "MOST", 2)
    client = signed_in(run.learner)

    codes = [client.post(url(lesson), typed(words=words)).status_code for words in ("one", "two", "three")]

    assert (codes, Note.objects.count()) == ([302, 302, 422], 2)


def test_session_that_ended_gives_the_words_back(lesson: LessonPage, run: Enrolment) -> None:
    response = Client().post(url(lesson), typed(quote=QUOTE, words=CANARY))

    assert (response.status_code, Note.objects.count()) == (403, 0)
    assert (SHOWN in response.content.decode(), QUOTE in response.content.decode()) == (True, True)


def test_section_that_an_editor_took_out_meanwhile_is_not_found_and_the_words_come_back(
    lesson: LessonPage, run: Enrolment
) -> None:
    response = signed_in(run.learner).post(url(lesson), typed(section="elsewhere", words=CANARY))

    assert (response.status_code, Note.objects.count()) == (404, 0)
    assert f"{SHOWN}</textarea>" in response.content.decode()


def test_script_gets_the_section_alone(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)

    kept = client.post(url(lesson), typed(words=CANARY, part="1"))
    refused = client.post(url(lesson), typed(words=LONG, part="1"))

    assert (kept.status_code, refused.status_code) == (200, 422)
    assert [text.count("data-notes=") for text in (kept.content.decode(), refused.content.decode())] == [1, 1]
    assert (SHOWN in kept.content.decode(), LONG in refused.content.decode()) == (True, True)
    assert "<html" not in kept.content.decode()


def test_text_before_the_first_section_can_be_noted_too(lesson: LessonPage, run: Enrolment) -> None:
    rewritten(lesson, [{"type": "text", "value": "<p>Before all.</p>"}, *BODY])
    client = signed_in(run.learner)

    response = client.post(url(lesson), typed(section="", quote="Before all.", words="First."))

    assert (response["Location"], Note.objects.get().heading) == (f"{ADDRESS}#notes-beginning", "Lesson 1")


def test_other_words_for_a_note_are_kept(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), typed(quote=QUOTE, words="First."))
    note = Note.objects.get()
    address, stamp = f"/my-learning/written/{note.uuid}/", note.saved_at.isoformat()

    response = client.post(address, {"words": "Second.", "seen": stamp, "go": "save"})
    late = client.post(address, {"words": "Third.", "seen": stamp, "go": "save"})

    assert (response.status_code, response["Location"]) == (302, "/my-learning/written/")
    assert (late.status_code, Note.objects.get().words) == (422, "Second.")
    said = late.content.decode()
    assert ("Third.</textarea>" in said, "<p>Second.</p>" in said) == (True, True)


def test_note_emptied_of_its_words_is_a_highlight_or_is_refused(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), typed(quote=QUOTE, words="With."))
    client.post(url(lesson), typed(words="Without."))
    codes = []

    for note in Note.objects.order_by("pk"):
        sent = {"words": " ", "seen": note.saved_at.isoformat(), "go": "save"}
        codes.append(client.post(f"/my-learning/written/{note.uuid}/", sent).status_code)

    assert codes == [302, 422]
    assert [note.kind for note in Note.objects.order_by("pk")] == ["highlight", "note"]


def test_note_taken_away_is_gone(lesson: LessonPage, run: Enrolment) -> None:
    client = signed_in(run.learner)
    client.post(url(lesson), typed(words=CANARY))

    client.post(f"/my-learning/written/{Note.objects.get().uuid}/", {"go": "take_away"})

    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("", ["Mine.", "Ŵyn o’r llyn", ""]), ("wyn llyn", ["Ŵyn o’r llyn"]), ("FOUR calls", [""]), ("zebra", [])],
)
def test_what_one_wrote_is_found_by_its_words(
    lesson: LessonPage, run: Enrolment, wanted: str, found: list[str]
) -> None:
    client = signed_in(run.learner)
    for given in ({"words": "Mine."}, {"words": "Ŵyn o’r llyn", "section": "end"}, {"quote": QUOTE}):
        client.post(url(lesson), typed(**given))

    response = client.get("/my-learning/written/", {"q": wanted})

    assert [one.words for one in response.context["written"]] == found
    assert ("Nothing you wrote holds these words" in response.content.decode()) == (not found)


def test_its_author_takes_it_away_with_their_data(lesson: LessonPage, run: Enrolment) -> None:
    signed_in(run.learner).post(url(lesson), typed(quote=QUOTE, words=CANARY))

    held = str(collect(subject_of(run.learner)))

    assert (CANARY in held, QUOTE in held) == (True, True)


def test_it_goes_with_the_person(lesson: LessonPage, run: Enrolment) -> None:
    signed_in(run.learner).post(url(lesson), typed(words=CANARY))

    call_command("erase_learner", run.learner.email, yes=True)

    assert Note.objects.count() == 0


def test_it_goes_a_year_after_the_course_ended_and_not_before(lesson: LessonPage, run: Enrolment) -> None:
    signed_in(run.learner).post(url(lesson), typed(words=CANARY))
    now = timezone.now()
    counts = []

    for days in (364, 366):
        Enrolment.objects.filter(pk=run.pk).update(state="completed", completed_at=now - timedelta(days=days))
        call_command("apply_retention")
        counts.append(Note.objects.count())

    assert counts == [1, 0]
