# ruff: noqa: E501
"""A bad file is refused by name and line, all faults at once, and nothing is changed."""

import pytest

from publishing.faults import BadContent
from publishing.loader import load
from publishing.models import LoadedFile
from publishing.package import read_package
from tests.publishing.parcel import (
    HOME,
    ITEM,
    LESSON,
    LESSON_UUID,
    QUIZ,
    REQUIREMENTS,
    SECOND_ITEM,
    SOURCES,
    changed,
    parcel,
    write_folder,
)

pytestmark = pytest.mark.django_db

NO_KEY = "has no {#key}; a section or block needs one that never changes."
FORCED = "holds a forced line break or another mark that cannot be kept."

BAD = [
    # -- fields
    (LESSON, "title: First lesson", "title: [First", "line 5: is not good YAML: expected ',' or ']', but got ':'."),
    (LESSON, "title: First lesson", "title:", "line 4: “title” is missing or is not text."),
    (LESSON, "title: First lesson", "title: 12", "line 4: “title” is missing or is not text."),
    (LESSON, "title: First lesson", "title: " + "x" * 251, "line 4: “title” is longer than 250 characters."),
    (LESSON, "title: First lesson", "title: a\nbadge: gold", "line 5: “badge” is not a field of this kind of file."),
    (LESSON, "title: First lesson", "title: a\ntitle: b", "line 5: is not good YAML: “title” is given twice."),
    (LESSON, f"uuid: {LESSON_UUID}", "uuid: 1234", "line 2: “uuid” is missing or is not a UUID."),
    (LESSON, "slug: first", "slug: First Lesson", "line 3: “slug” may hold only lower-case letters, digits and hyphens."),
    (LESSON, "content_notice: 0", "content_notice: 3", "line 6: “content_notice” must be a whole number from 0 to 2."),
    (LESSON, "content_notice: 0", "content_notice: yes", "line 6: “content_notice” must be a whole number from 0 to 2."),
    (LESSON, "content_notice: 0", "content_notice: 1", "line 7: a content notice says what it is about."),
    (LESSON, "drafted_on: 2026-11-22", "drafted_on: soon", "line 9: “drafted_on” must be a date such as 2026-11-22."),
    (LESSON, "drafted_on: 2026-11-22", "drafted_on:", "line 9: “drafted_on” must be a date such as 2026-11-22."),
    (LESSON, "checked_by:", "checked_by: Somebody", "line 10: “checked_by” and “checked_on” go together."),
    (LESSON, "sources: [guide]", "sources: guide", "line 12: “sources” must be a list of words."),
    (LESSON, "sources: [guide]", "sources: [atlas]", "names the source “atlas”, which is nowhere."),
    (LESSON, "---\nuuid", "uuid", "line 1: must begin with fields between two lines of “---”."),
    # -- text
    (LESSON, "The end.", "The <b>end</b>.", "line 32: holds HTML; write **strong**, *emphasis* and [links](https://…)."),
    (LESSON, "The end.", "<div>end</div>", "line 32: holds HTML; write **strong**, *emphasis* and [links](https://…)."),
    (LESSON, "- two", "- two" + "".join("\n" + "  " * deep + "- x" for deep in range(1, 6)), "line 25: holds lists inside lists too deep; lists have five levels at most."),
    (LESSON, "- two", "- two\n\n  and", "line 22: holds two paragraphs in one item of a list."),
    (LESSON, "https://example.org/a?b=1&c=2", "javascript:alert(1)", "line 17: links to “javascript:alert(1)”; a link starts with https://, http:// or mailto:, or is an address on this site such as /glossary/finding/."),
    (LESSON, "https://example.org/a?b=1&c=2", "//example.org/", "line 17: links to “//example.org/”; a link starts with https://, http:// or mailto:, or is an address on this site such as /glossary/finding/."),
    (LESSON, "https://example.org/a?b=1&c=2", "/a/../b/", "line 17: links to “/a/../b/”; a link starts with"),
    (LESSON, "https://example.org/a?b=1&c=2", "/glossary/nowhere/", "links to the glossary's “nowhere”, which is no term."),
    (LESSON, "The end.", "![x](https://a.org/b.png)", "line 32: holds an image; content/README.md says where a picture may stand, and how."),
    (LESSON, "The end.", "one  \ntwo", f"line 32: {FORCED}"),
    (LESSON, "The end.", "    code", "line 32: holds a code block (a line indented by four spaces)."),
    (LESSON, "The end.", "```\ncode\n```", "line 32: holds a code block."),
    (LESSON, "The end.", "> said", "line 32: holds a block quotation: use “::: quotation {#key} Who said it”."),
    (LESSON, "The end.", "one\n\n***", "line 34: holds a rule."),
    (LESSON, "The end.", "### Deeper", "line 32: holds a heading inside the text: sections start with “## Heading {#key}”, and there are no others."),
    (LESSON, "The end.", "x" * 21_000, "line 31: This text is too long for one block (over 20 KB). Split it in two."),
    (LESSON, "## Where it goes {#on}", "## Where it goes", f"line 30: {NO_KEY}"),
    (LESSON, "::: key-point {#kp-1}", "::: key-point", f"line 22: {NO_KEY}"),
    (LESSON, "{#on}", "{#start}", "line 30: the key “start” is used twice in this file."),
    (LESSON, "::: key-point", "::: joke", "line 22: “joke” is not a kind of block (there are: drawn-list, embedded-film, key-point, legal-statement, mark-the-words, picture, quotation, rate-reveal-rate, reflection, rewrite-and-compare, sort-into-two, table, term, text)."),
    (LESSON, "The end.", "::: legal-statement {#law-1}\nkey: nowhere\n:::", "places the legal statement “nowhere”, which is nowhere."),
    (LESSON, "What they said.\n:::", "What they said.", "line 26: opens a block that is never closed with “:::”."),
    (LESSON, "What they said.\n", "", "line 26: this block is empty."),
    (LESSON, " A worker, invented", "", "line 26: a quotation says who spoke, after its key."),
    # -- between files
    (ITEM, "outcome: LO1.1", "outcome: LO9.9", "tests LO9.9, which no module of this course teaches."),
    (REQUIREMENTS, "thresholds: {}", "thresholds: {outcome_floor_share: 60/100}", "a floor on learning outcomes is “outcome_floor_share”, such as 60/100, and “outcome_floor_items”."),
    (REQUIREMENTS, "thresholds: {}", "thresholds: [5]", "a floor on learning outcomes is"),
    (QUIZ, "LO1.1: 2", "LO1.1: 3", "draws 3 questions on LO1.1, and the bank holds 2."),
    (QUIZ, "LO1.1: 2", "LO7.1: 2", "draws 2 questions on LO7.1, and the bank holds 0."),
    (QUIZ, "LO1.1: 2", "LO1.1: 0", "line 11: “LO1.1” must be a whole number from 1 to 50."),
    (QUIZ, 'pass_share: "7/10"', "pass_share: 0.7", "line 4: “pass_share” must be a share written as a fraction, such as 70/100."),
    (REQUIREMENTS, LESSON_UUID, "00000000-0000-4000-8000-0000000000ff", "asks for the activity 00000000-0000-4000-8000-0000000000ff, which is nowhere."),
    (REQUIREMENTS, "kind: module", "kind: trophy", "line 14: “trophy” is not a kind of achievement"),
    (REQUIREMENTS, "requires: module-1", "requires: module-2", "line 13: an achievement has the key of the requirement set it asks for."),
    (SOURCES, "- key: guide\n", "- key: guide\n  colour: red\n", "line 2: “colour” is not a field of this kind of file."),
    (SOURCES, "  note: Read in November.\n", "  note: Read in November.\n- key: guide\n  title: Again\n", "the source “guide” stands here twice."),
    (SOURCES, "  nation: england\n", "", "line 1: “nation” is missing or is not text."),
    (SOURCES, "nation: england", "nation: mars", "line 7: “mars” is not a nation here (there are: uk, england,"),
    (SOURCES, "year: 2008", "year: soon", "line 5: “year” must be a whole number from 1800 to 2200."),
    (SOURCES, "authors: [Ann Author]", "authors: Ann Author", "line 4: “authors” must be a list of words."),
    # -- questions
    (ITEM, "answer: [b]", "answer: [z]", "line 4: the answer names a choice that is not there: z."),
    (ITEM, "answer: [b]", "answer: [a, b]", "line 4: a single-choice item has exactly one answer."),
    (ITEM, "kind: single_choice", "kind: essay", "line 2: “essay” is not a kind of question"),
    (ITEM, "      explanation: Because the second is so.\n", "", "“explanation” is missing or is not text."),
    (ITEM, "    b:\n", "    a:\n", "line 16: is not good YAML: “a” is given twice."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "sentence"), BAD, ids=lambda value: str(value)[:28])
