"""Awards that issue themselves, on the news and by the worker's sweep. Repeating changes nothing."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from toolkit.sweeps import do_each

from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment, PinnedSet

from .awards import award_credential
from .models import Achievement, Credential


def award_for(pinned: PinnedSet) -> Credential | None:
    """The credential a met set earns, if there is one that issues itself."""
    achievement = Achievement.objects.filter(
        course=pinned.requirement_set.course_id, key=pinned.key, issues_itself=True
    ).first()
    if achievement is None or pinned.met_at is None or pinned.enrolment.state == EnrolmentState.WITHDRAWN:
        return None
    return award_credential(pinned.enrolment, achievement, at=timezone.now())


def award_met(enrolment: Enrolment) -> None:
    """Award whatever this enrolment has met by now and does not hold yet."""
    for pinned in enrolment.pinned_sets.filter(met_at__isnull=False):
        award_for(pinned)


def award_missed() -> int:
    """Award what was met and not awarded, say after a kill between two commits; returns how many.

    One that cannot be awarded is logged and keeps no later one waiting.
    """
    awarded = Credential.objects.filter(enrolment=OuterRef("enrolment"), achievement__key=OuterRef("key"))
    issuing = Achievement.objects.filter(
        course=OuterRef("requirement_set__course"), key=OuterRef("key"), issues_itself=True
    )
    missed = list(PinnedSet.objects.filter(Exists(issuing), ~Exists(awarded), met_at__isnull=False))
    return sum(made is not None for made in do_each(missed, award_for))
