"""The states of an enrolment: which moves there are, and what is kept of each."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment, EnrolmentChange
from enrolments.states import MoveRefused, change_state
from people.models import User
from tests.factories import NOON, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
ALLOWED = {
    ("booked", "active"),
    ("booked", "withdrawn"),
    ("active", "on_leave"),
    ("active", "completed"),
    ("active", "withdrawn"),
    ("on_leave", "active"),
    ("on_leave", "withdrawn"),
}
PAIRS = [(one, other) for one in EnrolmentState.values for other in EnrolmentState.values if one != other]


def _run(state: str = "booked") -> Enrolment:
    run = enrolment(people().amina, cohort(taught_course().course))
    Enrolment.objects.filter(pk=run.pk).update(state=state)
    return Enrolment.objects.get(pk=run.pk)


def test_there_are_five_states() -> None:
    assert EnrolmentState.values == ["booked", "active", "on_leave", "completed", "withdrawn"]


@pytest.mark.parametrize(("was", "wanted"), PAIRS)
def test_moves_between_states(was: str, wanted: str) -> None:
    run = _run(was)

    if (was, wanted) in ALLOWED:
        change_state(run, wanted, at=LATER)
    else:
        with pytest.raises(MoveRefused):
            change_state(run, wanted, at=LATER)

    run.refresh_from_db()
    moved = (was, wanted) in ALLOWED
    assert run.state == (wanted if moved else was)
    assert run.changes.count() == (2 if moved else 1)


def test_refusal_says_in_words_what_cannot_become_what() -> None:
    run = _run("withdrawn")

    with pytest.raises(MoveRefused) as refused:
        change_state(run, EnrolmentState.ON_LEAVE, at=LATER)

    assert str(refused.value) == "An enrolment that is Withdrawn cannot become On leave."


def test_change_is_kept_with_who_when_and_why_and_noted_in_the_audit() -> None:
    run = _run("active")
    beth = User.objects.get(name="Beth Okafor")

    moved = change_state(run, EnrolmentState.ON_LEAVE, at=LATER, by=beth, why="Parental leave")

    assert moved.state == "on_leave"
    assert list(run.changes.values_list("from_state", "to_state", "at", "by", "why"))[-1] == (
        "active", "on_leave", LATER, beth.pk, "Parental leave",
    )  # fmt: skip
    entry = AuditEntry.objects.get(act="enrolment_changed")
    assert (entry.subject_id, entry.at, entry.actor, entry.person, entry.facts) == (
        str(run.uuid), LATER, beth, run.learner, {"from": "active", "to": "on_leave"},
    )  # fmt: skip


def test_same_change_twice_is_kept_once() -> None:
    run = _run()
    change_state(run, EnrolmentState.ACTIVE, at=NOON)

    change_state(run, EnrolmentState.ACTIVE, at=LATER)

    run.refresh_from_db()
    assert (run.state, run.started_at, run.changes.count()) == ("active", NOON, 2)
    assert AuditEntry.objects.filter(act="enrolment_changed").count() == 1


def test_moments_are_stamped_and_coming_back_from_leave_keeps_the_first_start() -> None:
    run = _run()
    change_state(run, EnrolmentState.ACTIVE, at=NOON)
    change_state(run, EnrolmentState.ON_LEAVE, at=NOON)

    change_state(run, EnrolmentState.ACTIVE, at=LATER)
    change_state(run, EnrolmentState.WITHDRAWN, at=LATER)

    run.refresh_from_db()
    assert (run.started_at, run.completed_at, run.withdrawn_at) == (NOON, None, LATER)
    assert list(run.changes.values_list("from_state", "to_state")) == [
        ("", "booked"), ("booked", "active"), ("active", "on_leave"), ("on_leave", "active"), ("active", "withdrawn"),
    ]  # fmt: skip


def test_kept_changes_cannot_be_rewritten_until_the_law_has_them_reduced() -> None:
    run = _run()
    change_state(run, EnrolmentState.ACTIVE, at=NOON, why="Named reasons")
    kept = EnrolmentChange.objects.get(to_state="active")

    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentChange.objects.filter(pk=kept.pk).update(why="")
    EnrolmentChange.objects.filter(pk=kept.pk).update(why="", reduced_at=LATER)

    kept.refresh_from_db()
    assert (kept.why, kept.reduced_at, kept.to_state) == ("", LATER, "active")
