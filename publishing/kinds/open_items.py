"""Open responses in files: what may be cited, the rubric with its levels in order, and the comments for markers."""

from fractions import Fraction
from typing import Any

from assessments.choices import ItemKind
from publishing.fields import Fields


def open_texts(fields: Fields, code: str) -> dict[str, Any]:
    """The texts of an open response in one language, as an item version keeps them."""
    inner = fields.mapping(code)
    texts: dict[str, Any] = {"prompt": "", "choices": {}, "criteria": {}, "comments": []}
    if inner is None:
        return texts
    texts["prompt"] = inner.text("prompt")
    evidence = inner.mapping("evidence", required=False)
    for name in evidence.names() if evidence else []:
        texts["choices"][name] = {"text": evidence.text(name) if evidence else "", "explanation": ""}
    criteria = inner.mapping("criteria")
    for name in criteria.names() if criteria else []:
        criterion = criteria.mapping(name) if criteria else None
        if criterion is not None:
            texts["criteria"][name] = {"title": criterion.text("title"), "levels": _sentences(criterion, "levels")}
            criterion.refuse_unknown()
    texts["comments"] = _sentences(inner, "comments")
    inner.refuse_unknown()
    return texts


def _sentences(fields: Fields, name: str) -> list[str]:
    given = fields.get(name)
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(one, str) and one.strip() for one in given):
        fields.fault(name, "is a list of sentences.")
        return []
    return [" ".join(one.split()) for one in given]


def structure_of(texts: dict[str, Any]) -> dict[str, Any]:
    """What the English texts say of an item's parts and their order."""
    structure: dict[str, Any] = {"choices": list(texts["choices"])}
    if "criteria" in texts:
        structure["criteria"] = [{"key": name, "levels": len(one["levels"])} for name, one in texts["criteria"].items()]
    return structure


def check_open(fields: Fields, state: dict[str, Any]) -> None:
    """Every language has the same criteria with as many levels, and the points are what the levels come to."""
    if state["kind"] != ItemKind.OPEN_RESPONSE:
        return
    wanted = {one["key"]: one["levels"] for one in state["structure"]["criteria"]}
    for code, texts in state["texts"].items():
        if {name: len(one["levels"]) for name, one in texts["criteria"].items()} != wanted:
            fields.fault(code, f"the criteria in “{code}” are not those in “en”, or have other levels.")
    possible = sum(levels - 1 for levels in wanted.values())
    if wanted and Fraction(state["max_score"]) != possible:
        fields.fault("max_score", f"is not {possible}, which the levels of the rubric come to.")


def written_open(texts: dict[str, Any], structure: dict[str, Any]) -> dict[str, Any]:
    """The way back, in the item's own order. Pure."""
    criteria = {one["key"]: texts["criteria"][one["key"]] for one in structure["criteria"]}
    return {
        "prompt": texts["prompt"],
        "evidence": {name: texts["choices"][name]["text"] for name in structure["choices"]},
        "criteria": {name: {"title": one["title"], "levels": one["levels"]} for name, one in criteria.items()},
        "comments": texts["comments"],
    }
