"""What editors may write in a lesson: a page's text, and films of other hosts among it."""

from media.blocks import EmbeddedFilmBlock
from reference.blocks import CleanRichTextBlock, PageBody


class LessonBody(PageBody):
    """A lesson's text. A film of another host comes with its title and our transcript."""

    embedded_film = EmbeddedFilmBlock()


__all__ = ["CleanRichTextBlock", "LessonBody"]  # the first migrations know the former by this address
