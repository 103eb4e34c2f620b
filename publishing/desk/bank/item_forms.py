"""The forms an item is written with: choices in fields of their own, other kinds in the fields their type reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.typed import typed_line, typed_text

from assessments.bank import Written
from assessments.choice_writing import KINDS, ChoiceItem, Finding, Option, advice, faults, next_identifiers
from assessments.items import TYPES, Form, dressed, undressed
from assessments.models import Item, ItemBank, ItemVersion
from courses.models import LearningOutcome
from publishing.faults import BadContent, Fault
from publishing.fields import read_fields
from publishing.item_words import Named
from publishing.kinds.item_parts import read_item, written_parts, written_texts
from publishing.lesson_sections import section_of, sections_of
from publishing.yaml_writing import write_fields

from .lists import outcomes_of
from .words import as_typed, worded

EMPTY_ROWS, MOST_ROWS, LONGEST, MOST_FIELDS = 4, 12, 10_000, 100_000
_LANGUAGES = dict(settings.LANGUAGES)
KEPT = "kept"  # the section of an item whose lesson, or section, is not there to be shown
POINTS = {"min_value": 1, "max_value": 100, "initial": 1}


class _Outcome(forms.ModelChoiceField):
    def label_from_instance(self, outcome: LearningOutcome) -> str:
        return f"{outcome.code} {outcome.statement}"


class _Note(forms.CharField):
    """Required of a new version alone; whether there is one, only the page knows (`AboutForm.ask_for_note`)."""

    def validate(self, value: Any) -> None:
        """Nothing is refused here for being empty."""


class AboutForm(forms.Form):
    """What holds for an item of any kind, and what is new in this version."""

    outcome = _Outcome(LearningOutcome.objects.none(), label=gettext_lazy("Learning outcome"))
    section = forms.ChoiceField(
        label=gettext_lazy("Section it comes from"),
        required=False,
        help_text=gettext_lazy(
            "Whoever misses the question is told to read it again. "
            "It is no part of the question: attempts stay as they are, and changing it alone needs no note."
        ),
    )
    note = _Note(
        label=gettext_lazy("What you changed, and why"),
        max_length=300,
        help_text=gettext_lazy("It stands with this version. Name no child, family or colleague."),
    )

    def __init__(self, bank: ItemBank, data: Any = None, *, newest: ItemVersion | None, initial: Any = None) -> None:
        start = {"outcome": newest.learning_outcome_id} if newest else {}
        super().__init__(data, initial={**start, **(initial or {})})
        self.fields["outcome"].queryset = outcomes_of(bank)  # type: ignore[attr-defined]
        self._offer_sections(bank, newest.item if newest else None)
        if newest is None:
            del self.fields["note"]

    def _offer_sections(self, bank: ItemBank, item: Item | None) -> None:
        """Those of the bank's course; a bank of no course has none to offer."""
        offered: list[tuple[str, Any]] = list(sections_of(bank.course)) if bank.course else []
        if not offered:
            del self.fields["section"]
            return
        named = section_of(item) if item else ""
        if item and item.section and not named:
            named = KEPT
            offered.insert(0, (KEPT, _("The one it has, which cannot be shown at the moment")))
        self.initial.setdefault("section", named)
        self.fields["section"].choices = [("", _("None")), *offered]  # type: ignore[attr-defined]

    @property
    def new_section(self) -> str | None:
        """The name of the section that was chosen, empty for none; None if the item keeps what it has."""
        return self.cleaned_data["section"] if "section" in self.changed_data else None

    @property
    def lacks_note(self) -> bool:
        """Of a form that is valid."""
        return "note" in self.fields and not typed_line(self.cleaned_data["note"])

    def ask_for_note(self) -> None:
        self.add_error("note", _("Say in a few words what you changed, and why."))


