"""The rules of a quiz, its blueprint and the hints of its questions, as files say them; and the way back. Pure.

Only what differs from most is kept, so that a file that says nothing of it compares as it did before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from toolkit.points import read_points

from assessments.assessment_rules import MOST_TRIES, AssessmentRules, OverallFeedback, faults_of
from assessments.choices import CertaintyUse, Counts, Feedback, Moment, Reveal
from assessments.filling import Wanted, filled
from assessments.items import TYPES
from publishing.fields import Fields

ANY = "any"
MOST_HINTS = MOST_TRIES - 1
Blueprint = dict[str, int | dict[str, int]]


def read_rules(fields: Fields) -> dict[str, Any]:
    """{"rules": …} as an assessment keeps them; empty where the file says nothing or only what is so for most."""
    inner = fields.mapping("rules", required=False)
    if inner is None:
        return {}
    rules = AssessmentRules(
        feedback=_one_of(inner, "feedback", Feedback),
        tries=inner.whole("tries", least=1, most=MOST_TRIES, default=1),
        penalty=_share(inner, "penalty") if inner.has("penalty") else Fraction(0),
        certainty=_one_of(inner, "certainty", CertaintyUse),
        counts=_one_of(inner, "counts", Counts),
        is_shuffled=inner.get("shuffle") is not False,
        is_forward_only=inner.get("forward_only") is True,
        review=_read_review(inner),
        overall=tuple(_read_overall(one) for one in inner.mappings("overall")),
    )
    for sentence in faults_of(rules):
        fields.fault("rules", f"the rules of the quiz do not go together: {sentence}.")
    inner.refuse_unknown()
    return said_rules(rules.to_json())


def said_rules(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Said only where there are any."""
    return {"rules": dict(rules)} if rules else {}


def _one_of(fields: Fields, name: str, choices: type[TextChoices]) -> str:
    first = str(choices.values[0])
    if not fields.has(name):
        fields.get(name)
        return first
    # YAML reads a bare off as "no".
    value = first if fields.get(name) is False and first == CertaintyUse.OFF else fields.get(name)
    if value not in choices.values:
        fields.fault(name, f"“{value}” is not one of “{name}” (there are: {', '.join(choices.values)}).")
        return first
    return str(value)


def _share(fields: Fields, name: str) -> Fraction:
    """A share from 0 to 1."""
    try:
        share = read_points(str(fields.get(name)))
    except ValueError:
        share = Fraction(-1)
    if not 0 <= share <= 1:
        fields.fault(name, f"“{name}” must be a share from 0 to 1 written as a fraction, such as 1/3.")
        return Fraction(0)
    return share


def _read_review(fields: Fields) -> dict[str, frozenset[str]]:
    review = fields.mapping("review", required=False)
    if review is None:
        return {}
    found = {
        str(moment): frozenset(review.picked(moment, [str(one) for one in Reveal]))
        for moment in Moment
        if moment in review.names()
    }
    review.refuse_unknown()
    return found


def _read_overall(fields: Fields) -> OverallFeedback:
    codes = [code for code, _name in settings.LANGUAGES if code == "en" or fields.has(code)]
    made = OverallFeedback(_share(fields, "from"), {code: fields.text(code, longest=1000) for code in codes})
    fields.refuse_unknown()
    return made


def written_rules(state: Mapping[str, Any]) -> dict[str, Any]:
    """The field of the file."""
    if not state.get("rules"):
        return {}
    rules = dict(state["rules"])
    if "overall" in rules:
        rules["overall"] = [{"from": one["from"], **one["texts"]} for one in rules["overall"]]
    return {"rules": rules}


# -- The blueprint ---------------------------------------------------------------------------------------------


def read_blueprint(fields: Fields) -> Blueprint:
    """How many questions on each learning outcome; where the file says so, of each kind: {"LO1.1": {"any": 2, …}}."""
    lines = fields.mapping("blueprint")
    return {code: _read_line(lines, code) for code in lines.names()} if lines else {}


def _read_line(lines: Fields, code: str) -> int | dict[str, int]:
    if not isinstance(lines.get(code), dict):
        return lines.whole(code, least=1, most=50)
    kinds = lines.mapping(code)
    assert kinds is not None
    found = {}
    for name in kinds.names():
        if name not in (ANY, *TYPES):
            kinds.fault(name, f"“{name}” is not a kind of question (there are: {', '.join([ANY, *TYPES])}).")
        found[name] = kinds.whole(name, least=1, most=50)
    return _plain(found)


def _plain(kinds: dict[str, int]) -> int | dict[str, int]:
    """A number alone where any kind will do."""
    return kinds[ANY] if set(kinds) == {ANY} else kinds


def blueprint_lines(blueprint: Blueprint) -> list[tuple[str, str, int]]:
    """(learning outcome, kind or '' for any, count), as the rows are."""
    return [
        (code, "" if kind == ANY else kind, count)
        for code, line in blueprint.items()
        for kind, count in (line.items() if isinstance(line, dict) else [(ANY, line)])
    ]


def blueprint_of(lines: Iterable[tuple[str, str, int]]) -> Blueprint:
    """The way back of `blueprint_lines`."""
    found: dict[str, dict[str, int]] = {}
    for code, kind, count in lines:
        found.setdefault(code, {})[kind or ANY] = count
    return {code: _plain(kinds) for code, kinds in found.items()}


def written_blueprint(blueprint: Blueprint) -> dict[str, Any]:
    """By learning outcome, and kinds by name."""
    return {
        code: dict(sorted(line.items())) if isinstance(line, dict) else line for code, line in sorted(blueprint.items())
    }


def wanted_by(lines: Iterable[tuple[int, str, str, int]]) -> list[Wanted]:
    """The lines of a quiz over all its parts as `assessments.filling` asks of them."""
    return [Wanted(code, kind, count) for _part, code, kind, count in lines]


def counted(items: Iterable[Mapping[str, Any]]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How many live questions there are by (learning outcome, kind): what earns points, and what earns none."""
    worth: Counter[tuple[str, str]] = Counter()
    worthless: Counter[tuple[str, str]] = Counter()
    for one in items:
        if "state" not in one:  # a file says its state only where it is not live
            (worthless if one["max_score"] == "0" else worth)[one["outcome"], one["kind"]] += 1
    return worth, worthless


def too_few(
    lines: Iterable[tuple[int, str, str, int]],
    worth: Mapping[tuple[str, str], int],
    worthless: Mapping[tuple[str, str], int],
) -> list[str]:
    """What the bank cannot fill once, over all parts together; each in a sentence.

    Both count its questions by (learning outcome, kind).
    """
    return [
        f"draws {one.line.count} questions{_of_kind(one.line)} on {one.line.outcome}, and the bank holds {one.there}."
        for one in filled(wanted_by(lines), worth, worthless)
        if not one.times
    ]


def _of_kind(line: Wanted) -> str:
    return f" of the kind {line.kind}" if line.kind else ""


# -- Hints -----------------------------------------------------------------------------------------------------


def read_hints(texts: Fields) -> dict[str, list[str]]:
    """{"hints": […]} of a question in one language, shown one by one after tries that did not fit."""
    hints = [hint.strip() for hint in texts.words("hints") if hint.strip()]
    if len(hints) > MOST_HINTS or any(len(hint) > 1000 for hint in hints):
        texts.fault("hints", f"a question has {MOST_HINTS} hints at most, of 1000 characters at most.")
    return said_hints({"hints": hints})


def said_hints(texts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Said only where there are any."""
    return {"hints": list(texts["hints"])} if texts.get("hints") else {}
