"""A film as text: who says what and what is seen, each at its moment. Pure.

Editors write a line for each: `0:12 Narrator: The words.` for speech, `0:00 [A kitchen.]` for what is seen.
Kept as a list of {"at": seconds, "kind": "speech" or "visual", "speaker": name or "", "text": words}.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from .choices import LineKind
from .moments import exact_clock, read_moment
from .remarks import BadText, Remark

MOST_LINES = 2_000
LONGEST_LINE = 1_000
LONGEST_NAME = 60

_WRITTEN = re.compile(r"(?P<at>\d[\d:.]*)\s+(?P<rest>\S.*)")
_SEEN = re.compile(r"\[(?P<text>.+)\]")
_SAID = re.compile(rf"(?P<speaker>[^:\[\]]{{1,{LONGEST_NAME}}}):\s+(?P<text>\S.*)")


@dataclass(frozen=True)
class Line:
    """One line of a transcript. `at` is in seconds from the beginning."""

    at: float
    kind: str
    text: str
    speaker: str = ""


def read_lines(value: Any) -> list[Line]:
    """Lines from their kept form, numbered from 1 in what it finds wrong. Raises BadText."""
    if not isinstance(value, list):
        raise BadText([Remark(0, _("A transcript is a list of lines."))])
    faults = [Remark(number, fault) for number, one in enumerate(value, start=1) if (fault := _fault_in(one))]
    if not faults:
        faults = _faults_in_order([(number, one["at"]) for number, one in enumerate(value, start=1)])
    if faults:
        raise BadText(faults)
    return [Line(one["at"], one["kind"], one["text"].strip(), one.get("speaker", "").strip()) for one in value]


def _fault_in(one: Any) -> str:
    if not isinstance(one, dict) or not set(one) <= {"at", "kind", "text", "speaker"}:
        return _("a line has “at”, “kind”, “text” and, for speech, “speaker”.")
    at, kind, text, speaker = one.get("at"), one.get("kind"), one.get("text"), one.get("speaker", "")
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < 100_000:
        return _("“at” is the moment in seconds from the beginning.")
    if kind not in LineKind.values:
        return _("“kind” is “speech” or “visual”.")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_LINE:
        return _("“text” is missing or longer than %(count)s characters.") % {"count": LONGEST_LINE}
    if not isinstance(speaker, str) or len(speaker) > LONGEST_NAME:
        return _("“speaker” is a name of at most %(count)s characters.") % {"count": LONGEST_NAME}
    if (kind == LineKind.SPEECH) != bool(speaker.strip()):
        return _("speech says who speaks; what is seen does not.")
    return ""


def _faults_in_order(moments: Sequence[tuple[int, float]]) -> list[Remark]:
    late: float = 0
    faults = []
    for number, at in moments:
        if at < late:
            faults.append(Remark(number, _("this moment lies before that of the line above.")))
        late = max(late, at)
    return faults


def kept(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The form that is stored."""
    return [asdict(line) for line in lines]


def written(lines: Sequence[Line]) -> str:
    """The form editors write."""
    return "\n".join(f"{exact_clock(line.at)} {_words(line)}" for line in lines)


def _words(line: Line) -> str:
    return f"[{line.text}]" if line.kind == LineKind.VISUAL else f"{line.speaker}: {line.text}"


def read_written(text: str) -> list[Line]:
    """Lines from the form editors write; empty lines are passed over. Raises BadText, by line."""
    faults: list[Remark] = []
    found: list[tuple[int, Line]] = []
    for number, words in enumerate(text.splitlines(), start=1):
        if not words.strip():
            continue
        line = _read_one(words.strip())
        if isinstance(line, str):
            faults.append(Remark(number, line))
        else:
            found.append((number, line))
    if len(found) > MOST_LINES:
        faults.append(Remark(0, _("A transcript has at most %(count)s lines.") % {"count": MOST_LINES}))
    faults += _faults_in_order([(number, line.at) for number, line in found])
    if faults:
        raise BadText(faults)
    return [line for _number, line in found]


def _read_one(words: str) -> Line | str:
    """A line, or a sentence that says why it is none."""
    found = _WRITTEN.fullmatch(words)
    at = read_moment(found["at"]) if found else None
    if found is None or at is None:
        return _("begin with the moment, such as 0:12.")
    if len(words) > LONGEST_LINE:
        return _("this line is longer than %(count)s characters.") % {"count": LONGEST_LINE}
    if seen := _SEEN.fullmatch(found["rest"]):
        return Line(at, LineKind.VISUAL, seen["text"].strip())
    if said := _SAID.fullmatch(found["rest"]):
        return Line(at, LineKind.SPEECH, said["text"].strip(), said["speaker"].strip())
    return _("say who speaks (0:12 Narrator: …), or put what is seen in square brackets.")


def line_at(lines: Sequence[Line], moment: float) -> int | None:
    """The place, from 0, of the line that stands at this moment; None before the first one."""
    begun = [place for place, line in enumerate(lines) if line.at <= moment]
    return begun[-1] if begun else None


def folded(words: str) -> str:
    """Words as they are compared in a search: small letters without accents, so that 'wyn' finds 'Ŵyn'."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def finds(line: Line, words: str) -> bool:
    """Whether a line holds all these words, in any order."""
    held = folded(f"{line.speaker} {line.text}")
    return all(word in held for word in folded(words).split())
