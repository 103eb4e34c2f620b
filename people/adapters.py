"""How allauth behaves on this site: its mail goes through our outbox, its accounts carry our fields."""

from time import time
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from toolkit.addresses import require_plain

from post.outbox import queue_message

from .models import User
from .receivers import SIGNED_UP_AS

NEXT_AFTER_SIGN_IN = "next_after_sign_in"
NEXT_BY_LETTER = "next_by_letter"  # the same, where a letter to any address they type may say it
ACTIONS = {  # what the button of each letter says
    "account_already_exists": _("Choose a new password"),
    "email_confirmation": _("Confirm my address"),
    "email_confirmation_signup": _("Confirm my address"),
    "password_reset_key": _("Choose a new password"),
    "unknown_account": _("Create an account"),
}


def _is_ours(address: str) -> bool:
    """Whether it is a path of this site."""
    return bool(address) and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def _at_our_address(context: dict[str, Any]) -> dict[str, Any]:
    """What a letter is made of, its links at SITE_URL; allauth takes host and port from the request, which may lie."""
    links = {name: urlsplit(str(value)) for name, value in context.items() if name.endswith("_url") and value}
    return {**context, **{name: settings.SITE_URL + urlunsplit(("", "", *link[2:])) for name, link in links.items()}}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and the mail they send."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue instead of send: the same path whether the address is known or not, and no wait for a mail server."""
        kind = template_prefix.rsplit("/", 1)[-1]
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = person.language if person else translation.get_language() or "en"
        with translation.override(language):  # theirs; that of the page for somebody we do not know
            message = self.render_mail(template_prefix, email, {"email": email, **_at_our_address(context)})
            queue_message(
                to=person,
                address=email,
                language=language,
                kind=kind,
                action=str(ACTIONS.get(kind, "")),
                subject=str(message.subject),
                text=str(message.body),
                at=timezone.now(),
            )

    def clean_email(self, email: str) -> str:
        """Of every address that is typed: one that could be taken for another is refused."""
        cleaned = str(super().clean_email(email))
        require_plain(cleaned)
        return cleaned

    def unstash_verified_email(self, request: HttpRequest) -> str | None:
        """The address an invitation link proved, if they sign up with it; allauth would put it in place of theirs."""
        proved = str(super().unstash_verified_email(request) or "")
        typed = request.POST.get("email", "").strip()
        return proved if proved and proved.lower() == typed.lower() else None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Two sign-ups with one address at the same moment: the second is answered like any known address."""
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
        except IntegrityError as error:
            self.send_account_already_exists_mail(form.cleaned_data["email"])
            raise ImmediateHttpResponse(redirect("account_email_verification_sent")) from error
        request.session[SIGNED_UP_AS] = saved.pk
        return saved

    def login(self, request: HttpRequest, user: Any) -> None:
        """A password from before the address was proved goes: it may be a stranger's who signed up with it."""
        if getattr(request, "password_is_nobodys", False) and user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
            told = _("Your address is confirmed. The password from before was removed; you can choose one here.")
            messages.info(request, told)
        super().login(request, user)

    def is_reauthentication_required(self, **of_which_app: str) -> bool:
        """Whoever signed in a moment ago is not asked for the same password again; allauth would ask at once."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record.get("at", 0) for record in records), default=0)
        return bool(time() - newest >= app_settings.REAUTHENTICATION_TIMEOUT)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where the person was going before they had to sign in, if this session remembers it."""
        remembered = request.session.pop(NEXT_AFTER_SIGN_IN, "")
        request.session.pop(NEXT_BY_LETTER, None)
        if _is_ours(remembered):
            return str(remembered)
        with translation.override(getattr(request.user, "language", None)):
            return str(super().get_login_redirect_url(request))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The letter's link leads on to where they were going, also in another browser: a QR code on a phone, say."""
        link = str(super().get_email_confirmation_url(request, emailconfirmation))
        going_to = request.session.get(NEXT_BY_LETTER, "") if request else ""
        return f"{link}?{urlencode({'next': going_to})}" if _is_ours(going_to) else link

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Where the letter's link said, on this host only."""
        going_to = self.request.POST.get("next", "")
        return going_to if _is_ours(going_to) else str(super().get_email_verification_redirect_url(email_address))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)
