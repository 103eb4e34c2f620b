"""The buttons of a workflow, pressed while the last key still rings: one save, one step, and every word of it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.test_wording import LESSON, WRITE, replace_word

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
SUBMIT = LESSON + "from people.models import User; page.get_workflow().start(page, User.objects.get(name='Dev Marsh'))"
STATE = LESSON + (
    "import json; from wagtail.models import PageLogEntry, TaskState; "
    "draft = json.dumps(page.get_latest_revision().content['body']); "
    "print(json.dumps({"
    "'versions': page.revisions.count(), "
    "'runs': list(page.workflow_states.order_by('pk').values_list('status', flat=True)), "
    "'steps': list(TaskState.objects.filter(workflow_state__in=page.workflow_states.all()).order_by('pk')"
    ".values_list('status', 'comment')), "
    "'in draft': 'letter, received by post' in draft, "
    "'live': any('letter, received by post' in str(one) for one in page.body.raw_data), "
    "'beyond': page.has_unpublished_changes}))"
)
PUT_BACK = LESSON + (
    "from courses.models import Change; from publishing.models import SecondReading; "
    "from wagtail.models import WorkflowState; WorkflowState.objects.all().delete(); "
    "page.revisions.order_by('created_at').first().publish(); "
    "Change.objects.all().delete(); SecondReading.objects.all().delete()"
)

TWICE = """() => {
  const approve = document.querySelector("[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])");
  approve.click();
  approve.click();
}"""


@pytest.fixture
def put_back(manage: Manage) -> Iterator[None]:
    yield
    manage("shell", "-v0", "-c", PUT_BACK)


class SlowLine:
    """Between an editor and the site: what is saved is saved, and its answer stays on the way until it is let go."""

    def __init__(self, page: Page) -> None:
        self.sent: list[str] = []
        self._kept: list[tuple[Route, APIResponse | None]] = []
        page.route("**/admin/pages/*/edit/", self._take)

    def _take(self, route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        is_autosave = route.request.headers.get("accept") == "application/json"
        self.sent.append("autosave" if is_autosave else "handed in")
        self._kept.append((route, route.fetch() if is_autosave else None))

    def let_autosave_go(self) -> None:
        """The answer arrives; what else is on the way stays there."""
        for route, answer in self._kept:
            if answer is not None:
                route.fulfill(response=answer)
        self._kept = [(route, answer) for route, answer in self._kept if answer is None]

    def let_hand_in_go(self) -> None:
        for route, _answer in self._kept:
            route.continue_()
        self._kept.clear()

    def wait_for(self, page: Page, what: str, *, at_most: int = 20) -> None:
        for _turn in range(at_most):
            if what in self.sent:
                return
            page.wait_for_timeout(500)
        raise AssertionError(f"nothing was {what}")


def state(manage: Manage) -> dict[str, object]:
    found: dict[str, object] = json.loads(manage("shell", "-v0", "-c", STATE))
    return found


def typing(visitor: Visitor, who: str, address: str) -> tuple[Page, SlowLine]:
    """An editor whose draft is being autosaved, and who typed on since."""
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto(f"/try/{who}/")
    page.goto(address)
    page.get_by_role("link", name="Edit this page").click()
    line = SlowLine(page)
    page.wait_for_timeout(2500)  # Wagtail takes what is typed before for what was there
    replace_word(page, "recieved", "received")
    line.wait_for(page, "autosave")
    page.keyboard.type(" by post")
    return page, line


def menu(page: Page, label: str) -> Locator:
    page.locator("footer").get_by_role("button", name="more actions").or_(
        page.locator("footer [data-w-dropdown-target=toggle]")
    ).first.click()
    return page.locator("footer").get_by_role("button", name=label, exact=True)


def say(page: Page, comment: str) -> None:
    """In the dialog, and confirmed at once."""
    dialog = page.locator(".modal-dialog")
    dialog.get_by_label("Comment").fill(comment)
    dialog.locator("button[type=submit]").click()


def arrive(page: Page, line: SlowLine) -> None:
    """Everything on the way arrives in its order, with time for more to be sent in between."""
    page.wait_for_timeout(800)
    assert line.sent == ["autosave"], "two saves were on the way at once"
    line.let_autosave_go()
    line.wait_for(page, "handed in")
    page.wait_for_timeout(2000)  # the site is slow to answer; an autosave might begin
    line.let_hand_in_go()
    expect(page.locator(".messages")).to_be_visible()


@pytest.mark.usefixtures("put_back")
def test_submitted_while_it_is_autosaved(visitor: Visitor, manage: Manage) -> None:
    address = manage("shell", "-v0", "-c", WRITE.format(text="<p>a letter, recieved</p>"))
    before = state(manage)
    page, line = typing(visitor, "dev", address)

    menu(page, "Submit to Moderators approval").click()
    arrive(page, line)

    assert line.sent == ["autosave", "handed in"]
    assert state(manage) == {
        **before,
        "versions": int(str(before["versions"])) + 2,  # autosaved, handed in
        "runs": ["in_progress"],
        "steps": [["in_progress", ""]],
        "in draft": True,
        "beyond": True,
    }


@pytest.mark.usefixtures("put_back")
def test_pressed_at_the_last_key_and_pressed_twice(visitor: Visitor, manage: Manage) -> None:
    address = manage("shell", "-v0", "-c", WRITE.format(text="<p>a letter, recieved</p>"))
    manage("shell", "-v0", "-c", SUBMIT)
    before = state(manage)
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto("/try/mali/")
    page.goto(address)
    page.get_by_role("link", name="Edit this page").click()
    page.locator("[contenteditable=true]", has_text="recieved").first.wait_for()
    line = SlowLine(page)

    replace_word(page, "recieved", "received")
    page.keyboard.type(" by post")
    page.evaluate(TWICE)
    line.wait_for(page, "handed in")
    line.let_autosave_go()
    line.let_hand_in_go()
    expect(page.locator(".messages")).to_be_visible()

    found = state(manage)
    assert line.sent.count("handed in") == 1
    assert (found["runs"], found["steps"]) == (["approved"], [["approved", ""]])
    assert (found["in draft"], found["live"], found["beyond"]) == (True, True, False)
    assert int(str(found["versions"])) <= int(str(before["versions"])) + 2


@pytest.mark.parametrize(
    ("button", "run", "step", "is_live"),
    [
        ("Approve with comment and Publish", "approved", "approved", True),
        ("Request changes", "needs_changes", "rejected", False),
    ],
    ids=["approved", "sent back"],
)
@pytest.mark.usefixtures("put_back")
def test_decided_in_a_dialog_while_it_is_autosaved(
    visitor: Visitor, manage: Manage, button: str, run: str, step: str, is_live: bool
) -> None:
    address = manage("shell", "-v0", "-c", WRITE.format(text="<p>a letter, recieved</p>"))
    manage("shell", "-v0", "-c", SUBMIT)
    before = state(manage)
    page, line = typing(visitor, "mali", address)

    menu(page, button).click()
    say(page, "Spelt it out.")
    arrive(page, line)

    assert line.sent == ["autosave", "handed in"]
    assert state(manage) == {
        "versions": int(str(before["versions"])) + 2,  # autosaved, handed in
        "runs": [run],
        "steps": [[step, "Spelt it out."]],
        "in draft": True,
        "live": is_live,
        "beyond": not is_live,
    }
