"""One item: as a learner sees it and as it is marked, its versions, where it is used, and who answers for it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.compare import TextDiff, diff_text

from assessments.bank import BankRefused, authors_of, bring_back, make_live, retire, review
from assessments.bank_reads import state_of, use_of
from assessments.choices import VersionState
from assessments.items import Words, dressed, item_type
from assessments.models import Item, ItemVersion
from assessments.previews import preview_of

from .access import REGRADE, for_keepers, item_at, version_at
from .words import as_compared


@for_keepers
def bank_item(request: HttpRequest, item_uuid: UUID) -> HttpResponse:
    """The newest version, or the one asked for by its number; what is done with the newest is sent here."""
    item = item_at(item_uuid)
    refusal = ""
    if request.method == "POST":
        try:
            _act(request, item)
            return redirect("bank_item", item_uuid)
        except BankRefused as refused:
            refusal = str(refused)
            item = item_at(item_uuid)
    context = {**_shown(request, item), "refusal": refusal, "typed": request.POST.get("reason", "")}
    return render(request, "publishing/bank/item.html", context, status=422 if refusal else 200)


def _act(request: HttpRequest, item: Item) -> None:
    """Each says of which version it is meant, so that nobody lets through what they have not seen."""
    act, who = request.POST.get("act", ""), {"by": request.user, "at": timezone.now()}
    if act in ("review", "live"):
        version = version_at(item, request.POST.get("version", ""))
        if act == "review":
            review(version, **who)  # type: ignore[arg-type]
            messages.success(request, _("Reviewed. It can be made live now."))
        else:
            make_live(version, **who)  # type: ignore[arg-type]
            messages.success(request, _("Live. Attempts that begin from now on may draw it."))
    elif act == "retire":
        retire([item], reason=request.POST.get("reason", ""), **who)  # type: ignore[arg-type]
        messages.success(request, _("Retired. Attempts that met it stay as they are."))
    elif act == "back":
        bring_back(item, reason=request.POST.get("reason", ""), **who)  # type: ignore[arg-type]
        messages.success(request, _("Brought back."))
    else:
        raise BadRequest(_("The form does not say what to do."))


def _shown(request: HttpRequest, item: Item) -> dict[str, Any]:
    versions = list(item.versions.select_related("learning_outcome", "written_by", "reviewed_by").order_by("-number"))
    newest = versions[0]
    asked = request.GET.get("version", "")
    version = next((one for one in versions if str(one.number) == asked), newest)
    for one in versions:
        one.item = item
        one.state = state_of(item, one, newest.number)  # type: ignore[attr-defined]
    is_mine = request.user.pk in authors_of(item, newest)
    waits = item.current_id != newest.pk and not item.retired_at
    return {
        "item": item,
        "version": version,
        "newest": newest,
        "versions": versions,
        "kind": item_type(version.kind),
        "previews": [
            (code, name, preview_of(version, language=code))
            for code, name in settings.LANGUAGES
            if code in version.texts
        ],
        "use": use_of(item),
        "acts": item.acts.select_related("by", "version"),
        "sources": version.sources.all(),
        "may_review": waits and not newest.reviewed_at and not is_mine,
        "waits_for_other": waits and not newest.reviewed_at and is_mine,
        "may_go_live": waits and bool(newest.reviewed_at),
        "may_regrade": request.user.has_perm(REGRADE) and any(one.places.exists() for one in versions),
        "states": VersionState,
    }


@for_keepers
def bank_item_compare(request: HttpRequest, item_uuid: UUID) -> HttpResponse:
    """Two versions of an item, with what differs: `a` and `b` by their numbers; else the live one and the newest."""
    item = item_at(item_uuid)
    versions = list(item.versions.select_related("learning_outcome").order_by("number"))
    newest = versions[-1]
    first = next(
        (one for one in versions if one.pk == item.current_id and one.pk != newest.pk),
        versions[max(-2, -len(versions))],
    )
    one = version_at(item, request.GET["a"]) if "a" in request.GET else first
    other = version_at(item, request.GET["b"]) if "b" in request.GET else newest
    rows = compared(one, other)
    context = {"item": item, "one": one, "other": other, "rows": rows, "versions": versions}
    return render(request, "publishing/bank/compare.html", context)


def compared(one: ItemVersion, other: ItemVersion) -> list[tuple[str, TextDiff]]:
    """What each part of an item says in two versions, where they differ."""
    before, after = said_by(one), said_by(other)
    names = [*before, *(name for name in after if name not in before)]
    return [
        (name, diff_text(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name) != after.get(name)
    ]


def said_by(version: ItemVersion) -> dict[str, str]:
    """Every part of a version by its name, in words."""
    names = dict(settings.LANGUAGES)
    said = {
        _("Kind"): str(item_type(version.kind).label),
        _("Learning outcome"): str(version.learning_outcome.code),
        _("Points possible"): str(version.max_score),
        **_parts(version.key, [_("What is right")]),
    }
    for code, texts in version.texts.items():
        said |= _parts(dressed(texts), [str(names.get(code, code))])
    return {**said, **_parts(version.structure, [_("Its parts")])}


def _parts(value: Any, path: list[str]) -> dict[str, str]:
    if isinstance(value, dict):
        return {name: words for key, inner in value.items() for name, words in _parts(inner, [*path, str(key)]).items()}
    if isinstance(value, list):
        if all(not isinstance(one, dict | list) for one in value):
            return {" › ".join(path): ", ".join(map(str, value))}
        return {
            name: words
            for number, inner in enumerate(value, start=1)
            for name, words in _parts(inner, [*path, str(number)]).items()
        }
    words = as_compared(value) if isinstance(value, Words) else value
    return {" › ".join(path): "" if words is None else str(words)}
