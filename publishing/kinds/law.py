"""reference/law.yaml: what the law of each nation says; and the statements that page texts place."""

from dataclasses import replace
from typing import Any

from django.conf import settings

from publishing.faults import BadContent, Fault
from publishing.fields import Fields, read_list
from publishing.yaml_writing import day, write_fields
from reference.choices import NATIONS_OF_LAW
from reference.law import keys_placed
from reference.models import LegalStatement, Source

from .base import Package, Parsed
from .sources import unknown_sources

LAW = "reference/law.yaml"
_NATIONS = [value for value, _label in NATIONS_OF_LAW]
_DAYS = ("valid_from", "valid_to", "checked_on")


class LawFile:
    name = "legal_statement"
    order = 16

    def matches(self, path: str) -> bool:
        return path == LAW

    def parse(self, path: str, text: str) -> list[Parsed]:
        fields = read_list(text, path, "statements")
        things = [self._statement(one) for one in fields.mappings("statements", required=True)]
        keys = [thing.key for thing in things]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            fields.fault("statements", f"the legal statement “{key}” stands here twice.")
        if fields.faults:
            raise BadContent(fields.faults)
        return things

    def _statement(self, fields: Fields) -> Parsed:
        key, nation = fields.slug("key"), fields.text("nation")
        if nation and nation not in _NATIONS:
            fields.fault("nation", f"“{nation}” has no law of its own here (there are: {', '.join(_NATIONS)}).")
        texts = {code: text for code, _language in settings.LANGUAGES if (text := _one_line(fields, code))}
        days = {name: fields.day(name) for name in _DAYS}
        checked_by = fields.maybe("checked_by", longest=150)
        if bool(checked_by) != bool(days["checked_on"]):
            fields.fault("checked_by", "“checked_by” and “checked_on” go together.")
        if days["valid_to"] and days["valid_from"] and days["valid_to"] < days["valid_from"]:
            fields.fault("valid_to", "“valid_to” comes before “valid_from”.")
        written = {name: one.isoformat() if one else None for name, one in days.items()}
        state = {"nation": nation, "texts": texts, **written, "checked_by": checked_by, "source": fields.slug("source")}
        fields.refuse_unknown()
        return Parsed(self.name, key, fields.path, {**state, "sources": [state["source"]]})

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return unknown_sources(thing, package)

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        row = LegalStatement.objects.filter(key=thing.key).select_related("source").first()
        if row is None:
            return None
        days = {name: one.isoformat() if (one := getattr(row, name)) else None for name in _DAYS}
        state = {"nation": row.nation, "texts": row.texts, **days, "checked_by": row.checked_by}
        return {**state, "source": row.source.key, "sources": [row.source.key]}

    def write(self, thing: Parsed) -> None:
        said = {name: one for name, one in thing.state.items() if name not in ("source", "sources")}
        source = Source.objects.get(key=thing.state["source"])
        LegalStatement.objects.update_or_create(key=thing.key, defaults={**said, "source": source})

    def things_named(self, keys: set[str]) -> list[Parsed]:
        found = [Parsed(self.name, key, LAW, {}) for key in sorted(keys)]
        return [replace(thing, state=state) for thing in found if (state := self.site_state(thing))]

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {LAW: write_fields([_written(thing) for thing in things])}


def _written(thing: Parsed) -> dict[str, Any]:
    state = thing.state
    texts = {code: state["texts"][code] for code, _name in settings.LANGUAGES if code in state["texts"]}
    days = {name: day(state[name]) for name in _DAYS}
    checked = {"checked_by": state["checked_by"] or None, "checked_on": days.pop("checked_on")}
    return {"key": thing.key, "nation": state["nation"], **texts, **days, **checked, "source": state["source"]}


def _one_line(fields: Fields, code: str) -> str:
    return " ".join(fields.text(code, required=code == "en", longest=1500).split())


def unknown_law(thing: Parsed, package: Package) -> list[Fault]:
    """Faults for legal statements that are neither in the package nor on the site."""
    named = set(keys_placed(thing.state["body"])) - package.keys(LawFile.name)
    known = set(LegalStatement.objects.filter(key__in=named).values_list("key", flat=True))
    return [
        Fault(thing.path, 0, f"places the legal statement “{key}”, which is nowhere.") for key in sorted(named - known)
    ]
