"""What people are written once a list with their name was taken in: who booked them, and how they come in."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from people.models import User
from post.letters import Pattern
from post.outbox import Letter

from ..answers import about, sent_by
from ..models import Cohort, Enrolment, Invitation


class Letters:
    """The letters of one list; each kind is drawn once for each language."""

    def __init__(self, cohort: Cohort, *, by: User | None) -> None:
        self._cohort, self._by = cohort, by
        self._pattern: Callable[[str, str], Pattern] = cache(_pattern)
        self._about: Callable[[str, str], str] = cache(self._about_in)

    def _about_in(self, language: str, organisation: str) -> str:
        with translation.override(language):
            return " ".join(filter(None, (about(self._cohort.course), sent_by(self._by, organisation))))

    def account_made(self, run: Enrolment, organisation: str) -> Letter:
        """To somebody who had no account: they sign in with a code, without a password."""
        learner: User = run.learner
        with translation.override(learner.language):
            link = settings.SITE_URL + reverse("account_request_login_code")
        values = self._values(learner.name, organisation, link, learner.language) | {"address": learner.email or ""}
        return Letter(self._pattern("account_made", learner.language), values, f"booked:{run.uuid}", to=learner)

    def invited(self, invitation: Invitation, token: str, organisation: str, language: str) -> Letter:
        """To whoever has an account: the place is theirs once they say yes."""
        with translation.override(language):
            link = settings.SITE_URL + reverse("join", args=[token])
            day = date_format(localtime(invitation.expires_at), "j F Y")
        values = self._values(invitation.name, organisation, link, language)
        values |= {"address": invitation.email, "day": day}
        pattern = self._pattern("invited", language)
        return Letter(pattern, values, f"invited:{invitation.uuid}", address=invitation.email)

    def _values(self, name: str, organisation: str, link: str, language: str) -> dict[str, str]:
        told = {"cohort": self._cohort.name, "about": self._about(language, organisation)}
        return {"name": name, "organisation": organisation, "link": link, **told}


def _pattern(kind: str, language: str) -> Pattern:
    with translation.override(language):
        subject, text, action = _words()[kind]
    return Pattern(subject, text, language=language, action=action)


def _words() -> dict[str, tuple[Any, Any, Any]]:
    """Subject, text and button of each kind, in the language that is on."""
    mistake = _("If this is a mistake, tell {organisation}.")
    return {
        "account_made": (
            _("You have a place: {cohort}"),
            _(
                "Hello {name},\n\n"
                "{organisation} has booked a place for you in {cohort}, and an account was made for you with this "
                "address, {address}. {about}\n\n"
                "Sign in here. You get a code by e-mail; no password is needed:\n{link}\n"
            )
            + f"\n{mistake}\n",
            _("Sign in"),
        ),
        "invited": (
            _("You are invited to {cohort}"),
            _(
                "Hello {name},\n\n"
                "{organisation} keeps a place for you in {cohort}. {about}\n\n"
                "Look at the invitation, and say yes or leave it:\n{link}\n\n"
                "The link is yours alone, and works until {day}. If this is a mistake, you need do nothing.\n"
            ),
            _("Look at the invitation"),
        ),
    }
