"""Awarded once under any race, with its facts frozen, its paper stored privately and one message."""

import hashlib
import threading
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import IntegrityError, connection, connections, transaction
from toolkit.digests import digest_of

from assessments.models import ItemBank
from audit.models import AuditEntry
from credentials.awards import NotEarned, award_credential
from credentials.jobs import award_for, award_missed
from credentials.models import Achievement, Credential
from credentials.paper import pdf_of, verify_url
from enrolments.models import PinnedSet
from people.models import User
from post.models import Message
from tests.credentials.earning import Earned, earned, following
from tests.enrolments.doings import complete, read, regrade, rival_acting_after, sit
from tests.factories import NOON, achievement, cohort, enrolment, people, sealed_set, taught_course

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _papers() -> set[str]:
    folder = Path(storages["private"].location) / "certificates"
    return {one.name for one in folder.glob("*")} if folder.exists() else set()


def test_award_keeps_everything_it_rests_on() -> None:
    one = earned(valid_for_months=36)
    attempt = one.run.attempt_links.get().attempt

    credential = one.award()

    assert (credential.learner, credential.enrolment, credential.achievement, credential.requirement_set) == (
        one.amina, one.run, one.achievement, one.taught.requirement_set,
    )  # fmt: skip
    assert (credential.state, credential.replaces, credential.follows_as, credential.decided_by) == (
        "issued", None, "", None,
    )  # fmt: skip
    assert (credential.name, credential.language, credential.name_shown) == ("Amina Rahman", "en", False)
    assert (credential.awarded_at, credential.valid_from_on, credential.valid_until_on) == (
        NOON, date(2026, 11, 22), date(2029, 11, 22),
    )  # fmt: skip
    assert credential.evidence == {
        "title": "Module 1",
        "statement": "Shows that its holder read the lessons and passed the quiz.",
        "kind": "module",
        "issuer": "Larchmere Partnership",
        "providers": [],
        "course": {"key": "foundation", "code": one.taught.course.code},
        "requirement_set": {"key": "module-1", "version": 1},
        "read": [
            {"activity": str(lesson.activity.uuid), "digest": lesson.content_digest} for lesson in one.taught.lessons
        ],
        "watched": [],
        "results": [
            {
                "assessment": str(one.taught.assessment.uuid), "attempt": str(attempt.uuid), "points": "8",
                "max_score": "8", "pass_share": "7/10", "decided_at": NOON.isoformat(),
            }
        ],
        "banks": [{"key": one.taught.bank.key, "is_open": False}],
    }  # fmt: skip
    assert (credential.evidence_digest, credential.rests_on_open_bank) == (digest_of(credential.evidence), False)
    assert (len(credential.code), credential.shown_code.count("-"), str(credential), credential.title) == (
        20, 4, credential.shown_code, "Module 1",
    )  # fmt: skip


def test_award_says_which_kind_of_bank_it_rests_on() -> None:
    taught, cast = taught_course(), people()
    ItemBank.objects.update(is_open=True)
    run = enrolment(cast.amina, cohort(taught.course))
    taught.assessment.bank.refresh_from_db()
    complete(run, taught)
    ItemBank.objects.update(is_open=False)  # closed since: the attempt was taken while its keys were public

    credential = award_credential(run, achievement(taught.course), at=NOON)

    assert credential.rests_on_open_bank is True


def test_award_writes_one_message_with_the_addresses_and_one_audit_entry() -> None:
    one = earned()

    credential = one.award()

    message = Message.objects.get()
    assert (message.person, message.kind, message.subject, message.dedupe_key, message.state) == (
        one.amina, "credential_awarded", "Your certificate: Module 1", f"credential-awarded:{credential.uuid}",
        "waiting",
    )  # fmt: skip
    assert f"http://testserver/certificate/{credential.uuid}/" in message.text
    assert credential.shown_code in message.text
    entry = AuditEntry.objects.get(act="credential_awarded")
    assert (entry.subject_id, entry.actor, entry.person, entry.at, entry.facts) == (
        str(credential.uuid), None, one.amina, NOON, {},
    )  # fmt: skip


def test_paper_is_stored_privately_as_it_was_at_the_award() -> None:
    one = earned()

    credential = one.award()

    content = credential.pdf.open("rb").read()
    path = Path(credential.pdf.path)
    assert content.startswith(b"%PDF-")
    assert (hashlib.sha256(content).hexdigest(), content == pdf_of(credential)) == (credential.pdf_digest, True)
    assert Path(storages["private"].location).resolve() in path.resolve().parents
    assert Path(settings.MEDIA_ROOT).resolve() not in path.resolve().parents
    assert Path(settings.STATIC_ROOT).resolve() not in path.resolve().parents
    assert path.stat().st_mode & 0o077 == 0
    assert not list(Path(settings.MEDIA_ROOT).rglob(path.name))


