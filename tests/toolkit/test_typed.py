"""What is typed loses the letters nobody sees, and nothing else."""

import pytest
from toolkit.typed import typed_line, typed_text, without_hidden

HIDDEN = [chr(one) for one in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x61C)]
HIDDEN += ["\N{ZERO WIDTH NO-BREAK SPACE}", "\N{WORD JOINER}", "\N{SOFT HYPHEN}", "\N{TAG LATIN SMALL LETTER A}"]
HIDDEN += ["\N{HANGUL FILLER}", "\N{BRAILLE PATTERN BLANK}", "\N{COMBINING GRAPHEME JOINER}", "\ue000"]


@pytest.mark.parametrize("hidden", [*HIDDEN, "\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"])
def test_hidden_letter_goes_from_lines_and_texts(hidden: str) -> None:
    typed = f"Si{hidden}ân {hidden}Jones"

    cleaned = without_hidden(typed), typed_line(typed), typed_text(typed)

    assert cleaned == ("Siân Jones",) * 3


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ufdd0", "\uffff"])
def test_control_characters_go(control: str) -> None:
    typed = f"Siân{control} Jones"

    cleaned = typed_line(typed), typed_text(typed)

    assert cleaned == ("Siân Jones", "Siân Jones")


@pytest.mark.parametrize(
    "typed",
    [
        "Siân Jones",
        "Ŵ Ŷ ŵ ŷ ẃ",
        "O’Neill-Smith, J.R.R.",
        "مریم می\N{ZERO WIDTH NON-JOINER}خواهد",
        "क्\N{ZERO WIDTH JOINER}ष",
        "👩\N{ZERO WIDTH JOINER}👧",
        "李明",
        "e\N{COMBINING ACUTE ACCENT}",
    ],
)
def test_what_can_be_seen_stays_as_it_was_typed(typed: str) -> None:
    cleaned = typed_line(typed), typed_text(typed)

    assert cleaned == (typed, typed)


def test_text_keeps_its_lines_and_a_line_does_not() -> None:
    typed = "One\r\ntwo\t three\rfour\u2028five"

    cleaned = typed_text(typed), typed_line(typed)

    assert cleaned == ("One\ntwo  three\nfour five", "One two three four five")
