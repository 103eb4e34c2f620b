"""Production settings in a process of their own: what is closed there (what stops the start is in toolkit)."""

import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "k" * 25 + "Q7v-not-a-real-one-but-long-enough-for-a-test",
    "ALLOWED_HOSTS": "learning.example.org",
    "SITE_URL": "https://learning.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
}
ASK = """
import django; django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve, reverse, NoReverseMatch
from django.apps import apps
def there(path):
    try:
        return resolve(path).view_name.startswith("try") or "samples" in str(resolve(path).func.__module__)
    except Resolver404:
        return False
def named(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
print([there(p) for p in ("/try/", "/try/mail/", "/try/amina/", "/try/beth/")],
      [named("try"), named("try_mail"), named("try_sign_in", "amina")],
      apps.is_installed("samples"), settings.DEVELOPMENT, settings.DEBUG, reverse("verify"))
"""


def _in(settings: str, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=HOUSE,
        env={**kept, "PYTHONPATH": f"{HOUSE}:{HOUSE / 'site'}", "DJANGO_SETTINGS_MODULE": settings, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_one_click_sign_ins_and_the_mailbox_do_not_exist_in_production() -> None:
    production = _in("config.settings.base", "-c", ASK, **GOOD)
    development = _in("config.settings.dev", "-c", ASK)

    assert production.stdout.strip() == (
        "[False, False, False, False] [None, None, None] False False False /verify/"
    ), production.stderr
    assert development.stdout.strip() == (
        "[True, True, True, True] ['/try/', '/try/mail/', '/try/amina/'] True True False /verify/"
    ), development.stderr


def test_transport_is_secured_in_production() -> None:
    ask = """
import django; django.setup()
from django.conf import settings as s
print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS >= 31536000, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)
"""

    assert _in("config.settings.base", "-c", ask, **GOOD).stdout.strip() == "True True True True"
