"""The outbox: a message is a row of the caller's transaction first, and is sent at least once under one Message-ID."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django_q.models import OrmQ
from tools.mail_catcher import MailCatcher, catching

from people.models import User
from post.choices import MessageState
from post.letters import MARK_ID, html_of
from post.models import Message
from post.outbox import MAX_TRIES, queue_message, send_due
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


class PowerCutError(Exception):
    """The worker dies here."""


@pytest.fixture
def server(settings: Any) -> Iterator[MailCatcher]:
    """A real mail server, and a site that sends there."""
    with catching() as catcher:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", catcher.port, False
        settings.EMAIL_USE_SSL, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = False, "", ""
        yield catcher


def _queued(**fields: Any) -> Message:
    defaults = {"kind": "test", "subject": "Hello", "text": "Words.", "address": "amina@example.org", "at": NOON}
    message = queue_message(**{**defaults, **fields})
    assert message is not None
    return message


def test_message_to_a_person_goes_to_their_address_in_their_language_and_wakes_the_worker() -> None:
    amina = person("Amina Rahman", language="cy")

    message = queue_message(
        to=amina,
        kind="credential_awarded",
        subject="Your\r\n certificate ",
        text="Words.",
        at=NOON,
    )

    assert message is not None
    message.refresh_from_db()
    assert (message.person, message.address, message.language, message.kind, message.subject) == (
        amina, "amina.rahman@example.org", "cy", "credential_awarded", "Your certificate",
    )  # fmt: skip
    assert (message.text, message.dedupe_key, message.state, message.tries) == ("Words.", None, "waiting", 0)
    assert message.html == html_of("Words.", subject="Your certificate", language="cy")
    assert (message.created_at, message.next_try_at, message.sent_at, message.last_error) == (NOON, NOON, None, "")
    assert [task.task["func"] for task in map(_Task, OrmQ.objects.all())] == ["post.outbox.send_due"]


class _Task:
    def __init__(self, row: OrmQ) -> None:
        self.task = row.task


def test_message_to_a_bare_address_is_in_english_unless_said_otherwise() -> None:
    languages = [_queued().language, _queued(language="cy").language]

    assert languages == ["en", "cy"]


def test_person_without_an_address_is_sent_nothing() -> None:
    blanked = person("Amina Rahman")
    User.objects.filter(pk=blanked.pk).update(email=None, is_active=False, blanked_at=NOON)
    blanked.refresh_from_db()

    message = queue_message(to=blanked, kind="test", subject="Hello", text="Words.", at=NOON)

    assert (message, Message.objects.count(), OrmQ.objects.count()) == (None, 0, 0)


def test_message_and_its_wake_up_are_gone_when_what_they_tell_of_is_rolled_back() -> None:
    with pytest.raises(PowerCutError), transaction.atomic():
        _queued()
        assert (Message.objects.count(), OrmQ.objects.count()) == (1, 1)
        raise PowerCutError

    assert (Message.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_two_messages_of_one_cause_are_one() -> None:
    first = _queued(dedupe_key="award:1")

    again = _queued(dedupe_key="award:1", subject="Other words", at=NOON + SECOND)
    other = _queued(dedupe_key="award:2")

    assert (again, again.subject, other == first, Message.objects.count()) == (first, "Hello", False, 2)


def test_messages_without_a_cause_are_never_merged_and_each_has_its_own_message_id() -> None:
    identifiers = {_queued().message_id for _ in range(20)}

    assert len(identifiers) == Message.objects.count() == 20
    assert all(re.fullmatch(r"<[^@>]+@learning-together\.invalid>", one) for one in identifiers)


def test_database_refuses_a_second_message_of_one_cause_and_one_that_says_sent_without_when() -> None:
    _queued(dedupe_key="award:1")
    other = _queued()

    for wrong in ({"dedupe_key": "award:1"}, {"state": "sent"}, {"sent_at": NOON}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=other.pk).update(**wrong)

    other.refresh_from_db()
    assert (other.dedupe_key, other.state, other.sent_at) == (None, "waiting", None)


def test_due_message_arrives_whole_and_is_noted_as_sent(server: MailCatcher) -> None:
    message = _queued(text="Llŷr, hello.\n.\nA line.", language="cy", subject="Tystysgrif Ŵyn")

    sent = (send_due(NOON), send_due(NOON + 3600 * SECOND))

    mail = server.caught[0]
    assert (sent, len(server.caught)) == ((1, 0), 1)
    assert (mail["Message-ID"].strip(), mail["To"], mail["Subject"], mail["Content-Language"]) == (
        message.message_id, "amina@example.org", "Tystysgrif Ŵyn", "cy",
    )  # fmt: skip
    assert mail.get_body(("plain",)).get_content().split() == ["Llŷr,", "hello.", ".", "A", "line."]
    assert mail.get_body(("html",)).get_content().splitlines() == message.html.splitlines()
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in pictures] == [f"<{MARK_ID}>"]
    assert f'src="cid:{MARK_ID}"' in message.html
    message.refresh_from_db()
    assert (message.state, message.tries, message.sent_at is not None, message.last_error) == ("sent", 1, True, "")


def test_message_not_due_yet_failed_or_cancelled_is_left_alone(server: MailCatcher) -> None:
    _queued(at=NOON + SECOND)
    for state in ("failed", "cancelled"):
        Message.objects.filter(pk=_queued().pk).update(state=state)

    assert send_due(NOON) == 0
    assert server.caught == []


def test_earliest_due_goes_first(server: MailCatcher) -> None:
    for number, subject in ((2, "second"), (1, "first"), (3, "third")):
        _queued(subject=subject, at=NOON + number * SECOND)

    send_due(NOON + 5 * SECOND)

    assert [mail["Subject"] for mail in server.caught] == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("refusal", "state", "last_tries"),
    [("554 never", "failed", MAX_TRIES), ("451 try again later", "waiting", MAX_TRIES + 1)],
)
def test_refused_message_is_tried_again_after_waits_that_double_and_given_up_early_only_if_refused_for_good(
    server: MailCatcher, refusal: str, state: str, last_tries: int
) -> None:
    message = _queued()
    server.refuses, server.refusal = True, refusal
    now, waits = NOON, []

    for _ in range(MAX_TRIES + 1):
        early = send_due(message.next_try_at - SECOND)
        assert (send_due(now), early) == (0, 0)
        message.refresh_from_db()
        waits.append((message.next_try_at - now) // SECOND)
        now = message.next_try_at

    assert MAX_TRIES == 8
    assert waits[:8] == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert (message.state, message.tries, message.sent_at) == (state, last_tries, None)
    assert message.last_error.startswith(f"SMTPDataError: ({refusal[:3]}")


def test_message_put_off_for_five_days_is_given_up_and_not_sent_later(server: MailCatcher) -> None:
    message = _queued()
    server.refuses = True
    now = NOON

    while message.state == "waiting":
        send_due(now)
        message.refresh_from_db()
        now = message.next_try_at

    assert timedelta(days=5) <= now - NOON < timedelta(days=5, hours=2)
    server.refuses = False
    assert (send_due(now + timedelta(days=9)), server.caught) == (0, [])


def test_mail_server_away_over_night_loses_nothing_and_every_mail_arrives_once(
    server: MailCatcher, settings: Any
) -> None:
    messages = [_queued(subject=f"Letter {number}") for number in range(12)]
    port, minute = server.port, timedelta(minutes=1)
    night, morning = 9 * 60, 14 * 60

    for passed in range(0, morning, 5):
        is_away = passed < night // 2
        server.refuses = night // 2 <= passed < night  # it comes back, and puts everybody off for a while
        settings.EMAIL_PORT = 1 if is_away else port
        assert send_due(NOON + passed * minute) == 0 or passed >= night
        if passed == 7 * 60:
            messages.append(_queued(subject="Written meanwhile", at=NOON + passed * minute))

    arrived = [mail["Message-ID"].strip() for mail in server.caught]
    assert sorted(arrived) == sorted(one.message_id for one in messages)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_when_nobody_answers_the_other_messages_are_left_as_they_are(server: MailCatcher, settings: Any) -> None:
    for _ in range(3):
        _queued()
    settings.EMAIL_PORT = 1

    send_due(NOON)

    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_refused_message_that_gets_through_later_forgets_the_fault(server: MailCatcher) -> None:
    message = _queued()
    server.refuses = True
    send_due(NOON)
    server.refuses = False

    assert send_due(NOON + 60 * SECOND) == 1

    message.refresh_from_db()
    assert (message.state, message.tries, message.last_error) == ("sent", 2, "")


def test_mail_server_that_is_not_there_is_a_fault_like_any_other(server: MailCatcher, settings: Any) -> None:
    message = _queued()
    settings.EMAIL_PORT = 1

    assert send_due(NOON) == 0

    message.refresh_from_db()
    assert (message.state, message.last_error.split(":")[0]) == ("waiting", "ConnectionRefusedError")


def test_one_refused_message_does_not_hold_up_the_others(server: MailCatcher) -> None:
    _queued(address="not an address")
    _queued()

    assert send_due(NOON) >= 1
    assert [mail["To"] for mail in server.caught][-1] == "amina@example.org"


@pytest.mark.django_db(transaction=True)
def test_worker_killed_between_the_servers_ok_and_our_commit_sends_the_same_message_id_again(
    server: MailCatcher,
) -> None:
    message = _queued()

    def dies(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "post_message"') and "sent_at" in sql:
            raise PowerCutError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(dies), pytest.raises(PowerCutError):
        send_due(NOON)
    at_once, later = send_due(NOON), send_due(NOON + 60 * SECOND)

    message.refresh_from_db()
    assert (at_once, later, message.state, message.tries) == (0, 1, "sent", 2)
    assert [mail["Message-ID"].strip() for mail in server.caught] == [message.message_id] * 2


@pytest.mark.django_db(transaction=True)
def test_workers_sending_at_once_send_each_message_once(server: MailCatcher) -> None:
    messages = [_queued() for _ in range(12)]
    ready, sent = threading.Barrier(4), []

    def work() -> None:
        try:
            ready.wait()
            sent.append(send_due(NOON))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(sent) == 12
    assert sorted(mail["Message-ID"].strip() for mail in server.caught) == sorted(one.message_id for one in messages)
    assert set(Message.objects.values_list("state", "tries")) == {("sent", 1)}


def test_migrations_are_complete() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_message_emptied_while_it_was_being_sent_stays_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its person was erased in that moment; a mail server's refusal names the address."""
    message = queue_message(address="nia@example.org", kind="test", subject="Hello", text="Words", at=NOON)
    assert message is not None

    def erased_meanwhile(mail: object) -> int:
        Message.objects.update(address="", text="", state=MessageState.CANCELLED)
        raise SMTPException("nia@example.org: no such person")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", erased_meanwhile)
    send_due(NOON)

    message.refresh_from_db()
    assert (message.state, message.address, message.last_error) == (MessageState.CANCELLED, "", "")
