"""Passkeys: allauth's forms, for which whatever a browser sends is an answer that may be refused.

allauth reads an answer with fido2, which takes it for what a browser made. A body that is none, or that somebody wrote
by hand, ended in as many kinds of exception as it has fields.
"""

import json
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
from django.utils.translation import gettext_lazy as _
from toolkit.typed import typed_line

UNREAD = _("The passkey’s answer could not be used, and nothing was changed. Try again, or choose another way.")
MOST_LETTERS = 20_000  # a passkey's answer has some 2,000; with a maker's chain of certificates ten times as many
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


def _has_plain_extensions(answer: dict[str, Any]) -> bool:
    """Whether what a browser adds is as browsers add it: it is kept with the passkey and read at every look at it."""
    added = answer.get("clientExtensionResults", {})
    return isinstance(added, dict) and isinstance(added.get("credProps", {}), dict)


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
            if not isinstance(read, dict) or not _has_plain_extensions(read):
                raise ValidationError(UNREAD)
            return read

    def bound_data(self, data: Any, initial: Any) -> None:
        """Shown again, the form is empty: an answer serves once, and the browser gives another."""


class _AnswersForAPasskey(passkeys.AuthenticateWebAuthnForm):
    credential = AnswerField()

    def clean_credential(self) -> Authenticator:
        with _said_in_words():
            answered: Authenticator = super().clean_credential()
            return answered


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
            return super().clean() or {}


class RenamePasskeyForm(_NamesAPasskey, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it, such as “work phone”")
        self.fields["name"].error_messages["required"] = _("Write a name.")
