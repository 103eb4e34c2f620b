"""What holds for every registered item type. A new type is in all of this by being registered."""

import json
import re
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.choices import Reveal
from assessments.items import TYPES, Given, NotAnswerable, Posted, Shown
from assessments.queries import Question
from assessments.review import cut
from assessments.tries import is_given
from publishing.fields import finishing, read_fields
from publishing.kinds.item_parts import read_item, written_parts, written_texts
from publishing.yaml_writing import write_fields
from tests.assessments.examples import FILES, example

KINDS = sorted(TYPES)
SCORED = [kind for kind in KINDS if kind not in ("open_response", "information")]


def given_example(kind: str, value: Any = None, *, seed: int = 0) -> Given:
    one = example(kind)
    order = list(one.structure["choices"])
    if one.type.mixes:
        Random(seed).shuffle(order)
    return Given(one.texts, one.structure, order, value)


def posted_as(fields: dict[str, list[str]]) -> Posted:
    return Posted(fields.get("", []), {name: values[0] for name, values in fields.items() if name and values})


def question(kind: str, shown: Shown) -> Question:
    return Question(
        **vars(shown), position=3, kind=kind, sequence=0, is_flagged=False, learning_outcome="Can do a thing."
    )


def test_every_registered_type_has_an_example() -> None:
    assert sorted(FILES) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_its_example_can_be_asked_and_says_its_rule(kind: str) -> None:
    one = example(kind)

    one.type.check(one.structure, one.key)

    assert (one.type.kind, bool(one.type.scoring_rule), bool(str(one.type.label))) == (kind, True, True)


@pytest.mark.parametrize("kind", SCORED)
def test_its_best_value_earns_all_and_a_wrong_one_or_none_earns_nothing(kind: str) -> None:
    one = example(kind)
    values = [one.type.best(one.key, one.structure), one.type.wrong(one.key, one.structure), {}, None, {"chosen": []}]

    earned = [one.type.share(value, one.key, one.structure) for value in values]

    assert earned == [1, 0, 0, 0, 0]
    assert {type(share) for share in earned} == {Fraction}


