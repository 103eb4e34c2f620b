"""What a briefing opens with."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEWEST_MESSAGES, MOST_MESSAGES = 4, 8
LONGEST_MESSAGE = 250


class KeyMessages(blocks.StreamBlock):
    """Four to eight sentences, each true by itself."""

    message = blocks.CharBlock(max_length=LONGEST_MESSAGE, label=_("Key message"), icon="pick")

    class Meta:
        min_num = FEWEST_MESSAGES
        max_num = MOST_MESSAGES
