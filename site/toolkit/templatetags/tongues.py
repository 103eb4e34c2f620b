"""The way from a page to the same page in the other language: a link, so that it needs no script and keeps nothing."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext, override

register = template.Library()
PAGES = "wagtail_serve"  # written in each language by itself; its translations are told by the page


@register.simple_tag(takes_context=True)
def other_tongues(context: Context) -> list[dict[str, str]]:
    """Each other language with its name and an address: this page, or the front page where this one has no other.

    None beside a form that was just sent: following the link would lose what was typed.
    """
    request, told = context.get("request"), _told(context.get("translations") or ())
    here = get_language() or settings.LANGUAGE_CODE
    ways = []
    for code, _name in settings.LANGUAGES:
        way = (told[code], "") if code in told else _way(request, code)
        if way and code != here:
            name = capfirst(get_language_info(code)["name_local"])
            ways.append({"code": code, "name": name, "url": way[0], "to": way[1]})
    return ways


def _told(translations: Iterable[Any]) -> dict[str, str]:
    """By language: the addresses a page says itself, as pages or as dicts of url and code."""
    return dict(
        (one["code"], one["url"]) if isinstance(one, dict) else (one.locale.language_code, one.url)
        for one in translations
    )


def _way(request: HttpRequest | None, code: str) -> tuple[str, str] | None:
    """An address and, if it is not of this page, what it leads to, in that language."""
    if request is not None and request.method not in ("GET", "HEAD"):
        return None
    match = getattr(request, "resolver_match", None)
    if request is not None and match is not None and match.url_name != PAGES:
        address = request.get_full_path()
        other = translate_url(address, code)
        if other != address:
            return other, ""
    if request is not None and request.path in {_home(one) for one, _name in settings.LANGUAGES}:
        return None
    with override(code):
        return _home(code), gettext("Home")


def _home(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
