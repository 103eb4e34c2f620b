"""Pasting at the editors’ desk in a real browser: what was copied in Word becomes sections, texts, lists and tables."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Manage, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
SHELF = "from briefings.models import BriefingIndexPage as B; print(B.objects.get(locale__language_code='en').pk)"
MODULE = "from courses.models import ModulePage as M; print(M.objects.filter(language='en').order_by('path')[0].pk)"
TAKE_AWAY = (
    "from courses.models import LessonPage as L; "
    "[(page.delete(), page.activity.delete()) for page in L.objects.filter(title='Pasted from Word')]"
)
# What Word puts on the clipboard: lists are paragraphs that say in their style that they are items.
_ITEM = (
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l{0} level{1} lfo{0}'>"
    "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>{2}<span "
    "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
    "{3}<o:p></o:p></p>"
)
CLIPBOARD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->
<style><!-- @list l0 {{mso-list-id:1;}} p.MsoNormal {{mso-style-parent:"";}} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h2>Where it starts<o:p></o:p></h2>
<p class=MsoNormal>Some <b style='mso-bidi-font-weight:normal'>bold</b> words, <a
href="https://example.org/guide">the guide</a><del>Jane Roe</del><a class=msocomanchor href="#_msocom_1">[A1]</a>.</p>
{_ITEM.format(0, 1, "·", "First dot")}{_ITEM.format(0, 2, "o", "Inner dot")}{_ITEM.format(1, 1, "1.", "First number")}
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Who</b></p></td><td><p class=MsoNormal><b>When</b></p>
</td></tr><tr><td><p class=MsoNormal>Ann</p></td><td><p class=MsoNormal>Monday</p></td></tr></table>
<p class=MsoNormal><img src="file:///C:/clip_image002.png">The end.<o:p></o:p></p><!--EndFragment--></body></html>"""
PASTE = """(editor, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "As plain text.");
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


HOSTILE = (
    "<h2 onclick='window.harm=1'>A heading</h2><p onmouseover='window.harm=1'>Words <a href="
    "'javascript:window.harm=1'>here</a>.<img src=x onerror='window.harm=1'><iframe src='javascript:parent.harm=1'>"
    "</iframe><script>window.harm=1</script></p><svg onload='window.harm=1'></svg>"
)


@pytest.fixture
def take_away(manage: Manage) -> Iterator[None]:
    """The lesson goes again, for whoever comes after."""
    yield
    manage("shell", "-v0", "-c", TAKE_AWAY)


def new_lesson(visitor: Visitor, manage: Manage) -> Page:
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto("/try/dev/")
    page.goto(f"/admin/pages/add/courses/lessonpage/{manage('shell', '-v0', '-c', MODULE)}/")
    page.get_by_label(re.compile("^Title")).fill("Pasted from Word")
    return page


def new_text(page: Page) -> tuple[Locator, Locator]:
    """The body, and the editor of a text that was just put at its end."""
    body = page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    editor = body.locator("[contenteditable=true]").last
    editor.click()
    return body, editor


def kinds(page: Page) -> list[str]:
    """The kinds of block that would be saved, in their order."""
    blocks: list[str] = page.evaluate("document.getElementById('body-root').rootBlock.getState().map(one => one.type)")
    return blocks


def read_draft(page: Page) -> Locator:
    """Saved as a draft, and read as the lesson it would be."""
    page.wait_for_timeout(1_000)  # the editor hands over late what it holds
    page.locator("footer").get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/edit/")
    page.goto(page.url.replace("/edit/", "/view_draft/"))
    return page.locator("main")


@pytest.mark.usefixtures("take_away")
def test_paste_from_word_into_a_lesson_keeps_headings_lists_tables_and_links(visitor: Visitor, manage: Manage) -> None:
    page = new_lesson(visitor, manage)
    body, editor = new_text(page)

    editor.evaluate(PASTE, CLIPBOARD)
    expect(body.get_by_role("status")).to_contain_text("Pasted as parts of the page: 1 heading, as a section")
    said, made = body.get_by_role("status").inner_text(), kinds(page)
    lesson = read_draft(page)

    assert made == ["section", "text", "table", "text"]
    expect(lesson.get_by_role("heading", name="Where it starts", level=2)).to_be_visible()
    expect(lesson.get_by_role("link", name="the guide")).to_have_attribute("href", "https://example.org/guide")
    expect(lesson.locator("ul > li", has_text="First dot").locator("ul > li")).to_have_text("Inner dot")
    expect(lesson.locator("ol > li", has_text="First number")).to_be_visible()
    expect(lesson.get_by_role("table").get_by_role("columnheader", name="When")).to_be_visible()
    expect(lesson.get_by_role("table").get_by_role("cell", name="Monday")).to_be_visible()
    expect(lesson.locator("b, strong", has_text="bold").first).to_be_visible()
    assert [one in said for one in ("A picture was left out", "A comment was left out", "deleted were left out")] == (
        [True] * 3
    )
    assert "Jane Roe" not in page.content()


@pytest.mark.usefixtures("take_away")
def test_paste_that_means_harm_does_none_when_pasted_saved_or_read(visitor: Visitor, manage: Manage) -> None:
    page = new_lesson(visitor, manage)
    body, editor = new_text(page)

    editor.evaluate(PASTE, HOSTILE)
    expect(body.get_by_role("status")).to_contain_text("leads nowhere that a page can lead to")
    in_editor = page.evaluate("window.harm")
    lesson = read_draft(page)

    expect(lesson.get_by_role("heading", name="A heading", level=2)).to_be_visible()
    lesson.get_by_text("Words here").hover()
    assert (in_editor, page.evaluate("window.harm")) == (None, None)
    assert lesson.locator("[onclick], [onmouseover], [onerror], iframe, script:not([src])").count() == 0
    assert lesson.locator("a[href^='javascript']").count() == 0


@pytest.mark.usefixtures("take_away")
def test_paste_after_words_stands_after_their_text_and_leaves_them_alone(visitor: Visitor, manage: Manage) -> None:
    page = new_lesson(visitor, manage)
    body, editor = new_text(page)
    page.keyboard.type("Written before.")

    editor.evaluate(PASTE, CLIPBOARD)
    expect(body.get_by_role("status")).to_contain_text("What you pasted stands after this text.")

    assert kinds(page) == ["text", "section", "text", "table", "text"]
    expect(body.locator("[contenteditable=true]").first).to_have_text("Written before.")


def test_paste_is_kept_as_words_where_the_site_cannot_be_asked(visitor: Visitor, manage: Manage) -> None:
    page = new_lesson(visitor, manage)
    body, editor = new_text(page)
    page.route("**/admin/paste/", lambda route: route.abort())

    editor.evaluate(PASTE, CLIPBOARD)
    expect(body.get_by_role("status")).to_contain_text("could not make parts of the page")

    lines = texts(page)
    assert [(one["type"], one["depth"], one["text"]) for one in lines] == [
        ("unstyled", 0, "Where it starts"),
        ("unstyled", 0, "Some bold words, the guide."),
        ("unordered-list-item", 0, "First dot"),
        ("unordered-list-item", 1, "Inner dot"),
        ("ordered-list-item", 0, "First number"),
        ("unordered-list-item", 0, "Who: Ann\nWhen: Monday"),
        ("unstyled", 0, "The end."),
    ]


def test_table_pasted_into_a_briefing_becomes_a_list_and_that_is_said(visitor: Visitor, manage: Manage) -> None:
    page = visitor()
    page.goto("/try/dev/")
    page.goto(f"/admin/pages/add/briefings/briefingpage/{manage('shell', '-v0', '-c', SHELF)}/")
    body, editor = new_text(page)

    editor.evaluate(PASTE, CLIPBOARD)
    expect(body.get_by_role("status")).to_contain_text("A table became a list")

    assert kinds(page) == ["section", "text"]


def texts(page: Page) -> list[dict[str, Any]]:
    """The lines of the last text of the body, as its editor hands them in, which it does a moment later."""
    field = page.locator('input[name^="body-"][name$="-value"]').last
    expect(field).to_have_value(re.compile("The end"))
    lines: list[dict[str, Any]] = json.loads(field.input_value())["blocks"]
    return [line for line in lines if line["text"].strip()]


def test_paste_that_needs_no_mending_is_left_alone(visitor: Visitor, manage: Manage) -> None:
    page = new_lesson(visitor, manage)
    body, editor = new_text(page)

    editor.evaluate(PASTE, "<p>Plain <b>words</b>.</p>")
    expect(editor).to_contain_text("Plain words.")

    assert body.locator(".lt-paste").count() == 0
