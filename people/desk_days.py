"""Days in fields of the desk as they are written in Britain, whatever language somebody chose for their desk."""

from django import forms
from django.utils.formats import get_format
from wagtail.admin.widgets import AdminDateInput

SHOWN = "%d/%m/%Y"


def british_days(form: forms.BaseForm, *names: str) -> None:
    """Show these fields as 31/12/2026; they take that, what the desk's language writes, and 2026-12-31."""
    for name in names:
        field = form.fields[name]
        assert isinstance(field, forms.DateField)
        field.input_formats = [SHOWN, *get_format("DATE_INPUT_FORMATS")]
        field.widget = AdminDateInput(format=SHOWN)
        field.widget.is_required = field.required
