"""What a value of each kind earns, whole, half-empty and hostile; and what its editor is told. Pure."""

from fractions import Fraction
from typing import Any

import pytest
from django.template.loader import render_to_string

from assessments.items import TYPES, Given, ItemFault, NotAnswerable, Posted, item_type
from assessments.items.number import read_number
from assessments.items.situational_judgement import signed
from assessments.items.wording import Rules
from assessments.queries import Question
from assessments.scoring import median_of
from publishing.fields import BadContent, finishing, read_fields
from publishing.kinds.item_parts import read_item, written_parts, written_texts
from publishing.yaml_writing import write_fields
from tests.assessments.examples import FILES, example

HALF = Fraction(1, 2)
A, B, C, D, E, F = (f"zqident{letter}" for letter in "abcdef")


def share(kind: str, value: Any) -> Fraction:
    one = example(kind)
    return one.type.share(value, one.key, one.structure)


@pytest.mark.parametrize(
    ("kind", "value", "earned"),
    [
        ("true_false", {"verdict": "false", "chosen": [C]}, 1),
        ("true_false", {"verdict": "false", "chosen": [A]}, HALF),
        ("true_false", {"verdict": "false", "chosen": []}, HALF),
        ("true_false", {"verdict": "true", "chosen": [C]}, 0),
        ("true_false", {"verdict": None, "chosen": [C]}, 0),
        ("true_false", {"verdict": "false", "chosen": [C, A]}, HALF),
        ("true_false", {"verdict": "maybe"}, 0),
        # the order is c a d b: three pairs
        ("ordering", {"placed": {C: 1, A: 2, D: 3, B: 4}}, 1),
        ("ordering", {"placed": {A: 1, C: 2, D: 3, B: 4}}, Fraction(1, 3)),  # only d b
        (
            "ordering",
            {"placed": {D: 1, B: 2, C: 3, A: 4}},
            Fraction(2, 3),
        ),  # two pairs, though none stands where it should
        ("ordering", {"placed": {B: 1, D: 2, A: 3, C: 4}}, 0),
        ("ordering", {"placed": {C: 1, A: 2}}, Fraction(1, 3)),
        ("ordering", {"placed": {C: 1, A: 1, D: 2, B: 3}}, Fraction(1, 3)),  # a place given twice is nobody's
        ("ordering", {"placed": {C: 1, A: 1, D: 1, B: 1}}, 0),
        ("ordering", {"placed": {C: 3}}, 0),
        ("matching", {"matched": {E: B, F: D}}, 1),
        ("matching", {"matched": {E: B, F: B}}, HALF),
        ("matching", {"matched": {E: B}}, HALF),
        ("matching", {"matched": {E: A, F: A}}, 0),
        ("short_text", {"typed": "zqforma"}, 1),
        ("short_text", {"typed": "  ZQFORMB. "}, 1),
        ("short_text", {"typed": "zqformc"}, 0),
        ("short_text", {"typed": "zqforma zqformb"}, 0),
        ("short_text", {"typed": "."}, 0),
        ("number", {"typed": "98765.5", "unit": A}, 1),
        ("number", {"typed": "98,766", "unit": A}, 1),
        ("number", {"typed": "98765", "unit": A}, 1),
        ("number", {"typed": "98764.99", "unit": A}, 0),
        ("number", {"typed": "98766.000001", "unit": A}, 0),
        ("number", {"typed": "98765.5", "unit": B}, HALF),
        ("number", {"typed": "98765.5", "unit": None}, HALF),
        ("number", {"typed": "9.87655e4", "unit": A}, 0),
        ("number", {"typed": "", "unit": A}, 0),
        ("gaps", {"gaps": {"zqidentg": f"zqidentg.{B}", "zqidenth": "zqforma"}}, 1),
        ("gaps", {"gaps": {"zqidentg": f"zqidentg.{B}"}}, HALF),
        ("gaps", {"gaps": {"zqidentg": f"zqidentg.{A}", "zqidenth": "Zqforma"}}, HALF),
        ("gaps", {"gaps": {"zqidentg": "zqforma", "zqidenth": f"zqidentg.{B}"}}, 0),
        # medians 2, -2, 1; the fourth is split and not scored
        ("situational_judgement", {"rated": {A: 2, B: -2, C: 1, D: 0}}, 1),
        ("situational_judgement", {"rated": {A: 1, B: -1, C: 2}}, Fraction(3, 4)),
        ("situational_judgement", {"rated": {A: 0, B: 0, C: -1}}, HALF),
        ("situational_judgement", {"rated": {A: -1, B: 1, C: -2}}, 0),  # three away is nothing
        ("situational_judgement", {"rated": {A: 2}}, Fraction(1, 3)),
        ("situational_judgement", {"rated": {D: 1}}, 0),
        ("code_extract", {"chosen": [A, B]}, 1),
        ("code_extract", {"chosen": [A, B, C]}, 1),  # accepted beside the consensus costs nothing
        ("code_extract", {"chosen": [A, C]}, HALF),
        ("code_extract", {"chosen": [C]}, 0),
        ("code_extract", {"chosen": [A, D]}, 0),
        ("code_extract", {"chosen": [A, B, C, D]}, HALF),
        ("highlight", {"chosen": [A, D]}, 1),
        ("highlight", {"chosen": [A, B, D]}, 1),
        ("highlight", {"chosen": [A]}, HALF),
        ("highlight", {"chosen": [A, C]}, 0),
        ("information", {"anything": 1}, 0),
        ("open_response", {"text": "All that is known."}, 0),
    ],
)
def test_a_value_earns_its_exact_share(kind: str, value: Any, earned: Fraction) -> None:
    assert share(kind, value) == earned


