"""Claims for the addresses of an account and of a person's own data."""

from post.unsubscribing import address_for
from tests.access.claims import FORM, HOLDERS, Claim, at, each
from tests.access.rules import (
    ANYBODY,
    DOOR,
    NOBODY,
    NONE,
    SIGN_IN,
    SIGNED_IN,
)
from tests.access.trying import WRONG_METHOD
from tests.access.world import World


def _letters_link(world: World, who: str) -> str:
    """What a person's own letter leads to when they prove an address."""
    return f"/account/confirm-email/{world.confirmation(who)}/"


ACCOUNT_PAGES = [
    *(
        Claim(f"account_{name}", "Account", rule, at(f"/account/{address}"), FORM)
        for name, rule, address in (
            ("login", ANYBODY, "login/"),
            ("logout", ANYBODY, "logout/"),
            ("signup", ANYBODY, "signup/"),
            ("reauthenticate", SIGNED_IN, "reauthenticate/"),
            ("email", SIGNED_IN, "email/"),
            ("change_password", SIGNED_IN, "password/change/"),
            ("set_password", SIGNED_IN, "password/set/"),
            ("reset_password", ANYBODY, "password/reset/"),
            ("confirm_login_code", ANYBODY, "login/code/confirm/"),
            ("reset_password_from_key", ANYBODY, "password/reset/key/1-nobodys-link/"),
        )
    ),
    *(
        Claim(f"account_{name}", "Account", ANYBODY, at(f"/account/{address}"))
        for name, address in (
            ("inactive", "inactive/"),
            ("email_verification_sent", "confirm-email/"),
            ("reset_password_from_key_done", "password/reset/key/done/"),
            ("reset_password_done", "password/reset/done/"),
        )
    ),
    Claim(
        "stop_letters",
        "Stopping letters from a letter",
        ANYBODY,
        each(HOLDERS, lambda world, of: address_for(world.people[of], "reminder").removeprefix("http://testserver")),
        FORM,
    ),
    *(
        Claim(name, "Account", SIGNED_IN, at(f"/account/{address}"), FORM, also=(NONE, WRONG_METHOD))
        for name, address in (
            ("account", ""),
            ("account_preferences", "preferences/"),
            ("mfa_index", "second-step/"),
            ("mfa_authenticate", "second-step/authenticate/"),
            ("mfa_reauthenticate", "second-step/reauthenticate/"),
            ("mfa_activate_totp", "second-step/totp/activate/"),
            ("mfa_deactivate_totp", "second-step/totp/deactivate/"),
            ("mfa_view_recovery_codes", "second-step/recovery-codes/"),
            ("mfa_generate_recovery_codes", "second-step/recovery-codes/generate/"),
            ("mfa_download_recovery_codes", "second-step/recovery-codes/download/"),
            ("mfa_list_webauthn", "second-step/webauthn/"),
            ("mfa_add_webauthn", "second-step/webauthn/add/"),
            ("mfa_reauthenticate_webauthn", "second-step/webauthn/reauthenticate/"),
            ("mfa_remove_webauthn", "second-step/webauthn/keys/999/remove/"),
            ("mfa_edit_webauthn", "second-step/webauthn/keys/999/edit/"),
            ("usersessions_list", "sign-ins/"),
            ("socialaccount_connections", "organisation/"),
        )
    ),
    *(
        Claim(name, "Account", ANYBODY, at(f"/account/{address}"), FORM, also=(WRONG_METHOD, SIGN_IN))
        for name, address in (
            ("account_request_login_code", "login/code/"),
            ("organisation_sign_in", "organisation/find/"),
            ("mfa_login_webauthn", "second-step/webauthn/login/"),
            ("socialaccount_login_cancelled", "organisation/login/cancelled/"),
            ("socialaccount_login_error", "organisation/login/error/"),
        )
    ),
    Claim("socialaccount_signup", "Account", DOOR, at("/account/organisation/signup/"), FORM),
    Claim("openid_connect_login", "Account", NOBODY, at("/account/organisation/sign-in/nobodys/login/"), FORM),
    Claim("openid_connect_callback", "Account", NOBODY, at("/account/organisation/sign-in/nobodys/login/callback/")),
    *(
        Claim(name, "A person's own data", SIGNED_IN, at(f"/your-data/{address}"), FORM, also=(WRONG_METHOD,))
        for name, address in (
            ("your_data", ""),
            ("your_data_download", "download.json"),
            ("your_data_correct", "correct/"),
            ("your_data_close", "close/"),
        )
    ),
    Claim("account_closed", "A person's own data", ANYBODY, at("/account-closed/")),
    Claim(
        "account_confirm_email",
        "Account",
        ANYBODY,
        each(HOLDERS, _letters_link),
        FORM,
        reveals=("mail",),
        also=(SIGN_IN,),
    ),
]
