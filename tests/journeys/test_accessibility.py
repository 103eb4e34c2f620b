"""Every page in every state: axe finds nothing, nothing scrolls sideways, and targets are large enough.

The list in states.py is checked against the site: an address neither in it nor exempt, with its reason, fails.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.journeys.account_states import MAKE_SERVICES, UNA, give_code, make_una
from tests.journeys.conftest import Manage, Visitor
from tests.journeys.giving_states import MAKE_ASKING_LINK, SEND_OUT
from tests.journeys.report_states import LONG_REPORTS
from tests.journeys.states import EXEMPT, STATES
from tests.journeys.steps import (
    COHORT,
    follow,
    join_as_newcomer,
    make_account,
    sign_in,
)
from tests.journeys.ways import State, at_module
from tests.people.odd_service import odd_service
from tests.tools.running_site import ROOT, RunningSite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
]

AXE = (ROOT / "tests/vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (320, 1280)
TARGET, TARGET_IN_PLAYER = 24, 44
FIRST_VISIT_BYTES, FIRST_VISIT_REQUESTS, NEXT_PAGE_BYTES = 60_000, 10, 25_000


def names_of(resolver: URLResolver) -> Iterator[str]:
    """The names of every address that is not the editors' desk or its documents."""
    for entry in resolver.url_patterns:
        if str(entry.pattern).startswith(("admin/", "documents/")):
            continue
        if isinstance(entry, URLPattern):
            yield entry.name or ""
        else:
            yield from names_of(entry)


def test_every_address_is_in_the_list_or_exempt() -> None:
    listed = {state.name for state in STATES}

    assert set(names_of(get_resolver("config.urls"))) - {""} == listed | set(EXEMPT)
    assert listed & set(EXEMPT) == set()


@pytest.fixture(scope="module")
def cookies(
    chromium: Browser, running_site: RunningSite, manage: Manage, yet_closed: list[str]
) -> Callable[[str], StorageState | None]:
    """Call it with a name for the cookies of a signed-in person: a sample person, Nia who has just joined, or Owen."""
    known: dict[str, StorageState | None] = {"": None}
    manage("shell", "-v0", "-c", make_una())

    def arrive(who: str) -> StorageState | None:
        if who not in known:
            context = chromium.new_context(base_url=running_site.address, locale="en-GB")
            page = context.new_page()
            if who == "nia":
                link = manage("invite_learner", "nia@example.org", "--cohort", COHORT)
                join_as_newcomer(page, link, email="nia@example.org", name="Nia Vale")
            elif who == "owen":
                link = manage("invite_learner", "owen@example.org", "--cohort", COHORT)
                page.goto(link)
                follow(page, page.get_by_role("link", name="Create my account"))
                make_account(page, email="owen@example.org", name="Owen Pugh")
            elif who == "una":
                sign_in(page, email=UNA)
                give_code(page)
            elif "@" in who:
                sign_in(page, email=who)
            else:
                page.goto(f"/try/{who}/")
            known[who] = context.storage_state()
            context.close()
        return known[who]

    return arrive


@pytest.fixture(scope="module")
def shared_link(manage: Manage) -> str:
    return manage("invite_learner", "--cohort", COHORT, "--uses", "5")


@pytest.fixture(scope="module")
def council(manage: Manage) -> str:
    """The identifier of the organisation that Lena leads."""
    script = "from people.models import Organisation; print(Organisation.objects.get(name='Larchmere Council').uuid)"
    return manage("shell", "-v0", "-c", script).strip()


@pytest.fixture(scope="module")
def stop_link(manage: Manage) -> str:
    """The address by which Ceri, who has nothing left to be reminded of, says no to reminders."""
    script = (
        "from people.models import User; from post.unsubscribing import address_for; "
        "print(address_for(User.objects.get(email='ceri@example.org'), 'reminder'))"
    )
    return manage("shell", "-v0", "-c", script).strip()


@pytest.fixture(scope="module")
def asking_link(manage: Manage) -> str:
    """A link of the council's that asks first."""
    return manage("shell", "-v0", "-c", MAKE_ASKING_LINK.format(cohort=COHORT)).strip()


@pytest.fixture(scope="module")
def long_reports(manage: Manage) -> list[str]:
    """The pages of a long report that is being made and of one that is ready."""
    return manage("shell", "-v0", "-c", LONG_REPORTS.format(cohort=COHORT)).split()


@pytest.fixture(scope="module")
def draft_link(manage: Manage) -> str:
    """The address of a draft that somebody outside checks."""
    return manage("shell", "-v0", "-c", SEND_OUT).strip()


@pytest.fixture(scope="module")
def service(manage: Manage) -> Iterator[None]:
    """Organisations' own, which says where to sign in and gives whoever comes there no page."""
    with odd_service() as at:
        at.says, at.status = {"other": b""}, {"other": 204}
        manage("shell", "-v0", "-c", MAKE_SERVICES.format(address=at.address))
        yield


