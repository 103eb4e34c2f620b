"""What an item's file says of its question, by its kind: read through the item type, and written back by it."""

from typing import Any

from django.conf import settings

from assessments.items import TYPES, ItemFault, ItemType, dressed, undressed
from publishing.fields import Fields
from publishing.item_words import Named, WordFields, Write, by_name, source_of, written_as_source
from publishing.markdown import read_markdown
from publishing.markdown_writing import write_markdown

from .quiz_rules import read_hints, said_hints

_LANGUAGES = [code for code, _name in settings.LANGUAGES]
_NOTHING: dict[str, Any] = {"prompt": "", "choices": {}}


def read_item(fields: Fields, named: Named = by_name) -> dict[str, Any]:
    """Kind, structure, key, points and texts. Faults are collected in `fields`, each by its field.

    `named` says how a picture with a name is kept.
    """
    kind = fields.text("kind")
    if kind not in TYPES:
        if kind:
            fields.fault("kind", f"“{kind}” is not a kind of question (there are: {', '.join(TYPES)}).")
        _pass_over(fields)
        return {"kind": kind, "structure": {"choices": []}, "key": {}, "max_score": "1", "texts": {}}
    faults_before = len(fields.faults)
    asked = TYPES[kind]
    texts = {code: _texts(asked, fields, code, named) for code in _LANGUAGES if code == "en" or fields.has(code)}
    if len(fields.faults) > faults_before:
        _pass_over(fields)
        return {"kind": kind, "structure": {"choices": []}, "key": {}, "max_score": "1", "texts": texts}
    structure = {**asked.structure_from(fields, texts["en"]), **_notice(fields)}
    key = asked.key_from(fields, texts, structure)
    state = {"kind": kind, "structure": structure, "key": key, "max_score": "0", "texts": texts}
    if len(fields.faults) == faults_before and _is_whole(asked, fields, state):
        state["max_score"] = _points(asked, fields, state)
    else:
        fields.get("max_score")
    return state


def _texts(asked: ItemType, fields: Fields, code: str, named: Named) -> dict[str, Any]:
    inner = fields.mapping(code)
    if inner is None:
        return _NOTHING
    words = undressed(asked.texts_from(WordFields(inner, asked.forms, named)))
    texts = {**words, **_background(inner), **read_hints(inner)}
    inner.refuse_unknown()
    return texts


def _background(inner: Fields) -> dict[str, str]:
    """Rich text to read before the question, where there is any: the small Markdown of pages."""
    if not inner.has("background"):
        inner.get("background")
        return {}
    return {"background": read_markdown(inner.text("background"), inner.path, 1, inner.faults)}


def _notice(fields: Fields) -> dict[str, int]:
    """What the question may distress by, said only where it does: 1 mentions harm, 2 describes it."""
    level = fields.whole("content_notice", least=0, most=2, default=0)
    return {"content_notice": level} if level else {}


def _is_whole(asked: ItemType, fields: Fields, state: dict[str, Any]) -> bool:
    try:
        asked.check(state["structure"], state["key"])
        asked.check_texts(state["texts"], state["structure"])
    except ItemFault as fault:
        fields.fault(fault.field, f"{fault}.")
        return False
    return True


def _points(asked: ItemType, fields: Fields, state: dict[str, Any]) -> str:
    """What can be earned: 1 unless the file says otherwise; 0 for what is not scored; a rubric's own sum."""
    if not asked.is_worth_something(state["structure"], state["key"]):
        if fields.has("max_score") and fields.get("max_score") != 0:
            fields.fault("max_score", "is not 0, and nothing can be earned here.")
        fields.get("max_score")
        return "0"
    points = fields.whole("max_score", least=1, most=100, default=1)
    possible = asked.points_possible(state["structure"])
    if possible is not None and points != possible:
        fields.fault("max_score", f"is not {possible}, which the levels of the rubric come to.")
    return str(points)


def _pass_over(fields: Fields) -> None:
    """What cannot be judged until what is wrong is mended is not called a misspelling meanwhile."""
    for name in fields.names():
        fields.get(name)


def written_parts(state: dict[str, Any]) -> dict[str, Any]:
    """The way back: the fields of a kind's own beside the texts."""
    points = state["max_score"]
    share = int(points) if points.isdecimal() else points
    asked = TYPES[state["kind"]]
    is_usual = share == 1 or not asked.is_worth_something(state["structure"], state["key"])
    notice = {name: level for name, level in state["structure"].items() if name == "content_notice"}
    return {**asked.key_to(state["key"], state["structure"]), **({} if is_usual else {"max_score": share}), **notice}


def written_texts(texts: dict[str, Any], state: dict[str, Any], write: Write = source_of) -> dict[str, Any]:
    """The way back: the fields under one language; `write` says how words are written. Raises CannotSay."""
    asked = TYPES[state["kind"]]
    fields = asked.texts_to(dressed(texts), state["structure"])
    written = {**written_as_source(fields, asked.forms, write), **said_hints(texts)}
    if "background" not in texts:
        return written
    return {"prompt": written.pop("prompt"), "background": write_markdown(texts["background"]).strip(), **written}
