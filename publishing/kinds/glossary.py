"""reference/glossary.yaml: what words mean here; and links to them from page texts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from publishing.faults import BadContent, Fault
from publishing.fields import Fields, read_list
from publishing.yaml_writing import write_fields
from reference.glossary import keys_linked
from reference.models import GlossaryTerm, Source

from .base import Package, Parsed
from .sources import unknown_sources

GLOSSARY = "reference/glossary.yaml"


class GlossaryFile:
    name = "term"
    order = 15

    def matches(self, path: str) -> bool:
        return path == GLOSSARY

    def parse(self, path: str, text: str) -> list[Parsed]:
        fields = read_list(text, path, "terms")
        things = [self._term(one) for one in fields.mappings("terms", required=True)]
        keys = [thing.key for thing in things]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            fields.fault("terms", f"the term “{key}” stands here twice.")
        if fields.faults:
            raise BadContent(fields.faults)
        return things

    def _term(self, fields: Fields) -> Parsed:
        key = fields.slug("key")
        texts = {}
        for code, _language in settings.LANGUAGES:
            inner = fields.mapping(code, required=code == "en")
            if inner is not None:
                texts[code] = {"term": inner.text("term", longest=100), "meaning": _one_line(inner)}
                inner.refuse_unknown()
        state = {"texts": texts, "see": fields.words("see"), "sources": sorted(fields.words("sources"))}
        fields.refuse_unknown()
        return Parsed(self.name, key, fields.path, state)

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        faults = unknown_sources(thing, package)
        missing = _unknown_terms(thing.state["see"], package)
        return faults + [Fault(thing.path, 0, f"“{thing.key}” says see “{key}”, which is no term.") for key in missing]

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        term = GlossaryTerm.objects.filter(key=thing.key).prefetch_related("sources").first()
        if term is None:
            return None
        texts = {code: {"term": word, "meaning": term.meanings.get(code, "")} for code, word in term.terms.items()}
        return {"texts": texts, "see": term.see, "sources": sorted(source.key for source in term.sources.all())}

    def write(self, thing: Parsed) -> None:
        texts = thing.state["texts"]
        term, _made = GlossaryTerm.objects.update_or_create(
            key=thing.key,
            defaults={
                "terms": {code: text["term"] for code, text in texts.items()},
                "meanings": {code: text["meaning"] for code, text in texts.items()},
                "see": thing.state["see"],
            },
        )
        term.sources.set(Source.objects.filter(key__in=thing.state["sources"]))

    def things_named(self, keys: set[str]) -> list[Parsed]:
        found = [Parsed(self.name, key, GLOSSARY, {}) for key in sorted(keys)]
        return [replace(thing, state=state) for thing in found if (state := self.site_state(thing))]

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {GLOSSARY: write_fields([_written(thing) for thing in things])}


def _written(thing: Parsed) -> dict[str, Any]:
    texts = {code: thing.state["texts"][code] for code, _name in settings.LANGUAGES if code in thing.state["texts"]}
    besides = {name: thing.state[name] for name in ("see", "sources") if thing.state[name]}
    return {"key": thing.key, **texts, **besides}


def terms_linked(state: Mapping[str, Any]) -> list[str]:
    """The keys of the terms that a page or a question links to or sets out."""
    question = [{"type": "question", "value": state["texts"]}] if "texts" in state else []
    return keys_linked([*state.get("body", []), *question])


def unknown_words(thing: Parsed, package: Package) -> list[Fault]:
    """Faults for links to terms that are neither in the package nor on the site."""
    missing = _unknown_terms(terms_linked(thing.state), package)
    return [Fault(thing.path, 0, f"links to the glossary's “{key}”, which is no term.") for key in missing]


def _unknown_terms(keys: list[str], package: Package) -> list[str]:
    named = set(keys) - package.keys(GlossaryFile.name)
    return sorted(named - set(GlossaryTerm.objects.filter(key__in=named).values_list("key", flat=True)))


def _one_line(fields: Fields) -> str:
    return " ".join(fields.text("meaning", longest=1000).split())
