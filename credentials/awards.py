"""Awarding: once for each run and achievement, under any race; facts frozen, PDF stored, message queued."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from toolkit.digests import digest_of

from audit.entries import note_act
from courses.models import RequirementSet
from enrolments.models import Enrolment, PinnedSet
from people.models import User

from .certificate import CannotBePrinted
from .evidence import evidence_for
from .messages import tell_holder
from .models import Achievement, Credential
from .paper import store_paper
from .validity import last_valid_day


class NotEarned(Exception):
    """Raised when an award is asked for whose requirements are not met, or that never issues itself."""


def award_credential(
    enrolment: Enrolment, achievement: Achievement, *, at: datetime, decided_by: User | None = None
) -> Credential:
    """Award once for this run of the course; asking again returns the credential already held.

    The PDF's bytes and the outbox message are written in the same transaction. Raises NotEarned.
    """
    if held := _first_award(enrolment, achievement):
        return held
    pinned = _met_set(enrolment, achievement, decided_by)
    credential = Credential(
        enrolment=enrolment,
        achievement=achievement,
        decided_by=decided_by,
        **_frozen_facts(enrolment, achievement, pinned.requirement_set, at=at),
    )
    # A name in letters no font here draws must not cost the award; its page says how to get one that can be printed.
    with suppress(CannotBePrinted):
        store_paper(credential)
    try:
        with transaction.atomic():
            credential.save(force_insert=True)
            tell_holder(credential, at=at)
            note_act("credential_awarded", subject=credential, at=at, actor=decided_by, person=credential.learner)
            return credential
    except IntegrityError:
        # Another request awarded first; the constraint one_first_award_per_run let only one in.
        credential.pdf.delete(save=False)
        winner = _first_award(enrolment, achievement)
        if winner is None:
            raise
        return winner


def _first_award(enrolment: Enrolment, achievement: Achievement) -> Credential | None:
    return Credential.objects.filter(enrolment=enrolment, achievement=achievement, replaces=None).first()


def _met_set(enrolment: Enrolment, achievement: Achievement, decided_by: User | None) -> PinnedSet:
    pinned = enrolment.pinned_sets.select_related("requirement_set").filter(key=achievement.key).first()
    if pinned is None or pinned.met_at is None:
        raise NotEarned(_("Not everything this certificate asks for is done yet."))
    if decided_by is None and not achievement.issues_itself:
        raise NotEarned(_("This award is decided by people, never by the system."))
    return pinned


def _frozen_facts(
    enrolment: Enrolment, achievement: Achievement, requirement_set: RequirementSet, *, at: datetime
) -> dict[str, Any]:
    learner = enrolment.learner
    awarded_on = at.astimezone(ZoneInfo(enrolment.cohort.time_zone)).date()
    evidence = evidence_for(enrolment, achievement, requirement_set, language=learner.language)
    return {
        "learner": learner,
        "requirement_set": requirement_set,
        "name": learner.printed_name,
        "language": learner.language,
        "evidence": evidence,
        "evidence_digest": digest_of(evidence),
        "rests_on_open_bank": any(bank["is_open"] for bank in evidence["banks"]),
        "awarded_at": at,
        "valid_from_on": awarded_on,
        "valid_until_on": last_valid_day(awarded_on, achievement.valid_for_months),
    }
