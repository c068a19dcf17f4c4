"""What can go wrong with an address of the web."""

from __future__ import annotations

from dragoman.model.errors import InputError


class Unfetched(InputError):
    """Nothing usable came from an address; another time it may."""


class Refused(Unfetched):
    """An address that is never asked, or an answer that is never taken: trying again changes nothing."""
