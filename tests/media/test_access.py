"""Who may see a film: the page, its file and its captions answer the same."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, PageViewRestriction

from courses.models import Activity
from media.models import FilmPage
from tests.factories import cohort, enrolment, people, taught_course, trainer
from tests.factories.films import CAPTIONS, channel, film_file, film_page

pytestmark = pytest.mark.django_db
CANARY = "CANARY-OF-THE-FILM"
NOT_FOUND, SHOWN = [404, 404], [200, 200]


def course_film() -> FilmPage:
    """A film under a module, with something that could leak."""
    taught = taught_course()
    lines = [{"at": 0, "kind": "visual", "text": CANARY}, {"at": 1, "kind": "speech", "text": "x", "speaker": "A"}]
    captions = CAPTIONS.replace("no answer", CANARY)
    return film_page("kept", parent=taught.module_page, transcript=lines, captions=captions)


def statuses(client, page: FilmPage) -> list[int]:
    """Of the file and the captions."""
    assert page.film_file is not None
    addresses = [page.film_file.url, f"/film-captions/{page.film.uuid}/en.vtt"]
    return [client.get(address).status_code for address in addresses]


def test_film_of_the_channel_is_for_anybody(client):
    page = film_page()

    assert (client.get(page.url).status_code, statuses(client, page)) == (200, SHOWN)


def test_film_of_a_course_is_for_nobody_who_is_not_signed_in(client):
    page = course_film()

    response = client.get(page.url)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={page.url}")
    assert statuses(client, page) == NOT_FOUND


def test_film_of_a_course_is_refused_to_carol_who_trains_another(client):
    page, cast = course_film(), people()
    trainer(cast.carol, cohort(taught_course("refresher").course))
    client.force_login(cast.carol)

    response = client.get(page.url)

    assert (response.status_code, CANARY in response.content.decode(), statuses(client, page)) == (
        403,
        False,
        NOT_FOUND,
    )


@pytest.mark.parametrize("who", ["amina", "beth", "dev"])
def test_film_of_a_course_is_for_its_learners_trainers_and_editors(client, who):
    page, cast = course_film(), people()
    group = cohort(Activity.objects.get(film=page.film).course)
    enrolment(cast.amina, group)
    trainer(cast.beth, group)
    client.force_login(getattr(cast, who))

    assert (client.get(page.url).status_code, statuses(client, page)) == (200, SHOWN)


def test_learner_who_was_withdrawn_no_longer_gets_the_file(client):
    page, cast = course_film(), people()
    run = enrolment(cast.amina, cohort(Activity.objects.get(film=page.film).course))
    run.state = "withdrawn"
    run.save()
    client.force_login(cast.amina)

    assert statuses(client, page) == NOT_FOUND


def test_film_taken_off_the_site_is_for_editors_only(client):
    page, cast = film_page(), people()
    page.unpublish()

    client.force_login(cast.amina)
    for_amina = statuses(client, page)
    client.force_login(cast.dev)

    assert (for_amina, statuses(client, page)) == (NOT_FOUND, SHOWN)


def test_file_of_no_page_is_for_editors_only(client):
    alone, cast = film_file(), people()

    for_anybody = client.get(alone.url).status_code
    client.force_login(cast.dev)

    assert (for_anybody, client.get(alone.url).status_code) == (404, 200)


def test_film_kept_back_at_the_desk_is_kept_back_with_its_file(client):
    page, cast = film_page(), people()
    restriction = PageViewRestriction.objects.create(page=channel(), restriction_type="groups")
    restriction.groups.add(Group.objects.get_or_create(name="Board")[0])
    client.force_login(cast.amina)

    assert statuses(client, page) == NOT_FOUND
    assert page.title not in client.get("/films/").content.decode()


def test_film_kept_back_in_one_language_is_kept_back_though_it_is_open_in_another(client):
    page = film_page()
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    words = {"captions": CAPTIONS.replace("no answer", CANARY), "film_file": film_file(title="Cymraeg")}
    other = film_page("ail-olwg", locale=welsh, translation_key=page.translation_key, **words)
    captions, address = f"/film-captions/{page.film.uuid}/cy.vtt", other.film_file.url
    before = [client.get(asked).status_code for asked in (captions, address)]
    PageViewRestriction.objects.create(page=other, restriction_type="groups")

    after = [client.get(asked).status_code for asked in (captions, address)]

    assert (before, after, statuses(client, page)) == (SHOWN, NOT_FOUND, SHOWN)
    assert captions not in client.get(page.url).content.decode()


def test_file_shared_by_an_open_page_is_public(client):
    page = film_page()
    kept = film_page("kept", film_file=page.film_file)
    PageViewRestriction.objects.create(page=kept, restriction_type="groups")

    assert "public" in client.get(page.film_file.url).headers["Cache-Control"]


def test_address_with_another_ending_or_language_finds_nothing(client):
    page = film_page()

    addresses = [page.film_file.url.replace(".mp4", ".webm"), f"/film-captions/{page.film.uuid}/cy.vtt"]

    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_film_and_its_file_lie_under_no_address_of_uploads(client):
    page = film_page()

    name = page.film_file.file.name
    addresses = [f"/uploads/{name}", f"/uploads/images/../{name}", f"/uploads/images/../../private/{name}"]

    assert [client.get(address).status_code for address in addresses] == [404, 400, 400]
