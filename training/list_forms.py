"""The form that sends a list in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enrolments.lists.reading import refuse_too_large
from enrolments.lists.refusals import ListRefused
from enrolments.models import Cohort, CohortOffer

CHOOSE_AGAIN = _("Choose the file again: a browser does not keep it.")


class ListForm(forms.Form):
    """A file, and which of the cohorts offered to the organisation its people are booked into."""

    cohort = forms.ChoiceField(
        label=_("Which cohort?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a cohort."), "invalid_choice": _("Choose one of these cohorts.")},
    )
    file = forms.FileField(
        label=_("The list, an XLSX or CSV file"),
        help_text=_("At most 10 MB and 10,000 lines. Nothing is booked yet: you see a report first."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, offers: QuerySet[CohortOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cohorts = {str(offer.cohort.uuid): offer.cohort for offer in offers}
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(uuid, cohort.name) for uuid, cohort in self._cohorts.items()]

    def clean_cohort(self) -> Cohort:
        return self._cohorts[self.cleaned_data["cohort"]]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            refuse_too_large(file.size or 0)
        except ListRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file

    def clean(self) -> dict[str, Any]:
        if self.errors and "file" in self.cleaned_data:
            self.add_error("file", str(CHOOSE_AGAIN))
        return self.cleaned_data

    def refuse(self, refused: ListRefused) -> None:
        """Say at the file why it was refused."""
        self.add_error("file", f"{refused} {CHOOSE_AGAIN}")
