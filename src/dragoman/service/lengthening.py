"""The usual case of tenures kept up to date: one more report of somebody who is known in an office, and whom nothing near speaks against.

All that can come of it is a later last day. What holds of all reports of an office in all years need not be asked again, as long as

- the new reports are of days, none before the last on which the tenure is seen, and show the person in the office, neither acting nor gone;
- the tenure is open, and articles of several origins show it within the ninety days before, KNOWN of them if any report shows the person in another
  full-time office of that state: it is no slip;
- nobody else is seen in the office, and the person in no other of that state nor in that office of another, from twice ninety days before that last day on.

Whether a report is a slip hangs on others within ninety days of it, and on what is so near to those: so on none of the new ones. Whatever else there is,
`tenancy` makes of all that is shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple, cast

from dragoman.linking.tenures import KNOWN, RETURN, Dated, several
from dragoman.model.record import Tenure
from dragoman.model.record_codec import row_of
from dragoman.service.neighbourhood import articles_of
from dragoman.store.protocol import Store
from dragoman.store.rows import from_json


class Days(NamedTuple):
    """The first and the last day (ordinals) on which new reports show somebody in an office."""

    first: int
    last: int

    @staticmethod
    def over(each: Iterable[Days]) -> Days:
        """From the first of all to the last."""
        first, last = zip(*each, strict=True)
        return Days(min(first), max(last))


class OfState(NamedTuple):
    """A person of the record in an office of a state."""

    person: str
    office: str
    of: str


def lengthened(store: Store, new: Mapping[OfState, Days], articles: Mapping[OfState, Sequence[Dated]], elsewhere: Collection[OfState]) -> dict[OfState, Tenure]:
    """The tenures that new reports do no more than lengthen, as they are then.

    `articles` are those that show each, as far as they are kept, `elsewhere` those whose person is ever shown in another full-time office of the state.
    """
    alone = Counter((post.office, post.of) for post in new)
    near = {
        post: {one for day, one in articles.get(post, ()) if days.last - RETURN < day < days.first}
        for post, days in new.items()
        if alone[post.office, post.of] == 1
    }
    origins = {
        one.id: one.copy_of for one in articles_of(store, {one for known in near.values() if 1 < len(known) < KNOWN for one in known}).values() if one.copy_of
    }
    sure = [post for post, known in near.items() if several(known, origins) and (len(known) >= KNOWN or post not in elsewhere)]
    ids = {
        *store.shelving.marked("tenures", "post", [f"{post.office}\x1f{post.of}" for post in sure]),
        *store.shelving.marked("tenures", "person", [post.person for post in sure]),
    }
    by_office: dict[tuple[str, str | None], list[Tenure]] = defaultdict(list)
    by_person: dict[str, list[Tenure]] = defaultdict(list)
    for text in store.shelving.rows("tenures", ids).values():
        one = cast("Tenure", row_of("tenures", from_json(text)))
        by_office[one.office, one.of].append(one)
        by_person[one.person].append(one)
    found: dict[OfState, Tenure] = {}
    for post in sure:
        own = [one for one in by_office[post.office, post.of] if one.person == post.person]
        last = max(own, key=lambda one: one.last_seen or "", default=None)
        if last is None or last.last_seen is None or last.acting or last.ended_before:
            continue
        seen = _ordinal(last.last_seen)
        beside = [one for one in by_office[post.office, post.of] if one.person != post.person]
        beside += [one for one in by_person[post.person] if (one.office == post.office) != (one.of == post.of)]
        if new[post].first >= seen and not _any_seen(beside, seen - 2 * RETURN):
            found[post] = replace(last, last_seen=date.fromordinal(max(seen, new[post].last)).isoformat())
    return found


def _any_seen(tenures: Iterable[Tenure], since: int) -> bool:
    return any(one.last_seen is not None and _ordinal(one.last_seen) >= since for one in tenures)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
