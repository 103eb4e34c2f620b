"""Keeping a bank: drafts, a second reader, what is live, what is retired; and drawing what is live alone."""

from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments.bank import (
    BankRefused,
    Written,
    WrittenMeanwhile,
    bring_back,
    make_live,
    move,
    newest_of,
    retire,
    review,
    tag,
    write_items,
    write_version,
)
from assessments.bank_reads import IN_STATE, items_of, state_of, with_newest, worded
from assessments.drawing import BankTooSmall
from assessments.models import Item, ItemCategory, ItemTag
from audit.models import AuditEntry
from tests.assessments.sitting import begin
from tests.factories import NOON, TaughtCourse, people, person, taught_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def dev() -> Any:
    return people().dev


@pytest.fixture
def mali() -> Any:
    return person("Mali Vance")


def written(taught: TaughtCourse, prompt: str = "Why?") -> Written:
    choices = {name: {"text": f"Option {name}", "explanation": f"Because of {name}."} for name in "ab"}
    texts = {"en": {"prompt": prompt, "choices": choices}}
    outcome = taught.outcomes[0]
    return Written("single_choice", outcome, {"choices": ["a", "b"]}, {"correct": ["a"]}, Fraction(1), texts)


def drafted(taught: TaughtCourse, by: Any, prompt: str = "Why?") -> Item:
    return write_items(taught.bank, [written(taught, prompt)], by=by, at=NOON)[0]


def state(item: Item) -> str:
    item.refresh_from_db()
    newest = newest_of(item)
    return state_of(item, newest, newest.number)


def test_an_item_goes_from_draft_to_reviewed_to_live_to_retired_and_back(taught, dev, mali) -> None:
    item = drafted(taught, dev)
    states = [state(item)]

    version = review(newest_of(item), by=mali, at=NOON)
    states.append(state(item))
    make_live(version, by=dev, at=NOON)
    states.append(state(item))
    retire([item], reason="It is out of date.", by=dev, at=NOON)
    states.append(state(item))
    bring_back(item, reason="It is not.", by=mali, at=NOON)
    states.append(state(item))

    assert states == ["draft", "reviewed", "live", "retired", "live"]
    acts = [(one.act, one.by, one.reason) for one in item.acts.all()]
    assert acts == [
        ("made_live", dev, ""),
        ("retired", dev, "It is out of date."),
        ("brought_back", mali, "It is not."),
    ]
    noted = AuditEntry.objects.filter(subject_id=str(item.uuid)).order_by("pk").values_list("act", flat=True)
    assert list(noted) == ["item_made_live", "item_retired", "item_brought_back"]


def test_only_what_is_live_is_drawn(taught, dev, mali) -> None:
    taught.assessment.blueprint.all().delete()
    taught.assessment.blueprint.create(learning_outcome=taught.outcomes[0], count=1)
    Item.objects.update(retired_at=NOON)
    item, learner = drafted(taught, dev), person("Amina")
    with pytest.raises(BankTooSmall), transaction.atomic():
        begin(taught, learner)
    make_live(review(newest_of(item), by=mali, at=NOON), by=mali, at=NOON)
    item.refresh_from_db()
    later = write_version(item, written(taught, "Why not?"), seen=1, note="Turned.", by=dev, at=NOON)

    attempt = begin(taught, learner)

    assert later.number == 2
    assert [place.item_version.number for place in attempt.places.all()] == [1]


def test_nobody_reviews_what_they_wrote_nor_what_they_wrote_a_part_of(taught, dev, mali) -> None:
    item = drafted(taught, dev)
    write_version(item, written(taught, "Why then?"), seen=1, note="Clearer.", by=mali, at=NOON)
    newest = newest_of(item)

    for author in (dev, mali):
        with pytest.raises(BankRefused, match="Somebody else reviews what you wrote"):
            review(newest, by=author, at=NOON)
    review(newest, by=person("Third Reader"), at=NOON)

    assert newest_of(item).reviewed_by.name == "Third Reader"
    with pytest.raises(IntegrityError), transaction.atomic():
        item.versions.filter(number=1).update(reviewed_by=dev, reviewed_at=NOON)


