"""News of this room."""

from django.dispatch import Signal

# Sent after the commit when somebody has watched enough of a film; may be sent again. Sends: watching.
film_watched = Signal()
