"""One spelling for one content: what is hashed or signed is written this way and no other."""

import hashlib
import hmac
import json


def canonical(content: object) -> str:
    """Return JSON with sorted keys and no spaces; raises TypeError or ValueError for what JSON cannot say."""
    return _ENCODER.encode(content)


def digest(content: object) -> str:
    """Return the SHA-256 of the canonical spelling, 64 hex digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def seal(secret: str, purpose: str, content: str) -> str:
    """Return the HMAC-SHA-256 of `content` under a key that serves this `purpose` only, 64 hex digits."""
    key = hmac.digest(secret.encode(), purpose.encode(), "sha256")
    return hmac.new(key, content.encode(), "sha256").hexdigest()


def same(one: str, other: str) -> bool:
    """Say whether two secrets are equal, taking the same time for every answer."""
    return hmac.compare_digest(one.encode(), other.encode())


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
