"""Practice among a lesson's text: to be tried where it stands. Nothing of it is sent, kept or scored (decision 45).

Native controls outside any form, and a disclosure that holds what we would say: whole without scripts.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from reference.blocks import PlainBlock

from .passages import NotInPassage, Paragraphs, cut

LONGEST_SENTENCE, LONGEST_TEXT, LONGEST_NAME = 300, 3000, 60
FIRST, SECOND = "first", "second"
SIDES = [(FIRST, _("The first")), (SECOND, _("The second"))]
RATINGS = range(11)


def _sentence(label: Any, **more: Any) -> blocks.TextBlock:
    return blocks.TextBlock(label=label, max_length=LONGEST_SENTENCE, rows=2, **more)


def _text(label: Any, **more: Any) -> blocks.TextBlock:
    return blocks.TextBlock(label=label, max_length=LONGEST_TEXT, rows=4, **more)


class PracticeBlock(PlainBlock):
    """What all practice has: names for its controls that no other block on the page has."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        shown = (parent_context or {}).get("block")
        name = f"practice-{getattr(shown, 'id', None) or 'preview'}"
        return {**super().get_context(value, parent_context), "name": name}

    class Meta:
        group = _("Practice")


class StatementBlock(blocks.StructBlock):
    """One thing to be sorted, and where we would put it."""

    words = _sentence(_("Statement"))
    belongs = blocks.ChoiceBlock(choices=SIDES, label=_("Where we would put it"))
    why = _sentence(_("Why"))


class SortBlock(PracticeBlock):
    """Statements, each to be put under one of two headings."""

    task = _sentence(_("What to do"))
    first = blocks.CharBlock(max_length=LONGEST_NAME, label=_("The first heading"))
    second = blocks.CharBlock(max_length=LONGEST_NAME, label=_("The second heading"))
    statements = blocks.ListBlock(StatementBlock(), min_num=2, max_num=12, label=_("Statements"))

    class Meta:
        icon = "grip"
        label = _("Sort into two")
        description = _("Statements to put under one of two headings, each with where we would put it and why.")
        template = "courses/blocks/sort_into_two.html"
        preview_value = {
            "task": "Which story does each sentence come from?",
            "first": "First story",
            "second": "Second story",
            "statements": [
                {
                    "words": "The worker failed to see the signs.",
                    "belongs": "first",
                    "why": "It looks back from the end, where the signs are plain.",
                },
                {
                    "words": "The log was read once a quarter.",
                    "belongs": "second",
                    "why": "It says what stood around the worker.",
                },
            ],
        }


class PhraseBlock(blocks.StructBlock):
    """Words of a passage that may be marked, and whether we would."""

    words = blocks.CharBlock(max_length=LONGEST_NAME, label=_("Words, as they stand in the text"))
    is_marked = blocks.BooleanBlock(required=False, label=_("We would mark them"))
    why = _sentence(_("Why"))


class MarkBlock(PracticeBlock):
    """A passage in which some words are to be marked."""

    task = _sentence(_("What to look for"))
    passage = _text(_("Text"))
    phrases = blocks.ListBlock(
        PhraseBlock(),
        min_num=2,
        max_num=12,
        label=_("Words that can be marked"),
        help_text=_("In the order of the text. Some that we would mark, and some that we would leave."),
    )

    class Meta:
        icon = "edit"
        label = _("Mark the words")
        description = _("A text in which readers mark words, and then see which we would mark and why.")
        template = "courses/blocks/mark_the_words.html"
        preview_value = {
            "task": "Mark the words that know how it ended.",
            "passage": "The worker missed clear signs and simply made a note that night.",
            "phrases": [
                {"words": "clear signs", "is_marked": True, "why": "They became clear later."},
                {"words": "made a note", "is_marked": False, "why": "That is what was done."},
            ],
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            _paragraphs(cleaned)
        except NotInPassage as missing:
            sentence = _("“%(words)s” does not stand in the text after the words before it in the list.")
            problem = ValidationError(sentence % {"words": missing})
            raise blocks.StructBlockValidationError(block_errors={"phrases": problem}) from missing
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        try:
            return {**context, "paragraphs": _paragraphs(value)}
        except NotInPassage:  # a draft, looked at before it is whole
            return {**context, "paragraphs": cut(value["passage"], [])}


def _paragraphs(value: Any) -> Paragraphs:
    return cut(value["passage"], [phrase["words"] for phrase in value["phrases"]])


class RewriteBlock(PracticeBlock):
    """Words to be written otherwise, then laid beside ours."""

    task = _sentence(_("What to do"))
    original = _text(_("The words to write otherwise"))
    ours = _text(_("How we might put it"))
    checks = blocks.ListBlock(_sentence(_("Question")), min_num=1, max_num=6, label=_("Questions to read it by"))

    class Meta:
        icon = "pilcrow"
        label = _("Rewrite and compare")
        description = _("Words to write otherwise; then ours, and questions to read both by. Nothing is kept.")
        template = "courses/blocks/rewrite_and_compare.html"
        preview_value = {
            "task": "Write this question so that it can be answered.",
            "original": "Why didn’t you weigh her again?",
            "ours": "What was the plan after that visit, and what became of it?",
            "checks": ["Is it open?", "Does it know only what they knew?"],
        }


class RateBlock(PracticeBlock):
    """A decision rated twice: before its ending is told, and after."""

    decision = _text(_("The decision, without its ending"))
    question = _sentence(_("Question"), help_text=_("Answered from 0, not reasonable at all, to 10, entirely."))
    ending = _text(_("How it ended"))
    meaning = _text(_("What the two numbers may show"))

    class Meta:
        icon = "order"
        label = _("Rate, learn the ending, rate again")
        description = _("A decision to rate twice, before and after its ending is told. Nothing is kept.")
        template = "courses/blocks/rate_reveal_rate.html"
        preview_value = {
            "decision": "A visit is planned for Friday. At noon another family rings, and the worker goes there.",
            "question": "With what the worker knew, how reasonable was it to move the visit?",
            "ending": "On Sunday the grandmother took the boy to hospital. He is well again.",
            "meaning": "The decision is the same. Only the ending is new.",
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "ratings": RATINGS}


class ReflectionBlock(PracticeBlock):
    """A question a learner answers for themselves. Their words are kept for them alone, in the room `player`."""

    question = _sentence(_("Question"))
    hint = _sentence(_("A hint"), required=False)

    class Meta:
        icon = "comment"
        label = _("Reflection")
        description = _("A question to write about for oneself. What is written is kept, and only its author sees it.")
        template = "courses/blocks/reflection.html"
        preview_value = {
            "question": "When did you last do something sensible that looked wrong afterwards?",
            "hint": "Use no names.",
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        return {**context, "block_id": getattr((parent_context or {}).get("block"), "id", None) or ""}
