"""What this room holds about people: nothing. What somebody searched for is not kept (toolkit/personal.py)."""

from django.utils.translation import gettext_lazy as _
from toolkit.personal import about_nobody

from .models import Entry, Posting, Word

about_nobody(_("Derived from published content, and made anew with it."), Entry, Word, Posting)