@pytest.mark.parametrize(
    ("kind", "posted"),
    [
        ("true_false", Posted(parts={"verdict": "3"})),
        ("true_false", Posted(parts={"verdict": "true"})),
        ("true_false", Posted(["1", "2"])),
        ("ordering", Posted(parts={"1": "5"})),
        ("ordering", Posted(parts={"1": "0"})),
        ("ordering", Posted(parts={"2": "²"})),
        ("matching", Posted(parts={"1": "9"})),
        ("matching", Posted(parts={"1": "zqidentb"})),
        ("short_text", Posted(parts={"1": "x" * 201})),
        ("number", Posted(["5"], {"1": "3"})),
        ("number", Posted(["1", "2"])),
        ("gaps", Posted(parts={"1": "5"})),
        ("gaps", Posted(parts={"2": "x" * 201})),
        ("situational_judgement", Posted(parts={"1": "6"})),
        ("situational_judgement", Posted(parts={"1": "-2"})),
        ("code_extract", Posted(["5"])),
        ("highlight", Posted(["0"])),
    ],
)
def test_a_post_the_item_cannot_have_is_refused(kind: str, posted: Posted) -> None:
    one = example(kind)

    with pytest.raises(NotAnswerable):
        one.type.read(posted, one.structure, one.structure["choices"])


@pytest.mark.parametrize(
    ("typed", "form", "rules", "same"),
    [
        ("LCSPR", "lcspr", Rules(), True),
        ("LCSPR", "lcspr", Rules(case=True), False),
        ("ty", "tŷ", Rules(), True),
        ("ty", "tŷ", Rules(accents=True), False),
        ("t\u0079\u0302", "tŷ", Rules(accents=True), True),  # one letter or two signs, the same to a reader
        ("Ŵyn", "wyn", Rules(), True),
        ("Tŷ", "tŷ", Rules(accents=True), True),
        ("worker’s  view", "worker's view", Rules(), True),
        ("well–being", "well-being", Rules(), True),
        ("wellbeing", "well-being", Rules(), False),
        ("\u200blcspr", "lcspr", Rules(), True),
        ("ＬＣＳＰＲ", "lcspr", Rules(), True),
        ("", "", Rules(), False),
    ],
)
def test_forms_are_the_same_by_rules_of_case_and_accents(typed: str, form: str, rules: Rules, same: bool) -> None:
    assert rules.among(typed, [form]) is same


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", 15), ("2.5", Fraction(5, 2)), ("1,200", 1200), ("−3", -3), ("+4", 4), ("1 200", 1200), ("１５", 15),
        ("0.1", Fraction(1, 10)), ("", None), ("1,20", None), ("1e3", None), ("fifteen", None), ("1/2", None),
        ("1.2.3", None), ("9" * 16, None), ("nan", None), ("٣", None),
    ],
)  # fmt: skip
def test_figures_are_read_exactly_and_nothing_else_is(text: str, number: Fraction | None) -> None:
    assert read_number(text) == number


