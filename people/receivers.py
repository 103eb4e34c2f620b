"""News of sign-in: an address that was just proved."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

PROVED_BY_CODE, PROVED_BY_LINK = "account_confirm_login_code", "account_confirm_email"
SIGNED_UP_AS = "signed_up_as"  # in the session: whose password was chosen in this browser


def notice_proof(sender: Any, request: HttpRequest, email_address: EmailAddress, **news: Any) -> None:
    """Whoever set a password before the address was proved need not be its owner.

    Proved by a code sent to it, the password goes with the sign-in (adapters.login). Proved by a link, it goes unless
    it was chosen in this very browser: anybody may sign up with anybody's address, and wait for them to press.
    """
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name == PROVED_BY_CODE:
        request.password_is_nobodys = True  # type: ignore[attr-defined]
    if name == PROVED_BY_LINK and request.session.get(SIGNED_UP_AS) != email_address.user_id:
        _drop_password(request, email_address)


def _drop_password(request: HttpRequest, email_address: EmailAddress) -> None:
    person = email_address.user
    if person.last_login is not None or not person.has_usable_password():
        return
    person.set_unusable_password()
    person.save(update_fields=["password"])
    told = _("The password was chosen in another browser and was removed. Come in with a code, and choose one then.")
    messages.info(request, told)
