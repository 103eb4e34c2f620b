"""A person made of canary strings, who does everything a learner can do; and the places where one might still sing."""

import base64
import json
import re
import subprocess
import zlib
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from config.backup.archive import DATABASE, checked, parts
from django.conf import settings
from django.core import signing
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tools.postgres import server_binaries
from wagtail.models import Collection

from assessments.models import Attempt
from credentials.models import Credential
from enrolments.invitations import invite
from enrolments.models import Cohort, Enrolment, Invitation
from media.watching import open_film, report
from people.models import User
from post.outbox import queue_message, send_due
from tests.enrolments.doings import number_of
from tests.factories import TaughtCourse
from tests.factories.films import film_of, film_page
from tests.privacy.words_left import ask_in_vain, write_an_answer, write_for_oneself

EMAIL = "zqxaddress@canary-example.org"
SECOND_EMAIL = "zqxsecond@canary-example.org"
NAME = "Zqxforename Öwyn-Zqxsurname"
CERTIFICATE_NAME = "Dr Zqxprinted Ŵyn"
TYPED = "zqxtypedwords about a slip of my own"
PASSWORD = "zqxpassword and a winding road"
WORDS = ("zqxaddress", "zqxsecond", "Zqxforename", "Öwyn-Zqxsurname", "Zqxprinted", "zqxtypedwords")
CANARIES = (EMAIL, SECOND_EMAIL, NAME, CERTIFICATE_NAME, TYPED, PASSWORD, *WORDS)


class Learner:
    """The canary in a browser."""

    def __init__(self, taught: TaughtCourse, cohort: Cohort) -> None:
        self.taught, self.cohort, self.client = taught, cohort, Client()

    def live(self) -> Credential:
        """From the invitation to the certificate."""
        self.arrive()
        self.certificate_under(CERTIFICATE_NAME)
        self.certificate_under(CERTIFICATE_NAME)
        self.read()
        self.watch()
        self.sit()
        self.write()
        self.correct_and_ask()
        return Credential.objects.get(learner=self.person)

    @property
    def person(self) -> User:
        return User.objects.get(email=EMAIL)

    @property
    def run(self) -> Enrolment:
        return Enrolment.objects.get(learner=self.person)

    def arrive(self) -> None:
        """An invitation is mailed, followed, and an account is made with it."""
        now = timezone.now()
        invitation, token = invite(
            self.cohort, organisation=None, email=EMAIL, expires_at=now + timedelta(days=5), at=now
        )
        link = settings.SITE_URL + reverse("join", args=[token])
        queue_message(kind="invitation", address=EMAIL, subject="You are invited", text=f"Hello,\n\n{link}\n", at=now)
        join = reverse("join", args=[token])
        self.client.get(join)
        details = {"email": EMAIL, "name": NAME, "agency": "police", "password1": PASSWORD}
        self.client.post("/account/signup/", details)
        self.client.post("/account/login/", {"login": EMAIL, "password": "wrong " + PASSWORD})
        self.client.post("/account/login/", {"login": EMAIL, "password": PASSWORD, "remember": "on"})
        assert "_auth_user_id" in self.client.session
        self.client.post(join)
        assert Invitation.objects.get(pk=invitation.pk).uses.count() == 1

    def read(self) -> None:
        """Every lesson opened, left at a section, and marked as read."""
        for page in self.taught.lessons:
            self.client.get(page.url)
            base = f"/learn/{page.activity.uuid}/"
            self.client.post(f"{base}place/", {"section": "start"})
            self.client.post(f"{base}read/")

    def watch(self) -> None:
        """A film, for the seconds that have passed."""
        if Collection.get_first_root_node() is None:  # gone with the flush of an earlier test
            Collection.add_root(name="Root")
        page = film_page()
        self.client.get(page.url)
        film = film_of(page)
        now = timezone.now()
        opening = open_film(self.person, film, at=now - timedelta(seconds=60))
        report(self.person, film, opening, intervals=[(0, 58)], place=58, at=now)

    def sit(self) -> None:
        """Two attempts: one handed in and passed, one begun and left."""
        start = f"/quiz/{self.taught.assessment.uuid}/"
        self.client.post(start)
        attempt = Attempt.objects.get(learner=self.person)
        for place in attempt.places.select_related("item_version"):
            fields = {f"q{place.position}": number_of(place, "a"), "sequence": 1, "go": "next"}
            self.client.post(f"/attempt/{attempt.uuid}/{place.position}/", fields)
        self.client.post(f"/attempt/{attempt.uuid}/hand-in/")
        self.client.post(start)

    def write(self) -> None:
        """In every box for words that a learner has, and what is written to them in turn."""
        write_for_oneself(self.client, self.taught, TYPED)
        write_an_answer(self.run, self.taught, TYPED)
        ask_in_vain(self.run, TYPED)

    def correct_and_ask(self) -> None:
        """A name for certificates, a second address, a search, a code mistyped, a password forgotten, a concern."""
        self.client.get("/your-data/")
        self.client.get("/search/", {"q": TYPED})
        self.client.get("/verify/", {"code": TYPED})
        self.client.post("/account/email/", {"email": SECOND_EMAIL, "action_add": ""})
        self.client.post("/account/password/reset/", {"email": EMAIL})
        concern = {"about": "content", "words": TYPED, "name": NAME, "email": EMAIL}
        assert self.client.post("/report-a-concern/send/", concern).status_code == 302
        send_due()

    def certificate_under(self, name: str) -> None:
        """Corrected before the hand-in, so that it is printed."""
        given = {"name": NAME, "certificate_name": name, "agency": "police"}
        answer = self.client.post("/your-data/correct/", given)
        assert answer.status_code == 302


