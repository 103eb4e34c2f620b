"""The box."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .terms import asked

LONGEST = 200
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # a pasted tab or null byte is a space


class QuestionForm(forms.Form):
    """What somebody looks for, in their own words."""

    q = forms.CharField(
        label=gettext_lazy("What are you looking for?"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={
            "required": gettext_lazy("Write a word or two to look for."),
            "max_length": gettext_lazy("Write at most 200 characters. A few words are enough."),
        },
    )

    def __init__(self, typed: str | None = None) -> None:
        super().__init__(None if typed is None else {"q": " ".join(_UNSEEN.sub(" ", typed).split())})

    def clean_q(self) -> Any:
        question = self.cleaned_data["q"]
        if not asked(question, most=1):
            raise ValidationError(
                _("There is no word in this to look for. Write a word of the subject, such as “hindsight”.")
            )
        return question
