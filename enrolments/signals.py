"""News this room sends, after the transaction that made it true has committed."""

from django.dispatch import Signal

requirements_met = Signal()  # sends: pinned_set
