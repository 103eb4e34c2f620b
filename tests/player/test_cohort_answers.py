"""How a cohort answered: after the hand-in, where the author wants it, in groups in which nobody can be picked out."""

from collections import Counter
from datetime import timedelta
from itertools import combinations, pairwise
from random import Random

import pytest
from django.test import Client

from assessments.models import Assessment
from enrolments.models import Enrolment
from player.cohort_answers import LEAST, MIXED, SEVERAL, Answer, batched
from tests.enrolments.doings import handed_in
from tests.factories import NOON, TaughtCourse, cohort, enrolment, person, taught_course

pytestmark = pytest.mark.django_db
YES, NO = frozenset({"a"}), frozenset({"b"})


@pytest.fixture
def taught() -> TaughtCourse:
    """A quiz that draws every question there is, so that all are asked the same."""
    course = taught_course(item_counts=(3, 2, 3))
    Assessment.objects.update(shows_cohort=True)
    course.assessment.refresh_from_db()
    return course


def sitters(taught: TaughtCourse, *agencies: str) -> list[Enrolment]:
    group = cohort(taught.course)
    return [enrolment(person(f"Learner {number}", agency=one), group) for number, one in enumerate(agencies)]


@pytest.mark.parametrize(
    ("agencies", "counted"),
    [
        (["police"] * 5, {}),
        (["police"] * 6, {"police": 6}),
        (["police"] * 11, {"police": 6}),
        (["police"] * 12, {"police": 12}),
        (["police", "health", "housing"] * 3, {}),
        ([*["police", "health", "housing"] * 3, "other"], {SEVERAL: 10}),
        (["police"] * 5 + ["health"] * 6, {SEVERAL: 10}),
    ],
)
def test_answers_are_counted_in_whole_batches(agencies: list[str], counted: dict[str, int]) -> None:
    found = batched((agency, YES) for agency in agencies)

    assert {group: len(answers) for group, answers in found.items()} == counted


def test_any_two_looks_differ_by_whole_batches_and_never_by_a_few() -> None:
    chance = Random(52)
    for _round in range(60):
        answers: list[Answer] = [
            (chance.choice(["police", "health", "housing"]), chance.choice([YES, NO])) for _one in range(30)
        ]
        looks = [batched(answers[:count]) for count in range(31)]

        for earlier, later in combinations(looks, 2):
            for group in later:
                more = len(later[group]) - len(earlier.get(group, []))
                assert more == 0 or more >= LEAST
                assert later[group][: len(earlier.get(group, []))] == earlier.get(group, [])
        assert all(sum(map(len, one.values())) <= sum(map(len, two.values())) for one, two in pairwise(looks))
    assert MIXED > LEAST


def test_learner_who_handed_in_sees_how_their_cohort_answered(taught: TaughtCourse) -> None:
    runs = sitters(taught, *["police"] * 6, "health")
    attempts = [handed_in(run, taught, right=8 if number < 4 else 0) for number, run in enumerate(runs)]
    client = Client()
    client.force_login(runs[6].learner)

    page = client.get(f"/attempt/{attempts[6].uuid}/result/")

    told = page.context["by_cohort"]
    assert [[(group.words, group.people) for group in one.groups] for one in told] == [[("Police", 6)]] * 8
    assert all(Counter(row.counts[0] for row in one.rows)[4] == 1 for one in told)
    assert "Police, 6 people" in page.content.decode()
    assert "Health, " not in page.content.decode()


@pytest.mark.parametrize("shows", [True, False])
def test_nothing_is_told_where_few_answered_or_the_author_does_not_want_it(taught: TaughtCourse, shows: bool) -> None:
    Assessment.objects.update(shows_cohort=shows)
    runs = sitters(taught, *["police"] * (5 if shows else 6))
    attempt = [handed_in(run, taught, right=8) for run in runs][-1]
    client = Client()
    client.force_login(runs[-1].learner)

    page = client.get(f"/attempt/{attempt.uuid}/result/").content.decode()

    assert ("Too few people have answered" in page, "How your cohort answered" in page) == (shows, shows)
    assert "Police, " not in page


def test_answers_of_another_cohort_and_second_tries_are_not_counted(taught: TaughtCourse) -> None:
    runs = sitters(taught, *["police"] * 5)
    other = enrolment(person("Elsewhere", agency="police"), cohort(taught.course, "Another"))
    handed_in(other, taught, right=8)
    attempts = [handed_in(run, taught, right=0) for run in runs]
    handed_in(runs[0], taught, right=8, at=NOON + timedelta(days=1))
    client = Client()
    client.force_login(runs[1].learner)
    told = client.get(f"/attempt/{attempts[1].uuid}/result/").context["by_cohort"]
    assert [one.groups for one in told] == [[]] * 8


def test_before_the_hand_in_nothing_is_told(taught: TaughtCourse) -> None:
    runs = sitters(taught, *["police"] * 7)
    for run in runs[:6]:
        handed_in(run, taught, right=8)
    client = Client()
    client.force_login(runs[6].learner)

    start = client.post(f"/quiz/{taught.assessment.uuid}/", follow=True).content.decode()

    assert "How your cohort answered" not in start
