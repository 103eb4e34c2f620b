"""Settings that would lose or leak something stop the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from toolkit.settings_checks import production_is_closed, storages_apart

ROOT = Path(__file__).resolve().parents[2]
FILES = "django.core.files.storage.FileSystemStorage"
LONG = "k3y-" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP!"


@pytest.fixture
def production(settings):
    """Settings as a careful host would set them."""
    settings.DEVELOPMENT = False
    settings.DEBUG = False
    settings.SECRET_KEY = LONG
    settings.ALLOWED_HOSTS = ["learning.example.org"]
    settings.SITE_URL = "https://learning.example.org"
    return settings


def faults():
    return [(one.id, one.msg) for one in production_is_closed(None)]


def test_a_careful_hosts_settings_pass(production):
    production.ALLOWED_HOSTS = ["learning.example.org", "www.example.org"]

    found = faults()

    assert found == []


DEBUG_ON = ("toolkit.E002", "DEBUG is on. Turn it off: its error pages show settings and data.")
WEAK_KEY = ("toolkit.E003", "SECRET_KEY must be a random text of 50 characters or more, kept secret.")
OPEN_HOSTS = ("toolkit.E004", "ALLOWED_HOSTS must name the site's hosts, and never '*'.")
NO_ADDRESS = ("toolkit.E005", "SITE_URL must be the site's https:// address: it is printed on certificates.")


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DEBUG", True, DEBUG_ON),
        ("SECRET_KEY", "short", WEAK_KEY),
        ("SECRET_KEY", "x" * 49, WEAK_KEY),
        ("SECRET_KEY", "development-only-never-use-this-where-others-can-reach-it", WEAK_KEY),
        ("ALLOWED_HOSTS", [], OPEN_HOSTS),
        ("ALLOWED_HOSTS", ["*"], OPEN_HOSTS),
        ("ALLOWED_HOSTS", ["learning.example.org", "*"], OPEN_HOSTS),
        ("SITE_URL", "http://learning.example.org", NO_ADDRESS),
        ("SITE_URL", "learning.example.org", NO_ADDRESS),
        ("SITE_URL", "", NO_ADDRESS),
    ],
)
def test_one_careless_setting_is_named(production, name, value, fault):
    setattr(production, name, value)

    found = faults()

    assert found == [fault]


def test_all_careless_settings_are_named_at_once(production):
    production.DEBUG, production.SECRET_KEY, production.ALLOWED_HOSTS, production.SITE_URL = (
        True,
        "x",
        ["*"],
        "http://a",
    )

    found = faults()

    assert found == [DEBUG_ON, WEAK_KEY, OPEN_HOSTS, NO_ADDRESS]


def test_on_ones_own_machine_none_of_this_is_asked(production):
    production.DEVELOPMENT, production.DEBUG, production.SECRET_KEY = True, True, "x"

    found = faults()

    assert found == []


@pytest.mark.parametrize(
    ("public", "private", "apart"),
    [
        ("uploads", "private", True),
        ("uploads", "uploads-private", True),
        ("files", "files", False),
        ("files", "files/private", False),
        ("files/uploads", "files", False),
        ("uploads", "uploads/../uploads/private", False),
        ("uploads", "elsewhere/../private", True),
    ],
)
def test_private_and_public_files_lie_apart(settings, tmp_path, public, private, apart):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / public}},
        "private": {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / private}},
    }

    found = storages_apart(None)

    assert [one.id for one in found] == ([] if apart else ["toolkit.E001"])


def test_a_link_from_one_folder_into_the_other_is_seen_through(settings, tmp_path):
    (tmp_path / "uploads" / "inside").mkdir(parents=True)
    (tmp_path / "private").symlink_to(tmp_path / "uploads" / "inside")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / "uploads"}},
        "private": {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / "private"}},
    }

    found = storages_apart(None)

    assert [(one.id, one.msg) for one in found] == [
        (
            "toolkit.E001",
            f"Private files ({tmp_path}/uploads/inside) and public uploads ({tmp_path}/uploads) share a folder.",
        )
    ]


def test_storages_that_are_no_folders_are_the_hosts_business(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }

    found = storages_apart(None)

    assert found == []


def test_this_sites_own_storages_lie_apart():
    found = storages_apart(None)

    assert found == []


# -- The production settings themselves, in a process of their own --------------------------------------------


@pytest.fixture
def host(tmp_path):
    """Runs manage.py as a host would: production settings, an environment with these variables and no others."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "config.settings.base",
                "VAR_DIR": str(tmp_path),
                "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
                **environment,
            },
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


