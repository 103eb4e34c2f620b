"""News this room sends. Listeners run after the hand-in has committed and cannot undo it."""

from django.dispatch import Signal

attempt_scored = Signal()  # sends: attempt
