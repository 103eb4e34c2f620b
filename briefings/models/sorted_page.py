"""What briefings, stories and reports share: whom they are for and what they are about."""

from django.utils.translation import gettext_lazy as _

from reference.choices import Audience, Topic
from reference.models import in_a_row
from reference.pages import WrittenPage
from reference.picked import PickedField


class SortedPage(WrittenPage):
    """A written page that says whom it is for and what it is about."""

    audience = PickedField(_("audience"), choices_of=Audience)
    topics = PickedField(_("topics"), choices_of=Topic, blank=True)

    class Meta:
        abstract = True

    @property
    def audience_in_words(self) -> str:
        return in_a_row([str(Audience(one).label) for one in Audience.values if one in self.audience])

    @property
    def topics_in_words(self) -> str:
        return in_a_row([str(Topic(one).label) for one in Topic.values if one in self.topics])
