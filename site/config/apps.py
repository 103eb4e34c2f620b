"""The frame as an app: it has no models, only the worker's timetable and a command or two."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SiteConfig(AppConfig):
    """Writes the timetable of periodic jobs after each migration; makes the worker end whole if part of it dies.

    Says which rows are content, so that what was kept of it is made anew when they change.
    """

    name = "config"

    def ready(self) -> None:
        from django_q.signals import pre_enqueue, pre_execute

        from . import content, requests, worker

        worker.install()
        pre_enqueue.connect(requests.note_job, dispatch_uid="config.note_job")
        pre_execute.connect(requests.begin_job, dispatch_uid="config.begin_job")
        content.follow_all()
        post_migrate.connect(write_timetable, dispatch_uid="config.timetable")


def write_timetable(sender: AppConfig, **kwargs: Any) -> None:
    """Once the queue's own tables are there."""
    if sender.label == "django_q":
        from .timetable import write

        write()