def forms_of(canary: str) -> set[bytes]:
    """A canary as it is, and as addresses, JSON, HTML and base64 (at each of its three offsets) write it."""
    plain = canary.encode()
    encoded = {base64.b64encode(b"x" * shift + plain)[4 * bool(shift) : -4] for shift in range(3)}
    escaped = {quote(canary).encode(), json.dumps(canary)[1:-1].encode(), plain.hex().encode()}
    wide = {canary.encode("utf-16-be"), canary.encode("utf-16-le")}
    return {form for form in {plain, *encoded, *escaped, *wide} if len(form) > 2}


def songs_in(content: bytes) -> list[str]:
    """The canaries that stand in some bytes, in any of their forms; letter case aside."""
    low = content.lower()
    return [canary for canary in CANARIES if any(form.lower() in low for form in forms_of(canary))]


def songs_in_tables() -> dict[str, list[str]]:
    """Every column of every table the database has, ours or not; sessions read as the site reads them."""
    found = {}
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
        heard = songs_in("\n".join(_readable(cell) for row in rows for cell in row).encode())
        if heard:
            found[table] = heard
    return found


def _readable(cell: Any) -> str:
    """A cell as text; what a session or the cache packed is unpacked."""
    if isinstance(cell, memoryview | bytes):
        return bytes(cell).decode("latin-1") + bytes(cell).decode("utf-8", "replace")
    text = str(cell)
    return text + "\n" + _unpacked(text)


def _unpacked(text: str) -> str:
    try:
        return str(signing.loads(text, salt="django.contrib.sessions.SessionStore"))
    except signing.BadSignature:
        return ""


def songs_in_files(folder: Path) -> dict[str, list[str]]:
    """Every file under a folder, by content and by name; a PDF's packed streams are unpacked."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            heard = songs_in(file.name.encode() + b"\n" + _unzipped(file.read_bytes()))
            if heard:
                found[file.relative_to(folder).as_posix()] = heard
    return found


def songs_in_backup(path: Path) -> list[str]:
    """A backup made now at this path; PostgreSQL's dump, which is compressed inside, is read as SQL."""
    call_command("backup", path, stdout=StringIO())
    content = path.read_bytes()
    if connection.vendor == "postgresql":
        programs = server_binaries()
        assert programs is not None
        for name, part, _size in parts(path, checked(path)):
            if name == DATABASE:
                restore = [str(programs / "pg_restore"), "--file=-"]
                content += subprocess.run(restore, input=part.read(), capture_output=True, check=True).stdout
            else:
                part.read()
    return songs_in(content)


def _unzipped(content: bytes) -> bytes:
    """Content with what its deflated parts say beside it."""
    unpacked = [content]
    for start in re.finditer(rb"stream\r?\n", content):
        try:
            unpacked.append(zlib.decompressobj().decompress(content[start.end() :]))
        except zlib.error:
            continue
    return b"\n".join(unpacked)
