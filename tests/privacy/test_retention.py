"""The nightly run: what is too old goes, what is not stays, and people on hold are left out."""

import json
from fractions import Fraction
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from config import timetable
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django_q.models import Schedule
from wagtail.models import PageLogEntry

from assessments.models import Attempt, Draft, Response, Result, Score
from audit.entries import note_act
from audit.models import AuditEntry
from courses.models import Requirement, RequirementSet
from credentials.models import Credential
from enrolments.attempts import begin_attempt
from enrolments.choices import EnrolmentState
from enrolments.invitations import invite
from enrolments.models import Appointment, CohortRole, Enrolment, EnrolmentChange, Invitation, PinnedSet, Progress
from enrolments.progress import rebuild
from enrolments.states import change_state
from media.films import Watching
from people.models import Membership, OrganisationRole, User
from post.choices import MessageState
from post.models import Message
from post.outbox import queue_message
from privacy.download import collect
from privacy.models import LegalHold, Removal
from privacy.retention import apply_retention, nightly
from privacy.subjects import subject_of
from tests.assessments.writing import BEST, hand_in_words, mark_best, response_of
from tests.credentials.earning import earned
from tests.enrolments.doings import answer, sit
from tests.enrolments.floored import floored, sit_on
from tests.factories import NOON, cohort, enrolment, organisation, people, person, taught_course, trainer, written_quiz
from tests.factories.films import film_of, film_page
from tests.privacy.nights import DAYS, all_signed_in, days, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_dormant() -> None:
    """Unless a test says so: everybody signs in every day."""


def signed_in(who: User, at: Any) -> User:
    User.objects.filter(pk=who.pk).update(last_login=at, joined_at=min(at, who.joined_at))
    return User.objects.get(pk=who.pk)


@pytest.mark.parametrize(("age", "goes"), [(DAYS["responses"] - 1, False), (DAYS["responses"] + 1, True)])
def test_answers_go_after_two_years_and_the_score_stays(age: float, goes: bool) -> None:
    made = earned()
    at = NOON + days(age)
    all_signed_in(at)
    before = list(Result.objects.values_list("points", "max_score", "passed"))

    run(at)

    assert set(Response.objects.values_list("removed_why", flat=True)) == ({"retention"} if goes else {""})
    assert Response.objects.filter(value__isnull=True).exists() is goes
    assert list(Result.objects.values_list("points", "max_score", "passed")) == before
    rebuild(made.run)
    assert PinnedSet.objects.get().met_at == NOON


@pytest.mark.parametrize(("age", "goes"), [(DAYS["drafts"] - 1, False), (DAYS["drafts"] + 1, True)])
def test_drafts_go_a_year_after_the_course_ended(age: float, goes: bool) -> None:
    taught, amina = taught_course(), people().amina
    course = enrolment(amina, cohort(taught.course))
    answer(begin_attempt(course, taught.assessment, language="en", at=NOON), right=3)
    change_state(course, EnrolmentState.WITHDRAWN, at=NOON)
    all_signed_in(NOON + days(age))

    run(NOON + days(age))

    assert (Draft.objects.count() == 0) is goes


@pytest.mark.parametrize(("ends", "goes"), [(None, False), (NOON.date(), True)])
def test_drafts_of_a_course_that_goes_on_stay_and_of_a_cohort_that_ended_go(ends: Any, goes: bool) -> None:
    taught, amina = taught_course(), people().amina
    course = enrolment(amina, cohort(taught.course, ends_on=ends))
    answer(begin_attempt(course, taught.assessment, language="en", at=NOON), right=3)
    at = NOON + days(DAYS["drafts"] + 2)
    all_signed_in(at)

    run(at)

    assert (Draft.objects.count() == 0) is goes


def test_after_seven_years_only_that_it_was_completed_and_passed_is_left() -> None:
    made = earned()
    at = NOON + days(DAYS["attendance"] + 1)
    all_signed_in(at)
    facts = ("activity", "state", "completed_at", "passed_at")
    before = list(Progress.objects.order_by("pk").values_list(*facts))
    EnrolmentChange.objects.create(enrolment=made.run, to_state="active", at=NOON, by=made.cast.beth, why="Asked to")

    run(at)
    rebuild(made.run)

    assert list(Progress.objects.order_by("pk").values_list(*facts)) == before
    assert set(Progress.objects.values_list("marked_read_at", "watched_at", "digest_read")) == {(None, None, "")}
    assert (Attempt.objects.count(), Result.objects.count(), Response.objects.count()) == (0, 0, 0)
    assert set(EnrolmentChange.objects.values_list("why", "by")) == {("", None)}
    assert (Enrolment.objects.get().state, PinnedSet.objects.get().percent) == (EnrolmentState.COMPLETED, 100)


