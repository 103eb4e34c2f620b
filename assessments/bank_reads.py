"""What pages of a bank ask: its items with their newest versions, in which state each is, and where it was used."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from .choices import VersionState
from .models import Assessment, Item, ItemBank, ItemVersion, Place

IN_STATE = {
    VersionState.DRAFT: ~Q(newest=F("current")) & Q(newest_reviewed_at=None, retired_at=None)
    | Q(current=None, newest_reviewed_at=None, retired_at=None),
    VersionState.REVIEWED: (~Q(newest=F("current")) | Q(current=None))
    & Q(newest_reviewed_at__isnull=False, retired_at=None),
    VersionState.LIVE: Q(current__isnull=False, retired_at=None),
    VersionState.RETIRED: Q(retired_at__isnull=False),
}


def items_of(bank: ItemBank) -> QuerySet[Any]:
    """A bank's items, the newest first, each with the key and review of its newest version."""
    newest = ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number")
    return (
        Item.objects.filter(bank=bank)
        .annotate(
            newest=Subquery(newest.values("pk")[:1]), newest_reviewed_at=Subquery(newest.values("reviewed_at")[:1])
        )
        .order_by("-pk")
    )


def worded(items: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those whose newest question, in English or Welsh, or whose identifier has these words."""
    versions = ItemVersion.objects.annotate(en=KT("texts__en__prompt"), cy=KT("texts__cy__prompt"))
    found = versions.filter(Q(en__icontains=words) | Q(cy__icontains=words) | Q(item__uuid__startswith=words.lower()))
    return items.filter(newest__in=found.values("pk"))


def with_newest(items: Iterable[Any]) -> list[Any]:
    """The same items with `version` (their newest) and `met` (how many attempts met any version), in three queries."""
    rows = list(items)
    versions = ItemVersion.objects.select_related("learning_outcome", "written_by").in_bulk(
        [one.newest for one in rows]
    )  # type: ignore[attr-defined]
    met = dict(Place.objects.filter(item__in=rows).order_by().values_list("item").annotate(count=Count("pk")))
    for item in rows:
        item.version, item.met = versions[item.newest], met.get(item.pk, 0)  # type: ignore[attr-defined]
    return rows


def state_of(item: Item, version: ItemVersion, newest: int) -> VersionState:
    """Where a version stands; `newest` is the highest number there is."""
    if item.retired_at and version.number == newest:
        return VersionState.RETIRED
    if item.current_id == version.pk:
        return VersionState.LIVE
    if version.number < newest or (item.current and version.number < item.current.number):
        return VersionState.EARLIER
    return VersionState.REVIEWED if version.reviewed_at else VersionState.DRAFT


def use_of(item: Item) -> list[dict[str, Any]]:
    """Each assessment that may draw it or has, with how many attempts met it."""
    met = dict(
        Place.objects.filter(item=item).order_by().values_list("attempt__assessment").annotate(count=Count("pk"))
    )
    found = Assessment.objects.filter(Q(bank=item.bank_id) | Q(pk__in=met)).select_related("activity__course")
    return [{"assessment": one, "met": met.get(one.pk, 0)} for one in found.order_by("activity__position", "pk")]
