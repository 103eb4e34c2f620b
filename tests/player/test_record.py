"""A learner's own record: due, under way, done, elsewhere, earned and written; minutes; one export in three forms."""

import io
import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest
from django.core.management import call_command
from django.test import Client

from enrolments.attendance import enter_attendance
from enrolments.choices import AttendanceState
from enrolments.models import Enrolment, Progress
from enrolments.progress import mark_read
from player.models import LearningElsewhere, Note
from player.record import Period, record_of
from privacy.download import collect
from privacy.subjects import subject_of
from tests.enrolments.doings import sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course
from tests.factories.live import live_activity, live_session

pytestmark = pytest.mark.django_db
CANARY = "CANARY of Amina"
ADDRESS = "/my-learning/record/"
SPRING = datetime(2026, 4, 10, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def cast(taught: TaughtCourse) -> Any:
    return people()


@pytest.fixture
def run(taught: TaughtCourse, cast: Any) -> Enrolment:
    """Amina, with one of three activities done in spring."""
    own = enrolment(cast.amina, cohort(taught.course, ends_on=date(2027, 1, 31)))
    mark_read(own, taught.lessons[0].activity, digest="", at=SPRING)
    return own


@pytest.fixture
def amina(run: Enrolment) -> Client:
    client = Client()
    client.force_login(run.learner)
    return client


def elsewhere(person: Any, **more: Any) -> LearningElsewhere:
    given = {"title": "A day in court", "done_on": date(2026, 5, 2), "minutes": 90, "saved_at": NOON}
    return LearningElsewhere.objects.create(learner=person, **{**given, **more})


def typed(**more: str) -> dict[str, str]:
    return {"title": CANARY, "provider": "The court", "done_on": "2026-05-02", "minutes": "90", "gained": "", **more}


def test_record_tells_what_is_due_done_and_learned_elsewhere(run: Enrolment) -> None:
    elsewhere(run.learner)

    found = record_of(run.learner, Period())

    assert [(one.due_on, one.done_count, one.step_count) for one in found.due] == [(date(2027, 1, 31), 1, 3)]
    assert [(one.title, one.kind, one.done_on, one.minutes) for one in found.done] == [
        ("Lesson 1", "Lesson", date(2026, 4, 10), 1)
    ]
    assert (found.minutes_here, found.minutes_elsewhere, found.minutes) == (1, 90, 91)
    assert (found.completed, [one.next.title for one in found.under_way if one.next]) == ([], ["Lesson 2"])


@pytest.mark.parametrize(
    ("period", "here", "away"),
    [
        (Period(date(2026, 4, 10), date(2026, 5, 2)), 1, 90),
        (Period(date(2026, 4, 11), None), 0, 90),
        (Period(None, date(2026, 5, 1)), 1, 0),
        (Period(date(2027, 1, 1), date(2027, 12, 31)), 0, 0),
    ],
)
def test_period_counts_its_first_and_its_last_day(run: Enrolment, period: Period, here: int, away: int) -> None:
    elsewhere(run.learner)

    found = record_of(run.learner, period)

    assert (found.minutes_here, found.minutes_elsewhere) == (here, away)


def test_live_session_is_told_by_its_title_with_the_minutes_it_took(run: Enrolment, taught: TaughtCourse) -> None:
    beth, activity = person("Beth Arden"), live_activity(taught.course, "Live day 1")
    session = live_session(run.cohort, activity)
    enter_attendance(session, run, AttendanceState.PRESENT, seen=0, by=beth, at=session.ends_at)

    done = [one for one in record_of(run.learner, Period()).done if one.title == "Live day 1"]

    assert [one.minutes for one in done] == [round((session.ends_at - session.starts_at).total_seconds() / 60)]


def test_quiz_is_done_on_the_day_it_is_passed_and_no_earlier(run: Enrolment, taught: TaughtCourse) -> None:
    def days() -> list[date]:
        return [one.done_on for one in record_of(run.learner, Period()).done if one.kind == "Quiz"]

    sit(run, taught, right=0)
    failed = days()
    sit(run, taught, right=8, at=NOON + timedelta(days=2))

    assert (failed, days()) == ([], [(NOON + timedelta(days=2)).date()])


def test_completed_course_is_due_no_more(run: Enrolment) -> None:
    Enrolment.objects.filter(pk=run.pk).update(state="completed", completed_at=NOON)

    found = record_of(run.learner, Period())

    assert (found.due, found.under_way, len(found.completed)) == ([], [], 1)


def test_nothing_is_due_on_leave_in_the_record_or_its_files(run: Enrolment, amina: Client) -> None:
    Enrolment.objects.filter(pk=run.pk).update(state="on_leave")

    found = record_of(run.learner, Period())
    page, data = (amina.get(f"{ADDRESS}file/{form}/").content.decode() for form in ("html", "json"))

    assert (found.due, [one.title for one in found.under_way]) == ([], [found.standings[0].title])
    assert ("31 January 2027" in page, "2027-01-31" in data) == (False, False)


def test_after_completion_every_activity_stays_open(run: Enrolment, amina: Client, taught: TaughtCourse) -> None:
    Enrolment.objects.filter(pk=run.pk).update(state="completed", completed_at=NOON)
    addresses = [*(page.url for page in taught.lessons), f"/quiz/{taught.assessment.uuid}/"]

    assert [amina.get(address).status_code for address in addresses] == [200] * 3


def test_learning_elsewhere_is_added_changed_and_taken_away(run: Enrolment, amina: Client) -> None:
    added = amina.post(f"{ADDRESS}elsewhere/", typed())
    entry = LearningElsewhere.objects.get()
    own = f"{ADDRESS}elsewhere/{entry.uuid}/"
    shown = amina.get(ADDRESS).content.decode()
    changed = amina.post(own, typed(minutes="45"))
    after = LearningElsewhere.objects.get()
    amina.post(own, {"go": "take_away"})

    assert (added.status_code, changed.status_code) == (302, 302)
    assert (entry.learner, entry.title, entry.minutes, after.minutes) == (run.learner, CANARY, 90, 45)
    assert (CANARY in shown, "1 minute here and 90 minutes elsewhere: 91 minutes in all." in shown) == (True, True)
    assert LearningElsewhere.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "Write what it was."),
        ({"title": "x" * 201}, "longer than 200 characters"),
        ({"done_on": "soon"}, "Write a day, such as"),
        ({"done_on": "2999-01-01"}, "still to come"),
        ({"done_on": "1066-10-14"}, "after 1949"),
        ({"minutes": "an hour"}, "whole number"),
        ({"minutes": "0"}, "between 1 and 6000"),
        ({"minutes": "-5"}, "between 1 and 6000"),
        ({"minutes": "99999999999999999999"}, "between 1 and 6000"),
        ({"gained": "x" * 5001}, "longer than 5,000"),
    ],
)
def test_bad_entry_is_refused_in_words_and_loses_nothing(amina: Client, wrong: dict[str, str], said: str) -> None:
    response = amina.post(f"{ADDRESS}elsewhere/", typed(**{"gained": "Not to be lost.", **wrong}))

    html = response.content.decode()
    assert (response.status_code, LearningElsewhere.objects.count()) == (422, 0)
    assert (said in html, "The court" in html) == (True, True)
    assert "Not to be lost." in html or "gained" in wrong


