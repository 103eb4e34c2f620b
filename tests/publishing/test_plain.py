"""Practice in files: read, written and read again the same; every fault by its line; wording told from substance."""

from typing import Any
from uuid import UUID

import pytest

from courses.blocks import LessonBody
from courses.models import LessonPage
from publishing.changed import change_of
from publishing.changes import Class
from publishing.loader import Verdict, load
from publishing.markdown_writing import CannotSay
from publishing.plain import PLAIN, canonical_plain, write_plain
from publishing.text import read_body
from publishing.text_writing import write_body
from tests.factories import lesson_page, taught_course
from tests.publishing.parcel import LESSON, LESSON_UUID, changed

PAGE = UUID("00000000-0000-4000-8000-000000000003")
SORT = """::: sort-into-two {#sort-1}
task: Which story?
first: First story
second: Second story
statements:
  - words: The worker failed.
    belongs: first
    why: It looks back.
  - words: The log was read once a quarter.
    belongs: second
    why: It says what stood around the worker.
:::
"""


def read(text: str, *, lesson: bool = True) -> tuple[list[dict[str, Any]], list[str]]:
    faults: list[Any] = []
    body = read_body(text, page=PAGE, path="x.md", first_line=1, faults=faults, lesson=lesson)
    return body, [str(fault) for fault in faults]


def sample(kind: str) -> dict[str, Any]:
    block = LessonBody().child_blocks[kind]
    return canonical_plain(kind, block.get_prep_value(block.get_preview_value()))


@pytest.mark.parametrize("kind", PLAIN)
def test_every_kind_of_practice_is_written_and_read_again_the_same(kind: str) -> None:
    body = [{"type": kind, "value": sample(kind), "id": "00000000-0000-4000-8000-0000000000aa"}]

    written = write_body(body, page=PAGE)

    assert read(written) == (body, [])
    assert write_body(read(written)[0], page=PAGE) == written


@pytest.mark.parametrize(
    "text", ["yes", "1", "a: b", "- one", "“q” 'x' \"y\"", "two\n\nparts", "# no", "{#k}", "ŵ é \xa0x"]
)
def test_any_text_of_practice_comes_back_as_it_was(text: str) -> None:
    value = {**sample("rewrite_and_compare"), "ours": text, "checks": [text, "Why?"]}
    body = [{"type": "rewrite_and_compare", "value": value, "id": "00000000-0000-4000-8000-0000000000aa"}]

    assert read(write_body(body, page=PAGE)) == (body, [])


def test_a_line_that_would_end_the_block_is_refused_and_not_cut() -> None:
    value = {**sample("rewrite_and_compare"), "ours": "a\n\n:::\n\nb"}

    with pytest.raises(CannotSay):
        write_plain("rewrite_and_compare", value)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("belongs: second", "belongs: third", "x.md, line 10: “belongs” must be one of: first, second."),
        ("first: First story", "frist: First story", "x.md, line 3: “frist” is not a field of this kind of file."),
        ("task: Which story?\n", "", "“task” is missing or is not text."),
        ("why: It looks back.", "why: 4", "“why” is missing or is not text."),
        ("{#sort-1}", "{#sort-1} extra", "x.md, line 1: nothing stands after the key of such a block"),
        ("    why: It looks back.\n", "    why: It looks back.\n    who: me\n", "“who” is not a field"),
    ],
)
def test_a_fault_in_practice_is_named_by_its_line(before: str, after: str, fault: str) -> None:
    _body, faults = read(SORT.replace(before, after))

    assert fault in "\n".join(faults)


def test_what_the_block_itself_refuses_is_a_fault_of_the_file() -> None:
    one = SORT[: SORT.index("  - words: The log")] + ":::\n"

    body, faults = read(one)

    assert (body, faults) == ([], ["x.md, line 2: The minimum number of items is 2"])


def test_practice_stands_in_lessons_only() -> None:
    body, faults = read(SORT, lesson=False)

    assert body == []
    assert faults[0].startswith("x.md, line 1: “sort-into-two” is not a kind of block")


@pytest.mark.django_db
def test_lesson_with_practice_loaded_twice_changes_nothing() -> None:
    files = changed(LESSON, "## Where it goes {#on}", f"{SORT}\n## Where it goes {{#on}}")
    load(files)
    before = LessonPage.objects.get(activity__uuid=LESSON_UUID).content_digest

    again = load(files)

    assert LessonPage.objects.get(activity__uuid=LESSON_UUID).content_digest == before
    assert (again.count(Verdict.UPDATE), again.count(Verdict.CREATE)) == (0, 0)


@pytest.mark.parametrize(
    ("path", "value", "kind", "is_what_fits"),
    [
        (("statements", 0, "why"), "It looks bakc.", Class.WORDING, False),
        (("statements", 0, "belongs"), "second", Class.SUBSTANCE, True),
        (("first",), "First storey", Class.SUBSTANCE, True),
        (("statements", 0, "why"), "It never looks back.", Class.SUBSTANCE, False),
    ],
)
@pytest.mark.django_db
def test_change_of_practice_is_of_substance_where_what_fits_changes(
    path: tuple[Any, ...], value: str, kind: Class, is_what_fits: bool
) -> None:
    body, _faults = read(SORT)
    page = lesson_page(taught_course().module_page, "Practice", "practice", body=body)
    page.save_revision().publish()
    page = LessonPage.objects.get(pk=page.pk)

    inner = page.body[0].value
    *way, last = path
    for step in way:
        inner = inner[step]
    inner[last] = value

    change = change_of(page)
    assert change is not None
    assert change.found.kind is kind
    assert ("plain" in [reason.code for reason in change.found.reasons]) is is_what_fits


def test_a_column_without_a_name_is_said_by_its_line() -> None:
    columns = 'table:\n  caption: What\n  columns: ["", Two]\n  rows:\n    - [One, Two]'

    _body, faults = read(f"::: table {{#t}}\n{columns}\nhas_row_names: true\n:::\n")

    assert faults == ["x.md, line 2: Every column has a heading of at most 60 characters."]
