"""A row of the composed record as it is kept: its JSON, where it stands in lists, and the marks by which it is found.

Event ──service/marks──▶ Row(part="events", place="2025-10-12", marks=(("side", "TUR"), ("type", "CONSULT"), …))
                                      ▲
Events(sides=("TUR",)) ──service/asking──▶ Wanted(marks=(("side", ("TUR",)),))
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dragoman.model.errors import InputError, StoreError

# How rows are listed: by time, by their number, as the contract has them, or as places in articles.
Listing = Literal["newest", "oldest", "most", "contract", "mentions"]
# Columns of each list, and which way they go: 1 up, -1 down. Rows without a time come last.
LISTINGS: dict[Listing, tuple[tuple[str, int], ...]] = {
    "newest": (("earliest", -1), ("latest", -1), ("id", -1)),
    "oldest": (("oldest", 1), ("latest", 1), ("id", 1)),
    "most": (("number", -1), ("id", 1)),
    "contract": (("place", 1), ("id", 1)),
    "mentions": (("article", 1), ("start", 1), ("end", 1)),
}
NEVER = 10_000_000
MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`earliest` and `latest` are the days it allows (ordinals, 0 where it has no day), `number` its origins or mentions, `words` folded words to look in."""

    part: str
    id: str
    text: str
    place: str = ""
    earliest: int = 0
    latest: int = 0
    number: int = 0
    words: str = ""
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def oldest(self) -> int:
        """What it stands by where the oldest come first."""
        return self.earliest or NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows: of these `ids` where they are given; of each of `marks` one value must be there.

    Days must meet since:until (ordinals, both included), or be known (`dated`) or not; `words` must stand in the words.
    """

    marks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ids: tuple[str, ...] | None = None
    since: int | None = None
    until: int | None = None
    dated: bool | None = None
    least: int = 0
    words: str | None = None
    listing: Listing = "contract"


def from_json(text: str) -> Mapping[str, Any]:
    """The JSON object of a row. Raises StoreError where it is none."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict):
            raise TypeError(type(found).__name__)
    except (ValueError, TypeError) as error:
        raise StoreError(f"a row of the record is damaged ({error}); run 'dragoman rebuild', which makes anew what is derived") from error
    return found


def cursor(listing: Listing, values: Sequence[Any]) -> str:
    """What opens the page after a row with these values in the columns of the list."""
    text = json.dumps([listing, *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def values_of(typed: str, listing: Listing) -> tuple[Any, ...]:
    """The values that a cursor holds. Raises InputError where it is none of this list."""
    try:
        found = json.loads(base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4)))
        kinds = [str if column in ("id", "place", "article") else int for column, _ in LISTINGS[listing]]
        if found[0] != listing or [type(one) for one in found[1:]] != kinds or any(isinstance(one, int) and abs(one) >= 2**62 for one in found[1:]):
            raise ValueError(typed)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise InputError(f"'{typed[:60]}' opens no page of this list; begin with the first page") from error
    return tuple(found[1:])


def checked_limit(limit: int) -> int:
    """The number of rows asked for. Raises InputError."""
    if not 1 <= limit <= MOST:
        raise InputError(f"a page has 1 to {MOST} rows, not {limit}")
    return limit