def test_asking_again_returns_the_same_credential_and_writes_nothing() -> None:
    one = earned()
    first = one.award()
    papers = _papers()

    again = award_credential(one.run, one.achievement, at=NOON + DAY)

    assert (again, _papers()) == (first, papers)
    assert (Credential.objects.count(), Message.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(act="credential_awarded").count() == 1


def test_rival_awarding_between_our_look_and_our_insert_wins_and_leaves_no_second_paper_or_message() -> None:
    one = earned()
    other: list[Credential] = []
    before = _papers()

    with rival_acting_after('FROM "credentials_credential"', lambda: other.append(one.award())) as met:
        mine = award_credential(one.run, one.achievement, at=NOON + DAY)

    assert met
    assert [mine] == other == list(Credential.objects.all())
    assert (Message.objects.count(), AuditEntry.objects.filter(act="credential_awarded").count()) == (1, 1)
    assert _papers() - before == {Path(mine.pdf.name).name}


@pytest.mark.django_db(transaction=True)
def test_eight_awarding_at_once_make_one_credential_one_message_and_one_paper() -> None:
    one = earned()
    before = _papers()
    ready, held, faults = threading.Barrier(8), [], []

    def work() -> None:
        try:
            ready.wait()
            held.append(award_credential(one.run, one.achievement, at=NOON).pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    credential = Credential.objects.get()
    assert (faults, held) == ([], [credential.pk] * 8)
    assert (Message.objects.count(), AuditEntry.objects.filter(act="credential_awarded").count()) == (1, 1)
    assert _papers() - before == {Path(credential.pdf.name).name}


def test_fault_that_is_no_rival_is_not_hidden() -> None:
    one = earned(valid_for_months=12)

    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "credentials_credential"'):
            raise IntegrityError("something else is wrong")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(IntegrityError, match="something else"):
        award_credential(one.run, one.achievement, at=NOON)

    assert (Credential.objects.count(), Message.objects.count()) == (0, 0)


def test_award_that_is_rolled_back_takes_its_message_with_it() -> None:
    one = earned()

    with pytest.raises(RuntimeError), transaction.atomic():
        one.award()
        raise RuntimeError("power cut")

    assert (Credential.objects.count(), Message.objects.count()) == (0, 0)
    assert AuditEntry.objects.filter(act="credential_awarded").count() == 0


def test_database_refuses_a_second_first_award() -> None:
    one = earned()
    first = one.award()

    with pytest.raises(IntegrityError), transaction.atomic():
        following(first, replaces=None, follows_as="")

    assert Credential.objects.get() == first


def test_second_run_earns_a_credential_of_its_own() -> None:
    one = earned()
    first = one.award()
    again = enrolment(one.amina, one.run.cohort, at=NOON + DAY)
    complete(again, one.taught, at=NOON + DAY)

    second = award_credential(again, one.achievement, at=NOON + DAY)

    assert (second == first, second.code == first.code, Credential.objects.count()) == (False, False, 2)


@pytest.mark.parametrize("missing", ["everything", "quiz", "lesson", "pinned set"])
def test_what_is_not_earned_is_not_awarded(missing: str) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    key = "module-1"
    if missing == "quiz":
        read(run, *taught.lessons)
        sit(run, taught, right=5)
    elif missing == "lesson":
        sit(run, taught, right=8)
    elif missing == "pinned set":
        complete(run, taught)
        sealed_set(taught.course, [taught.lessons[0].activity], key="later")
        key = "later"

    with pytest.raises(NotEarned, match=r"^Not everything this certificate asks for is done yet\.$"):
        award_credential(run, achievement(taught.course, key), at=NOON)

    assert (Credential.objects.count(), Message.objects.count()) == (0, 0)


def test_accreditation_is_never_awarded_by_the_system_and_can_be_by_a_person() -> None:
    one = earned(kind="accreditation", issues_itself=False)

    with pytest.raises(NotEarned, match=r"^This award is decided by people, never by the system\.$"):
        award_credential(one.run, one.achievement, at=NOON)
    by_itself = (award_missed(), award_for(one.run.pinned_sets.get()), Credential.objects.count())
    credential = award_credential(one.run, one.achievement, at=NOON, decided_by=one.cast.beth)

    assert by_itself == (0, None, 0)
    assert credential.decided_by == one.cast.beth
    assert AuditEntry.objects.get(act="credential_awarded").actor == one.cast.beth


def test_person_cannot_award_what_is_not_earned_either() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))

    with pytest.raises(NotEarned):
        award_credential(run, achievement(taught.course), at=NOON, decided_by=cast.beth)

    assert Credential.objects.count() == 0


def test_database_refuses_an_accreditation_that_issues_itself() -> None:
    course = taught_course().course

    with pytest.raises(IntegrityError), transaction.atomic():
        achievement(course, kind="accreditation", issues_itself=True)

    assert Achievement.objects.count() == 0


