"""An extract to be coded, against what a panel of experts agreed on; how they voted is shown afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.scoring import code_points

from .asking import Given, Shown
from .base import FileFields, ItemFault, Json, check_choices
from .choosing import ChoosingType


class CodeExtract(ChoosingType):
    """Codes are the choices, in the order of the framework (never by how often they fit): {"chosen": [codes]}.

    The key is {"correct": [consensus], "accepted": [alternatives], "votes": {code: how many}, "experts": how many}.
    """

    kind = "code_extract"
    label = gettext_lazy("Code an extract")
    scoring_rule = "consensus_codes"
    mixes = False
    asked_template = "assessments/items/extract.html"
    reviewed_template = "assessments/items/extract_reviewed.html"
    hint = gettext_lazy(
        "Choose every code that the extract supports. "
        "A code the panel did not find there costs what a fitting one earns."
    )

    def check(self, structure: Json, key: Json) -> None:
        check_choices(structure, {"correct": [*key.get("correct", []), *key.get("accepted", [])]})
        experts, votes = key.get("experts"), key.get("votes", {})
        if not key.get("correct"):
            raise ItemFault("the consensus holds at least one code", field="consensus")
        if set(key["correct"]) & set(key["accepted"]):
            raise ItemFault("a code is in the consensus or accepted beside it, not both", field="accepted")
        if not isinstance(experts, int) or not 3 <= experts <= 99:
            raise ItemFault("“experts” says how many coded it: three or more", field="experts")
        if any(code not in structure["choices"] or _is_no_vote(count, experts) for code, count in votes.items()):
            raise ItemFault("votes are for codes that are there, from 0 to the number of experts", field="votes")
        if split := [code for code in key["correct"] if 2 * votes.get(code, 0) <= experts]:
            raise ItemFault(f"no majority of the experts chose {', '.join(split)}", field="consensus")

    def share(self, value: Mapping[str, Any] | None, key: Json, structure: Json) -> Fraction:
        chosen = frozenset((value or {}).get("chosen", []))
        return code_points(chosen, frozenset(key["correct"]), frozenset(key["accepted"]))

    def wrong(self, key: Json, structure: Json) -> Json:
        fitting = {*key["correct"], *key["accepted"]}
        return {"chosen": [choice for choice in structure["choices"] if choice not in fitting][:1]}

    def asked(self, given: Given) -> Shown:
        return replace(super().asked(given), passage=given.texts["passage"])

    def reviewed(self, given: Given, key: Json) -> Shown:
        shown = super().reviewed(given, key)
        choices = [
            replace(one, note=_votes_in_words(code, key)) for code, one in zip(given.order, shown.choices, strict=True)
        ]
        return replace(shown, choices=choices, passage=given.texts["passage"])

    def texts_from(self, inner: FileFields) -> Json:
        return {"passage": inner.text("extract"), **super().texts_from(inner)}

    def key_from(self, fields: FileFields, texts: Mapping[str, Json], structure: Json) -> Json:
        votes = fields.mapping("votes")
        return {
            "correct": sorted(fields.words("consensus")),
            "accepted": sorted(fields.words("accepted")),
            "votes": {code: votes.get(code) for code in votes.names()} if votes else {},
            "experts": fields.get("experts"),
        }

    def key_to(self, key: Json, structure: Json) -> Json:
        return {
            "consensus": key["correct"],
            "accepted": key["accepted"],
            "experts": key["experts"],
            "votes": {code: key["votes"][code] for code in structure["choices"] if code in key["votes"]},
        }

    def texts_to(self, texts: Json, structure: Json) -> Json:
        rest = super().texts_to(texts, structure)
        return {"prompt": rest["prompt"], "extract": texts["passage"], "choices": rest["choices"]}


def _is_no_vote(count: Any, experts: int) -> bool:
    return not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= experts


def _votes_in_words(code: str, key: Json) -> str:
    values = {"votes": key["votes"].get(code, 0), "experts": key["experts"]}
    said = _("%(votes)s of %(experts)s experts chose it.") % values
    return f"{said} {_('It is accepted beside the consensus, and costs nothing.')}" if code in key["accepted"] else said
