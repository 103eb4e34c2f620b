"""A Word file as a page: what is made of it, and what is not kept. Nothing is written."""

from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from django.utils.translation import gettext as _
from toolkit.office_zips import DAMAGED

from .built import Made, make
from .flow import Flow, read_flow
from .losses import Loss
from .missed import note_missed
from .parts import Parts, WordRefused
from .prepared import Prepared, prepare

_UNREADABLE = (*DAMAGED, ParseError, ExpatError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Brought:
    """A page out of a Word file, and what did not come with it."""

    made: Made
    losses: list[Loss]


def read_word(file: IO[bytes], name: str, *, with_messages: bool = False, with_tables: bool = False) -> Brought:
    """Raises WordRefused. `with_messages`: the page opens with key messages; `with_tables`: it may hold tables."""
    ready = prepare(Parts(file))
    flow = _flow(ready, with_tables=with_tables)
    if not flow.pieces and not flow.title:
        raise WordRefused(_("There are no words in this Word file that a page could be made of."))
    made = make(flow, ready.losses, name=name, with_messages=with_messages)
    note_missed(made, flow, ready.paragraphs, ready.losses)
    return Brought(made, ready.losses.told(made.headings))


def _flow(ready: Prepared, *, with_tables: bool) -> Flow:
    try:
        return read_flow(ready.file, ready.levels, ready.losses, with_tables=with_tables)
    except _UNREADABLE as error:
        words = _("This Word file cannot be read. Open it in Word, save it anew as DOCX, and send it again.")
        raise WordRefused(words) from error
