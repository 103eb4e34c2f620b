"""The pages of an organisation's people and lists, and of a funder, in every state: part of what the walk sees."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.journeys.steps import follow
from tests.journeys.ways import State

EXEMPT_LEADING_PAGES = {
    "organisation_people_file": "a file; checked in tests/training/test_spreadsheets.py",
    "funder_trained_file": "a file; checked in tests/training/test_spreadsheets.py",
    "organisation_list_csv": "a file; checked in tests/training/test_lists.py",
    "organisation_list_faults": "a file; checked in tests/training/test_lists.py",
    "organisation_list_xlsx": "a file; checked in tests/training/test_lists.py",
}


def at_people(rest: str = "") -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        page.goto("/my-learning/")
        page.goto(f"{page.locator('main .card h3 a').get_attribute('href')}{rest}")

    return come


def at_person(name: str) -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        at_people()(page)
        follow(page, page.locator("table.people tbody th a", has_text=name))

    return come


def at_leaving(day: str | None) -> Callable[[Page], Any]:
    """Bryn, who has not begun: what happens today, or another day refused."""

    def come(page: Page) -> None:
        at_person("Bryn")(page)
        if day:
            page.get_by_label("From which day on?").fill(day)
        follow(page, page.get_by_role("button", name="See what happens then"))

    return come


def at_cards(page: Page) -> None:
    page.goto("/my-learning/")


def at_numbers(page: Page) -> None:
    page.goto("/my-learning/")
    follow(page, page.locator("main .card h3 a"))


def at_booking(page: Page) -> None:
    """Where a lead sends lists in."""
    page.goto(f"/organisation/{page.council}/book/")  # type: ignore[attr-defined]


def at_refused_list(page: Page) -> None:
    at_booking(page)
    page.get_by_role("button", name="Check the list").click()
    page.locator(".error-summary").wait_for()


def at_list_of(*lines: str) -> Callable[[Page], Any]:
    """The report on a list that was sent in."""

    def come(page: Page) -> None:
        at_booking(page)
        page.get_by_role("radio").first.check()
        content = "\n".join(["E-mail,Name,Job", *lines]).encode()
        page.set_input_files("[type=file]", {"name": "staff.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Check the list").click()
        page.get_by_role("heading", name="In numbers").wait_for()

    return come


def at_list_taken_in(page: Page) -> None:
    at_list_of("ada.ash@example.org,Ada Ash")(page)
    page.get_by_role("button", name="Take the list in").click()
    page.get_by_role("heading", name="The list was taken in").wait_for()


def at_list_given_up(page: Page) -> None:
    at_list_of("bea.birch@example.org,Bea Birch")(page)
    address = page.url
    page.get_by_role("button", name="Give the list up").click()
    page.get_by_role("heading", name="Book people from a list").wait_for()
    page.goto(address)


def at_list_being_checked(page: Page) -> None:
    """Too long to be checked at once; the page asks again by itself."""
    at_booking(page)
    page.get_by_role("radio").first.check()
    lines = [f"p{number}@example.org,Person Number" for number in range(301)]
    content = "\n".join(["E-mail,Name", *lines]).encode()
    page.set_input_files("[type=file]", {"name": "long.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Check the list").click()
    page.get_by_role("heading", name="The list long.csv").wait_for()


LEADING_STATES = [
    State("dashboard", "funder's reader", "farah", at_cards, "Hello, Farah"),
    State("organisation_people", "everybody", "lena", at_people(), "Your people"),
    State("organisation_people", "sorted", "lena", at_people("?show=doing&sort=-since"), "Your people"),
    State("organisation_people", "nobody of that name", "lena", at_people("?q=giraffe"), "Your people"),
    State("organisation_person", "doing", "lena", at_person("Amina Farrow"), "Amina Farrow"),
    State("organisation_person", "not begun", "lena", at_person("Bryn"), "Bryn"),
    State("organisation_person", "not booked", "lena", at_person("Lena Hollin"), "Lena Hollin"),
    State("organisation_leaving", "what happens", "lena", at_leaving(None), "Bryn"),
    State("organisation_leaving", "refused", "lena", at_leaving("2020-01-01"), "When does Bryn"),
    State("organisation_booking", "a letter", "lena", at_person("Fiona Strachan"), "A place for Fiona"),
    State("funder_trained", "nothing to show yet", "farah", at_numbers, "People trained in your areas"),
    State("organisation_book", "lists", "lena", at_booking, "Book people from a list"),
    State("organisation_book", "refused", "lena", at_refused_list, "Book people from a list"),
    State(
        "organisation_list",
        "faults and questions",
        "lena",
        at_list_of("nia@gmial.com,Siân Jones", "s@example.org,Sian Jones", "bad,Bob", "ok@example.org,Ola Oak"),
        "The list staff.csv",
    ),
    State("organisation_list", "being checked", "lena", at_list_being_checked, "The list long.csv"),
    State("organisation_list", "taken in", "lena", at_list_taken_in, "The list staff.csv"),
    State("organisation_list", "given up", "lena", at_list_given_up, "The list staff.csv"),
]
