"""What stands beside the tabs of a lead's and a trainer's pages."""

from collections.abc import Collection

from django import template
from django.utils.translation import gettext

from enrolments.models import Cohort
from people.models import Organisation, User

from ..givers import Giver
from ..marking.reading import waiting_count

register = template.Library()


@register.simple_tag
def waiting_requests(organisation: Organisation | None = None, cohort: Cohort | None = None) -> int:
    """How many people wait for an answer."""
    return Giver(organisation=organisation, cohort=cohort).waiting_count()


@register.simple_tag
def to_mark(cohort: Cohort, marker: User) -> int:
    """How many responses wait for a marker in a cohort."""
    return waiting_count(cohort, marker)


@register.filter
def called(person: User, colleagues: Collection[int]) -> str:
    """What somebody of the same organisation or cohort is called; what a leaver is called since is not said."""
    return str(person) if person.pk in colleagues else gettext("Somebody who has left")
