"""Queueing and sending. A message is a row first; the worker sends the rows that are due, with back-off.

At least once: a worker killed between the mail server's OK and our commit sends the same Message-ID again.
A mail server that is away or puts us off is waited for, five days long; an address it refuses for good is not
(docs/decisions/0028-running-it.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.mime.image import MIMEImage
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_q.tasks import async_task

from .choices import MessageState
from .letters import MARK_ID, Pattern, html_of, mark_png
from .models import EMPTY, Message
from .preferences import is_wanted
from .unsubscribing import headers_for

if TYPE_CHECKING:
    from people.models import User

MAX_TRIES = 8  # of a message that is refused for good; a mistake at the other end may be mended meanwhile
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 60, 3600  # twice as long each time, until it is an hour
GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321, 4.5.4.1: "generally needs to be at least 4-5 days"


def queue_message(
    *,
    kind: str,
    subject: str,
    text: str,
    at: datetime,
    to: "User | None" = None,
    address: str = "",
    action: str = "",
    language: str = "",
    dedupe_key: str | None = None,
    reply_to: Sequence[str] = (),
) -> Message | None:
    """Write a message in the caller's transaction and wake the worker when it commits.

    To a person, at their address and in their language, or to a bare address. None for a person without an address,
    or who does without such letters (post/preferences.py). The HTML beside the text is drawn from it; `action` is what
    the button for its first address says. With a dedupe key already used, the earlier message is returned.
    """
    destination = address or (to.email if to else "") or ""
    if not destination or (to and not is_wanted(to, kind)):
        return None
    spoken = language or (to.language if to else settings.LANGUAGE_CODE)
    heading = " ".join(subject.split())[:200]
    fields = {
        "person": to,
        "address": destination,
        "reply_to": list(reply_to),
        "language": spoken,
        "kind": kind,
        "subject": heading,
        "text": text,
        "html": html_of(text, subject=heading, language=spoken, action=action),
        "created_at": at,
        "next_try_at": at,
    }
    if dedupe_key is None:
        message = Message.objects.create(**fields)
    else:
        message, _created = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
    async_task("post.outbox.send_due")
    return message


def key_of_asker(address: str) -> str:
    """How the dedupe key of a message begins whose writer wants an answer at this address; it does not tell which."""
    return f"asked-by:{salted_hmac('post.outbox.asker', address.strip().lower()).hexdigest()[:32]}:"


@dataclass(frozen=True)
class Letter:
    """What one of many letters says in the places of its pattern, and where it goes."""

    pattern: Pattern
    values: Mapping[str, str]
    dedupe_key: str
    to: "User | None" = None
    address: str = ""


def queue_letters(kind: str, letters: Iterable[Letter], *, at: datetime) -> None:
    """The same as `queue_message` for many letters of a few patterns, in few statements.

    A letter whose dedupe key was used already is left out; so is one that its reader does without.
    """
    wanted = [
        (one, destination)
        for one in letters
        if (destination := one.address or (one.to.email if one.to else "") or "")
        and not (one.to and not is_wanted(one.to, kind))
    ]
    messages = [
        Message(
            person=one.to,
            address=destination,
            language=one.pattern.language,
            kind=kind,
            created_at=at,
            next_try_at=at,
            dedupe_key=one.dedupe_key,
            **one.pattern.filled(one.values),
        )
        for one, destination in wanted
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    if messages:
        async_task("post.outbox.send_due")


def send_due(at: datetime | None = None) -> int:
    """Send every message that is due; returns how many went. Each is held, sent and noted on its own.

    When the mail server is away or takes nothing from us, the others are left for the next time as they are.
    """
    now = at or timezone.now()
    due = Message.objects.filter(state=MessageState.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")
    sent = 0
    for pk in due.values_list("pk", flat=True)[:200]:
        try:
            sent += _send_one(pk, now)
        except _NobodyThere:
            break
    return sent


class _NobodyThere(Exception):
    """The mail server is away, or takes nothing from us: no message's own fault."""


def _send_one(pk: int, now: datetime) -> bool:
    """Claim first by moving the next try on, so that two workers do not send at once and no lock waits for SMTP."""
    with transaction.atomic():
        message = Message.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if message is None or message.state != MessageState.WAITING or message.next_try_at > now:
            return False
        if message.person and not is_wanted(message.person, message.kind):
            _note(message, state=MessageState.CANCELLED)  # they said no while it waited
            return False
        message.tries += 1
        message.next_try_at = now + timedelta(seconds=wait_seconds(message.tries))
        message.save(update_fields=["tries", "next_try_at"])
    try:
        _mail(message).send()
    except (SMTPException, OSError) as error:
        tried_enough = message.tries >= MAX_TRIES and _is_for_good(error)
        given_up = tried_enough or now - message.created_at >= GIVE_UP_AFTER
        failed = {"state": MessageState.FAILED} if given_up else {}
        _note(message, last_error=f"{type(error).__name__}: {error}"[:300], **failed)
        if isinstance(error, SMTPDataError | SMTPRecipientsRefused):
            return False
        raise _NobodyThere from error
    _note(message, state=MessageState.SENT, sent_at=timezone.now(), last_error="")
    return True


def _note(message: Message, **values: Any) -> None:
    """How it went; unless the message was emptied meanwhile: a mail server's error names the address.

    What is to be forgotten goes now if it waits no more; the mark is read here, since it may have come while we sent.
    """
    Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(**values)
    done = Message.objects.filter(pk=message.pk, is_to_be_forgotten=True).exclude(state=MessageState.WAITING)
    done.update(**EMPTY)


def wait_seconds(tries: int) -> int:
    """How long to wait after so many tries."""
    return min(FIRST_WAIT_SECONDS * 2 ** (tries - 1), LONGEST_WAIT_SECONDS)


def _is_for_good(error: Exception) -> bool:
    """Whether the server refused this message or address itself (5xx), rather than put us off. RFC 5321, 4.2.1."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def _mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.address],
        reply_to=message.reply_to,
        headers={
            "Message-ID": message.message_id,
            "Content-Language": message.language,
            **headers_for(message),
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
        mail.mixed_subtype = "related"  # type: ignore[attr-defined]
        mark = MIMEImage(mark_png())
        mark.add_header("Content-ID", f"<{MARK_ID}>")
        mark.add_header("Content-Disposition", "inline", filename="mark.png")
        mail.attach(mark)
    return mail