@pytest.mark.parametrize(("age", "goes"), [(DAYS["responses"] - 1, False), (DAYS["responses"] + 1, True)])
def test_how_a_marker_judged_goes_after_two_years_and_the_points_stay(age: float, goes: bool) -> None:
    taught, cast = taught_course(), people()
    written_quiz(taught, written=2)
    attempt = hand_in_words(enrolment(cast.amina, cohort(taught.course)), taught, "One", "Two")
    score = mark_best(response_of(attempt), cast.beth, comment="Well seen")
    all_signed_in(NOON + days(age))

    run(NOON + days(age))

    kept = Score.objects.get(pk=score.pk)
    assert (kept.comment, kept.levels) == (("", {}) if goes else ("Well seen", BEST))
    assert kept.points == score.points > 0


@pytest.mark.parametrize("share", ["1/2", "7/10", "9/10"])
def test_a_set_met_by_a_share_of_its_own_stays_as_it_was_when_its_evidence_has_gone(share: str) -> None:
    """Five of eight: enough for one half, too little for the attempt's own pass mark of 70 %."""
    taught, cast = taught_course(), people()
    asked = RequirementSet.objects.create(course=taught.course, key="own", version=1, created_at=NOON)
    quiz = taught.assessment.activity
    Requirement.objects.create(requirement_set=asked, activity=quiz, pass_share=Fraction(share))
    asked.sealed_at = NOON
    asked.save()
    run_of = enrolment(cast.amina, cohort(taught.course))
    sit(run_of, taught, right=5)
    change_state(run_of, EnrolmentState.WITHDRAWN, at=NOON)
    at = NOON + days(DAYS["attendance"] + 1)
    all_signed_in(at)
    before = list(PinnedSet.objects.order_by("pk").values("key", "percent", "done_count", "met_at"))

    run(at)
    rebuild(run_of)

    assert Attempt.objects.count() == 0
    assert list(PinnedSet.objects.order_by("pk").values("key", "percent", "done_count", "met_at")) == before
    assert PinnedSet.objects.get(key="own").percent == (100 if share == "1/2" else 0)


@pytest.mark.parametrize("better", [True, False])
def test_whether_a_floor_held_stays_as_it_was_when_the_answers_it_was_told_from_have_gone(better: bool) -> None:
    taught, run_of = floored()
    sit_on(run_of, taught, 3, 2)
    if better:
        sit_on(run_of, taught, 6, 2, at=NOON + days(1))
    change_state(run_of, EnrolmentState.WITHDRAWN, at=NOON + days(1))
    at = NOON + days(DAYS["attendance"] + 2)
    all_signed_in(at)

    run(at)
    rebuild(run_of)

    kept = PinnedSet.objects.get(key="floored")
    assert Attempt.objects.count() == 0
    assert (kept.percent, kept.met_at) == ((100, NOON + days(1)) if better else (50, None))


def test_own_data_of_somebody_whose_attempts_have_gone_are_whole(client: Client) -> None:
    made = earned()
    made.award()
    at = NOON + days(DAYS["attendance"] + 1)
    all_signed_in(at)
    run(at)
    amina = User.objects.get(pk=made.cast.amina.pk)
    client.force_login(amina)

    told = collect(subject_of(amina))

    points = [one["points"] for one in Credential.objects.get().evidence["results"]]
    assert points
    assert all(str(point) in json.dumps(told, default=str) for point in points)
    assert client.get("/your-data/").status_code == 200


def test_terms_that_ended_seven_years_ago_go_and_open_ones_stay() -> None:
    taught, cast = taught_course(), people()
    group, employer, day = cohort(taught.course), organisation(), NOON.date()
    course = enrolment(cast.amina, group)
    trainer(cast.beth, group, ends_on=day)
    trainer(cast.carol, group)
    Appointment.objects.create(enrolment=course, person=cast.dev, role="assessor", starts_on=day, ends_on=day)
    Membership.objects.create(person=cast.amina, organisation=employer, started_on=day, ended_on=day)
    OrganisationRole.objects.create(
        person=cast.lena, organisation=employer, role="org_lead", starts_on=day, ends_on=day
    )
    at = NOON + days(DAYS["attendance"] + 1)
    all_signed_in(at)

    gone = run(at)

    wanted = ("enrolments.CohortRole", "enrolments.Appointment", "people.Membership", "people.OrganisationRole")
    assert [gone.get(table) for table in wanted] == [1, 1, 1, 1]
    assert list(CohortRole.objects.values_list("person", flat=True)) == [cast.carol.pk]


