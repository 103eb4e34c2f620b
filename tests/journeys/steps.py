"""What people do on the site, one function each, by the words they see."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.journeys.bank import OpenItem, open_bank, plain
from tests.journeys.hands import pick, press, tick, write

PASSWORD = "three-threads-cross"
COHORT = "Larchmere and partners, autumn"
EMPLOYER = "Larchmere Council"
NAME = "Siân Ŵyn-Ŷstwyth"


def follow(page: Page, way: Locator) -> None:
    """Press what leads to another address, and be there."""
    before = page.url
    press(page, way)
    page.wait_for_url(lambda url: url != before)


def letters_to(page: Page, address: str) -> list[str]:
    """The subjects of the letters to an address, newest first."""
    page.goto("/try/mail/")
    letters = page.locator("article", has=page.locator("p.meta", has_text=f"{address} ·"))
    return [plain(words) for words in letters.locator("h2").all_inner_texts()]


def open_letter(page: Page, address: str, link: str) -> None:
    """Follow the link with these letters in its address, from the newest letter to this person."""
    page.goto("/try/mail/")
    letter = page.locator("article", has=page.locator("p.meta", has_text=f"{address} ·")).first
    follow(page, letter.locator(f'a[href*="{link}"]'))


def make_account(page: Page, *, email: str, name: str = NAME) -> None:
    """Fill in the form for an account. An address that is there already stays."""
    write(page, page.get_by_label("Your name"), name)
    field = page.get_by_label(re.compile("e-?mail", re.IGNORECASE))
    if field.input_value() != email:
        write(page, field, email)
    pick(page, page.get_by_label("Which agency do you work in?"), "Education")
    write(page, page.get_by_label("Password", exact=True), PASSWORD)
    follow(page, page.get_by_role("button", name="Create my account"))


def sign_in(page: Page, *, email: str) -> None:
    """By the door."""
    page.goto("/account/login/")
    write(page, page.get_by_label(re.compile("e-?mail", re.IGNORECASE)), email)
    write(page, page.get_by_label("Password", exact=True), PASSWORD)
    follow(page, page.get_by_role("main").get_by_role("button", name="Sign in"))


def join_as_newcomer(page: Page, link: str, *, email: str, name: str = NAME) -> None:
    """From an addressed invitation link to a seat in the cohort."""
    page.goto(link)
    follow(page, page.get_by_role("link", name="Create my account"))
    make_account(page, email=email, name=name)
    follow(page, page.get_by_role("button", name="Join the course"))
    expect(page.get_by_role("status")).to_contain_text("You are in")


def open_quiz(page: Page) -> None:
    """The page on which an attempt is begun, by the module's outline."""
    page.goto("/foundation/")
    follow(page, page.locator(".cards a").first)
    follow(page, page.locator("main ol a").first)
    follow(page, page.get_by_role("navigation", name="Module outline").get_by_role("link", name="Quiz,"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Module 1 quiz")


def begin_attempt(page: Page) -> None:
    """From there to the first question without an answer."""
    follow(page, page.get_by_role("button", name=re.compile("Start the quiz|Carry on with the quiz|other questions")))


def question_shown(page: Page) -> OpenItem:
    """The bank's item whose prompt this page shows."""
    return open_bank()[plain(page.locator("legend h1").inner_text())]


def answer(page: Page, *, rightly: bool) -> OpenItem:
    """Answer on this page: with all that fits, or with one choice that does not (nothing, where there is none)."""
    item = question_shown(page)
    if not rightly:
        for words in item.wrong[:1] if item.kind != "situational_judgement" else []:
            tick(page, page.get_by_label(words, exact=True))
        return item
    for label, words in item.fields:
        _fill(page, label, words)
    for words in item.right:
        tick(page, page.get_by_label(words, exact=True))
    return item


def _fill(page: Page, label: str, words: str) -> None:
    """A radio button of the group with this name, a list, or a line to type in."""
    group = page.get_by_role("group", name=label, exact=True)
    if group.count():
        tick(page, group.get_by_label(words, exact=True))
        return
    field = page.get_by_label(label, exact=True)
    if field.evaluate("one => one.tagName") == "SELECT":
        pick(page, field, words)
    else:
        write(page, field, words)


def answer_all(page: Page, *, rightly: bool) -> list[OpenItem]:
    """From the first question to the list of all answers; the items in the order shown."""
    items = []
    while not page.url.endswith("/check/"):
        items.append(answer(page, rightly=rightly))
        follow(page, page.get_by_role("button", name=re.compile("Save and (continue|check your answers)")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    return items


def path_of(page: Page) -> str:
    """The address without the site."""
    parts = urlsplit(page.url)
    return f"{parts.path}#{parts.fragment}" if parts.fragment else parts.path
