"""From an invitation to a certificate that a stranger checks: with scripts, without, and by keyboard at 320 px."""

import io
from collections import Counter
from typing import Any

import page as page_validation
import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.bank import OpenItem, plain
from tests.journeys.conftest import Manage, Visitor
from tests.journeys.hands import press, use_keyboard_only, write
from tests.journeys.steps import (
    COHORT,
    EMPLOYER,
    NAME,
    answer_all,
    follow,
    letters_to,
    make_account,
    open_letter,
    path_of,
    sign_in,
)
from tests.tools.running_site import RunningSite

pytestmark = pytest.mark.browser

TITLE = "Module 1: Why case reviews needed another way"
OUTCOMES = {"LO1.1": 3, "LO1.2": 2, "LO1.3": 3}


PHONE, NARROW = {"width": 390, "height": 700}, {"width": 320, "height": 700}


@pytest.mark.parametrize("way", ["scripts-on", "scripts-off", "keyboard-only-at-320-pixels"])
def test_invited_learner_given_one_failed_attempt_earns_a_certificate_that_a_stranger_checks(
    running_site: RunningSite, visitor: Visitor, manage: Manage, way: str
) -> None:
    email = f"sian-{way}@example.org"
    manage("invite_learner", email, "--cohort", COHORT, "--organisation", EMPLOYER)
    scripts, by_keyboard = way != "scripts-off", way.startswith("keyboard")

    def arrive(**options: Any) -> Page:
        page = visitor(java_script_enabled=scripts, **({"viewport": NARROW} if by_keyboard else options))
        return use_keyboard_only(page) if by_keyboard else page

    here = arrive()

    arrive_by_invitation(here, email)
    left_at = read_until_the_middle_of_the_third_lesson(here, scripts=scripts)
    here.context.close()
    running_site.restart()
    here = arrive(viewport=PHONE)
    carry_on_elsewhere(here, email, left_at)
    read_the_rest(here)
    drawn_first = fail_once_and_read_why(here)
    pass_with_another_draw(here, other_than=drawn_first)
    code = see_the_certificate(here)

    check_as_a_stranger(arrive(), code)


def arrive_by_invitation(page: Page, email: str) -> None:
    """The link proves the address: no other letter comes before the first lesson."""
    open_letter(page, email, "/join/")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"You are invited to {COHORT}")
    follow(page, page.get_by_role("link", name="Create my account"))
    expect(page.get_by_label("Email")).to_have_value(email)
    make_account(page, email=email)
    follow(page, page.get_by_role("button", name="Join the course"))
    expect(page.get_by_role("status")).to_contain_text(f"You are in: {COHORT}.")
    assert path_of(page) == "/foundation/"
    assert letters_to(page, email) == [f"You are invited to {COHORT}"]
    page.goto("/foundation/")


def read_until_the_middle_of_the_third_lesson(page: Page, *, scripts: bool) -> str:
    """Two lessons read by the button, the third left at its third section; returns that section's heading."""
    follow(page, page.get_by_role("link", name="Why case reviews needed another way"))
    follow(page, page.locator("main ol a").first)
    for _lesson in range(2):
        follow(page, page.get_by_role("button", name="I have read this. Next:"))
    heading = page.locator("[data-section]").nth(2)
    words = plain(heading.inner_text())
    if scripts:
        with page.expect_response(lambda reply: reply.url.endswith("/place/")) as kept:
            heading.evaluate("heading => window.scrollTo(0, heading.offsetTop - 120)")
        assert kept.value.status == 204
    else:
        press(page, page.locator("details.sections summary"))
        press(page, page.locator("details.sections").get_by_role("link", name=words))
        expect(page.locator("[data-section]").nth(2)).to_be_in_viewport()
    return words


def carry_on_elsewhere(page: Page, email: str, left_at: str) -> None:
    """On another device, one click leads to the section; its heading stands in view."""
    sign_in(page, email=email)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hello, {NAME}")
    expect(page.locator(".resume")).to_contain_text(left_at)
    follow(page, page.get_by_role("link", name="Carry on", exact=True))
    heading = page.get_by_role("heading", name=left_at, exact=True)
    box = heading.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 700


def read_the_rest(page: Page) -> None:
    """The third and fourth lesson; the last button leads to the quiz."""
    for _lesson in range(2):
        follow(page, page.get_by_role("button", name="I have read this. Next:"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Module 1 quiz")


def fail_once_and_read_why(page: Page) -> list[OpenItem]:
    """Every answer wrong; afterwards each choice of each question says why it is as it is."""
    follow(page, page.get_by_role("button", name="Start the quiz"))
    items = answer_all(page, rightly=False)
    assert Counter(item.outcome for item in items) == OUTCOMES
    follow(page, page.get_by_role("button", name="Hand in my answers"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Not passed yet")
    said = plain(page.get_by_role("main").inner_text())
    assert [words for item in items for words in item.explanations if words not in said] == []
    return items


def pass_with_another_draw(page: Page, *, other_than: list[OpenItem]) -> None:
    """No pause and no limit here: other questions at once, all answered rightly."""
    follow(page, page.get_by_role("link", name="Try again"))
    follow(page, page.get_by_role("button", name="Try again with other questions"))
    items = answer_all(page, rightly=True)
    assert Counter(item.outcome for item in items) == OUTCOMES
    assert [item for item in items if item in other_than] == []
    follow(page, page.get_by_role("button", name="Hand in my answers"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You passed")


def see_the_certificate(page: Page) -> str:
    """Offered on the page that handing in leads to; page and paper say Module 1 and never Foundation."""
    follow(page, page.get_by_role("link", name=f"See your certificate: {TITLE}"))
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(main.get_by_role("heading", level=2).first).to_have_text(TITLE)
    assert "foundation" not in main.inner_text().lower()
    reply = page.request.get(page.get_by_role("link", name="Open the PDF").get_attribute("href"))
    assert (reply.status, reply.headers["content-type"]) == (200, "application/pdf")
    report = page_validation.validate_pdf_bytes(reply.body(), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
    text = paper_words(reply.body())
    assert NAME in text
    assert TITLE in text
    assert "foundation" not in text.lower()
    code = main.locator(".code").inner_text()
    assert code in text
    return code


def paper_words(pdf: bytes) -> str:
    """The paper's text on one line."""
    return plain(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def check_as_a_stranger(page: Page, code: str) -> None:
    """Valid for whoever holds the code; a mistyped code and an unknown one are told the same."""
    page.goto(f"/verify/{code}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    expect(page.locator(".verify-card")).to_contain_text(TITLE)
    expect(page.locator(".verify-card")).not_to_contain_text(NAME)
    mistyped, unknown = code[:-1], ("1" if code[0] != "1" else "2") + code[1:]
    seen = []
    for typed in (mistyped, unknown):
        page.goto("/verify/")
        write(page, page.get_by_label("Code on the certificate"), typed)
        with page.expect_navigation() as moved:
            follow(page, page.get_by_role("button", name="Check this code"))
        seen.append((moved.value.status, page.title(), page.locator("body").inner_text()))
    assert seen[0] == seen[1]
    assert seen[0][0] == 404
    assert "No certificate has this code" in seen[0][1]
