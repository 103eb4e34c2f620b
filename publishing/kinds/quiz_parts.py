"""The parts of a quiz as its file says them, each with its own lines of the blueprint; and the way back. Pure.

A quiz that is one whole has `blueprint` and no `parts`, in its file and in what is compared, as it had before.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from assessments.assessment_rules import (
    LONGEST_INTRODUCTION,
    LONGEST_TITLE,
    AssessmentPart,
    AssessmentRules,
    faults_of,
)
from publishing.fields import Fields

from .quiz_rules import Blueprint, blueprint_lines, blueprint_of, read_blueprint, said_rules, written_blueprint

PARTS = "parts"
_LANGUAGES = [code for code, _name in settings.LANGUAGES]

PartLine = tuple[int, str, str, int]  # part, learning outcome, kind or '' for any, count


def read_drawn(fields: Fields) -> dict[str, Any]:
    """{"blueprint": …}, or {"parts": […]} where each part has one of its own."""
    found = fields.mappings(PARTS, required=fields.has(PARTS))
    if not found:
        return {"blueprint": read_blueprint(fields)}
    if fields.get("blueprint") is not None:
        fields.fault("blueprint", "a quiz in parts has a “blueprint” under each of them, and none beside them.")
    parts = [_read_part(one, number) for number, one in enumerate(found, start=1)]
    if all("en" in one["texts"] for one in parts):
        for sentence in faults_of(AssessmentRules(parts=_rules_of(parts))):
            fields.fault(PARTS, f"{sentence}.")
    return {PARTS: parts}


def _read_part(fields: Fields, number: int) -> dict[str, Any]:
    texts = {}
    for code in _LANGUAGES:
        inner = fields.mapping(code, required=code == "en")
        if inner is not None:
            intro = inner.text("intro", required=False, longest=LONGEST_INTRODUCTION)
            texts[code] = {"title": inner.text("title", longest=LONGEST_TITLE), **({"intro": intro} if intro else {})}
            inner.refuse_unknown()
    blueprint = read_blueprint(fields)
    if fields.has("blueprint") and not blueprint:
        fields.fault("blueprint", f"part {number} draws nothing.")
    fields.refuse_unknown()
    return {"texts": texts, "blueprint": blueprint}


def _rules_of(parts: Iterable[Mapping[str, Any]]) -> tuple[AssessmentPart, ...]:
    return tuple(
        AssessmentPart(
            {code: words["title"] for code, words in one["texts"].items()},
            {code: words["intro"] for code, words in one["texts"].items() if "intro" in words},
        )
        for one in parts
    )


def kept_rules(state: Mapping[str, Any]) -> dict[str, Any]:
    """The rules an assessment keeps: those of the file, and what its parts are called."""
    return {**state.get("rules", {}), **AssessmentRules(parts=_rules_of(state.get(PARTS, ()))).to_json()}


def lines_of(state: Mapping[str, Any]) -> list[PartLine]:
    """The lines of a quiz over all its parts, as the rows are."""
    drawn: list[Blueprint] = [one["blueprint"] for one in state[PARTS]] if PARTS in state else [state["blueprint"]]
    return [(part, *line) for part, blueprint in enumerate(drawn) for line in blueprint_lines(blueprint)]


def said_drawn(rules: Mapping[str, Any], lines: Iterable[PartLine]) -> dict[str, Any]:
    """What the file says of the rules an assessment keeps and of its lines: the way back of both."""
    told, rows = AssessmentRules.from_json(rules).parts, list(lines)
    drawn = [
        blueprint_of((code, kind, count) for part, code, kind, count in rows if part == number)
        for number in range(max(1, len(told)))
    ]
    plain = said_rules({name: rule for name, rule in rules.items() if name != PARTS})
    if not told:
        return {**plain, "blueprint": drawn[0]}
    parts = [{"texts": _texts(one), "blueprint": blueprint} for one, blueprint in zip(told, drawn, strict=True)]
    return {**plain, PARTS: parts}


def _texts(part: AssessmentPart) -> dict[str, dict[str, str]]:
    said = part.introductions
    return {
        code: {"title": title, **({"intro": said[code]} if said.get(code) else {})}
        for code, title in part.titles.items()
    }


def written_drawn(state: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the file."""
    if PARTS not in state:
        return {"blueprint": written_blueprint(state["blueprint"])}
    return {
        PARTS: [
            {
                "blueprint": written_blueprint(one["blueprint"]),
                **{code: one["texts"][code] for code in _LANGUAGES if code in one["texts"]},
            }
            for one in state[PARTS]
        ]
    }
