"""What anybody may learn from a code: name as consented, award, dates, status today, issuer, and what it shows."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .choices import Standing
from .codes import read_code
from .models import Credential


@dataclass(frozen=True)
class Found:
    """A credential and what it is worth now. Where it was replaced, `successor` is what stands in its place."""

    credential: Credential
    standing: Standing
    successor: Credential | None

    @property
    def is_valid(self) -> bool:
        return self.standing == Standing.VALID

    @property
    def sentence(self) -> str:
        """Its standing in a whole sentence."""
        credential = self.credential
        changed = credential.changes.last()
        day = date_format(timezone.localtime(changed.at), "j F Y") if changed else ""
        if self.standing == Standing.EXPIRED and credential.valid_until_on:
            return _("It was valid until %(day)s and has expired.") % {
                "day": date_format(credential.valid_until_on, "j F Y")
            }
        sentences = {
            Standing.VALID: _("It is valid today."),
            Standing.SUSPENDED: _("It has been suspended since %(day)s.") % {"day": day},
            Standing.REVOKED: _("It was revoked on %(day)s and is not valid.") % {"day": day},
            Standing.REPLACED: _("It was replaced by a newer certificate."),
        }
        return sentences[self.standing]


def look_up(typed: str, *, at: datetime) -> Found | None:
    """The credential of a typed code as it stands at this moment; None alike for a mistyped and an unknown one."""
    code = read_code(typed)
    credential = (
        Credential.objects.select_related("achievement__issuer", "enrolment__cohort").filter(code=code).first()
        if code
        else None
    )
    if credential is None:
        return None
    today = at.astimezone(ZoneInfo(credential.enrolment.cohort.time_zone)).date()
    return Found(credential, credential.standing(today), getattr(credential, "successor", None))
