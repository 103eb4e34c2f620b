"""`make deploy-check`: is this machine, with this environment, ready to be the site? One line for each thing looked at.

Run it as the user and with the environment of the web server (docs/running.md). ASK=1 also asks SITE_URL from outside
for its headers. It writes and removes one small file in each storage and one value in the cache, sends no mail, and
prints no secret. Exit 0 if everything is right, 1 otherwise.
"""

import os
import secrets
import shutil
import smtplib
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "site")) if path not in sys.path]
SECONDS = 10


class NotReady(Exception):
    """What is wrong and what to do, in a sentence."""


def main() -> None:
    """Look at everything, even after something was wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        print(told("settings", False, f"The settings cannot be read: {error}"))
        sys.exit(1)
    looks = {
        "settings": settings_are_safe,
        "database": database_answers,
        "migrations": migrations_are_applied,
        "cache": cache_is_shared,
        "public files": lambda: storage_is_writable("default"),
        "private files": lambda: storage_is_writable("private"),
        "private stays private": private_is_private,
        "static files": static_files_are_collected,
        "disk": disk_has_room,
        "mail server": mail_server_answers,
    }
    if os.environ.get("ASK") == "1":
        looks["from outside"] = outside_sees_headers
    results = [looked(name, look) for name, look in looks.items()]
    good = all(results)
    print("Ready." if good else "Not ready: see the lines above.", flush=True)
    sys.exit(0 if good else 1)


def looked(name: str, look: Callable[[], str]) -> bool:
    """Print what came of one look; a fault nobody thought of is told by its kind, for its words may hold a password."""
    try:
        line, good = look(), True
    except NotReady as fault:
        line, good = str(fault), False
    except Exception as error:
        line, good = f"It cannot be used ({type(error).__name__}).", False
    print(told(name, good, line), flush=True)
    return good


def told(name: str, good: bool, line: str) -> str:
    """One line of the report."""
    return f"{name:<24}{'ok' if good else 'WRONG':<8}{line}".rstrip()


def settings_are_safe() -> str:
    """`check --deploy` without a warning, in production settings."""
    from django.conf import settings
    from django.core import checks

    if settings.DEVELOPMENT:
        raise NotReady("These are development settings: set DJANGO_SETTINGS_MODULE=config.settings.base.")
    found = [one for one in checks.run_checks(include_deployment_checks=True) if not one.is_silenced()]
    if found:
        raise NotReady(" ".join(f"{one.msg} ({one.id})" for one in found))
    return "check --deploy has nothing to say"


def database_answers() -> str:
    from django.db import Error, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        raise NotReady(f"It does not answer ({type(error).__name__}): look at DATABASE_URL.") from error
    return connection.vendor


def migrations_are_applied() -> str:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise NotReady(f"{len(missing)} are not applied: run manage.py migrate.")
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    replaced = {one for found in executor.loader.disk_migrations.values() for one in found.replaces}
    if unknown - replaced:
        raise NotReady(f"The database is from a newer version of the site ({len(unknown - replaced)} unknown here).")
    return "all applied"


def cache_is_shared() -> str:
    """It keeps what is written, and is not one of those that every process has for itself."""
    from django.core.cache import cache, caches

    key = f"deploy-check:{secrets.token_hex(8)}"
    cache.set(key, "here", timeout=60)
    kept = cache.get(key)
    cache.delete(key)
    kind = type(caches["default"]).__name__
    if kept != "here":
        raise NotReady("It forgets what is written: limits on signing in would not count.")
    if kind in ("LocMemCache", "DummyCache"):
        raise NotReady(f"{kind} is not shared between processes: set REDIS_URL, or leave it out for the database.")
    return kind


def storage_is_writable(alias: str) -> str:
    """A small file can be stored, read and deleted."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    storage, content = storages[alias], secrets.token_bytes(16)
    name = storage.save("deploy-check/probe.txt", ContentFile(content))
    try:
        with storage.open(name, "rb") as file:
            if file.read() != content:
                raise NotReady("What comes back is not what was stored.")
    finally:
        storage.delete(name)
    return type(storage).__name__


def private_is_private() -> str:
    """A private file cannot be had by its plain address, nor read by other users of this machine."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import FileSystemStorage, storages

    storage = storages["private"]
    name = storage.save("deploy-check/private-probe.txt", ContentFile(b"private"))
    try:
        if isinstance(storage, FileSystemStorage):
            if Path(storage.path(name)).stat().st_mode & 0o077:
                raise NotReady("Other users of this machine can read private files.")
            return "only this user reads them"
        address = storage.url(name).partition("?")[0]
        if _status(address) < 400:
            raise NotReady("A private file can be had without a signature: close the bucket to the public.")
        return "refused without a signature"
    finally:
        storage.delete(name)


def static_files_are_collected() -> str:
    from django.contrib.staticfiles.storage import staticfiles_storage

    try:
        staticfiles_storage.url("css/site.css")
    except ValueError as error:
        raise NotReady("They are not collected: run manage.py collectstatic --noinput.") from error
    return ""


def disk_has_room() -> str:
    from django.conf import settings

    free = shutil.disk_usage(settings.VAR).free // 1024**2
    if free < settings.DISK_FREE_MB:
        raise NotReady(f"{free} MB are free in VAR_DIR, and DISK_FREE_MB asks for {settings.DISK_FREE_MB}.")
    return f"{free} MB free"


def mail_server_answers() -> str:
    """It greets us and takes our name and password; nothing is sent."""
    from django.core.mail import get_connection

    try:
        server = get_connection(timeout=SECONDS)
        server.open()
        server.close()
    except (smtplib.SMTPException, OSError) as error:
        raise NotReady(f"It does not answer ({type(error).__name__}): look at EMAIL_URL.") from error
    return ""


WANTED = {
    "Strict-Transport-Security": "max-age=",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def outside_sees_headers() -> str:
    """SITE_URL answers 200 with the headers that the site gives, so no proxy in between takes them away."""
    from django.conf import settings

    try:
        with urllib.request.urlopen(settings.SITE_URL + "/", timeout=SECONDS) as reply:  # noqa: S310  (an https address)
            headers = reply.headers
    except (urllib.error.URLError, OSError) as error:
        raise NotReady(f"{settings.SITE_URL} does not answer ({type(error).__name__}).") from error
    missing = [name for name, value in WANTED.items() if value not in headers.get(name, "")]
    if missing:
        raise NotReady(f"These headers do not arrive: {', '.join(missing)}.")
    return settings.SITE_URL


def _status(address: str) -> int:
    request: Any = urllib.request.Request(address)  # noqa: S310  (the storage's own address)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:  # noqa: S310
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code


if __name__ == "__main__":
    main()
