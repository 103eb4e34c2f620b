"""docs/glossary.md names every table of the house, under its room, and no table that is not there."""

import re
from pathlib import Path

import pytest
from django.apps import apps

HOUSE = Path(__file__).resolve().parents[1]
GLOSSARY = (HOUSE / "docs/glossary.md").read_text(encoding="utf-8")
OURS = {HOUSE, HOUSE / "site"}


def _sections() -> dict[str, str]:
    """The text under each room's heading, by room."""
    parts = re.split(r"^## `(\w+)`.*$", GLOSSARY, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _tables() -> dict[str, dict[str, str]]:
    """What the glossary says of each table, by room."""
    rows = re.compile(r"^\| `([^`]+)` \| ([^|]*) \|$", flags=re.MULTILINE)
    return {room: dict(found) for room, text in _sections().items() if (found := rows.findall(text))}


def _words() -> list[list[str]]:
    """The cells of each row that explains a word."""
    rows = [line.strip("| ").split(" |") for line in GLOSSARY.splitlines() if re.match(r"\| [^`]", line)]
    return [[cell.strip() for cell in row] for row in rows if row[0] not in {"word", "table"}]


def _models() -> dict[str, set[str]]:
    """The concrete models of our rooms; tables Django makes by itself between two models are not words of ours."""
    return {
        room.label: names
        for room in apps.get_app_configs()
        if Path(room.path).parent in OURS
        if (names := {model.__name__ for model in room.get_models() if not model._meta.proxy})
    }


def test_every_table_is_in_the_glossary_under_its_room_and_nothing_else_is() -> None:
    assert {room: set(rows) for room, rows in _tables().items()} == _models()


def test_no_table_is_named_twice() -> None:
    names = re.findall(r"^\| `([^`]+)`", GLOSSARY, flags=re.MULTILINE)

    assert sorted(names) == sorted(set(names))


def test_every_row_says_what_the_thing_is_in_a_sentence_of_its_own() -> None:
    meanings = [meaning for rows in _tables().values() for meaning in rows.values()]
    meanings += [row[1] for row in _words()]

    assert [meaning for meaning in meanings if not meaning.endswith((".", ".)"))] == []
    assert len(meanings) == len(set(meanings))


@pytest.mark.parametrize(
    "word",
    [
        *("learner", "trainer", "supervisor", "assessor", "editor", "lead", "course, module, lesson", "section"),
        *("learning outcome", "assessment", "item", "choice", "score, max_score", "rubric, criterion, level"),
        *("film", "captions", "transcript", "ending", "certificate", "accreditation"),
    ],
)
def test_the_words_we_agreed_on_are_explained(word: str) -> None:
    assert word in {row[0] for row in _words()}


def test_every_room_headed_here_is_built() -> None:
    built = {room.label for room in apps.get_app_configs() if Path(room.path).parent in OURS}

    assert _sections().keys() - built == set()
