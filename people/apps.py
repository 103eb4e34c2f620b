from allauth.account.signals import email_confirmed
from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from . import second_step  # noqa: F401  hears of steps that were set up
        from .receivers import notice_proof

        email_confirmed.connect(notice_proof, dispatch_uid="people.notice_proof")
