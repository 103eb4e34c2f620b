"""Addresses for spreadsheets: made, fetched, withdrawn. The secret is in the address and is not stored.

Whoever holds one sees what its maker may see at that moment, and nothing once they may not (decision 50).
"""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from toolkit.days import site_day

from audit.entries import note_act
from enrolments.choices import CohortRoleCode
from enrolments.invitations import token_digest
from enrolments.models import Cohort
from enrolments.roles import cohorts_where
from people.choices import OrganisationRoleCode
from people.models import Organisation, User
from people.roles import organisations_where

from ..givers import Giver
from ..models import ReportAddress
from .offered import read_report
from .table import Report

DAYS = (30, 90, 365)  # how long one may work
MOST_OPEN = 20  # of one person for one cohort or organisation


class TooManyAddresses(Exception):
    """Raised when somebody has so many addresses that they should withdraw one first."""


def may_still(person: User, cohort: Cohort | None, organisation: Organisation | None, *, on: date) -> bool:
    """Whether somebody trains the cohort, or leads the organisation, that day."""
    if not person.is_active or person.blanked_at:
        return False
    if cohort:
        return cohorts_where(person, CohortRoleCode.TRAINER, on=on).filter(pk=cohort.pk).exists()
    led = organisations_where(person, OrganisationRoleCode.LEAD, on=on)
    return organisation is not None and led.filter(pk=organisation.pk).exists()


def addresses_of(giver: Giver, person: User, *, at: datetime) -> QuerySet[ReportAddress]:
    """A person's own that work still."""
    return ReportAddress.objects.filter(**giver.column, made_by=person, revoked_at=None, expires_at__gt=at)


@transaction.atomic
def make_address(giver: Giver, report: str, *, days: int, by: User, at: datetime) -> str:
    """The secret of a new address; only its digest is kept. Raises TooManyAddresses."""
    if addresses_of(giver, by, at=at).count() >= MOST_OPEN:
        raise TooManyAddresses
    token = secrets.token_urlsafe(32)
    made = ReportAddress.objects.create(
        report=report, **giver.column, made_by=by, made_at=at, language=translation.get_language() or "en",
        token_digest=token_digest(token), expires_at=at + timedelta(days=days),
    )  # fmt: skip
    note_act("report_address_made", subject=made, at=at, actor=by, facts={"report": report})
    return token


@transaction.atomic
def withdraw(address: ReportAddress, *, by: User, at: datetime) -> None:
    """It opens nothing from now on; done twice is done once."""
    if ReportAddress.objects.filter(pk=address.pk, revoked_at=None).update(revoked_at=at):
        note_act("report_address_withdrawn", subject=address, at=at, actor=by)


def fetched(token: str, *, at: datetime) -> tuple[ReportAddress, Report] | None:
    """The report behind an address as it is now, in its maker's language, and noted; None if it opens nothing."""
    working = Q(revoked_at=None, expires_at__gt=at)
    found = ReportAddress.objects.select_related("made_by", "cohort", "organisation")
    address = found.filter(working, token_digest=token_digest(token)).first()
    if address is None:
        return None
    if not may_still(address.made_by, address.cohort, address.organisation, on=site_day(at)):
        return None
    with translation.override(address.language):
        report = read_report(address.report, address.cohort, address.organisation, at=at)
    if report is None:
        return None
    with transaction.atomic():
        ReportAddress.objects.filter(pk=address.pk).update(fetched_at=at)
        note_act("report_fetched", subject=address, at=at, facts={"report": address.report})
    return address, report
