"""The two who invite: an organisation's lead and a cohort's trainer, signed in at their pages of invitations."""

import re
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from enrolments.models import CohortOffer
from people.models import OrganisationRole
from tests.factories import cohort, organisation, people, taught_course, trainer

BEGAN = date(2026, 9, 1)


class Side:
    """A council with a lead and one cohort offered, or the same cohort with its trainer; signed in as them."""

    def __init__(self, client: Client, kind: str, **offer: Any) -> None:
        self.client, self.cast = client, people()
        self.council, self.group = organisation("Larchmere Council"), cohort(taught_course().course, "Autumn")
        self.offer = CohortOffer.objects.create(cohort=self.group, organisation=self.council, **offer)
        OrganisationRole.objects.create(
            person=self.cast.lena, organisation=self.council, role="org_lead", starts_on=BEGAN
        )
        trainer(self.cast.beth, self.group)
        self.is_lead = kind == "lead"
        mine = ("organisation", self.council.uuid) if self.is_lead else ("cohort", self.group.uuid)
        self.address = f"/{mine[0]}/{mine[1]}/invitations/"
        self.by = self.cast.lena if self.is_lead else self.cast.beth
        self.organisation = self.council if self.is_lead else None
        client.force_login(self.by)

    def form(self, which: str, **fields: Any) -> dict[str, Any]:
        """The form as the page gives it, filled in; as many may use a link as the page says at first."""
        page = self.client.get(f"{self.address}{which}/").content.decode()
        sealed = re.search(r'name="sealed" value="([^"]+)"', page)
        assert sealed is not None
        until = timezone.localdate() + timedelta(days=10)
        usual = {"sealed": sealed[1], "cohort": str(self.group.uuid), "until": until.isoformat()}
        uses = re.search(r'name="max_uses" value="(\d+)"', page)
        return (
            usual
            | (
                {"max_uses": uses[1] if uses else ""}
                if which == "link"
                else {"email": "nia@example.org", "name": "Nia"}
            )
            | fields
        )

    def send(self, which: str, form: dict[str, Any]) -> Any:
        return self.client.post(f"{self.address}{which}/", form)


def link_on(page: str) -> str:
    found = re.search(r'value="http://testserver/join/([^/"]+)/"', page)
    assert found is not None
    return found[1]
