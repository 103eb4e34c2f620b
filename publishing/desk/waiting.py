"""What waits for an editor, on the desk's first screen. What others hand in for approval Wagtail shows there itself."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone
from toolkit.days import site_day
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from briefings.models import BriefingPage
from publishing.changed import CODE, change_of
from publishing.checks import Finding
from publishing.gate import latest_draft, stopping
from publishing.models import FactCheckAnswer, SecondReading
from publishing.reading import sent_back
from reference.pages import WrittenPage

from .law_report import due_count

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
        mine, back = pages_to_edit(user), came_back(user)
        return {
            "to_read": to_read(user),
            "to_look": to_look(user),
            "came_back": back,
            "answers": answers_to(user),
            "unready": unready_drafts(user, told={one.page.pk for one in back}),
            "overdue": list(overdue(mine)[:MOST]),
            "overdue_count": overdue(mine).count(),
            "law_count": due_count(user),
            "going": list(going_live(mine)[:MOST]),
            "ending": list(running_out(mine)[:MOST]),
        }


def pages_to_edit(user: AbstractBaseUser) -> Any:
    """The pages this person may change, which are all they are told about."""
    return PagePermissionPolicy().instances_user_has_permission_for(user, "change")


def unready_drafts(user: AbstractBaseUser, *, told: set[int]) -> list[Unready]:
    """Of the last drafts this person began or wrote last, those that something keeps back; at most MOST are looked at.

    A draft for which they have asked a second reader waits for that reader and not for them. Of pages in `told` they
    are told already that the reader sent them back.
    """
    by_them = Q(owner=user) | Q(latest_revision__user=user)
    mine = pages_to_edit(user).filter(by_them, has_unpublished_changes=True)
    drafts = [page for page in mine.order_by("-latest_revision_created_at")[:MOST] if _is_written(page)]
    asked = SecondReading.objects.waiting().filter(asked_by_id=user.pk, is_substance=True)
    waiting = set(asked.values_list("after_revision_id", flat=True))
    found = {page: stopping(page) for page in drafts}
    for page in drafts:
        if page.latest_revision_id in waiting or page.pk in told:
            found[page] = [one for one in found[page] if one.code != CODE]
    return [Unready(page, rest) for page, rest in found.items() if rest]


def _is_written(page: Page) -> bool:
    return issubclass(page.specific_class or Page, WrittenPage)


@dataclass(frozen=True)
class Waiting:
    """A change that somebody else made, and that waits for this person among others."""

    page: Page
    reading: SecondReading


def to_read(user: AbstractBaseUser) -> list[Waiting]:
    """Changes of substance that wait for a second reader, oldest first; not those whose draft went on since."""
    found = _waiting_for(user, SecondReading.objects.filter(is_substance=True))
    return [one for one in found if _is_of_the_draft(one)]


def to_look(user: AbstractBaseUser) -> list[Waiting]:
    """Wording that is live and waits for a second look, oldest first."""
    return _waiting_for(user, SecondReading.objects.filter(is_substance=False))


def answers_to(user: AbstractBaseUser) -> list[FactCheckAnswer]:
    """What somebody outside said of a draft this person had checked, oldest first, until somebody has dealt with it."""
    rows = FactCheckAnswer.objects.filter(fact_check__asked_by_id=user.pk, dealt_with_at=None).select_related(
        "fact_check"
    )
    there = pages_to_edit(user).filter(pk__in=rows.values("fact_check__page_id"))
    return list(rows.filter(fact_check__page_id__in=there.values("pk"))[:MOST])


def came_back(user: AbstractBaseUser) -> list[Waiting]:
    """Changes of substance this person asked a reader for, and that were sent back and not asked for again."""
    theirs = SecondReading.objects.filter(asked_by_id=user.pk, is_substance=True).exclude(sent_back_at=None)
    rows = list(theirs.select_related("sent_back_by").order_by("-sent_back_at")[:MOST])
    pages = pages_to_edit(user).specific().filter(has_unpublished_changes=True).in_bulk([row.page_id for row in rows])
    found = []
    for row in rows:
        draft = latest_draft(pages[row.page_id]) if row.page_id in pages else None
        change = change_of(draft) if draft else None
        if change is not None and sent_back(change) == row:
            found.append(Waiting(pages[row.page_id], row))
    return found


def _waiting_for(user: AbstractBaseUser, readings: Any) -> list[Waiting]:
    mine = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    waiting = readings.waiting().filter(page_id__in=mine.values("pk")).exclude(asked_by=user)
    rows = list(waiting.select_related("asked_by")[:MOST])
    pages = Page.objects.specific().in_bulk([row.page_id for row in rows])
    return [Waiting(pages[row.page_id], row) for row in rows]


def _is_of_the_draft(one: Waiting) -> bool:
    draft = latest_draft(one.page)
    change = change_of(draft) if draft else None
    return change is not None and change.prints == {"before": one.reading.before, "after": one.reading.after}


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
