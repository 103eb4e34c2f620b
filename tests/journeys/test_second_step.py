"""A second step in a real browser: a code from an app, then a passkey, under the pages' strict policy."""

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.account_states import give_code, make_una
from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import follow, sign_in, write
from tests.journeys.test_accessibility import AXE, RULES, violations
from tests.tools.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.once]
# A browser knows passkeys for a name, not for 127.0.0.1.
PLATFORM_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_key(page: Page) -> CDPSession:
    """Give the browser a passkey of its own, as a phone or a laptop has one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM_KEY})
    return session


@pytest.fixture
def una(manage: Manage, request: pytest.FixtureRequest) -> str:
    """Her address, another in each test."""
    email = f"una-{abs(hash(request.node.name))}@example.org"
    manage("shell", "-v0", "-c", make_una(email))
    return email


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_code_from_an_app_is_asked_after_the_password_and_opens(visitor: Visitor, una: str, scripts: bool) -> None:
    here = visitor(java_script_enabled=scripts)

    sign_in(here, email=una)
    expect(here.get_by_role("heading", level=1)).to_have_text("Your second step")
    give_code(here)

    expect(here.get_by_role("heading", level=1)).to_have_text("Hello, Una Twostep")


def test_passkey_is_added_signs_in_without_a_password_and_is_removed(
    visitor: Visitor, una: str, running_site: RunningSite
) -> None:
    here = visitor(base_url=running_site.address.replace("127.0.0.1", "localhost"))
    said: list[str] = []
    here.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    with_a_key(here)
    sign_in(here, email=una)
    give_code(here)

    here.goto("/account/second-step/webauthn/add/")
    write(here, here.get_by_label("A name for it, such as “work phone”"), "Unas phone")
    here.get_by_label("Let it sign me in without a password").check()
    follow(here, here.get_by_role("button", name="Add a passkey"))
    here.goto("/account/second-step/webauthn/")
    expect(here.get_by_role("heading", level=2)).to_contain_text("Unas phone")
    assert axe_finds(here) == []

    follow(here, here.get_by_role("link", name="Rename Unas phone"))
    assert axe_finds(here) == []
    here.goto("/account/second-step/webauthn/reauthenticate/")
    assert axe_finds(here) == []
    here.context.clear_cookies()
    here.goto("/account/login/")
    follow(here, here.get_by_role("button", name="With a passkey"))
    expect(here.get_by_role("heading", level=1)).to_have_text("Hello, Una Twostep")

    here.goto("/account/second-step/webauthn/")
    follow(here, here.get_by_role("link", name="Remove Unas phone"))
    assert axe_finds(here) == []
    follow(here, here.get_by_role("button", name="Remove"))
    here.goto("/account/second-step/webauthn/")
    expect(here.get_by_role("main")).to_contain_text("You have none yet.")
    assert said == []


def test_browser_without_a_passkey_says_so_in_words(visitor: Visitor, running_site: RunningSite) -> None:
    here = visitor(base_url=running_site.address.replace("127.0.0.1", "localhost"))
    here.goto("/account/login/")
    failed = here.get_by_text("That did not work: the passkey was not given")
    expect(failed).to_be_hidden()

    here.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')); }")
    here.get_by_role("button", name="With a passkey").click()

    expect(failed).to_be_visible()


# What fades in is looked at when it is there; what goes round for ever is not waited for.
FADED_IN = """() => Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished.catch(() => null))).then(() => null)"""


def axe_finds(page: Page) -> list[str]:
    page.evaluate(FADED_IN)
    page.evaluate(AXE)
    return violations(page, RULES)