@pytest.mark.usefixtures("shelves", "service")
@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{state.name}-{state.what}".replace(" ", "-"))
def test_page_is_accessible(
    visitor: Visitor,
    cookies: Callable[[str], StorageState | None],
    shared_link: str,
    course_film: str,
    council: str,
    asking_link: str,
    stop_link: str,
    draft_link: str,
    manage: Manage,
    long_reports: list[str],
    yet_closed: list[str],
    state: State,
) -> None:
    page = visitor(storage_state=cookies(state.who), viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.shared_link, page.course_film = shared_link, course_film
    page.council, page.asking_link = council, asking_link
    page.stop_link, page.draft_link, page.manage = stop_link, draft_link, manage
    page.long_reports, page.yet_closed = long_reports, yet_closed
    state.come(page)
    expect(page.get_by_role("heading", level=1).first).to_contain_text(state.heading)

    found = []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", RULES), ("dark", ["color-contrast"])):  # only colours differ in the dark
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {words}" for words in violations(page, rules)]
        found += [f"{width}: small target: {words}" for words in small_targets(page, state)]
        if width == min(WIDTHS):
            found += [f"{width}: wider than the window: {words}" for words in page.evaluate(SIDEWAYS)]

    assert found == []


def violations(page: Page, rules: list[str]) -> list[str]:
    """What axe finds, one line an element."""
    kind = "tag" if rules is RULES else "rule"
    report = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", {"type": kind, "values": rules}
    )
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in report["violations"]
        for node in violation["nodes"]
    ]


def small_targets(page: Page, state: State) -> list[str]:
    """Controls below the least size: 44 pixels in what a learner works with, 24 in the frame around it."""
    found = page.evaluate(TARGETS, {"main": TARGET_IN_PLAYER if state.in_player else TARGET, "frame": TARGET})
    return [str(words) for words in found]


SIDEWAYS = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= innerWidth) return [];
  const isWide = (one) => one.getBoundingClientRect().right > innerWidth + 1;
  const wide = [...document.body.querySelectorAll("*")].filter(isWide);
  return wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""

# A link inside a sentence, or a word that opens its meaning there, may be as small as its words (WCAG 2.2, 2.5.8); a
# control's label is part of its target.
TARGETS = """least => {
  const shown = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const isInline = (one) => getComputedStyle(one).display === "inline";
  const isRunning = (one) => one.matches("button.term") || (one.matches("a") && isInline(one));
  const around = (one) => (one.closest(".unparted") ?? one).parentElement;  // the sentence, past what is kept together
  const inSentence = (one) => isRunning(one)
    && [...around(one).childNodes].some((node) => node.nodeType === 3 && node.data.trim().length > 1);
  const found = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (one.type === "hidden" || !shown(one) || inSentence(one)) continue;
    let box = one.getBoundingClientRect();
    if (box.bottom <= 0 || box.right <= 0) continue;  // the way past the navigation, before it has the focus
    if (one.closest("label")) box = one.closest("label").getBoundingClientRect();
    const size = one.closest("main") ? least.main : least.frame;
    if (box.width < size - 0.5 || box.height < size - 0.5) {
      found.push(`${Math.round(box.width)}x${Math.round(box.height)} below ${size}: ${one.outerHTML.slice(0, 100)}`);
    }
  }
  return found;
}"""


def test_first_visit_to_a_lesson_is_light_and_the_next_page_lighter(
    visitor: Visitor, cookies: Callable[[str], StorageState | None]
) -> None:
    finder = visitor(storage_state=cookies("amina"))
    at_module(finder)
    addresses = [link.get_attribute("href") for link in finder.locator("main ol a").all()]
    page = visitor(storage_state=cookies("amina"))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    replies: dict[str, Any] = {}
    ended: list[tuple[str, int]] = []
    network.on("Network.responseReceived", lambda event: replies.__setitem__(event["requestId"], event["response"]))
    network.on(
        "Network.loadingFinished",
        lambda event: ended.append((event["requestId"], int(event["encodedDataLength"]))),
    )

    seen = []
    for address in addresses[:2]:
        ended.clear()
        page.goto(address, wait_until="networkidle")
        sizes = {replies[number]["url"]: as_served(network, number, replies[number], size) for number, size in ended}
        seen.append({url: size for url, size in sizes.items() if size})

    first, following = seen
    assert sum(first.values()) <= FIRST_VISIT_BYTES, first
    assert len(first) <= FIRST_VISIT_REQUESTS, first
    assert sum(following.values()) <= NEXT_PAGE_BYTES, following
    assert [url for url in following if ".woff2" in url] == []


def as_served(network: Any, number: str, reply: dict[str, Any], size: int) -> int:
    """The bytes that came; static text counts compressed, as every site but a development one serves it."""
    headers = {name.lower(): value for name, value in reply["headers"].items()}
    plain_text = re.match("text/css|text/javascript|image/svg", headers.get("content-type", ""))
    if not size or not plain_text or "content-encoding" in headers:
        return size
    body = network.send("Network.getResponseBody", {"requestId": number})["body"].encode()
    return size - len(body) + len(gzip.compress(body))
