"""From a page, saved or as it stands in a form, to what the checks read. Looks up where links lead, in few queries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import chain
from typing import Any

from django.urls import Resolver404, resolve
from toolkit.days import site_day
from toolkit.row_numbers import row_number
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from media.completeness import missing_from
from media.models import FilmPage
from reference.models import GlossaryTerm, LegalStatement
from reference.pages import WrittenPage

from .checks import Draft, Link, Piece
from .plain import PLAIN, canonical_plain, texts_of


@dataclass(frozen=True)
class _Raw:
    """A link as it is written, before anybody looked where it leads."""

    words: str
    kind: str  # "page", "document", "term", "law" or "address"
    target: str


class _Reader(HTMLParser):
    """Collects the links of a rich text and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[_Raw] = []
        self._open: tuple[str, str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "br", "ul", "ol"):
            self.words.append("\n")
        if tag == "a":
            given = dict(attrs)
            kind = given.get("linktype") or "address"
            self._open = kind, (given.get("id") if kind != "address" else given.get("href")) or "", len(self.words)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            kind, target, start = self._open
            self.links.append(_Raw("".join(self.words[start:]).strip(), kind, target))
            self._open = None


def draft_of(page: WrittenPage) -> Draft:
    """What the checks see of a page as this object has it."""
    return drafts_of([page])[0]


def drafts_of(pages: Sequence[WrittenPage]) -> list[Draft]:
    """The same of many pages, asking once where all their links lead."""
    read = [(page, *_pieces(page), _see_also(page)) for page in pages]
    states = _states([one for _page, _pieces, links, besides in read for one in chain(*links, besides)])
    return [_draft(*parts, states) for parts in read]


def _see_also(page: WrittenPage) -> list[_Raw]:
    return [_Raw(address, "address", address) for address in getattr(page, "see_also", None) or []]


def _draft(
    page: WrittenPage,
    pieces: list[Piece],
    links: list[list[_Raw]],
    see_also: list[_Raw],
    states: dict[tuple[str, str], str],
) -> Draft:
    return Draft(
        language=page.language or _language(page),
        today=site_day(),
        title=page.title or "",
        lead=page.lead or "",
        pieces=tuple(
            replace(piece, links=tuple(_known(one, states) for one in found))
            for piece, found in zip(pieces, links, strict=True)
        ),
        audience=tuple(page.audience or ()) if hasattr(page, "audience") else None,
        has_review=hasattr(page, "review_due_on"),
        review_due=getattr(page, "review_due_on", None),
        checked_by=page.checked_by or "",
        is_checked=not page.checked_digest or page.is_checked,
        notice=page.content_notice or 0,
        poster_alt=page.poster_alt if isinstance(page, FilmPage) and page.poster_id else None,
        film_gaps=tuple(missing_from(page)) if isinstance(page, FilmPage) else (),
        other_links=tuple(_known(one, states) for one in see_also),
    )


def _language(page: WrittenPage) -> str:
    return str((page.locale if page.locale_id else page.get_default_locale()).language_code)


def _pieces(page: WrittenPage) -> tuple[list[Piece], list[list[_Raw]]]:
    pieces, links, under = [], [], ""
    for block in page.body:
        reader = _Reader()
        for text in _texts(block.block_type, block.value):
            reader.feed(f"{text}\n")
        reader.close()
        if block.block_type == "term":
            reader.links.append(_Raw(block.value["key"], "term", block.value["key"]))
        if block.block_type == "legal_statement":
            reader.links.append(_Raw(block.value["key"], "law", block.value["key"]))
        words = "".join(reader.words).strip()
        under = words if block.block_type == "section" else under
        alt = block.value["alt"] or "" if block.block_type == "picture" else None
        pieces.append(Piece(str(block.id or ""), block.block_type, words, under, alt=alt))
        links.append(reader.links)
    return pieces, links


