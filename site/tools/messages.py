"""`make messages`: collect every marked text into site/locale, and compile. Needs gettext; running the site does not.

What was reworded is left fuzzy or empty in the .po, and tests/test_messages.py says so until somebody translates it.
"""

import os
import re
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from tools.steps import ROOT, end_on_signals, find_program, passes, python

LOCALE = ROOT / "site" / "locale"
LANGUAGES = ["cy"]
NOT_OURS = [".venv*", "var", "tests", "content"]

# What allauth and Django put on our pages and have no Welsh for; of the first three Django's own is faulty or spelt
# another way than ours. Marked here so that our catalogue carries it.
BORROWED = [
    _("This field is required."),
    _("Enter a valid email address."),
    _("Email address"),
    _("Email"),
    _("Remember Me"),
    _("Forgot your password?"),
    _("You must type the same password each time."),
    _("This account is currently inactive."),
    _("You cannot remove your primary email address."),
    _("This email address is already associated with this account."),
    _("The email address and/or password you specified are not correct."),
    _("A user is already registered with this email address."),
    _("Please type your current password."),
    _("Incorrect password."),
    _("The password reset token was invalid."),
    _("You cannot add more than %d email addresses."),
    _("Too many failed login attempts. Try again later."),
    _("The email address is not assigned to any user account."),
    _("Your primary email address must be verified."),
    _("The new value must be different from the current one."),
    _("Be patient, you are sending too many requests."),
    _("Use your password"),
    _("Null characters are not allowed."),
    _("This password is too common."),
    _("Your password can’t be a commonly used password."),
    _("This password is entirely numeric."),
    _("Your password can’t be entirely numeric."),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be too similar to your other personal information."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
]


def main() -> None:
    """Collect, settle and compile; exit status 1 if a step failed or gettext is not installed."""
    end_on_signals()
    if not (find_program(["xgettext"]) and find_program(["msgmerge"]) and find_program(["msgfmt"])):
        sys.exit("This command needs gettext: install it (Debian and Ubuntu: apt-get install gettext).")
    good = passes("collect", python("manage.py", *collecting()), environment=settings())
    for language in LANGUAGES:
        settle(LOCALE / language / "LC_MESSAGES" / "django.po")
        good = good and passes("compile", ["msgfmt", "--check-format", "--check-domain", "-o", *files(language)])
    sys.exit(0 if good else 1)


def settings() -> dict[str, str]:
    """The environment, with settings that need nothing from it."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}


def collecting() -> list[str]:
    """makemessages over the whole repository. File names without lines: a moved line is no change to a text."""
    languages = [part for language in LANGUAGES for part in ("--locale", language)]
    ignored = [part for pattern in NOT_OURS for part in ("--ignore", pattern)]
    return ["makemessages", *languages, *ignored, "--add-location", "file", "--no-wrap", "--no-obsolete"]


def settle(catalogue: Path) -> None:
    """Take out the moment of collecting, which would change with every run."""
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(re.sub(r'^"POT-Creation-Date:.*\n', "", text, flags=re.MULTILINE), encoding="utf-8")


def files(language: str) -> list[str]:
    """The compiled catalogue and its source, as msgfmt wants them."""
    folder = LOCALE / language / "LC_MESSAGES"
    return [str(folder / "django.mo"), str(folder / "django.po")]


if __name__ == "__main__":
    main()
