"""A draw costs no more from a large bank, draws by kind, and keeps files' order where nothing is shuffled."""

from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.assessment_rules import AssessmentRules
from assessments.candidates import candidates
from assessments.drawing import Line
from assessments.models import Item, ItemVersion, Place
from tests.assessments.sitting import begin
from tests.factories import NOON, people, taught_course
from tests.factories import item as new_item

pytestmark = pytest.mark.django_db


def filled(bank, outcomes, count):
    """So many more items in a bank, with wordings of a usual length."""
    items = Item.objects.bulk_create(Item(bank=bank) for _ in range(count))
    wording = {"prompt": "What else? " * 20, "choices": {one: {"text": one, "explanation": one * 200} for one in "ab"}}
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(
            item=one,
            number=1,
            kind="single_choice",
            learning_outcome=outcomes[number % 3],
            structure={"choices": ["a", "b"]},
            key={"correct": ["a"]},
            scoring_rule="choose_one",
            scoring_rule_version=1,
            max_score=1,
            texts={"en": wording},
            digest="0" * 64,
            created_at=NOON,
        )
        for number, one in enumerate(items)
    )
    for one, version in zip(items, versions, strict=True):
        one.current = version
    Item.objects.bulk_update(items, ["current"], batch_size=500)


def cost_of_a_draw(taught, learner):
    """What a start asks and looks at: statements, and items that a line might draw. (How long: docs/benchmarks.md.)"""
    with CaptureQueriesContext(connection) as asked:
        begin(taught, learner, run_id=uuid4())
    lines = [Line(outcome.pk, "", 3) for outcome in taught.outcomes]
    found = candidates(taught.bank.pk, lines, met=(), chance=Random("seed"))
    return len(asked), sum(len(one) for one in found.values())


@pytest.mark.lengthy
def test_draw_from_ten_thousand_items_asks_as_often_as_one_from_a_hundred_and_looks_at_few():
    taught, amina = taught_course(), people().amina
    filled(taught.bank, taught.outcomes, 84)
    small, _listed = cost_of_a_draw(taught, amina)
    filled(taught.bank, taught.outcomes, 9_900)

    large, looked_at = cost_of_a_draw(taught, amina)

    assert Item.objects.count() == 10_000
    assert large <= small + 1
    assert looked_at < 1_000


def test_every_item_of_a_large_bank_is_as_likely_as_any_other_and_met_ones_come_last():
    taught = taught_course(item_counts=(0, 0, 0))
    filled(taught.bank, taught.outcomes, 3_000)
    line = Line(taught.outcomes[0].pk, "", 3)
    every = set(Item.objects.filter(current__learning_outcome=taught.outcomes[0]).values_list("pk", flat=True))
    met = set(sorted(every)[:500])

    found = [
        candidates(taught.bank.pk, [line], met=met, chance=Random(f"seed {number}"))[line] for number in range(150)
    ]

    looked_at = [item for one in found for item in one]
    assert {len(one) for one in found} <= set(range(3, 193))
    assert not set(looked_at) & met
    assert set(looked_at) <= every
    share = sum(item < sorted(every - met)[250] for item in looked_at) / len(looked_at)
    assert abs(share - 0.5) < 0.05


def test_large_bank_with_few_that_fit_is_listed():
    taught = taught_course(item_counts=(0, 0, 3))
    filled(taught.bank, taught.outcomes[:1] * 3, 3_000)
    line = Line(taught.outcomes[2].pk, "", 3)

    found = candidates(taught.bank.pk, [line], met=(), chance=Random("seed"))

    assert found == {line: sorted(one.pk for one in taught.items)}


def test_draw_reads_the_words_of_no_item():
    taught, amina = taught_course(), people().amina

    with CaptureQueriesContext(
        connection,
    ) as queries:
        begin(taught, amina)

    assert [one["sql"] for one in queries if '"texts"' in one["sql"] and "itemversion" in one["sql"]] == []


def test_blueprint_by_kind_draws_each_kind_it_names():
    taught, amina = taught_course(item_counts=(6, 0, 0)), people().amina
    for _ in range(3):
        new_item(taught.bank, taught.outcomes[0], kind="multiple_response")
    taught.assessment.blueprint.all().delete()
    for kind, count in (("", 4), ("multiple_response", 3)):
        taught.assessment.blueprint.create(learning_outcome=taught.outcomes[0], item_kind=kind, count=count)

    attempt = begin(taught, amina)

    kinds = sorted(attempt.places.values_list("item_version__kind", flat=True))
    assert kinds == ["multiple_response"] * 3 + ["single_choice"] * 4


@pytest.mark.parametrize("is_shuffled", [True, False])
def test_shown_order_is_kept_and_is_that_of_the_files_where_nothing_is_shuffled(is_shuffled):
    taught, amina = taught_course(), people().amina
    taught.assessment.rules = AssessmentRules(is_shuffled=is_shuffled).to_json()
    taught.assessment.save()

    begin(taught, amina)

    orders = {tuple(order) for order in Place.objects.values_list("choice_order", flat=True)}
    codes = list(Place.objects.order_by("position").values_list("item_version__learning_outcome__code", flat=True))
    assert (orders == {("a", "b", "c", "d")}, codes == sorted(codes)) == (not is_shuffled, not is_shuffled)
