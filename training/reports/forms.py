"""How long an address of a report is to work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .addresses import DAYS


class AddressForm(forms.Form):
    """One question; the shortest time is chosen at first."""

    days = forms.TypedChoiceField(
        label=_("How long is it to work?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how long the address is to work."),
            "invalid_choice": _("Choose how long the address is to work."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(days, ngettext("%(count)s day", "%(count)s days", days) % {"count": days}) for days in DAYS]
        self.fields["days"].choices = words  # type: ignore[attr-defined]
        self.fields["days"].initial = DAYS[0]
