"""Every act that is noted anywhere has words, however its code is put together."""

import ast
from pathlib import Path

import pytest

from assessments.choices import ItemActKind
from privacy.acts import ACTS
from tests.config.production import ROOT

NOTING = ("note_act", "entry_of")
MADE_UP = {"item_{act}": {f"item_{act}" for act in ItemActKind.values}}  # an act put together, and all it can be


def sources() -> list[Path]:
    """Every file of a room or of the frame; not the verbs of the log themselves."""
    rooms = [file.parent for file in ROOT.glob("*/apps.py")]
    found = [file for room in [*rooms, ROOT / "site"] for file in room.rglob("*.py")]
    return [file for file in found if "migrations" not in file.parts and file != ROOT / "audit" / "entries.py"]


def acts_in(source: str) -> set[str]:
    """What is noted in a file: text, either side of a condition, what a name was given; "?" for anything else."""
    tree = ast.parse(source)
    found: set[str] = set()
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.Module):
            given = {
                target.id: one.value
                for one in ast.walk(scope)
                if isinstance(one, ast.Assign)
                for target in one.targets
                if isinstance(target, ast.Name)
            }
            calls = [one for one in _own(scope) if isinstance(one, ast.Call) and _name(one.func) in NOTING]
            for call in calls:
                found |= _texts(call.args[0] if call.args else _keyword(call), given)
    return found


def _own(scope: ast.AST) -> list[ast.AST]:
    """What stands in a function, and in none within it."""
    found = []
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef):
            found += [child, *_own(child)]
    return found


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _keyword(call: ast.Call) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == "act"), None)


def _texts(act: ast.expr | None, given: dict[str, ast.expr]) -> set[str]:
    if isinstance(act, ast.Constant) and isinstance(act.value, str):
        return {act.value}
    if isinstance(act, ast.IfExp):
        return _texts(act.body, given) | _texts(act.orelse, given)
    if isinstance(act, ast.Name) and act.id in given:
        return _texts(given[act.id], {})
    if isinstance(act, ast.JoinedStr):
        return MADE_UP.get(ast.unparse(act)[2:-1], {"?"})
    return {"?"}


@pytest.mark.parametrize(
    ("source", "acts"),
    [
        ('note_act("a", subject=x)', {"a"}),
        ('entries.note_act(act="a", subject=x)', {"a"}),
        ('note_act("a" if x else "b", subject=x)', {"a", "b"}),
        ('def f():\n    act = "a" if x else "b"\n    entry_of(act, subject=x)', {"a", "b"}),
        ('def f(act):\n    note_act(act, subject=x)', {"?"}),
        ('note_act(f"item_{act}", subject=x)', {f"item_{act}" for act in ItemActKind.values}),
        ('note_act(f"other_{act}", subject=x)', {"?"}),
        ('note_act(ACT[x], subject=x)', {"?"}),
        ('other("a", subject=x)', set()),
    ],
)  # fmt: skip
def test_acts_are_found_however_they_are_given(source: str, acts: set[str]) -> None:
    assert acts_in(source) == acts


def test_every_act_that_is_noted_has_words() -> None:
    noted = {act: file for file in sources() for act in acts_in(file.read_text(encoding="utf-8"))}

    assert len(noted) > 50
    assert {act: str(file) for act, file in noted.items() if act not in ACTS} == {}


def test_no_words_are_kept_for_an_act_that_is_never_noted() -> None:
    noted = {act for file in sources() for act in acts_in(file.read_text(encoding="utf-8"))}

    assert set(ACTS) - noted == set()
