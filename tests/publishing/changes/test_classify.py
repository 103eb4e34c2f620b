"""Wording or substance: tables of changes, the hostile ones among them, and what must hold of every change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.changes import Class, Found, Passage, Version, classify
from publishing.changes.sentences import sentence
from publishing.changes.signs import NEGATIONS, WELSH_NEGATIONS

LONG = "The group met and looked at what had been written down by the people who were there."


def version(*texts: str, language: str = "en", kind: str = "text") -> Version:
    return Version(language, tuple(Passage(str(number), kind, (text,)) for number, text in enumerate(texts)))


def change(before: str, after: str, language: str = "en") -> Found:
    return classify(version(before, language=language), version(after, language=language))


def codes(found: Found) -> set[str]:
    return {reason.code for reason in found.reasons}


WORDING = [
    ("She was in refferal meetings.", "She was in referral meetings."),
    ("Teh group looked at the file.", "The group looked at the file."),
    ("They said its clear.", "They said it's clear."),
    ("They said it's clear.", "They said it’s clear."),
    ("We don't know.", "We don’t know."),
    ("a follow-up visit", "a followup visit"),
    ("a follow-up visit", "a follow‑up visit"),
    ("Staff  met often", "Staff met often"),
    ("the file was also read", "the file was read also"),
    ("It was plain to see.", "It was clear to see"),
    ("One, two and three. the group met", "One, two and three. The group met"),
    ("<p>Plain words here.</p>", "<p>Plain <b>words</b> here.</p>"),
    ("<p>Plain <strong>words</strong></p>", '<p data-block-key="a">Plain <b>words</b></p>'),
    ("seven years of teh work", "seven years of the work"),
]


@pytest.mark.parametrize(("before", "after"), WORDING)
def test_few_words_without_weight_are_wording(before: str, after: str) -> None:
    found = change(before, after)

    assert (found.kind, found.reasons) == (Class.WORDING, ())


SUBSTANCE = [
    ("within 12 days", "within 14 days", "number"),
    ("in 1,200 cases", "in 1.200 cases", "number"),
    ("it cost £5", "it cost 5", "number"),
    ("a fall of 5", "a fall of -5", "number"),
    ("a fall of 5%", "a fall of 5", "number"),
    ("two of them met", "three of them met", "number"),
    ("a two-year plan", "a ten-year plan", "number"),
    ("the second visit", "the visit", "number"),
    ("half of them", "both of them", "number"),
    ("x² of it", "x³ of it", "number"),
    ("it began in July there", "it began in June there", "date"),
    ("the next week", "the next month", "date"),
    ("seen daily by staff", "seen by staff", "date"),
    ("then Ann went", "then Anne went", "name"),
    ("then ann went", "then Ann went", "name"),
    ("Ann and others went.", "Anne and others went.", "name"),
    ("Ann saw it and others went.", "saw it and others went.", "name"),
    ("the police went", "the Police went", "name"),
    ("it did not matter", "it did now matter", "negation"),
    ("it was no longer kept", "it was longer kept", "negation"),
    ("it was longer kept", "it was no longer kept", "negation"),
    ("they can go", "they cannot go", "negation"),
    ("they do go", "they don’t go", "negation"),
    ("they cant go", "they can't go", "negation"),
    ("seen with them", "seen without them", "negation"),
    ("it was safe", "it was unsafe", "negation"),
    ("a harmful act", "a harmless act", "negation"),
    ("a non-accidental fall", "an accidental fall", "negation"),
    ("nothing was not said here", "nothing was said not here", "moved"),
    ("the red one of 12 there", "the one of 12 red there", "moved"),
    ("he can now here", "he can nowhere", "negation"),
    ("they go", "they n<b>ot</b> go", "negation"),
    ("they go", "they no\u200bt go", "negation"),
    ("they go", "they ｎｏｔ go", "negation"),
    ("they go", "they n\u043et go", "foreign"),
    ("they go there", "they g\u043e there", "foreign"),
    ("they go there", "they go \u202ethere", "hidden"),
    ("it must be read", "it may be read", "duty"),
    ("seen by staff", "seen only by staff", "duty"),
    ('<a href="/one/">the list</a>', '<a href="/two/">the list</a>', "link"),
    ('<a href="/one/">the list</a>', '<a href="/one/">a list</a>', "link"),
    ('<a href="/one/">the list</a>', "the list", "link"),
    ("<p>plain words</p>", "<p>plain</p><p>words</p>", "layout"),
    ("<p>plain words</p>", "<ul><li>plain words</li></ul>", "layout"),
    ("<p>a b</p><p>c</p>", "<p>a</p><p>b c</p>", "layout"),
    (LONG, " ".join(reversed(LONG.split())), "many"),
]


@pytest.mark.parametrize(("before", "after", "why"), SUBSTANCE)
def test_change_of_weight_is_substance_and_says_why(before: str, after: str, why: str) -> None:
    found = change(before, after)

    assert found.kind is Class.SUBSTANCE
    assert why in codes(found)


WELSH = [
    ("mae hi yno", "dydy hi yno", "negation"),
    ("mae hi yno", "mae hi ddim yno", "negation"),
    ("gwyddys fod", "nid gwyddys fod", "negation"),
    ("gyda chymorth", "heb gymorth", "negation"),
    ("gwell na hyn", "gwell hyn", "negation"),
    ("doedd neb yno", "doedd pawb yno", "negation"),
    ("dau blentyn", "tri phlentyn", "number"),
    ("y ddau blentyn", "y plentyn", "number"),
    ("ym mis ionawr yno", "ym mis chwefror yno", "date"),
    ("bob wythnos yno", "yno", "date"),
    ("rhaid mynd", "mynd", "duty"),
    ("aeth i Gaerdydd", "aeth i Gaernarfon", "name"),
]


@pytest.mark.parametrize(("before", "after", "why"), WELSH)
def test_welsh_change_of_weight_is_substance(before: str, after: str, why: str) -> None:
    found = change(before, after, "cy")

    assert found.kind is Class.SUBSTANCE
    assert why in codes(found)


@pytest.mark.parametrize(
    ("before", "after"), [("gwaeth y plant", "gwaith y plant"), ("a'r teulu hyn", "a’r teulu hwn")]
)
def test_welsh_spelling_is_wording(before: str, after: str) -> None:
    found = change(before, after, "cy")

    assert (found.kind, found.reasons) == (Class.WORDING, ())


def test_welsh_word_on_an_english_page_is_a_word() -> None:
    found = change("a cup for un of them", "a cup for on of them")

    assert found.kind is Class.WORDING


def test_reason_names_what_became_what() -> None:
    found = change("It took 12 steps.", "It took 14 steps.")

    assert [(one.code, one.before, one.after) for one in found.reasons] == [("number", "12", "14")]


def test_blocks_that_came_went_or_moved_are_substance() -> None:
    one, two, three = (Passage(name, "text", (f"<p>{name} words</p>",)) for name in ("first", "other", "last"))
    live = Version("en", (one, two))

    added, gone, moved = (classify(live, Version("en", now)) for now in ((one, two, three), (one,), (two, one)))

    assert [codes(found) for found in (added, gone, moved)] == [{"block_added"}, {"block_gone"}, {"blocks_moved"}]


@pytest.mark.parametrize("code", ["heading", "key_point", "speaker", "notice"])
def test_what_is_fixed_is_substance_however_small(code: str) -> None:
    live, draft = (
        Version("en", (Passage("a", "text", ("Words.",), ((code, value),)),)) for value in ("Teh file", "The file")
    )

    found = classify(live, draft)

    assert (found.kind, codes(found)) == (Class.SUBSTANCE, {code})


def test_earlier_changes_that_nobody_looked_at_add_up() -> None:
    before, after = version("a plian and smiple file"), version("a plain and simple file")

    alone, added = classify(before, after), classify(before, after, words_before=8)

    assert (alone.kind, alone.words) == (Class.WORDING, 2)
    assert (added.kind, codes(added)) == (Class.SUBSTANCE, {"many"})
    assert [sentence(one) for one in added.reasons] == [
        "10 words changed since somebody else last looked, earlier changes included."
    ]


def test_sentence_names_the_number_and_not_the_words_around_it() -> None:
    found = classify(version("a Single Review of the old kind in it"), version("a new name in it"))

    assert [sentence(one) for one in found.reasons] == ["The number “Single” was taken out."]


def test_many_words_of_one_change_are_counted_without_talk_of_earlier_ones() -> None:
    found = classify(version(LONG), version(" ".join(reversed(LONG.split()))))

    assert "earlier" not in " ".join(sentence(one) for one in found.reasons)


PLAIN = ["some", "plain", "words", "of", "the", "file", "that", "people", "read", "and", "wrote"]
words = st.lists(st.sampled_from(PLAIN), max_size=30)


@given(st.lists(words.map(" ".join), max_size=4), st.sampled_from(["en", "cy"]))
def test_equal_versions_are_no_change(texts: list[str], language: str) -> None:
    live, draft = version(*texts, language=language), version(*texts, language=language)

    found = classify(live, draft)

    assert found == Found(Class.NONE)


@given(words, st.sampled_from([("en", NEGATIONS), ("cy", WELSH_NEGATIONS)]), st.data())
def test_negation_added_or_taken_away_is_substance(
    text: list[str], tongue: tuple[str, str], data: st.DataObject
) -> None:
    language, listed = tongue
    word, where = data.draw(st.sampled_from(listed.split())), data.draw(st.integers(0, len(text)))
    more = [*text[:where], word, *text[where:]]

    added, gone = change(" ".join(text), " ".join(more), language), change(" ".join(more), " ".join(text), language)

    assert (added.kind, gone.kind) == (Class.SUBSTANCE, Class.SUBSTANCE)
    assert "negation" in codes(added) & codes(gone)


@given(words, words.filter(lambda more: len(more) >= 10), st.data())
def test_ten_words_more_or_fewer_are_substance(text: list[str], more: list[str], data: st.DataObject) -> None:
    where = data.draw(st.integers(0, len(text)))
    longer = [*text[:where], *more, *text[where:]]

    added, gone = change(" ".join(text), " ".join(longer)), change(" ".join(longer), " ".join(text))

    assert (added.kind, gone.kind) == (Class.SUBSTANCE, Class.SUBSTANCE)


def test_link_among_other_new_words_is_named_by_its_own_words() -> None:
    found = change("<p>x</p>", '<p>x</p><p>At night, see <a href="/rota/">the rota, by day</a>, then go.</p>')

    assert "The link “the rota, by day” was added." in [sentence(one) for one in found.reasons]