def test_nothing_it_says_changes_when_name_titles_course_or_set_do() -> None:
    one = earned()
    credential = one.award()
    before = Credential.objects.values().get()
    User.objects.filter(pk=one.amina.pk).update(name="Amina Farrow", certificate_name="A. Farrow", language="cy")
    Achievement.objects.update(titles={"en": "Another title"}, statements={"en": "Other words"}, valid_for_months=1)
    one.achievement.issuer.names = {"en": "Another issuer"}
    one.achievement.issuer.save()
    type(one.taught.course).objects.update(key="renamed", code="LT-X")
    lesson = one.taught.lessons[0]
    lesson.title = "Another lesson"
    lesson.save_revision().publish()
    attempt = one.run.attempt_links.get().attempt
    regrade(attempt, points=Fraction(0), passed=False, at=NOON + DAY)
    again = award_credential(one.run, one.achievement, at=NOON + DAY)

    assert Credential.objects.values().get() == before
    assert (again, again.title, again.name) == (credential, "Module 1", "Amina Rahman")
    assert hashlib.sha256(credential.pdf.open("rb").read()).hexdigest() == before["pdf_digest"]


def test_name_on_certificates_and_language_are_the_holders() -> None:
    one = earned(titles={"en": "Module 1", "cy": "Modiwl 1"}, statements={"en": "English", "cy": "Cymraeg"})
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Siân Ŵyn-Ŷstwyth", language="cy")
    one.run.refresh_from_db()
    one.run.learner.refresh_from_db()

    credential = one.award()

    assert (credential.name, credential.language, credential.title, credential.evidence["statement"]) == (
        "Siân Ŵyn-Ŷstwyth", "cy", "Modiwl 1", "Cymraeg",
    )  # fmt: skip
    assert verify_url(credential) == f"http://testserver/cy/verify/{credential.shown_code}/"
    assert Message.objects.get().language == "cy"


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Europe/London", datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        ("Europe/London", datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),
        ("Pacific/Auckland", datetime(2026, 6, 30, 12, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_day_of_the_award_is_the_cohorts_day(zone: str, at: datetime, day: date) -> None:
    credential = earned(time_zone=zone).award(at=at)

    assert credential.valid_from_on == day


def test_name_no_font_can_draw_does_not_cost_the_award() -> None:
    one = earned()
    one.amina.certificate_name = "Amina \U0001f600 \u4e00"
    one.amina.save()
    one.run.learner.refresh_from_db()
    before = _papers()

    credential = one.award()

    assert (credential.state, bool(credential.pdf), credential.pdf_digest, _papers()) == ("issued", False, "", before)
    assert Message.objects.count() == 1


def test_met_requirements_are_awarded_by_themselves_once_they_are_committed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    achievement(taught.course)

    with django_capture_on_commit_callbacks(execute=True):
        complete(run, taught)

    credential = Credential.objects.get()
    assert (credential.enrolment, credential.learner, credential.name) == (run, cast.amina, "Amina Rahman")


def test_set_without_an_achievement_that_issues_itself_earns_nothing_by_itself(
    django_capture_on_commit_callbacks: Any,
) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    achievement(taught.course, issues_itself=False)

    with django_capture_on_commit_callbacks(execute=True):
        complete(run, taught)

    assert (Credential.objects.count(), award_missed()) == (0, 0)


def test_award_missed_after_a_kill_is_found_and_made_once() -> None:
    one = earned()
    other = enrolment(one.cast.lena, one.run.cohort)
    read(other, *one.taught.lessons)

    counts = (award_missed(), award_missed())

    assert counts == (1, 0)
    assert [(row.enrolment, row.learner) for row in Credential.objects.all()] == [(one.run, one.amina)]


def test_paper_that_can_never_be_drawn_keeps_no_later_award_waiting(caplog: pytest.LogCaptureFixture) -> None:
    one = earned()
    later = enrolment(one.cast.lena, one.run.cohort)
    complete(later, one.taught)
    User.objects.filter(pk=one.amina.pk).update(language="xx")  # there are no words for a certificate in it
    bad = one.run.pinned_sets.get()

    counts = (award_missed(), award_missed())

    assert counts == (1, 0)
    assert [row.enrolment for row in Credential.objects.all()] == [later]
    told = [(record.message, record.levelname) for record in caplog.records if record.name == "toolkit.sweeps"]
    assert told == [(f"enrolments.pinnedset {bad.pk} could not be swept", "ERROR")] * 2


def test_award_asked_for_a_set_not_met_yet_is_none() -> None:
    earned()
    pinned = PinnedSet.objects.get()
    pinned.met_at = None

    assert award_for(pinned) is None


def _change(one: Earned, **fields: Any) -> Any:
    return lambda: Credential.objects.filter(enrolment=one.run).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Somebody Else"}, {"code": "0" * 20}, {"evidence": {}}, {"evidence_digest": "0" * 64},
        {"awarded_at": NOON + DAY}, {"valid_from_on": date(2020, 1, 1)}, {"valid_until_on": date(2099, 1, 1)},
        {"rests_on_open_bank": True}, {"language": "cy"},
    ],
)  # fmt: skip
def test_database_refuses_to_change_what_a_credential_says(fields: dict[str, Any]) -> None:
    one = earned()
    one.award()
    before = Credential.objects.values().get()

    with pytest.raises(IntegrityError, match="may not be changed"), transaction.atomic():
        _change(one, **fields)()

    assert Credential.objects.values().get() == before
