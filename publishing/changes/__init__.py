"""What a draft of live course content changes: wording or substance, and why. Pure."""

from .base import Class, Found, Passage, Reason, Version
from .classify import FEWEST_OF_SUBSTANCE, classify

__all__ = ["FEWEST_OF_SUBSTANCE", "Class", "Found", "Passage", "Reason", "Version", "classify"]
