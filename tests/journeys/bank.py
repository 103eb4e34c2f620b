"""The open bank as anybody can read it: content/ is public, and so are its keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from tests.tools.running_site import ROOT


@dataclass(frozen=True)
class OpenItem:
    """One item in English: the choices that fit, what each field is to hold, and every explanation.

    `right` are words to tick; `fields` are (label, words) to pick or write, in the order of the page.
    """

    outcome: str
    kind: str
    right: frozenset[str]
    fields: tuple[tuple[str, str], ...]
    choices: tuple[str, ...]
    explanations: tuple[str, ...]

    @property
    def wrong(self) -> list[str]:
        return [words for words in self.choices if words not in self.right]


@cache
def open_bank() -> dict[str, OpenItem]:
    """Every item by its prompt, spaces made single; no two may ask in the same words, or a page could not be told."""
    found: dict[str, OpenItem] = {}
    for file in (ROOT / "content/courses/foundation/m1/items").glob("*.yaml"):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        texts = raw["en"]
        choices = {key: plain(one["text"]) for key, one in _choices(texts).items()}
        answer = raw.get("consensus", raw.get("answer", []))
        right = answer if isinstance(answer, list) and raw["kind"] not in ("ordering", "short_text") else []
        right = [*right, *([raw["unit"]] if "unit" in raw else [])]
        prompt = plain(texts["prompt"])
        assert prompt not in found, f"{file.name} asks in the words of another item"
        found[prompt] = OpenItem(
            outcome=raw["outcome"],
            kind=raw["kind"],
            right=frozenset(choices[key] for key in right),
            fields=tuple(_fields(raw, texts)),
            choices=tuple(choices.values()),
            explanations=tuple(_explanations(texts)),
        )
    return found


def _choices(texts: dict[str, Any]) -> dict[str, Any]:
    for name in ("choices", "reasons", "sentences", "units"):
        if name in texts:
            return dict(texts[name])
    return {}


def _fields(raw: dict[str, Any], texts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is picked or written, by the label of its field."""
    match raw["kind"]:
        case "true_false":
            yield "Is it true?", "It is true." if raw["verdict"] else "It is not true."
        case "ordering":
            for place, line in enumerate(raw["answer"], start=1):
                yield plain(texts["lines"][line]["text"]), str(place)
        case "matching":
            for line, option in raw["answer"].items():
                yield plain(texts["lines"][line]["text"]), plain(texts["options"][option]["text"])
        case "short_text":
            yield "Your answer", texts["forms"][raw["answer"][0]]["accepted"][0]
        case "number":
            yield "Your answer", str(raw["answer"])
        case "gaps":
            for number, (name, gap) in enumerate(texts["gaps"].items(), start=1):
                chosen = plain(gap["choices"][raw["answer"][name]]["text"]) if "choices" in gap else gap["accepted"][0]
                yield f"Gap {number}", chosen
        case "situational_judgement":
            for option, panel in raw["panel"].items():
                rating = sorted(panel)[len(panel) // 2]
                yield plain(texts["choices"][option]["text"]), f"{rating:+d}".replace("-", "−").replace("+0", "0")


def _explanations(texts: dict[str, Any]) -> Iterator[str]:
    for name, one in texts.items():
        if name in ("explanation", "if_true", "if_false"):
            yield plain(one)
        elif isinstance(one, dict):
            yield from _explanations(one)


def plain(words: str) -> str:
    """Single spaces, as a page shows it."""
    return " ".join(words.split())
