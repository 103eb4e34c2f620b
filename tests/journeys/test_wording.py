"""A misspelt word on a live lesson, put right in six clicks; and substance, read by somebody else, then told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.test_second_step import axe_finds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
MOST_CLICKS = 6  # QUALITY.md: typo on a live lesson to the corrected live page
LESSON = "from courses.models import LessonPage; page = LessonPage.objects.filter(language='en').order_by('path')[0]; "
WRITE = (
    LESSON + "blocks = list(page.body.raw_data); place = [one['type'] for one in blocks].index('text'); "
    "blocks[place] = {{**blocks[place], 'value': {text!r} + blocks[place]['value']}}; "
    "page.body = blocks; page.save_revision().publish(); print(page.url)"
)
PUT_BACK = (
    LESSON + "from courses.models import Change; from publishing.models import SecondReading; "
    "page.revisions.order_by('created_at').first().publish(); "
    "Change.objects.all().delete(); SecondReading.objects.all().delete()"
)
COUNTING = "addEventListener('click', event => { if (event.isTrusted) window.clicked(); }, true)"
WHERE = """word => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(word);
    if (at < 0 || !walk.currentNode.parentElement.closest("[contenteditable=true]")) continue;
    walk.currentNode.parentElement.scrollIntoView({block: "center"});
    const range = document.createRange();
    range.setStart(walk.currentNode, at);
    range.setEnd(walk.currentNode, at + word.length);
    const box = range.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
}"""

HANDED_OVER = """word => [...document.querySelectorAll('input[name^="body-"][name$="-value"]')]
  .some((input) => input.value.includes(word))"""


@pytest.fixture
def put_back(manage: Manage) -> Iterator[None]:
    """The lesson as it was, for whoever comes after."""
    yield
    manage("shell", "-v0", "-c", PUT_BACK)


def replace_word(page: Page, word: str, other: str) -> None:
    """Two clicks on a word in the editor select it; typing puts another in its place."""
    page.locator("[contenteditable=true]", has_text=word).first.wait_for()
    before, (across, down) = None, page.evaluate(WHERE, word)
    while before != (across, down):  # the editor is still being laid out
        before = (across, down)
        page.wait_for_timeout(300)
        across, down = page.evaluate(WHERE, word)
    page.mouse.dblclick(across, down)
    page.keyboard.type(other)
    page.wait_for_function(HANDED_OVER, arg=other)  # the editor hands over late what was typed


def publish(page: Page) -> None:
    page.locator("footer").get_by_role("button", name=re.compile("actions|Toggle", re.IGNORECASE)).last.click()
    page.get_by_role("button", name="Publish", exact=True).click()


def seen_as_a_learner_would_see_it(page: Page, words: str) -> None:
    """The draft as a trainee would get it: at a phone's width in the editor's own preview, and on paper."""
    page.get_by_role("button", name="Toggle preview").click()
    page.get_by_role("radio", name="Preview in mobile size").check(force=True)
    shown = page.frame_locator("iframe[title='Preview']").last
    expect(shown.get_by_text(words)).to_be_visible()
    assert page.locator("iframe[title='Preview']").last.evaluate("one => one.contentWindow.innerWidth") <= 400
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Preview in new tab").click()
    paper = opened.value
    paper.emulate_media(media="print")
    expect(paper.get_by_text(words)).to_be_visible()
    expect(paper.get_by_role("navigation").first).to_be_hidden()
    assert len(paper.pdf(format="A4")) > 10_000
    paper.close()


def drawn(page: Page, how: str) -> tuple[str, str]:
    """The words that went or came, and the line that says so to whoever does not see its colour."""
    word = page.locator(f".lt-comparison .{how}").first
    return word.inner_text(), str(word.evaluate("one => getComputedStyle(one).textDecorationLine"))


@pytest.mark.usefixtures("put_back")
def test_misspelt_word_on_a_live_lesson_is_put_right_in_six_clicks(visitor: Visitor, manage: Manage) -> None:
    address = manage("shell", "-v0", "-c", WRITE.format(text="<p>people who have recieved a letter</p>"))
    page, clicks = visitor(viewport={"width": 1280, "height": 900}), []
    page.context.expose_function("clicked", lambda: clicks.append(page.url))
    page.context.add_init_script(COUNTING)
    page.goto("/try/dev/")
    page.goto(address)
    expect(page.get_by_text("recieved")).to_be_visible()

    clicks.clear()
    page.get_by_role("link", name="Edit this page").click()
    replace_word(page, "recieved", "received")
    publish(page)
    page.locator(".messages").get_by_role("link", name="View live").click()

    expect(page.get_by_text("people who have received a letter")).to_be_visible()
    assert len(clicks) <= MOST_CLICKS
    assert page.url.endswith(address)


@pytest.mark.usefixtures("put_back")
def test_what_is_typed_in_the_editor_comes_out_in_a_course_package(
    visitor: Visitor, manage: Manage, tmp_path: Path
) -> None:
    address = manage("shell", "-v0", "-c", WRITE.format(text="<p>people who have recieved * a [letter]</p>"))
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto("/try/dev/")
    page.goto(address)
    page.get_by_role("link", name="Edit this page").click()
    replace_word(page, "recieved", "received")
    publish(page)
    page.locator(".messages").get_by_role("link", name="View live").click()

    said = manage("export_course", "foundation", str(tmp_path / "package"))
    texts = [file.read_text() for file in (tmp_path / "package").rglob("*.md")]
    again = manage("load_content", "--dry-run", str(tmp_path / "package"))

    expect(page.get_by_text("people who have received * a [letter]")).to_be_visible()
    assert said.endswith(" files.")
    assert len([text for text in texts if "people who have received \\* a \\[letter\\]" in text]) == 1
    assert re.fullmatch(r"Would be: \d+ unchanged\. Nothing was changed\.", again.splitlines()[-1])


@pytest.mark.usefixtures("put_back")
def test_substance_is_read_by_somebody_else_goes_live_and_the_trainee_is_told(visitor: Visitor, manage: Manage) -> None:
    address = manage("shell", "-v0", "-c", WRITE.format(text="<p>the panel meets within twelve days</p>"))
    amina, dev, mali = (visitor(reduced_motion="reduce") for _who in range(3))
    amina.goto("/try/amina/")
    amina.goto(address)

    dev.goto("/try/dev/")
    dev.goto(address)
    dev.get_by_role("link", name="Edit this page").click()
    replace_word(dev, "twelve", "fourteen")
    publish(dev)
    expect(dev.get_by_text("The number “twelve” became “fourteen”.").last).to_be_visible()
    dev.get_by_label("What changed, for readers").fill("The panel now meets within fourteen days.")
    found = axe_finds(dev)
    dev.get_by_role("button", name="Ask a second reader").click()
    expect(dev.locator(".messages")).to_contain_text("waits for a second reader")

    mali.goto("/try/mali/")
    mali.goto("/admin/")
    found += axe_finds(mali)
    mali.locator(".lt-findings.stopping").get_by_role("link").first.click()
    found += axe_finds(mali)
    assert [drawn(mali, how) for how in ("deletion", "addition")] == [
        ("twelve", "line-through"),
        ("fourteen", "underline"),
    ]
    mali.get_by_label("What should change first").fill("Say from which day they are counted.")
    mali.get_by_role("button", name="Send it back").click()
    expect(mali.locator(".messages")).to_contain_text("went back to")

    dev.goto("/admin/")
    expect(dev.get_by_text("Say from which day they are counted.")).to_be_visible()
    dev.locator(".lt-findings.stopping").get_by_role("link").first.click()
    found += axe_finds(dev)
    dev.get_by_label("What changed, for readers").fill("The panel now meets within fourteen days.")
    dev.get_by_role("button", name="Ask a second reader").click()

    mali.goto("/admin/")
    mali.locator(".lt-findings.stopping").get_by_role("link").first.click()
    mali.get_by_role("link", name="Back to the page").click()
    seen_as_a_learner_would_see_it(mali, "the panel meets within fourteen days")
    mali.go_back()
    mali.get_by_role("button", name="I have read this. Publish it").click()
    expect(mali.locator(".messages")).to_contain_text("is published")

    amina.goto("/my-learning/")
    told = amina.get_by_text("New since you did this:").count()
    amina.goto(address)
    expect(amina.get_by_role("heading", name="New since you did this")).to_be_visible()
    expect(amina.get_by_text("The panel now meets within fourteen days.").first).to_be_visible()
    found += axe_finds(amina)
    amina.reload()
    expect(amina.get_by_role("heading", name="New since you did this")).to_have_count(0)
    expect(amina.get_by_text("You have marked this as read")).to_be_visible()
    assert (told, found) == (1, [])
