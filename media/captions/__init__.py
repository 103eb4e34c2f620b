"""Captions: read from WebVTT or SRT with every fault named by its line, kept as WebVTT.

`read_captions` is the only way in. Why our own reader: docs/decisions/0012-films.md.
"""

from .cues import Captions, Cue, plain_words
from .reading import MOST_BYTES, decode, read_captions

__all__ = ["MOST_BYTES", "Captions", "Cue", "decode", "plain_words", "read_captions"]
