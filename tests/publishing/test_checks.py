"""What each publish check finds, in tables; and that it finds nothing where nothing is missing."""

from dataclasses import replace
from datetime import date

import pytest

from publishing.checks import Draft, Link, Piece, Weight, findings_in
from publishing.checks.notice import words_of_harm
from publishing.checks.reading_age import reading_age, syllables_in

TODAY = date(2026, 11, 26)
HEADING = Piece("a", "section", "Where it starts", "Where it starts")
TEXT = Piece("b", "text", "The worker rang twice.", "Where it starts")
WHOLE = Draft(
    language="en", today=TODAY, title="Handovers", lead="A lead.", pieces=(HEADING, TEXT), audience=("all",),
    review_due=date(2028, 11, 26), has_review=True, checked_by="Ann Lee", is_checked=True,
)  # fmt: skip
PLAIN = "The worker rang the aunt. She did not pick up. He rang the aunt again at four. " * 10
DENSE = (
    "Multidisciplinary organisational considerations necessitate comprehensive professional deliberation concerning "
    "institutional accountability arrangements notwithstanding operational contingencies "
) * 10


def codes(draft: Draft) -> list[str]:
    return [finding.code for finding in findings_in(draft)]


def linking(words: str, *, state: str = "live", language: str = "en") -> Draft:
    link = Link(words, "/somewhere/", state)
    return replace(WHOLE, language=language, pieces=(HEADING, replace(TEXT, links=(link,))))


def test_page_that_lacks_nothing_has_no_finding() -> None:
    whole = replace(linking("Hindsight in ten minutes"), poster_alt="A kitchen with a red book")

    found = findings_in(whole)

    assert found == []


@pytest.mark.parametrize(
    ("draft", "code", "weight"),
    [
        (replace(WHOLE, poster_alt=" "), "alternative_text", Weight.GATE),
        (replace(WHOLE, poster_alt="IMG_2041.JPG"), "alternative_text", Weight.GATE),
        (replace(WHOLE, pieces=(Piece("p", "picture", "", alt=" "),)), "alternative_text", Weight.GATE),
        (replace(WHOLE, pieces=(Piece("p", "picture", "", alt="scan 12.png"),)), "alternative_text", Weight.GATE),
        (replace(WHOLE, audience=()), "audience", Weight.GATE),
        (replace(WHOLE, review_due=None), "review", Weight.GATE),
        (replace(WHOLE, review_due=date(2026, 11, 25)), "review", Weight.GATE),
        (replace(WHOLE, checked_by=""), "checked_by", Weight.GATE),
        (replace(WHOLE, is_checked=False), "checked_before", Weight.ADVICE),
        (replace(WHOLE, notice=3), "notice_level", Weight.GATE),
        (replace(WHOLE, lead="A boy was bruised."), "notice_missing", Weight.GATE),
        (replace(WHOLE, film_gaps=(("captions", "Add captions."),)), "film", Weight.ALWAYS),
        (replace(WHOLE, pieces=(Piece("f", "embedded_film", " "),)), "film_transcript", Weight.ALWAYS),
        (replace(WHOLE, pieces=(HEADING,)), "heading_empty", Weight.GATE),
        (replace(WHOLE, pieces=(HEADING, HEADING, TEXT)), "heading_empty", Weight.GATE),
        (replace(WHOLE, pieces=(replace(TEXT, words="word " * 401),)), "headings_none", Weight.GATE),
        (replace(WHOLE, pieces=(replace(TEXT, words=DENSE),)), "reading_age", Weight.ADVICE),
        (replace(WHOLE, other_links=(Link("", "/gone/", "gone"),)), "link_gone", Weight.GATE),
        (linking("The guide", state="gone"), "link_gone", Weight.GATE),
        (linking("The guide", state="draft"), "link_draft", Weight.GATE),
    ],
)
def test_what_is_missing_is_found_with_its_weight(draft: Draft, code: str, weight: Weight) -> None:
    found = findings_in(draft)

    assert (code, weight) in {(one.code, one.weight) for one in found}
    assert all(one.sentence.endswith((".", "”")) for one in found)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(WHOLE, audience=None), "audience"),
        (replace(WHOLE, has_review=False, review_due=None), "review"),
        (replace(WHOLE, review_due=TODAY), "review"),
        (replace(WHOLE, lead="A boy was bruised.", notice=1), "notice_missing"),
        (replace(WHOLE, pieces=(replace(TEXT, words="word " * 400),)), "headings_none"),
        (replace(WHOLE, pieces=(replace(TEXT, words=PLAIN),)), "reading_age"),
        (replace(WHOLE, language="cy", pieces=(replace(TEXT, words=DENSE),)), "reading_age"),
        (replace(WHOLE, pieces=(Piece("f", "embedded_film", "0:00 [A kitchen.]"),)), "film_transcript"),
        (linking("The law", state="outside"), "link_gone"),
    ],
)
def test_what_is_just_enough_or_does_not_apply_is_not_found(draft: Draft, code: str) -> None:
    found = codes(draft)

    assert code not in found


@pytest.mark.parametrize(
    ("words", "language", "is_vague"),
    [
        ("here", "en", True),
        ("Click here!", "en", True),
        ("Read  more…", "en", True),
        (" ", "en", True),
        ("https://example.org/a", "en", True),
        ("www.example.org", "en", True),
        ("yma", "cy", True),
        ("Darllenwch fwy.", "cy", True),
        ("yma", "en", False),
        ("Read more about handovers", "en", False),
        ("Here and now", "en", False),
        ("Statutory guidance 2023", "en", False),
    ],
)
def test_link_words_say_where_they_lead(words: str, language: str, is_vague: bool) -> None:
    found = codes(linking(words, language=language))

    assert ("link_words" in found) is is_vague


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("He was neglected, and abuse followed.", "en", ["neglected", "abuse"]),
        ("Suicidal thoughts; self-harm.", "en", ["Suicidal", "self-harm"]),
        ("The overdose was missed.", "en", ["overdose"]),
        ("A negligible cost; grapes; skills; the disabused reader.", "en", []),
        ("Cafodd ei gam-drin a'i esgeuluso.", "cy", ["gam-drin", "esgeuluso"]),
    ],
)
def test_words_of_harm_are_whole_words(text: str, language: str, found: list[str]) -> None:
    draft = Draft(language=language, today=TODAY, lead=text)

    assert words_of_harm(draft) == found


@pytest.mark.parametrize(
    ("word", "count"), [("note", 1), ("table", 2), ("worker", 2), ("aunt", 1), ("committee", 3), ("rhythm", 1)]
)
def test_syllables_are_about_right(word: str, count: int) -> None:
    assert syllables_in(word) == count


def test_reading_age_rises_with_long_words_and_is_not_told_of_a_short_text() -> None:
    easy, hard, short = reading_age(PLAIN), reading_age(DENSE), reading_age("Too short to tell.")

    assert easy is not None
    assert hard is not None
    assert (easy < 10, hard > 20, short) == (True, True, None)


def test_same_fault_twice_in_a_block_is_told_apart_and_says_where() -> None:
    twice = (Link("here", "/a/", "live"), Link("here", "/b/", "live"))

    found = findings_in(replace(WHOLE, pieces=(HEADING, replace(TEXT, links=twice))))

    assert len({one.key for one in found}) == 2
    assert {(one.where, one.anchor) for one in found} == {("Where it starts", "block-b-section")}
