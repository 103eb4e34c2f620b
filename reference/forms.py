"""What editors fill in for a source, a term or a legal statement: lists one to a line, boxes for each language."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.days import site_day
from wagtail.admin.forms import WagtailAdminModelForm

from .models import GlossaryTerm, LegalStatement

MOST_LINES, LONGEST_LINE = 30, 150


class LinesField(forms.CharField):
    """A list of short texts, one to a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINES or any(len(line) > LONGEST_LINE for line in value):
            raise ValidationError(_("Write at most 30 lines of at most 150 characters."))


class SourceForm(WagtailAdminModelForm):
    """A source; its authors one to a line."""

    authors = LinesField(required=False, label=gettext_lazy("Authors"), help_text=gettext_lazy("One to a line."))


def _text_boxes() -> dict[str, forms.Field]:
    """`text_en`, `text_cy` and so on, one for each language of the site."""
    return {
        f"text_{code}": forms.CharField(
            max_length=1500,
            required=code == settings.LANGUAGE_CODE,
            widget=forms.Textarea(attrs={"rows": 4}),
            label=format_lazy("{}: {}", language, gettext_lazy("what the law says")),
        )
        for code, language in settings.LANGUAGES
    }


Texts = type("Texts", (forms.Form,), _text_boxes())


class StatementForm(WagtailAdminModelForm, Texts):  # type: ignore[misc,valid-type]
    """A legal statement: in English always. Welsh law in Welsh is a text of its own, not a translation of England's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.initial[f"text_{code}"] = self.instance.texts.get(code, "")
        if self.instance.pk:
            self.fields["key"].disabled = True

    def clean_checked_on(self) -> date | None:
        day: date | None = self.cleaned_data["checked_on"]
        if day and day > site_day():
            raise ValidationError(_("Choose today or a day that has passed."))
        return day

    def save(self, commit: bool = True) -> LegalStatement:
        texts = {code: self.cleaned_data.get(f"text_{code}", "") for code, _name in settings.LANGUAGES}
        self.instance.texts = {code: " ".join(text.split()) for code, text in texts.items() if text.strip()}
        saved: LegalStatement = super().save(commit)
        return saved


def _boxes() -> dict[str, forms.Field]:
    """The form fields `term_en`, `meaning_en`, `term_cy` and so on, one pair for each language of the site."""
    boxes: dict[str, forms.Field] = {}
    for code, language in settings.LANGUAGES:
        needed = code == settings.LANGUAGE_CODE
        boxes[f"term_{code}"] = forms.CharField(
            max_length=100, required=needed, label=format_lazy("{}: {}", language, gettext_lazy("term"))
        )
        boxes[f"meaning_{code}"] = forms.CharField(
            max_length=1000,
            required=needed,
            widget=forms.Textarea(attrs={"rows": 3}),
            label=format_lazy("{}: {}", language, gettext_lazy("meaning")),
        )
    return boxes


Wordings = type("Wordings", (forms.Form,), _boxes())


class TermForm(WagtailAdminModelForm, Wordings):  # type: ignore[misc,valid-type]
    """A term: in English always, in other languages whole or not at all."""

    see = LinesField(
        required=False, label=gettext_lazy("See also"), help_text=gettext_lazy("Keys of other terms, one to a line.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.initial[f"term_{code}"] = self.instance.terms.get(code, "")
            self.initial[f"meaning_{code}"] = self.instance.meanings.get(code, "")

    def clean_see(self) -> list[str]:
        keys: list[str] = self.cleaned_data["see"]
        known = set(GlossaryTerm.objects.filter(key__in=keys).values_list("key", flat=True))
        if unknown := [key for key in keys if key not in known]:
            raise ValidationError(_("There is no term with the key “%(key)s”.") % {"key": unknown[0]})
        return keys

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for code, _name in settings.LANGUAGES:
            if bool(cleaned.get(f"term_{code}")) != bool(cleaned.get(f"meaning_{code}")):
                self.add_error(f"meaning_{code}", _("Write both the term and its meaning, or neither."))
        return cleaned

    def save(self, commit: bool = True) -> GlossaryTerm:
        written = [code for code, _name in settings.LANGUAGES if self.cleaned_data.get(f"term_{code}")]
        self.instance.terms = {code: self.cleaned_data[f"term_{code}"] for code in written}
        self.instance.meanings = {code: self.cleaned_data[f"meaning_{code}"] for code in written}
        saved: GlossaryTerm = super().save(commit)
        return saved