class ChoiceAboutForm(AboutForm):
    """The same for an item of choices."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind, TYPES[kind].label) for kind in KINDS], initial=KINDS[0]
    )
    points = forms.IntegerField(label=gettext_lazy("Points"), **POINTS)  # type: ignore[arg-type]
    field_order = ["kind", "outcome", "points", "section", "note"]

    def __init__(self, bank: ItemBank, data: Any = None, *, newest: ItemVersion | None, initial: Any = None) -> None:
        start = {"kind": newest.kind, "points": newest.max_score} if newest else {}
        super().__init__(bank, data, newest=newest, initial={**start, **(initial or {})})


@dataclass
class Box:
    """One box of a row: what stands in it and what is wrong with it."""

    name: str
    label: str
    value: str
    errors: list[str] = field(default_factory=list)


@dataclass
class Row:
    """The boxes of one option."""

    number: int
    identifier: str
    is_key: bool
    boxes: list[tuple[Box, Box]]  # words and explanation, for each language


class ChoicesForm:
    """The question and its options as boxes. Rows left empty are passed over, and nothing typed is lost."""

    def __init__(
        self, start: ChoiceItem, data: QueryDict | None = None, *, taken: set[str], named: Named, more: int = 0
    ) -> None:
        self._start, self._data, self._taken, self._named = start, data, taken, named
        self.languages = [code for code in _LANGUAGES if code in start.prompts]
        known = len(start.options)
        asked = data.get("rows", "") if data else ""
        count = min(int(asked), MOST_ROWS) if asked.isdecimal() and len(asked) < 3 else max(known, EMPTY_ROWS)
        self.count = min(max(count, 2) + more, MOST_ROWS)
        self.found: list[Finding] = []
        self._places: list[int] = []  # which row each option of `item` stands in

    def item(self, kind: str) -> ChoiceItem:
        """What the boxes say, read as Markdown."""
        return worded(self._typed(kind), self._named)[0]

    def _typed(self, kind: str) -> ChoiceItem:
        """What stands in the boxes, as typed."""
        names = next_identifiers(self._taken)
        options, self._places = [], []
        for number in range(1, self.count + 1):
            texts = {code: self._value(f"text-{code}-{number}") for code in self.languages}
            explanations = {code: self._value(f"explanation-{code}-{number}") for code in self.languages}
            if any((*texts.values(), *explanations.values())):
                identifier = self._identifier(number) or next(names)
                options.append(Option(identifier, texts, explanations, self._is_key(number)))
                self._places.append(number)
        return ChoiceItem(kind, {code: self._value(f"prompt-{code}") for code in self.languages}, options)

    def look(self, kind: str) -> ChoiceItem:
        """The same, with what keeps it from being saved in `found`."""
        item, unread = worded(self._typed(kind), self._named)
        self.found = [*faults(item), *unread]
        if any(len(words) > LONGEST for words in self._all_words()):
            self.found.append(Finding(_("A text here is longer than 10,000 characters."), "prompt"))
        return item

    def advice(self, kind: str) -> list[Finding]:
        return advice(self.item(kind))

    def _all_words(self) -> Iterator[str]:
        names = ("prompt", "text", "explanation")
        return (str(value) for name, value in (self._data or {}).items() if str(name).startswith(names))

    def _identifier(self, number: int) -> str:
        """Of an option there was before; anything else that is sent counts as a new one."""
        sent = self._data.get(f"id-{number}", "") if self._data else ""
        known = [one.identifier for one in self._start.options]
        if self._data is None:
            return known[number - 1] if number <= len(known) else ""
        earlier = [self._data.get(f"id-{one}", "") for one in range(1, number)]
        return sent if sent in known and sent not in earlier else ""

    def _is_key(self, number: int) -> bool:
        if self._data is None:
            return number <= len(self._start.options) and self._start.options[number - 1].is_key
        return str(number) in self._data.getlist("key")

    def _value(self, name: str) -> str:
        if self._data is not None:
            return typed_text(self._data.get(name, "")).strip()
        part, code, *number = name.split("-")
        if part == "prompt":
            return self._start.prompts.get(code, "")
        place = int(number[0]) - 1
        if place >= len(self._start.options):
            return ""
        option = self._start.options[place]
        return (option.texts if part == "text" else option.explanations).get(code, "")

    def prompts(self) -> list[Box]:
        return [self._box("prompt", code, _("The question"), None) for code in self.languages]

    def rows(self) -> list[Row]:
        return [
            Row(
                number,
                self._identifier(number),
                self._is_key(number),
                [
                    (
                        self._box("text", code, _("Option %(number)s") % {"number": number}, number),
                        self._box("explanation", code, _("What thinking it rests on"), number),
                    )
                    for code in self.languages
                ],
            )
            for number in range(1, self.count + 1)
        ]

    def _box(self, part: str, code: str, label: str, number: int | None) -> Box:
        name = f"{part}-{code}" if number is None else f"{part}-{code}-{number}"
        said = label if len(self.languages) == 1 else f"{label} ({_LANGUAGES[code]})"
        mine = [one.sentence for one in self.found if self._name_of(one) == name]
        return Box(name, said, self._value(name), mine)

    def _name_of(self, finding: Finding) -> str:
        """The box a finding is about."""
        if finding.option is None:
            return f"{finding.part}-{finding.language}" if finding.part == "prompt" else finding.part
        number = self._places[finding.option] if finding.option < len(self._places) else finding.option + 1
        return f"{finding.part}-{finding.language}-{number}"

    def summary(self) -> list[tuple[str, str]]:
        """Each fault with the box it leads to."""
        return [(one.sentence, "key-1" if (name := self._name_of(one)) == "key" else name) for one in self.found]


def start_of(version: ItemVersion | None, *, languages: list[str]) -> ChoiceItem:
    """What the boxes hold before anything is typed; with a box for each of these languages besides those there are."""
    if version is None:
        return ChoiceItem(KINDS[0], dict.fromkeys(languages, ""))
    texts = {code: dressed(one) for code, one in version.texts.items()}
    options = [
        Option(
            name,
            {code: as_typed(one["choices"][name]["text"], Form.INLINE) for code, one in texts.items()},
            {code: as_typed(one["choices"][name]["explanation"], Form.LINKED) for code, one in texts.items()},
            name in version.key["correct"],
        )
        for name in version.structure["choices"]
    ]
    prompts = {code: as_typed(one["prompt"], Form.WHOLE) for code, one in texts.items()}
    prompts = {**dict.fromkeys(languages, ""), **prompts}
    return ChoiceItem(version.kind, prompts, options)


def identifiers_of(item: Item | None) -> set[str]:
    """Every identifier that ever meant something in this item."""
    if item is None:
        return set()
    return {name for one in item.versions.values_list("structure", flat=True) for name in one["choices"]}


def written_choices(
    item: ChoiceItem, outcome: LearningOutcome, points: int, *, before: ItemVersion | None = None
) -> Written:
    """The item, with what the version before says that has no box here, such as what stands before the question."""
    structure = {**(before.structure if before else {}), **item.structure}
    earlier = {code: dressed(one) for code, one in before.texts.items()} if before else {}
    texts = {code: undressed({**earlier.get(code, {}), **dressed(one)}) for code, one in item.texts.items()}
    return Written(item.kind, outcome, structure, item.key, Fraction(points), texts)


# -- Other kinds ------------------------------------------------------------------------------------------------------


def fields_of(version: ItemVersion) -> str:
    """A version as the fields of its file, without those that hold for any kind."""
    state = {
        "kind": version.kind,
        "structure": version.structure,
        "key": version.key,
        "max_score": str(version.max_score),
        "texts": version.texts,
    }
    languages = {code: written_texts(texts, state, as_typed) for code, texts in version.texts.items()}
    return write_fields({**written_parts(state), **languages})


def read_fields_of(kind: str, text: str, outcome: LearningOutcome, named: Named) -> tuple[Written | None, list[Fault]]:
    """What is typed as an item of a kind, or every fault by its line."""
    if len(text) > MOST_FIELDS:
        return None, [Fault("", 1, "This is longer than 100,000 characters, and so is no question.")]
    try:
        fields = read_fields(f"kind: {kind}\n{typed_text(text)}", "", offset=-1)
    except BadContent as bad:
        return None, bad.faults
    state = read_item(fields, named)
    fields.refuse_unknown()
    if fields.faults:
        return None, sorted(fields.faults, key=lambda one: one.line)
    points = Fraction(state["max_score"])
    return Written(kind, outcome, state["structure"], state["key"], points, state["texts"]), []
