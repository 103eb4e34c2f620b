"""Practice from a result page: what is asked, what is told, and that it leaves nothing behind and spoils nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt
from assessments.items import TYPES, Given, item_type
from assessments.models import Attempt, Item, ItemBank
from assessments.practice import exercise_of
from enrolments.attempts import begin_attempt
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment
from enrolments.states import change_state
from player.practising import address_part, read_part
from tests.assessments.examples import example_item
from tests.assessments.test_leaks import ANY_CANARY, canaries_in
from tests.enrolments.doings import sit
from tests.enrolments.test_floors import floored, sit_on
from tests.factories import TaughtCourse, cohort, enrolment, item, people, person, taught_course

pytestmark = pytest.mark.django_db

PRACTISED = [kind for kind in sorted(TYPES) if kind not in ("open_response", "information")]
KEPT = "This question cannot be practised now."
NOTHING = "There is nothing to practise here just now."
LATER = timedelta(hours=2)


@pytest.fixture
def booked(client: Client) -> tuple[TaughtCourse, Enrolment]:
    """Amina, signed in, with a quiz of an open bank."""
    taught = taught_course()
    ItemBank.objects.update(is_open=True)
    run = enrolment(people().amina, cohort(taught.course))
    client.force_login(run.learner)
    return taught, run


def sat(booked: tuple[TaughtCourse, Enrolment], *, right: int = 0) -> Attempt:
    taught, run = booked
    return sit(run, taught, right=right, at=timezone.now() - LATER)


def rules(taught: TaughtCourse, **rules: Any) -> None:
    taught.assessment.rules = AssessmentRules(**rules).to_json()
    taught.assessment.save()


def practice_bank(taught: TaughtCourse) -> ItemBank:
    """An open bank that no quiz draws from."""
    return ItemBank.objects.create(key="practice", course=taught.course, is_open=True)


def page_of(attempt: Attempt, *items: Item, number: int = 1) -> str:
    return f"/attempt/{attempt.uuid}/practice/{address_part(attempt, [one.pk for one in items])}/{number}/"


def offered(client: Client, attempt: Attempt) -> tuple[bool, int]:
    """Whether three on the hardest are offered, and how many questions offer another like them."""
    page = client.get(f"/attempt/{attempt.uuid}/result/").content.decode()
    return '/practice/">' in page, page.count("/practice/?like=")


def drawn(client: Client, attempt: Attempt, query: str = "") -> list[int]:
    """The items that practice draws; none where there are none."""
    answer = client.get(f"/attempt/{attempt.uuid}/practice/{query}")
    assert answer.status_code == 302
    if answer["Location"].endswith("/result/"):
        return []
    return items_in(attempt, answer["Location"])


def items_in(attempt: Attempt, address: str) -> list[int]:
    return read_part(attempt, address.split("/practice/")[1].split("/")[0])[1]


def all_rows() -> dict[str, list[dict[str, Any]]]:
    return {one.__name__: list(one.objects.order_by("pk").values()) for one in apps.get_models() if one is not Session}


def form_of(kind: str, made: Item, order: list[str], value: dict[str, Any]) -> dict[str, Any]:
    """What a browser posts for this value, where the choices stand in this order."""
    version = made.current
    held = item_type(kind).fields(Given(version.texts["en"], version.structure, order, value))
    return {f"q1-{name}" if name else "q1": values for name, values in held.items()}


# -- What a question of practice tells, and when ---------------------------------------------------------------


@pytest.mark.parametrize("kind", PRACTISED)
def test_every_kind_is_asked_without_a_byte_of_its_key_and_explained_once_answered(
    client: Client, booked: tuple[TaughtCourse, Enrolment], kind: str
) -> None:
    attempt = sat(booked)
    made = example_item(practice_bank(booked[0]), booked[0].outcomes[0], kind)
    address = page_of(attempt, made)
    version = made.current

    asked = client.get(address)
    empty = client.post(address, {})
    garbled = client.post(address, {"q1": "zz", "q1-1": "zz", "q1-verdict": "zz"})
    order = order_from(address, attempt, made)
    best = client.post(address, form_of(kind, made, order, item_type(kind).best(version.key, version.structure)))

    assert (asked.status_code, empty.status_code, best.status_code) == (200, 422, 200)
    assert "Answer the question first; then check it." in empty.content.decode()
    assert canaries_in(asked, ANY_CANARY) == canaries_in(empty, ANY_CANARY) == set()
    if garbled.status_code == 422:
        assert canaries_in(garbled, ANY_CANARY) == set()
    assert "<b>This fits.</b>" in best.content.decode()
    assert any("because" in one for one in canaries_in(best, ANY_CANARY))


def order_from(address: str, attempt: Attempt, made: Item) -> list[str]:
    """The order that this address fixes."""
    seed = read_part(attempt, address.split("/practice/")[1].split("/")[0])[0]
    return list(exercise_of(made.current, "en", attempt.own_rules, seed=seed, number=1).order)


def test_wrong_answer_is_told_so_with_its_thinking_and_the_order_stays(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    attempt = sat(booked)
    place = attempt.places.first()
    assert place
    address = page_of(attempt, place.item)
    order = order_from(address, attempt, place.item)

    pages = [client.get(address).content.decode() for _ in range(2)]
    told = client.post(address, {"q1": str(order.index("b") + 1)}).content.decode()

    for page in (*pages, told):
        assert sorted(order, key=lambda choice: page.index(f"Option {choice}")) == order
    assert "<b>This does not fit.</b>" in told
    assert "You chose this." in told
    assert "This one fits." in told


# -- That it leaves nothing behind -----------------------------------------------------------------------------


def test_practice_writes_nothing(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    attempt = sat(booked)
    client.get("/my-learning/")
    before = all_rows()

    for query in ("", "?like=1"):
        begun = client.get(f"/attempt/{attempt.uuid}/practice/{query}")
        client.get(begun["Location"])
        assert "This is practice" in client.post(begun["Location"], {"q1": "1"}).content.decode()

    assert all_rows() == before


# -- What is drawn ---------------------------------------------------------------------------------------------


def test_first_attempt_is_practised_on_itself_alone_so_that_the_next_is_new(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    attempt = sat(booked)
    met = set(attempt.places.values_list("item", flat=True))
    like = attempt.places.get(position=1)

    hardest = drawn(client, attempt)
    others = {one for _ in range(12) for one in drawn(client, attempt, "?like=1")}

    assert len(hardest) == 3
    assert set(hardest) | others <= met
    assert like.item_id not in others
    assert {one.current.learning_outcome_id for one in Item.objects.filter(pk__in=others)} == {
        like.item_version.learning_outcome_id
    }


def test_bank_that_no_quiz_draws_from_comes_first(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    attempt = sat(booked)
    bank = practice_bank(booked[0])
    outcome = attempt.places.get(position=1).item_version.learning_outcome
    own = item(bank, outcome)

    assert {tuple(drawn(client, attempt, "?like=1")) for _ in range(4)} == {(own.pk,)}


def test_another_after_another_is_not_the_same_while_others_are_left(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    attempt = sat(booked)
    bank = practice_bank(booked[0])
    outcome = attempt.places.get(position=1).item_version.learning_outcome
    two = {item(bank, outcome).pk, item(bank, outcome).pk}
    begun = client.get(f"/attempt/{attempt.uuid}/practice/?like=1")["Location"]

    again = client.post(begun, {"q1": "1"}).context["again_url"]
    second = client.get(again)["Location"]

    assert {*items_in(attempt, begun), *items_in(attempt, second)} == two


@pytest.mark.parametrize(("counts", "are_free"), [("best", True), ("first", True), ("last", False), ("mean", False)])
def test_passed_quiz_frees_what_it_did_not_draw_unless_a_later_attempt_could_undo_it(
    client: Client, booked: tuple[TaughtCourse, Enrolment], counts: str, are_free: bool
) -> None:
    rules(booked[0], counts=counts)
    attempt = sat(booked, right=8)
    unmet = booked[0].bank.items.exclude(places__attempt=attempt)[0]

    page = client.get(page_of(attempt, unmet), follow=True).content.decode()

    assert (KEPT not in page) == are_free


def test_quiz_not_passed_keeps_what_it_did_not_draw(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    attempt = sat(booked, right=2)
    unmet = booked[0].bank.items.exclude(places__attempt=attempt)[0]

    answer = client.post(page_of(attempt, unmet), {"q1": "1"}, follow=True)

    assert KEPT in answer.content.decode()
    assert answer.redirect_chain == [(f"/attempt/{attempt.uuid}/result/", 302)]


def test_passed_quiz_keeps_what_it_did_not_draw_on_an_outcome_below_its_floor(client: Client) -> None:
    taught, run = floored("95/100")
    ItemBank.objects.update(is_open=True)
    sit_on(run, taught, 5, 2)
    client.force_login(run.learner)
    attempt = Attempt.objects.get()
    below, beside = (
        Item.objects.filter(current__learning_outcome=outcome, places=None)[0] for outcome in taught.outcomes[:2]
    )

    assert [client.get(page_of(attempt, one)).status_code for one in (below, beside)] == [302, 200]


def test_question_of_an_open_attempt_is_not_practised(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    taught, run = booked
    first, second = sat(booked), sat(booked)
    third = begin_attempt(run, taught.assessment, language="en", at=timezone.now())
    met_again = [one.item for one in third.places.all() if one.item.places.count() > 1]
    assert met_again

    answers = {client.get(page_of(second, one), follow=True).redirect_chain[0][0] for one in met_again}

    assert answers == {f"/attempt/{second.uuid}/result/"}
    assert not {one.pk for one in met_again} & set(drawn(client, first))
    finish_attempt(third, at=timezone.now())
    assert {client.get(page_of(second, one)).status_code for one in met_again} == {200}


@pytest.mark.parametrize("withheld", ["right_answer", "explanation"])
def test_what_a_review_withholds_is_not_practised(
    client: Client, booked: tuple[TaughtCourse, Enrolment], withheld: str
) -> None:
    shown = {"response", "correctness", "score", "explanation", "right_answer", "overall", "comment"} - {withheld}
    rules(booked[0], review={"while_open": frozenset(shown)})
    attempt = sat(booked)
    place = attempt.places.get(position=1)

    page = client.get(page_of(attempt, place.item), follow=True)

    assert KEPT in page.content.decode()
    assert drawn(client, attempt) == drawn(client, attempt, "?like=1") == []
    assert offered(client, attempt) == (False, 0)


@pytest.mark.parametrize("change", ["private", "retired", "draft"])
def test_question_that_is_private_or_not_live_is_not_practised(
    client: Client, booked: tuple[TaughtCourse, Enrolment], change: str
) -> None:
    attempt = sat(booked)
    made = attempt.places.get(position=1).item
    address = page_of(attempt, made)
    assert client.get(address).status_code == 200
    if change == "private":
        ItemBank.objects.update(is_open=False)
    else:
        Item.objects.update(**({"retired_at": timezone.now()} if change == "retired" else {"current": None}))

    assert client.get(address).status_code == (404 if change == "draft" else 302)
    assert NOTHING in client.get(f"/attempt/{attempt.uuid}/practice/", follow=True).content.decode()


@pytest.mark.parametrize("kind", ["open_response", "information"])
def test_what_nobody_can_judge_at_once_is_not_practised(
    client: Client, booked: tuple[TaughtCourse, Enrolment], kind: str
) -> None:
    attempt = sat(booked)
    made = example_item(practice_bank(booked[0]), booked[0].outcomes[0], kind)

    assert client.get(page_of(attempt, made)).status_code == 302


# -- Where it is offered, and to whom --------------------------------------------------------------------------


def test_result_page_offers_practice_on_each_question_and_on_what_was_hardest(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    assert offered(client, sat(booked)) == (True, 8)


def test_all_right_has_no_hardest(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    attempt = sat(booked, right=8)

    assert offered(client, attempt) == (False, 8)
    assert NOTHING in client.get(f"/attempt/{attempt.uuid}/practice/", follow=True).content.decode()


def test_private_bank_offers_no_practice(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    attempt = sat(booked)
    ItemBank.objects.update(is_open=False)

    assert offered(client, attempt) == (False, 0)


def test_somebody_withdrawn_reads_their_result_and_practises_no_more(
    client: Client, booked: tuple[TaughtCourse, Enrolment]
) -> None:
    attempt = sat(booked)
    address = page_of(attempt, attempt.places.get(position=1).item)
    change_state(booked[1], EnrolmentState.WITHDRAWN, at=timezone.now())

    answers = [client.get(f"/attempt/{attempt.uuid}/practice/"), client.get(address), client.post(address, {"q1": "1"})]

    assert [one.status_code for one in answers] == [404, 404, 404]
    assert offered(client, attempt) == (False, 0)


def test_nobody_else_finds_it(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    attempt = sat(booked)
    address = page_of(attempt, attempt.places.get(position=1).item)
    client.force_login(person("Una Jones"))

    answers = [client.get(f"/attempt/{attempt.uuid}/practice/"), client.get(address), client.post(address, {"q1": "1"})]

    assert [one.status_code for one in answers] == [404, 404, 404]


def test_address_that_nobody_was_given_is_not_found(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    first, second = sat(booked), sat(booked)
    made = first.places.get(position=1).item
    of_another = page_of(first, made).replace(str(first.uuid), str(second.uuid))
    start = f"/attempt/{first.uuid}/practice/"

    addresses = [
        of_another,
        f"{start}abc/1/",
        page_of(first, made, number=0),
        page_of(first, made, number=2),
        *(f"{start}?like={one}" for one in ("0", "9", "x", "", "99999999999999999999", "²")),
        f"{start}?after=abc",
    ]

    assert {one: client.get(one).status_code for one in addresses} == dict.fromkeys(addresses, 404)


def test_attempt_that_is_open_leads_to_its_questions(client: Client, booked: tuple[TaughtCourse, Enrolment]) -> None:
    taught, run = booked
    attempt = begin_attempt(run, taught.assessment, language="en", at=timezone.now())

    answer = client.get(f"/attempt/{attempt.uuid}/practice/", follow=True)

    assert [one for one, _status in answer.redirect_chain] == [
        f"/attempt/{attempt.uuid}/result/",
        f"/attempt/{attempt.uuid}/1/",
    ]