def test_nobody_else_sees_or_changes_it(run: Enrolment, cast: Any) -> None:
    entry = elsewhere(run.learner, title=CANARY)
    own = f"{ADDRESS}elsewhere/{entry.uuid}/"
    carol = Client()
    carol.force_login(cast.carol)

    codes = [carol.get(own).status_code, carol.post(own, {"go": "take_away"}).status_code]
    pages = [carol.get(address).content.decode() for address in (ADDRESS, f"{ADDRESS}file/json/")]

    assert (codes, LearningElsewhere.objects.count()) == ([404, 404], 1)
    assert [page for page in pages if "CANARY" in page] == []


def test_export_holds_the_same_in_three_forms(run: Enrolment, amina: Client, taught: TaughtCourse) -> None:
    elsewhere(run.learner, title=CANARY, gained="Ŵyn & <b>tags</b>")
    activity = taught.lessons[0].activity
    Note.objects.create(enrolment=run, activity=activity, heading="Start", words="My own words", saved_at=NOON)

    page, data, paper = (amina.get(f"{ADDRESS}file/{form}/") for form in ("html", "json", "pdf"))

    told = json.loads(data.content)
    assert told["minutes"] == {"here": 1, "elsewhere": 90, "all": 91}
    assert [one["title"] for one in told["done"]] == ["Lesson 1"]
    assert [(one["title"], one["gained"]) for one in told["elsewhere"]] == [(CANARY, "Ŵyn & <b>tags</b>")]
    assert [one["words"] for one in told["written"]] == ["My own words"]
    html = page.content.decode()
    assert all(words in html for words in (CANARY, "Ŵyn &amp; &lt;b&gt;tags", "My own words", "Lesson 1"))
    reader = pypdf.PdfReader(io.BytesIO(paper.content))
    text = "".join(sheet.extract_text() for sheet in reader.pages)
    assert all(words in text for words in (CANARY, "Ŵyn & <b>tags</b>", "My own words", "Lesson 1", "91 minutes"))
    assert "attachment" in paper["Content-Disposition"]


