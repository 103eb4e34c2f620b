"""Word at the editors’ desk in a real browser: a file becomes a scheduled briefing; a paste keeps what it can."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import MESSAGES
from tests.journeys.conftest import Manage, Visitor
from tests.publishing.word.files import docx, dot, h, link, p, picture, table

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
SHELF = "from briefings.models import BriefingIndexPage as B; print(B.objects.get(locale__language_code='en').pk)"
FILE = docx(
    p("Handovers from Word", style="Title"),
    p("What the night tells the morning.", style="Subtitle"),
    h("Key messages"),
    *(dot(message) for message in MESSAGES),
    h("What the night knows"),
    p("The ward rang ", link("the guide to handovers", "guide"), ".", picture()),
    table(["Who", "When"], ["Ann", "Monday"]),
    links={"guide": "https://example.org/guide"},
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


def at_desk(visitor: Visitor) -> Page:
    page = visitor()
    page.goto("/try/dev/")
    return page


def texts(page: Page) -> list[dict[str, Any]]:
    """The lines of the last text of the body, as its editor hands them in, which it does a moment later."""
    field = page.locator('input[name^="body-"][name$="-value"]').last
    expect(field).to_have_value(re.compile("The end"))
    lines: list[dict[str, Any]] = json.loads(field.input_value())["blocks"]
    return [line for line in lines if line["text"].strip()]


def test_briefing_from_a_word_file_is_completed_and_scheduled(visitor: Visitor, manage: Manage) -> None:
    page = at_desk(visitor)
    page.goto(f"/admin/pages/{manage('shell', '-v0', '-c', SHELF)}/")

    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="From a Word file").click()
    page.get_by_label("The Word file (DOCX)").set_input_files(
        {"name": "handovers.docx", "mimeType": "application/octet-stream", "buffer": FILE}
    )
    page.get_by_role("button", name="Make a draft of it").click()
    report = page.locator("main").inner_text()
    page.get_by_role("link", name="Open the page").click()

    assert "A picture was left out" in report
    assert "A table became a list" in report
    expect(page.get_by_label(re.compile("^Title"))).to_have_value("Handovers from Word")
    hand_in(page, "Publish")
    expect(page.locator("main")).to_contain_text("No practitioner has checked this text.")
    complete(page)
    set_schedule(page)
    hand_in(page, "Schedule to publish")
    expect(page.locator(".messages")).to_contain_text("scheduled")
    page.goto("/admin/")
    going = page.locator("h3:has-text('Going live in the next two weeks') + ul")
    expect(going).to_contain_text("Handovers from Word")
    assert page.request.get("/briefings/handovers-from-word/").status == 404


def complete(page: Page) -> None:
    """What a Word file cannot say."""
    page.get_by_label("Everyone").check()
    page.get_by_label("Checked by a practitioner").fill("Ann Lee")
    page.get_by_label("Checked on").fill("2026-11-20")
    page.keyboard.press("Escape")


def set_schedule(page: Page) -> None:
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    moment = datetime.now(UTC) + timedelta(days=3)
    page.get_by_label("Go live date/time").fill(moment.strftime("%Y-%m-%d %H:%M"))
    page.get_by_role("button", name="Save schedule").press("Enter")  # the calendar may lie over it


def hand_in(page: Page, button: str) -> None:
    more = page.locator("footer").get_by_role("button", name=re.compile("more actions|Toggle|actions", re.IGNORECASE))
    more.last.click()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_paste_from_word_keeps_lists_links_and_the_words_of_headings_and_tables(
    visitor: Visitor, manage: Manage
) -> None:
    page = at_desk(visitor)
    page.goto(f"/admin/pages/add/briefings/briefingpage/{manage('shell', '-v0', '-c', SHELF)}/")
    body = page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    editor = body.locator("[contenteditable=true]").last

    editor.click()
    editor.evaluate(PASTE, CLIPBOARD)
    expect(body.get_by_role("status")).to_contain_text("Headings cannot stand inside a text")
    said = body.get_by_role("status").inner_text()

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
    assert len(lines[1]["entityRanges"]) == 1
    assert [
        part in said for part in ("Where it starts", "A table became", "Pictures were left out", "Comments, and")
    ] == [True] * 4


def test_heading_pasted_from_word_becomes_a_section_by_a_slash(visitor: Visitor, manage: Manage) -> None:
    page = at_desk(visitor)
    page.goto(f"/admin/pages/add/briefings/briefingpage/{manage('shell', '-v0', '-c', SHELF)}/")
    body = page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    editor = body.locator("[contenteditable=true]").last
    editor.click()
    editor.evaluate(PASTE, CLIPBOARD)
    expect(body.get_by_role("status")).to_contain_text("Where it starts")

    editor.get_by_text("The end.").click()
    page.keyboard.press("Home")
    page.keyboard.type("/")
    page.get_by_role("option", name="Section heading").click()

    expect(page.locator('input[name^="body-"][name$="-type"]')).to_have_count(3)
    assert [one["text"] for one in texts(page)] == ["The end."]


def test_paste_that_needs_no_mending_is_left_alone(visitor: Visitor, manage: Manage) -> None:
    page = at_desk(visitor)
    page.goto(f"/admin/pages/add/briefings/briefingpage/{manage('shell', '-v0', '-c', SHELF)}/")
    body = page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    editor = body.locator("[contenteditable=true]").last

    editor.click()
    editor.evaluate(PASTE, "<p>Plain <b>words</b>.</p>")
    expect(editor).to_contain_text("Plain words.")

    assert body.locator(".lt-paste").count() == 0
