"""What editors may write in a lesson: a page's text, films of other hosts and practice among it."""

from media.blocks import EmbeddedFilmBlock
from reference.blocks import CleanRichTextBlock, PageBody

from .drawn_blocks import DrawnListBlock
from .practice_blocks import MarkBlock, RateBlock, ReflectionBlock, RewriteBlock, SortBlock


class LessonBody(PageBody):
    """A lesson's text. A film of another host comes with its title and our transcript."""

    embedded_film = EmbeddedFilmBlock()
    drawn_list = DrawnListBlock()
    sort_into_two = SortBlock()
    mark_the_words = MarkBlock()
    rewrite_and_compare = RewriteBlock()
    rate_reveal_rate = RateBlock()
    reflection = ReflectionBlock()


__all__ = ["CleanRichTextBlock", "LessonBody"]  # the first migrations know the former by this address
