"""What waits for an editor, on the desk's first screen. What others hand in for approval Wagtail shows there itself."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from toolkit.days import site_day
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from briefings.models import BriefingPage
from publishing.checks import Finding
from publishing.gate import stopping
from reference.pages import WrittenPage

SOON = timedelta(days=14)
MOST = 10  # of each kind; what is beyond is said


@dataclass(frozen=True)
class Unready:
    """A draft of one's own, and what keeps it from being published."""

    page: Page
    found: list[Finding]

    @property
    def more(self) -> int:
        """How many things besides the first."""
        return len(self.found) - 1


class WhatWaits(Component):
    """Drafts of mine that are not ready, reviews that are overdue, and what changes by itself soon."""

    name, order, template_name = "what_waits", 90, "publishing/waiting.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        mine = pages_to_edit(user)
        return {
            "unready": unready_drafts(user),
            "overdue": list(overdue(mine)[:MOST]),
            "overdue_count": overdue(mine).count(),
            "going": list(going_live(mine)[:MOST]),
            "ending": list(running_out(mine)[:MOST]),
        }


def pages_to_edit(user: AbstractBaseUser) -> Any:
    """The pages this person may change, which are all they are told about."""
    return PagePermissionPolicy().instances_user_has_permission_for(user, "change")


def unready_drafts(user: AbstractBaseUser) -> list[Unready]:
    """Of the last drafts this person began, those that checks keep back; at most MOST are looked at."""
    drafts = (
        pages_to_edit(user).filter(owner=user, has_unpublished_changes=True).order_by("-latest_revision_created_at")
    )
    asked = [(page, stopping(page)) for page in drafts[:MOST] if issubclass(page.specific_class or Page, WrittenPage)]
    return [Unready(page, found) for page, found in asked if found]


def overdue(pages: Any) -> Any:
    """Live briefings whose review date has passed, longest first."""
    late = BriefingPage.objects.live().filter(review_due_on__lt=site_day(), pk__in=pages.values("pk"))
    return late.order_by("review_due_on", "briefing__number").select_related("briefing")


def going_live(pages: Any) -> Any:
    """Versions that go live by themselves soon, the next first."""
    soon = Revision.objects.page_revisions().filter(approved_go_live_at__lt=timezone.now() + SOON)
    return soon.filter(object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)]).order_by(
        "approved_go_live_at"
    )


def running_out(pages: Any) -> Any:
    """Live pages that are taken down by themselves soon, the next first."""
    return pages.filter(live=True, expire_at__lt=timezone.now() + SOON).order_by("expire_at")
