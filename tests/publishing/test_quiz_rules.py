# ruff: noqa: E501
"""Rules of a quiz, its blueprint by kind and hints: loaded, exported again without a loss, refused with a sentence."""

import pytest

from assessments.models import Assessment, Item
from publishing.exporter import exported_course
from publishing.faults import BadContent
from publishing.loader import Verdict, load, preview
from tests.publishing.parcel import ITEM, ITEM_UUID, QUIZ, changed, parcel

pytestmark = pytest.mark.django_db

RULES = """rules:
  feedback: tries
  tries: 3
  penalty: 1/3
  certainty: asked
  counts: last
  shuffle: false
  forward_only: true
  review:
    during: [correctness]
    while_open: []
  overall:
    - from: 1/2
      en: Half of it.
blueprint:
  LO1.1:
    single_choice: 1
    any: 1
"""
KEPT = {
    "feedback": "tries",
    "tries": 3,
    "penalty": "1/3",
    "certainty": "asked",
    "counts": "last",
    "shuffle": False,
    "forward_only": True,
    "review": {"during": ["correctness"], "while_open": []},
    "overall": [{"from": "1/2", "texts": {"en": "Half of it."}}],
}
PLAIN = "blueprint:\n  LO1.1: 2\n"


def with_rules() -> dict[str, str]:
    texts = changed(QUIZ, PLAIN, RULES)
    return {
        **texts,
        ITEM: texts[ITEM].replace("  choices:\n", "  hints: [Look again., Think of the end.]\n  choices:\n"),
    }


def test_rules_kinds_and_hints_of_files_are_kept() -> None:
    load(with_rules())

    quiz = Assessment.objects.get()
    assert quiz.rules == KEPT
    assert sorted(quiz.blueprint.values_list("item_kind", "count")) == [("", 1), ("single_choice", 1)]
    item = Item.objects.get(uuid=ITEM_UUID)
    assert item.current is not None
    assert item.current.texts["en"]["hints"] == ["Look again.", "Think of the end."]


def test_what_was_loaded_is_exported_and_loaded_again_without_a_change() -> None:
    load(with_rules())

    texts = exported_course("small").texts
    again = load(texts)

    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}
    assert "hints:" in texts[ITEM]
    assert Assessment.objects.get().rules == KEPT


def test_file_that_says_what_is_usual_changes_nothing() -> None:
    load(parcel())

    again = load(changed(QUIZ, PLAIN, "rules:\n  feedback: deferred\n  certainty: off\n  shuffle: true\n" + PLAIN))

    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}
    assert Assessment.objects.get().rules == {}


def test_dry_run_says_that_the_rules_would_change_and_changes_nothing() -> None:
    load(parcel())

    planned = preview(with_rules())

    changes = {one.thing.path: one.fields for one in planned if one.verdict == Verdict.UPDATE}
    assert changes == {QUIZ: ["blueprint", "rules"], ITEM: ["texts"]}
    assert Assessment.objects.get().rules == {}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("feedback: tries", "feedback: never", "“never” is not one of “feedback” (there are: deferred, immediate, tries)."),
        ("penalty: 1/3", "penalty: 3/2", "“penalty” must be a share from 0 to 1 written as a fraction, such as 1/3."),
        ("tries: 3", "tries: 1", "the rules of the quiz do not go together: with several tries, “tries” is from 2 to 5."),
        ("during: [correctness]", "during: [answers]", "“answers” is not one of “during” (there are: response,"),
        ("during: [correctness]", "before: []", "“before” is not a field of this kind of file."),
        ("shuffle: false", "shuffel: false", "“shuffel” is not a field of this kind of file."),
        ("from: 1/2", "from: most", "“from” must be a share from 0 to 1 written as a fraction, such as 1/3."),
        ("    single_choice: 1", "    essay: 1", "“essay” is not a kind of question (there are: any, single_choice,"),
        ("    single_choice: 1", "    multiple_response: 1", "draws 1 questions of the kind multiple_response on LO1.1, and the bank holds 0."),
        ("    any: 1", "    any: 3", "draws 3 questions on LO1.1, and the bank holds 1."),
    ],
)  # fmt: skip
def test_bad_rule_is_refused_with_a_sentence_and_nothing_is_loaded(old: str, new: str, sentence: str) -> None:
    texts = with_rules()
    assert texts[QUIZ].count(old) == 1

    with pytest.raises(BadContent) as refused:
        load({**texts, QUIZ: texts[QUIZ].replace(old, new)})

    assert any(sentence in str(fault) for fault in refused.value.faults), [str(one) for one in refused.value.faults]
    assert Assessment.objects.count() == 0


def test_too_many_hints_are_refused() -> None:
    texts = changed(ITEM, "  choices:\n", "  hints: [a, b, c, d, e]\n  choices:\n")

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert ["a question has 4 hints at most" in str(fault) for fault in refused.value.faults] == [True]
