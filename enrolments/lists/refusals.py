"""Why a list is refused whole, in words for whoever sent it."""


class ListRefused(Exception):
    """Raised when a file cannot be read as a list of people, or a list cannot be taken in; nothing was written."""
