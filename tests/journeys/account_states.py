"""The pages of an account in every state: part of what tests/journeys/test_accessibility.py walks."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page

from tests.journeys.steps import PASSWORD, follow, sign_in, write

UNA, UNAS_KEY = "una@example.org", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Somebody with a password and an app that shows codes; run on the site before the walk.
MAKE = """
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from people.models import User
if not User.objects.filter(email="{email}").exists():
    una = User.objects.create_user("{email}", "{password}", name="Una Twostep", agency="police")
    EmailAddress.objects.create(user=una, email=una.email, verified=True, primary=True)
    TOTP.activate(una, "{key}")
"""
# Two organisations with the same service at that address; it says that everybody is of the first.
MAKE_SERVICES = """
from people.models import Organisation, OrganisationSignIn
from people.second_step import sealed
for name, key in (("Saltby Health Trust", "saltby"), ("Thornby Trust", "thornby")):
    OrganisationSignIn.objects.create(
        organisation=Organisation.objects.create(name=name), key=key, domains=key + ".example",
        server_url="{address}", client_id="lt-" + key, sealed_secret=sealed("hush"),
    )
"""
SET_SERVICE = (
    "from people.models import OrganisationSignIn as O; O.objects.filter(key='saltby').update(is_open={is_open})"
)
EXEMPT_ACCOUNT_PAGES = {
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "answers the page's script",
    "mfa_remove_webauthn": "needs a passkey; walked in tests/journeys/test_second_step.py",
    "mfa_edit_webauthn": "needs a passkey; walked in tests/journeys/test_second_step.py",
    "mfa_reauthenticate_webauthn": "needs a passkey; walked in tests/journeys/test_second_step.py",
}


def make_una(email: str = UNA) -> str:
    """What makes her on the site. Her app's code is good once, so who signs in at the same moment is somebody else."""
    return MAKE.format(email=email, password=PASSWORD, key=UNAS_KEY)


def code_now() -> str:
    """What Una's app shows."""
    return str(totp.format_hotp_value(totp.hotp_value(UNAS_KEY, next(iter(totp.yield_hotp_counters_from_time())))))


def give_code(page: Page, words: str = "Go on") -> None:
    write(page, page.get_by_label("Code"), code_now())
    follow(page, page.get_by_role("main").get_by_role("button", name=words).first)


def _at(path: str) -> Callable[[Page], Any]:
    return lambda page: page.goto(path)


def _at_second_step(page: Page) -> None:
    sign_in(page, email=UNA)


def _wrong_code(page: Page) -> None:
    sign_in(page, email=UNA)
    write(page, page.get_by_label("Code"), "000000")
    page.get_by_role("main").get_by_role("button", name="Go on").click()
    page.locator(".error-summary").wait_for()


def _code_asked(page: Page) -> None:
    page.goto("/account/login/code/")
    write(page, page.get_by_label(re.compile("e-?mail", re.IGNORECASE)), "nobody@example.org")
    follow(page, page.get_by_role("button", name="Send me a code"))


def _new_codes(page: Page) -> None:
    page.goto("/account/second-step/recovery-codes/generate/")
    follow(page, page.get_by_role("main").get_by_role("button", name="Make new codes"))


def _no_organisation(page: Page) -> None:
    page.goto("/account/organisation/find/")
    write(page, page.get_by_label("Your work email address"), "a@nowhere.example")
    page.get_by_role("main").get_by_role("button", name="Go on").click()
    page.get_by_role("main").get_by_role("status").wait_for()


def _lead_on(page: Page, key: str = "saltby") -> None:
    """Its browser goes on by itself, to a service that gives it no other page."""
    page.goto(f"/account/organisation/sign-in/{key}/login/")
    page.get_by_role("main").get_by_role("button", name="Go to ").click()
    page.get_by_role("heading", level=1, name="On to").wait_for()


def _come_back(page: Page, key: str = "saltby") -> None:
    """As the service sends a browser back, which has signed in over there."""
    _lead_on(page, key)
    there = page.get_by_role("main").get_by_role("link").first.get_attribute("href") or ""
    state = parse_qs(urlsplit(there).query)["state"][0]
    page.goto(f"/account/organisation/sign-in/{key}/login/callback/?code=x&state={state}")


def _of_another(page: Page) -> None:
    _come_back(page, "thornby")
    page.get_by_text("opens accounts of its own addresses only").wait_for()