def test_what_cannot_be_read_as_a_number_is_kept_and_its_writer_is_told() -> None:
    one = example("number")
    shown = one.type.asked(Given(one.texts, one.structure, one.structure["choices"], {"typed": "ten", "unit": None}))

    assert (shown.parts[0].typed, "“ten” is saved" in shown.unread) == ("ten", True)


@pytest.mark.parametrize(
    ("rating", "words"), [(-2, "−2"), (0, "0"), (1, "+1"), (Fraction(3, 2), "+1½"), (Fraction(-1, 2), "−½")]
)
def test_a_rating_is_written_as_people_write_it(rating: Fraction, words: str) -> None:
    assert signed(rating) == words


def test_what_the_whole_panel_is_split_about_earns_nothing_and_says_so() -> None:
    kind = item_type("situational_judgement")
    structure, key = {"choices": [A, B]}, {"panel": {A: [-2, 0, 2], B: [1, -2, 2]}}

    assert kind.is_worth_something(structure, key) is False
    assert kind.share({"rated": {A: 0, B: 1}}, key, structure) == 0


def faults(kind: str, old: str, new: str) -> list[str]:
    text = FILES[kind]
    assert old in text
    try:
        with finishing(read_fields(f"kind: {kind}\n{text.replace(old, new)}\n", "items/x.yaml")) as fields:
            read_item(fields)
    except BadContent as bad:
        return [fault.sentence for fault in bad.faults]
    return []


@pytest.mark.parametrize(
    ("kind", "old", "new", "sentence"),
    [
        ("true_false", "verdict: false", "verdict: perhaps", "“verdict” is true or false."),
        ("true_false", "answer: [zqidentc]", "answer: [zqidentc, zqidenta]", "exactly one reason fits."),
        ("ordering", ", zqidentb]", "]", "the answer names every line once, in the right order."),
        ("matching", "zqidente: zqidentb, ", "", "the answer names every line once, each with its option."),
        ("matching", "zqidente: zqidentb", "zqidente: zz", "the answer names an option that is not there: zz."),
        ("short_text", "answer: [zqidentp]", "answer: [zz]", "the answer names one or more of the forms."),
        ("short_text", "[zqformc]", "[ZQFORMA]", "“zqforma” is both accepted and not accepted."),
        ("short_text", "[zqformc]", "[]", "at least one form must be accepted."),
        (
            "number", '"98765.5"', "98765.5",
            "“answer” and “tolerance” are numbers, in quotation marks if they have a point.",
        ),
        ("number", '"0.5"', '"-1"', "a tolerance is not below nought."),
        ("number", "unit: zqidenta", "unit: zz", "“unit” names one of the units."),
        ("gaps", "zqidentg: zqidentb}", "zqidentg: zz}", "the answer names one of the choices of the gap “zqidentg”."),
        ("gaps", "[zqidenth] end", "end", "the gaps under “en” are not those of its passage."),
        ("situational_judgement", "[2, 2, 1]", "[2, 3, 1]", "the panel’s ratings are whole numbers from -2 to 2."),
        (
            "situational_judgement", "[2, 2, 1]", "[2, 2]",
            "three or more experts rate every option, the same number each.",
        ),
        ("situational_judgement", "zqidenta: [2, 2, 1], ", "", "the panel rates every option."),
        ("code_extract", "zqidentb: 2", "zqidentb: 1", "no majority of the experts chose zqidentb."),
        ("code_extract", "experts: 3", "experts: 2", "“experts” says how many coded it: three or more."),
        ("code_extract", "zqidenta: 3", "zqidenta: 4",
         "votes are for codes that are there, from 0 to the number of experts."),
        ("highlight", "accepted: [zqidentb]", "accepted: [zqidenta]",
         "a sentence is evidence or accepted beside it, not both."),
        ("information", "en:", "answer: [a]\nen:", "“answer” is not a field of this kind of file."),
        ("information", "en:", "max_score: 1\nen:", "is not 0, and nothing can be earned here."),
    ],
)  # fmt: skip
def test_an_editor_is_told_what_is_wrong_in_a_file(kind: str, old: str, new: str, sentence: str) -> None:
    assert sentence in faults(kind, old, new)


