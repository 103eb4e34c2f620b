"""Who may see what: every address the resolver knows, as everybody, by every method.

docs/access.md says how to read it, and holds the table and the figures that are checked here. What is tried stands in
site_claims.py and desk_claims.py, whom it may be shown to in table.py, and the two organisations in world.py.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.access.matrix import all_tried, claimed_in_vain, figures, planned_cells, table, unclaimed
from tests.access.table import ROLES
from tests.access.trying import Findings, Visitor, try_claim
from tests.access.world import world

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "access.md"
COOKIES = ROOT / "content" / "pages" / "cookies.md"
REWRITE = "WRITE_ACCESS_TABLE"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Django notes every refusal; here they are what is asked for."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_is_claimed_or_let_off_by_name():
    assert unclaimed() == []


def test_every_claim_is_for_an_address_that_is_there():
    assert claimed_in_vain() == []


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES)
def test_nobody_meets_more_than_the_table_allows(role: str, record_property: Callable[[str, object], None]) -> None:
    made = world()
    tried, findings = all_tried(made), Findings()
    visitor = Visitor.of(role, made)

    for one in tried:
        try_claim(visitor, one.claim, one.places, findings)

    record_property("access", f"{role} {findings.cells} {len(findings.wrong)}")
    assert findings.wrong == []
    assert findings.cells == planned_cells(role, tried)
    assert findings.cookies <= set(re.findall(r"^\*\*(\w+)\*\*", COOKIES.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.lengthy
def test_page_of_the_matrix_is_true() -> None:
    before, between, after = PAGE.read_text().partition("<!-- generated: figures and table -->\n")
    generated = "\n".join([f"**{figures(world())}.**", "", *table(), ""])
    if os.environ.get(REWRITE):
        PAGE.write_text(f"{before}{between}\n{generated}")
        after = generated

    assert after.strip() == generated.strip(), f"run this test with {REWRITE}=1"
