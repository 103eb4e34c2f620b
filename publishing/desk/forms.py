"""Why a page is published although a check found something."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """The reason, which is kept."""

    reason = forms.CharField(
        label=_("Why is this published now?"),
        max_length=1000,
        error_messages={"required": _("Say why this is published all the same. The reason is kept.")},
        help_text=_("The reason is kept with your name and what the checks found. Name no child, family or colleague."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
