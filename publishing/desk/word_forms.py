"""The form that takes a Word file."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class WordForm(forms.Form):
    """A Word file, of which a draft is made."""

    file = forms.FileField(
        label=gettext_lazy("The Word file (DOCX)"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("At most %(most)s MB. The file itself is not kept.")
        self.fields["file"].help_text = words % {"most": settings.WORD_FILE_MAX_MB}

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.WORD_FILE_MAX_MB * 1_000_000:
            raise forms.ValidationError(
                _("This file is larger than %(most)s MB. Take out its pictures, or bring one chapter at a time.")
                % {"most": settings.WORD_FILE_MAX_MB}
            )
        return file
