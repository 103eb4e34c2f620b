"""The number of a briefing on its form."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel


class NumberPanel(FieldPanel):
    """Shows the number, which nobody types; a briefing that has none yet gets the next one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "read_only": True})

    class BoundPanel(FieldPanel.BoundPanel):
        @cached_property
        def value_from_instance(self) -> str:
            return self.instance.number or _("The next one, when this is saved.")
