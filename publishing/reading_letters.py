"""The letters of a second reading: to whoever may read it, and to who asked when it comes back."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from people.models import User
from post.outbox import queue_message

from .changed import PageChange, writers_of
from .models import SecondReading


def tell_readers(change: PageChange, reading: SecondReading) -> None:
    """Write to everybody who may publish the page and wrote nothing of it."""
    may = PagePermissionPolicy().users_with_permission_for_instance("publish", change.page)
    again = change.readings.exclude(sent_back_at=None).count()
    others = User.objects.filter(pk__in=may.values("pk"), is_active=True)
    for reader in others.exclude(pk__in={*writers_of(change.page), reading.asked_by_id}):
        with translation.override(reader.language or "en"):
            queue_message(
                to=reader,
                at=reading.asked_at,
                dedupe_key=f"second_reader_asked:{reading.page_id}:{reading.after}:{again}:{reader.pk}",
                kind="second_reader_asked",
                subject=_("“%(title)s” waits for a second reader") % {"title": change.page.title},
                action=_("Read what changes"),
                text=_(
                    "Hello,\n\n%(who)s has changed what trainees read, and somebody else has to read it before "
                    "it goes live.\n\n%(note)s\n\nWhat changes, beside what stands there now:\n%(address)s\n\n"
                    "One reader is enough: if somebody was faster, there is nothing to do.\n"
                )
                % {"who": reading.asked_by.name, "note": reading.note, "address": _address(reading)},
            )


def tell_writer(reading: SecondReading, title: str) -> None:
    """Tell who asked that it came back, and why."""
    writer = reading.asked_by
    with translation.override(writer.language or "en"):
        queue_message(
            to=writer,
            at=reading.sent_back_at or reading.asked_at,
            dedupe_key=f"change_sent_back:{reading.uuid}",
            kind="change_sent_back",
            subject=_("“%(title)s” was sent back to you") % {"title": title},
            action=_("See what changes"),
            text=_(
                "Hello,\n\n%(who)s has read your change and asks for something first:\n\n%(why)s\n\n"
                "Your draft is as you left it:\n%(address)s\n"
            )
            % {
                "who": reading.sent_back_by.name if reading.sent_back_by else "",
                "why": reading.sent_back_because,
                "address": _address(reading),
            },
        )


def _address(reading: SecondReading) -> str:
    return settings.SITE_URL + reverse("page_change", args=[reading.page_id])
