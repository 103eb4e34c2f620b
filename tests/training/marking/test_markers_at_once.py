"""Two markers in one moment, with real connections: one act stands, the other is told and keeps their words."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from assessments.models import Attempt, Response, RevisionRequest, Score
from enrolments.models import Cohort
from people.models import User
from post.models import Message
from tests.assessments.writing import hand_in_words, mark_best, response_of
from tests.factories import NOON, cohort, enrolment, people, person, taught_course, trainer, written_quiz

pytestmark = pytest.mark.django_db(transaction=True)
BEST, WORST = ({"level-sense": level, "level-fair": level} for level in "30")
ROUNDS = range(2)  # one round may pass by luck


@pytest.fixture
def group() -> Cohort:
    """A cohort that Beth and Carol train, with Amy's answer handed in."""
    taught, cast = taught_course(), people()
    written_quiz(taught)
    made = cohort(taught.course)
    for one in (cast.beth, cast.carol):
        trainer(one, made)
    hand_in_words(enrolment(person("Amy Able", last_login=NOON), made), taught, "She was told.")
    return made


def _response() -> Response:
    return response_of(Attempt.objects.get())


def _trainers() -> list[User]:
    return [User.objects.get(name=name) for name in ("Beth Okafor", "Carol Hughes")]


def _sent_at_once(group: Cohort, *forms: dict[str, Any]) -> list[tuple[int, str]]:
    """What each trainer's page answered, all sent in the same moment: a status, and the page."""
    address, ready = f"/cohort/{group.uuid}/marking/{_response().pk}/", threading.Barrier(len(forms))
    clients = [Client() for _form in forms]
    for client, marker in zip(clients, _trainers() * len(forms), strict=False):
        client.force_login(marker)
    found: list[tuple[int, str]] = []

    def send(client: Client, form: dict[str, Any]) -> None:
        ready.wait()
        try:
            answer = client.post(address, form)
            found.append((answer.status_code, answer.content.decode()))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=send, args=pair) for pair in zip(clients, forms, strict=True)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(found)


def _words_of(stands: str) -> str:
    return ({"By Beth.", "By Carol."} - {stands}).pop()


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_first_scores_at_once_are_one_and_the_other_marker_keeps_their_words(group: Cohort, _round: int) -> None:
    beth = {"go": "mark", "seen": "", "comment": "By Beth.", **BEST}
    carol = {"go": "mark", "seen": "", "comment": "By Carol.", **WORST}

    (first, _redirect), (second, page) = _sent_at_once(group, beth, carol)

    stands = Score.objects.get(kind="marker")
    assert (first, second) == (302, 409)
    assert "Somebody scored this after your page was opened." in page
    assert f">{_words_of(stands.comment)}</textarea>" in page
    assert stands.comment in page
    assert (Attempt.objects.get().results.count(), Message.objects.filter(kind="marked").count()) == (1, 1)


@pytest.mark.parametrize("_round", ROUNDS)
def test_eight_clicks_of_one_marker_at_once_are_one_score(group: Cohort, _round: int) -> None:
    form = {"go": "mark", "seen": "", "comment": "By Beth.", **BEST}
    carol = {**form, "comment": "By Carol."}

    came_of_it = _sent_at_once(group, *[form, carol] * 4)

    assert [status for status, _page in came_of_it] == [302] * 4 + [409] * 4
    assert Score.objects.filter(kind="marker").count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_corrections_at_once_supersede_a_score_once(group: Cohort, _round: int) -> None:
    first = mark_best(_response(), _trainers()[0])
    beth = {"go": "mark", "seen": first.pk, "comment": "By Beth.", "reason": "I misread it.", **WORST}
    carol = {"go": "mark", "seen": first.pk, "comment": "By Carol.", "reason": "Too kind.", **WORST, "level-fair": "1"}

    (one, _redirect), (other, page) = _sent_at_once(group, beth, carol)

    stands = Score.objects.get(supersedes=first)
    assert (one, other) == (302, 409)
    assert f">{_words_of(stands.comment)}</textarea>" in page
    assert f'value="{({"I misread it.", "Too kind."} - {stands.reason}).pop()}"' in page
    assert Score.objects.filter(kind="marker").count() == 2
    assert [result.points for result in Attempt.objects.get().results.order_by("pk")] == [7, 1 + stands.points]


def _gives_back(comment: str) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=5)
    return {"go": "return", "comment": comment, "due_on": day.isoformat()}


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_score_and_a_giving_back_at_once_are_one_of_the_two(group: Cohort, _round: int) -> None:
    beth = {"go": "mark", "seen": "", "comment": "By Beth.", **BEST}

    (first, _redirect), (second, page) = _sent_at_once(group, beth, _gives_back("By Carol."))

    scored, asked = Score.objects.filter(kind="marker").count(), RevisionRequest.objects.count()
    told, lost = ("Somebody scored this", "By Carol.") if scored else ("Somebody gave this back", "By Beth.")
    assert (first, second, scored + asked) == (302, 409, 1)
    assert told in page
    assert f">{lost}</textarea>" in page
    assert Attempt.objects.get().state == ("scored" if scored else "returned")
    letters = Message.objects.filter(kind__in=["marked", "returned_for_revision"])
    assert [letter.kind for letter in letters] == ["marked" if scored else "returned_for_revision"]


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_who_give_back_at_once_make_one_request_and_no_word_is_lost(group: Cohort, _round: int) -> None:
    (first, _redirect), (second, page) = _sent_at_once(group, _gives_back("By Beth."), _gives_back("By Carol."))

    stands = RevisionRequest.objects.get()
    assert (first, second) == (302, 409)
    assert f">{_words_of(stands.comment)}</textarea>" in page
    assert stands.comment in page
    assert Message.objects.filter(kind="returned_for_revision").count() == 1
