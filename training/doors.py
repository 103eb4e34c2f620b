"""Who comes in: an organisation's lead to their organisation, a funder's reader to their funder's counts."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from people.choices import OrganisationPurpose, OrganisationRoleCode
from people.models import User
from people.roles import organisations_where

View = Callable[..., HttpResponseBase]


def _for_role(role: str, **of: str) -> Callable[[View], View]:
    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def only_theirs(request: HttpRequest, organisation: UUID, **rest: Any) -> HttpResponseBase:
            mine = organisations_where(cast(User, request.user), role, on=timezone.localdate())
            return view(request, get_object_or_404(mine, uuid=organisation, **of), **rest)

        return only_theirs

    return door


# The view takes the organisation in place of its identifier; one in which the role is not held answers 404.
for_lead = _for_role(OrganisationRoleCode.LEAD)
for_funder = _for_role(OrganisationRoleCode.FUNDER_READER, kinds__kind=OrganisationPurpose.FUNDER)
