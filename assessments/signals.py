"""News this room sends. Listeners run after what they are told of has committed, and cannot undo it."""

from django.dispatch import Signal

attempt_scored = Signal()  # sends: attempt
