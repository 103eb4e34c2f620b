"""Whom to write to and in what words: a box for each person, a text for each reason and language."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..choices import Reason
from .nudge_words import template_for, unknown_places
from .nudging import Addressee

LONGEST = 2000
_ADDRESS_ALONE = re.compile(r"^\s*https?://\S+\s*$", re.MULTILINE)


class _People(forms.MultipleChoiceField):
    """Takes whoever was ticked: some may have left or been written to since, and `chosen` leaves them out."""

    def valid_value(self, value: str) -> bool:
        return True


class NudgeForm(forms.Form):
    """`people` holds those that may be written to; each text is named after its pattern."""

    people = _People(
        label=gettext_lazy("Who is written to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one person, or go back to the board.")},
    )

    def __init__(self, data: Any, *, offered: Iterable[Addressee]) -> None:
        super().__init__(data)
        self.offered = [one for one in offered if not one.refusal]
        self.fields["people"].choices = [(str(one.run.uuid), one.row.name) for one in self.offered]  # type: ignore[attr-defined]
        self.fields["people"].initial = [str(one.run.uuid) for one in self.offered]
        for one in self.offered:
            if _field(one.pattern) not in self.fields:
                self.fields[_field(one.pattern)] = self._text_field(one)

    def _text_field(self, one: Addressee) -> forms.CharField:
        alike = sum(other.pattern == one.pattern for other in self.offered)
        language = one.run.learner.language
        with translation.override(language):
            template = template_for(one.reason)
        return forms.CharField(
            label=_label(one.reason, language, alike),
            initial=template,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 8, "lang": language}),
            validators=[_known_places, _no_address_alone],
        )

    @property
    def chosen(self) -> list[Addressee]:
        """Those ticked."""
        ticked = set(self.cleaned_data["people"])
        return [one for one in self.offered if str(one.run.uuid) in ticked]

    @property
    def texts(self) -> dict[str, str]:
        """The words by pattern."""
        return {one.pattern: self.cleaned_data[_field(one.pattern)] for one in self.offered}

    def sent_again(self) -> list[tuple[str, str]]:
        """Names and values of everything given, for a page that asks once more."""
        people = [("people", uuid) for uuid in self.cleaned_data["people"]]
        return people + [(name, value) for name, value in self.cleaned_data.items() if name != "people"]


def _field(pattern: str) -> str:
    return f"text_{pattern}"


def _label(reason: str, language: str, count: int) -> str:
    values = {
        "reason": str(Reason(reason).label) if reason else _("What comes next"),
        "language": dict(settings.LANGUAGES)[language],
        "count": count,
    }
    words = ngettext(
        "“%(reason)s”: the words for %(count)s person, in %(language)s",
        "“%(reason)s”: the words for %(count)s people, in %(language)s",
        count,
    )
    return words % values


def _known_places(words: str) -> None:
    """Raises ValidationError for braces that nothing is filled into."""
    if unknown := unknown_places(words):
        message = _("Nothing is filled in at %(places)s. What can be filled in: {name}, {due} and {cohort}.")
        raise ValidationError(message % {"places": ", ".join(unknown)})


def _no_address_alone(words: str) -> None:
    """Raises ValidationError for a line that would become the letter's button."""
    if _ADDRESS_ALONE.search(words):
        raise ValidationError(_("Put the web address inside a sentence: alone on its line it would become the button."))
