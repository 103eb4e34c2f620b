"""The editor's field of what is kept as data and written as lines: versions are compared as lines, too."""

from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.compare import TextFieldComparison, diff_text
from wagtail.admin.panels import FieldPanel

from reference.compared import in_lines

from .forms import FilmPageForm
from .remarks import BadText


class LinesCompared(TextFieldComparison):
    """Two versions of a transcript or of chapters, word by word."""

    def htmldiff(self) -> SafeString:
        return in_lines(diff_text(self._written(self.val_a), self._written(self.val_b)).to_html())

    def _written(self, value: Any) -> str:
        try:
            return str(FilmPageForm.base_fields[self.field.name].prepare_value(value))
        except BadText:  # a draft may hold what cannot be read
            return str(value)


class LinesPanel(FieldPanel):
    """A field of the form named like the column it fills."""

    def get_comparison_class(self) -> type[LinesCompared]:
        return LinesCompared
