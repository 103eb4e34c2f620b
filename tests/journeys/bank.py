"""The open bank as anybody can read it: content/ is public, and so are its keys."""

from dataclasses import dataclass
from functools import cache

import yaml

from tests.tools.running_site import ROOT


@dataclass(frozen=True)
class OpenItem:
    """One item in English: the words of its fitting choices, and every choice's explanation by its words."""

    outcome: str
    kind: str
    right: frozenset[str]
    explanations: dict[str, str]

    @property
    def wrong(self) -> list[str]:
        return [words for words in self.explanations if words not in self.right]


@cache
def open_bank() -> dict[str, OpenItem]:
    """Every item by its prompt, spaces made single."""
    found = {}
    for file in (ROOT / "content/courses/foundation/m1/items").glob("*.yaml"):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        texts, kind = raw["en"], raw["kind"]
        choices = {key: plain(choice["text"]) for key, choice in texts["choices"].items()}
        found[plain(texts["prompt"])] = OpenItem(
            outcome=raw["outcome"],
            kind=kind,
            right=frozenset(choices[key] for key in raw["answer"]),
            explanations={choices[key]: plain(choice["explanation"]) for key, choice in texts["choices"].items()},
        )
    return found


def plain(words: str) -> str:
    """Single spaces, as a page shows it."""
    return " ".join(words.split())
