"""Every address the resolver knows, found by walking through it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, order=True)
class Known:
    """One pattern: its name with its namespaces (empty if it has none) and its whole route as written."""

    name: str
    route: str

    @property
    def label(self) -> str:
        """What a claim calls it by: its name, or its route if it has none."""
        return self.name or self.route

    @property
    def is_at_desk(self) -> bool:
        return self.route.startswith("admin/")

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    def filled(self, values: dict[str, Any]) -> str:
        """The address with each parameter replaced; routes that are expressions must be written out by their claim."""
        plain = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.route)
        return "/" + plain.replace("^", "").removesuffix("$")


def known_addresses(urlconf: str | None = None) -> list[Known]:
    """All of them, each once."""
    return sorted(set(_walk(get_resolver(urlconf).url_patterns, "", "")))


def _walk(patterns: Iterable[URLPattern | URLResolver], route: str, names: str) -> Iterator[Known]:
    for one in patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here, names + (f"{one.namespace}:" if one.namespace else ""))
        else:
            yield Known(names + one.name if one.name else "", here)
