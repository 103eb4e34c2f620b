"""The letters of invitations and requests, each in the language of whoever it goes to."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from post.outbox import queue_message

from .models import Invitation, PlaceRequest


def send_invitation(invitation: Invitation, token: str, *, language: str, at: datetime) -> None:
    """The link to the address it is for, once. Nobody else is shown it: it proves the address."""
    with translation.override(language):
        values = {"name": invitation.name, "cohort": invitation.cohort.name, "organisation": _sender(invitation)}
        link = settings.SITE_URL + reverse("join", args=[token])
        queue_message(
            kind="invitation",
            address=invitation.email,
            language=language,
            subject=_("You are invited to %(cohort)s") % values,
            text=_paragraphs(
                _("Hello %(name)s,") % values,
                _("%(organisation)s keeps a place for you in %(cohort)s.") % values,
                _("Look at the invitation, and say yes or leave it:") + f"\n{link}",
                _("The link is yours alone. If this is a mistake, you need do nothing."),
            ),
            action=_("Look at the invitation"),
            at=at,
            dedupe_key=f"invited:{invitation.uuid}",
        )


def _sender(invitation: Invitation) -> str:
    return invitation.organisation.name if invitation.organisation else settings.BRAND_NAME


def tell_approved(asked: PlaceRequest, *, at: datetime) -> None:
    """They are in."""
    with translation.override(asked.person.language):
        values = _values(asked)
        _tell(
            asked,
            kind="place_approved",
            subject=_("You have a place: %(cohort)s") % values,
            text=_paragraphs(
                _("Hello %(name)s,") % values,
                _("You asked for a place in %(cohort)s, and the answer is yes.") % values,
                _note(asked),
                _("Your course is here:") + f"\n{settings.SITE_URL}{reverse('dashboard')}",
            ),
            action=_("Open my courses"),
            at=at,
        )


def tell_refused(asked: PlaceRequest, *, at: datetime) -> None:
    """They are not, and whom to speak to."""
    with translation.override(asked.person.language):
        values = _values(asked)
        speak = _("If you want to know more, speak to whoever sent you the link.")
        _tell(
            asked,
            kind="place_refused",
            subject=_("Your request for a place: %(cohort)s") % values,
            text=_paragraphs(
                _("Hello %(name)s,") % values,
                _("You asked for a place in %(cohort)s. The answer is no.") % values,
                _note(asked),
                speak,
            ),
            action="",
            at=at,
        )


def _values(asked: PlaceRequest) -> dict[str, str]:
    return {"name": asked.person.name, "cohort": asked.cohort.name}


def _note(asked: PlaceRequest) -> str:
    return _("They write: “%(note)s”") % {"note": asked.note} if asked.note else ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _tell(asked: PlaceRequest, **letter: Any) -> None:
    queue_message(to=asked.person, dedupe_key=f"{letter['kind']}:{asked.uuid}", **letter)
