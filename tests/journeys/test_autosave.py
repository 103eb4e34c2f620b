"""Answers are safe while they are given: saved, said, kept over a lost connection, two tabs and the back button."""

import re
from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.journeys.bank import plain
from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import (
    COHORT,
    answer_all,
    begin_attempt,
    follow,
    join_as_newcomer,
    open_quiz,
    question_shown,
    sign_in,
)
from tests.tools.running_site import RunningSite

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Saved at \d\d:\d\d$")
SIGNED_OUT = "Not saved: you are signed out. Your answer stays on this page and is sent when you have signed in again."
LOST = "Not saved: the connection is lost. Your answer stays on this page and is sent when it returns."
CONFLICT = (
    "This question was changed in another tab or on another device after this page opened. "
    "What is saved is shown here now. Choose again if you want to change it."
)
SAVED_WITHIN_MS, LOST_SAID_WITHIN_MS = 5_000, 10_000

TICKED = ("single_choice", "multiple_response")

Begin = Callable[..., Page]


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, running_site: RunningSite, manage: Manage) -> StorageState:
    """The cookies of a new learner who has joined the course."""
    email = "amina-quick@example.org"
    link = manage("invite_learner", email, "--cohort", COHORT)
    context = chromium.new_context(base_url=running_site.address, locale="en-GB")
    join_as_newcomer(context.new_page(), link, email=email, name="Amina Quick")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def begin(visitor: Visitor, signed_in: StorageState) -> Begin:
    """Call it for the first question with choices to tick, of an attempt that was just begun."""

    def at_first_choice(**options: object) -> Page:
        here = visitor(storage_state=signed_in, **options)
        open_quiz(here)
        if here.get_by_role("button", name="Carry on with the quiz").count():  # an earlier test left it open
            begin_attempt(here)
            here.goto(re.sub(r"/\d+/$", "/check/", here.url))
            follow(here, here.get_by_role("button", name="Hand in my answers"))
            open_quiz(here)
        begin_attempt(here)
        for number in range(1, 8):
            here.goto(re.sub(r"/\d+/$", f"/{number}/", here.url))
            if question_shown(here).kind in TICKED:
                break
        return here

    return at_first_choice


def choices(page: Page) -> Locator:
    return page.locator("label.opt input")


def following(address: str) -> str:
    """The address of the next question."""
    return re.sub(r"/(\d+)/$", lambda found: f"/{int(found[1]) + 1}/", address)


def status(page: Page) -> Locator:
    return page.locator("[data-save-status]")


def unchoose(page: Page, number: int) -> None:
    """Take a tick away; a choice of one needs no such thing."""
    if choices(page).nth(number).get_attribute("type") == "checkbox":
        choices(page).nth(number).uncheck()


def chosen_on_another_page(page: Page) -> list[bool]:
    """What the server has, as a newly opened page of the same question shows it."""
    other = page.context.new_page()
    other.goto(page.url)
    found = [choice.is_checked() for choice in choices(other).all()]
    other.close()
    return found


def test_choice_made_just_before_leaving_by_a_link_is_saved(begin: Begin) -> None:
    here = begin()
    question = here.url

    choices(here).nth(1).check()
    here.get_by_role("link", name="My learning").click()
    expect(here.get_by_role("heading", level=1)).to_contain_text("Hello")
    here.wait_for_timeout(1_000)  # the save leaves with the old page, and the browser tells nobody when it ends
    here.goto(question)

    assert [choice.is_checked() for choice in choices(here).all()] == only(1, here)


def only(number: int, page: Page) -> list[bool]:
    return [place == number for place in range(choices(page).count())]


def test_choice_is_saved_and_said_within_five_seconds(begin: Begin) -> None:
    here = begin()

    choices(here).nth(1).check()
    expect(status(here)).to_have_text(SAVED, timeout=SAVED_WITHIN_MS)

    assert chosen_on_another_page(here) == only(1, here)


@pytest.mark.parametrize("how", ["cut", "silent"])
def test_lost_connection_is_said_within_ten_seconds_and_the_answer_arrives_later(begin: Begin, how: str) -> None:
    here = begin()
    if how == "cut":
        here.context.set_offline(True)
    else:
        here.route("**/save/", lambda _route: None)  # sent, and never answered

    choices(here).nth(2).check()
    expect(status(here)).to_have_text(LOST, timeout=LOST_SAID_WITHIN_MS)
    assert choices(here).nth(2).is_checked()
    if how == "cut":
        here.context.set_offline(False)
    else:
        here.unroute("**/save/")
    expect(status(here)).to_have_text(SAVED)

    assert chosen_on_another_page(here) == only(2, here)


def test_person_signed_out_elsewhere_is_told_and_the_answer_arrives_when_they_are_back(begin: Begin) -> None:
    here = begin()
    here.context.clear_cookies(name="sessionid")

    choices(here).nth(2).check()
    expect(status(here)).to_have_text(SIGNED_OUT, timeout=LOST_SAID_WITHIN_MS)
    with here.context.expect_page() as opened:
        here.get_by_role("link", name="Sign in, in a new tab").click()
    sign_in(opened.value, email="amina-quick@example.org")
    expect(status(here)).to_have_text(SAVED)

    assert not here.get_by_role("link", name="Sign in, in a new tab").is_visible()
    assert chosen_on_another_page(here) == only(2, here)