@pytest.mark.parametrize(("age", "left"), [(DAYS["audit"] - 1, 1), (DAYS["audit"] + 1, 0)])
def test_audit_entries_and_the_desks_log_go_after_two_years(age: float, left: int) -> None:
    amina, page = people().amina, taught_course().lessons[0]
    AuditEntry.objects.all()
    note_act("tested", subject=amina, at=NOON, actor=amina)
    PageLogEntry.objects.all().delete()
    PageLogEntry.objects.create(page=page, label=page.title, action="wagtail.edit", timestamp=NOON, user=amina)
    all_signed_in(NOON + days(age))

    run(NOON + days(age))

    assert (AuditEntry.objects.filter(act="tested").count(), PageLogEntry.objects.count()) == (left, left)


def test_words_of_messages_go_and_one_that_waits_stays() -> None:
    amina = people().amina
    for state in (MessageState.SENT, MessageState.FAILED, MessageState.WAITING):
        message = queue_message(to=amina, kind="test", subject=state, text="Words", at=NOON)
        sent = NOON if state == MessageState.SENT else None
        Message.objects.filter(pk=message.pk).update(state=state, sent_at=sent)  # type: ignore[union-attr]
    at = NOON + days(DAYS["messages"] + 1)

    run(at)

    left = dict(Message.objects.filter(kind="test").values_list("state", "text"))
    assert left == {"sent": "", "failed": "", "waiting": "Words"}


def test_address_of_an_invitation_goes_a_year_after_it_ran_out() -> None:
    group = cohort(taught_course().course)
    for address, ends in (("old@example.org", NOON), ("new@example.org", NOON + days(10))):
        invite(group, organisation=None, email=address, expires_at=ends, at=NOON)
    at = NOON + days(DAYS["invitations"] + 1)

    run(at)

    assert set(Invitation.objects.values_list("email", flat=True)) == {"", "new@example.org"}


def test_what_was_watched_second_by_second_goes_with_the_answers() -> None:
    amina, film = people().amina, film_of(film_page())
    Watching.objects.create(person=amina, film=film, counted_at=NOON, intervals=[[0, 9]], watched_at=NOON)
    at = NOON + days(DAYS["responses"] + 1)
    all_signed_in(at)

    assert run(at)["media.Watching"] == 1
    assert Watching.objects.count() == 0


def test_session_that_ran_out_goes_and_one_that_runs_stays() -> None:
    for expires in (NOON - days(1), NOON + days(1)):
        session = SessionStore()
        session.create()
        session.model.objects.filter(pk=session.session_key).update(expire_date=expires)

    run(NOON)

    assert list(session.model.objects.values_list("expire_date", flat=True)) == [NOON + days(1)]


def test_where_somebody_signed_in_goes_with_the_session() -> None:
    amina = people().amina
    keys = []
    for expires in (NOON - days(1), NOON + days(1)):
        session = SessionStore()
        session.create()
        session.model.objects.filter(pk=session.session_key).update(expire_date=expires)
        keys.append(session.session_key)
        UserSession.objects.create(user=amina, ip="192.0.2.1", user_agent="A browser", session_key=session.session_key)

    run(NOON)

    assert list(UserSession.objects.values_list("session_key", flat=True)) == [keys[1]]


def test_dry_run_reports_the_same_and_changes_nothing() -> None:
    earned()
    at = NOON + days(DAYS["attendance"] + 1)
    all_signed_in(at)

    would = apply_retention(at=at, dry_run=True)
    untouched = (Removal.objects.count(), Response.objects.filter(removed_at=None).count())
    did = apply_retention(at=at)

    assert untouched == (0, 8)
    assert would == did != []


def test_second_run_finds_nothing() -> None:
    earned(valid_for_months=12).award()
    at = NOON + days(366 + DAYS["certificates"] + 2)
    all_signed_in(at)
    run(at)

    assert run(at) == {}


