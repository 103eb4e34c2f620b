"""The chapters of a film: how editors write them, how they are kept, and what is refused."""

import pytest

from media.chapters import Chapter, chapter_at, kept, read_chapters, read_written, written
from media.remarks import BadText

CHAPTERS = [Chapter(0.0, "Two headlines"), Chapter(60.0, "A visit: the first"), Chapter(3723.0, "Four messages")]
WRITTEN = "0:00 Two headlines\n1:00 A visit: the first\n1:02:03 Four messages"


def faults_of(read, value):
    with pytest.raises(BadText) as refused:
        read(value)
    return [str(fault) for fault in refused.value.faults]


def test_what_editors_write_and_what_is_kept_say_the_same():
    assert (written(CHAPTERS), read_written(f"\n{WRITTEN}\n")) == (WRITTEN, CHAPTERS)
    assert read_chapters(kept(CHAPTERS)) == CHAPTERS


@pytest.mark.parametrize("line", ["Two headlines", "0:61 x", "1:00", f"1:00 {'x' * 121}"])
def test_line_that_is_no_chapter_is_named_by_its_number(line):
    fault = "Line 2: write the moment and a short title: 1:00 Two headlines."

    assert faults_of(read_written, f"0:00 First\n{line}") == [fault]


def test_chapter_that_does_not_come_after_the_one_above_is_named():
    text = "0:00 First\n1:00 Second\n1:00 Third"

    assert faults_of(read_written, text) == ["Line 3: this chapter does not begin after the one above."]


def test_too_many_chapters_are_refused():
    text = "\n".join(f"{minute}:00 Part" for minute in range(61))

    assert faults_of(read_written, text) == ["A film has at most 60 chapters."]


@pytest.mark.parametrize(
    "value",
    ["x", ["x"], [{"at": 0}], [{"at": "0", "title": "x"}], [{"at": -1, "title": "x"}], [{"at": 0, "title": " "}],
     [{"at": True, "title": "x"}], [{"at": 0, "title": "x", "more": 1}]],
)  # fmt: skip
def test_kept_form_that_is_damaged_is_refused(value):
    assert faults_of(read_chapters, value) == ["Chapters are a list, each with “at” in seconds and a title."]


@pytest.mark.parametrize(("moment", "place"), [(0, 0), (59.9, 0), (60, 1), (9999, 2)])
def test_chapter_of_a_moment_is_the_last_that_has_begun(moment, place):
    assert chapter_at(CHAPTERS, moment) == place


def test_moment_before_the_first_chapter_has_none():
    assert chapter_at(CHAPTERS[1:], 3) is None
