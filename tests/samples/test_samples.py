"""The sample people: made once by the verbs real people use, and signed in as with one click."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from credentials.choices import Standing
from credentials.models import Credential
from credentials.verification import look_up
from enrolments.models import Enrolment, PinnedSet
from people.models import User
from post.models import Message
from samples.cast import CAST
from samples.make import make_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(django_capture_on_commit_callbacks: Any) -> int:
    """The real content and the sample people, as `make run` has them."""
    call_command("load_content", verbosity=0)
    with django_capture_on_commit_callbacks(execute=True):
        return make_samples(at=timezone.now())


def test_samples_are_made_once_and_have_one_valid_credential(made: int, client: Client) -> None:
    before = (User.objects.count(), Enrolment.objects.count(), Message.objects.count(), Credential.objects.count())

    again = make_samples(at=timezone.now())

    after = (User.objects.count(), Enrolment.objects.count(), Message.objects.count(), Credential.objects.count())
    assert (made, again, before) == (len(CAST), 0, after)
    credential = Credential.objects.get()
    found = look_up(credential.code, at=timezone.now())
    assert found is not None
    assert (found.standing, credential.learner.name, credential.title) == (
        Standing.VALID, "Ceri Tŷ Gwyn", "Module 1: Why case reviews needed another way",
    )  # fmt: skip
    assert client.get(f"/verify/{credential.shown_code}/").status_code == 200
    states = dict(PinnedSet.objects.values_list("enrolment__learner__email", "percent"))
    assert states == {"amina@example.org": 40, "bryn@example.org": 0, "ceri@example.org": 100}


def test_one_click_signs_in_as_each_of_them_and_shows_what_they_may_see(made: int, client: Client) -> None:
    seen = {}
    for one in CAST:
        response = client.get(f"/try/{one.key}/", follow=True)
        page = response.content.decode()
        seen[one.key] = (response.status_code, response.redirect_chain, "Amina Farrow" in page)

    landed = (200, [("/my-learning/", 302)])
    assert seen == {
        key: (*landed, key in ("amina", "beth", "lena"))
        for key in ("amina", "bryn", "ceri", "beth", "carol", "dev", "lena")
    }


def test_mailbox_shows_the_invitation_that_waits_and_its_link_works(made: int, client: Client) -> None:
    index, mail = client.get("/try/"), client.get("/try/mail/")

    text = Message.objects.get(kind="invitation").text
    link = next(line for line in text.splitlines() if line.startswith("http"))
    assert (index.status_code, mail.status_code, link in mail.content.decode()) == (200, 200, True)
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_nobody_who_is_not_in_the_cast_can_be_signed_in_as(client: Client) -> None:
    User.objects.create_superuser("root@example.org", name="Root")

    answers = [client.get(f"/try/{key}/").status_code for key in ("root", "amina", "nobody")]

    assert answers == [404, 404, 404]
    assert "_auth_user_id" not in client.session


def test_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_content", verbosity=0)
    capsys.readouterr()

    call_command("make_samples")
    call_command("make_samples")

    assert capsys.readouterr().out == f"Made {len(CAST)} sample people.\nThe sample people are there already.\n"
