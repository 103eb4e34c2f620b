"""Addressed invitations for many at once: the same rows as `invitations.invite` makes, in few statements."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from audit.entries import entry_of, note_acts
from people.choices import Agency
from people.models import Area, Organisation, User

from ..coming import INVITED_FOR
from ..invitations import token_digest
from ..models import Cohort, Invitation
from .lines import Understood


def invite_many(
    people: Sequence[Understood],
    cohort: Cohort,
    *,
    organisation: Organisation,
    areas: Mapping[str, Area],
    at: datetime,
    by: User | None,
) -> list[tuple[Invitation, str]]:
    """An invitation for each, with its secret, which is shown this once. `areas` are the organisation's by key."""
    tokens = [secrets.token_urlsafe(24) for _one in people]
    made = Invitation.objects.bulk_create(
        Invitation(
            cohort=cohort,
            organisation=organisation,
            token_digest=token_digest(token),
            email=one.email,
            name=one.name,
            by_list=True,
            agency=one.agency or Agency.OTHER,
            area=areas[one.area] if one.area else None,
            created_by=by,
            created_at=at,
            expires_at=at + INVITED_FOR,
        )
        for one, token in zip(people, tokens, strict=True)
    )
    note_acts(entry_of("invitation_made", subject=one, at=at, actor=by) for one in made)
    return list(zip(made, tokens, strict=True))
