"""What parsed content says to its readers, in English: texts, links, the options of a question."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from publishing.kinds import Parsed

_TAG = re.compile(r"<[^>]+>")
_HREF = re.compile(r'href="(/[^"#?]*)')
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)")
_READ = ("title", "lead", "body", "texts", "key_messages", "team_agenda", "team_questions")
_NAMES = ("id", "type", "key", "icon")  # what no reader meets
_AGAIN = ("cy", "rich")  # the same words in another language, or with their emphasis
_WORKS = ("source",)  # their titles are other people's words


@dataclass(frozen=True)
class Option:
    """One thing of a question that carries an explanation."""

    path: str
    name: str
    text: str
    explanation: str


def pages_of(things: Iterable[Parsed]) -> list[Parsed]:
    """What has a body to read, in English."""
    return [thing for thing in things if "body" in thing.state and not thing.key.endswith(":cy")]


def items_of(things: Iterable[Parsed]) -> list[Parsed]:
    """The questions of the modules' quizzes that earn points; exercises beside the course are left out."""
    found = [thing for thing in things if thing.kind == "item"]
    return [thing for thing in found if thing.state["max_score"] != "0" and not thing.state["beside"]]


def prompt_of(item: Parsed) -> str:
    return str(item.state["texts"]["en"]["prompt"])


def options_of(item: Parsed) -> list[Option]:
    """Everything in a question that carries an explanation, whatever its kind."""
    return list(_explained(item.path, item.state["texts"]["en"]))


def _explained(path: str, texts: dict[str, Any]) -> Iterator[Option]:
    for name, one in texts.items():
        if name == "verdicts":
            yield from (Option(path, verdict, "", words) for verdict, words in one.items())
        elif isinstance(one, dict):
            if "explanation" in one:
                yield Option(path, name, one.get("text", ""), one["explanation"])
            yield from _explained(path, one)


def words_said(thing: Parsed, *, unquoted: bool = False) -> str:
    """Every text of a thing that a reader meets; quotation blocks and, if asked, words in quotation marks left out."""
    said = " ".join(texts_said(thing))
    return _QUOTED.sub(" ", said) if unquoted else said


def texts_said(thing: Parsed) -> list[str]:
    """The same, each text by itself; quotation blocks left out."""
    if thing.kind in _WORKS:
        return []
    return list(_texts({name: value for name, value in thing.state.items() if name in _READ}))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield _TAG.sub(" ", value)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            is_quoted = value.get("type") == "quotation" and name == "value"
            is_name = name in _NAMES and isinstance(one, str)
            if not (is_quoted or is_name or name in _AGAIN):
                yield from _texts(one)


def links_of(thing: Parsed) -> list[str]:
    """Where its links within the site lead, without the place on the page."""
    written = [thing.state.get("body", []), thing.state.get("texts", {})]
    return [*_hrefs(written), *(address.partition("#")[0] for address in _see_also(thing))]


def _see_also(thing: Parsed) -> list[str]:
    return [address for address in thing.state.get("see_also", []) if address.startswith("/")]


def _hrefs(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _HREF.findall(value)
    elif isinstance(value, list):
        for one in value:
            yield from _hrefs(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _hrefs(one)


def addresses_of(things: Iterable[Parsed]) -> set[str]:
    """The addresses that the pages of a package will have."""
    things = list(things)
    courses = {one.state.get("key") or one.path.split("/")[1]: one.state for one in things if one.kind == "course"}
    modules = {(one.state["course"], _folder(one)): one.state for one in things if one.kind == "module"}
    return {"/", *(found for one in things if (found := _address(one, courses, modules)))}


def _address(thing: Parsed, courses: Mapping[str, Any], modules: Mapping[tuple[str, str], Any]) -> str:
    """Of one page; nothing of what is none."""
    state, slug = thing.state, thing.state.get("slug", "")
    if thing.kind == "term":
        return f"/glossary/{thing.key}/"
    if thing.kind == "course":
        return f"/{slug}/"
    if thing.kind == "module":
        return f"/{courses[state['course']]['slug']}/{slug}/"
    if thing.kind == "lesson":
        return f"/{courses[state['course']]['slug']}/{modules[state['course'], state['folder']]['slug']}/{slug}/"
    return f"{_SHELVES[thing.kind]}{slug or thing.key.split(':')[0]}/" if thing.kind in _SHELVES else ""


_SHELVES = {
    "briefing": "/briefings/",
    "film": "/films/",
    "report": "/reports/",
    "story": "/stories/",
    "standing_page": "/",
    "try": "/",
}


def _folder(module: Parsed) -> str:
    return module.path.split("/")[-2]
