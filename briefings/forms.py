"""What editors fill in that is a list: one to a line."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reference.advice import WrittenPageForm
from reference.forms import LinesField

from .see_also import ADDRESS
from .team_pack import step_of, written_step


class AgendaField(LinesField):
    """The steps of a meeting, one to a line, each beginning with its minutes."""

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value([written_step(one) for one in value] if isinstance(value, list) else value)

    def to_python(self, value: Any) -> Any:
        return [step_of(line) for line in super().to_python(value)]

    def validate(self, value: Any) -> None:
        super().validate([written_step(one) for one in value])


class BriefingForm(WrittenPageForm):
    """A briefing; what to see besides, one address to a line; its team pack, one step or question to a line."""

    see_also = LinesField(
        required=False,
        label=gettext_lazy("See also"),
        help_text=gettext_lazy("Addresses on this site, one to a line, such as /films/why-did-it-make-sense/."),
    )

    team_agenda = AgendaField(
        required=False,
        label=gettext_lazy("Agenda for a team meeting"),
        help_text=gettext_lazy("Three to six steps, one to a line, each beginning with its minutes: 20 in all."),
    )
    team_questions = LinesField(
        required=False,
        label=gettext_lazy("Questions for a team meeting"),
        help_text=gettext_lazy("Exactly three, one to a line, about the work and never about who is to blame."),
    )

    def clean_see_also(self) -> list[str]:
        addresses: list[str] = self.cleaned_data["see_also"]
        if strange := [one for one in addresses if not re.fullmatch(ADDRESS, one)]:
            raise ValidationError(_("“%(address)s” is not an address on this site.") % {"address": strange[0]})
        return addresses


class ReportForm(WrittenPageForm):
    """A report; its authors one to a line."""

    authors = LinesField(label=gettext_lazy("Authors"), help_text=gettext_lazy("One to a line."))
