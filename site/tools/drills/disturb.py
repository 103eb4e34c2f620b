"""What a drill changes in a running site: a pause where a race would be, or a protection taken away.

Installed by tools.drills.settings; DRILL_DISTURBS in the environment says which. Product code knows nothing of it.
"""

import os
import threading
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any

from django.apps import AppConfig

PAUSE_SECONDS = 0.1
LATE_SECONDS = 0.3


class DisturbConfig(AppConfig):
    name = "tools.drills"
    label = "drills"

    def ready(self) -> None:
        kind = os.environ.get("DRILL_DISTURBS", "")
        if kind in {"hand_in", "hand_in_broken"}:
            pause_after_reading(unlocked=kind == "hand_in_broken")
        if kind == "kills_broken":
            acknowledge_before_saving()
        if kind in {"outages_broken", "disk_broken"}:
            say_saved_whatever_happened()
        if kind == "disk_broken":
            award_without_a_paper()


def pause_after_reading(*, unlocked: bool) -> None:
    """Wait between reading an attempt and writing to it; `unlocked` also reads it without holding it."""
    from assessments import attempts
    from assessments.models import Attempt

    really_locked = attempts.locked

    def paused(attempt_id: int) -> Attempt:
        attempt = Attempt.objects.get(pk=attempt_id) if unlocked else really_locked(attempt_id)
        note_reading(attempt.state)
        sleep(PAUSE_SECONDS)
        return attempt

    attempts.locked = paused


def readings_file() -> Path:
    """Where each process of the site notes what it read."""
    return Path(os.environ["VAR_DIR"]) / "readings.txt"


def note_reading(state: str) -> None:
    """One line, written at once, so that processes do not mix theirs."""
    with readings_file().open("ab", buffering=0) as file:
        file.write(f"{os.getpid()} {state}\n".encode())


def acknowledge_before_saving() -> None:
    """Answer 'saved' at once and write a moment later from memory: what a kill in between takes is gone."""
    from assessments.models import Draft, Place
    from player import quiz

    really_save = quiz.save_draft

    def save_later(place: Place, *, at: datetime, **posted: Any) -> Draft:
        threading.Timer(LATE_SECONDS, _save, [really_save, place, at, posted]).start()
        return Draft(place=place, received_at=at)

    quiz.save_draft = save_later


def _save(save: Any, place: Any, at: datetime, posted: dict[str, Any]) -> None:
    from django.db import connection

    try:
        save(place, at=at, **posted)
    finally:
        connection.close()


def say_saved_whatever_happened() -> None:
    """Answer as if all were well when the database could not be reached."""
    from config import outages
    from django.http import HttpRequest, HttpResponse, JsonResponse

    def soothe(request: HttpRequest) -> HttpResponse:
        return JsonResponse({"saved_at": "14:03"})

    outages.told = soothe


def award_without_a_paper() -> None:
    """Go on with an award whose paper could not be stored, as if it were there."""
    from credentials import awards
    from credentials.models import Credential

    really_store = awards.store_paper

    def store_or_not(credential: Credential) -> None:
        try:
            really_store(credential)
        except OSError:
            credential.pdf.name = f"certificates/{credential.uuid}.pdf"

    awards.store_paper = store_or_not
