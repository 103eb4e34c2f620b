"""What a quiz draws, as boxes: its parts with their words, and under each the lines of the blueprint.

What was posted is first taken as it stands (`Typed`), so that parts can be added, moved and taken away before anything
in them is complete; then it is put into forms. A quiz that is one whole is one part without words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.typed import typed_line, typed_text

from assessments.assessment_rules import LONGEST_INTRODUCTION, LONGEST_TITLE, MOST_PARTS, AssessmentPart
from assessments.items import TYPES
from assessments.models import Assessment
from courses.models import LearningOutcome

MORE, MOST = 3, 60
_LANGUAGES = dict(settings.LANGUAGES)
_OF_A_LINE = ("outcome", "kind", "count")

Outcomes = Mapping[str, LearningOutcome]  # by what a form sends for it


class LineForm(forms.Form):
    """One line; nothing is drawn by a line whose number is empty or 0."""

    outcome = forms.TypedChoiceField(label=gettext_lazy("Learning outcome"), required=False, empty_value=None)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    count = forms.IntegerField(label=gettext_lazy("How many"), required=False, min_value=0, max_value=50)

    def __init__(self, *args: Any, outcomes: Outcomes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Choices that were read once: a field that asks for them would ask again in each line.
        self.fields["outcome"].choices = [("", "---------"), *((key, str(one)) for key, one in outcomes.items())]  # type: ignore[attr-defined]
        self.fields["outcome"].coerce = outcomes.__getitem__  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Any")), *((kind, one.label) for kind, one in TYPES.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("count") and not said.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Say of which learning outcome."))
        return said

    def wanted(self) -> dict[str, Any] | None:
        """What it draws as it stands, whether the form is checked or only shown; None if nothing or not rightly."""
        try:
            said = {name: field.clean(self[name].value()) for name, field in self.fields.items()}
        except forms.ValidationError:
            return None
        return said if said["count"] and said["outcome"] else None


class WordsForm(forms.Form):
    """The title and introduction of a part, in each language the quiz has; English there must be."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._languages = languages
        for code in languages:
            values = {"language": _LANGUAGES[code]}
            self.fields[f"title-{code}"] = forms.CharField(
                label=_("Title, %(language)s") % values, max_length=LONGEST_TITLE, required=False
            )
            self.fields[f"introduction-{code}"] = forms.CharField(
                label=_("What is read before its first question, %(language)s (may be left empty)") % values,
                max_length=LONGEST_INTRODUCTION,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for code in self._languages:
            title, words = f"title-{code}", f"introduction-{code}"
            said[title], said[words] = typed_line(said.get(title, "")), typed_text(said.get(words, "")).strip()
            if not said[title] and title not in self.errors and (said[words] or code == "en"):
                self.add_error(title, _("Say what the part is called."))
        return said

    def part(self) -> AssessmentPart:
        """The words, of a form without errors."""
        said = self.cleaned_data
        return AssessmentPart(
            *(
                {code: words for code in self._languages if (words := said[f"{name}-{code}"])}
                for name in ("title", "introduction")
            )
        )


@dataclass
class Typed:
    """A part as it was typed: its words by box, and its lines."""

    words: dict[str, str] = field(default_factory=dict)
    lines: list[dict[str, str]] = field(default_factory=list)

    @property
    def written(self) -> list[dict[str, str]]:
        """The lines somebody wrote something in."""
        return [line for line in self.lines if line["outcome"] or line["count"]]


def languages_of(quiz: Assessment) -> list[str]:
    """Those in which the quiz or a part of it has a title."""
    known = {"en", *quiz.titles, *(code for part in quiz.own_rules.parts for code in part.titles)}
    return [code for code in _LANGUAGES if code in known]


def kept_parts(quiz: Assessment) -> list[Typed]:
    """As they are saved, with empty lines to write in. A line of a part there is no more stands in the last."""
    told, lines = quiz.own_rules.parts, list(quiz.blueprint.all())
    found = [Typed(_words(one)) for one in told] or [Typed()]
    for line in lines:
        row = {"outcome": str(line.learning_outcome_id), "kind": line.item_kind, "count": str(line.count)}
        found[min(line.part, len(found) - 1)].lines.append(row)
    return [_with_more(one) for one in found]


def _words(part: AssessmentPart) -> dict[str, str]:
    return {
        f"{name}-{code}": words
        for name, said in (("title", part.titles), ("introduction", part.introductions))
        for code, words in said.items()
    }


def _with_more(part: Typed) -> Typed:
    return Typed(part.words, part.written + [dict.fromkeys(_OF_A_LINE, "") for _more in range(MORE)])


def posted_parts(data: Mapping[str, str], languages: Sequence[str]) -> list[Typed]:
    """What a form held, whether it is complete or not."""
    names = [f"{name}-{code}" for code in languages for name in ("title", "introduction")]
    return [
        Typed(
            {name: data.get(f"part{part}-{name}", "") for name in names},
            [
                {name: data.get(f"part{part}-line{line}-{name}", "") for name in _OF_A_LINE}
                for line in range(_number(data.get(f"part{part}-lines", ""), MOST))
            ],
        )
        for part in range(max(1, _number(data.get("parts", ""), MOST_PARTS)))
    ]


def _number(sent: str, most: int) -> int:
    return min(int(sent), most) if sent.isascii() and sent.isdecimal() and len(sent) < 3 else 0


def arranged(parts: list[Typed], act: str) -> list[Typed] | None:
    """The parts after one was added, moved or taken away; None if the act is no such thing.

    The lines of a part that is taken away go to the part before it, or of the first to the next, so that the quiz
    draws what it drew.
    """
    name, _dash, sent = act.partition("-")
    place = _number(sent, MOST_PARTS) - 1
    found = list(parts)
    if name == "add" and len(parts) < MOST_PARTS:
        found.append(Typed())
    elif name == "up" and 0 < place < len(parts):
        found[place - 1 : place + 1] = found[place], found[place - 1]
    elif name == "away" and len(parts) > 1 and 0 <= place < len(parts):
        gone, heir = found.pop(place), max(0, place - 1)
        found[heir] = Typed(found[heir].words, _together(found[heir].written + gone.written))
    else:
        return None
    return [_with_more(one) for one in found]


def _together(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    """Lines that ask for the same as one; what is no number stands by itself."""
    found: list[dict[str, str]] = []
    for line in lines:
        same = [
            one
            for one in found
            if (one["outcome"], one["kind"]) == (line["outcome"], line["kind"])
            and _is_number(one["count"])
            and _is_number(line["count"])
        ]
        if same:
            same[0]["count"] = str(int(same[0]["count"]) + int(line["count"]))
        else:
            found.append(dict(line))
    return found


def _is_number(sent: str) -> bool:
    return sent.isascii() and sent.isdecimal() and len(sent) < 3


@dataclass
class PartForms:
    """One part as forms; a quiz that is one whole has no words."""

    number: int
    words: WordsForm | None
    lines: list[LineForm]
    problems: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """In English, as typed."""
        return str(self.words["title-en"].value() or "") if self.words else ""

    @property
    def is_valid(self) -> bool:
        held: list[forms.Form] = [*self.lines, *([self.words] if self.words else [])]
        return all(one.is_valid() for one in held) and not self.problems

    def wanted(self) -> list[dict[str, Any]]:
        """The lines that draw something, of those that are right."""
        return [said for one in self.lines if (said := one.wanted())]


def as_forms(parts: list[Typed], languages: Sequence[str], outcomes: Outcomes, *, is_checked: bool) -> list[PartForms]:
    """The parts as forms: checked, or only shown as they were typed."""
    found = []
    for place, part in enumerate(parts):
        about = f"part{place}"
        words = WordsForm(**_held(part.words, about, is_checked), languages=languages) if len(parts) > 1 else None
        lines = [
            LineForm(**_held(line, f"{about}-line{row}", is_checked), outcomes=outcomes)
            for row, line in enumerate(part.lines)
        ]
        found.append(PartForms(place + 1, words, lines))
    if is_checked and len(found) > 1:
        _find_problems(found)
    return found


def _held(values: Mapping[str, str], prefix: str, is_checked: bool) -> dict[str, Any]:
    data = {f"{prefix}-{name}": value for name, value in values.items()}
    return {"prefix": prefix, **({"data": data} if is_checked else {"initial": dict(values)})}


def _find_problems(parts: list[PartForms]) -> None:
    titles: list[str] = []
    for part in parts:
        title = part.words.cleaned_data.get("title-en", "") if part.words and part.words.is_valid() else ""
        if title and title in titles:
            part.problems.append(_("Another part is called the same."))
        titles.append(title)
        if not part.wanted():
            part.problems.append(_("This part draws nothing. Say how many, or take the part away."))