def _came_back_by_a_stale_address(page: Page) -> None:
    page.goto("/account/organisation/sign-in/saltby/login/callback/?code=x&state=y")


def _first_without_agency(page: Page) -> None:
    _come_back(page)
    page.get_by_role("main").get_by_role("button", name="Create my account").click()
    page.locator(".error-summary").wait_for()


def _first_of_a_closed_service(page: Page) -> None:
    _come_back(page)
    page.manage("shell", "-v0", "-c", SET_SERVICE.format(is_open=False))  # type: ignore[attr-defined]
    try:
        page.reload()
        page.get_by_text("was closed or changed before you were done").wait_for()
    finally:
        page.manage("shell", "-v0", "-c", SET_SERVICE.format(is_open=True))  # type: ignore[attr-defined]


def _stopping(page: Page) -> None:
    """Where a letter's last line leads, without signing in."""
    page.goto(page.stop_link)  # type: ignore[attr-defined]


def _stopped(page: Page) -> None:
    _stopping(page)
    page.get_by_role("button", name="Stop these e-mails").click()
    page.get_by_role("heading", level=1, name="You get no more").wait_for()


# (name of the address, state, who, how one comes there, the heading that proves it)
ACCOUNT_STATES = [
    ("stop_letters", "asked", "", _stopping, "Do you want no more of these e-mails?"),
    ("stop_letters", "stopped", "", _stopped, "You get no more of these e-mails"),
    ("account", "whole", "amina", _at("/account/"), "Your account"),
    ("account_preferences", "as it stands", "amina", _at("/account/preferences/"), "Language, time zone and e-mails"),
    ("organisation_sign_in", "asked", "", _at("/account/organisation/find/"), "Sign in through your organisation"),
    ("organisation_sign_in", "none", "", _no_organisation, "Sign in through your organisation"),
    ("openid_connect_login", "asked", "", _at("/account/organisation/sign-in/saltby/login/"), "Go to Saltby Health"),
    ("openid_connect_login", "leads on", "", _lead_on, "On to Saltby Health Trust"),
    ("openid_connect_callback", "of another", "", _of_another, "You were not signed in"),
    ("openid_connect_callback", "stale", "", _came_back_by_a_stale_address, "You were not signed in"),
    ("socialaccount_signup", "asked", "", _come_back, "Two things more"),
    ("socialaccount_signup", "without agency", "", _first_without_agency, "Two things more"),
    ("socialaccount_signup", "service closed", "", _first_of_a_closed_service, "You were not signed in"),
    ("account_request_login_code", "empty", "", _at("/account/login/code/"), "Sign in with a code"),
    ("account_confirm_login_code", "empty", "", _code_asked, "Write the code"),
    ("usersessions_list", "several", "amina", _at("/account/sign-ins/"), "Where you are signed in"),
    ("mfa_index", "none yet", "amina", _at("/account/second-step/"), "A second step when you sign in"),
    ("mfa_index", "an app", "una", _at("/account/second-step/"), "A second step when you sign in"),
    ("mfa_activate_totp", "asked", "amina", _at("/account/second-step/totp/activate/"), "Set up an app"),
    ("mfa_deactivate_totp", "asked", "una", _at("/account/second-step/totp/deactivate/"), "Stop using the app"),
    ("mfa_authenticate", "asked", "", _at_second_step, "Your second step"),
    ("mfa_authenticate", "wrong", "", _wrong_code, "Your second step"),
    ("mfa_reauthenticate", "asked", "una", _at("/account/second-step/reauthenticate/"), "Confirm that it is you"),
    ("mfa_generate_recovery_codes", "asked", "una", _at("/account/second-step/recovery-codes/generate/"), "Make new"),
    ("mfa_view_recovery_codes", "ten", "una", _new_codes, "Recovery codes"),
    ("mfa_list_webauthn", "none", "amina", _at("/account/second-step/webauthn/"), "Your passkeys"),
    ("mfa_add_webauthn", "asked", "amina", _at("/account/second-step/webauthn/add/"), "Add a passkey"),
    ("socialaccount_connections", "none", "amina", _at("/account/organisation/"), "Sign-in through your organisation"),
    ("socialaccount_login_cancelled", "told", "", _at("/account/organisation/login/cancelled/"), "You were not signed"),
    ("socialaccount_login_error", "told", "", _at("/account/organisation/login/error/"), "You were not signed in"),
]
