"""docs/settings.md names each variable that is read from the environment, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_house import HOUSE, RANKS, folder_of

PAGE = HOUSE / "docs/settings.md"
NAME = re.compile(r"`([A-Z][A-Z0-9_]{2,})`")
READERS = {"get", "getenv", "setdefault", "pop"}
COMPREHENSIONS = ast.DictComp | ast.ListComp | ast.SetComp | ast.GeneratorExp


def product() -> Iterator[Path]:
    """Every module of the site itself."""
    yield HOUSE / "manage.py"
    for folder in sorted({folder_of(HOUSE, room) for room in RANKS}):
        yield from sorted(folder.rglob("*.py"))


def named_in_tools() -> set[str]:
    """What the commands of `make` read by a name that stands in their text."""
    modules = [ast.parse(path.read_text()) for path in (HOUSE / "site/tools").rglob("*.py")]
    asked = [_asked(node) for module in modules for node in ast.walk(module)]
    return {one.value for one in asked if isinstance(one, ast.Constant)}


def names_read(source: str) -> set[str]:
    """What a module reads from the environment; ValueError where the name cannot be told from the text."""
    tree = ast.parse(source)
    made = [node for node in ast.walk(tree) if isinstance(node, COMPREHENSIONS)]
    names = set()
    for node in ast.walk(tree):
        asked = _asked(node)
        if asked is None:
            continue
        if isinstance(asked, ast.Constant):
            names.add(asked.value)
        elif within := [one for one in made if node in ast.walk(one)]:
            names |= _names_made(within[0])
        elif not isinstance(asked, ast.Name):  # `os.environ.get(VARIABLE)`: the constant is looked up below
            raise ValueError(f"line {node.lineno}: {ast.unparse(asked)}")
        else:
            names.add(_constant(tree, asked.id))
    return names


def _asked(node: ast.AST) -> ast.expr | None:
    """The name asked for by `env("X")`, `env.str("X")`, `os.environ["X"]`, `os.environ.get("X")`, `os.getenv("X")`."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
        return node.slice
    if not isinstance(node, ast.Call) or not node.args:
        return None
    called = ast.unparse(node.func)
    owner, _dot, verb = called.rpartition(".")
    read = called == "env" or owner == "env" or (owner.split(".")[-1] in {"environ", "os"} and verb in READERS)
    return node.args[0] if read else None


def _names_made(made: ast.expr) -> set[str]:
    """The names that a comprehension over literals asks for, by making it with something that only writes them down."""

    class Written:
        names: set[str] = set()

        def __getattr__(self, kind: str) -> Any:
            return lambda name, default=None: self.names.add(name)

    written = Written()
    eval(compile(ast.Expression(made), "settings", "eval"), {"env": written})
    return written.names


def _constant(tree: ast.AST, name: str) -> str:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Assign)
            and ast.unparse(node.targets[0]) == name
            and isinstance(node.value, ast.Constant)
        ):
            return str(node.value.value)
    raise ValueError(f"{name} is not set in this module")


def documented() -> set[str]:
    """Every variable named in the first column of the page's tables."""
    cells = [line.split("|")[1] for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    return {name for cell in cells for name in NAME.findall(cell)}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('PORT = env.int("PORT", default=8000)', {"PORT"}),
        ('env("A_KEY"); vars().update(env.email("EMAIL_URL"))', {"A_KEY", "EMAIL_URL"}),
        ('import os; os.environ["ONE"], os.environ.get("TWO", ""), os.getenv("THREE")', {"ONE", "TWO", "THREE"}),
        ('x = {n: env.int(f"KEEP_{n.upper()}", default=d) for n, d in {"a": 1, "b": 2}.items()}', {"KEEP_A", "KEEP_B"}),
        ('VARIABLE = "FOUR"\nimport os\nos.environ.get(VARIABLE)', {"FOUR"}),
        ('settings.get("NOT_READ"); cache.get("NOR_THIS"); {}["NOR"]', set()),
    ],
)
def test_every_way_of_reading_is_seen(source: str, names: set[str]) -> None:
    assert names_read(source) == names


def test_name_that_cannot_be_told_is_a_fault() -> None:
    with pytest.raises(ValueError, match="line 2"):
        names_read('kind = input()\nenv.str(f"S3_{kind}")')


def test_every_variable_the_site_reads_is_documented() -> None:
    read = {(name, str(path.relative_to(HOUSE))) for path in product() for name in names_read(path.read_text())}

    assert len(read) > 40
    assert sorted((name, path) for name, path in read if name not in documented()) == []


def test_every_documented_variable_is_read() -> None:
    read = {name for path in product() for name in names_read(path.read_text())}

    assert documented() - read - named_in_tools() == set()
