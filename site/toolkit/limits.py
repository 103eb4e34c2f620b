"""A limit on how often something may be done, counted in the shared cache."""

import time

from django.core.cache import cache


def within_limit(key: str, *, limit: int, seconds: int) -> bool:
    """Count one more and say whether that is still within the limit for this window of time.

    Each try takes a place of its own, which a cache gives to one of many who ask at once; a number that is read, raised
    and written would be written by several as the same.
    """
    window = f"limit:{key}:{int(time.time()) // seconds}"
    for place in range(int(cache.get(window, 0)), limit):
        taken = f"{window}:{place}"
        if cache.add(taken, 1, timeout=seconds * 2):
            cache.set(window, place + 1, timeout=seconds * 2)  # where the next one begins to look
            return True
        if cache.get(taken) is None:
            return True  # nothing can be written just now; that is not their doing
    return False
