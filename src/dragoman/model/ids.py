"""Ids that depend on content alone, so that the same input gives the same output everywhere."""

from __future__ import annotations

from hashlib import sha256


def article_id(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the text in UTF-8 (lone surrogates kept as such)."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
