"""An organisation with a lead, and people of it in every state."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from credentials.models import Achievement, Credential
from enrolments.invitations import invite
from enrolments.models import Cohort, Enrolment, Invitation
from people.models import Organisation, OrganisationRole, User
from tests.factories import NOON, cohort, enrolment, organisation, person, taught_course


def led_by(lead: User, name: str = "Larchmere Council", role: str = "org_lead") -> Organisation:
    """An organisation in which somebody has held a role since yesterday."""
    made = organisation(name)
    since = timezone.localdate() - timedelta(days=1)
    OrganisationRole.objects.create(person=lead, organisation=made, role=role, starts_on=since)
    return made


def autumn() -> Cohort:
    """A cohort of the foundation course."""
    return cohort(taught_course().course)


def colleague(name: str, group: Cohort, council: Organisation, *, signed_in: bool = True, **fields: Any) -> Enrolment:
    """Somebody the organisation booked, who has signed in since unless the test says otherwise."""
    who = person(name, last_login=NOON if signed_in else None, **fields)
    return enrolment(who, group, booked_by=council)


def written_to(name: str, group: Cohort, council: Organisation, email: str = "somebody@example.org") -> Invitation:
    """Somebody who was only sent a letter."""
    made, _secret = invite(group, organisation=council, email=email, expires_at=NOON + timedelta(days=30), at=NOON)
    made.name = name
    made.save()
    return made


def certificate(run: Enrolment, earned: Achievement, *, until: date | None, **fields: Any) -> Credential:
    """A certificate earned in this run, valid until a day."""
    pinned = run.pinned_sets.get()
    return Credential.objects.create(
        **{
            "learner": run.learner,
            "enrolment": run,
            "achievement": earned,
            "requirement_set": pinned.requirement_set,
            "name": run.learner.name,
            "language": "en",
            "evidence": {},
            "evidence_digest": "0" * 64,
            "rests_on_open_bank": True,
            "awarded_at": NOON,
            "valid_from_on": date(2020, 1, 1),
            "valid_until_on": until,
            **fields,
        }
    )
