"""The pages of an account in every state: part of what tests/journeys/test_accessibility.py walks."""

import re
from urllib.parse import parse_qs, urlsplit

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page

from tests.journeys.steps import PASSWORD, follow, make_account, open_letter, sign_in, write
from tests.journeys.ways import State, at, pressing

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
    "your_data_download": "a file; checked in tests/privacy/test_views.py",
    "wagtailcore_login": "leads to account_login",
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


def _at_confirmation(page: Page) -> None:
    page.goto("/account/signup/")
    make_account(page, email="unconfirmed@example.org")
    open_letter(page, "unconfirmed@example.org", "/confirm-email/")


def _at_signup_sent(page: Page) -> None:
    page.goto("/account/signup/")
    make_account(page, email="another@example.org")


def _at_new_password(page: Page) -> None:
    page.goto("/account/password/reset/")
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill("nia@example.org")
    follow(page, page.get_by_role("main").get_by_role("button"))
    open_letter(page, "nia@example.org", "/password/reset/key/")


def _at_stopped_form(page: Page) -> None:
    page.goto("/account/signup/")
    page.context.clear_cookies()
    page.get_by_role("main").get_by_role("button", name="Create my account").click()


ACCOUNT_STATES = [
    State("stop_letters", "asked", "", _stopping, "Do you want no more of these e-mails?"),
    State("stop_letters", "stopped", "", _stopped, "You get no more of these e-mails"),
    State("account", "whole", "amina", at("/account/"), "Your account"),
    State(
        "account_preferences", "as it stands", "amina", at("/account/preferences/"), "Language, time zone and e-mails"
    ),
    State("organisation_sign_in", "asked", "", at("/account/organisation/find/"), "Sign in through your organisation"),
    State("organisation_sign_in", "none", "", _no_organisation, "Sign in through your organisation"),
    State(
        "openid_connect_login", "asked", "", at("/account/organisation/sign-in/saltby/login/"), "Go to Saltby Health"
    ),
    State("openid_connect_login", "leads on", "", _lead_on, "On to Saltby Health Trust"),
    State("openid_connect_callback", "of another", "", _of_another, "You were not signed in"),
    State("openid_connect_callback", "stale", "", _came_back_by_a_stale_address, "You were not signed in"),
    State("socialaccount_signup", "asked", "", _come_back, "Two things more"),
    State("socialaccount_signup", "without agency", "", _first_without_agency, "Two things more"),
    State("socialaccount_signup", "service closed", "", _first_of_a_closed_service, "You were not signed in"),
    State("account_request_login_code", "empty", "", at("/account/login/code/"), "Sign in with a code"),
    State("account_confirm_login_code", "empty", "", _code_asked, "Write the code"),
    State("usersessions_list", "several", "amina", at("/account/sign-ins/"), "Where you are signed in"),
    State("mfa_index", "none yet", "amina", at("/account/second-step/"), "A second step when you sign in"),
    State("mfa_index", "an app", "una", at("/account/second-step/"), "A second step when you sign in"),
    State("mfa_activate_totp", "asked", "amina", at("/account/second-step/totp/activate/"), "Set up an app"),
    State("mfa_deactivate_totp", "asked", "una", at("/account/second-step/totp/deactivate/"), "Stop using the app"),
    State("mfa_authenticate", "asked", "", _at_second_step, "Your second step"),
    State("mfa_authenticate", "wrong", "", _wrong_code, "Your second step"),
    State("mfa_reauthenticate", "asked", "una", at("/account/second-step/reauthenticate/"), "Confirm that it is you"),
    State(
        "mfa_generate_recovery_codes", "asked", "una", at("/account/second-step/recovery-codes/generate/"), "Make new"
    ),
    State("mfa_view_recovery_codes", "ten", "una", _new_codes, "Recovery codes"),
    State("mfa_list_webauthn", "none", "amina", at("/account/second-step/webauthn/"), "Your passkeys"),
    State("mfa_add_webauthn", "asked", "amina", at("/account/second-step/webauthn/add/"), "Add a passkey"),
    State(
        "socialaccount_connections", "none", "amina", at("/account/organisation/"), "Sign-in through your organisation"
    ),
    State(
        "socialaccount_login_cancelled", "told", "", at("/account/organisation/login/cancelled/"), "You were not signed"
    ),
    State("socialaccount_login_error", "told", "", at("/account/organisation/login/error/"), "You were not signed in"),
    State("your_data", "of a learner", "ceri", at("/your-data/"), "Your data"),
    State("your_data_correct", "as it is", "amina", at("/your-data/correct/"), "Correct my details"),
    State("your_data_close", "asked", "nia", at("/your-data/close/"), "Close my account"),
    State("your_data_close", "refused", "amina", pressing("/your-data/close/", "Close my account"), "Close my account"),
    State("account_closed", "closed", "", at("/account-closed/"), "Your account is closed"),
    State("account_closed", "erased", "", at("/account-erased/"), "Your data is erased"),
    State("account_login", "empty", "", at("/account/login/"), "Sign in"),
    State("account_login", "refused", "", pressing("/account/login/", "Sign in"), "Sign in"),
    State("account_logout", "asked", "amina", at("/account/logout/"), "Sign out of this device"),
    State("account_inactive", "told", "", at("/account/inactive/"), ""),
    State("account_signup", "empty", "", at("/account/signup/"), "Create an account"),
    State("account_signup", "refused", "", pressing("/account/signup/", "Create my account"), "Create an account"),
    State("account_signup", "stopped as a forgery", "", _at_stopped_form, "That was not sent"),
    State("account_reauthenticate", "asked", "nia", at("/account/reauthenticate/"), ""),
    State("account_email", "one address", "amina", at("/account/email/"), "Your email address"),
    State("account_email", "refused", "amina", pressing("/account/email/", "Add this address"), "Your email address"),
    State("account_email_verification_sent", "told", "", _at_signup_sent, "Check your email"),
    State("account_confirm_email", "asked", "", _at_confirmation, "Confirm your email address"),
    State("account_confirm_email", "too old", "", at("/account/confirm-email/x/"), "This link no longer works"),
    State("account_change_password", "empty", "nia", at("/account/password/change/"), ""),
    State("account_set_password", "empty", "amina", at("/account/password/set/"), ""),
    State("account_reset_password", "empty", "", at("/account/password/reset/"), ""),
    State("account_reset_password_done", "told", "", at("/account/password/reset/done/"), ""),
    State("account_reset_password_from_key", "asked", "", _at_new_password, ""),
    State("account_reset_password_from_key", "too old", "", at("/account/password/reset/key/1-x/"), ""),
    State("account_reset_password_from_key_done", "told", "", at("/account/password/reset/key/done/"), ""),
]