def _texts(kind: str, value: Any) -> list[str]:
    """The texts of a block that are read; of a film among the text only its transcript counts."""
    if kind == "section":
        return [value["heading"]]
    if kind == "embedded_film":
        return [value["transcript"]]
    if kind == "key_point":
        return [value["text"].source]
    if kind == "picture":
        return [escape(value["caption"] or "")]
    if kind in PLAIN:
        return [escape(text) for text in texts_of(canonical_plain(kind, PLAIN[kind].get_prep_value(value)))]
    values = value.values() if hasattr(value, "values") else [value]
    return [getattr(one, "source", one) for one in values if isinstance(getattr(one, "source", one), str)]


def _known(link: _Raw, states: dict[tuple[str, str], str]) -> Link:
    return Link(link.words, link.target, states.get((link.kind, link.target), "outside"))


def _states(links: Iterable[_Raw]) -> dict[tuple[str, str], str]:
    """What is at each target: at most six queries, however many links there are."""
    wanted = {(link.kind, link.target) for link in links}
    numbers = {one: number for kind, one in wanted if kind == "page" and (number := row_number(one)) is not None}
    papers = {one: number for kind, one in wanted if kind == "document" and (number := row_number(one)) is not None}
    live = dict(Page.objects.filter(pk__in=numbers.values()).values_list("pk", "live"))
    kept = set(get_document_model().objects.filter(pk__in=papers.values()).values_list("pk", flat=True))
    found = {("page", one): _state(live.get(number)) for one, number in numbers.items()}
    found |= {("document", one): _state(number in kept or None) for one, number in papers.items()}
    found |= _terms({target for kind, target in wanted if kind == "term"})
    found |= _laws({target for kind, target in wanted if kind == "law"})
    return found | {
        ("address", one): state for one, state in _addresses({t for k, t in wanted if k == "address"}).items()
    }


def _state(live: bool | None) -> str:
    return "gone" if live is None else "live" if live else "draft"


def _terms(keys: set[str]) -> dict[tuple[str, str], str]:
    known = set(GlossaryTerm.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    return {("term", key): _state(key in known or None) for key in keys}


def _laws(keys: set[str]) -> dict[tuple[str, str], str]:
    """Of legal statements: “gone” where there is none, and “ended” or “due” where one wants somebody's eye."""
    today, rows = site_day(), LegalStatement.objects.filter(key__in=keys) if keys else []
    told = {row.key: "ended" if row.has_ended(today) else "due" if row.is_due(today) else "live" for row in rows}
    return {("law", key): told.get(key, "gone") for key in keys}


def _addresses(addresses: set[str]) -> dict[str, str]:
    """Of addresses on this site, page or not; whatever begins otherwise is outside and not asked."""
    here = {one: re.split(r"[?#]", one)[0] for one in addresses if re.match(r"/(?!/)", one)}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if not here or site is None:
        return {}
    fronts = site.root_page.get_translations(inclusive=True).select_related("locale")
    roots = {front.locale.language_code: front.url_path for front in fronts}
    paths = {one: _url_path(path, roots) for one, path in here.items()}
    live = dict(Page.objects.filter(url_path__in=paths.values()).values_list("url_path", "live"))
    return {one: _state(live[path]) if (path := paths[one]) in live else _view(here[one]) for one in here}


def _url_path(path: str, roots: dict[str, str]) -> str:
    """Where Wagtail keeps the page that answers at this path."""
    first = path.strip("/").split("/")[0]
    root, rest = (roots[first], path[len(first) + 2 :]) if first in roots and first != "en" else (roots["en"], path[1:])
    return root + rest + ("/" if rest and not rest.endswith("/") else "")


def _view(path: str) -> str:
    """Whether a view of ours answers there; Wagtail's own answers everywhere, and has been asked already."""
    try:
        match = resolve(path)
    except Resolver404:
        return "gone"
    return "gone" if match.url_name == "wagtail_serve" else "live"
