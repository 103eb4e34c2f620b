"""How a person is named on the page."""

from .models import User


def display_name(user: User) -> str:
    """Their name; for a blanked account the words the retention rules use."""
    return str(user)
