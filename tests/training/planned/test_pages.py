"""Planning dates: suggested first, saved whole, seen by trainees, and what "needs you" makes of them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enrolments.models import Cohort, PlannedDate
from enrolments.states import change_state
from tests.enrolments.doings import read
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course, trainer
from tests.factories.live import live_activity, live_session
from training.board.reading import board_of, columns_of
from training.board.words import heading, why
from training.planned.lines import suggested_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DAYS = (
    "is planned for 9 December 2026", "due 9 December", "due by 1 December 2026", "by 1 December 2026; about",
)  # fmt: skip
MOST_STATEMENTS = 12  # QUALITY's gate for a board


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def group(client: Client, taught: TaughtCourse) -> Cohort:
    made = cohort(taught.course, ends_on=date(2026, 12, 1))
    cast = people()
    trainer(cast.beth, made)
    client.force_login(cast.beth)
    return made


def _sent(client: Client, group: Cohort, **days: str) -> dict[str, Any]:
    """The fields of the page as it stands, with these days by number of the activity instead."""
    form = client.get(f"/cohort/{group.uuid}/plan/").context["form"]
    kept = {name: form[name].value() or "" for name in form.fields}
    return {**kept, **{f"due_{number}": day for number, day in days.items()}}


def _plan(client: Client, group: Cohort, sent: dict[str, Any]) -> Any:
    return client.post(f"/cohort/{group.uuid}/plan/", sent, follow=True)


def test_suggested_days_stand_in_the_fields_and_nothing_is_planned_until_saved(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    first, second, quiz = (one.activity_id for one in (*taught.lessons, taught.assessment))

    page = client.get(f"/cohort/{group.uuid}/plan/")
    told = _plan(client, group, _sent(client, group))

    assert "Nothing is planned until you save." in page.content.decode()
    assert suggested_for(group, columns_of(group))[quiz] == date(2026, 12, 1)
    assert dict(PlannedDate.objects.values_list("activity", "due_on")) == suggested_for(group, columns_of(group))
    assert (
        suggested_for(group, columns_of(group))[first]
        <= suggested_for(group, columns_of(group))[second]
        < date(2026, 12, 1)
    )
    assert "The dates are planned." in told.content.decode()


def test_live_session_is_due_on_the_last_of_its_dates(group: Cohort) -> None:
    activity = live_activity(group.course)
    for title, days, cancelled in (("One", 1, None), ("Two", 3, None), ("Off", 5, NOON)):
        starts = NOON + days * DAY
        live_session(group, activity, title=title, starts_at=starts, ends_at=starts + DAY / 8, cancelled_at=cancelled)

    assert suggested_for(group, columns_of(group))[activity.pk] == date(2026, 11, 25)


def test_emptied_day_is_planned_no_more(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    _plan(client, group, _sent(client, group))
    lesson = taught.lessons[0].activity_id

    _plan(client, group, _sent(client, group, **{str(lesson): ""}))

    assert PlannedDate.objects.count() == 2
    assert not PlannedDate.objects.filter(activity=lesson).exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("soon", "Give a day, such as 2026-11-26, or leave it empty."), ("0026-12-01", "Look at its year")],
)
def test_bad_day_is_told_and_the_others_stay(
    client: Client, taught: TaughtCourse, group: Cohort, day: str, sentence: str
) -> None:
    sent = _sent(
        client, group, **{str(taught.lessons[0].activity_id): day, str(taught.assessment.activity_id): "2026-11-30"}
    )

    answer = _plan(client, group, sent)

    page = answer.content.decode()
    assert (answer.status_code, PlannedDate.objects.count()) == (422, 0)
    assert sentence in page
    assert 'value="2026-11-30"' in page


def test_dates_of_a_colleague_are_shown_and_not_written_over(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    lesson = taught.lessons[0].activity_id
    mine = _sent(client, group, **{str(lesson): "2026-10-01"})
    _plan(client, group, _sent(client, group, **{str(lesson): "2026-10-02"}))

    refused = _plan(client, group, mine)
    again = _plan(client, group, {**mine, "seen": refused.context["form"].data["seen"]})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Somebody else changed the dates since you opened this page." in page
    assert "2 October 2026" in page
    assert 'value="2026-10-01"' in page
    assert (again.status_code, PlannedDate.objects.get(activity=lesson).due_on) == (200, date(2026, 10, 1))


def _at(day: int) -> datetime:
    return datetime(2026, 10, day, 12, tzinfo=NOON.tzinfo)


def test_quiet_is_a_reason_only_while_something_planned_is_due(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    run = enrolment(person("Amy Able", last_login=NOON), group, at=_at(1))
    read(run, taught.lessons[0], at=_at(2))
    first, second = (lesson.activity for lesson in taught.lessons)
    unplanned = board_of(group, at=_at(20)).rows[0].need
    PlannedDate.objects.create(cohort=group, activity=first, due_on=date(2026, 10, 5))
    PlannedDate.objects.create(cohort=group, activity=second, due_on=date(2026, 10, 20))

    before, on_the_day = (board_of(group, at=_at(day)) for day in (19, 20))
    read(run, taught.lessons[1], at=_at(2))
    done = board_of(group, at=_at(30))

    assert unplanned is not None
    assert before.rows[0].need is None
    need = on_the_day.rows[0].need
    assert need is not None
    assert why(need, on_the_day.today) == (
        f"Nothing done for 18 days; “{taught.lessons[1].title}” was planned for 20 October"
    )
    assert heading(done) == "Nobody needs you today"


def test_board_shows_the_drawing_and_the_same_as_a_table(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    run = enrolment(person("Amy Able", last_login=NOON), group)
    read(run, taught.lessons[0])
    suggested = client.get(f"/cohort/{group.uuid}/").content.decode()
    PlannedDate.objects.create(cohort=group, activity=taught.lessons[0].activity, due_on=date(2026, 9, 5))

    page = client.get(f"/cohort/{group.uuid}/").content.decode()

    assert "Nothing is planned yet: these days are suggested" in suggested
    assert "Nothing is planned yet" not in page
    assert '<svg class="against" role="img"' in page
    assert '<details class="columns" open><summary id="against-table">' in page
    assert "<td>5 September 2026</td><td>1 of 1</td><td>0</td>" in page
    assert "<td>no day</td><td>0 of 1</td><td>not due yet</td>" in page


def test_board_asks_as_much_for_one_date_as_for_three(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    enrolment(person("Amy Able", last_login=NOON), group)
    counts = []
    for activity in (taught.lessons[0].activity, taught.lessons[1].activity, taught.assessment.activity):
        PlannedDate.objects.create(cohort=group, activity=activity, due_on=date(2026, 9, 5))
        client.get(f"/cohort/{group.uuid}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/cohort/{group.uuid}/")
        counts.append(len(queries))

    assert len(set(counts)) == 1
    assert counts[0] <= MOST_STATEMENTS


def test_board_with_live_sessions_and_nothing_planned_keeps_to_the_gate(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    live_session(group, live_activity(taught.course))
    enrolment(person("Amy Able", last_login=NOON), group)
    client.get(f"/cohort/{group.uuid}/")

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/cohort/{group.uuid}/")

    assert len(queries) <= MOST_STATEMENTS


def test_trainee_sees_what_is_planned_next_and_nothing_where_nothing_is(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    learner = person("Amy Able", last_login=NOON)
    run = enrolment(learner, group)
    read(run, taught.lessons[0])
    client.force_login(learner)
    before = client.get("/my-learning/").content.decode()
    for lesson, day in zip(taught.lessons, (1, 9), strict=True):
        PlannedDate.objects.create(cohort=group, activity=lesson.activity, due_on=date(2026, 12, day))

    page = client.get("/my-learning/").content.decode()

    assert "is planned for" not in before
    assert f"“{taught.lessons[1].title}” is planned for 9 December 2026." in page
    assert "is planned for 1 December 2026" not in page


def test_trainee_on_leave_reads_of_no_day_on_their_own_pages_until_they_are_back(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    learner = person("Amy Able", last_login=NOON)
    run = enrolment(learner, group)
    read(run, taught.lessons[0])
    PlannedDate.objects.create(cohort=group, activity=taught.lessons[1].activity, due_on=date(2026, 12, 9))
    client.force_login(learner)
    addresses = ("/my-learning/", taught.lessons[1].url, f"/quiz/{taught.assessment.uuid}/", "/my-learning/record/")

    said = []
    for state in ("on_leave", "active"):
        change_state(run, state, at=NOON)
        pages = [client.get(address).content.decode() for address in addresses]
        said.append([[words for words in (*DAYS, "Under way") if words in page] for page in pages])

    assert said == [
        [["Under way"], [], [], ["Under way"]],
        [
            ["is planned for 9 December 2026", "due by 1 December 2026", "Under way"],
            ["due 9 December"],
            ["due 9 December"],
            ["by 1 December 2026; about", "Under way"],
        ],
    ]


def test_trainer_of_another_cohort_finds_no_plan(client: Client, group: Cohort) -> None:
    carol = person("Carol Other")
    trainer(carol, cohort(group.course, "Another"))
    client.force_login(carol)

    assert client.get(f"/cohort/{group.uuid}/plan/").status_code == 404
    assert client.post(f"/cohort/{group.uuid}/plan/", {}).status_code == 404