@pytest.mark.parametrize("kind", SCORED)
def test_what_another_key_asks_for_can_be_given_and_earns_nothing_by_the_first(kind: str) -> None:
    first, other = example(kind), example(kind, is_mended=True)

    other.type.check(other.structure, other.key)

    assert other.structure == first.structure
    assert is_given(other.best)
    assert [one.type.share(two.best, one.key, one.structure) for one in (first, other) for two in (first, other)] == [
        1, 0, 0, 1,
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_a_value_reads_back_as_that_value_in_every_order(kind: str, seed: int) -> None:
    one = example(kind)
    values = [one.type.best(one.key, one.structure), one.type.wrong(one.key, one.structure)]

    for value in values:
        shown = given_example(kind, value, seed=seed)
        fields = one.type.fields(shown)

        assert one.type.read(posted_as(fields), one.structure, shown.order) == value


@pytest.mark.parametrize("kind", KINDS)
def test_its_page_offers_exactly_the_fields_it_reads(kind: str) -> None:
    value = example(kind).type.best(example(kind).key, example(kind).structure)
    shown = given_example(kind, value)

    page = render_to_string("player/_question.html", {"question": question(kind, example(kind).type.asked(shown))})

    names = {name.removeprefix("q3").removeprefix("-") for name in re.findall(r'name="(q3[^"]*)"', page)}
    assert names == set(example(kind).type.fields(shown)) - (set() if shown.order else {""})


@pytest.mark.parametrize("kind", [kind for kind in KINDS if TYPES[kind].asks])
def test_an_answer_is_said_in_words_and_nothing_is_no_answer(kind: str) -> None:
    one = example(kind)
    best = {"text": "She was told.", "chosen": []} if kind == "open_response" else one.type.best(one.key, one.structure)

    words = [question(kind, one.type.asked(given_example(kind, value))).is_answered for value in (best, None)]

    assert words == [True, False]


def _secrets(text: str) -> set[str]:
    return set(re.findall(r"zq(?:ident|because|form)\w+", text))


@pytest.mark.parametrize("kind", KINDS)
def test_before_hand_in_it_shows_no_key_no_explanation_and_no_identifier(kind: str) -> None:
    one = example(kind)
    value = one.type.wrong(one.key, one.structure)
    shown = one.type.asked(given_example(kind, value))

    page = render_to_string("player/_question.html", {"question": question(kind, shown)})
    told = json.dumps([vars(shown), one.type.fields(given_example(kind, value))], default=vars)

    assert _secrets(page + told) == set()
    assert "98765" not in page + told


@pytest.mark.parametrize("kind", [kind for kind in KINDS if TYPES[kind].asks])
def test_after_hand_in_it_shows_every_explanation_and_still_no_identifier(kind: str) -> None:
    one = example(kind)
    shown = one.type.reviewed(given_example(kind, one.type.wrong(one.key, one.structure)), one.key)

    page = render_to_string("player/_reviewed_question.html", {"question": question(kind, shown)})

    texts = {name: words for name, words in one.texts.items() if name not in ("criteria", "comments")}
    every = {word for word in _secrets(json.dumps(texts)) if word.startswith("zqbecause")}
    assert {word for word in _secrets(page) if not word.startswith("zqform")} == every


@pytest.mark.parametrize("kind", [kind for kind in KINDS if TYPES[kind].asks])
def test_whatever_a_review_matrix_withholds_is_not_there(kind: str) -> None:
    one = example(kind)
    nothing = given_example(kind, None)
    asked, whole = question(kind, one.type.asked(nothing)), question(kind, one.type.reviewed(nothing, one.key))
    explains = {Reveal.EXPLANATION} | ({Reveal.RIGHT_ANSWER} if one.type.is_marked else set())  # its model answer

    for shown in (frozenset(some) for count in range(len(Reveal) + 1) for some in combinations(Reveal, count)):
        page = render_to_string("player/_reviewed_question.html", {"question": cut(asked, whole, shown)})

        assert ("zqbecause" in page) <= bool(explains & shown)
        assert ("zqform" in page) <= (Reveal.RIGHT_ANSWER in shown)


@pytest.mark.parametrize("kind", KINDS)
def test_its_file_is_written_back_as_it_was_read(kind: str) -> None:
    state = example(kind).state

    written = {"kind": kind, **written_parts(state), "en": written_texts(state["texts"]["en"], state)}

    with finishing(read_fields(write_fields(written), "items/x.yaml")) as fields:
        assert read_item(fields) == state


PARTS = st.dictionaries(
    st.sampled_from(["1", "2", "3", "4", "5", "0", "-1", "verdict", "text", "", "x"]),
    st.one_of(st.text(max_size=30), st.integers(-3, 9).map(str), st.sampled_from(["98765", "1e9", "９", "\x00", "1 "])),
    max_size=6,
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(chosen=st.lists(st.one_of(st.text(max_size=4), st.integers(-1, 6).map(str)), max_size=5), parts=PARTS)
def test_whatever_is_posted_is_refused_by_name_or_earns_from_nothing_to_all(
    kind: str, chosen: list[str], parts: dict[str, str]
) -> None:
    one, shown = example(kind), given_example(kind)

    try:
        value = one.type.read(Posted(chosen, parts), one.structure, shown.order)
    except NotAnswerable:
        return

    assert json.loads(json.dumps(value)) == value
    assert 0 <= one.type.share(value, one.key, one.structure) <= 1
    again = Given(shown.texts, shown.structure, shown.order, value)
    assert one.type.read(posted_as(one.type.fields(again)), one.structure, shown.order) == value
    one.type.reviewed(again, one.key)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_cohort_is_counted_by_holds_what_was_picked_and_no_typed_word(kind: str) -> None:
    one = example(kind)
    value = one.type.best(one.key, one.structure)
    rows = dict(one.type.rows(given_example(kind)))

    picked = one.type.picked(value) & set(rows)

    assert not {word for words in rows.values() for word in _secrets(words)}
    assert bool(picked) == bool(rows) or kind in ("open_response",)


@pytest.mark.parametrize("kind", SCORED)
def test_an_answer_that_was_given_is_counted_by_something_and_by_no_more_than_there_is(kind: str) -> None:
    one = example(kind)
    best = one.type.best(one.key, one.structure)
    given = given_example(kind, best)

    picked = one.type.picked(best) & {name for name, _words in one.type.rows(given)}

    assert picked or one.type.typed(given, one.key)
    assert one.type.typed(given_example(kind), one.key) == []
