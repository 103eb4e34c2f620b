"""The matrix catches what it is for: a leak, an address nobody claims, a claim for none, a wrong status."""

import logging
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import override_settings

from tests.access.claims import HOLDERS, Claim, each
from tests.access.matrix import CLAIMS, claimed_in_vain, unclaimed
from tests.access.names import token
from tests.access.rules import HOLDER, SIGNED_IN
from tests.access.secrets import as_text, said
from tests.access.trying import Findings, Visitor, try_claim
from tests.access.world import World, world

pytestmark = pytest.mark.django_db
PLANTED = "tests.access.planted"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _claim(how: str, rule=SIGNED_IN) -> Claim:
    return Claim("planted", "Planted", rule, each(HOLDERS, lambda w, who: f"/planted/{w.people[who].pk}/{how}/"))


def _tried(role: str, claim: Claim, made: World) -> list[str]:
    findings = Findings()
    with override_settings(ROOT_URLCONF=PLANTED):
        try_claim(Visitor.of(role, made), claim, claim.places(made), findings)
    return findings.wrong


@pytest.mark.parametrize("how", ["page", "file-name", "redirect", "cookie", "archive"])
@pytest.mark.parametrize("role", ["trainer_a", "lead_a", "editor"])
def test_view_that_shows_the_other_organisations_learner_is_caught(role: str, how: str) -> None:
    made = world()

    wrong = _tried(role, _claim(how), made)

    assert any("GET /planted/" in one and one.endswith("gives away the name of learner_b") for one in wrong)


def test_view_that_shows_a_learner_to_their_own_trainer_is_no_leak() -> None:
    made = world()

    wrong = _tried("trainer_b", _claim("page"), made)

    assert [one for one in wrong if "learner_b" in one] == []
    assert any(one.endswith("gives away the name of learner_a") for one in wrong)


def test_view_that_answers_where_nothing_should_be_found_is_caught() -> None:
    made = world()

    wrong = _tried("nobody", _claim("redirect", HOLDER), made)

    assert any("reached (302), not found expected" in one for one in wrong)


def test_address_that_nobody_claims_is_caught() -> None:
    assert (unclaimed(), unclaimed(PLANTED)) == ([], ["planted"])


def test_claim_for_an_address_that_is_not_there_is_caught() -> None:
    assert claimed_in_vain([*CLAIMS, _claim("page")]) == ["planted"]


def test_words_are_found_in_papers_and_archives() -> None:
    made = world()
    paper = made.credentials["learner_b"].pdf

    with paper.open("rb") as file:
        content = file.read()

    assert b"22 November 2026" not in content
    assert "22 November 2026" in as_text(content)
    assert "22 november 2026" in said(HttpResponse(content))


def test_every_kind_of_word_is_met_by_somebody_who_may() -> None:
    """A word that stood nowhere could not leak, and no test would say so."""
    made = world()
    lesson, draft = made.page("own-lesson-b"), made.page("draft-b")
    held = made.credentials["learner_b"]
    asked = {
        ("trainer_b", "/my-learning/"): {"name", "cohort"},
        ("learner_b", "/account/email/"): {"mail"},
        ("learner_b", f"/certificate/{held.uuid}/pdf/"): {"printed", "code"},
        ("learner_b", "/my-learning/"): {"name", "certificate"},
        ("learner_b", f"/quiz/{made.courses['a'].assessment.uuid}/"): {"attempt"},
        ("learner_b", lesson.url): {"lesson"},
        ("learner_b", f"/film-captions/{made.film('b').film.uuid}/en.vtt"): {"film"},
        ("stranger", f"/join/{token('b')}/"): {"organisation", "cohort"},
        ("stranger", "/try/mail/"): {"letter"},
        ("editor", f"/admin/pages/{draft.pk}/view_draft/"): {"draft"},
        ("administrator", "/briefings/kept-b/"): {"kept"},
        ("administrator", made.document("b").url): {"paper"},
        ("administrator", "/admin/users/"): {"name", "mail"},
    }

    for (role, address), kinds in asked.items():
        text = said(Visitor.of(role, made).ask("GET", address, {}))
        met = {canary.kind for canary in made.canaries if canary.word in text and canary.of in ("b", "learner_b")}

        assert kinds <= met, f"{role} at {address} meets {met}"
