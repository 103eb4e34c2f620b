"""Until the hand-in nothing a learner is sent holds a key, an explanation or an identifier of a choice.

Every explanation, every identifier and so every key of the bank is a canary: a word that stands nowhere else. The
pages of a whole sitting are searched for them, plain and encoded; after the hand-in the same search must find the
explanations, which shows that it can find anything at all.
"""

import base64
import html
import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from assessments.items import TYPES, item_type
from assessments.models import Attempt, ItemVersion
from assessments.queries import given_of
from tests.assessments.examples import example_item
from tests.factories import cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db

LETTERS = ("a", "b", "c", "d")


@pytest.fixture
def sitting():
    """Amina, enrolled and signed in, with a quiz whose bank is full of canaries."""
    taught = taught_course(item_counts=(0, 0, 0))
    number = 0
    for outcome, count in zip(taught.outcomes, (3, 2, 3), strict=True):
        for _ in range(count):
            number += 1
            _canary_item(taught.bank, outcome, number)
    amina = people().amina
    enrolment(amina, cohort(taught.course))
    client = Client()
    client.force_login(amina, backend="people.backends.Door")
    return client, taught


def _canary_item(bank, outcome, number):
    choices = [f"zqident{number}{letter}" for letter in LETTERS]
    several = number % 2 == 0
    item = bank.items.create()
    item.current = ItemVersion.objects.create(
        item=item,
        number=1,
        kind="multiple_response" if several else "single_choice",
        learning_outcome=outcome,
        structure={"choices": choices},
        key={"correct": choices[: 2 if several else 1]},
        scoring_rule="choose_all_points" if several else "choose_one",
        scoring_rule_version=1,
        max_score=1,
        texts={
            "en": {
                "prompt": f"What comes {number}th?",
                "choices": {
                    choice: {"text": f"Words {letter}", "explanation": f"zqbecause{number}{letter} it is so."}
                    for choice, letter in zip(choices, LETTERS, strict=True)
                },
            }
        },
        digest="0" * 64,
        created_at="2026-11-22T12:00:00Z",
    )
    item.save()


CANARY = re.compile(r"zq(ident|because)\d[a-d]")


ANY_CANARY = re.compile(r"zq(?:ident|because|form)\w+|98765")


def canaries_in(response, canary=CANARY):
    """Canaries in the body or a header, plain, escaped, percent-encoded or in base 64."""
    text = response.content.decode() + "\n" + "\n".join(f"{name}: {value}" for name, value in response.items())
    text += "\n".join(str(morsel.value) for morsel in response.cookies.values())
    found = {match.group() for match in canary.finditer(html.unescape(text))}
    for stem in ("zqident", "zqbecause"):
        encoded = {base64.b64encode((" " * shift + stem).encode())[4:-4].decode() for shift in range(3)}
        encoded |= {stem.encode().hex(), stem[::-1], "".join(f"\\u{ord(letter):04x}" for letter in stem)}
        encoded |= {quote(stem, safe="").replace("z", "%7A")}
        found |= {one for one in encoded if one and one in text}
    return found


def test_no_page_of_a_sitting_holds_a_canary_before_hand_in_and_the_result_page_does(sitting):
    client, taught = sitting
    seen = {}

    def visit(name, response):
        seen[name] = (response.status_code, canaries_in(response))
        return response

    quiz = reverse("quiz_start", args=[taught.assessment.uuid])
    visit("course", client.get(taught.course_page.url))
    visit("module", client.get(taught.module_page.url))
    visit("lesson", client.get(taught.lessons[0].url))
    visit("dashboard", client.get(reverse("dashboard")))
    visit("start", client.get(quiz))
    visit("started", client.post(quiz))
    attempt = Attempt.objects.get()
    for position in range(1, 9):
        page, saver = (reverse(name, args=[attempt.uuid, position]) for name in ("quiz_question", "quiz_save"))
        visit(f"question {position}", client.get(page))
        visit(f"saved {position}", client.post(saver, {f"q{position}": "1", "sequence": "1"}))
        visit(f"conflict {position}", client.post(saver, {f"q{position}": "2", "sequence": "1"}))
        visit(f"nonsense {position}", client.post(saver, {f"q{position}": "zz", "sequence": "2"}))
        visit(f"no number {position}", client.post(saver, {f"q{position}": "1", "sequence": "zz"}))
        visit(f"conflict page {position}", client.post(page, {f"q{position}": "2", "sequence": "1"}))
        visit(f"posted {position}", client.post(page, {f"q{position}": "2", "sequence": "2"}))
        visit(f"question again {position}", client.get(page))
    visit("check", client.get(reverse("quiz_check", args=[attempt.uuid])))
    visit("result too early", client.get(reverse("quiz_result", args=[attempt.uuid])))
    visit("start again", client.get(quiz))
    visit("no such place", client.get(reverse("quiz_question", args=[attempt.uuid, 9])))
    client.post(reverse("quiz_hand_in", args=[attempt.uuid]))
    result = client.get(reverse("quiz_result", args=[attempt.uuid]))

    assert {name: found for name, (_status, found) in seen.items() if found} == {}
    assert {name: status for name, (status, _found) in seen.items() if not name.startswith(("saved", "question"))} == {
        "course": 200,
        "module": 200,
        "lesson": 200,
        "dashboard": 200,
        "start": 200,
        "started": 302,
        "check": 200,
        "result too early": 302,
        "start again": 200,
        "no such place": 404,
        **{f"conflict {position}": 409 for position in range(1, 9)},
        **{f"nonsense {position}": 400 for position in range(1, 9)},
        **{f"no number {position}": 400 for position in range(1, 9)},
        **{f"conflict page {position}": 409 for position in range(1, 9)},
        **{f"posted {position}": 302 for position in range(1, 9)},
    }
    assert canaries_in(result) == {f"zqbecause{number}{letter}" for number in range(1, 9) for letter in LETTERS}


