"""Items typed as plain text: a paragraph each, `*` before what is right, `>` before the explanation under its option.

    LO1.1
    Kind: several

    What was asked?
    * The right option
    > Why it fits.
    Another option
    > What thinking it rests on.

The first line of a paragraph asks; `|` before a line under it adds it to the question, `|` alone an empty one. Each
further line is an option. `|` before the first line does no harm, nor `-` before an option or its `*`. A learning
outcome and a kind may stand in lines of their own before the question, or in a paragraph of their own: then they hold
from there on. Pure: whether an outcome is taught here is for the caller, and so is the Markdown of the words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .choice_writing import ChoiceItem, Finding, Option, faults, next_identifiers

MOST_TYPED = 200  # items in one go
_OUTCOME = re.compile(r"^(?:(?:learning )?outcome:\s*)?(?P<code>LO\d+\.\d+)\s*$", re.I)
_KIND = re.compile(r"^kind:\s*(?P<kind>\S.*)$", re.I)  # of a line without blanks at its end
_DASH = r"(?:-(?:\s+|(?=[^\W\d_]|\*)))?"  # right before a number it is a minus
_SIGN = re.compile(rf"{_DASH}(?P<star>\*(?!\*)|\*+(?=\s))?\s*{_DASH}")  # two stars beside a word begin strong words
_ASKS = re.compile(r"^(?:[*>]\s+)+|^\*(?=[^*]*$)")  # what is put before a question by mistake
_KINDS = {
    **dict.fromkeys(("single", "single choice", "single_choice", "one"), "single_choice"),
    **dict.fromkeys(("several", "multiple", "multiple response", "multiple_response"), "multiple_response"),
}


@dataclass(frozen=True)
class LineFault:
    """What is wrong, and on which line of the box, counted from 1."""

    line: int
    sentence: str


@dataclass
class TypedItem:
    """One paragraph: the item as far as it could be read, where it stands, and what is wrong with it."""

    line: int
    outcome: str
    item: ChoiceItem
    faults: list[LineFault] = field(default_factory=list)
    lines: dict[tuple[str, int | None], int] = field(default_factory=dict)

    def line_of(self, finding: Finding) -> int:
        return self.lines.get((finding.part, finding.option)) or self.lines.get(("text", finding.option)) or self.line


@dataclass
class _Reading:
    """What holds from here on, and what has been read of the paragraph."""

    outcome: str = ""
    kind: str = ""


def read_typed(text: str, *, outcome: str = "") -> list[TypedItem]:
    """Every item of a text, in order. `outcome` holds until the text says another."""
    standing = _Reading(outcome)
    items = []
    for paragraph in _paragraphs(text):
        of_this = _Reading(standing.outcome, standing.kind)
        wrong: list[LineFault] = []
        rest = _without_signs(paragraph, of_this, wrong)
        if not rest:
            standing = of_this
        if rest or wrong:
            items.append(_item(rest or paragraph[:1], of_this, wrong))
    return items


def _paragraphs(text: str) -> Iterator[list[tuple[int, str]]]:
    """Lines with their numbers, cut where one is empty."""
    held: list[tuple[int, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            held.append((number, line.strip()))
        elif held:
            yield held
            held = []


def _without_signs(
    paragraph: list[tuple[int, str]], reading: _Reading, wrong: list[LineFault]
) -> list[tuple[int, str]]:
    """The paragraph without the lines at its head that say what it is; those are taken into `reading`."""
    for place, (number, line) in enumerate(paragraph):
        if found := _OUTCOME.match(line):
            reading.outcome = found["code"].upper()
        elif found := _KIND.match(line):
            kind = _KINDS.get(found["kind"].lower(), "")
            if not kind:
                sentence = _("“%(kind)s” is no kind that can be typed here. Write “single” or “several”.")
                wrong.append(LineFault(number, sentence % {"kind": found["kind"]}))
            reading.kind = kind
        else:
            return paragraph[place:]
    return []


def _item(paragraph: list[tuple[int, str]], reading: _Reading, wrong: list[LineFault]) -> TypedItem:
    first, prompt = paragraph[0]
    read = TypedItem(first, reading.outcome, ChoiceItem("", {}), list(wrong))
    names = next_identifiers(set())
    options: list[Option] = []
    asked = [_ASKS.sub("", prompt.removeprefix("|").removeprefix(" "))]
    for number, line in paragraph[1:]:
        if line.startswith("|"):
            asked.append(line[1:].removeprefix(" "))
            if options:
                read.faults.append(LineFault(number, _("A line of the question stands above the options.")))
        elif not line.startswith(">"):
            read.lines["text", len(options)] = number
            options.append(_option(next(names), line))
        elif options:
            options[-1] = _explained(options[-1], line[1:].strip())
            read.lines["explanation", len(options) - 1] = number
        else:
            read.faults.append(LineFault(number, _("This explanation stands under no option.")))
    keys = sum(one.is_key for one in options)
    kind = reading.kind or ("multiple_response" if keys > 1 else "single_choice")
    read.item = ChoiceItem(kind, {"en": "\n".join(asked).strip()}, options)
    read.faults += [LineFault(read.line_of(one), one.sentence) for one in faults(read.item)]
    if not read.outcome:
        read.faults.append(LineFault(first, _("Say which learning outcome it tests, such as LO1.1, above it.")))
    read.faults.sort(key=lambda one: one.line)
    return read


def _option(identifier: str, line: str) -> Option:
    sign = _SIGN.match(line)
    words = line[sign.end() :] if sign else line
    return Option(identifier, {"en": words.strip()}, {"en": ""}, bool(sign and sign["star"]))


def _explained(option: Option, words: str) -> Option:
    """The option with these words after what its explanation already says."""
    said = " ".join(filter(None, [option.explanations["en"], words]))
    return Option(option.identifier, option.texts, {"en": said}, option.is_key)
