"""Accounts that nobody uses: a letter first, and then erasure (DOMAIN 7.2)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from people.models import User
from post.models import Message
from post.outbox import queue_message

from .choices import RemovalCause
from .erasure import Removed, erase
from .holds import people_on_hold
from .subjects import subject_of


def dormant_since(before: datetime, *, held: frozenset[int]) -> QuerySet[User]:
    """Accounts last signed in to before then. Administrators are left alone: without them nobody could let one in."""
    last_here = Greatest("joined_at", Coalesce(F("last_login"), F("joined_at")), output_field=DateTimeField())
    accounts = User.objects.filter(blanked_at=None, is_superuser=False).exclude(pk__in=held)
    return accounts.annotate(last_here_at=last_here).filter(last_here_at__lt=before).order_by("pk")


def warn_dormant(*, at: datetime) -> int:
    """A letter to whoever was not here for so long, once for each absence; returns how many were due one."""
    before = at - timedelta(days=settings.RETENTION_DAYS["warning"])
    due = [person for person in dormant_since(before, held=people_on_hold(at)) if not _warning_to(person)]
    for person in due:
        _warn(person, at=at)
    return len(due)


def erase_dormant(*, at: datetime) -> list[Removed]:
    """Erase accounts not used for so long, if they were warned and had the time that the letter promised."""
    days = settings.RETENTION_DAYS
    warned_before = at - timedelta(days=max(days["accounts"] - days["warning"], 1))
    removed: list[Removed] = []
    for person in dormant_since(at - timedelta(days=days["accounts"]), held=people_on_hold(at)):
        warning = _warning_to(person)
        if warning is None and person.email:
            continue
        if warning is None or warning.created_at <= warned_before:
            removed += erase(subject_of(person), at=at, cause=RemovalCause.DORMANT)
    return removed


def _key(person: User) -> str:
    """One letter for each absence: whoever comes back and stays away again is written to again."""
    return f"dormant:{person.uuid}:{person.last_here_at.date()}"  # type: ignore[attr-defined]


def _warning_to(person: User) -> Message | None:
    return Message.objects.filter(dedupe_key=_key(person)).first()


def _warn(person: User, *, at: datetime) -> None:
    days = settings.RETENTION_DAYS
    with translation.override(person.language):
        context = {
            "person": person,
            "brand_name": settings.BRAND_NAME,
            "erased_on": (at + timedelta(days=max(days["accounts"] - days["warning"], 1))).date(),
            "address": settings.SITE_URL + reverse("account_login"),
        }
        subject, action = _("Your account has not been used for a long time"), _("Sign in")
        text = render_to_string("privacy/mail/dormant.txt", context)
    queue_message(
        to=person, kind="dormant_account", subject=subject, text=text, action=action, dedupe_key=_key(person), at=at
    )
