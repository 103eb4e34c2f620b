"""News of sign-in: an address that was just proved."""

from typing import Any

from django.http import HttpRequest

PROVED_BY_CODE = "account_confirm_login_code"


def notice_proof(sender: Any, request: HttpRequest, **news: Any) -> None:
    """Proved by a code sent to it: whoever set a password before need not be its owner (adapters.login drops it)."""
    if request.resolver_match and request.resolver_match.url_name == PROVED_BY_CODE:
        request.password_is_nobodys = True  # type: ignore[attr-defined]
