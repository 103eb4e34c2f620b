"""Who comes in: a lead to their organisation, a reader to a funder's counts, a trainer to their cohort.

Supervisors and assessors come in by appointment to single learners.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from toolkit.days import site_day

from enrolments.choices import CohortRoleCode
from enrolments.models import Cohort, Enrolment
from enrolments.roles import cohorts_where
from people.choices import OrganisationPurpose, OrganisationRoleCode
from people.models import Organisation, User
from people.roles import organisations_where

from .givers import Giver

View = Callable[..., HttpResponseBase]


def _for_role(role: str, **of: str) -> Callable[[View], View]:
    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def only_theirs(request: HttpRequest, organisation: UUID, **rest: Any) -> HttpResponseBase:
            mine = organisations_where(cast(User, request.user), role, on=site_day())
            return view(request, get_object_or_404(mine, uuid=organisation, **of), **rest)

        return only_theirs

    return door


# The view takes the organisation in place of its identifier; one in which the role is not held answers 404.
for_lead = _for_role(OrganisationRoleCode.LEAD)
for_funder = _for_role(OrganisationRoleCode.FUNDER_READER, kinds__kind=OrganisationPurpose.FUNDER)


def for_trainer(view: View) -> View:
    """The view takes the cohort in place of its identifier; one that the person does not train now answers 404."""

    @login_required
    @wraps(view)
    def only_theirs(request: HttpRequest, cohort: UUID, **rest: Any) -> HttpResponseBase:
        mine = cohorts_where(cast(User, request.user), CohortRoleCode.TRAINER, on=site_day())
        found: Cohort = get_object_or_404(mine, uuid=cohort)
        return view(request, found, **rest)

    return only_theirs


def _for_appointed(appointed: Callable[..., QuerySet[Enrolment]]) -> Callable[[View], View]:
    """For whoever looks after somebody now, by this question; to anybody else the page answers 404."""

    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def only_theirs(request: HttpRequest, **rest: Any) -> HttpResponseBase:
            if not appointed(cast(User, request.user), on=site_day()).exists():
                raise Http404
            return view(request, **rest)

        return only_theirs

    return door


for_assessor = _for_appointed(Enrolment.objects.assessed_by)
for_supervisor = _for_appointed(Enrolment.objects.supervised_by)


def both_ways(view: View) -> tuple[View, View]:
    """A page of whoever gives out places, behind the door of leads and behind that of trainers."""

    @for_lead
    def of_organisation(request: HttpRequest, organisation: Organisation, **rest: Any) -> HttpResponseBase:
        return view(request, Giver(organisation=organisation), **rest)

    @for_trainer
    def of_cohort(request: HttpRequest, cohort: Cohort, **rest: Any) -> HttpResponseBase:
        return view(request, Giver(cohort=cohort), **rest)

    return of_organisation, of_cohort
