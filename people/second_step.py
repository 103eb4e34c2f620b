"""The second step of signing in: a code from an app, a passkey, or a recovery code.

Everybody may set one up. Who holds a staff role (people/staff.py) sees nothing but their account until this sign-in
has given one. allauth has no such rule of its own.
"""

import base64
from io import BytesIO
from typing import Any

import segno
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User

DEVELOPMENT_SIGN_IN = "development_sign_in"  # the one-click sign-ins of samples, counted as a second step
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondStepAdapter(DefaultMFAAdapter):
    """allauth's second step in our words, with its secrets encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("To add another address, switch off the second step first."),
        "cannot_delete_authenticator": _("Your role needs a second step. Set up another one before you remove this."),
        "cannot_generate_recovery_codes": _("Recovery codes come with a second step. Set one up first."),
        "incorrect_code": _("That is not the right code. Codes change every half minute: give the newest."),
        "unverified_email": _("Confirm your email address first, by the link we sent you."),
    }

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unsealed(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        drawing = BytesIO()
        segno.make(url, micro=False).save(drawing, kind="svg", xmldecl=False, scale=5, border=4, light="#ffffff")
        return drawing.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last step of somebody who needs one stays, so that they cannot lock themselves out of their role."""
        from .staff import holds_staff_role

        others = Authenticator.objects.filter(user=authenticator.user, type__in=STEPS).exclude(pk=authenticator.pk)
        return others.exists() or not holds_staff_role(authenticator.user)


def sealed(text: str) -> str:
    """A secret as it is stored: encrypted with a key made from SECRET_KEY."""
    return _box().encrypt(text.encode()).decode()


def unsealed(stored: str) -> str:
    """The secret again. Raises cryptography's InvalidToken if SECRET_KEY and its fallbacks are others than then."""
    return _box().decrypt(stored.encode()).decode()


def _box() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"stored secrets").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


def was_given(request: HttpRequest) -> bool:
    """Whether this sign-in gave a second step. A development sign-in counts as one, and says what it is."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    counted = {"mfa", DEVELOPMENT_SIGN_IN} if settings.DEVELOPMENT else {"mfa"}
    return any(record.get("method") in counted for record in records)


def note_development_sign_in(request: HttpRequest, person: User) -> None:
    """Write down that this session began with one click; only `was_given` in development takes it for a second step."""
    record_authentication(request, person, DEVELOPMENT_SIGN_IN)


@receiver(authenticator_added)
def _just_shown(request: HttpRequest, user: User, authenticator: Authenticator, **_of_a_signal: Any) -> None:
    """Who has just set one up has shown that they hold it: this sign-in need not ask again."""
    if authenticator.type in STEPS:
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk)
