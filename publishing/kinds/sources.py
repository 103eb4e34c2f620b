"""reference/sources.yaml: works that facts were drawn from."""

from dataclasses import replace
from typing import Any

from publishing.faults import BadContent, Fault
from publishing.fields import Fields, read_list
from publishing.yaml_writing import day, write_fields
from reference.choices import Nation
from reference.models import Source

from .base import Package, Parsed

SOURCES = "reference/sources.yaml"
_FIELDS = ("title", "authors", "publisher", "year", "published", "url", "nation", "checked_on", "note", "ours")


class SourceFile:
    name = "source"
    order = 10

    def matches(self, path: str) -> bool:
        return path == SOURCES

    def parse(self, path: str, text: str) -> list[Parsed]:
        fields = read_list(text, path, "sources")
        things = [self._source(one) for one in fields.mappings("sources", required=True)]
        keys = [thing.key for thing in things]
        for key in {key for key in keys if keys.count(key) > 1}:
            fields.fault("sources", f"the source “{key}” stands here twice.")
        if fields.faults:
            raise BadContent(fields.faults)
        return things

    def _source(self, fields: Fields) -> Parsed:
        key = fields.slug("key")
        checked_on, published = fields.day("checked_on"), fields.get("published")
        nation = fields.text("nation")
        if nation and nation not in Nation.values:
            fields.fault("nation", f"“{nation}” is not a nation here (there are: {', '.join(Nation.values)}).")
        state: dict[str, Any] = {
            "title": fields.text("title", longest=300),
            "authors": fields.words("authors"),
            "publisher": fields.maybe("publisher", longest=200),
            "year": fields.whole("year", least=1800, most=2200) if fields.has("year") else fields.get("year"),
            "published": "" if published is None else str(published)[:60],
            "url": fields.maybe("url", longest=500),
            "nation": nation,
            "checked_on": checked_on.isoformat() if checked_on else None,
            "note": fields.maybe("note", longest=300),
            "ours": fields.get("ours") is True,
        }
        fields.refuse_unknown()
        return Parsed(self.name, key, fields.path, state)

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return []

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        found = Source.objects.filter(key=thing.key).values(*_FIELDS).first()
        if found is None:
            return None
        return {**found, "checked_on": found["checked_on"].isoformat() if found["checked_on"] else None}

    def write(self, thing: Parsed) -> None:
        Source.objects.update_or_create(key=thing.key, defaults=thing.state)

    def things_named(self, keys: set[str]) -> list[Parsed]:
        found = [Parsed(self.name, key, SOURCES, {}) for key in sorted(keys)]
        return [replace(thing, state=state) for thing in found if (state := self.site_state(thing))]

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {SOURCES: write_fields([_written(thing) for thing in things])}


def _written(thing: Parsed) -> dict[str, Any]:
    state = thing.state
    fields = {name: state[name] for name in _FIELDS if name != "ours"}
    empty = {name: state[name] or None for name in ("publisher", "published", "url", "note")}
    fields |= {**empty, "checked_on": day(state["checked_on"])}
    return {"key": thing.key, **fields, **({"ours": True} if state["ours"] else {})}


def unknown_sources(thing: Parsed, package: Package) -> list[Fault]:
    """Faults for sources a thing names that are neither in the package nor on the site."""
    named = set(thing.state.get("sources", [])) - package.keys(SourceFile.name)
    known = set(Source.objects.filter(key__in=named).values_list("key", flat=True))
    return [Fault(thing.path, 0, f"names the source “{key}”, which is nowhere.") for key in sorted(named - known)]