GOOD = {
    "SECRET_KEY": LONG,
    "ALLOWED_HOSTS": "learning.example.org",
    "SITE_URL": "https://learning.example.org",
    "CONTACT_EMAIL": "safeguarding@example.org",
    "CONTROLLER": "Larchmere Partnership",
}


@pytest.mark.lengthy
def test_a_host_with_everything_set_passes_the_deploy_check_without_a_warning(host):
    environment = GOOD

    checked = host("check", "--deploy", "--fail-level", "DEBUG", **environment)

    assert (checked.returncode, checked.stdout, checked.stderr) == (
        0,
        "System check identified no issues (2 silenced).\n",
        "",
    )


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("key", "hosts", "address"),
    [("development-only-never-use-this-where-others-can-reach-it", "*", "http://learning.example.org"), ("x", "", "")],
)
def test_a_host_with_wrong_or_missing_settings_is_stopped_with_a_sentence_for_each(host, key, hosts, address):
    environment = {"SECRET_KEY": key, "ALLOWED_HOSTS": hosts, "SITE_URL": address}

    checked = host("check", "--deploy", **environment)

    assert checked.returncode != 0
    assert [words in checked.stderr for _code, words in (WEAK_KEY, OPEN_HOSTS, NO_ADDRESS)] == [True, True, True]
    assert "Traceback" not in checked.stderr


def test_a_host_without_a_secret_key_is_stopped_with_a_sentence_that_names_it(host):
    environment = {**GOOD, "SECRET_KEY": ""}

    checked = host("check", "--deploy", **environment)

    assert checked.returncode != 0
    assert "SECRET_KEY" in checked.stderr.splitlines()[-1]
    assert checked.stderr.splitlines()[-1].endswith(".")


ADDRESSES = """
from django.conf import settings
from django.apps import apps
from django.urls import Resolver404, resolve
def answers(path):
    try:
        return resolve(path).url_name
    except Resolver404:
        return "nothing"
print(settings.DEVELOPMENT, settings.DEBUG, apps.is_installed("samples"))
cookies = settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE
print(settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS >= 31536000, *cookies)
print([answers(path) for path in ("/try/", "/try/mail/", "/try/amina/", "/try/amina", "/cy/try/amina/")])
"""


@pytest.mark.lengthy
def test_under_production_settings_there_are_no_sample_sign_ins_and_only_encrypted_pages(host):
    environment = GOOD

    asked = host("shell", "--no-imports", "-c", ADDRESSES, **environment)

    # Wagtail looks for a page of that name where nothing else answered, and there is none.
    pages = "['wagtail_serve', 'wagtail_serve', 'wagtail_serve', 'nothing', 'wagtail_serve']"
    assert (asked.returncode, asked.stdout, asked.stderr) == (
        0,
        f"False False False\nTrue True True True\n{pages}\n",
        "",
    )


@pytest.mark.lengthy
def test_on_ones_own_machine_there_are(host):
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}

    asked = host("shell", "--no-imports", "-c", ADDRESSES, **environment)

    ours = "['try', 'try_mail', 'try_sign_in', 'nothing', 'wagtail_serve']"
    assert (asked.returncode, asked.stdout, asked.stderr) == (
        0,
        f"True False True\nFalse False False False\n{ours}\n",
        "",
    )
