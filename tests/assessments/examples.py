"""One item of every registered kind, as its file says it. Every secret is a canary: a word that begins with zq."""

import textwrap
from dataclasses import dataclass
from functools import cache
from typing import Any

from assessments.items import TYPES, ItemType
from assessments.models import Item, ItemBank, ItemVersion
from courses.models import LearningOutcome
from publishing.fields import finishing, read_fields
from publishing.kinds.item_parts import read_item


def _explained(*names: str) -> str:
    return "\n".join(
        f"{name}: {{text: Words of {name[-1]}, explanation: zqbecause{name[-1]} it is so.}}" for name in names
    )


FOUR = textwrap.indent(_explained("zqidenta", "zqidentb", "zqidentc", "zqidentd"), "    ")
TWO = textwrap.indent(_explained("zqidente", "zqidentf"), "    ")
FILES = {
    "single_choice": f"answer: [zqidentb]\nen:\n  prompt: Which?\n  choices:\n{FOUR}",
    "multiple_response": f"answer: [zqidenta, zqidentc]\nen:\n  prompt: Which ones?\n  choices:\n{FOUR}",
    "true_false": (
        "verdict: false\nanswer: [zqidentc]\nen:\n  prompt: It is so.\n  if_true: zqbecauset it is.\n"
        f"  if_false: zqbecausen it is not.\n  reasons:\n{FOUR}"
    ),
    "ordering": (f"answer: [zqidentc, zqidenta, zqidentd, zqidentb]\nen:\n  prompt: In which order?\n  lines:\n{FOUR}"),
    "matching": (
        f"answer: {{zqidente: zqidentb, zqidentf: zqidentd}}\nen:\n  prompt: What goes with what?\n  lines:\n{TWO}\n"
        f"  options:\n{FOUR}"
    ),
    "short_text": (
        "answer: [zqidentp]\nen:\n  prompt: What is it called?\n  forms:\n"
        "    zqidentp: {accepted: [zqforma, zqformb], explanation: zqbecausep it is.}\n"
        "    zqidentq: {accepted: [zqformc], explanation: zqbecauseq it was.}"
    ),
    "number": (
        'answer: "98765.5"\ntolerance: "0.5"\nunit: zqidenta\nen:\n  prompt: How many?\n'
        f"  explanation: zqbecausez it says so.\n  units:\n{FOUR}"
    ),
    "gaps": (
        "answer: {zqidentg: zqidentb}\nen:\n  prompt: Fill it.\n  passage: One [zqidentg] and two [zqidenth] end.\n"
        f"  gaps:\n    zqidentg:\n      choices:\n{textwrap.indent(FOUR, '    ')}\n"
        "    zqidenth: {accepted: [zqforma], explanation: zqbecauseh it is.}"
    ),
    "situational_judgement": (
        "panel: {zqidenta: [2, 2, 1], zqidentb: [-1, -2, -2], zqidentc: [0, 1, 1], zqidentd: [-2, 2, 1]}\n"
        f"en:\n  prompt: How good is each?\n  choices:\n{FOUR}"
    ),
    "code_extract": (
        "consensus: [zqidenta, zqidentb]\naccepted: [zqidentc]\nexperts: 3\n"
        "votes: {zqidenta: 3, zqidentb: 2, zqidentc: 1}\n"
        f"en:\n  prompt: Which codes?\n  extract: The line closes at three.\n  choices:\n{FOUR}"
    ),
    "highlight": (
        f"answer: [zqidenta, zqidentd]\naccepted: [zqidentb]\nen:\n  prompt: Mark the evidence.\n  sentences:\n{FOUR}"
    ),
    "open_response": (
        "max_score: 1\nen:\n  prompt: Why did it make sense?\n  evidence: {zqidenta: An extract}\n"
        "  criteria:\n    sense: {title: Sense, levels: [zqbecausey no, zqbecausez yes]}\n"
        "  comments: [zqbecausew]\n  model: zqbecausem a text.\n  checks: [zqbecausek it is open]"
    ),
    "information": "en:\n  prompt: Before you begin\n  text: What follows is about one team.",
}


