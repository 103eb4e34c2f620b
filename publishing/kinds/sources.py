"""reference/sources.yaml: works that facts were drawn from."""

from typing import Any

from publishing.faults import BadContent, Fault
from publishing.fields import Fields, read_fields
from reference.models import Source

from .base import Package, Parsed

_FIELDS = ("title", "publisher", "published", "url", "note")


class SourceFile:
    name = "source"
    order = 10

    def matches(self, path: str) -> bool:
        return path == "reference/sources.yaml"

    def parse(self, path: str, text: str) -> list[Parsed]:
        # The file is a list; wrapped so that one reader serves every file.
        fields = read_fields("sources:\n" + "\n".join(f"  {line}" for line in text.split("\n")), path, offset=-1)
        things = [self._source(one) for one in fields.mappings("sources", required=True)]
        keys = [thing.key for thing in things]
        for key in {key for key in keys if keys.count(key) > 1}:
            fields.fault("sources", f"the source “{key}” stands here twice.")
        if fields.faults:
            raise BadContent(fields.faults)
        return things

    def _source(self, fields: Fields) -> Parsed:
        key = fields.slug("key")
        published = fields.get("published")
        state: dict[str, Any] = {
            "title": fields.text("title", longest=300),
            "publisher": fields.text("publisher", required=False, longest=200),
            "published": "" if published is None else str(published)[:60],
            "url": fields.text("url", required=False, longest=500) if fields.has("url") else (fields.get("url") or ""),
            "note": fields.text("note", required=False, longest=300)
            if fields.has("note")
            else (fields.get("note") or ""),
        }
        fields.refuse_unknown()
        return Parsed(self.name, key, fields.path, state)

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return []

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        return Source.objects.filter(key=thing.key).values(*_FIELDS).first()

    def write(self, thing: Parsed) -> None:
        Source.objects.update_or_create(key=thing.key, defaults=thing.state)


def unknown_sources(thing: Parsed, package: Package) -> list[Fault]:
    """Faults for sources a thing names that are neither in the package nor on the site."""
    named = set(thing.state.get("sources", [])) - package.keys(SourceFile.name)
    known = set(Source.objects.filter(key__in=named).values_list("key", flat=True))
    return [Fault(thing.path, 0, f"names the source “{key}”, which is nowhere.") for key in sorted(named - known)]
