"""Passkeys: allauth's forms, for which whatever a browser sends is an answer that may be refused.

allauth reads an answer with fido2, which takes it for what a browser made. A body that is none, or that somebody wrote
by hand, ended in as many kinds of exception as it has fields.
"""

import json
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as passkeys
from allauth.mfa.webauthn.internal import auth as asked
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, CollectedClientData, RegistrationResponse
from toolkit.typed import typed_line

UNREAD = _("The passkey’s answer could not be used, and nothing was changed. Try again, or choose another way.")
MOST_LETTERS = 20_000  # a passkey's answer has some 2,000; with a maker's chain of certificates ten times as many
COUNTS_BACK = _(
    "This passkey has signed more often than it says, so there may be a copy of it. "
    "Sign in another way, and remove it from your passkeys."
)
COUNT = "count"  # the highest that a key has said, beside what allauth keeps of it
SIGNED = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
_BASE64URL = re.compile("[A-Za-z0-9_=-]*")
# What reading an answer ends in, none of it from anywhere but the answer itself.
READING_FAILS = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


@contextmanager
def _said_in_words() -> Iterator[None]:
    """Whatever is wrong with an answer is one sentence; how often one may try is said as it is."""
    try:
        yield
    except ValidationError as error:
        raise (ValidationError(UNREAD) if error.code == "incorrect_code" else error) from error
    except READING_FAILS as error:
        raise ValidationError(UNREAD) from error


def _known(answer: dict[str, Any]) -> dict[str, Any]:
    """A copy of what is read of an answer and nothing else: it is kept with the passkey. Raises READING_FAILS."""
    if answer.get("type", "public-key") != "public-key":
        raise ValueError("another kind of credential")
    said = answer["response"]
    known: dict[str, Any] = {name: _plain(answer[name]) for name in ("id", "rawId") if name in answer}
    known["response"] = {name: _plain(said[name]) for name in SIGNED if said.get(name) is not None}
    added = answer.get("clientExtensionResults", {}).get("credProps", {}).get("rk")
    known["clientExtensionResults"] = {"credProps": {"rk": added}} if isinstance(added, bool) else {}
    return {**known, "type": "public-key"}


def _plain(value: Any) -> str:
    """Bytes as browsers write them. Reading them would leave out any other sign, and keeping them would not."""
    if not isinstance(value, str) or not _BASE64URL.fullmatch(value):
        raise ValueError("not base64url")
    return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class _Finite(json.JSONDecoder):
    """JSON as it is written down; Python also takes NaN and Infinity, which no database keeps."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_constant": _refuse})


class AnswerField(forms.JSONField):
    """What the browser says for a passkey: an object, or nothing that could be used."""

    default_error_messages = {"required": UNREAD, "invalid": UNREAD}
    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"decoder": _Finite, **options})

    def to_python(self, value: Any) -> Any:
        with _said_in_words():
            if isinstance(value, str) and len(value) > MOST_LETTERS:
                raise ValidationError(UNREAD)
            read = super().to_python(value)
            if not isinstance(read, dict):
                raise ValidationError(UNREAD)
            return _known(read)

    def bound_data(self, data: Any, initial: Any) -> None:
        """Shown again, the form is empty: an answer serves once, and the browser gives another."""


class _AnswersForAPasskey(passkeys.AuthenticateWebAuthnForm):
    credential = AnswerField()

    def clean_credential(self) -> Authenticator:
        with _said_in_words():
            said = AuthenticationResponse.from_dict(self.cleaned_data["credential"]).response
            _require_own_page(said.client_data)
            answered: Authenticator = super().clean_credential()
            _note_count(answered, said.authenticator_data.counter)
            return answered


def _require_own_page(said: CollectedClientData) -> None:
    """No page of another site holds ours, so no answer comes from within one. Raises ValueError."""
    if said.cross_origin:
        raise ValueError("from a page within another site's")


@transaction.atomic
def _note_count(answered: Authenticator, count: int) -> None:
    """Keep how often a key says it has signed. Raises ValidationError where that goes back, as with a copy of it.

    Source: Web Authentication, 7.2, step 22. Keys that do not count say nought: passkeys of phones and managers.
    """
    kept = Authenticator.objects.select_for_update().get(pk=answered.pk)
    last = kept.data.get(COUNT, kept.wrap().authenticator_data.counter)
    if count and last and count <= last:
        raise ValidationError(COUNTS_BACK)
    if count:
        kept.data[COUNT] = count
        kept.save(update_fields=["data"])


class PasskeySignInForm(passkeys.LoginWebAuthnForm, _AnswersForAPasskey):
    """Signing in with a passkey alone: only to a question that asked for the person's finger, face or PIN.

    A second step's question asks for the key alone, and must not serve here once its sign-in has run out.
    """

    credential = AnswerField()

    def clean_credential(self) -> Authenticator:
        if (asked.get_state() or {}).get("user_verification") != "required":
            raise ValidationError(UNREAD)
        return super().clean_credential()


class PasskeyForm(_AnswersForAPasskey):
    """The second step, by a passkey."""


class PasskeyAgainForm(passkeys.ReauthenticateWebAuthnForm, _AnswersForAPasskey):
    """The passkey once more, before something delicate."""

    credential = AnswerField()


class _NamesAPasskey(forms.Form):
    """Mixed into a form with a name that its owner and nobody else reads."""

    def clean_name(self) -> str:
        return typed_line(self.cleaned_data["name"])


class AddPasskeyForm(_NamesAPasskey, passkeys.AddWebAuthnForm):
    """A passkey or security key. The name is ours to tell them apart by."""

    credential = AnswerField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it, such as “work phone”")
        self.fields["passwordless"].label = _("Let it sign me in without a password")
        self.fields["passwordless"].help_text = _("It will ask for your finger, face or PIN each time.")

    def clean(self) -> dict[str, Any]:
        with _said_in_words():
            if answer := self.cleaned_data.get("credential"):
                _require_own_page(RegistrationResponse.from_dict(answer).response.client_data)
            return super().clean() or {}


class RenamePasskeyForm(_NamesAPasskey, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it, such as “work phone”")
        self.fields["name"].error_messages["required"] = _("Write a name.")
