"""What invented people are never sent."""

from post.choices import MessageState
from post.models import Message

NOWHERE = "example.invalid"  # RFC 2606: reaches nobody


def send_nothing_to_nowhere() -> int:
    """Letters that wait for an address that reaches nobody are not sent; returns how many."""
    waiting = Message.objects.filter(address__endswith=f"@{NOWHERE}", state=MessageState.WAITING)
    return waiting.update(state=MessageState.CANCELLED)
