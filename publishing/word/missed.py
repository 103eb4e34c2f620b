"""Words that a Word file says and the page made of it does not, whoever dropped them. Pure.

So that nothing is lost without a word does not hang on anybody having thought of every case.
"""

import unicodedata
from html.parser import HTMLParser

from .built import Made
from .flow import Flow
from .losses import Code, Losses


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def letters_of(words: str) -> str:
    """Its letters and digits alone, by which words are found again however they are set."""
    return "".join(one for one in unicodedata.normalize("NFKC", words) if one.isalnum())


def note_missed(made: Made, flow: Flow, paragraphs: list[str], losses: Losses) -> None:
    """Each paragraph is looked for from where the one before was found, then everywhere."""
    there, place = letters_of(_said(made, flow)), 0
    for words in paragraphs:
        letters = letters_of(words)
        found = there.find(letters, place)
        found = there.find(letters) if found < 0 else found
        if found < 0:
            losses.note(Code.WORDS, "", words)
        else:
            place = found


def _said(made: Made, flow: Flow) -> str:
    reader = _Reader()
    for block in made.body:
        if block["type"] == "text":
            reader.feed(block["value"])
        elif block["type"] == "table":
            grid = block["value"]["table"]
            reader.found += [one["heading"] for one in grid["columns"]]
            reader.found += [words for row in grid["rows"] for words in row["values"]]
        else:
            reader.found.append(block["value"]["heading"])
    reader.close()
    return "".join([made.title, made.lead, *made.messages, *reader.found, *flow.dropped])
