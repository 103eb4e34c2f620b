"""The verbs of whoever keeps a bank: write, review, make live, retire, sort. Nothing is overwritten or deleted.

A version is a draft until somebody who wrote none of what is new has reviewed it; then it may be made live, which is to
become the item's `current` one: what is drawn. Source: docs/decisions/0067-the-bank-at-the-desk.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from toolkit.digests import digest_of
from toolkit.typed import typed_line

from audit.entries import note_act
from courses.models import Activity, LearningOutcome
from people.models import User

from .choices import ItemActKind
from .items import item_type
from .models import Item, ItemAct, ItemBank, ItemCategory, ItemTag, ItemVersion

AUTHORS = "The editors of this site"  # in files; who it was stands in `written_by`


class BankRefused(Exception):
    """Something was not done with an item; the message is for the editor."""


class WrittenMeanwhile(BankRefused):
    """Raised where the page was not shown the newest version."""


@dataclass(frozen=True)
class Written:
    """What one version says: all that a learner could notice, and how it is scored."""

    kind: str
    outcome: LearningOutcome
    structure: dict[str, Any]
    key: dict[str, Any]
    max_score: Fraction
    texts: dict[str, Any]

    @property
    def digest(self) -> str:
        said = {name: getattr(self, name) for name in ("kind", "structure", "key", "texts")}
        return digest_of({**said, "outcome": self.outcome.code, "max_score": str(self.max_score)})


@transaction.atomic
def write_items(bank: ItemBank, written: Iterable[Written], *, by: User, at: datetime) -> list[Item]:
    """New items, each a draft; all or none."""
    made = []
    for one in written:
        item = Item.objects.create(bank=bank)
        _add_version(item, one, number=1, note="", by=by, at=at)
        made.append(item)
    return made


@transaction.atomic
def write_version(item: Item, written: Written, *, seen: int, note: str, by: User, at: datetime) -> ItemVersion:
    """The next version of an item, a draft. `seen` is the number of the one the page was made from.

    What says the same as the newest is that one. Raises BankRefused, in its kinds.
    """
    newest = newest_of(_held(item))
    if newest.digest == written.digest:
        return newest
    if newest.number != seen:
        raise WrittenMeanwhile(
            _("Somebody saved another version after your page was opened. What you wrote is still here; compare first.")
        )
    if not typed_line(note):
        raise BankRefused(_("Say in a few words what you changed, and why."))
    made = _add_version(item, written, number=newest.number + 1, note=note, by=by, at=at)
    made.sources.set(newest.sources.all())
    return made


def _add_version(item: Item, written: Written, *, number: int, note: str, by: User, at: datetime) -> ItemVersion:
    scoring = item_type(written.kind)
    return ItemVersion.objects.create(
        item=item,
        number=number,
        kind=written.kind,
        learning_outcome=written.outcome,
        structure=written.structure,
        key=written.key,
        scoring_rule=scoring.scoring_rule,
        scoring_rule_version=scoring.scoring_rule_version,
        max_score=written.max_score,
        texts=written.texts,
        digest=written.digest,
        drafted_by=AUTHORS,
        drafted_on=at.date(),
        created_at=at,
        change_note=typed_line(note),
        written_by=by,
    )


def _held(item: Item) -> Item:
    """The item, held against every other writer until the transaction ends."""
    return Item.objects.select_for_update().get(pk=item.pk)


def newest_of(item: Item) -> ItemVersion:
    """The version with the highest number, live or not."""
    return item.versions.order_by("-number")[0]


def authors_of(item: Item, version: ItemVersion) -> set[int]:
    """Who wrote what is new in a version: it, and every version since the live one."""
    since = item.current.number if item.current else 0
    written = item.versions.filter(number__gt=since, number__lte=version.number)
    return {author for author in written.values_list("written_by", flat=True) if author}


@transaction.atomic
def review(version: ItemVersion, *, by: User, at: datetime) -> ItemVersion:
    """Say that a draft is right, as somebody who wrote nothing that is new in it. Again is once. Raises BankRefused."""
    item = _held(version.item)
    newest = _the_newest(item, version)
    if item.current_id == newest.pk or newest.reviewed_at:
        return newest
    if by.pk in authors_of(item, newest):
        raise BankRefused(_("Somebody else reviews what you wrote."))
    newest.reviewed_by, newest.reviewed_at = by, at
    newest.save(update_fields=["reviewed_by", "reviewed_at"])
    return newest


@transaction.atomic
def make_live(version: ItemVersion, *, by: User, at: datetime) -> None:
    """From now on this version is drawn. Attempts that met another keep that one. Raises BankRefused."""
    item = _held(version.item)
    newest = _the_newest(item, version)
    if item.current_id == newest.pk:
        return
    if not newest.reviewed_at:
        raise BankRefused(_("A second reader reviews it first."))
    if item.retired_at:
        raise BankRefused(_("This question is retired. Bring it back first."))
    item.current = newest
    item.save(update_fields=["current"])
    _note(item, ItemActKind.MADE_LIVE, version=newest, by=by, at=at)


def _the_newest(item: Item, version: ItemVersion) -> ItemVersion:
    newest = newest_of(item)
    if newest.pk != version.pk:
        raise WrittenMeanwhile(_("There is a newer version by now. Look at that one."))
    return newest


@transaction.atomic
def retire(items: Iterable[Item], *, reason: str, by: User, at: datetime) -> int:
    """Take items out of every draw from now on; returns how many. Raises BankRefused without a reason."""
    if not typed_line(reason):
        raise BankRefused(_("Say why it is not asked any more."))
    held = [one for one in (_held(item) for item in items) if one.retired_at is None]
    for item in held:
        item.retired_at = at
        item.save(update_fields=["retired_at"])
        _note(item, ItemActKind.RETIRED, reason=reason, by=by, at=at)
    return len(held)


@transaction.atomic
def bring_back(item: Item, *, reason: str, by: User, at: datetime) -> None:
    """Let a retired item be drawn again, if a version of it is live. Raises BankRefused without a reason."""
    if not typed_line(reason):
        raise BankRefused(_("Say why it is asked again."))
    held = _held(item)
    if held.retired_at:
        held.retired_at = None
        held.save(update_fields=["retired_at"])
        _note(held, ItemActKind.BROUGHT_BACK, reason=reason, by=by, at=at)


def _note(
    item: Item, act: ItemActKind, *, by: User, at: datetime, version: ItemVersion | None = None, reason: str = ""
) -> None:
    ItemAct.objects.create(item=item, version=version, act=act, by=by, at=at, reason=typed_line(reason)[:300])
    note_act(f"item_{act}", subject=item, actor=by, at=at, facts={"version": version.number} if version else {})


@transaction.atomic
def move(items: Iterable[Item], name: str) -> None:
    """Into the category of this name in their own bank, made if need be; "" for none."""
    wanted = typed_line(name)[:80]
    for item in items:
        category = ItemCategory.objects.get_or_create(bank_id=item.bank_id, name=wanted)[0] if wanted else None
        Item.objects.filter(pk=item.pk).update(category=category)
    ItemCategory.objects.filter(items=None).delete()


def set_section(item: Item, lesson: Activity | None, section: str) -> None:
    """The section of a lesson that an item comes from, for whoever missed it to read again; None and "" for none.

    It is no part of a version: what is asked stays the same.
    """
    if (item.lesson_id, item.section) != (lesson.pk if lesson else None, section):
        item.lesson, item.section = lesson, section
        item.save(update_fields=["lesson", "section"])


@transaction.atomic
def set_tags(item: Item, names: Iterable[str]) -> None:
    """These tags and no others."""
    wanted = [typed_line(name)[:60] for name in names]
    item.tags.set([ItemTag.objects.get_or_create(name=name)[0] for name in wanted if name])
    ItemTag.objects.filter(items=None).delete()


@transaction.atomic
def tag(items: Iterable[Item], name: str, *, remove: bool = False) -> None:
    """Give items a tag, or take it off them. A tag that nothing bears any more goes."""
    wanted = typed_line(name)[:60]
    if not wanted:
        return
    found, _made = ItemTag.objects.get_or_create(name=wanted)
    if remove:
        found.items.remove(*items)
    else:
        found.items.add(*items)
    ItemTag.objects.filter(items=None).delete()