def test_a_bad_file_is_refused_by_name_and_line_and_changes_nothing(path, old, new, sentence):
    texts = changed(path, old, new) if parcel()[path].count(old) == 1 else _first_changed(path, old, new)

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert path in {fault.path for fault in refused.value.faults}
    assert any(sentence in str(fault) for fault in refused.value.faults), str(refused.value)
    assert LoadedFile.objects.count() == 0


def _first_changed(path, old, new):
    texts = parcel()
    return {**texts, path: texts[path].replace(old, new, 1)}


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ("courses/small/m1/notes.md", "is not a file this loader knows; see content/README.md for where things lie."),
        ("courses/small/m2/01-lost.md", "has no module.md beside it, and its module is not on the site."),
    ],
)
def test_a_file_that_belongs_nowhere_is_refused(extra, sentence):
    texts = parcel()
    other = texts[LESSON].replace(LESSON_UUID, "00000000-0000-4000-8000-0000000000aa")

    with pytest.raises(BadContent) as refused:
        load({**texts, extra: other})

    assert [(fault.path, fault.line, fault.sentence) for fault in refused.value.faults] == [(extra, 0, sentence)]
    assert LoadedFile.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "copy"), [(LESSON, "courses/small/m1/02-second.md"), (ITEM, "courses/small/m1/items/again.yaml")]
)
def test_two_files_of_one_identifier_are_refused(path, copy):
    texts = parcel()

    with pytest.raises(BadContent) as refused:
        load({**texts, copy: texts[path]})

    assert [(fault.path, fault.sentence) for fault in refused.value.faults] == [
        (copy, f"has the same identifier as {path}.")
    ]
    assert LoadedFile.objects.count() == 0


