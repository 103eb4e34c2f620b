"""What editors may write in a lesson. Limited to what a content file can carry, so nothing is lost on the way."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from toolkit.sanitise import TooMuchMarkup, sanitise
from wagtail import blocks
from wagtail.rich_text import RichText

RICH_TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol"]

key_shape = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use lower-case letters, digits and hyphens."))


class CleanRichTextBlock(blocks.RichTextBlock):
    """Rich text that passes the one seam whenever it is stored, whoever wrote it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    def clean(self, value: RichText) -> RichText:
        try:
            return super().clean(RichText(sanitise(value.source)))
        except TooMuchMarkup as refusal:
            raise ValidationError(str(refusal)) from refusal

    class Meta:
        description = _("Running text: paragraphs, lists, links.")
        preview_value = "<p>The hall was full. Two staff were on, where the plan said three.</p>"

    def value_for_form(self, value: RichText) -> str:
        """Wagtail's editor takes a break that is not closed for the beginning of something, and its page fails."""
        return str(super().value_for_form(value)).replace("<br>", "<br/>")

    def get_prep_value(self, value: RichText | None) -> str:
        stored = super().get_prep_value(value)
        return sanitise(stored) if stored else stored


class SectionBlock(blocks.StructBlock):
    """A heading inside a lesson, with an identifier that never changes: places and notes hang on it."""

    heading = blocks.CharBlock(max_length=150, label=_("Heading"))
    key = blocks.CharBlock(
        max_length=80,
        validators=[key_shape],
        label=_("Identifier"),
        help_text=_("Never change it once learners have read the lesson."),
    )

    class Meta:
        icon = "title"
        label = _("Section heading")
        description = _("Begins a part of the text. Readers’ places hang on it.")
        preview_value = {"heading": "One evening, told twice", "key": "told-twice"}
        template = "reference/blocks/section.html"


class KeyPointBlock(blocks.StructBlock):
    """One idea worth carrying away."""

    text = CleanRichTextBlock(label=_("Text"))

    class Meta:
        icon = "pick"
        label = _("Key point")
        description = _("One idea worth carrying away, set apart from the text.")
        preview_value = {
            "text": "<p>If you cannot see how a decent colleague could have done the same, there is more to ask.</p>"
        }
        template = "reference/blocks/key_point.html"


class QuotationBlock(blocks.StructBlock):
    """What somebody said, and who; invented voices say that they are."""

    text = CleanRichTextBlock(label=_("Words"))
    speaker = blocks.CharBlock(max_length=150, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("What somebody said, and who. Invented voices say that they are.")
        preview_value = {
            "text": "<p>She told me about the lifts because I was the one putting the chairs away.</p>",
            "speaker": "A youth worker, invented",
        }
        template = "reference/blocks/quotation.html"


class PageBody(blocks.StreamBlock):
    """A page's text: sections, and what stands under them."""

    section = SectionBlock()
    text = CleanRichTextBlock(label=_("Text"), template="reference/blocks/text.html")
    key_point = KeyPointBlock()
    quotation = QuotationBlock()

    def get_prep_value(self, value: blocks.StreamValue | None) -> Any:
        # Wagtail stores a block nobody has looked at as it came, past the seam; so each is looked at.
        for _block in value or ():
            pass
        return super().get_prep_value(value)

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        keys = [block.value["key"] for block in cleaned if block.block_type == "section"]
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        if repeated:
            raise blocks.StreamBlockValidationError(
                non_block_errors=[
                    _("Two sections share the identifier %(key)s. Give one a new one.") % {"key": repeated[0]}
                ]
            )
        return cleaned
