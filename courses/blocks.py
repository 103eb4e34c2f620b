"""What editors may write in a lesson: a page's text, and pictures, tables, terms, films and practice among it."""

from media.blocks import EmbeddedFilmBlock, PictureBlock
from reference.blocks import CleanRichTextBlock, PageBody, TermBlock

from .drawn_blocks import DrawnListBlock
from .practice_blocks import MarkBlock, RateBlock, ReflectionBlock, RewriteBlock, SortBlock
from .table_block import TableBlock


class LessonBody(PageBody):
    """A lesson's text. A picture comes with what it shows in words, a film of another host with our transcript."""

    picture = PictureBlock()
    embedded_film = EmbeddedFilmBlock()
    term = TermBlock()
    table = TableBlock()
    drawn_list = DrawnListBlock()
    sort_into_two = SortBlock()
    mark_the_words = MarkBlock()
    rewrite_and_compare = RewriteBlock()
    rate_reveal_rate = RateBlock()
    reflection = ReflectionBlock()


__all__ = ["CleanRichTextBlock", "LessonBody"]  # the first migrations know the former by this address