def test_export_of_a_period_leaves_out_what_lies_outside(run: Enrolment, amina: Client) -> None:
    elsewhere(run.learner)

    told = json.loads(amina.get(f"{ADDRESS}file/json/?starts=2026-05-01&ends=2026-05-31").content)

    assert told["minutes"] == {"here": 0, "elsewhere": 90, "all": 90}
    assert told["period"] == {"from": "2026-05-01", "until": "2026-05-31"}


def test_sign_that_no_letter_of_ours_can_show_is_said_and_the_other_forms_hold_it(
    run: Enrolment, amina: Client
) -> None:
    elsewhere(run.learner, title="Learning 漢")

    paper, page = (amina.get(f"{ADDRESS}file/{form}/") for form in ("pdf", "html"))

    assert (paper.status_code, page.status_code) == (422, 200)
    assert "Take the page or the JSON file" in paper.content.decode()
    assert "漢" in page.content.decode()


@pytest.mark.parametrize("asked", ["starts=soon", "starts=2026-02-01&ends=2026-01-01"])
def test_period_that_cannot_be_read_is_said(amina: Client, asked: str) -> None:
    page, file = (amina.get(f"{ADDRESS}{rest}?{asked}") for rest in ("", "file/json/"))

    assert (page.status_code, file.status_code) == (422, 422)
    assert "There is a problem" in page.content.decode()


def test_unknown_form_of_file_is_not_found(amina: Client) -> None:
    assert amina.get(f"{ADDRESS}file/docx/").status_code == 404


def test_learning_elsewhere_is_in_the_download_and_goes_with_the_person(run: Enrolment) -> None:
    elsewhere(run.learner, title=CANARY)

    held = str(collect(subject_of(run.learner)))
    call_command("erase_learner", run.learner.email, yes=True)

    assert (CANARY in held, LearningElsewhere.objects.count()) == (True, 0)


def test_more_entries_and_more_done_ask_the_database_nothing_more(
    run: Enrolment, taught: TaughtCourse, django_assert_max_num_queries: Any
) -> None:
    record_of(run.learner, Period())
    with django_assert_max_num_queries(100) as few:
        record_of(run.learner, Period())

    for number in range(3):
        elsewhere(run.learner, title=f"Thing {number}")
    for page in taught.lessons[1:]:
        mark_read(run, page.activity, digest="", at=SPRING + timedelta(days=1))
    with django_assert_max_num_queries(100) as many:
        record_of(run.learner, Period())

    assert Progress.objects.count() == 2
    assert len(many.captured_queries) <= len(few.captured_queries)
