"""Whether a page is kept from somebody: locked by another editor, with its reviewers, or waiting for its day.

Wagtail asks this in the editor's form only; publishing has more doors (decision 40).
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock, WorkflowLock
from wagtail.models import Page

from people.models import User


def lock_against(page: Page, person: User) -> str:
    """Why this person may not publish the page now, as a sentence; empty where they may."""
    lock = page.get_lock()
    if lock is None or not lock.for_user(person):
        return ""
    if isinstance(lock, BasicLock):
        return _by_somebody(page)
    if isinstance(lock, WorkflowLock):
        words = _("“%(title)s” is with its reviewers: only who may approve it at “%(step)s” can publish it now.")
        return words % {"title": page.title, "step": lock.task.name}
    return _("“%(title)s” is published by itself at its time. Cancel that first, on its own screen.") % {
        "title": page.title
    }


def _by_somebody(page: Page) -> str:
    values = {"title": page.title}
    if page.locked_by is None:
        return _("“%(title)s” is locked. Nobody can save or publish it until it is unlocked.") % values
    values["who"] = page.locked_by.name
    if page.locked_at is None:
        return _("“%(title)s” is locked by %(who)s. Nobody else can save or publish it until it is unlocked.") % values
    values["when"] = date_format(timezone.localtime(page.locked_at), "j F Y, H:i")
    words = _(
        "“%(title)s” has been locked by %(who)s since %(when)s. Nobody else can save or publish it until it is "
        "unlocked."
    )
    return words % values
