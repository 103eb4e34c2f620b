"""What stands beside the tabs of a lead's and a trainer's pages."""

from django import template

from enrolments.models import Cohort
from people.models import Organisation

from ..givers import Giver

register = template.Library()


@register.simple_tag
def waiting_requests(organisation: Organisation | None = None, cohort: Cohort | None = None) -> int:
    """How many people wait for an answer."""
    return Giver(organisation=organisation, cohort=cohort).waiting_count()