def test_an_item_without_a_quiz_for_its_module_belongs_to_no_bank():
    texts = {path: text for path, text in parcel().items() if path not in (QUIZ, REQUIREMENTS)}

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert [(fault.path, fault.sentence) for fault in refused.value.faults] == [
        (path, "belongs to no bank: there is no assessment.yaml for its module.") for path in (ITEM, SECOND_ITEM)
    ]


def test_a_sealed_requirement_set_is_not_changed_from_a_file():
    load(parcel())
    before = list(LoadedFile.objects.order_by("pk").values())
    texts = parcel()
    texts[REQUIREMENTS] = texts[REQUIREMENTS].replace('pass_share: "7/10"', 'pass_share: "6/10"')

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert str(refused.value) == (
        f"{REQUIREMENTS}: changes the requirement set “module-1” version 1, which learners may be pinned to. "
        "Give the change a new version number."
    )
    assert list(LoadedFile.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("path", [HOME, LESSON, QUIZ, ITEM, REQUIREMENTS, SOURCES])
@pytest.mark.parametrize(
    "text", ["", "---\n", "---\n---\n", "just words", "- a\n- b\n", "a: &a [*a]", "\x00", "{}", "[[[[["]
)
def test_no_file_however_odd_breaks_the_loader(path, text):
    texts = {**parcel(), path: text}

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert path in {fault.path for fault in refused.value.faults}
    assert LoadedFile.objects.count() == 0


def test_a_bomb_of_aliases_is_refused_by_its_line():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [" + ", ".join([f"*{chr(ord(name) - 1)}"] * 9) + "]\n" for name in "bcdefghi"
    )

    with pytest.raises(BadContent) as refused:
        load({**parcel(), ITEM: bomb})

    assert [str(fault) for fault in refused.value.faults if fault.path == ITEM] == [
        f"{ITEM}, line 2: is not good YAML: an alias (*name); write the words out."
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "drafted_on: 2026-11-22",
            "drafted_on: 2026-11-22 10:00:00",
            "“drafted_on” must be a date such as 2026-11-22.",
        ),
        ("drafted_by: The project", f"drafted_by: {'x' * 151}", "“drafted_by” is longer than 150 characters."),
        ("title: First lesson", "title: " + "[" * 5_000, "is not good YAML"),
    ],
    ids=["moment for a day", "very long name", "deep nesting"],
)
def test_odd_fields_are_refused_in_words(old, new, sentence):
    texts = parcel()
    assert old in texts[LESSON]
    texts[LESSON] = texts[LESSON].replace(old, new, 1)

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert any(sentence in str(fault) for fault in refused.value.faults), str(refused.value)
    assert LoadedFile.objects.count() == 0


def test_what_only_the_database_can_refuse_names_its_file_and_undoes_the_load():
    texts = parcel()
    second = texts[LESSON].replace(LESSON_UUID, "00000000-0000-4000-8000-0000000000aa")
    texts["courses/small/m1/02-second.md"] = second  # the same slug as its neighbour

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert [fault.path for fault in refused.value.faults] == ["courses/small/m1/02-second.md"]
    assert "cannot be written to the site" in str(refused.value)
    assert LoadedFile.objects.count() == 0


def test_windows_line_ends_in_a_text_handed_over_by_a_package_load_the_same(tmp_path):
    folder = write_folder(tmp_path, {path: text.replace("\n", "\r\n") for path, text in parcel().items()})

    texts = read_package(folder)

    assert texts == parcel()
