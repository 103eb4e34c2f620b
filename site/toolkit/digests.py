"""One way to say 'the same content': SHA-256 over canonical JSON."""

import hashlib
import json
from typing import Any


def digest_of(content: Any) -> str:
    """64 hexadecimal characters; equal for equal JSON content whatever the order of keys."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
