"""From a page, live, kept as a revision or as it stands in a form, to what the classifier compares."""

import json
from dataclasses import asdict
from html import escape
from typing import Any

from toolkit.digests import digest_of

from media.models import FilmPage
from reference.pages import WrittenPage

from .changes import Passage, Version
from .plain import PLAIN, canonical_plain, fixed_of, texts_of


def version_of(page: WrittenPage) -> Version:
    """What readers see of a page as this object has it; its sources by number, where it is stored."""
    lead = Passage("lead", "lead", (escape(page.lead or ""),))
    film = _film(page) if isinstance(page, FilmPage) else []
    return Version(page.language or "en", (lead, *_blocks(page), *film), _fixed(page))


def _fixed(page: WrittenPage) -> tuple[tuple[str, str], ...]:
    notice = json.dumps([page.content_notice or 0, page.content_topics or []])
    cited = sorted(source.pk for source in page.sources.all())
    own = [("heading", page.title or ""), ("notice", notice), ("sources", str(cited))]
    if isinstance(page, FilmPage):
        shown = [page.film_file_id, page.embed_address, page.embed_seconds]
        own += [("film", str(shown)), ("chapters", json.dumps(page.chapters or []))]
    return tuple(own)


def _blocks(page: WrittenPage) -> list[Passage]:
    seen: dict[str, int] = {}
    found = []
    for block in page.body:
        name = str(block.id or f"{block.block_type} without a name")
        seen[name] = seen.get(name, 0) + 1
        found.append(_block(f"{name} {seen[name]}", block.block_type, block.value))
    return found


def _block(name: str, kind: str, value: Any) -> Passage:
    """What of a block are words, and what must stay as it is. A kind nobody described here may not change at all."""
    if kind == "text":
        return Passage(name, kind, (_source(value),))
    if kind == "section":
        return Passage(name, kind, (), (("heading", value["heading"]), ("key", value["key"])))
    if kind == "quotation":
        return Passage(name, kind, (_source(value["text"]),), (("speaker", value["speaker"]),))
    if kind == "embedded_film":
        return Passage(
            name, kind, (escape(value["transcript"]),), (("heading", value["title"]), ("film", value["address"]))
        )
    if kind == "picture":
        words = tuple(escape(value[one] or "") for one in ("alt", "caption"))
        return Passage(name, kind, words, (("picture", str(getattr(value["image"], "pk", ""))),))
    if kind in PLAIN:
        return _plain(name, kind, canonical_plain(kind, PLAIN[kind].get_prep_value(value)))
    return Passage(name, kind, (), (("key_point" if kind == "key_point" else "block", _whole(value)),))


def _plain(name: str, kind: str, value: dict[str, Any]) -> Passage:
    """Its words may be spelt otherwise; what fits, which words can be marked and how many there are may not change."""
    texts = tuple(escape(text) for text in texts_of(value))
    return Passage(name, kind, texts, (("plain", json.dumps(fixed_of(value), sort_keys=True)),))


def _whole(value: Any) -> str:
    values = value.values() if hasattr(value, "values") else [value]
    return "\n".join(_source(one) for one in values)


def _source(value: Any) -> str:
    return str(getattr(value, "source", value) or "")


def _film(page: FilmPage) -> list[Passage]:
    """A film as text: a passage for each line of the transcript, and the captions with their times."""
    lines = [_line(f"line {number}", line) for number, line in enumerate(page.transcript or [])]
    return [*lines, Passage("captions", "captions", (escape(page.captions or ""),))]


def _line(name: str, line: Any) -> Passage:
    if not isinstance(line, dict):  # a draft may hold what cannot be read
        return Passage(name, "line", (), (("block", str(line)),))
    fixed = (("speaker", f"{line.get('kind')} {line.get('speaker')}"), ("moment", str(line.get("at"))))
    return Passage(name, "line", (escape(str(line.get("text") or "")),), fixed)


def fingerprint(version: Version) -> str:
    """Tells two versions apart that differ in anything the classifier compares."""
    return digest_of(asdict(version))
