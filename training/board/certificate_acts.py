"""What a trainer may do with a learner's certificate: the words of each page, the form on it, the verb behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from credentials import changes
from credentials.changes import ChangeRefused
from credentials.choices import TO_REVOKE, TO_SUSPEND, CredentialState
from credentials.models import Credential
from people.models import User

from .certificate_forms import NoteForm, ReasonForm, ReplaceForm, RequestForm

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """Something a trainer may do with a certificate: the words of its page, and the verb behind its button."""

    heading: str | Promise
    happens: tuple[str | Promise, ...]
    button: str | Promise
    done: str | Promise
    do: Callable[[Credential, User, datetime, Given], object]
    form: Callable[[Any, Credential], forms.Form]


def _suspend(held: Credential, by: User, at: datetime, given: Given) -> object:
    return changes.suspend(held, by=by, at=at, reason=given["reason"], note=given["note"])


def _reinstate(held: Credential, by: User, at: datetime, given: Given) -> object:
    return changes.reinstate(held, by=by, at=at, note=given["note"])


def _ask(held: Credential, by: User, at: datetime, given: Given) -> object:
    return changes.ask_to_revoke(held, by=by, at=at, reason=given["reason"], note=given["note"])


def _confirm(held: Credential, by: User, at: datetime, given: Given) -> object:
    return changes.confirm_revocation(given["asked"], by=by, at=at)


def _set_aside(held: Credential, by: User, at: datetime, given: Given) -> object:
    return changes.set_revocation_aside(given["asked"], by=by, at=at)


def _replace(held: Credential, by: User, at: datetime, given: Given) -> object:
    return changes.replace(held, name=given["name"], by=by, at=at)


_IN_DOWNLOAD = gettext_lazy(
    "The request stays in what its holder can download: the reason, what is written and what became of it, without the "
    "names of trainers."
)
ACTS = {
    "suspend": Act(
        gettext_lazy("Suspend this certificate?"),
        (
            gettext_lazy("Whoever checks its code reads at once that it is suspended and since when."),
            gettext_lazy("Its holder is told by e-mail, with the reason and what you write."),
            gettext_lazy("You or another trainer can let it stand again."),
        ),
        gettext_lazy("Suspend it"),
        gettext_lazy("It is suspended. Its holder is told by e-mail."),
        _suspend,
        lambda posted, held: ReasonForm(posted, reasons=TO_SUSPEND),
    ),
    "reinstate": Act(
        gettext_lazy("Let this certificate stand again?"),
        (
            gettext_lazy("Whoever checks its code reads again what it says."),
            gettext_lazy("Its holder is told by e-mail."),
        ),
        gettext_lazy("Let it stand again"),
        gettext_lazy("It stands again. Its holder is told by e-mail."),
        _reinstate,
        lambda posted, held: NoteForm(posted),
    ),
    "revoke": Act(
        gettext_lazy("Ask for this certificate to be revoked?"),
        (
            gettext_lazy(
                "Revoking is for good and takes two people: another trainer of this cohort has to confirm it."
            ),
            gettext_lazy("The cohort’s other trainers are told by e-mail. Until one confirms, nothing changes."),
            gettext_lazy("Once it is revoked, its holder is told by e-mail, with the reason and what you write."),
            _IN_DOWNLOAD,
        ),
        gettext_lazy("Ask for it to be revoked"),
        gettext_lazy("Asked. Another trainer has to confirm it."),
        _ask,
        lambda posted, held: ReasonForm(posted, reasons=TO_REVOKE),
    ),
    "confirm": Act(
        gettext_lazy("Confirm that this certificate is revoked?"),
        (
            gettext_lazy("This is for good. Whoever checks its code reads at once that it was revoked."),
            gettext_lazy("Its holder is told by e-mail, with the reason and what was written."),
        ),
        gettext_lazy("Confirm: revoke it"),
        gettext_lazy("It is revoked. Its holder is told by e-mail."),
        _confirm,
        RequestForm,
    ),
    "set-aside": Act(
        gettext_lazy("Set this request aside?"),
        (gettext_lazy("The certificate stays as it is. Its holder gets no e-mail."), _IN_DOWNLOAD),
        gettext_lazy("Set the request aside"),
        gettext_lazy("Set aside. The certificate stays as it is."),
        _set_aside,
        RequestForm,
    ),
    "replace": Act(
        gettext_lazy("Replace this certificate?"),
        (
            gettext_lazy("Award and dates stay the same. The new one has a code and a paper of its own."),
            gettext_lazy("The earlier code says from then on that it was replaced, and leads to the new one."),
            gettext_lazy("Its holder is told by e-mail. This cannot be taken back."),
        ),
        gettext_lazy("Replace it"),
        gettext_lazy("It is replaced. Its holder is told by e-mail."),
        _replace,
        ReplaceForm,
    ),
}


def open_acts(held: Credential, person: User) -> list[str]:
    """What this person may do with it now, the mildest first."""
    if held.learner_id == person.pk:
        return []
    asked = changes.open_request(held)
    if asked:
        settling = ["set-aside"] if asked.asked_by_id == person.pk else ["confirm", "set-aside"]
    else:
        settling = ["revoke"] if changes.may_become(held, CredentialState.REVOKED) else []
    return [*_moves(held, is_asked=asked is not None), *settling]


def _moves(held: Credential, *, is_asked: bool) -> list[str]:
    if held.state == CredentialState.SUSPENDED:
        return ["reinstate"]
    if held.state != CredentialState.ISSUED:
        return []
    return ["suspend"] if is_asked or why_not_replaced(held) else ["replace", "suspend"]


def why_not_replaced(held: Credential) -> str:
    """Why there is nothing to replace; empty where there is."""
    try:
        changes.require_new_name(held)
    except ChangeRefused as refused:
        return str(refused)
    return ""
