"""The editor's form of a film's page: a captions file, and transcript and chapters as lines anybody can write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reference.advice import WrittenPageForm
from reference.choices import Audience, Topic

from . import chapters, transcripts
from .captions import read_captions
from .completeness import missing_from
from .remarks import BadText, Remark


class LinesField(forms.CharField):
    """A list kept as data and written as lines; what cannot be read is named by its line."""

    widget = forms.Textarea

    def __init__(self, *, kept_form: Any, **kwargs: Any) -> None:
        self.kept_form = kept_form
        super().__init__(strip=False, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        read = self.kept_form.read_lines if self.kept_form is transcripts else self.kept_form.read_chapters
        return self.kept_form.written(read(value or []))

    def clean(self, value: Any) -> list[dict[str, Any]]:
        try:
            return list(self.kept_form.kept(self.kept_form.read_written(value or "")))
        except BadText as bad:
            raise _as_errors(bad) from bad

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or "").replace("\r\n", "\n"))


class CaptionsField(forms.CharField):
    """Captions as WebVTT or SRT; kept as WebVTT."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        text = (super().clean(value) or "").replace("\r\n", "\n")
        try:
            return read_captions(text).as_webvtt() if text.strip() else ""
        except BadText as bad:
            raise _as_errors(bad) from bad


def _as_errors(bad: BadText) -> ValidationError:
    return ValidationError([str(fault) for fault in bad.faults[:20]])


class FilmPageForm(WrittenPageForm):
    """Drafts may lack anything; to publish, or to hand in for publishing, the film must be whole (completeness.py)."""

    captions_file = forms.FileField(
        label=_("Captions from a file"),
        required=False,
        help_text=_("WebVTT or SRT, as UTF-8 text. It takes the place of the captions below."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
    )
    captions = CaptionsField(label=_("Captions"), required=False)
    transcript = LinesField(
        kept_form=transcripts,
        label=_("Transcript"),
        help_text=_("A line for each: “0:12 Narrator: The words.” or “0:00 [What is seen.]”"),
    )
    chapters = LinesField(
        kept_form=chapters, label=_("Chapters"), help_text=_("A line for each: “1:00 A health visitor’s afternoon”")
    )
    audience = forms.MultipleChoiceField(
        label=_("For whom"), required=False, choices=Audience.choices, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )

    mended: tuple[Remark, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if upload := cleaned.get("captions_file"):
            self._take_captions(upload.read(), cleaned)
        return cleaned

    def _take_captions(self, content: bytes, cleaned: dict[str, Any]) -> None:
        try:
            captions = read_captions(content)
        except BadText as bad:
            self.add_error("captions_file", _as_errors(bad))
            return
        cleaned["captions"] = captions.as_webvtt()
        self.mended = self.instance.mended_captions = captions.mended
        self.errors.pop("captions", None)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        for field, words in missing_from(self.instance):
            self.add_error(field if field in self.fields else None, words)
