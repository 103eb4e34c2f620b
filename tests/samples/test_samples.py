"""The sample people: made once by the verbs real people use, and signed in as with one click."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from assessments.models import Attempt, Place
from credentials.choices import Standing
from credentials.models import Credential
from credentials.verification import look_up
from enrolments.models import CohortOffer, Enrolment, PinnedSet, PlaceRequest, Progress
from people.models import User
from people.roles import organisations_where
from post.models import Message
from samples.cast import CAST, COHORT, COUNCIL, HEALTH_TRUST, PARTNERSHIP
from samples.make import make_samples
from tests.factories import NOON
from tests.factories.site import real_content, sample_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> None:
    """The real content and the sample people, as `make run` has them."""
    sample_people()


def test_samples_are_made_once_and_have_one_valid_credential(made: None, client: Client) -> None:
    before = (User.objects.count(), Enrolment.objects.count(), Message.objects.count(), Credential.objects.count())

    again = make_samples(at=timezone.now())

    after = (User.objects.count(), Enrolment.objects.count(), Message.objects.count(), Credential.objects.count())
    assert (again, before) == (0, after)
    credential = Credential.objects.get()
    found = look_up(credential.code, at=timezone.now())
    assert found is not None
    assert (found.standing, credential.learner.name, credential.title) == (
        Standing.VALID, "Ceri Tŷ Gwyn", "Module 1: Why case reviews needed another way",
    )  # fmt: skip
    assert client.get(f"/verify/{credential.shown_code}/").status_code == 200


def test_cohort_is_fourteen_people_from_six_agencies_in_three_organisations_unevenly_far(made: None) -> None:
    runs = Enrolment.objects.filter(cohort__name=COHORT)

    assert runs.count() == 14
    assert set(runs.values_list("agency", flat=True)) == {
        "social_care", "education", "health", "housing", "police", "probation",
    }  # fmt: skip
    assert set(runs.values_list("booked_by__name", flat=True)) == {COUNCIL, HEALTH_TRUST, PARTNERSHIP}
    pinned = PinnedSet.objects.filter(key="module-1")
    percents = pinned.values_list("enrolment__learner__email", "enrolment__state", "percent")
    assert {email.partition("@")[0]: (state, percent) for email, state, percent in percents} == {
        "amina": ("active", 40), "bryn": ("booked", 0), "ceri": ("active", 100), "emyr": ("active", 80),
        "fiona": ("booked", 0), "grace": ("on_leave", 20), "hannah": ("active", 0), "imran": ("active", 80),
        "joan": ("active", 80), "kwame": ("active", 80), "leroy": ("active", 60), "nadia": ("active", 80),
        "sioned": ("active", 20), "tomasz": ("active", 40),
    }  # fmt: skip


def test_two_are_stuck_one_is_racing_and_one_is_on_leave(made: None) -> None:
    now = timezone.now()
    joan = Attempt.objects.filter(learner__email="joan@example.org").order_by("number")
    hannah = Progress.objects.get(enrolment__learner__email="hannah@example.org")
    imran = Progress.objects.filter(enrolment__learner__email="imran@example.org")

    assert [(attempt.result.points, attempt.result.passed) for attempt in joan] == [(3, False), (4, False), (3, False)]
    assert now - max(attempt.handed_in_at for attempt in joan) > timedelta(days=8)
    assert now - hannah.last_seen_at > timedelta(days=20)
    assert imran.count() == 4
    assert max(row.completed_at for row in imran) - min(row.first_seen_at for row in imran) < timedelta(minutes=12)
    assert Enrolment.objects.get(state="on_leave").learner.name == "Grace Oduya"
    assert Credential.objects.count() == 1


@pytest.mark.lengthy
def test_cohort_is_made_the_same_every_time() -> None:
    real_content()
    told = []
    for _time in range(2):
        with transaction.atomic():
            make_samples(at=NOON)
            told.append(
                (
                    list(User.objects.order_by("email").values_list("email", "name", "agency")),
                    list(Place.objects.order_by("attempt__learner__email", "attempt__number", "position").values_list(
                        "attempt__learner__email", "item__uuid", "choice_order")),
                    list(Progress.objects.order_by("enrolment__learner__email", "activity").values_list(
                        "enrolment__learner__email", "activity__uuid", "first_seen_at", "place", "completed_at")),
                )
            )  # fmt: skip
            transaction.set_rollback(True)

    assert told[0] == told[1]
    assert len(told[0][1]) > 40


def test_one_click_signs_in_as_each_of_them_and_shows_what_they_may_see(made: None, client: Client) -> None:
    seen = {}
    for one in CAST:
        response = client.get(f"/try/{one.key}/", follow=True)
        page = response.content.decode()
        seen[one.key] = (response.status_code, response.redirect_chain, "Amina Farrow" in page, "Hannah Lyle" in page)

    landed = (200, [("/my-learning/", 302)])
    assert seen == {one.key: (*landed, one.key == "amina", one.key in ("beth", "hannah")) for one in CAST}


def test_mailbox_shows_the_invitation_that_waits_and_its_link_works(made: None, client: Client) -> None:
    index, mail = client.get("/try/"), client.get("/try/mail/")

    text = Message.objects.get(kind="invitation").text
    link = next(line for line in text.splitlines() if line.startswith("http"))
    assert (index.status_code, mail.status_code, link in mail.content.decode()) == (200, 200, True)
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_council_has_twelve_places_an_open_link_and_somebody_who_waits_for_the_lead(made: None, client: Client) -> None:
    lena = User.objects.get(email="lena@example.org")
    council = organisations_where(lena, "org_lead", on=timezone.localdate()).get()
    client.get("/try/lena/")

    pages = [
        client.get(f"/organisation/{council.uuid}/{page}/").content.decode() for page in ("invitations", "requests")
    ]

    assert set(CohortOffer.objects.values_list("organisation__name", "places")) == {
        (COUNCIL, 12), (HEALTH_TRUST, None), (PARTNERSHIP, None),
    }  # fmt: skip
    assert "A link: 0 of 12 used" in pages[0]
    assert [asked.person.name for asked in PlaceRequest.objects.filter(state="waiting")] == ["Rhiannon Achterberg"]
    assert "Give Rhiannon Achterberg a place" in pages[1]


def test_nobody_who_is_not_in_the_cast_can_be_signed_in_as(client: Client) -> None:
    User.objects.create_superuser("root@example.org", name="Root")

    answers = [client.get(f"/try/{key}/").status_code for key in ("root", "amina", "nobody")]

    assert answers == [404, 404, 404]
    assert "_auth_user_id" not in client.session


@pytest.mark.lengthy
def test_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    real_content()
    capsys.readouterr()

    call_command("make_samples")
    call_command("make_samples")

    assert capsys.readouterr().out == f"Made {len(CAST)} sample people.\nThe sample people are there already.\n"