def test_an_unknown_kind_is_answered_with_those_there_are() -> None:
    with (
        pytest.raises(BadContent) as bad,
        finishing(read_fields("kind: essay\nen: {prompt: Why}\n", "x.yaml")) as fields,
    ):
        read_item(fields)

    assert [fault.sentence for fault in bad.value.faults] == [
        f"“essay” is not a kind of question (there are: {', '.join(TYPES)})."
    ]


def test_an_open_response_without_a_rubric_needs_a_model_answer_and_waits_for_nobody() -> None:
    text = "kind: open_response\nen:\n  prompt: Rewrite it.\n  model: What was the plan?\n  checks: [Is it open]\n"
    with finishing(read_fields(text, "x.yaml")) as fields:
        state = read_item(fields)
    kind = item_type("open_response")

    assert (state["max_score"], state["structure"]["is_compared"]) == ("0", True)
    assert kind.is_for_a_marker({"text": "Mine."}, state["structure"]) is False
    with pytest.raises(ItemFault):
        kind.check({"choices": [], "criteria": []}, {"correct": []})


BEFORE = "content_notice: 2\nen:\n  background: |\n    One **bold** word.\n\n    - first\n    - second\n  prompt"


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_rich_text_and_a_notice_stand_before_a_question_of_any_kind_and_go_back_to_its_file(kind: str) -> None:
    text = f"kind: {kind}\n{FILES[kind].replace('en:' + chr(10) + '  prompt', BEFORE)}\n"
    with finishing(read_fields(text, "x.yaml")) as fields:
        state = read_item(fields)
    written = {"kind": kind, **written_parts(state), "en": written_texts(state["texts"]["en"], state)}

    with finishing(read_fields(write_fields(written), "x.yaml")) as fields:
        again = read_item(fields)

    assert again == state
    assert state["structure"]["content_notice"] == 2
    assert "<b>bold</b>" in state["texts"]["en"]["background"]


def test_markup_in_a_background_that_no_file_may_hold_is_refused() -> None:
    text = "kind: information\nen:\n  prompt: Before\n  text: Words.\n  background: <script>alert(1)</script>\n"

    with pytest.raises(BadContent), finishing(read_fields(text, "x.yaml")) as fields:
        read_item(fields)


def test_a_notice_and_a_background_are_shown_before_a_question() -> None:
    before = {"background": "<p>One <b>bold</b> word.</p>", "content_notice": 1}
    shown = example("information").type.asked(Given(example("information").texts, {"choices": []}, []))
    question = Question(
        **vars(shown), **before, position=1, kind="information", sequence=0, is_flagged=False, learning_outcome=""
    )

    page = render_to_string("player/_question.html", {"question": question})

    assert [words in page for words in ("This question mentions harm.", "<b>bold</b>")] == [True, True]


@pytest.mark.parametrize(
    ("ratings", "middle"), [([1], 1), ([2, -2, 1], 1), ([0, 1], HALF), ([-2, -1, 2, 1], 0), ([-2, -1, 0, 2], -HALF)]
)
def test_the_middle_of_a_panel_is_exact(ratings: list[int], middle: Fraction) -> None:
    assert median_of(ratings) == middle
