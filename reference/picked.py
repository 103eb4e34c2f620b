"""A column that holds some of a fixed set of choices, as a list of their values in the choices' own order."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class PickedField(models.JSONField):
    """Ticked in the editor as boxes. `choices_of` is a TextChoices; at least one unless `blank`.

    Migrations know it as a plain list, so that a new choice changes no table.
    """

    def __init__(self, *args: Any, choices_of: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.choices_of = choices_of
        super().__init__(*args, **{"default": list, **kwargs})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = self.choices_of.values if self.choices_of else []
        if not isinstance(value, list) or not set(map(str, value)) <= set(known):
            raise ValidationError(_("Choose from the list."))

    def formfield(self, **kwargs: Any) -> forms.Field:  # type: ignore[override]
        return forms.MultipleChoiceField(
            choices=self.choices_of.choices if self.choices_of else [],
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
        )
