"""What is to be published or taken down by itself at a time; the worker looks every minute."""

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from post.outbox import queue_message

from .checks import Finding
from .gate import in_words, stopping_revision


def publish_due() -> int:
    """Publish and expire what is due; returns how many pages were held back, whose editors are written to.

    A page was asked when it was scheduled. It is asked again because what it links to may be gone since then.
    """
    due = Revision.objects.page_revisions().filter(approved_go_live_at__lt=timezone.now())
    held = 0
    for revision in due.select_related("user"):
        if found := stopping_revision(revision):
            _hold_back(revision, found)
            held += 1
    call_command("publish_scheduled")
    return held


def _hold_back(revision: Revision, found: list[Finding]) -> None:
    with transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        page: Page = Page.objects.get(pk=revision.object_id)
        log(instance=page.specific, action="wagtail.schedule.cancel", revision=revision)
        tell_editor(revision, page, found)


def tell_editor(revision: Revision, page: Page, found: list[Finding]) -> None:
    """A letter to whoever saved this version: that it was to be published and has to wait, and why."""
    if revision.user and revision.user.is_active:
        with translation.override(revision.user.language or "en"):
            _tell(revision, page, found)


def _tell(revision: Revision, page: Page, found: list[Finding]) -> None:
    address = settings.SITE_URL + reverse("publish_checks", args=[page.pk])
    queue_message(
        kind="publishing_held_back",
        to=revision.user,
        at=timezone.now(),
        subject=_("“%(title)s” was not published") % {"title": page.title},
        action=_("See what is missing"),
        text=_(
            "Hello,\n\nthis page was to be published now, and it has to wait.\n\n%(why)s\n\nIts checks:\n%(address)s\n"
        )
        % {"why": in_words(page, found), "address": address},
    )
