"""Notes and bookmarks on moments of a film."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from courses.models import Activity
from enrolments.models import Enrolment
from player.models import Note
from tests.factories import cohort, enrolment, people, taught_course
from tests.factories.films import film_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    page = film_page(parent=taught_course().module_page)
    return Activity.objects.get(film=page.film)


@pytest.fixture
def run(activity: Activity) -> Enrolment:
    return enrolment(people().amina, cohort(activity.course))


@pytest.fixture
def amina(run: Enrolment) -> Client:
    client = Client()
    client.force_login(run.learner)
    return client


def url(activity: Activity) -> str:
    return f"/learn/{activity.uuid}/notes/"


def test_note_at_a_moment_leads_back_to_it(amina: Client, activity: Activity) -> None:
    response = amina.post(url(activity), {"moment": "0:12", "words": "Who speaks first?"})

    note = Note.objects.get()
    film = f"/learn/{activity.uuid}/film/"
    assert (response.status_code, response["Location"]) == (302, f"{film}?t=12#film-notes")
    assert (note.kind, note.moment_seconds, note.words) == ("note", 12, "Who speaks first?")
    shown = amina.get(film).content.decode()
    assert ('href="?t=12"' in shown, "Who speaks first?" in shown) == (True, True)
    assert f'href="{film}?t=12"' in amina.get("/my-learning/written/").content.decode()


def test_moment_without_words_is_one_bookmark_however_often(amina: Client, activity: Activity) -> None:
    for moment in ("12", "0:12", "12.4"):
        amina.post(url(activity), {"moment": moment, "words": ""})

    assert [(note.kind, note.moment_seconds) for note in Note.objects.all()] == [("bookmark", 12)]


@pytest.mark.parametrize("moment", ["", "soon", "99:00", "-3", "1:99"])
def test_moment_that_is_not_in_the_film_is_asked_for_again_and_the_words_stay(
    amina: Client, activity: Activity, moment: str
) -> None:
    response = amina.post(url(activity), {"moment": moment, "words": "Not to be lost."})

    said = response.content.decode()
    assert (response.status_code, Note.objects.count()) == (422, 0)
    assert ("Not to be lost.</textarea>" in said, f'value="{moment}"' in said) == (True, True)
    assert said.count("such as 1:05. ") + said.count("such as 1:05.<") >= 2


def test_film_kept_back_while_somebody_writes_gives_the_words_back(amina: Client, activity: Activity) -> None:
    page = activity.film.pages.get()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)

    response = amina.post(url(activity), {"moment": "0:12", "words": "Not to be lost."})

    assert (response.status_code, Note.objects.count()) == (404, 0)
    assert "Not to be lost.</textarea>" in response.content.decode()
    assert page.title not in response.content.decode()
