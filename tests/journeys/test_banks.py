"""An editor writes ten questions in a row both ways, in a real browser; a second reader; and without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.test_second_step import axe_finds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
BANK = "from assessments.models import ItemBank; print(ItemBank.objects.filter(is_open=True).order_by('key')[0].key)"
GONE = (
    "from assessments.models import Item, ItemAct, ItemVersion; "
    "made = Item.objects.filter(versions__written_by__isnull=False); pks = list(made.values_list('pk', flat=True)); "
    "Item.objects.filter(pk__in=pks).update(current=None); "
    "ItemAct.objects.filter(item__in=pks).delete(); ItemVersion.objects.filter(item__in=pks).delete(); "
    "Item.objects.filter(pk__in=pks).delete()"
)
TEN = range(1, 11)
MOST_CLICKS_BY_FORM, MOST_KEYS_BY_FORM = 25, 110  # beside the words themselves
MOST_CLICKS_AS_TEXT, MOST_KEYS_AS_TEXT = 4, 160
WHY = "because whoever was there that day could see, want and do no more than this"


def option(number: int, place: int) -> tuple[str, str]:
    """The words and the explanation of an option of a question; the first is right and not the longest."""
    return f"Option {place} of {number}{'!' * place}", f"Number {number}, option {place}: {WHY}"


@pytest.fixture
def bank(manage: Manage) -> Iterator[str]:
    """The key of a bank; what editors wrote into it goes again."""
    yield manage("shell", "-v0", "-c", BANK)
    manage("shell", "-v0", "-c", GONE)


class Hands:
    """What an editor does beside typing words: clicks, and keys that are no words."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        self.clicks += 1

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1

    def words(self, text: str) -> None:
        self.page.keyboard.insert_text(text)


def write_one(hands: Hands, number: int) -> None:
    """A question with three options, by the keyboard from the box of the question on."""
    hands.click("textbox", "The question")
    hands.words(f"Which of these was there before them, number {number}?")
    for place in (1, 2, 3):
        hands.key("Tab")
        if place == 1:
            hands.key("Space")
        for words in option(number, place):
            hands.key("Tab")
            hands.words(words)
    hands.click("button", "Save, and write another")
    hands.page.get_by_text("Saved as a draft.").wait_for()


def test_ten_questions_by_the_form(visitor: Visitor, bank: str) -> None:
    page = visitor()
    page.goto("/try/dev/")
    page.goto(f"/admin/banks/{bank}/")
    hands = Hands(page)

    hands.click("link", "Write a question")
    page.get_by_label("Learning outcome").select_option(index=1)
    for number in TEN:
        write_one(hands, number)
    page.goto(f"/admin/banks/{bank}/?state=draft")

    expect(page.get_by_role("heading", name="10 questions")).to_be_visible()
    assert hands.clicks <= MOST_CLICKS_BY_FORM, hands.clicks
    assert hands.keys <= MOST_KEYS_BY_FORM, hands.keys


def test_ten_questions_as_text(visitor: Visitor, bank: str) -> None:
    page = visitor()
    page.goto("/try/dev/")
    page.goto(f"/admin/banks/{bank}/")
    hands = Hands(page)
    marks = {1: "* ", 2: "", 3: ""}

    hands.click("link", "Type questions as text")
    hands.click("textbox", "The questions")
    hands.words("LO1.1")
    for number in TEN:
        for _line in range(2):
            hands.key("Enter")
        hands.words(f"Which of these was there before them, number {number}?")
        for place in (1, 2, 3):
            words, why = option(number, place)
            for mark, said in ((marks[place], words), ("> ", why)):
                hands.key("Enter")
                hands.keys += len(mark)
                hands.words(mark + said)
    hands.click("button", "Look at them, and save nothing")
    expect(page.get_by_role("heading", name="10 questions, as they would be")).to_be_visible()
    found = axe_finds(page)
    hands.click("button", "Save all as drafts")

    expect(page.get_by_text("10 questions saved as drafts.")).to_be_visible()
    assert found == []
    assert hands.clicks <= MOST_CLICKS_AS_TEXT, hands.clicks
    assert hands.keys <= MOST_KEYS_AS_TEXT, hands.keys


def test_checks_speak_while_one_types_and_a_second_reader_makes_it_live(visitor: Visitor, bank: str) -> None:
    page = visitor()
    page.goto("/try/dev/")
    page.goto(f"/admin/banks/{bank}/write/")
    page.get_by_label("Learning outcome").select_option(index=1)
    page.get_by_role("textbox", name="The question").fill("Which of these stood around them?")
    page.get_by_role("textbox", name="Option 1").fill("The plan that had been made for somebody else")
    page.get_by_role("textbox", name="Option 2").fill("Luck")
    page.locator("#key-1").check()
    expect(page.locator("[data-advice]")).to_contain_text("What is right is the longest")
    expect(page.locator("[data-advice]")).to_contain_text("Option 1 has no explanation")
    found = [axe_finds(page)]
    for number in (1, 2):
        page.locator(f"#explanation-en-{number}").fill(f"{number}: {WHY}")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Somebody else reviews what you wrote")).to_be_visible()
    address = page.url
    other = visitor()
    other.goto("/try/mali/")
    other.goto(address)
    found.append(axe_finds(other))
    other.get_by_role("button", name="I have read it and it is right").click()
    other.get_by_role("button", name="Make it live").click()

    expect(other.get_by_text("Attempts that begin from now on may draw it.")).to_be_visible()
    assert found == [[], []]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_bank_fit_and_are_accessible(visitor: Visitor, bank: str, width: int, scheme: str) -> None:
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto("/try/dev/")
    page.goto(f"/admin/banks/{bank}/")
    item = page.locator("table a").first.get_attribute("href") or ""
    quiz = page.get_by_role("link", name=re.compile("^What “")).first.get_attribute("href") or ""
    addresses = ["/admin/banks/", f"/admin/banks/{bank}/", item, f"{item}write/", f"{item}compare/", quiz]
    addresses += [
        f"/admin/banks/{bank}/write/",
        f"/admin/banks/{bank}/write/?kind=ordering",
        f"/admin/banks/{bank}/type/",
        f"{item}try/",
        "/admin/banks/pictures/",
    ]

    found = {}
    for address in addresses:
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[address] = [*axe_finds(page), *([f"{wide} px too wide"] if wide > 0 else [])]

    assert found == {address: [] for address in addresses}


def test_a_question_is_written_changed_and_retired_without_scripts(visitor: Visitor, bank: str) -> None:
    page = visitor(java_script_enabled=False)
    page.goto("/try/dev/")
    page.goto(f"/admin/banks/{bank}/write/")
    page.get_by_role("textbox", name="The question").fill("Which of these stood around them?")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Write at least two options.")
    page.get_by_label("Learning outcome").select_option(index=1)
    for number in (1, 2):
        page.locator(f"#text-en-{number}").fill(f"Number {number}")
        page.locator(f"#explanation-en-{number}").fill(f"{number}: {WHY}")
    page.locator("#key-2").check()
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("link", name="Write a new version").click()
    page.locator("#text-en-1").fill("Number one")
    page.get_by_label("What you changed, and why").fill("In words.")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("link", name="Compare versions").click()
    expect(page.get_by_role("row")).to_have_count(1)
    page.go_back()
    page.get_by_label("Why it is asked no more").fill("A trial.")
    page.get_by_role("button", name="Retire it").click()

    expect(page.get_by_text("A trial.")).to_be_visible()
    expect(page.locator(".lt-sign.retired").first).to_be_visible()
