"""A concern that waits when its reporter is erased is still sent, and its copy goes at that moment."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from tools.mail_catcher import MailCatcher, catching

from people.models import User
from post.choices import MessageState
from post.models import EMPTY, Message
from post.outbox import GIVE_UP_AFTER, key_of_asker, queue_message, send_due
from privacy.choices import RemovalCause
from privacy.erasure import erase
from privacy.subjects import find_subject, subject_of
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def reported(by: User | None = None, asker: str = "") -> Message:
    key = f"{key_of_asker(asker)}1" if asker else None
    made = queue_message(
        to=by, address="lead@example.org", kind="concern", subject="A concern", text="The words.", at=NOON,
        dedupe_key=key,
    )  # fmt: skip
    assert made is not None
    return made


def left_of(message: Message) -> dict[str, str]:
    return Message.objects.filter(pk=message.pk).values(*EMPTY).get()


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_waiting_concern_of_somebody_erased_is_sent_whole_and_then_empty(is_signed_in: bool) -> None:
    ann = person("Ann Ash", "ann@example.org") if is_signed_in else None
    concern = reported(ann, "ann@example.org")
    erase(subject_of(ann) if ann else find_subject("ann@example.org"), at=NOON, cause=RemovalCause.ASKED)
    waiting = left_of(concern)

    sent = send_due(LATER)

    assert (waiting["text"], sent, [one.body for one in mail.outbox]) == ("The words.", 1, ["The words."])
    assert (left_of(concern), Message.objects.get().state) == (EMPTY, MessageState.SENT)


def test_concern_of_somebody_who_stays_keeps_its_words_when_it_is_sent() -> None:
    concern = reported(person("Ann Ash", "ann@example.org"))

    send_due(LATER)

    assert left_of(concern)["text"] == "The words."


def test_erasure_while_the_letter_is_on_its_way_empties_it_when_it_has_arrived(monkeypatch: Any) -> None:
    ann = person("Ann Ash", "ann@example.org")
    concern = reported(ann)
    send = mail.EmailMultiAlternatives.send

    def slow(letter: mail.EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        erase(subject_of(ann), at=LATER, cause=RemovalCause.ASKED)
        return send(letter, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", slow)
    send_due(LATER)

    assert (len(mail.outbox), left_of(concern)) == (1, EMPTY)


@pytest.fixture
def refusing(settings: Any) -> Iterator[MailCatcher]:
    """A mail server that puts everything off."""
    with catching() as catcher:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", catcher.port, False
        settings.EMAIL_USE_SSL, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = False, "", ""
        yield catcher


def test_waiting_concern_that_is_put_off_keeps_its_words_until_it_is_given_up(refusing: MailCatcher) -> None:
    ann = person("Ann Ash", "ann@example.org")
    concern = reported(ann)
    erase(subject_of(ann), at=NOON, cause=RemovalCause.ASKED)
    refusing.refuses = True
    send_due(LATER)
    waiting = left_of(concern)["text"]

    send_due(NOON + GIVE_UP_AFTER)

    assert (waiting, left_of(concern), Message.objects.get().state) == ("The words.", EMPTY, MessageState.FAILED)
