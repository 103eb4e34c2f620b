"""Narrowing a shelf by whom things are for and what they are about, with plain links. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from reference.choices import Audience, Topic


class Sorted(Protocol):
    """Something that says whom it is for and what it is about."""

    audience: list[str]
    topics: list[str]


Kind = TypeVar("Kind", bound=Sorted)


@dataclass(frozen=True)
class Way:
    """One link of a filter: how many it leaves, and whether it is the one in force."""

    label: str
    query: str  # begins with “?”
    count: int
    is_current: bool


@dataclass(frozen=True)
class Filter:
    """A row of links, the first of which lifts the filter."""

    name: str
    heading: str
    ways: list[Way]


def narrowed(things: Iterable[Kind], asked: Mapping[str, str]) -> list[Kind]:
    """What is for the audience asked for and about the topic asked for. Words that are no choice are ignored."""
    audience, topic = _asked(asked)
    return [
        thing
        for thing in things
        if (not audience or audience in thing.audience or Audience.ALL in thing.audience)
        and (not topic or topic in thing.topics)
    ]


def filters(things: Sequence[Kind], asked: Mapping[str, str]) -> list[Filter]:
    """The two rows of links; only ways that leave something, each with what it would leave beside the other filter."""
    audience, topic = _asked(asked)
    return [
        _filter("audience", _("Who it is for"), _("Any reader"), [one for one in Audience if one != Audience.ALL],
                things, {"audience": audience, "topic": topic}),
        _filter("topic", _("What it is about"), _("Any topic"), list(Topic), things,
                {"audience": audience, "topic": topic}),
    ]  # fmt: skip


def _filter(
    name: str, heading: str, lifted: str, choices: list[TextChoices], things: Sequence[Kind], now: dict[str, str]
) -> Filter:
    labels = {"": lifted, **{str(choice.value): str(choice.label) for choice in choices}}
    ways = []
    for value, label in labels.items():
        wanted = {**now, name: value}
        count = len(narrowed(things, wanted))
        if count or not value:
            query = urlencode({key: one for key, one in wanted.items() if one})
            ways.append(Way(label, f"?{query}", count, now[name] == value))
    return Filter(name, heading, ways)


def _asked(asked: Mapping[str, str]) -> tuple[str, str]:
    audience, topic = asked.get("audience", ""), asked.get("topic", "")
    return (audience if audience in Audience.values else "", topic if topic in Topic.values else "")
