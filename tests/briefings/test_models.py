"""Briefings, stories and reports: numbers that are never given again, and what a page must have to be published."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.models import Locale

from briefings.models import Briefing, BriefingIndexPage, BriefingPage, NumberIsSpent, years_after
from tests.factories import briefing_page, report_page, section, shelf, story_page

pytestmark = pytest.mark.django_db


def added_by_an_editor(slug: str) -> BriefingPage:
    page = BriefingPage(title=slug.title(), slug=slug, audience=["all"])
    return shelf(BriefingIndexPage).add_child(instance=page)


def test_first_briefing_is_number_one_and_each_next_one_higher() -> None:
    numbers = [added_by_an_editor(slug).briefing.number for slug in ("one", "two", "three")]

    assert numbers == [1, 2, 3]


def test_number_of_a_deleted_draft_is_not_given_again() -> None:
    added_by_an_editor("one").delete()

    page = added_by_an_editor("two")

    assert (page.briefing.number, Briefing.objects.count()) == (2, 2)


def test_copy_of_a_briefing_gets_a_number_of_its_own_and_takes_nobodys_place() -> None:
    original = briefing_page(4, supersedes=Briefing.objects.create(number=1))

    copy = original.copy(update_attrs={"slug": "copy", "title": "Copy"})

    assert (copy.briefing.number, copy.supersedes, original.briefing.number) == (5, None, 4)


def test_translation_has_the_number_of_its_original() -> None:
    original = briefing_page(4)
    welsh = Locale.objects.get_or_create(language_code="cy")[0]

    translated = original.copy_for_translation(welsh, copy_parents=True)

    assert (translated.briefing, translated.language) == (original.briefing, "cy")


def test_briefing_cannot_be_deleted_by_row_or_by_queryset() -> None:
    briefing = Briefing.objects.create(number=1)

    with pytest.raises(NumberIsSpent, match="never given again"):
        briefing.delete()
    with pytest.raises(NumberIsSpent, match="never given again"):
        Briefing.objects.all().delete()

    assert Briefing.objects.count() == 1


def test_database_keeps_a_briefing_that_has_a_page() -> None:
    page = briefing_page(1)

    with pytest.raises(ProtectedError):
        super(Briefing, page.briefing).delete()

    assert Briefing.objects.count() == 1


def test_number_can_be_neither_doubled_nor_changed() -> None:
    briefing = Briefing.objects.create(number=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Briefing.objects.create(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Briefing.objects.filter(pk=briefing.pk).update(number=2)

    assert [one.number for one in Briefing.objects.all()] == [1]


def test_only_one_briefing_takes_the_place_of_another() -> None:
    first = briefing_page(1)
    briefing_page(2, supersedes=first.briefing)

    with pytest.raises(ValidationError), transaction.atomic():
        briefing_page(3, supersedes=first.briefing)

    assert [page.supersedes for page in BriefingPage.objects.order_by("briefing__number")] == [None, first.briefing]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"review_due_on": date(2026, 11, 25)}, "review_due_on", "The review comes after the publication."),
        ({"audience": []}, "audience", "This field cannot be blank."),
        ({"audience": ["everybody"]}, "audience", "Choose from the list."),
        ({"topics": "hindsight"}, "topics", "Choose from the list."),
        ({"body": section("a", "A", f"<p>{'word ' * 1400}</p>")}, "body", "A briefing has at most 1,400 words"),
    ],
)
def test_briefing_that_is_not_whole_is_refused_in_words(fields: dict, field: str, sentence: str) -> None:
    page = briefing_page(1)
    for name, value in fields.items():
        setattr(page, name, value)

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert list(refused.value.message_dict) == [field]
    assert refused.value.message_dict[field][0].startswith(sentence)


def test_briefing_cannot_take_its_own_place() -> None:
    page = briefing_page(1)
    page.supersedes = page.briefing

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert refused.value.message_dict == {"supersedes": ["A briefing cannot take its own place."]}


@pytest.mark.parametrize("count", [3, 9])
def test_fewer_than_four_or_more_than_eight_key_messages_are_refused(count: int) -> None:
    page = briefing_page(1)
    page.key_messages = [("message", f"Message {number}.") for number in range(count)]

    with pytest.raises(ValidationError) as refused:
        page.key_messages.stream_block.clean(page.key_messages)

    assert "number of items" in str(refused.value.non_block_errors)


@pytest.mark.parametrize("count", [4, 8])
def test_four_to_eight_key_messages_pass(count: int) -> None:
    page = briefing_page(1)
    page.key_messages = [("message", f"Message {number}.") for number in range(count)]

    cleaned = page.key_messages.stream_block.clean(page.key_messages)

    assert len(cleaned) == count


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 25), date(2028, 11, 25)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2024, 2, 28), date(2026, 2, 28)),
    ],
)
def test_review_is_due_in_two_years(day: date, later: date) -> None:
    assert years_after(day) == later


def test_review_day_left_empty_is_two_years_after_the_publication() -> None:
    page = added_by_an_editor("one")

    assert page.review_due_on == years_after(page.published_on)


@pytest.mark.parametrize(("today", "past"), [("2028-11-25", False), ("2028-11-26", True)])
def test_briefing_is_past_its_review_from_the_day_after(today: str, past: bool) -> None:
    page = briefing_page(1, review_due_on=date(2028, 11, 25))

    with time_machine.travel(f"{today}T12:00:00Z"):
        assert page.is_past_review is past


def test_successor_counts_from_the_moment_it_is_published() -> None:
    first = briefing_page(1)
    second = briefing_page(2, supersedes=first.briefing)
    second.unpublish()
    before = BriefingPage.objects.get(pk=first.pk).successor

    second.save_revision().publish()

    assert (before, BriefingPage.objects.get(pk=first.pk).successor) == (None, second)


def test_digest_changes_with_a_key_message() -> None:
    page = briefing_page(1)
    before = page.content_digest

    page.key_messages = [("message", "Another."), *[("message", one) for one in page.messages[1:]]]

    assert page.content_digest != before


def test_story_without_its_three_sections_in_order_is_refused() -> None:
    page = story_page("second-call")
    page.body = [("section", {"heading": "She rang", "key": "what-was-done"})]

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert refused.value.message_dict == {
        "body": [
            "A story has three sections, with these identifiers in this order: "
            "what-was-done, what-made-it-possible, what-changed"
        ]
    }


def test_parts_are_the_sections_with_their_numbers_and_what_stands_before_them() -> None:
    body = [{"type": "text", "value": "<p>First.</p>"}, *section("a", "A", "<p>x</p>", "<p>y</p>"), *section("b", "B")]

    parts = report_page(body=body).parts

    assert [(part.number, part.key, part.heading, len(part.blocks)) for part in parts] == [
        (0, "", "", 1), (1, "a", "A", 2), (2, "b", "B", 0),
    ]  # fmt: skip


def test_audience_and_topics_are_said_in_words_in_the_order_of_the_list() -> None:
    page = briefing_page(1, audience=["boards", "managers"], topics=["law", "hindsight"])

    assert (page.audience_in_words, page.topics_in_words) == (
        "Managers and Boards",
        "Hindsight and Law and the four nations",
    )