def test_button_pressed_while_the_connection_is_lost_waits_and_then_goes_on(begin: Begin) -> None:
    here = begin()
    first = here.url
    here.context.set_offline(True)
    choices(here).nth(0).check()
    expect(status(here)).to_have_text(LOST)

    here.get_by_role("button", name="Save and continue").click()
    here.wait_for_timeout(1_000)
    assert here.url == first
    here.context.set_offline(False)
    here.wait_for_url(following(first))
    here.goto(first)

    assert [choice.is_checked() for choice in choices(here).all()] == only(0, here)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_older_of_two_tabs_is_told_and_nothing_saved_is_lost(begin: Begin, scripts: bool) -> None:
    older = begin(java_script_enabled=scripts)
    newer = older.context.new_page()
    newer.goto(older.url)
    question = older.url

    def choose(page: Page, number: int) -> None:
        choices(page).nth(number).check()
        if not scripts:
            page.get_by_role("button", name="Save and continue").click()

    def arrives(page: Page) -> None:
        if scripts:
            expect(status(page)).to_have_text(SAVED)
        else:
            page.wait_for_url(following(question))

    choose(newer, 3)
    arrives(newer)
    choose(older, 0)
    said = status(older) if scripts else older.locator("p.error")
    expect(said).to_have_text(CONFLICT)

    assert older.url == question
    assert [choice.is_checked() for choice in choices(older).all()] == only(3, older)
    assert chosen_on_another_page(older) == only(3, older)
    unchoose(older, 3)
    choose(older, 0)
    arrives(older)
    older.goto(question)
    assert [choice.is_checked() for choice in choices(older).all()] == only(0, older)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_answer_changed_after_the_back_button_is_the_one_kept(begin: Begin, scripts: bool) -> None:
    here = begin(java_script_enabled=scripts)
    question = here.url
    choices(here).nth(0).check()
    if scripts:
        expect(status(here)).to_have_text(SAVED)
    here.get_by_role("button", name="Save and continue").click()
    here.wait_for_url(following(question))

    here.go_back()
    assert [choice.is_checked() for choice in choices(here).all()] == only(0, here)
    unchoose(here, 0)
    choices(here).nth(1).check()
    here.get_by_role("button", name="Save and continue").click()
    here.wait_for_url(following(question))
    here.goto(question)

    assert [choice.is_checked() for choice in choices(here).all()] == only(1, here)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_handing_in_again_from_the_back_button_or_another_tab_gives_the_same_page(begin: Begin, scripts: bool) -> None:
    here = begin(java_script_enabled=scripts)
    here.goto(re.sub(r"/\d+/$", "/1/", here.url))
    answer_all(here, rightly=True)
    other = here.context.new_page()
    other.goto(here.url)

    pages = []
    follow(here, here.get_by_role("button", name="Hand in my answers"))
    pages.append((here.url, plain(here.get_by_role("main").inner_text())))
    here.go_back()
    pages.append((here.url, plain(here.get_by_role("main").inner_text())))
    follow(other, other.get_by_role("button", name="Hand in my answers"))
    pages.append((other.url, plain(other.get_by_role("main").inner_text())))

    assert pages[0] == pages[1] == pages[2]
    assert re.match(r"Module 1 quiz: .* attempt \d+ You passed 8 of 8", pages[0][1])


# -- With the keyboard alone -------------------------------------------------------------------------------------


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; each stop on the way must be seen."""
    wanted = target.element_handle()
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue  # once round: the focus was at the browser's own controls
        assert page.evaluate(SEEN) == "", page.url
        if page.evaluate("target => document.activeElement === target", wanted):
            return
    raise AssertionError(f"not reached by the Tab key: {target}")


SEEN = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const name = at.outerHTML.slice(0, 80);
  const ring = [at, at.closest("label")].some((one) => one && (
    (getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) > 0)
    || getComputedStyle(one).boxShadow !== "none"));
  if (!ring) return "no ring: " + name;
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  if (box.bottom > innerHeight + 1 || box.top < -1) return "out of view: " + name;
  const top = document.elementFromPoint(x, y);
  return top && (at.contains(top) || top.contains(at)) ? "" : "covered: " + name;
}"""


def answer_by_keyboard(page: Page) -> None:
    """Whatever the kind: every group of radio buttons, list and line is reached by Tab and filled without a pointer."""
    form = page.locator("form.item")
    for name in form.locator("select, input[type=text]").evaluate_all("all => all.map((one) => one.name)"):
        tab_to(page, form.locator(f"[name={name}]"))
        page.keyboard.press("ArrowDown")
        page.keyboard.insert_text("15")
    for name in form.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map((one) => one.name))]"):
        group = form.locator(f"[name={name}]")
        tab_to(page, group.first)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(group.nth(1)).to_be_checked()
    for box in form.locator("input[type=checkbox]").all()[:2]:
        tab_to(page, box)
        page.keyboard.press("Space")
        expect(box).to_be_checked()


def test_quiz_can_be_done_with_the_keyboard_alone(begin: Begin) -> None:
    here = begin()
    here.goto(re.sub(r"/\d+/$", "/1/", here.url))
    started = monotonic()

    for number in range(1, 9):
        answer_by_keyboard(here)
        tab_to(here, here.get_by_role("button", name=re.compile("Save and (continue|check)")))
        here.keyboard.press("Enter")
        here.wait_for_url(f"**/{number + 1}/" if number < 8 else "**/check/")
    expect(here.get_by_role("main")).not_to_contain_text("No answer yet")
    tab_to(here, here.get_by_role("button", name="Hand in my answers"))
    here.keyboard.press("Enter")

    expect(here.get_by_role("heading", level=1)).to_have_text(re.compile("You passed|Not passed yet"))
    assert monotonic() - started < 120
