"""What is asked of a form before the desk reads it, and which faults are the form's. Pure.

Wagtail's editor takes what its own scripts wrote for granted: numbers of parts, a rich text's JSON, the version that is
written over. Whoever writes a form by hand met a fault of ours in each of these places.
"""

import json
import re
from collections.abc import Iterator
from traceback import walk_tb
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.datastructures import MultiValueDictKeyError

VERSIONS = ("overwrite_revision_id", "loaded_revision_id")  # read as numbers of rows wherever the desk saves
_NUMBER = re.compile("[0-9]{0,18}")
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_READING_FAILS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def is_as_browsers_send(posted: QueryDict) -> bool:
    """Whether versions are numbers, and every text, those within JSON too, is one a database keeps."""
    if not all(_NUMBER.fullmatch(value) for name in VERSIONS for value in posted.getlist(name)):
        return False
    return not any(_UNKEPT.search(text) for values in posted.lists() for value in values[1] for text in _texts(value))


def are_rows(chosen: list[str]) -> bool:
    """Whether what is to be acted on at once is named by numbers of rows, or is all of a list."""
    return all(one == "all" or _NUMBER.fullmatch(one) for one in chosen)


def came_of_reading(error: Exception) -> bool:
    """Whether a form had lost a field, or an error came up while a form read its fields."""
    if isinstance(error, MultiValueDictKeyError):
        return True
    reading = BaseForm._clean_fields.__code__  # type: ignore[attr-defined]
    frames = (frame.f_code for frame, _line in walk_tb(error.__traceback__))
    return isinstance(error, _READING_FAILS) and reading in frames


def _texts(value: Any) -> Iterator[str]:
    """A posted value; of JSON, such as a rich text, each text in it, keys as well."""
    yield value
    if value[:1] in ("{", "[", '"'):
        try:
            yield from _within(json.loads(value))
        except (ValueError, RecursionError):  # what cannot be read is for its field to say
            return


def _within(read: Any) -> Iterator[str]:
    waiting = [read]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
