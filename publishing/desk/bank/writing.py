"""Writing an item, and the next version of one. Whatever is wrong is said beside its box, with all that was typed."""

from abc import ABC, abstractmethod
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.bank import BankRefused, Written, newest_of, set_section, write_items, write_version
from assessments.choice_writing import KINDS
from assessments.items import TYPES
from assessments.models import Item, ItemBank, ItemVersion
from publishing.lesson_sections import find_section

from .access import bank_at, for_keepers, item_at
from .item_forms import (
    AboutForm,
    ChoiceAboutForm,
    ChoicesForm,
    fields_of,
    identifiers_of,
    read_fields_of,
    start_of,
    written_choices,
)
from .words import pictures_for


@for_keepers
def bank_write(request: HttpRequest, bank_key: str) -> HttpResponse:
    """A new item of a bank, of the kind in the address."""
    return _write(request, bank_at(bank_key), None, request.GET.get("kind") or KINDS[0])


@for_keepers
def bank_item_write(request: HttpRequest, item_uuid: UUID) -> HttpResponse:
    """The next version of an item, from the newest one."""
    item = item_at(item_uuid)
    return _write(request, item.bank, item, newest_of(item).kind)


def _write(request: HttpRequest, bank: ItemBank, item: Item | None, kind: str) -> HttpResponse:
    if kind not in TYPES:
        raise Http404
    newest = newest_of(item) if item else None
    in_boxes = kind in KINDS and request.GET.get("as") != "fields"
    page = _Choices if in_boxes else _Fields
    return page(request, bank, item, newest, kind).answer()


class _Page(ABC):
    """One form for one item. `read` says what is to be saved, once nothing is wrong."""

    template: str
    about: AboutForm

    def __init__(
        self, request: HttpRequest, bank: ItemBank, item: Item | None, newest: ItemVersion | None, kind: str
    ) -> None:
        self.request, self.bank, self.item, self.newest, self.kind = request, bank, item, newest, kind
        self.data = request.POST if request.method == "POST" else None
        self.act = request.POST.get("act", "save")
        self.refusal, self.status = "", 200

    @abstractmethod
    def read(self) -> Written | None: ...

    @abstractmethod
    def context(self) -> dict[str, Any]: ...

    def answer(self) -> HttpResponse:
        if self.data is not None and self.act in ("save", "another"):
            written = self.read()
            self.status = 422
            if written and self._is_new(written) and self.about.lacks_note:
                self.about.ask_for_note()
            elif written:
                try:
                    return self._save(written)
                except BankRefused as refused:
                    self.refusal, self.status = str(refused), 409
        seen = self.request.POST.get("seen") or (self.newest.number if self.newest else 0)
        context = {
            "bank": self.bank,
            "item": self.item,
            "about": self.about,
            "refusal": self.refusal,
            "seen": seen,
            "kind": TYPES[self.kind],
            "kinds": TYPES.items(),
            "is_wrong": self.status != 200,
            **self.context(),
        }
        return render(self.request, self.template, context, status=self.status)

    @transaction.atomic
    def _save(self, written: Written) -> HttpResponse:
        who: dict[str, Any] = {"by": self.request.user, "at": timezone.now()}
        if self.item:
            seen = self.request.POST.get("seen", "")
            number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
            write_version(self.item, written, seen=number, note=self.about.cleaned_data["note"], **who)
            saved = self.item
        else:
            saved = write_items(self.bank, [written], **who)[0]
        name = self.about.new_section
        if name is not None and self.bank.course:
            set_section(saved, *(find_section(self.bank.course.key, name) or (None, "")))
        messages.success(self.request, self._done(written))
        if self.act == "another":
            again = f"?kind={written.kind}&outcome={written.outcome.pk}"
            return redirect(reverse("bank_write", args=[self.bank.key]) + again)
        return redirect("bank_item", saved.uuid)

    def _is_new(self, written: Written) -> bool:
        """Whether it says something else than the newest version."""
        return self.newest is None or self.newest.digest != written.digest

    def _done(self, written: Written) -> str:
        if self._is_new(written):
            return _("Saved as a draft. Somebody else reviews it before it is asked.")
        if self.about.new_section is not None:
            return _("The section is saved. The question itself stays as it was.")
        return _("Nothing was changed.")

    def _start(self) -> dict[str, Any]:
        """What the form of a new item starts with: as the one written before."""
        asked = self.request.GET.get("outcome", "")
        return {"outcome": asked} if asked.isdecimal() and not self.item else {}


