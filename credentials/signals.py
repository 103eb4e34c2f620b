"""News this room sends, after the award has committed."""

from django.dispatch import Signal

credential_awarded = Signal()  # sends: credential
