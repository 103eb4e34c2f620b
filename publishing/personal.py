"""What this room holds about people: nothing (toolkit/personal.py)."""

from django.utils.translation import gettext_lazy as _
from toolkit.personal import about_nobody

from .models import LoadedFile

about_nobody(_("Digests of content files, and where each lies."), LoadedFile)
