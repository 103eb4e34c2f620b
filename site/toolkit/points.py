"""Exact points: a whole numerator and denominator, compared as fractions, possibly negative."""

import re
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_WRITTEN = re.compile(r"-?[0-9]{1,18}(/[1-9][0-9]{0,17})?")


def read_points(text: str) -> Fraction:
    """'17/3' or '2' as a Fraction. Raises ValueError for anything else, floats and percentages included."""
    if not _WRITTEN.fullmatch(text):
        raise ValueError(f"{text!r} is not a whole number or a fraction such as 17/3")
    return Fraction(text)


class PointsField(models.CharField):
    """Stores a Fraction as canonical text ('17/3', '2', '-1/2'), so that equal points are equal in the database.

    Sums and comparisons are made in Python, on Fractions; the text does not sort as a number.
    """

    description = _("Exact points")

    # What goes in and comes out, for the type checker.
    _pyi_private_set_type: Fraction | int | str  # type: ignore[assignment]
    _pyi_private_get_type: Fraction  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 40
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Fraction | None:
        return None if value is None else Fraction(value)

    def to_python(self, value: Any) -> Fraction | None:
        if value is None or isinstance(value, Fraction):
            return value
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValidationError(_("Points are whole numbers or fractions such as 17/3."), code="not_exact")
        try:
            return Fraction(value) if isinstance(value, int) else read_points(value)
        except ValueError as error:
            raise ValidationError(str(error), code="not_exact") from error

    def get_prep_value(self, value: Any) -> str | None:
        points = self.to_python(value)
        return None if points is None else str(points)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
