"""manage.py invite_learner [EMAIL] --cohort NAME"""

from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enrolments.invitations import invite
from enrolments.models import Cohort
from people.models import Organisation
from post.outbox import queue_message

Row = TypeVar("Row", Cohort, Organisation)


class Command(BaseCommand):
    """One person's link, which is also sent to them; or, without an address, a link that several may share."""

    help = "Make an invitation link to a cohort and print it. With an address, the link is that person's and is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", default="", help="whom it is for; without it the link can be shared")
        parser.add_argument("--cohort", required=True, help="the cohort's name")
        parser.add_argument("--organisation", help="the name of the organisation that books the place")
        parser.add_argument("--days", type=int, default=60, help="how long the link works; 60 unless told")
        parser.add_argument(
            "--uses", type=int, default=1, help="how many people may join by a shared link; 1 unless told"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        cohort = _named(Cohort, options["cohort"])
        organisation = _named(Organisation, options["organisation"]) if options["organisation"] else None
        email, now = options["email"].lower(), timezone.now()
        if email:
            _refuse_what_is_no_address(email)
        if email and options["uses"] != 1:
            raise CommandError("A link for one address works for one person: leave out --uses or the address.")
        _invitation, token = invite(
            cohort,
            organisation=organisation,
            email=email,
            max_uses=options["uses"],
            expires_at=now + timedelta(days=options["days"]),
            at=now,
        )
        link = settings.SITE_URL + reverse("join", args=[token])
        if email:
            text = f"Hello,\n\nyou are invited to {cohort.name}.\n\nJoin here:\n{link}\n"
            queue_message(
                kind="invitation",
                address=email,
                language="en",
                subject=f"You are invited to {cohort.name}",
                text=text,
                action="Look at the invitation",
                at=now,
            )
        self.stdout.write(link)


def _refuse_what_is_no_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"“{email}” is not an e-mail address.") from error


def _named(model: type[Row], name: str) -> Row:
    """The one row of this name. Raises CommandError with the names there are."""
    found = list(model.objects.filter(name=name)[:2])
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(model.objects.values_list("name", flat=True))) or "none"
    raise CommandError(
        f"{'Several' if found else 'No'} {model._meta.verbose_name} called “{name}”. There are: {names}."
    )
