"""A film as text: how editors write it, how it is kept, and what is said of a line that cannot be read."""

import pytest

from media.remarks import BadText
from media.transcripts import Line, finds, kept, line_at, read_lines, read_written, written

LINES = [
    Line(0.0, "visual", "A kitchen: a table, two chairs."),
    Line(12.4, "speech", "She said: come in.", "Health visitor"),
    Line(3723.0, "speech", "The end.", "Narrator"),
]
WRITTEN = """0:00 [A kitchen: a table, two chairs.]
0:12.4 Health visitor: She said: come in.
1:02:03 Narrator: The end."""


def faults_of(read, value):
    with pytest.raises(BadText) as refused:
        read(value)
    return [str(fault) for fault in refused.value.faults]


def test_what_editors_write_and_what_is_kept_say_the_same():
    assert (written(LINES), read_written(WRITTEN)) == (WRITTEN, LINES)
    assert read_lines(kept(LINES)) == LINES


def test_empty_lines_and_space_around_are_passed_over():
    assert read_written("\r\n\n   0:01   Narrator:  Hello. \n\n") == [Line(1.0, "speech", "Hello.", "Narrator")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Narrator: no time", "begin with the moment, such as 0:12."),
        ("0:61 Narrator: x", "begin with the moment, such as 0:12."),
        ("0:12", "begin with the moment, such as 0:12."),
        ("0:12 nobody says this", "say who speaks (0:12 Narrator: …), or put what is seen in square brackets."),
        ("0:12 Narrator:", "say who speaks (0:12 Narrator: …), or put what is seen in square brackets."),
        (f"0:12 Narrator: {'x' * 1000}", "this line is longer than 1000 characters."),
    ],
)
def test_line_that_cannot_be_read_is_named_by_its_number(line, fault):
    text = f"0:00 [A kitchen.]\n\n{line}\n0:13 nobody"

    assert faults_of(read_written, text)[0] == f"Line 3: {fault}"
    assert len(faults_of(read_written, text)) == 2


def test_line_that_goes_back_in_time_is_named():
    text = "0:10 A: x\n0:05 B: y\n0:10 C: z"

    assert faults_of(read_written, text) == ["Line 2: this moment lies before that of the line above."]


def test_more_lines_than_a_film_has_are_refused():
    text = "\n".join(f"0:00 A: {number}" for number in range(2001))

    assert faults_of(read_written, text) == ["A transcript has at most 2000 lines."]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("text", "A transcript is a list of lines."),
        (["x"], "Line 1: a line has “at”, “kind”, “text” and, for speech, “speaker”."),
        ([{"at": 0, "kind": "visual", "text": "x", "extra": 1}],
         "Line 1: a line has “at”, “kind”, “text” and, for speech, “speaker”."),
        ([{"kind": "visual", "text": "x"}], "Line 1: “at” is the moment in seconds from the beginning."),
        ([{"at": -1, "kind": "visual", "text": "x"}], "Line 1: “at” is the moment in seconds from the beginning."),
        ([{"at": True, "kind": "visual", "text": "x"}], "Line 1: “at” is the moment in seconds from the beginning."),
        ([{"at": 0, "kind": "song", "text": "x"}], "Line 1: “kind” is “speech” or “visual”."),
        ([{"at": 0, "kind": "visual", "text": " "}], "Line 1: “text” is missing or longer than 1000 characters."),
        ([{"at": 0, "kind": "speech", "text": "x"}], "Line 1: speech says who speaks; what is seen does not."),
        ([{"at": 0, "kind": "visual", "text": "x", "speaker": "A"}],
         "Line 1: speech says who speaks; what is seen does not."),
        ([{"at": 0, "kind": "speech", "text": "x", "speaker": "A" * 61}],
         "Line 1: “speaker” is a name of at most 60 characters."),
        ([{"at": 5, "kind": "visual", "text": "x"}, {"at": 4, "kind": "visual", "text": "y"}],
         "Line 2: this moment lies before that of the line above."),
    ],
)  # fmt: skip
def test_kept_form_that_is_damaged_is_refused(value, fault):
    assert faults_of(read_lines, value) == [fault]


@pytest.mark.parametrize(("moment", "place"), [(0, 0), (12.3, 0), (12.4, 1), (9999, 2)])
def test_line_of_a_moment_is_the_last_that_has_begun(moment, place):
    assert line_at(LINES, moment) == place


def test_moment_before_the_first_line_has_none():
    assert line_at(LINES[1:], 3) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [("kitchen", True), ("CHAIRS kitchen", True), ("kitchen door", False), ("", True), ("ty gwyn", False)],
)
def test_search_finds_all_the_words_in_any_order(words, found):
    assert finds(LINES[0], words) is found


@pytest.mark.parametrize("words", ["Tŷ Gŵyn", "ty gwyn", "GWYN", "ceri"])
def test_search_finds_welsh_letters_written_plainly_and_the_speaker(words):
    assert finds(Line(0, "speech", "Yn Tŷ Gŵyn.", "Ceri"), words)
