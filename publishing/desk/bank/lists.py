"""The banks, and the items of one: searched, filtered, moved, tagged and retired many at once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.bank import BankRefused, move, retire, tag
from assessments.bank_reads import IN_STATE, items_of, state_of, with_newest, worded
from assessments.choices import VersionState
from assessments.items import TYPES
from assessments.models import Item, ItemBank, ItemCategory, ItemTag, ItemVersion
from courses.models import LearningOutcome
from reference.models import Source

from .access import bank_at, for_keepers

ON_A_PAGE = 50
_STATES = [(one.value, one.label) for one in IN_STATE]


@for_keepers
def bank_list(request: HttpRequest) -> HttpResponse:
    """Every bank, with how many items of it are live, and whether its keys are public."""
    live = Count("items", filter=Q(items__current__isnull=False, items__retired_at=None))
    banks = ItemBank.objects.select_related("course").annotate(live=live, all=Count("items")).order_by("key")
    return render(request, "publishing/bank/banks.html", {"banks": banks})


class FilterForm(forms.Form):
    """What a list of items is narrowed by; every field may stay empty."""

    q = forms.CharField(label=gettext_lazy("Words of the question"), required=False, max_length=100)
    outcome = forms.ModelChoiceField(LearningOutcome.objects.none(), label=gettext_lazy("Learning outcome"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    state = forms.ChoiceField(label=gettext_lazy("State"))
    category = forms.ModelChoiceField(ItemCategory.objects.none(), label=gettext_lazy("Category"))
    tag = forms.ModelChoiceField(ItemTag.objects.none(), label=gettext_lazy("Tag"))
    source = forms.ModelChoiceField(Source.objects.none(), label=gettext_lazy("Source"))
    checked = forms.ChoiceField(label=gettext_lazy("Checked by a practitioner"))

    def __init__(self, bank: ItemBank, data: Any) -> None:
        super().__init__(data)
        choices: dict[str, Any] = {
            "kind": [(kind, one.label) for kind, one in TYPES.items()],
            "state": _STATES,
            "checked": [("yes", _("Yes")), ("no", _("No"))],
        }
        rows: dict[str, Any] = {
            "outcome": outcomes_of(bank),
            "category": bank.categories.all(),
            "tag": ItemTag.objects.filter(items__bank=bank).distinct(),
            "source": Source.objects.filter(pk__in=ItemVersion.objects.filter(item__bank=bank).values("sources")),
        }
        for name, field in self.fields.items():
            field.required = False
            if name in choices:
                field.choices = [("", _("Any")), *choices[name]]  # type: ignore[attr-defined]
            if name in rows:
                field.queryset, field.empty_label = rows[name], _("Any")  # type: ignore[attr-defined]

    def narrowed(self, items: QuerySet[Any]) -> QuerySet[Any]:
        """What fits every field that is filled in; a field that says nothing good is passed over, with its error."""
        self.full_clean()
        for name, value in self.cleaned_data.items():
            if value:
                items = _NARROWING[name](items, value)
        return items


def _by_version(field: str) -> Callable[[QuerySet[Any], Any], QuerySet[Any]]:
    """By what the newest version says."""
    return lambda items, value: items.filter(newest__in=ItemVersion.objects.filter(**{field: value}).values("pk"))


def _by_check(items: QuerySet[Any], value: str) -> QuerySet[Any]:
    unchecked = ItemVersion.objects.filter(checked_by="").values("pk")
    return items.exclude(newest__in=unchecked) if value == "yes" else items.filter(newest__in=unchecked)


_NARROWING: dict[str, Callable[[QuerySet[Any], Any], QuerySet[Any]]] = {
    "q": worded,
    "outcome": _by_version("learning_outcome"),
    "kind": _by_version("kind"),
    "source": _by_version("sources"),
    "state": lambda items, value: items.filter(IN_STATE[VersionState(value)]),
    "category": lambda items, value: items.filter(category=value),
    "tag": lambda items, value: items.filter(tags=value),
    "checked": _by_check,
}


def outcomes_of(bank: ItemBank) -> QuerySet[LearningOutcome]:
    """What a bank may test: the learning outcomes of its course; of all courses where it has none."""
    found = LearningOutcome.objects.select_related("module", "course").order_by("course__key", "code")
    return found.filter(course=bank.course) if bank.course else found


class ManyForm(forms.Form):
    """What is done with the items that are ticked."""

    act = forms.ChoiceField(
        label=gettext_lazy("What to do with those ticked"),
        choices=[
            ("move", gettext_lazy("Move to a category")),
            ("tag", gettext_lazy("Give a tag")),
            ("untag", gettext_lazy("Take a tag away")),
            ("retire", gettext_lazy("Retire: ask them no more")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("The category, the tag, or why they are retired"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Left empty, questions are moved out of their category. Why a question is retired is kept with your name."
        ),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        act, words = said.get("act"), said.get("words", "").strip()
        if act in ("tag", "untag", "retire") and not words:
            self.add_error("words", _("Say why they are retired.") if act == "retire" else _("Say which tag."))
        if act in ("tag", "untag", "move") and len(words) > 60:
            self.add_error("words", _("Take at most 60 characters."))
        return said


@for_keepers
def bank(request: HttpRequest, bank_key: str) -> HttpResponse:
    """The items of one bank, a page of them; and what is done with many."""
    shown = bank_at(bank_key)
    ticked = request.POST.getlist("item")
    many = ManyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        chosen = _ticked(shown, ticked)
        if not chosen:
            many.add_error(None, _("Tick the questions first."))
        elif many.is_valid():
            try:
                _do(request, chosen, many.cleaned_data)
                return redirect(f"{reverse('bank', args=[bank_key])}?{request.GET.urlencode()}")
            except BankRefused as refused:
                many.add_error("words", str(refused))
    narrowing = FilterForm(shown, request.GET)
    found = narrowing.narrowed(items_of(shown).select_related("current", "category").prefetch_related("tags"))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    rows = with_newest(page.object_list)
    for one in rows:
        one.state = state_of(one, one.version, one.version.number)  # type: ignore[attr-defined]
        one.kind_label = TYPES[one.version.kind].label  # type: ignore[attr-defined]
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "bank": shown, "page": page, "rows": rows, "form": narrowing, "many": many, "ticked": ticked,
        "query": query.urlencode(), "is_narrowed": any(query.values()), "states": VersionState,
    }  # fmt: skip
    return render(request, "publishing/bank/bank.html", context, status=422 if many.errors else 200)


def _ticked(shown: ItemBank, ticked: list[str]) -> list[Item]:
    try:
        return list(shown.items.filter(uuid__in=ticked))
    except (ValueError, forms.ValidationError):
        return []


def _do(request: HttpRequest, chosen: list[Item], said: dict[str, Any]) -> None:
    words = said["words"]
    if said["act"] == "move":
        move(chosen, words)
    elif said["act"] == "retire":
        retire(chosen, reason=words, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    else:
        tag(chosen, words, remove=said["act"] == "untag")
    done = ngettext("%(count)s question: done.", "%(count)s questions: done.", len(chosen))
    messages.success(request, done % {"count": len(chosen)})
