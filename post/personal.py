"""What this room holds about people, and how it goes (toolkit/personal.py).

The row of a message stays, empty, so that what was once told is not told again.
"""

from contextlib import suppress
from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, Row, Subject, delete_rows, hold, retain, rows_of

from .choices import OPENING_LETTERS, MessageState
from .models import LetterChoice, Message
from .outbox import key_of_asker

CONCERN = "concern"
EMPTY = {"address": "", "reply_to": [], "subject": "", "text": "", "html": "", "last_error": ""}


def _messages(subject: Subject) -> QuerySet[Message]:
    """To the person or to one of their addresses; and concerns they reported, or want answered there.

    A concern that is about somebody, or that somebody receives for the organisation, is not theirs: neither to read nor
    to take away. One that still waits is sent first.
    """
    wanted = Q(person=subject.person) if subject.person is not None else Q(pk__in=[])
    for address in subject.addresses:
        to_them = Q(address__iexact=address) & ~Q(kind=CONCERN)
        wanted |= to_them | Q(kind=CONCERN, dedupe_key__startswith=key_of_asker(address))
    return Message.objects.filter(wanted)


def _text_shown(message: Message) -> Row:
    """A download lies about for longer than a code or link should."""
    if message.kind not in OPENING_LETTERS:
        return {"text": message.text}
    return {"text": str(_("This message held a code or a link that opens something. It is not repeated here."))}


def _empty(rows: QuerySet[Message], at: datetime) -> int:
    """Nothing that was said or to which address stays; what waits is not sent. Development's mail files go too."""
    full = rows.exclude(**EMPTY).exclude(kind=CONCERN, state=MessageState.WAITING)
    addresses = frozenset(address.lower() for address in full.values_list("address", flat=True) if address)
    transaction.on_commit(lambda: delete_mail_files(addresses))
    waiting = When(state=MessageState.WAITING, then=Value(MessageState.CANCELLED))
    return full.update(state=Case(waiting, default="state"), **EMPTY)


def delete_mail_files(addresses: frozenset[str]) -> int:
    """Mail that a development site wrote to files instead of sending it, to any of these addresses."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    files = sorted(Path(folder).glob("*.log")) if folder and addresses else []
    gone = [file for file in files if _recipients(file) & addresses]
    for file in gone:
        with suppress(FileNotFoundError):
            file.unlink()
    return len(gone)


def _recipients(file: Path) -> frozenset[str]:
    with file.open("rb") as mail:
        headers = BytesParser(policy=policy.default).parse(mail, headersonly=True)
    to = headers["To"]
    return frozenset(address.addr_spec.lower() for address in to.addresses) if to else frozenset()


hold(
    Holding(
        Message,
        _("Messages to you"),
        "messages",
        {
            "created_at": _("Written"),
            "sent_at": _("Sent"),
            "address": _("To"),
            "subject": _("About"),
            "text": _("What it says"),
        },
        _messages,
        _empty,
        shown=_text_shown,
        kept=_("That there was a message stays, without address and words, so that it is not sent twice."),
    )
)


def _old_messages(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """What was sent or given up so long ago; what still waits is left alone."""
    done = Message.objects.exclude(state=MessageState.WAITING).filter(created_at__lt=before)
    return done.exclude(person__in=held).exclude(**EMPTY).update(**EMPTY)


retain(Retention("messages", Message, _old_messages))


hold(
    Holding(
        LetterChoice,
        _("Letters you chose"),
        "accounts",
        {"kind": _("Kind"), "wanted": _("Wanted"), "chosen_at": _("When")},
        rows_of(LetterChoice, "person"),
        delete_rows,
    )
)
