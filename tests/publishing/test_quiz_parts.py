# ruff: noqa: E501
"""Parts of a quiz in its file: loaded, exported again without a loss, refused with a sentence by line."""

import pytest

from assessments.models import Assessment
from publishing.exporter import exported_course
from publishing.faults import BadContent
from publishing.loader import Verdict, load, preview
from tests.publishing.parcel import QUIZ, changed, parcel

pytestmark = pytest.mark.django_db

PLAIN = "blueprint:\n  LO1.1: 2\n"
PARTS = """parts:
  - blueprint:
      LO1.1: 1
    en:
      title: The ideas
      intro: |-
        First what the model says.

        Take your time.
    cy:
      title: Y syniadau
  - blueprint:
      LO1.1:
        single_choice: 1
    en:
      title: An extract
"""
KEPT = [
    {
        "titles": {"en": "The ideas", "cy": "Y syniadau"},
        "introductions": {"en": "First what the model says.\n\nTake your time."},
    },
    {"titles": {"en": "An extract"}},
]


def in_parts() -> dict[str, str]:
    return changed(QUIZ, PLAIN, "rules:\n  forward_only: true\n" + PARTS)


def lines() -> list[tuple[int, str, str, int]]:
    found = Assessment.objects.get().blueprint.all()
    return [(one.part, one.learning_outcome.code, one.item_kind, one.count) for one in found]


def test_parts_of_a_file_are_kept_with_the_rules_and_their_lines_by_part() -> None:
    load(in_parts())

    assert Assessment.objects.get().rules == {"forward_only": True, "parts": KEPT}
    assert lines() == [(0, "LO1.1", "", 1), (1, "LO1.1", "single_choice", 1)]


def test_what_was_loaded_is_exported_and_loaded_again_without_a_change() -> None:
    load(in_parts())

    texts = exported_course("small").texts
    again = load(texts)

    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}
    assert ("\nparts:\n" in texts[QUIZ], "\nblueprint:" in texts[QUIZ]) == (True, False)
    assert exported_course("small").texts == texts
    assert Assessment.objects.get().rules == {"forward_only": True, "parts": KEPT}


def test_quiz_that_is_one_whole_is_written_as_it_was_before_there_were_parts() -> None:
    load(parcel())

    written = exported_course("small").texts[QUIZ]

    assert (PLAIN in written, "parts" in written) == (True, False)


def test_parts_go_again_with_a_file_that_has_none() -> None:
    load(in_parts())

    load(parcel())

    assert Assessment.objects.get().rules == {}
    assert lines() == [(0, "LO1.1", "", 2)]


def test_dry_run_says_that_the_quiz_would_be_divided() -> None:
    load(parcel())

    planned = preview(changed(QUIZ, PLAIN, PARTS))

    assert {one.thing.path: one.fields for one in planned if one.verdict == Verdict.UPDATE} == {
        QUIZ: ["blueprint", "parts"]
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("      title: An extract", "      title: The ideas", ("parts:", "each part needs a title of its own.")),
        ("      title: An extract", "      intro: Read.", ("      intro: Read.", "“title” is missing or is not text.")),
        ("    en:\n      title: An extract\n", "", ("  - blueprint:\n      LO1.1:\n        s", "“en” is missing or has nothing under it.")),
        ("    cy:\n", "    fr:\n", ("    fr:", "“fr” is not a field of this kind of file.")),
        ("      title: Y syn", "      titel: Y syn", ("      titel", "“titel” is not a field of this kind of file.")),
        ("  - blueprint:\n      LO1.1: 1\n", "  - blueprint: {}\n", ("  - blueprint: {}", "part 1 draws nothing.")),
        ("  - blueprint:\n      LO1.1: 1\n    en:\n", "  - en:\n", ("  - en:", "“blueprint” is missing or has nothing under it.")),
        ("      LO1.1: 1\n", "      LO1.1: none\n", ("      LO1.1: none", "“LO1.1” must be a whole number from 1 to 50.")),
        ("parts:\n", "blueprint: {LO1.1: 1}\nparts:\n", ("blueprint: {", "a quiz in parts has a “blueprint” under each of them, and none beside them.")),
        (PARTS, "parts: []\n", ("parts: []", "“parts” must be a list of entries.")),
        (PARTS, "parts: The ideas\n", ("parts: The", "“parts” must be a list of entries.")),
        (PARTS, PARTS[: PARTS.rindex("  - blueprint")], ("parts:", "an assessment has from 2 to 9 parts, or none.")),
        ("title: An extract", f"title: {'x' * 151}", ("      title: xxx", "“title” is longer than 150 characters.")),
        ("single_choice: 1", "any: 2", ("", "draws 3 questions on LO1.1, and the bank holds 2.")),
    ],
)  # fmt: skip
def test_bad_part_is_refused_by_line_and_nothing_is_loaded(old: str, new: str, told: tuple[str, str]) -> None:
    texts = in_parts()
    assert texts[QUIZ].count(old) == 1
    written = texts[QUIZ].replace(old, new)
    where, sentence = told
    line = written[: written.index(where)].count("\n") + 1 if where else 0

    with pytest.raises(BadContent) as refused:
        load({**texts, QUIZ: written})

    found = [(one.line, one.sentence) for one in refused.value.faults]
    assert any(at == line and said.startswith(sentence) for at, said in found), found
    assert Assessment.objects.count() == 0
