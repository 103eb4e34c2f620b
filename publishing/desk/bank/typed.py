"""Questions typed as plain text, many at once: looked at with every fault by its line, then saved all or none."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from toolkit.typed import typed_text

from assessments.bank import write_items
from assessments.choice_writing import Finding, advice
from assessments.items import TYPES
from assessments.models import ItemBank, ItemVersion
from assessments.previews import Preview, preview_of
from assessments.typed_items import MOST_TYPED, LineFault, TypedItem, read_typed
from courses.models import LearningOutcome
from publishing.item_words import Named

from .access import bank_at, for_keepers
from .item_forms import written_choices
from .lists import outcomes_of
from .words import pictures_for, worded

LONGEST = 200_000


@dataclass
class Seen:
    """One question as it would be, or what is wrong with it."""

    number: int
    typed: TypedItem
    kind: Any
    outcome: LearningOutcome | None
    faults: list[LineFault]
    advice: list[Finding]
    preview: Preview | None


@for_keepers
def bank_type(request: HttpRequest, bank_key: str) -> HttpResponse:
    """The box, and under it what stands in it as questions."""
    bank = bank_at(bank_key)
    text = request.POST.get("typed", "")
    outcome = request.POST.get("outcome", "")
    seen = _seen(bank, text, outcome, pictures_for(request.user)) if request.method == "POST" else []
    faults = [fault for one in seen for fault in one.faults]
    faults += _of_all(text, seen) if request.method == "POST" else []
    if seen and not faults and request.POST.get("act") == "save":
        return _save(request, bank, seen)
    context = {
        "bank": bank,
        "typed": text,
        "seen": seen,
        "faults": faults,
        "is_looked_at": request.method == "POST",
        "outcomes": outcomes_of(bank),
        "outcome": outcome,
    }
    return render(request, "publishing/bank/type.html", context, status=422 if faults else 200)


def _seen(bank: ItemBank, text: str, outcome: str, named: Named) -> list[Seen]:
    taught = {one.code: one for one in outcomes_of(bank)}
    cleaned = typed_text(text[:LONGEST])
    return [
        _one(number, read, taught, named)
        for number, read in enumerate(read_typed(cleaned, outcome=outcome)[: MOST_TYPED + 1], start=1)
    ]


def _one(number: int, read: TypedItem, taught: dict[str, LearningOutcome], named: Named) -> Seen:
    outcome, faults = taught.get(read.outcome), list(read.faults)
    read.item, unread = worded(read.item, named)
    faults += [LineFault(read.line_of(finding), finding.sentence) for finding in unread]
    if read.outcome and outcome is None:
        sentence = _("%(code)s is no learning outcome of this course.")
        faults.append(LineFault(read.line, sentence % {"code": read.outcome}))
    preview = None
    if outcome and not faults:
        version = ItemVersion(
            kind=read.item.kind,
            learning_outcome=outcome,
            structure=read.item.structure,
            key=read.item.key,
            max_score=Fraction(1),
            texts=read.item.texts,
        )
        preview = preview_of(version, position=number)
    return Seen(number, read, TYPES[read.item.kind], outcome, faults, advice(read.item), preview)


def _of_all(text: str, seen: list[Seen]) -> list[LineFault]:
    if len(text) > LONGEST:
        return [LineFault(1, _("This is longer than 200,000 characters. Save a part of it first."))]
    if len(seen) > MOST_TYPED:
        return [LineFault(seen[-1].typed.line, _("At most 200 questions go in at once. Save a part of them first."))]
    return [] if seen else [LineFault(1, _("There is no question here yet."))]


def _save(request: HttpRequest, bank: ItemBank, seen: list[Seen]) -> HttpResponse:
    written = [written_choices(one.typed.item, one.outcome, 1) for one in seen if one.outcome]
    write_items(bank, written, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    done = ngettext("%(count)s question saved as a draft.", "%(count)s questions saved as drafts.", len(written))
    messages.success(request, done % {"count": len(written)})
    return redirect("bank", bank.key)
