"""What editors may write in a lesson. Limited to what a content file can carry, so nothing is lost on the way."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from toolkit.days import site_day
from toolkit.icons import CHOICES
from toolkit.sanitise import TooMuchMarkup, sanitise
from wagtail import blocks
from wagtail.rich_text import RichText

from .alphabet import sort_key
from .compared import ChoiceCompared, ComparedBlock, RichTextCompared
from .glossary import terms_shown
from .law import statement_shown
from .models import GlossaryTerm, LegalStatement

LONGEST_OFFERED = 120
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

    def get_comparison_class(self) -> type[RichTextCompared]:
        return RichTextCompared

    def value_for_form(self, value: RichText) -> str:
        """Wagtail's editor takes a break that is not closed for the beginning of something, and its page fails."""
        return str(super().value_for_form(value)).replace("<br>", "<br/>")

    def get_prep_value(self, value: RichText | None) -> str:
        stored = super().get_prep_value(value)
        return sanitise(stored) if stored else stored


class SectionBlock(ComparedBlock):
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


class KeyPointBlock(ComparedBlock):
    """One idea worth carrying away."""

    text = CleanRichTextBlock(label=_("Text"))
    icon = blocks.ChoiceBlock(choices=CHOICES, required=False, label=_("Icon"))

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """One without an icon is stored as it was before there were any: nothing of what readers see changed."""
        stored: dict[str, Any] = super().get_prep_value(value)
        return {name: one for name, one in stored.items() if name != "icon" or one}

    class Meta:
        icon = "pick"
        label = _("Key point")
        description = _("One idea worth carrying away, set apart from the text.")
        preview_value = {
            "text": "<p>If you cannot see how a decent colleague could have done the same, there is more to ask.</p>"
        }
        template = "reference/blocks/key_point.html"


class QuotationBlock(ComparedBlock):
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


class PlainBlock(ComparedBlock):
    """A block whose fields are plain text, choices and lists of them: a content file has them as they are."""


class KeyBlock(blocks.CharBlock):
    """Which row written once, by its key; editors choose it by its words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, max_length=80, validators=[key_shape])
        self.field.widget = forms.Select(choices=CallableChoiceIterator(self.rows))

    def get_comparison_class(self) -> type[ChoiceCompared]:
        return ChoiceCompared

    def rows(self) -> list[tuple[str, str]]:
        """Every row there is to choose, as (key, words)."""
        raise NotImplementedError


class TermKeyBlock(KeyBlock):
    """Which term of the glossary."""

    def rows(self) -> list[tuple[str, str]]:
        return _terms()


class StatementKeyBlock(KeyBlock):
    """Which legal statement."""

    def rows(self) -> list[tuple[str, str]]:
        return [("", "---------"), *((one.key, str(one)[:LONGEST_OFFERED]) for one in LegalStatement.objects.all())]


def _terms() -> list[tuple[str, str]]:
    """Every term by its word, for whoever chooses one."""
    words = [(term.key, str(term)) for term in GlossaryTerm.objects.all()]
    return [("", "---------"), *sorted(words, key=lambda one: sort_key(one[1], "en"))]


class TermBlock(PlainBlock):
    """A word of the glossary with its meaning, set out where it is first needed."""

    key = TermKeyBlock(label=_("Term"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Term")
        description = _("A word of the glossary with its meaning, where it is first needed.")
        preview_value = {"key": "hindsight-bias"}
        template = "reference/blocks/term.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        language = _language(context)
        return {**context, "term": next(iter(terms_shown([value["key"]], language)), None), "language": language}


class LegalStatementBlock(PlainBlock):
    """What the law of a nation says, with its days, as it stands in the reference; the page keeps only its key."""

    key = StatementKeyBlock(label=_("Legal statement"))

    class Meta:
        icon = "clipboard-list"
        label = _("Legal statement")
        description = _("What the law of a nation says, since when, and when that was last checked.")
        preview_value = {"key": "wales-susr"}
        template = "reference/blocks/legal_statement.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        language = _language(context)
        return {**context, "law": statement_shown(value["key"], language, site_day()), "language": language}


def _language(context: dict[str, Any]) -> str:
    """That of the page the block stands on; of the request where it stands on none."""
    return str(getattr(context.get("page"), "language", None) or get_language() or "en")


class PageBody(blocks.StreamBlock):
    """A page's text: sections, and what stands under them."""

    section = SectionBlock()
    text = CleanRichTextBlock(label=_("Text"), template="reference/blocks/text.html")
    key_point = KeyPointBlock()
    quotation = QuotationBlock()
    legal_statement = LegalStatementBlock()

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
