"""A lesson as served: who gets in, what is kept, and that only a post with our token keeps anything."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrolments.models import Enrolment, Progress
from people.models import User
from tests.factories import NOON, TaughtCourse, cohort, enrolment, lesson_page, people, taught_course, trainer

pytestmark = pytest.mark.django_db
ADDRESS = "/foundation/m1/lesson-1/"
CANARY = "CANARY-OF-THE-LESSON"
TWO_SECTIONS = [
    {"type": "section", "value": {"heading": "Where it starts", "key": "start"}},
    {"type": "text", "value": f"<p>{CANARY}</p>"},
    {"type": "section", "value": {"heading": "Where it leads", "key": "leads"}},
]


def _taught() -> TaughtCourse:
    """The course, its first lesson with two sections and something that could leak."""
    taught = taught_course()
    first = taught.lessons[0]
    first.body = TWO_SECTIONS
    first.save_revision().publish()
    first.refresh_from_db()
    return taught


def _learning(client: Client) -> tuple[TaughtCourse, Enrolment]:
    taught, cast = _taught(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    client.force_login(cast.amina)
    return taught, run


def _urls(taught: TaughtCourse) -> dict[str, str]:
    start = f"/learn/{taught.lessons[0].activity.uuid}/"
    return {"read": f"{start}read/", "place": f"{start}place/", "section": f"{start}section/leads/"}


def test_stranger_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    _taught()

    response = client.get(ADDRESS)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={ADDRESS}")
    assert CANARY not in response.content.decode()


def test_course_and_module_pages_are_public(client: Client) -> None:
    _taught()

    assert [client.get(address).status_code for address in ("/", "/foundation/", "/foundation/m1/")] == [200] * 3


def test_person_not_on_the_course_is_told_in_words_how_to_join(client: Client) -> None:
    _taught()
    client.force_login(people().carol)

    response = client.get(ADDRESS)

    page = response.content.decode()
    assert (response.status_code, CANARY in page, Progress.objects.count()) == (403, False, 0)
    assert "“Lesson 1” opens when you have joined a cohort." in page


def test_trainer_of_another_course_is_refused(client: Client) -> None:
    _taught()
    cast = people()
    trainer(cast.carol, cohort(taught_course("refresher").course))
    client.force_login(cast.carol)

    response = client.get(ADDRESS)

    assert (response.status_code, CANARY in response.content.decode()) == (403, False)


@pytest.mark.parametrize(
    ("state", "status"), [("booked", 200), ("active", 200), ("on_leave", 200), ("completed", 200), ("withdrawn", 403)]
)
def test_withdrawn_learner_is_refused_and_any_other_reads(client: Client, state: str, status: int) -> None:
    _taught_course, run = _learning(client)
    Enrolment.objects.filter(pk=run.pk).update(state=state)

    response = client.get(ADDRESS)

    assert (response.status_code, CANARY in response.content.decode()) == (status, status == 200)


@pytest.mark.parametrize("who", ["beth", "dev"])
def test_trainer_of_a_cohort_and_editor_read_as_staff_and_no_progress_is_kept(client: Client, who: str) -> None:
    taught, cast = _taught(), people()
    trainer(cast.beth, cohort(taught.course))
    client.force_login(getattr(cast, who))

    response = client.get(ADDRESS)

    page = response.content.decode()
    assert (response.status_code, CANARY in page, Progress.objects.count()) == (200, True, 0)
    assert "You are reading this as staff. No progress is kept." in page
    assert [url for url in _urls(taught).values() if url in page] == []


def test_trainer_whose_role_ended_is_refused(client: Client) -> None:
    taught, cast = _taught(), people()
    trainer(cast.beth, cohort(taught.course), ends_on=timezone.localdate())
    client.force_login(cast.beth)

    response = client.get(ADDRESS)

    assert (response.status_code, CANARY in response.content.decode()) == (403, False)


def test_opening_a_lesson_starts_the_run_and_keeps_the_wording_seen_but_reads_nothing(client: Client) -> None:
    taught, run = _learning(client)

    client.get(ADDRESS)

    run.refresh_from_db()
    row = Progress.objects.get()
    assert (run.state, row.activity, row.digest_seen, row.marked_read_at) == (
        "active", taught.lessons[0].activity, taught.lessons[0].content_digest, None,
    )  # fmt: skip


def test_marking_read_leads_to_what_follows_and_then_says_so(client: Client) -> None:
    taught, run = _learning(client)
    page = client.get(ADDRESS).content.decode()

    response = client.post(_urls(taught)["read"])

    assert "I have read this. Next: Lesson 2" in page
    assert (response.status_code, response["Location"]) == (302, "/foundation/m1/lesson-2/")
    assert run.progress.get().digest_read == taught.lessons[0].content_digest
    assert "You have marked this as read" in client.get(ADDRESS).content.decode()


def test_last_thing_marked_read_leads_home(client: Client) -> None:
    taught, _run = _learning(client)
    last = lesson_page(taught.module_page, "After the quiz", "after")
    type(last.activity).objects.filter(pk=last.activity_id).update(position=200)

    response = client.post(f"/learn/{last.activity.uuid}/read/")

    assert response["Location"] == "/my-learning/"


@pytest.mark.parametrize("which", ["read", "place"])
def test_nothing_is_kept_by_a_get_or_without_our_token(which: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    taught, _run = _learning(strict)
    strict.get(ADDRESS)
    before = list(Progress.objects.values())

    answers = [
        strict.get(_urls(taught)[which]).status_code,
        strict.post(_urls(taught)[which], {"section": "start"}).status_code,
    ]

    assert (answers, list(Progress.objects.values())) == ([405, 403], before)


def test_place_is_kept_and_offered_the_next_time(client: Client) -> None:
    taught, run = _learning(client)
    client.get(ADDRESS)

    response = client.post(_urls(taught)["place"], {"section": "leads"})

    assert (response.status_code, response.content, run.progress.get().place) == (204, b"", "leads")
    assert "Carry on from “Where it leads”" in client.get(ADDRESS).content.decode()


def test_section_link_keeps_the_place_where_no_script_runs(client: Client) -> None:
    taught, run = _learning(client)
    client.get(ADDRESS)

    response = client.get(_urls(taught)["section"])

    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}#leads")
    assert run.progress.get().place == "leads"


@pytest.mark.parametrize("section", ["", "nowhere", "<script>", "x" * 5000])
def test_place_that_is_not_in_the_lesson_is_refused(client: Client, section: str) -> None:
    taught, run = _learning(client)
    client.get(ADDRESS)

    response = client.post(_urls(taught)["place"], {"section": section})

    assert (response.status_code, run.progress.get().place) == (404, "")


@pytest.mark.parametrize("which", ["read", "place", "section"])
def test_person_not_on_the_course_keeps_nothing_and_is_told_there_is_nothing(client: Client, which: str) -> None:
    taught, _run = _learning(client)
    client.force_login(User.objects.get(name="Carol Hughes"))
    url = _urls(taught)[which]

    response = client.get(url) if which == "section" else client.post(url, {"section": "leads"})

    assert (response.status_code, Progress.objects.count()) == (404, 0)
    assert CANARY not in response.content.decode()


@pytest.mark.parametrize("which", ["read", "place", "section"])
def test_somebody_not_signed_in_is_asked_to_and_keeps_nothing(which: str) -> None:
    taught, stranger = _taught(), Client()
    url = _urls(taught)[which]

    response = stranger.get(url) if which == "section" else stranger.post(url, {"section": "leads"})

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={url}")
    assert Progress.objects.count() == 0


def test_quiz_cannot_be_marked_as_read(client: Client) -> None:
    taught, _run = _learning(client)

    response = client.post(f"/learn/{taught.assessment.activity.uuid}/read/")

    assert (response.status_code, Progress.objects.count()) == (404, 0)


def test_lesson_is_private_to_the_browser_it_was_made_for(client: Client) -> None:
    _learning(client)

    assert client.get(ADDRESS)["Cache-Control"] == "private, no-store"


def test_unpublished_lesson_is_hidden_and_what_was_done_is_kept(client: Client) -> None:
    taught, run = _learning(client)
    client.get(ADDRESS)
    client.post(_urls(taught)["read"])
    taught.lessons[0].unpublish()

    response = client.get(ADDRESS)

    assert (response.status_code, run.progress.exclude(marked_read_at=None).count()) == (404, 1)


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lesson_takes_the_same_few_queries_with_one_more_step_or_with_nine(client: Client) -> None:
    taught, _run = _learning(client)
    few = _queries(client, ADDRESS)
    for number in range(3, 11):
        lesson_page(taught.module_page, f"Lesson {number}", f"lesson-{number}")

    many = _queries(client, ADDRESS)

    assert many == few
    assert few <= 35


def test_place_kept_late_is_compared_by_the_servers_clock(client: Client) -> None:
    taught, run = _learning(client)
    client.get(ADDRESS)
    Progress.objects.update(place="start", place_at=timezone.now() + timedelta(hours=1))

    client.post(_urls(taught)["place"], {"section": "leads", "at": NOON.isoformat()})

    assert run.progress.get().place == "start"