def test_a_right_and_a_wrong_save_look_alike(sitting):
    client, taught = sitting
    client.post(reverse("quiz_start", args=[taught.assessment.uuid]))
    attempt = Attempt.objects.get()
    answers = []

    for place in attempt.places.select_related("item_version"):
        saver = reverse("quiz_save", args=[attempt.uuid, place.position])
        for sequence, choice in enumerate(place.choice_order, start=1):
            posted = {f"q{place.position}": str(place.choice_order.index(choice) + 1), "sequence": str(sequence)}
            response = client.post(saver, posted)
            headers = {**response.headers, "X-Request-ID": "each its own"}
            answers.append(
                (response.status_code, sorted(response.json()), len(response.content), sorted(headers.items()))
            )

    assert len(answers) == 32
    assert len({str(answer) for answer in answers}) == 1
    assert answers[0][:2] == (200, ["saved"])


def test_two_question_pages_differ_in_nothing_but_their_words_and_numbers(sitting):
    client, taught = sitting
    client.post(reverse("quiz_start", args=[taught.assessment.uuid]))
    attempt = Attempt.objects.get()
    values = []

    for position in range(1, 9):
        page = client.get(reverse("quiz_question", args=[attempt.uuid, position])).content.decode()
        values.append(re.findall(rf'name="q{position}" id="(q\d-\d)" value="(\d)"', page))

    assert values == [[(f"q{position}-{number}", str(number)) for number in (1, 2, 3, 4)] for position in range(1, 9)]


def test_another_learners_attempt_is_not_found_on_any_of_its_pages(sitting):
    client, taught = sitting
    client.post(reverse("quiz_start", args=[taught.assessment.uuid]))
    attempt = Attempt.objects.get()
    carol = Client()
    carol.force_login(type(attempt.learner).objects.get(name="Carol Hughes"), backend="people.backends.Door")

    statuses = {
        "question": carol.get(reverse("quiz_question", args=[attempt.uuid, 1])).status_code,
        "save": carol.post(reverse("quiz_save", args=[attempt.uuid, 1]), {"q1": "1", "sequence": "1"}).status_code,
        "check": carol.get(reverse("quiz_check", args=[attempt.uuid])).status_code,
        "hand in": carol.post(reverse("quiz_hand_in", args=[attempt.uuid])).status_code,
        "result": carol.get(reverse("quiz_result", args=[attempt.uuid])).status_code,
    }

    attempt.refresh_from_db()
    assert statuses == dict.fromkeys(statuses, 404)
    assert attempt.state == "in_progress"


def test_no_page_of_a_sitting_of_every_registered_kind_holds_a_canary_before_hand_in(client):
    taught = taught_course(item_counts=(0, 0, 0))
    taught.assessment.blueprint.all().delete()
    for kind in TYPES:
        example_item(taught.bank, taught.outcomes[0], kind)
        taught.assessment.blueprint.create(learning_outcome=taught.outcomes[0], item_kind=kind, count=1)
    amina, group = people().amina, cohort(taught.course)
    enrolment(amina, group)
    client.force_login(amina, backend="people.backends.Door")
    client.post(reverse("quiz_start", args=[taught.assessment.uuid]))
    attempt, found, statuses = Attempt.objects.get(), {}, []

    def visit(name, response):
        statuses.append(response.status_code)
        if canaries := canaries_in(response, ANY_CANARY):
            found[name] = canaries

    for place in attempt.places.select_related("item_version", "attempt"):
        version, kind = place.item_version, item_type(place.item_version.kind)
        fields = kind.fields(given_of(place, kind.wrong(version.key, version.structure)))
        posted = {f"q{place.position}-{name}".removesuffix("-"): values for name, values in fields.items()}
        page, saver = (reverse(name, args=[attempt.uuid, place.position]) for name in ("quiz_question", "quiz_save"))
        visit(f"{version.kind} asked", client.get(page))
        visit(f"{version.kind} saved", client.post(saver, {**posted, "sequence": "2"}))
        visit(f"{version.kind} conflict", client.post(saver, {f"q{place.position}-1": "1", "sequence": "1"}))
        visit(f"{version.kind} conflict page", client.post(page, {f"q{place.position}-1": "1", "sequence": "1"}))
        visit(f"{version.kind} nonsense", client.post(saver, {f"q{place.position}": "zz", "sequence": "3"}))
        visit(f"{version.kind} again", client.get(page))
    visit("check", client.get(reverse("quiz_check", args=[attempt.uuid])))
    client.post(reverse("quiz_hand_in", args=[attempt.uuid]))
    result = canaries_in(client.get(reverse("quiz_result", args=[attempt.uuid])), ANY_CANARY)

    assert (found, 500 in statuses, len(statuses)) == ({}, False, 6 * len(TYPES) + 1)
    assert {"zqbecauset", "zqbecausem", "98765"} <= result
