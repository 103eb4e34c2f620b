"""What an organisation's service answers, read as a stranger's: the fields we use, of the kinds we can use. Pure.

allauth takes an answer for what its standards promise. Whatever else comes ended as a fault of ours somewhere behind,
so an answer is read here first, and nothing goes on but a copy of what we know (decision 23).
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

MOST_BYTES = 200_000  # an answer has some 5,000
MOST_LETTERS_OF_A_TOKEN = 20_000
MOST_LETTERS_OF_AN_ADDRESS = 2_000
MOST_LETTERS_OF_A_NAME = 200
MOST_LETTERS_OF_AN_IDENTITY = 191  # what the tie can hold
LAST_MOMENT = 10**11  # seconds; some 3,000 years
_UNKEPT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class NotUsable(Exception):
    """An answer that is none of what was asked for."""


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object a body holds; no NaN, no Infinity. Raises NotUsable."""
    try:
        said = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotUsable from error
    if not isinstance(said, dict):
        raise NotUsable
    return said


def configuration(said: dict[str, Any]) -> dict[str, Any]:
    """Where the service is asked what. Raises NotUsable."""
    kept: dict[str, Any] = {"issuer": _text(said.get("issuer"), MOST_LETTERS_OF_AN_ADDRESS)}
    for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"):
        kept[name] = _web_address(said.get(name))
    methods = said.get("token_endpoint_auth_methods_supported")
    if isinstance(methods, list):
        kept["token_endpoint_auth_methods_supported"] = [one for one in methods if isinstance(one, str)]
    return kept


def token(said: dict[str, Any]) -> dict[str, Any]:
    """What opens the claims, and the signed word that comes with it. Raises NotUsable."""
    kept = {"access_token": _token(said.get("access_token"))}
    if said.get("id_token") is not None:
        kept["id_token"] = _token(said["id_token"])
        _require_plain_claims(kept["id_token"])
    return kept


def claims(said: dict[str, Any]) -> dict[str, Any]:
    """Who it says somebody is: identity, address and name. Raises NotUsable where it says no identity.

    Whether it calls the address verified is not kept: the end of an address decides, and nothing else (decision 23).
    """
    kept = {"sub": _identity(said.get("sub"))}
    for name, most in (("email", 254), ("name", MOST_LETTERS_OF_A_NAME)):
        if _is_text(said.get(name), most):
            kept[name] = said[name]
    return kept


Reading = Callable[[dict[str, Any]], dict[str, Any]]


def reading_of(method: str, *, is_with_token: bool) -> Reading:
    """How to read what comes back: the token is posted for, the claims are asked with it, the rest is where to ask."""
    if method.upper() == "POST":
        return token
    return claims if is_with_token else configuration


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _is_text(value: Any, most: int) -> bool:
    """Text that a database and a page can hold: neither NUL nor another control sign, nor half a pair."""
    return isinstance(value, str) and 0 < len(value) <= most and not _UNKEPT.search(value)


def _text(value: Any, most: int) -> str:
    if not _is_text(value, most):
        raise NotUsable
    return str(value)


def _identity(value: Any) -> str:
    """Text by the standard; some say a number."""
    return _text(str(value) if type(value) is int else value, MOST_LETTERS_OF_AN_IDENTITY)


def _web_address(value: Any) -> str:
    address = _text(value, MOST_LETTERS_OF_AN_ADDRESS)
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise NotUsable from error
    if not is_whole or any(sign in address for sign in ' "<>\\'):
        raise NotUsable
    return address


def _token(value: Any) -> str:
    """It goes into a header, which holds plain signs only."""
    kept = _text(value, MOST_LETTERS_OF_A_TOKEN)
    if not kept.isascii():
        raise NotUsable
    return kept


def _require_plain_claims(signed: str) -> None:
    """What allauth reckons with and looks up in a signed word; whether it holds is for allauth. Raises NotUsable."""
    parts = signed.split(".")
    if len(parts) != 3:
        raise NotUsable
    said = read_object(_decoded(parts[1]))
    moments = [said[name] for name in ("exp", "iat", "nbf") if name in said]
    if not all(type(one) in (int, float) and 0 <= one < LAST_MOMENT for one in moments):
        raise NotUsable
    if not all(_is_text(said[name], MOST_LETTERS_OF_AN_ADDRESS) for name in ("iss", "jti") if name in said):
        raise NotUsable


def _decoded(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError as error:
        raise NotUsable from error
