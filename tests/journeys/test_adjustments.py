"""Another go for whoever used all attempts: granted from the board, read by its trainer alone, taken back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import follow
from tests.journeys.test_board import _open_board

pytestmark = [pytest.mark.browser, pytest.mark.once]
LIMIT = (
    "from enrolments.models import Cohort; "
    "Cohort.objects.filter(enrolments__learner__name='Joan Pettifer').update(attempts_allowed={})"
)


@pytest.fixture
def one_attempt_each(manage: Manage) -> Iterator[None]:
    manage("shell", "-v0", "-c", LIMIT.format(1))
    yield
    manage("shell", "-v0", "-c", LIMIT.format(None))


@pytest.mark.usefixtures("one_attempt_each")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_another_attempt_is_granted_in_one_click_and_seen_by_no_other_trainer(visitor: Visitor, scripts: bool) -> None:
    beth, carol = visitor(java_script_enabled=scripts), visitor()
    _open_board(beth)
    expect(beth.get_by_role("row", name="Joan Pettifer")).to_contain_text("No attempts left")
    follow(beth, beth.get_by_role("rowheader").get_by_role("link", name="Joan Pettifer"))
    address = beth.url

    beth.get_by_role("button", name="Give one more attempt").first.click()

    expect(beth.get_by_role("status")).to_contain_text("Granted. Joan Pettifer is told by e-mail.")
    expect(beth.get_by_role("region", name="Granted to them alone")).to_contain_text("One more attempt (Module 1 quiz")
    carol.goto("/try/carol/")
    assert carol.goto(address).status == 404  # type: ignore[union-attr]
    beth.get_by_role("button", name="Take it back").first.click()
    expect(beth.get_by_role("status")).to_contain_text("Taken back.")