def test_what_is_not_reviewed_cannot_be_made_live(taught, dev) -> None:
    item = drafted(taught, dev)

    with pytest.raises(BankRefused, match="A second reader reviews it first"):
        make_live(newest_of(item), by=dev, at=NOON)

    assert state(item) == "draft"


def test_a_review_is_of_the_version_that_was_read(taught, dev, mali) -> None:
    item = drafted(taught, dev)
    first = newest_of(item)
    write_version(item, written(taught, "Other words?"), seen=1, note="Other words.", by=dev, at=NOON)

    with pytest.raises(WrittenMeanwhile):
        review(first, by=mali, at=NOON)

    assert newest_of(item).reviewed_at is None


def test_a_version_is_written_over_by_nobody_and_needs_a_note(taught, dev, mali) -> None:
    item = drafted(taught, dev)
    write_version(item, written(taught, "Mine?"), seen=1, note="Mine.", by=dev, at=NOON)

    with pytest.raises(WrittenMeanwhile):
        write_version(item, written(taught, "Theirs?"), seen=1, note="Theirs.", by=mali, at=NOON)
    with pytest.raises(BankRefused, match="what you changed"):
        write_version(item, written(taught, "Theirs?"), seen=2, note=" ", by=mali, at=NOON)
    same = write_version(item, written(taught, "Mine?"), seen=2, note="", by=mali, at=NOON)

    assert (same.number, item.versions.count()) == (2, 2)


def test_all_new_items_are_written_or_none(taught, dev) -> None:
    before = Item.objects.count()
    broken = Written("nothing", taught.outcomes[0], {}, {}, Fraction(1), {})

    with pytest.raises(KeyError):
        write_items(taught.bank, [written(taught), broken], by=dev, at=NOON)

    assert Item.objects.count() == before


def test_a_retirement_says_why(taught, dev) -> None:
    item = drafted(taught, dev)

    with pytest.raises(BankRefused, match="Say why"):
        retire([item], reason="  ", by=dev, at=NOON)

    assert state(item) == "draft"


def test_items_are_moved_and_tagged_and_what_nothing_bears_goes(taught, dev) -> None:
    one, other = drafted(taught, dev), drafted(taught, dev)

    move([one, other], " Two   stories ")
    tag([one, other], "old law")
    tag([other], "old law", remove=True)
    move([other], "")

    assert (Item.objects.get(pk=one.pk).category.name, Item.objects.get(pk=other.pk).category) == ("Two stories", None)
    assert list(ItemTag.objects.get().items.all()) == [one]
    tag([one], "old law", remove=True)
    move([one], "")
    assert (ItemTag.objects.count(), ItemCategory.objects.count()) == (0, 0)


def test_a_list_of_three_costs_as_many_queries_as_one_of_one(taught, dev, django_assert_num_queries) -> None:
    for number in range(3):
        drafted(taught, dev, f"Number {number}?")

    with django_assert_num_queries(3):
        one = with_newest(items_of(taught.bank).order_by("-pk")[:1])
    with django_assert_num_queries(3):
        three = with_newest(items_of(taught.bank).order_by("-pk")[:3])

    assert (len(one), [item.version.texts["en"]["prompt"] for item in three]) == (
        1,
        ["Number 2?", "Number 1?", "Number 0?"],
    )


def test_items_are_found_by_their_words_and_by_state(taught, dev, mali) -> None:
    item = drafted(taught, dev, "What did the “night shift” know?")
    live = Item.objects.filter(bank=taught.bank, current__isnull=False)

    found = worded(items_of(taught.bank), "“Night shift”")
    by_state = {name: set(items_of(taught.bank).filter(condition)) for name, condition in IN_STATE.items()}

    assert list(found) == [item]
    assert by_state == {"draft": {item}, "reviewed": set(), "live": set(live), "retired": set()}
    review(newest_of(item), by=mali, at=NOON)
    assert list(items_of(taught.bank).filter(IN_STATE["reviewed"])) == [item]
