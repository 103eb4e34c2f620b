"""Terms as pages show them, and which terms a page's text links to."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from .alphabet import initial, sort_key
from .models import GlossaryTerm

# An ordinary link in a text, as the one seam leaves it: nothing but its address inside the tag.
ADDRESS = r"(?:/cy)?/glossary/(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)/"
_LINK = re.compile(rf'href=\\?"{ADDRESS}\\?"')


@dataclass(frozen=True)
class TermShown:
    """A term in the language of the page, or in English where it is not written in that language yet."""

    key: str
    term: str
    meaning: str
    language: str

    @property
    def url(self) -> str:
        return reverse("glossary_term", args=[self.key])


def keys_linked(raw_stream: Iterable[dict[str, Any]]) -> list[str]:
    """The keys of the terms a stored text links to or sets out, each once, in the order they are met."""
    keys: list[str] = []
    for block in raw_stream:
        keys += [block["value"]["key"]] if block["type"] == "term" else []
        keys += [found["key"] for found in _LINK.finditer(json.dumps(block, ensure_ascii=False))]
    return list(dict.fromkeys(keys))


def terms_shown(keys: Iterable[str], language: str) -> list[TermShown]:
    """The terms with these keys in the language's alphabetical order. Keys of no term are left out. One query."""
    terms = GlossaryTerm.objects.filter(key__in=list(keys))
    return in_order((shown(term, language) for term in terms), language)


def shown(term: GlossaryTerm, language: str) -> TermShown:
    tongue = term.language_for(language)
    return TermShown(term.key, term.terms.get(tongue, term.key), term.meanings.get(tongue, ""), tongue)


def in_order(terms: Iterable[TermShown], language: str) -> list[TermShown]:
    return sorted(terms, key=lambda one: sort_key(one.term, language))


def by_letter(terms: Iterable[TermShown], language: str) -> list[tuple[str, list[TermShown]]]:
    """(letter, its terms) from the first letter of the alphabet that has any."""
    ordered = in_order(terms, language)
    return [(letter, list(group)) for letter, group in groupby(ordered, lambda one: initial(one.term, language))]