# What the file of each kind that has a key says instead, so that what was right earns nothing, and the other way round.
MENDED: dict[str, dict[str, str]] = {
    "single_choice": {"answer: [zqidentb]": "answer: [zqidenta]"},
    "multiple_response": {"answer: [zqidenta, zqidentc]": "answer: [zqidentb, zqidentd]"},
    "true_false": {"verdict: false\nanswer: [zqidentc]": "verdict: true\nanswer: [zqidenta]"},
    "ordering": {"[zqidentc, zqidenta, zqidentd, zqidentb]": "[zqidenta, zqidentc, zqidentb, zqidentd]"},
    "matching": {"{zqidente: zqidentb, zqidentf: zqidentd}": "{zqidente: zqidenta, zqidentf: zqidentc}"},
    "short_text": {"answer: [zqidentp]": "answer: [zqidentq]"},
    "number": {'answer: "98765.5"': 'answer: "45"'},
    "gaps": {"{zqidentg: zqidentb}": "{zqidentg: zqidenta}", "accepted: [zqforma]": "accepted: [zqformb]"},
    "situational_judgement": {
        "zqidenta: [2, 2, 1], zqidentb: [-1, -2, -2], zqidentc: [0, 1, 1]": (
            "zqidenta: [-2, -2, -1], zqidentb: [1, 2, 2], zqidentc: [-2, -2, -2]"
        )
    },
    "code_extract": {
        "consensus: [zqidenta, zqidentb]": "consensus: [zqidentd]",
        "{zqidenta: 3, zqidentb: 2, zqidentc: 1}": "{zqidentd: 3, zqidentc: 1}",
    },
    "highlight": {"answer: [zqidenta, zqidentd]\naccepted: [zqidentb]": "answer: [zqidentc]"},
}


COMPARED = (
    "kind: open_response\nen:\n  prompt: Why did it make sense?\n  model: zqbecausem a text.\n"
    "  checks: [zqbecausek it is open]\n"
)


@dataclass(frozen=True)
class Example:
    """An item of a kind as its file was read."""

    type: ItemType
    state: dict[str, Any]

    @property
    def structure(self) -> dict[str, Any]:
        return dict(self.state["structure"])

    @property
    def key(self) -> dict[str, Any]:
        return dict(self.state["key"])

    @property
    def texts(self) -> dict[str, Any]:
        return dict(self.state["texts"]["en"])

    @property
    def best(self) -> dict[str, Any]:
        return self.type.best(self.key, self.structure)


@cache
def example(kind: str, *, is_mended: bool = False) -> Example:
    """The example of a kind. Raises KeyError for a kind nobody wrote one for, or another key of."""
    file = FILES[kind]
    for said, instead in MENDED[kind].items() if is_mended else ():
        assert said in file
        file = file.replace(said, instead)
    return _read(f"kind: {kind}\n{file}\n")


def _read(file: str) -> Example:
    with finishing(read_fields(file, "items/x.yaml")) as fields:
        return Example(TYPES[fields.text("kind")], read_item(fields))


def example_item(bank: ItemBank, outcome: LearningOutcome, kind: str, *, hints: tuple[str, ...] = ()) -> Item:
    """The example as an item of a bank."""
    item = bank.items.create()
    texts = {"en": {**example(kind).texts, **({"hints": list(hints)} if hints else {})}}
    item.current = _version(item, example(kind), outcome, texts, number=1)
    item.save()
    return item


def compared_item(bank: ItemBank, outcome: LearningOutcome) -> Item:
    """An open response that its writer compares with a model answer, worth nothing."""
    item, one = bank.items.create(), _read(COMPARED)
    item.current = _version(item, one, outcome, one.state["texts"], number=1)
    item.save()
    return item


def mended_example(version: ItemVersion) -> ItemVersion:
    """A live version with another key, in place of this one of an example; the faulty one, as it is now."""
    item, one = Item.objects.get(pk=version.item_id), example(version.kind, is_mended=True)
    item.current = _version(item, one, version.learning_outcome, version.texts, number=version.number + 1)
    item.save()
    return ItemVersion.objects.get(pk=version.pk)


def _version(item: Item, one: Example, outcome: LearningOutcome, texts: dict[str, Any], *, number: int) -> ItemVersion:
    return ItemVersion.objects.create(
        item=item,
        number=number,
        kind=one.type.kind,
        learning_outcome=outcome,
        structure=one.structure,
        key=one.key,
        scoring_rule=one.type.scoring_rule,
        scoring_rule_version=one.type.scoring_rule_version,
        max_score=one.state["max_score"],
        texts=texts,
        digest=f"{number - 1:064}",
        created_at="2026-11-22T12:00:00Z",
    )
