"""What an editor keeps back at the desk is kept back everywhere: its page, its file, its place on a list."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from enrolments.models import Progress
from media.models import SiteDocument
from people.models import User
from tests.factories import briefing_page, cohort, enrolment, front_page, people, report_page, story_page, taught_course
from tests.factories.films import film_page

pytestmark = pytest.mark.django_db
KEPT = "Kept for the board"
BOARD = "Board"


def _keep_back(page: Page) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get_or_create(name=BOARD)[0])


def _document() -> SiteDocument:
    """A document in a collection for the board."""
    shelf = Collection.get_first_root_node().add_child(instance=Collection(name="Papers"))
    restriction = CollectionViewRestriction.objects.create(collection=shelf, restriction_type="groups")
    restriction.groups.add(Group.objects.get_or_create(name=BOARD)[0])
    file = ContentFile(KEPT.encode(), name="paper.txt")
    return SiteDocument.objects.create(title=KEPT, file=file, collection=shelf)


@pytest.fixture
def amina(client: Client) -> Client:
    """Signed in as a learner of the course."""
    taught, cast = taught_course(), people()
    enrolment(cast.amina, cohort(taught.course))
    client.force_login(cast.amina)
    return client


def _board(client: Client) -> None:
    """Whoever is signed in joins the board."""
    person = User.objects.get(pk=client.session["_auth_user_id"])
    person.groups.add(Group.objects.get(name=BOARD))


@pytest.mark.parametrize("make", [briefing_page, story_page, report_page])
def test_page_kept_back_stands_on_no_list(client: Client, make: object) -> None:
    front_page()
    page = make(7 if make is briefing_page else "kept", audience=["boards"])  # type: ignore[operator]
    lists = ["/", page.get_parent().url, "/briefings/feed/", "/reading/"]
    seen = [page.title in client.get(address).content.decode() for address in lists]
    _keep_back(page)

    shown = [page.title in client.get(f"{address}?again").content.decode() for address in lists]

    assert (any(seen), shown) == (True, [False] * 4)


def test_briefing_kept_back_gives_its_paper_to_its_group_only(amina: Client) -> None:
    page = briefing_page(7)
    _keep_back(page)

    outside = amina.get("/briefings/7.pdf").status_code
    _board(amina)

    assert (outside, amina.get("/briefings/7.pdf").status_code) == (404, 200)


def test_page_kept_back_is_not_found_by_somebody_signed_in_and_leads_others_to_sign_in(amina: Client) -> None:
    page = briefing_page(7)
    _keep_back(page)

    stranger, outside = Client().get(page.url), amina.get(page.url)
    _board(amina)

    assert (stranger.status_code, stranger["Location"].partition("?")[0]) == (302, "/_util/login/")
    assert (outside.status_code, amina.get(page.url).status_code) == (404, 200)


def test_document_kept_back_is_not_found_by_somebody_signed_in_and_leads_others_to_sign_in(amina: Client) -> None:
    address = _document().url

    stranger, outside = Client().get(address), amina.get(address)
    _board(amina)

    assert (stranger.status_code, stranger["Location"].partition("?")[0]) == (302, "/_util/login/")
    assert (outside.status_code, b"".join(amina.get(address).streaming_content)) == (404, KEPT.encode())


def test_lesson_kept_back_is_not_found_by_a_learner_of_the_course_and_is_not_listed(amina: Client) -> None:
    lesson = taught_lesson()
    before = amina.get(lesson.url).status_code
    _keep_back(lesson)

    after = amina.get(lesson.url).status_code
    listed = lesson.title in amina.get(lesson.get_parent().url).content.decode()
    _board(amina)

    assert (before, after, listed, amina.get(lesson.url).status_code) == (200, 404, False, 200)


def test_lesson_or_film_kept_back_is_neither_done_nor_kept_a_place_in(amina: Client) -> None:
    lesson = taught_lesson()
    film = film_page("kept", parent=lesson.get_parent())
    _keep_back(lesson.get_parent())
    learn, section = f"/learn/{lesson.activity.uuid}", lesson.sections[0][0]
    watched = f"/learn/{film.film.activities.get().uuid}/film/read/"

    answers = [
        amina.post(f"{learn}/read/"),
        amina.post(f"{learn}/place/", {"section": section}),
        amina.get(f"{learn}/section/{section}/"),
        amina.post(watched),
    ]

    assert ([answer.status_code for answer in answers], Progress.objects.count()) == ([404] * 4, 0)


def taught_lesson() -> Page:
    return Page.objects.get(slug="lesson-1").specific


def test_film_of_a_course_kept_back_gives_neither_page_nor_file_nor_captions_to_a_learner(amina: Client) -> None:
    page = film_page("kept", parent=Page.objects.get(slug="m1").specific)
    activity = f"/learn/{page.film.activities.get().uuid}/film/"
    captions = f"/film-captions/{page.film.uuid}/en.vtt"
    addresses = [page.url, activity, page.film_file.url, captions]
    before = [amina.get(address, follow=True).status_code for address in addresses]
    _keep_back(page.get_parent())

    after = [amina.get(address, follow=True).status_code for address in addresses]
    _board(amina)
    for_board = [amina.get(address, follow=True).status_code for address in addresses]

    assert (before, after, for_board) == ([200] * 4, [404] * 4, [200] * 4)


def test_password_form_is_there_only_for_what_is_kept_back_by_a_password(client: Client) -> None:
    page, draft = briefing_page(7), briefing_page(8)
    draft.unpublish()
    _keep_back(page)
    by_group = PageViewRestriction.objects.get()
    by_password = PageViewRestriction.objects.create(page=page, restriction_type="password", password="larch")
    start = "/_util/authenticate_with_password"

    addresses = [(by_group.pk, page.pk), (by_password.pk, draft.pk), (by_password.pk, page.pk)]
    answers = [client.get(f"{start}/{restriction}/{asked}/").status_code for restriction, asked in addresses]

    assert answers == [404, 404, 200]


@pytest.mark.parametrize("of", ["page", "collection"])
def test_password_is_not_guessed_without_limit_and_others_still_come_in(of: str) -> None:
    address = _behind_a_password(of)
    guesser, other = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="198.51.100.8")

    guesses = [guesser.post(address, {"password": f"no {number}"}).status_code for number in range(62)]
    right = {"password": "larch", "return_url": "/"}

    assert (guesses[:60], guesses[60:]) == ([200] * 60, [429] * 2)
    assert guesser.post(address, right).status_code == 429
    assert (guesser.get(address).status_code, other.post(address, right).status_code) == (200, 302)


def _behind_a_password(of: str) -> str:
    """The form's address."""
    words = {"restriction_type": "password", "password": "larch"}
    if of == "page":
        page = briefing_page(7)
        return (
            f"/_util/authenticate_with_password/{PageViewRestriction.objects.create(page=page, **words).pk}/{page.pk}/"
        )
    shelf = Collection.get_first_root_node().add_child(instance=Collection(name="Papers"))
    kept = CollectionViewRestriction.objects.create(collection=shelf, **words)
    return f"/documents/authenticate_with_password/{kept.pk}/"


@pytest.mark.parametrize(("kind", "status"), [("groups", 404), ("password", 200)])
def test_password_form_of_documents_is_there_only_where_a_password_helps(
    client: Client, kind: str, status: int
) -> None:
    shelf = Collection.get_first_root_node().add_child(instance=Collection(name="Papers"))
    restriction = CollectionViewRestriction.objects.create(collection=shelf, restriction_type=kind, password="larch")

    answer = client.get(f"/documents/authenticate_with_password/{restriction.pk}/")

    assert answer.status_code == status