class _Choices(_Page):
    template = "publishing/bank/write.html"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        start = {"kind": self.kind, **self._start()} if not self.item else {}
        self.about = ChoiceAboutForm(self.bank, self.data, newest=self.newest, initial=start)
        is_welsh = self.act == "welsh" or (self.data is not None and "prompt-cy" in self.data)
        self.form = ChoicesForm(
            start_of(self.newest, languages=["en", "cy"] if is_welsh else ["en"]),
            self.data,
            taken=identifiers_of(self.item),
            named=pictures_for(self.request.user, self.newest),
            more=2 if self.act == "rows" else 0,
        )

    @property
    def _kind(self) -> str:
        sent = self.data.get("kind", "") if self.data is not None else self.kind
        return sent if sent in KINDS else self.kind

    def read(self) -> Written | None:
        item = self.form.look(self._kind)
        if not self.about.is_valid() or self.form.found:
            return None
        said = self.about.cleaned_data
        return written_choices(item, said["outcome"], said["points"], before=self.newest)

    def context(self) -> dict[str, Any]:
        if self.act == "check":
            self.form.look(self._kind)
        is_begun = self.data is not None or self.item is not None
        return {
            "form": self.form,
            "advice": self.form.advice(self._kind) if is_begun else [],
            "is_checked": self.data is not None,
            "welsh": "cy" in self.form.languages,
        }


class _Fields(_Page):
    template = "publishing/bank/write_fields.html"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.about = AboutForm(self.bank, self.data, newest=self.newest, initial=self._start())
        start = fields_of(self.newest) if self.newest else "en:\n  prompt: \n"
        self.typed = self.data.get("fields", "") if self.data is not None else start
        self.faults: list[Any] = []

    def read(self) -> Written | None:
        is_valid = self.about.is_valid()
        outcome = self.about.cleaned_data.get("outcome") if is_valid else None
        written = self._look(outcome)
        return written if is_valid else None

    def context(self) -> dict[str, Any]:
        if self.act == "check":
            self._look(None)
        return {"typed": self.typed, "faults": self.faults, "is_checked": self.act == "check"}

    def _look(self, outcome: Any) -> Written | None:
        named = pictures_for(self.request.user, self.newest)
        written, self.faults = read_fields_of(self.kind, self.typed, outcome, named)
        return written


@for_keepers
@require_POST
def bank_check(request: HttpRequest, bank_key: str) -> HttpResponse:
    """What the checks say of the boxes as they stand; nothing is saved. For the page's script.

    `item` is the number of the item that the boxes were made from, if there is one.
    """
    bank, number = bank_at(bank_key), request.GET.get("item", "")
    item = get_object_or_404(bank.items, pk=number) if number.isdecimal() and len(number) < 10 else None
    named = pictures_for(request.user, newest_of(item) if item else None)
    languages = [code for code in ("en", "cy") if f"prompt-{code}" in request.POST] or ["en"]
    form = ChoicesForm(start_of(None, languages=languages), request.POST, taken=set(), named=named)
    kind = request.POST.get("kind", "")
    kind = kind if kind in KINDS else KINDS[0]
    form.look(kind)
    return render(
        request, "publishing/bank/_advice.html", {"form": form, "advice": form.advice(kind), "is_checked": True}
    )
