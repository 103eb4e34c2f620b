"""The section of a lesson that a question names: read, refused by its line, written back, chosen at the desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.bank import set_section
from assessments.models import Item
from courses.models import LessonPage
from publishing.exporter import exported_course
from publishing.faults import BadContent
from publishing.lesson_sections import section_of
from publishing.loader import Verdict, load
from tests.factories import people, taught_course
from tests.publishing.lessons import publisher, signed_in
from tests.publishing.parcel import ITEM, ITEM_UUID, LESSON, SECOND_ITEM, parcel

pytestmark = pytest.mark.django_db


def naming(section: str) -> dict[str, str]:
    """The parcel, whose first question names this section; its lesson has one called #why."""
    texts = parcel()
    texts[LESSON] = texts[LESSON].rstrip() + "\n\n## Why it made sense {#why}\n\nBecause of the day.\n"
    texts[ITEM] = f'section: "{section}"\n{texts[ITEM]}'
    return texts


def test_a_section_goes_there_and_back_and_is_no_part_of_what_is_asked() -> None:
    without = parcel()
    load(without)
    digest = Item.objects.get(uuid=ITEM_UUID).current.digest

    texts = naming("m1/first#why")
    load(texts)
    again = load(texts)
    item = Item.objects.get(uuid=ITEM_UUID)
    written = exported_course("small").texts

    assert (item.lesson, item.section) == (LessonPage.objects.get(slug="first").activity, "why")
    assert (item.current.digest, item.versions.count()) == (digest, 1)
    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}
    assert "section: m1/first#why" in written[ITEM].replace('"', "")
    assert "section:" not in written[SECOND_ITEM]
    load({**texts, ITEM: without[ITEM]})
    assert section_of(Item.objects.get(uuid=ITEM_UUID)) == ""


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("m1/first#nowhere", "“m1/first#nowhere”, which is nowhere; that lesson has: .*why"),
        ("m1/second#why", "the course has no such lesson"),
        ("m2/first#why", "the course has no such lesson"),
        ("other/m1/first#why", "names a section of a lesson so"),
        ("first#why", "names a section of a lesson so"),
    ],
)
def test_a_section_that_is_nowhere_in_its_course_is_refused_by_its_line(section: str, sentence: str) -> None:
    with pytest.raises(BadContent, match=sentence) as bad:
        load(naming(section))

    (fault,) = bad.value.faults
    assert (fault.path, fault.line) == (ITEM, 1)
    assert not Item.objects.exists()


def test_a_question_alone_may_name_a_section_that_is_on_the_site() -> None:
    texts = naming("m1/first#why")
    load({**texts, ITEM: parcel()[ITEM]})

    load({ITEM: texts[ITEM]})

    assert section_of(Item.objects.get(uuid=ITEM_UUID)) == "m1/first#why"


def test_a_section_an_editor_took_out_is_named_no_more_and_the_course_still_goes_out() -> None:
    load(naming("m1/first#why"))
    lesson = LessonPage.objects.get(slug="first")
    kept = [one for one in lesson.body.raw_data if one["type"] != "section" or one["value"]["key"] != "why"]
    lesson.body = lesson.body.stream_block.to_python(kept)
    lesson.save_revision().publish()

    written = exported_course("small").texts[ITEM]

    assert "section:" not in written
    assert Item.objects.get(uuid=ITEM_UUID).section == "why"


# -- At the desk -------------------------------------------------------------------------------------------------


def test_the_form_offers_the_sections_of_its_course_and_keeps_the_one_chosen() -> None:
    taught, desk = taught_course(), signed_in(publisher(people().dev))
    other = taught_course("other")
    item = taught.items[0]
    lesson = taught.lessons[0]
    key, heading = lesson.sections[0]
    name = f"m{taught.module.number}/{lesson.slug}#{key}"
    address = reverse("bank_item_write", args=[item.uuid])

    page = desk.get(address).content.decode()
    saved = desk.post(address, sent(desk, address, section=name))
    item.refresh_from_db()
    chosen = desk.get(address).content.decode()
    refused = desk.post(address, sent(desk, address, section="m9/nowhere#why"))

    assert (f'<option value="{name}">{heading}</option>' in page, other.lessons[0].title in page) == (True, True)
    assert saved.status_code == 302
    assert (item.lesson, item.section) == (lesson.activity, key)
    assert f'<option value="{name}" selected>{heading}</option>' in chosen
    assert refused.status_code == 422
    desk.post(address, sent(desk, address, section=""))
    assert section_of(Item.objects.get(pk=item.pk)) == ""


