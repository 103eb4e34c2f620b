"""What editors fill in that is a list: one to a line."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reference.advice import WrittenPageForm
from reference.forms import LinesField

from .see_also import ADDRESS


class BriefingForm(WrittenPageForm):
    """A briefing; what to see besides, one address to a line."""

    see_also = LinesField(
        required=False,
        label=gettext_lazy("See also"),
        help_text=gettext_lazy("Addresses on this site, one to a line, such as /films/why-did-it-make-sense/."),
    )

    def clean_see_also(self) -> list[str]:
        addresses: list[str] = self.cleaned_data["see_also"]
        if strange := [one for one in addresses if not re.fullmatch(ADDRESS, one)]:
            raise ValidationError(_("“%(address)s” is not an address on this site.") % {"address": strange[0]})
        return addresses


class ReportForm(WrittenPageForm):
    """A report; its authors one to a line."""

    authors = LinesField(label=gettext_lazy("Authors"), help_text=gettext_lazy("One to a line."))
