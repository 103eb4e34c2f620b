"""Drawn things among a lesson's text."""

from django.utils.translation import gettext_lazy as _
from toolkit.icons import CHOICES
from wagtail import blocks

from reference.blocks import PlainBlock

from .practice_blocks import LONGEST_NAME, LONGEST_SENTENCE


class DrawnPointBlock(blocks.StructBlock):
    """One point, with an icon beside it."""

    icon = blocks.ChoiceBlock(choices=CHOICES, label=_("Icon"))
    heading = blocks.CharBlock(max_length=LONGEST_NAME, label=_("Heading"))
    words = blocks.TextBlock(max_length=LONGEST_SENTENCE, rows=2, label=_("Words"))


class DrawnListBlock(PlainBlock):
    """A few points side by side, each with an icon, so that they are found again at a glance."""

    points = blocks.ListBlock(DrawnPointBlock(), min_num=2, max_num=6, label=_("Points"))

    class Meta:
        icon = "list-ul"
        label = _("Points with icons")
        description = _("Two to six points side by side, each with a drawn icon.")
        template = "courses/blocks/drawn_list.html"
        preview_value = {
            "points": [
                {"icon": "eye", "heading": "What was seen", "words": "What did each person notice, that day?"},
                {"icon": "scales", "heading": "What was weighed", "words": "What pulled one way, and what the other?"},
                {"icon": "loop", "heading": "What comes again", "words": "Would the next worker meet the same?"},
            ]
        }
