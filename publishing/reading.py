"""Somebody else reads a change: one of substance before it goes live, one of wording afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from toolkit.digests import digest_of
from wagtail.models import Revision

from audit.entries import note_act
from people.models import User

from .changed import PageChange, writers_between, writers_of
from .checks import Finding
from .gate import stopping
from .locks import lock_against
from .models import SecondReading
from .reading_letters import tell_readers, tell_writer

NO_NOTE = gettext_noop("Say in a sentence what changed. Those who did this before will read it.")


NO_REASON = gettext_noop("Say in a sentence what should change. Whoever asked you reads it.")
MOVED_ON = gettext_noop("The draft has changed since you opened this screen. Read what it says now.")


class NotAllowed(Exception):
    """A reading that cannot be asked for or done; `str()` is for the editor."""


def may_read(change: PageChange, person: User) -> bool:
    """Whether a person may be the second reader: they may publish the page and wrote nothing of the change.

    Where nobody is known to have written it, whoever asked answers for it, and nobody reads what nobody asked for.
    """
    writers = writers_of(change.page)
    if not writers and (waiting := waiting_reading(change)) is not None:
        writers = {waiting.asked_by_id}
    return bool(writers) and person.pk not in writers and change.page.permissions_for_user(person).can_publish()


def waiting_reading(change: PageChange) -> SecondReading | None:
    return change.readings.waiting().select_related("asked_by").first()


def sent_back(change: PageChange) -> SecondReading | None:
    """The newest request for a reader of this page, if a reader sent it back and nobody has asked again."""
    asked = SecondReading.objects.filter(page_id=change.page.pk, is_substance=True).order_by("-asked_at", "-pk")
    newest = asked.select_related("sent_back_by").first()
    return newest if newest and newest.sent_back_at else None


def may_look(reading: SecondReading, person: User) -> bool:
    """Whether a person may have the second look at wording that is live: anybody who publishes but its writers."""
    if reading.asked_by_id == person.pk:
        return False
    kept = Revision.objects.in_bulk([pk for pk in (reading.before_revision_id, reading.after_revision_id) if pk])
    after = kept.get(reading.after_revision_id)
    return after is None or person.pk not in writers_between(kept.get(reading.before_revision_id), after)


@transaction.atomic
def ask_for_reading(change: PageChange, *, by: User, note: str, at: datetime) -> SecondReading:
    """Ask for a second reader of a saved draft, and write to those who may be one. Raises NotAllowed.

    A new request takes the place of the last. Who asked first of this very change stays who asked: somebody else may
    mend the note.
    """
    if not change.is_substance:
        raise NotAllowed(_("This changes wording only. You can publish it at once."))
    if not note.strip():
        raise NotAllowed(_(NO_NOTE))
    first = waiting_reading(change)
    reading = _ask(change, by=first.asked_by if first else by, note=note, at=at)
    tell_readers(change, reading)
    return reading


def _ask(change: PageChange, *, by: User, note: str, at: datetime) -> SecondReading:
    SecondReading.objects.waiting().filter(page_id=change.page.pk, is_substance=True).delete()
    return SecondReading.objects.create(
        page_id=change.page.pk,
        is_substance=True,
        words=change.found.words,
        note=note.strip(),
        **change.prints,
        before_revision_id=change.base.live_revision_id,
        after_revision_id=change.page.latest_revision_id,
        asked_by=by,
        asked_at=at,
    )


@transaction.atomic
def send_back(change: PageChange, *, by: User, because: str, shown: str, at: datetime) -> SecondReading:
    """Give a change back to who asked, with the reason; the draft stays as it is. Raises NotAllowed.

    `shown` is what `shown_of` said when they opened the screen.
    """
    if not may_read(change, by):
        raise NotAllowed(_("Somebody who wrote none of this has to read it, and may then publish it."))
    _still(change, shown)
    if not (because := because.strip()):
        raise NotAllowed(_(NO_REASON))
    reading = waiting_reading(change)
    back = {"sent_back_by": by, "sent_back_at": at, "sent_back_because": because}
    is_theirs = reading is not None and reading.asked_by_id != by.pk
    if reading is None or not is_theirs or not SecondReading.objects.waiting().filter(pk=reading.pk).update(**back):
        raise NotAllowed(_("Nobody waits for a second reader of this any more."))
    note_act("change_sent_back", subject=reading, at=at, actor=by, facts={"page": reading.page_id})
    reading.refresh_from_db()
    tell_writer(reading, change.page.title)
    return reading


def read_and_publish(change: PageChange, *, by: User, note: str, shown: str, at: datetime) -> list[Finding]:
    """Note that somebody else has read the change, and publish it; returns what else keeps it back. Raises NotAllowed.

    `shown` is what `shown_of` said when they opened the screen; `note` is what they send, and what readers of the page
    will read. A reading counts although something else is in the way: whoever mends that need not ask again, if the
    text stays.
    """
    if not may_read(change, by):
        raise NotAllowed(_("Somebody who wrote none of this has to read it, and may then publish it."))
    _still(change, shown)
    if locked := lock_against(change.page, by):
        raise NotAllowed(locked)
    with transaction.atomic():
        if not change.is_read:
            _note_reading(change, by=by, note=note, at=at)
        found = stopping(change.page)
        if not found:
            change.page.latest_revision.publish(user=by)
    return found


def shown_of(change: PageChange) -> str:
    """Tells what somebody is shown from what they would be shown later: the text, and the note that waits with it."""
    waiting = waiting_reading(change)
    return f"{change.prints['after']}.{digest_of(waiting.note if waiting else '')}"


def _still(change: PageChange, shown: str) -> None:
    """Raises NotAllowed where the text, or the note, is another by now."""
    text, _point, noted = shown.partition(".")
    if text != change.prints["after"]:
        raise NotAllowed(_(MOVED_ON))
    waiting = waiting_reading(change)
    if waiting and noted != digest_of(waiting.note):
        words = _("The note has changed since you opened this screen. It is now “%(note)s”; yours is still in the box.")
        raise NotAllowed(words % {"note": waiting.note})


def _note_reading(change: PageChange, *, by: User, note: str, at: datetime) -> None:
    reading = waiting_reading(change)
    if reading is None or reading.asked_by_id == by.pk:
        reading = _ask(change, by=_writer(change), note=note, at=at)
    elif note.strip() != reading.note:  # they mended it, and answer for it
        reading = _ask(change, by=reading.asked_by, note=note, at=reading.asked_at)
    _read(reading, by=by, at=at)


def _writer(change: PageChange) -> User:
    writer = User.objects.filter(pk__in=writers_of(change.page)).order_by("-pk").first()
    if writer is None:
        raise NotAllowed(
            _("Nobody is known to have written this. Save the draft once more, and ask somebody to read it.")
        )
    return writer


@transaction.atomic
def look_at(reading: SecondReading, *, by: User, at: datetime) -> None:
    """The second look at wording that is live already; a second one keeps the first. Raises NotAllowed."""
    if not may_look(reading, by):
        raise NotAllowed(_("Somebody else has to look at what you changed."))
    _read(reading, by=by, at=at)


def _read(reading: SecondReading, *, by: User, at: datetime) -> None:
    if SecondReading.objects.waiting().filter(pk=reading.pk).update(read_by=by, read_at=at):
        facts = {"page": reading.page_id, "substance": reading.is_substance}
        note_act("change_read", subject=reading, at=at, actor=by, facts=facts)
