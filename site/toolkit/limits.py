"""A limit on how often something may be done, counted in the shared cache."""

import time

from django.core.cache import cache


def within_limit(key: str, *, limit: int, seconds: int) -> bool:
    """Count one more and say whether that is still within the limit for this window of time."""
    window = f"limit:{key}:{int(time.time()) // seconds}"
    cache.add(window, 0, timeout=seconds * 2)
    try:
        return cache.incr(window) <= limit
    except ValueError:
        return True  # the entry was culled between the two calls; the next one counts again
