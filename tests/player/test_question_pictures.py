"""A question with a picture and emphasis as its learner meets it: asked, reviewed, practised, kept; and marked."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model

from assessments.models import Item, ItemBank, ItemVersion
from enrolments.choices import AppointmentRole
from enrolments.roles import appoint
from tests.assessments.writing import hand_in_words, response_of
from tests.enrolments.doings import sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course, written_quiz
from tests.player.test_practising import page_of
from tests.player.test_quiz import Sitting
from tests.publishing.test_film_files import picture

pytestmark = pytest.mark.django_db
ALT = "Three days; the second is empty."
IMG = re.compile(r"<img[^>]*>")


def an_image(name: str = "days.png") -> Any:
    file = SimpleUploadedFile(name, picture(), content_type="image/png")
    return get_image_model().objects.create(title="Three days", file=file)


def show(item: Item, image: Any) -> None:
    """The item in a version that shows this image and has emphasis everywhere."""
    version = item.current
    texts = version.texts["en"]
    rich: dict[str, Any] = {
        "prompt": [
            {"type": "paragraph", "value": "Look at <b>this</b>."},
            {"type": "quotation", "value": "<p>It was past three.</p>"},
            {"type": "picture", "value": {"image": image.pk, "alt": ALT, "caption": "From the log."}},
            {"type": "paragraph", "value": "What is <i>new</i>?"},
            {"type": "list", "value": "<ul><li>A note</li></ul>"},
        ],
    }
    for name, one in texts["choices"].items():
        rich[f"choices/{name}/text"] = f"<i>{one['text']}</i>"
        if one["explanation"]:
            rich[f"choices/{name}/explanation"] = f'<a href="/glossary/x/">{one["explanation"]}</a>'
    fields = {one.name: getattr(version, one.name) for one in version._meta.concrete_fields if not one.primary_key}
    plain = {**texts, "prompt": "Look at this.\n\nIt was past three.\n\nWhat is new?\n\nA note"}
    item.current = ItemVersion.objects.create(**{**fields, "number": 2, "texts": {"en": {**plain, "rich": rich}}})
    item.save()


def show_everywhere(taught: TaughtCourse) -> Any:
    image = an_image()
    for item in Item.objects.filter(bank=taught.bank):
        show(item, image)
    return image


@pytest.fixture
def sitting(client: Client) -> Sitting:
    made = Sitting(client)
    show_everywhere(made.taught)
    return made


def is_whole(page: str) -> bool:
    """Whether the question is there with its picture, sized and with its words, and the quotation before it."""
    shown = next((one for one in IMG.findall(page) if ALT in one), "")
    sized = all(word in shown for word in ('width="', 'height="', "srcset=", f'alt="{ALT}"'))
    return sized and "Look at <b>this</b>." in page and '<blockquote class="extract"><p>It was past three.</p>' in page


def test_the_last_paragraph_asks_and_the_rest_stands_around_it(sitting: Sitting) -> None:
    attempt = sitting.begin()

    page = sitting.client.get(f"{sitting.base}1/").content.decode()

    assert is_whole(page)
    assert "<h1>What is <i>new</i>?</h1></legend>" in page
    assert page.index("It was past three.") < page.index("<img") < page.index("<legend><h1>") < page.index("A note")
    assert "/glossary/x/" not in page  # explanations come after the hand-in
    assert attempt.places.count() == 8


def test_lists_of_questions_take_the_words_alone(sitting: Sitting) -> None:
    sitting.begin()

    page = sitting.client.get(f"{sitting.base}check/").content.decode()

    assert "1. Look at this. It was past three. What is new? A note" in " ".join(page.split())
    assert "&lt;" not in page.split("<table")[1]


def test_the_result_shows_it_as_it_was_asked_with_links_in_what_explains_it(client: Client) -> None:
    taught = taught_course()
    show_everywhere(taught)
    run = enrolment(people().amina, cohort(taught.course))
    client.force_login(run.learner)
    attempt = sit(run, taught, right=3, at=timezone.now() - timedelta(hours=2))

    page = client.get(f"/attempt/{attempt.uuid}/result/").content.decode()

    assert is_whole(page)
    assert '<a href="/glossary/x/">' in page
    assert len([one for one in IMG.findall(page) if ALT in one]) == 8


def test_practice_shows_it_asked_and_judged(client: Client) -> None:
    taught = taught_course()
    ItemBank.objects.update(is_open=True)
    show_everywhere(taught)
    run = enrolment(people().amina, cohort(taught.course))
    client.force_login(run.learner)
    attempt = sit(run, taught, right=0, at=timezone.now() - timedelta(hours=2))
    item = attempt.places.first().item

    pages = [client.get(page_of(attempt, item)), client.post(page_of(attempt, item), {"q1": "1"})]

    assert [is_whole(one.content.decode()) for one in pages] == [True, True]


def test_pictures_of_a_result_take_the_same_number_of_statements_for_one_and_for_many(client: Client) -> None:
    taught, image, counts = taught_course(item_counts=(3, 2, 3)), an_image(), []
    items, group = list(Item.objects.filter(bank=taught.bank)), cohort(taught.course)
    for name, shown in (("Amina", items[:1]), ("Bryn", items[1:])):
        for item in shown:
            show(item, image)
        run = enrolment(person(name), group)
        client.force_login(run.learner)
        attempt = sit(run, taught, right=3, at=timezone.now() - timedelta(hours=2))
        address = f"/attempt/{attempt.uuid}/result/"
        client.get(address)  # the sizes of the picture are made once
        with CaptureQueriesContext(connection) as met:
            client.get(address)
        counts.append(len(met))

    assert counts[0] == counts[1]


def test_a_download_holds_the_picture_itself_and_its_json_the_words(sitting: Sitting) -> None:
    sitting.begin()

    page = sitting.client.get("/your-data/download.html").content.decode()
    data = sitting.client.get("/your-data/download.json").json()

    shown = next(one for one in IMG.findall(page) if ALT in one)
    assert 'src="data:image/webp;base64,' in shown
    assert "What is <i>new</i>?" in page
    places = next(part for part in data["parts"] if part["table"] == "assessments.place")
    assert places["rows"][0]["question"] == "Look at this.\n\nIt was past three.\n\nWhat is new?\n\nA note"


def to_be_marked(client: Client) -> tuple[str, Any]:
    """The address of an open response for who marks it, who is signed in, and the picture in its question."""
    taught = taught_course()
    written_quiz(taught)
    image = an_image()
    for item in Item.objects.filter(current__kind="open_response"):
        show(item, image)
    cast = people()
    run = enrolment(cast.amina, cohort(taught.course))
    response = response_of(hand_in_words(run, taught, "By Amina."))
    appoint(cast.carol, run, AppointmentRole.ASSESSOR, at=NOON)
    client.force_login(cast.carol)
    return f"/assessing/{response.pk}/", image


def test_whoever_marks_sees_what_was_asked(client: Client) -> None:
    address, _image = to_be_marked(client)

    page = client.get(address).content.decode()

    assert is_whole(page)
    assert '<h2 id="asked">What is <i>new</i>?</h2>' in page


# -- A picture whose file is lost ---------------------------------------------------------------------------------


def lose(image: Any) -> None:
    Path(image.file.path).unlink()


def says_what_it_showed(page: str) -> bool:
    """Whether the question is there without its picture, with the words for it and those under it."""
    in_its_place = f'<p class="gone">{ALT}</p><figcaption>From the log.' in page
    return in_its_place and not any(ALT in one for one in IMG.findall(page))


def test_a_result_whose_picture_is_lost_says_what_it_showed(client: Client) -> None:
    taught = taught_course()
    image = show_everywhere(taught)
    run = enrolment(people().amina, cohort(taught.course))
    client.force_login(run.learner)
    attempt = sit(run, taught, right=3, at=timezone.now() - timedelta(hours=2))
    lose(image)

    result = client.get(f"/attempt/{attempt.uuid}/result/")

    assert (result.status_code, says_what_it_showed(result.content.decode())) == (200, True)


def test_a_question_whose_picture_is_lost_can_still_be_answered(sitting: Sitting) -> None:
    lose(get_image_model().objects.get(title="Three days"))
    sitting.begin()

    page = sitting.client.get(f"{sitting.base}1/")

    assert (page.status_code, says_what_it_showed(page.content.decode())) == (200, True)


def test_whoever_marks_reads_what_a_lost_picture_showed(client: Client) -> None:
    address, image = to_be_marked(client)
    lose(image)

    page = client.get(address)

    assert (page.status_code, says_what_it_showed(page.content.decode())) == (200, True)


@pytest.mark.parametrize("is_made", [False, True])
def test_a_download_without_the_file_of_a_picture_says_what_it_showed(sitting: Sitting, *, is_made: bool) -> None:
    """Whether its sizes were never made, or one was and is lost as well."""
    image = get_image_model().objects.get(title="Three days")
    sitting.begin()
    if is_made:
        sitting.client.get(f"{sitting.base}1/")
        for size in image.renditions.all():
            lose(size)
    lose(image)

    answer = sitting.client.get("/your-data/download.html")

    page = b"".join(answer).decode()
    assert answer.status_code == 200
    assert f"<p>{ALT}</p><p>From the log.</p>" in page
    assert "data:image/webp" not in page
