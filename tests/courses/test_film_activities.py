"""A film under a module becomes an activity of it, once, and is kept while learners rely on it."""

import pytest
from django.test import Client

from courses.choices import ActivityKind
from courses.models import Activity
from media.models import FilmPage
from tests.factories import cohort, enrolment, people, taught_course
from tests.factories.films import film_page

pytestmark = pytest.mark.django_db


def film_activities() -> list[tuple[int, int]]:
    return list(Activity.objects.filter(kind=ActivityKind.FILM).values_list("film", "position"))


def test_film_published_under_a_module_is_an_activity_after_its_lessons_and_only_once():
    taught = taught_course()

    page = film_page(parent=taught.module_page)
    page.save_revision().publish()

    assert film_activities() == [(page.film_id, 30)]
    assert Activity.objects.get(film=page.film).module == taught.module


def test_film_of_the_channel_is_no_activity():
    film_page()

    assert film_activities() == []


def test_film_learners_have_records_on_cannot_be_deleted_and_says_why():
    taught, cast = taught_course(), people()
    page = film_page(parent=taught.module_page)
    learner, desk = Client(), Client()
    enrolment(cast.amina, cohort(taught.course))
    learner.force_login(cast.amina)
    learner.get(page.url)
    cast.dev.is_superuser = True
    cast.dev.save()
    desk.force_login(cast.dev)

    response = desk.post(f"/admin/pages/{page.pk}/delete/", follow=True)

    assert FilmPage.objects.filter(pk=page.pk).exists()
    assert "cannot be deleted: learners have records on it" in response.content.decode()
