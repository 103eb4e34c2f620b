"""Erasing finds somebody on a list that waits, whatever letters their address and name have."""

from datetime import timedelta

import pytest

from enrolments.choices import ListState
from privacy.choices import RemovalCause
from privacy.erasure import erase
from privacy.subjects import find_subject, subject_of
from tests.enrolments.lists.sending import booker, csv_of, member, sent
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
JÖRG = "jörg@example.org"


@pytest.mark.parametrize("typed", [JÖRG, "JÖRG@Example.org", "jo\N{COMBINING DIAERESIS}rg@example.org"])
def test_list_with_an_address_of_other_letters_is_emptied_with_its_person(typed: str) -> None:
    waiting = sent(booker(), csv_of(f"{typed},Siân Jörgensen"))

    erase(find_subject(JÖRG), at=LATER, cause=RemovalCause.ASKED)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows, waiting.report) == (ListState.GIVEN_UP, [], {})


def test_list_that_offers_a_member_as_the_one_who_may_be_meant_is_emptied_with_that_member() -> None:
    of = booker()
    siân = member(of, "Siân Jörgensen", JÖRG)
    waiting = sent(of, csv_of("s.jorgensen@elsewhere.example,Siân Jörgensen"))
    assert JÖRG in str(waiting.report)

    erase(subject_of(siân), at=LATER, cause=RemovalCause.ASKED)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows, waiting.report) == (ListState.GIVEN_UP, [], {})


def test_list_that_names_only_others_is_left_as_it_is() -> None:
    waiting = sent(booker(), csv_of("björg@example.org,Björg Jones"))
    rows = waiting.rows
    siân = person("Siân Jörgensen", email=JÖRG)

    erase(subject_of(siân), at=LATER, cause=RemovalCause.ASKED)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows) == (ListState.CHECKED, rows)
