"""What stands beside the tabs of a lead's and a trainer's pages."""

from collections import Counter
from collections.abc import Collection

from django import template
from django.db.models import Value
from django.utils.translation import gettext

from enrolments.models import Cohort
from people.models import Organisation, User

from ..givers import Giver
from ..marking.reading import responses_waiting
from ..marking.remit import Remit

register = template.Library()


@register.simple_tag
def waiting_requests(organisation: Organisation) -> int:
    """How many people wait for an answer of an organisation's leads."""
    return Giver(organisation=organisation).waiting_count()


@register.simple_tag
def waits_in(cohort: Cohort, marker: User) -> Counter[str]:
    """How many people wait for an answer in a cohort, and how many responses for a marker; in one statement."""
    asked = Giver(cohort=cohort).waiting_requests().order_by().annotate(what=Value("requests")).values_list("what")
    written = responses_waiting(Remit(marker, cohort)).order_by().annotate(what=Value("marking")).values_list("what")
    return Counter(what for (what,) in asked.union(written, all=True))


@register.filter
def called(person: User, colleagues: Collection[int]) -> str:
    """What somebody of the same organisation or cohort is called; what a leaver is called since is not said."""
    return str(person) if person.pk in colleagues else gettext("Somebody who has left")
