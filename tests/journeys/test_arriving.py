"""Ways in: without an invitation, with a shared one, with one that no longer works; and the editors' door."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import (
    COHORT,
    EMPLOYER,
    follow,
    letters_to,
    make_account,
    open_letter,
    path_of,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.once]

REFUSED = "This invitation link does not work any more, or was not copied whole."


def confirm_address(page: Page, email: str) -> None:
    """By the link in the letter that was sent for it."""
    open_letter(page, email, "/confirm-email/")
    follow(page, page.get_by_role("button", name="Yes, confirm this address"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_uninvited_person_given_a_confirmed_address_may_sign_in(visitor: Visitor, scripts: bool) -> None:
    email = f"uninvited-{scripts}@example.org"
    here = visitor(java_script_enabled=scripts)
    here.goto("/account/signup/")

    make_account(here, email=email)
    expect(here.get_by_role("heading", level=1)).to_have_text("Check your email")
    sign_in(here, email=email)
    expect(here.get_by_role("heading", level=1)).to_have_text("Check your email")
    assert len(letters_to(here, email)) >= 1
    confirm_address(here, email)
    sign_in(here, email=email)

    expect(here.get_by_role("heading", level=1)).to_have_text("Hello, Siân Ŵyn-Ŷstwyth")
    expect(here.get_by_role("main")).to_contain_text("You are not on a course yet.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_shared_link_given_a_confirmed_address_leads_back_to_the_cohort(
    visitor: Visitor, manage: Manage, scripts: bool
) -> None:
    email = f"shared-{scripts}@example.org"
    link = manage("invite_learner", "--cohort", COHORT, "--organisation", EMPLOYER, "--uses", "2")
    here = visitor(java_script_enabled=scripts)

    here.goto(link)
    follow(here, here.get_by_role("link", name="Create my account"))
    expect(here.get_by_label("Email")).to_have_value("")
    make_account(here, email=email)
    expect(here.get_by_role("heading", level=1)).to_have_text("Check your email")
    confirm_address(here, email)
    sign_in(here, email=email)
    expect(here.get_by_role("heading", level=1)).to_have_text(f"You are invited to {COHORT}")
    follow(here, here.get_by_role("button", name="Join the course"))

    expect(here.get_by_role("status")).to_contain_text(f"You are in: {COHORT}.")


def test_shared_link_given_all_its_places_taken_refuses_in_words(visitor: Visitor, manage: Manage) -> None:
    link = manage("invite_learner", "--cohort", COHORT)
    first, second = visitor(), visitor()
    first.goto("/try/carol/")
    second.goto("/try/lena/")

    first.goto(link)
    follow(first, first.get_by_role("button", name="Join the course"))
    second.goto(link)
    second.get_by_role("button", name="Join the course").click()

    expect(first.get_by_role("status")).to_contain_text(f"You are in: {COHORT}.")
    expect(second.get_by_role("heading", level=1)).to_have_text("This invitation cannot be used")
    expect(second.get_by_role("main")).to_contain_text("All places of this invitation are taken.")


def test_addressed_link_given_somebody_else_refuses_in_words(visitor: Visitor, manage: Manage) -> None:
    link = manage("invite_learner", "not-carol@example.org", "--cohort", COHORT)
    here = visitor()
    here.goto("/try/carol/")

    here.goto(link)
    here.get_by_role("button", name="Join the course").click()

    expect(here.get_by_role("main")).to_contain_text("This invitation was sent to another address.")


def test_expired_and_unknown_links_are_refused_in_the_same_words(visitor: Visitor, manage: Manage) -> None:
    expired = manage("invite_learner", "--cohort", COHORT, "--days", "0")
    here = visitor()

    seen = []
    for link in (expired, "/join/never-made-by-anybody/"):
        reply = here.goto(link)
        seen.append((reply.status, here.title(), here.locator("body").inner_text()))

    assert seen[0] == seen[1]
    assert seen[0][0] == 410
    assert REFUSED in seen[0][2]


@pytest.mark.parametrize("door", ["/admin/login/?next=/admin/", "/admin/pages/", "/_util/login/"])
def test_every_door_of_wagtail_leads_to_ours(visitor: Visitor, door: str) -> None:
    here = visitor()

    here.goto(door)

    assert path_of(here) == "/account/login/"
    expect(here.get_by_role("heading", level=1)).to_have_text("Sign in")


def open_in_the_editor(page: Page, title: str) -> str:
    """Find a page by its title as an editor does; the address of its form."""
    page.goto("/try/dev/")
    follow(page, page.get_by_role("link", name="Open the editors' desk"))
    page.goto(f"/admin/pages/search/?q={title}")
    follow(page, page.locator("main").get_by_role("link", name=title, exact=True).first)
    return page.url


def test_editor_puts_a_word_of_a_lead_right_and_a_trainee_reads_it(visitor: Visitor) -> None:
    title = "What a review is called depends on the nation and the date"
    desk, reader = visitor(), visitor()

    open_in_the_editor(desk, title)
    lead = desk.get_by_role("textbox", name="Lead")
    words = lead.input_value().replace("belongs", "goes")
    lead.fill(words)
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.locator(".messages")).to_contain_text("published")
    reader.goto("/try/amina/")
    reader.goto("/foundation/")
    follow(reader, reader.get_by_role("link", name="Why case reviews needed another way"))
    follow(reader, reader.get_by_role("link", name=title))

    assert "which name goes where" in words
    expect(reader.locator("p.lead")).to_have_text(words)


def test_editor_given_a_lesson_with_records_may_not_delete_it(visitor: Visitor) -> None:
    title = "The same lesson comes back until we ask why"
    desk, reader = visitor(), visitor()

    form = open_in_the_editor(desk, title)
    desk.goto(form.replace("/edit/", "/delete/"))
    refusal = desk.locator(".messages").inner_text()
    reader.goto("/try/amina/")
    reader.goto("/foundation/")
    follow(reader, reader.get_by_role("link", name="Why case reviews needed another way"))
    follow(reader, reader.get_by_role("link", name=title).first)

    assert f"“{title}” cannot be deleted: learners have records on it" in refusal
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)


def test_from_an_invitation_to_the_first_lesson_takes_four_fields_and_no_further_letter(
    visitor: Visitor, manage: Manage
) -> None:
    email = "counted@example.org"
    link = manage("invite_learner", email, "--cohort", COHORT, "--organisation", EMPLOYER)
    here = visitor(viewport={"width": 360, "height": 800})
    before = letters_to(here, email)

    here.goto(link)
    follow(here, here.get_by_role("link", name="Create my account"))
    fields = here.locator("main form").locator("input:visible, select:visible").count()
    make_account(here, email=email)
    follow(here, here.get_by_role("button", name="Join the course"))
    follow(here, here.locator(".cards a").first)
    follow(here, here.locator("main ol a").first)

    assert path_of(here).startswith("/foundation/why-another-way/")
    assert (fields, letters_to(here, email)) == (4, before)
