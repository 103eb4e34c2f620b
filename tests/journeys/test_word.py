"""Word at the editors’ desk in a real browser: a briefing to scheduled, a lesson by a second editor to live."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories import MESSAGES
from tests.journeys.conftest import Manage, Visitor
from tests.publishing.word.files import docx, dot, h, link, p, picture, run, table

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
SHELF = "from briefings.models import BriefingIndexPage as B; print(B.objects.get(locale__language_code='en').pk)"
MODULE = "from courses.models import ModulePage as M; print(M.objects.filter(language='en').order_by('path')[0].pk)"
TAKE_AWAY = (
    "from courses.models import LessonPage as L; "
    "[(page.activity.progress.all().delete(), page.delete(), page.activity.delete()) for page in "
    "L.objects.filter(title='A lesson from Word')]"
)
ADDRESS = "from courses.models import LessonPage as L; print(L.objects.get(title='A lesson from Word').url)"
BY = 'w:author="Ann" w:date="2026-11-20T10:00:00Z"'
DELETED = f'<w:del w:id="1" {BY}><w:r><w:delText>because somebody forgot, </w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="2" {BY}>{run("twice, by ")}</w:ins>'
FILE = docx(
    p("Handovers from Word", style="Title"),
    p("What the night tells the morning.", style="Subtitle"),
    h("Key messages"),
    *(dot(message) for message in MESSAGES),
    h("What the night knows"),
    p("The ward rang ", DELETED, INSERTED, link("the guide to handovers", "guide"), ".", picture()),
    table(["Who", "When"], ["Ann", "Monday"]),
    links={"guide": "https://example.org/guide"},
)


LESSON = docx(
    p("A lesson from Word", style="Title"),
    h("What the night knows"),
    p("The ward rang ", DELETED, INSERTED, link("the guide to handovers", "guide"), "."),
    dot("The chart was by the bed."),
    table(["Who", "When"], ["Ann", "Monday"]),
    links={"guide": "https://example.org/guide"},
)


@pytest.fixture
def take_away(manage: Manage) -> Iterator[None]:
    """The lesson goes again, for whoever comes after."""
    yield
    manage("shell", "-v0", "-c", TAKE_AWAY)


def draft_of(page: Page, parent: str, file: bytes) -> str:
    """As Dev, from the place where it is to stand to the draft in the editor; what the report says."""
    page.goto("/try/dev/")
    page.goto(f"/admin/pages/{parent}/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="From a Word file").click()
    page.get_by_label("The Word file (DOCX)").set_input_files(
        {"name": "handovers.docx", "mimeType": "application/octet-stream", "buffer": file}
    )
    page.get_by_role("button", name="Make a draft of it").click()
    report = page.locator("main").inner_text()
    page.get_by_role("link", name="Open the page").click()
    return report


def test_briefing_from_a_word_file_is_completed_and_scheduled(visitor: Visitor, manage: Manage) -> None:
    page = visitor()

    report = draft_of(page, manage("shell", "-v0", "-c", SHELF), FILE)

    assert "A tracked change was taken as accepted: these words are in." in report
    assert "Words that a tracked change had deleted were left out." in report
    assert "A picture was left out" in report
    assert "A table became a list" in report
    expect(page.get_by_label(re.compile("^Title"))).to_have_value("Handovers from Word")
    hand_in(page, "Publish")
    expect(page.locator("main")).to_contain_text("No practitioner has checked this text.")
    page.get_by_label("Everyone").check()
    complete(page)
    set_schedule(page)
    hand_in(page, "Submit to Moderators approval")
    expect(page.locator(".messages").first).to_contain_text("submitted for moderation")
    approve(visitor(), "Handovers from Word")
    page.goto("/admin/")
    going = page.locator("h3:has-text('Going live in the next two weeks') + ul")
    expect(going).to_contain_text("Handovers from Word")
    assert page.request.get("/briefings/handovers-from-word/").status == 404


@pytest.mark.usefixtures("take_away")
def test_lesson_from_a_word_file_is_approved_by_a_second_editor_and_live(visitor: Visitor, manage: Manage) -> None:
    page, learner = visitor(), visitor()
    report = draft_of(page, manage("shell", "-v0", "-c", MODULE), LESSON)
    assert "Words that a tracked change had deleted were left out." in report

    complete(page)
    hand_in(page, "Submit to Moderators approval")
    expect(page.locator(".messages").first).to_contain_text("submitted for moderation")
    address = manage("shell", "-v0", "-c", ADDRESS)
    unseen = page.request.get(address).status
    approve(visitor(), "A lesson from Word")

    learner.goto("/try/amina/")
    learner.goto(address)
    assert unseen == 404
    expect(learner.get_by_role("heading", level=1, name="A lesson from Word")).to_be_visible()
    expect(learner.get_by_role("heading", level=2, name="What the night knows")).to_be_visible()
    expect(learner.get_by_text("The ward rang twice, by the guide to handovers.")).to_be_visible()
    expect(learner.get_by_role("table").get_by_role("cell", name="Monday")).to_be_visible()


def approve(page: Page, title: str) -> None:
    """As the second reader, who reads the accepted words and not the deleted ones: from the desk, in three clicks."""
    page.goto("/try/mali/")
    page.goto("/admin/")
    page.locator("main").get_by_role("link", name=re.compile(title)).first.click()
    expect(page.locator("main")).to_contain_text("twice, by")
    expect(page.locator("main")).not_to_contain_text("somebody forgot")
    hand_in(page, "Approve and Publish")
    expect(page.locator(".messages").first).to_contain_text("has been updated")


def complete(page: Page) -> None:
    """What a Word file cannot say."""
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