def sent(desk: Client, address: str, **more: str) -> dict[str, Any]:
    """What the form of an item sends, as it is shown."""
    context = desk.get(address).context
    about, form = context["about"], context["form"]
    fields: dict[str, Any] = {
        name: about.get_initial_for_field(field, name) or "" for name, field in about.fields.items()
    }
    fields |= {box.name: box.value for box in form.prompts()}
    for row in form.rows():
        fields |= {box.name: box.value for pair in row.boxes for box in pair}
        fields[f"id-{row.number}"] = row.identifier
    fields["key"] = [str(row.number) for row in form.rows() if row.is_key]
    return {**fields, "rows": form.count, "seen": context["seen"], "act": "save", "note": "Its section.", **more}


def with_section() -> tuple[Item, LessonPage, Client, str]:
    """An item with the first section of a lesson, the lesson, an editor, and where the next version is written."""
    taught, desk = taught_course(), signed_in(publisher(people().dev))
    item, lesson = taught.items[0], taught.lessons[0]
    set_section(item, lesson.activity, lesson.sections[0][0])
    return item, lesson, desk, reverse("bank_item_write", args=[item.uuid])


def unpublish(lesson: LessonPage) -> None:
    lesson.unpublish()


def rename(lesson: LessonPage) -> None:
    blocks = list(lesson.body.raw_data)
    first = next(at for at, one in enumerate(blocks) if one["type"] == "section")
    blocks[first] = {**blocks[first], "value": {**blocks[first]["value"], "key": "renamed"}}
    lesson.body = lesson.body.stream_block.to_python(blocks)
    lesson.save_revision().publish()


@pytest.mark.parametrize("change", [unpublish, rename])
def test_a_section_that_cannot_be_shown_goes_on_over_a_new_version_until_another_or_none_is_chosen(change: Any) -> None:
    item, lesson, desk, address = with_section()
    kept = (lesson.activity, item.section)
    change(lesson)

    page = desk.get(address).content.decode()
    desk.post(address, sent(desk, address, **{"prompt-en": "What is new now?"}))
    item.refresh_from_db()

    assert '<option value="kept" selected>The one it has, which cannot be shown at the moment</option>' in page
    assert (item.versions.count(), item.lesson, item.section) == (2, *kept)
    desk.post(address, sent(desk, address, section=""))
    item.refresh_from_db()
    assert (item.versions.count(), item.lesson, item.section) == (2, None, "")
    assert 'value="kept"' not in desk.get(address).content.decode()


def test_a_section_alone_needs_no_note_and_the_page_says_what_was_saved() -> None:
    load(naming("m1/first#why"))
    item, desk = Item.objects.get(uuid=ITEM_UUID), signed_in(publisher(people().dev))
    address = reverse("bank_item_write", args=[item.uuid])
    key = LessonPage.objects.get(slug="first").sections[0][0]
    name = f"m1/first#{key}"
    alone = sent(desk, address, note="", section=name)
    unchanged = {**alone, "section": section_of(item)}
    words = {**alone, "prompt-en": "What is new now?"}

    pages = [desk.post(address, data, follow=True).content.decode() for data in (unchanged, alone, words)]
    item.refresh_from_db()
    written = desk.post(address, {**words, "note": "Words."}, follow=True).content.decode()

    sentences = (
        "Nothing was changed.",
        "The section is saved. The question itself stays as it was.",
        "Say in a few words what you changed, and why.",
        "Saved as a draft. Somebody else reviews it before it is asked.",
    )
    assert "(optional)" not in pages[2].split('for="id_note"')[1].split("</label>")[0]
    assert [[one in page for one in sentences] for page in (*pages, written)] == [
        [said == place for said in range(4)] for place in range(4)
    ]
    assert (item.section, [one.change_note for one in item.versions.order_by("number")][1:]) == (key, ["Words."])
    assert key != "why"


def test_a_section_of_another_course_is_not_offered() -> None:
    taught, other = taught_course(), taught_course("other")
    desk = signed_in(publisher(people().dev))
    set_section(other.items[0], other.lessons[0].activity, other.lessons[0].sections[0][0])

    offered = desk.get(reverse("bank_write", args=[taught.bank.key])).context["about"].fields["section"].choices

    names = [name for _lesson, sections in offered[1:] for name, _heading in sections]
    assert len(names) == sum(len(lesson.sections) for lesson in taught.lessons)
