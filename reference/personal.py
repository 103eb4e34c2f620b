"""What this room holds about people: authors of published works, as they stand on their title pages."""

from django.utils.translation import gettext_lazy as _
from toolkit.personal import about_nobody

from .models import GlossaryTerm, LegalStatement, Source

about_nobody(_("Published works and words of the field: content."), Source, GlossaryTerm)
about_nobody(_("What the law says, and the name of whoever checked it, for readers to see: content."), LegalStatement)
