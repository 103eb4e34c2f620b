"""Sweeps of the worker: a row that cannot be done keeps none of the others waiting."""

from collections.abc import Callable, Iterable
from logging import getLogger
from typing import TypeVar

from django.db import InterfaceError, OperationalError
from django.db.models import Model

logger = getLogger(__name__)
Row = TypeVar("Row", bound=Model)
Answer = TypeVar("Answer")


def do_each(rows: Iterable[Row], act: Callable[[Row], Answer]) -> list[Answer]:
    """What came of the rows that could be done; any other is logged by its key and left for the next sweep.

    A database that is away is no row's fault: it ends the sweep.
    """
    answers = []
    for row in rows:
        try:
            answers.append(act(row))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            # Whatever is wrong with one row would otherwise stop every later one, at this sweep and all that follow.
            logger.exception("%s %s could not be swept", row._meta.label_lower, row.pk)
    return answers
