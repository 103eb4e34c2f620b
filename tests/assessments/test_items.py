"""Item types: what can be asked, what can be answered, and what an answer is worth."""

from fractions import Fraction

import pytest

from assessments.items import TYPES, ItemFault, NotAnswerable, Posted, item_type

FOUR = {"choices": ["a", "b", "c", "d"]}


def numbers(choices):
    """The numbers of choices shown in file order."""
    return [str(FOUR["choices"].index(choice) + 1) for choice in choices]


def test_each_kind_says_how_it_is_asked_and_scored():
    kinds = {kind: TYPES[kind] for kind in ("multiple_response", "open_response", "single_choice")}

    said = {
        kind: (one.kind, one.asked_template.rpartition("/")[2], one.scoring_rule, one.scoring_rule_version)
        for kind, one in sorted(kinds.items())
    }

    assert said == {
        "multiple_response": ("multiple_response", "choices.html", "choose_all_points", 1),
        "open_response": ("open_response", "open.html", "rubric", 1),
        "single_choice": ("single_choice", "one_choice.html", "choose_one", 1),
    }


def test_an_unregistered_kind_is_refused():
    kind = "essay"

    with pytest.raises(KeyError) as refused:
        item_type(kind)

    assert refused.value.args == ("essay",)


@pytest.mark.parametrize(
    ("kind", "structure", "key"),
    [
        ("single_choice", FOUR, {"correct": ["b"]}),
        ("single_choice", {"choices": ["a", "b"]}, {"correct": ["a"]}),
        ("multiple_response", FOUR, {"correct": ["b"]}),
        ("multiple_response", FOUR, {"correct": ["a", "b", "c", "d"]}),
    ],
)
def test_a_whole_item_passes_its_check(kind, structure, key):
    checked = item_type(kind)

    answer = checked.check(structure, key)

    assert answer is None


@pytest.mark.parametrize(
    ("kind", "structure", "key", "sentence"),
    [
        ("single_choice", {}, {"correct": ["a"]}, "an item needs at least two choices"),
        ("single_choice", {"choices": ["a"]}, {"correct": ["a"]}, "an item needs at least two choices"),
        ("single_choice", {"choices": ["a", "a"]}, {"correct": ["a"]}, "two choices share an identifier"),
        ("single_choice", FOUR, {"correct": ["z"]}, "the answer names a choice that is not there: z"),
        ("single_choice", FOUR, {"correct": ["z", "y"]}, "the answer names a choice that is not there: y, z"),
        ("single_choice", FOUR, {"correct": []}, "a single-choice item has exactly one answer"),
        ("single_choice", FOUR, {}, "a single-choice item has exactly one answer"),
        ("single_choice", FOUR, {"correct": ["a", "b"]}, "a single-choice item has exactly one answer"),
        ("multiple_response", {"choices": []}, {"correct": []}, "an item needs at least two choices"),
        ("multiple_response", FOUR, {"correct": []}, "a multiple-response item needs at least one answer"),
        ("multiple_response", FOUR, {}, "a multiple-response item needs at least one answer"),
        ("multiple_response", FOUR, {"correct": ["a", "z"]}, "the answer names a choice that is not there: z"),
    ],
)
def test_an_item_nobody_could_answer_is_refused_in_words(kind, structure, key, sentence):
    checked = item_type(kind)

    with pytest.raises(ItemFault) as refused:
        checked.check(structure, key)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("kind", "posted", "value"),
    [
        ("single_choice", ["c"], {"chosen": ["c"]}),
        ("single_choice", [], {"chosen": []}),
        ("single_choice", ["c", "c"], {"chosen": ["c"]}),
        ("multiple_response", [], {"chosen": []}),
        ("multiple_response", ["d", "a"], {"chosen": ["a", "d"]}),
        ("multiple_response", ["d", "a", "d", "d"], {"chosen": ["a", "d"]}),
        ("multiple_response", ["a", "b", "c", "d"], {"chosen": ["a", "b", "c", "d"]}),
    ],
)
def test_a_posted_answer_is_kept_once_each_in_file_order(kind, posted, value):
    asked = item_type(kind)

    kept = asked.read(Posted(numbers(posted)), FOUR, FOUR["choices"])

    assert kept == value


@pytest.mark.parametrize(
    ("kind", "posted", "sentence"),
    [
        ("single_choice", ["1", "2"], "choose one"),
        ("single_choice", ["z"], "not a choice of this item: ['z']"),
        ("single_choice", [""], "not a choice of this item: ['']"),
        ("single_choice", ["５"], "not a choice of this item: ['５']"),
        ("multiple_response", ["1", "z"], "not a choice of this item: ['z']"),
        ("multiple_response", ["a\x00"], "not a choice of this item: ['a\\x00']"),
        ("multiple_response", ["' OR 1=1 --"], 'not a choice of this item: ["\' OR 1=1 --"]'),
    ],
)
def test_an_answer_the_item_cannot_have_is_refused(kind, posted, sentence):
    asked = item_type(kind)

    with pytest.raises(NotAnswerable) as refused:
        asked.read(Posted(posted), FOUR, FOUR["choices"])

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("kind", "value", "correct", "share"),
    [
        ("single_choice", {"chosen": ["b"]}, ["b"], Fraction(1)),
        ("single_choice", {"chosen": ["a"]}, ["b"], Fraction(0)),
        ("single_choice", {"chosen": []}, ["b"], Fraction(0)),
        ("single_choice", {}, ["b"], Fraction(0)),
        ("single_choice", None, ["b"], Fraction(0)),
        ("single_choice", {"chosen": ["a", "b"]}, ["b"], Fraction(0)),
        ("multiple_response", {"chosen": ["a", "b", "c"]}, ["a", "b", "c"], Fraction(1)),
        ("multiple_response", {"chosen": ["a", "d"]}, ["a", "b", "c"], Fraction(0)),
        ("multiple_response", {"chosen": ["a", "b"]}, ["a", "b", "c"], Fraction(2, 3)),
        ("multiple_response", {"chosen": []}, ["a", "b", "c"], Fraction(0)),
        ("multiple_response", {}, ["a"], Fraction(0)),
        ("multiple_response", None, ["a"], Fraction(0)),
    ],
)
def test_a_value_earns_its_share_and_no_answer_earns_nothing(kind, value, correct, share):
    scored = item_type(kind)

    earned = scored.share(value, {"correct": correct}, FOUR)

    assert (earned, type(earned)) == (share, Fraction)
