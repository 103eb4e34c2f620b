"""What was kept of a Word file and what was not, in words."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import ngettext_lazy

from .losses import Code, Loss

_KEPT: dict[str, Any] = {
    "headings": ngettext_lazy("%(number)s heading, as a section", "%(number)s headings, as sections", "number"),
    "messages": ngettext_lazy("%(number)s key message", "%(number)s key messages", "number"),
    "paragraphs": ngettext_lazy("%(number)s paragraph", "%(number)s paragraphs", "number"),
    "items": ngettext_lazy("%(number)s item of a list", "%(number)s items of lists", "number"),
    "links": ngettext_lazy("%(number)s link", "%(number)s links", "number"),
    "grids": ngettext_lazy("%(number)s table", "%(number)s tables", "number"),
}
_LOST: dict[str, Any] = {
    Code.PICTURE: ngettext_lazy(
        "A picture was left out. What it showed:",
        "%(number)s pictures were left out. What they showed:",
        "number",
    ),
    Code.PICTURE_WITHOUT_WORDS: ngettext_lazy(
        "A picture was left out. It had no words that say what it shows: write them into the text if it matters.",
        "%(number)s pictures were left out. They had no words that say what they show: write them into the text if "
        "they matter.",
        "number",
    ),
    Code.DRAWING: ngettext_lazy(
        "A chart, drawing or embedded file was left out. Say in the text what it showed.",
        "%(number)s charts, drawings or embedded files were left out. Say in the text what they showed.",
        "number",
    ),
    Code.TEXT_BOX: ngettext_lazy(
        "The words of a text box stand after the paragraph it hung on.",
        "The words of %(number)s text boxes stand after the paragraphs they hung on.",
        "number",
    ),
    Code.FOOTNOTE: ngettext_lazy(
        "A footnote was left out. Put its words into the text, or make it a source of the page:",
        "%(number)s footnotes were left out. Put their words into the text, or make them sources of the page:",
        "number",
    ),
    Code.COMMENT: ngettext_lazy("A comment was left out.", "%(number)s comments were left out.", "number"),
    Code.INSERTED: ngettext_lazy(
        "A tracked change was taken as accepted: these words are in.",
        "%(number)s tracked changes were taken as accepted: these words are in.",
        "number",
    ),
    Code.DELETED: ngettext_lazy(
        "Words that a tracked change had deleted were left out.",
        "Words that %(number)s tracked changes had deleted were left out.",
        "number",
    ),
    Code.HIDDEN: ngettext_lazy(
        "Words set as hidden were left out.", "Words set as hidden in %(number)s places were left out.", "number"
    ),
    Code.EQUATION: ngettext_lazy(
        "An equation became plain words. Read it again:",
        "%(number)s equations became plain words. Read them again:",
        "number",
    ),
    Code.TABLE: ngettext_lazy(
        "A table became a list: one item for each row, with the heading of each column. It began with:",
        "%(number)s tables became lists: one item for each row, with the heading of each column. They began with:",
        "number",
    ),
    Code.TABLE_WITHOUT_HEADINGS: ngettext_lazy(
        "A table became a list, one item for each row: no row of it is set as headings. With its first row in bold in "
        "Word, each item says what its parts are. It began with:",
        "%(number)s tables became lists, one item for each row: no row of them is set as headings. With their first "
        "rows in bold in Word, each item says what its parts are. They began with:",
        "number",
    ),
    Code.TABLE_CAPTION: ngettext_lazy(
        "A table has the row of its headings for a caption. Say there what it compares:",
        "%(number)s tables have the row of their headings for a caption. Say there what they compare:",
        "number",
    ),
    Code.BOX: ngettext_lazy(
        "A frame around words was left out; the words are there.",
        "%(number)s frames around words were left out; the words are there.",
        "number",
    ),
    Code.CONTENTS: ngettext_lazy(
        "The table of contents was left out: pages make their own.",
        "The table of contents was left out: pages make their own.",
        "number",
    ),
    Code.HEADERS: ngettext_lazy(
        "A header or footer was left out:", "%(number)s headers and footers were left out:", "number"
    ),
    Code.DEEPER_HEADING: ngettext_lazy(
        "This heading stood below another one. It became a section like the others, because pages have one level.",
        "%(number)s headings stood below another one. They became sections like the others, because pages have one "
        "level.",
        "number",
    ),
    Code.LONG_HEADING: ngettext_lazy(
        "A heading is longer than a page can hold and became a paragraph:",
        "%(number)s headings are longer than a page can hold and became paragraphs:",
        "number",
    ),
    Code.BOLD_HEADING: ngettext_lazy(
        "A line in bold looks like a heading but is not set as one, so it is a paragraph. Make it a section if it is:",
        "%(number)s lines in bold look like headings but are not set as such, so they are paragraphs. Make them "
        "sections if they are:",
        "number",
    ),
    Code.QUOTATION: ngettext_lazy(
        "A quotation became a paragraph. Make it a quotation, and say whose words they are:",
        "%(number)s quotations became paragraphs. Make them quotations, and say whose words they are:",
        "number",
    ),
    Code.LINK: ngettext_lazy(
        "A link leads nowhere that a page can lead to. Its words are there, the link is not:",
        "%(number)s links lead nowhere that a page can lead to. Their words are there, the links are not:",
        "number",
    ),
    Code.INNER_LINK: ngettext_lazy(
        "A link to another place of the file was left out; its words are there:",
        "%(number)s links to other places of the file were left out; their words are there:",
        "number",
    ),
    Code.STRUCK: ngettext_lazy(
        "Words that were struck through now stand as the others do. Take them out if they were meant to go:",
        "Words that were struck through in %(number)s places now stand as the others do. Take them out if they were "
        "meant to go:",
        "number",
    ),
    Code.RAISED: ngettext_lazy(
        "Raised or lowered letters stand on the line now. Read them again:",
        "Raised or lowered letters in %(number)s places stand on the line now. Read them again:",
        "number",
    ),
    Code.DEEP_LIST: ngettext_lazy(
        "An item of a list stood deeper than the fifth level and moved up to it:",
        "%(number)s items of lists stood deeper than the fifth level and moved up to it:",
        "number",
    ),
    Code.NUMBERS_AGAIN: ngettext_lazy(
        "A numbered list after a paragraph begins at 1. If it went on counting in Word, say so in the text:",
        "%(number)s numbered lists after a paragraph begin at 1. If they went on counting in Word, say so in the text:",
        "number",
    ),
    Code.FEW_MESSAGES: ngettext_lazy(
        "A briefing has four key messages or more, and fewer came. Write the others on the page before you hand it in.",
        "A briefing has four key messages or more, and fewer came. Write the others on the page before you hand it in.",
        "number",
    ),
    Code.LONG_MESSAGE: ngettext_lazy(
        "The key messages stayed in the text, because one is longer than 250 letters:",
        "The key messages stayed in the text, because one is longer than 250 letters:",
        "number",
    ),
    Code.TITLE_OF_FILE: ngettext_lazy(
        "The file has no title, so the page has the name of the file. Give it a better one.",
        "The file has no title, so the page has the name of the file. Give it a better one.",
        "number",
    ),
    Code.WORDS: ngettext_lazy(
        "These words could not be brought over. Type them in if they matter:",
        "Words in %(number)s paragraphs could not be brought over. Type them in if they matter:",
        "number",
    ),
}


@dataclass(frozen=True)
class Said:
    """One loss in a sentence, and the words it is about."""

    sentence: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Under:
    """What is said of one place: a heading of the file; empty for what stands above the first, or everywhere."""

    heading: str
    said: list[Said]


def kept_in_words(kept: dict[str, int]) -> list[str]:
    """Only what there is."""
    return [str(words % {"number": kept[key]}) for key, words in _KEPT.items() if kept.get(key)]


def under_headings(losses: list[Loss]) -> list[Under]:
    """The losses in the order of the file, gathered under its headings."""
    return [
        Under(heading, [Said(str(_LOST[one.code] % {"number": one.count}), one.quotes) for one in found])
        for heading, found in groupby(losses, lambda one: one.where)
    ]
