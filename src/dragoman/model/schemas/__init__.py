"""The published JSON Schemas, carried with the program."""

from __future__ import annotations

from importlib.resources import files


def reading_schema() -> str:
    """The JSON Schema of a reading, as text."""
    return (files(__name__) / "reading-1.json").read_text(encoding="utf-8")