def test_record_says_table_rule_and_number() -> None:
    earned()
    at = NOON + days(DAYS["responses"] + 1)
    all_signed_in(at)

    run(at)

    row = Removal.objects.get(table="assessments.Response")
    assert (row.count, row.rule, row.cause, row.person, row.by, row.at) == (8, "responses", "retention", None, None, at)


def test_people_on_hold_keep_everything_however_old() -> None:
    made = earned(valid_for_months=12)
    made.award()
    LegalHold.objects.create(person=made.amina, reason="Appeal", begins_at=NOON)
    at = NOON + days(9000)
    User.objects.exclude(pk=made.amina.pk).update(last_login=at)
    mine = [Response.objects.filter(removed_at=None).count(), Attempt.objects.count(), Progress.objects.count()]

    run(at)

    made.amina.refresh_from_db()
    assert (made.amina.name, Credential.objects.get().name) == ("Amina Rahman", "Amina Rahman")
    assert [Response.objects.filter(removed_at=None).count(), Attempt.objects.count(), Progress.objects.count()] == mine
    assert AuditEntry.objects.filter(person=made.amina, act="credential_awarded").count() == 1
    assert Message.objects.filter(person=made.amina, kind="credential_awarded").exclude(text="").count() == 1


# -- Dormant accounts --------------------------------------------------------------------------------------------


def dormant(name: str = "Dora Mant", **fields: Any) -> User:
    """Last here at noon."""
    return signed_in(person(name, **fields), NOON)


def letters(who: User) -> int:
    return Message.objects.filter(person=who, kind="dormant_account").count()


@pytest.mark.parametrize(("age", "count"), [(DAYS["warning"] - 1, 0), (DAYS["warning"] + 1, 1)])
def test_letter_goes_at_twenty_two_months_and_once(age: float, count: int) -> None:
    dora = dormant()

    for later in (0, 1):
        apply_retention(at=NOON + days(age + later / 100))

    assert letters(dora) == count


def test_letter_says_when_and_how_to_keep_the_account() -> None:
    dora = dormant()

    apply_retention(at=NOON + days(DAYS["warning"] + 1))

    text = Message.objects.get(person=dora).text
    assert ("Hello Dora Mant," in text, "http://testserver/account/login/" in text) == (True, True)
    assert "will be erased on or after 22 November 2028" in text


def test_account_is_erased_at_twenty_four_months_if_it_was_warned_in_time() -> None:
    dora = dormant()
    warned, promised = NOON + days(DAYS["warning"] + 1), DAYS["accounts"] - DAYS["warning"]

    apply_retention(at=warned)
    apply_retention(at=warned + days(promised - 1))
    still = User.objects.get(pk=dora.pk).name
    apply_retention(at=warned + days(promised))

    dora.refresh_from_db()
    assert (still, dora.name, dora.email) == ("Dora Mant", "", None)
    assert set(Removal.objects.filter(person=dora).values_list("cause", flat=True)) == {"dormant"}


def test_account_dormant_for_longer_but_never_warned_gets_its_letter_and_its_time() -> None:
    dora = dormant()

    apply_retention(at=NOON + days(2000))

    dora.refresh_from_db()
    assert (dora.name, letters(dora)) == ("Dora Mant", 1)


def test_whoever_signed_in_after_the_letter_is_kept_and_warned_anew_next_time() -> None:
    dora = dormant()
    apply_retention(at=NOON + days(DAYS["warning"] + 1))
    back = NOON + days(DAYS["warning"] + 2)
    signed_in(dora, back)

    apply_retention(at=NOON + days(DAYS["accounts"] + 30))
    apply_retention(at=back + days(DAYS["warning"] + 1))

    dora.refresh_from_db()
    assert (dora.name, letters(dora)) == ("Dora Mant", 2)


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {"is_active": False}])
def test_administrator_is_left_alone_and_a_closed_account_is_not(fields: dict[str, bool]) -> None:
    dora = dormant(**fields)

    apply_retention(at=NOON + days(DAYS["warning"] + 1))
    apply_retention(at=NOON + days(DAYS["accounts"] + 2))

    dora.refresh_from_db()
    assert (dora.name == "") is ("is_active" in fields)


def test_worker_runs_it_every_night() -> None:
    timetable.write()

    row = Schedule.objects.get(func="privacy.retention.nightly")
    assert (row.schedule_type, row.repeats, row.next_run.hour) == (Schedule.DAILY, -1, 3)
    assert row.kwargs == "{'q_options': {'timeout': 3600}}"
    assert nightly() == 0
