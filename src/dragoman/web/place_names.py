"""What a reader's language calls places and organisations of the record, by tables alone: where none knows them, the record's own spelling stands.

    the capitals and bodies that reading knows ── exonyms.toml ── the cities of CLDR's time zones
    'دمشق' (SYR) ──▶ 'Damascus' in English, 'Damas' in French

A name stands for what the tables know only in its own state: there is a Tripoli in Lebanon too. A spelling that the reader's language has stays as it is.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.places import regions, simple
from dragoman.knowledge.states import alpha_3, languages, states
from dragoman.languages.fold import fold

Names = Mapping[str, Sequence[str]]
_REMEMBERED = 20_000


@lru_cache(maxsize=_REMEMBERED)
def of_place(name: str, state: str | None, language: str) -> str | None:
    """The name of a place in a language; None where no table knows it there, or knows two."""
    found = [names for of, names in _places().get(_key(name), ()) if of is None or state is None or of == state]
    return _told(name, found, language)


@lru_cache(maxsize=_REMEMBERED)
def of_organisation(name: str, language: str) -> str | None:
    """The name of an organisation in a language; None where the table does not know it."""
    return _told(name, _bodies().get(_key(name), ()), language)


def _told(name: str, found: Sequence[Names], language: str) -> str | None:
    if any(name in names.get(language, ()) for names in found):
        return None
    told = dict.fromkeys(names[language][0] for names in found if names.get(language))
    return next(iter(told)) if len(told) == 1 else None


def _key(name: str) -> str:
    return simple(fold(name))


@cache
def _places() -> Mapping[str, Sequence[tuple[str | None, Names]]]:
    """From every name of a place to its state and names: of one place by the first table that has it."""
    found: dict[str, list[tuple[str | None, Names]]] = defaultdict(list)
    for of, names in _tables():
        for key in {_key(one) for some in names.values() for one in some}:
            if all(of != known for known, _ in found[key]):
                found[key].append((of, names))
    return found


def _tables() -> Iterator[tuple[str | None, Names]]:
    for state in states():
        if state.capitals:
            # Some states have two: only the first stands for the same town in all languages.
            one = len(state.capitals.get("en", ())) == 1
            yield state.code, {language: names if one else names[:1] for language, names in state.capitals.items()}
    for region in regions():
        yield region.place.country, region.names
    for row in tomllib.loads((Path(__file__).parent / "exonyms.toml").read_text(encoding="utf-8"))["towns"]:
        yield row["of"], {language: names for language, names in row.items() if language != "of"}
    yield from _cities()


def _cities() -> Iterator[tuple[str | None, Names]]:
    """The towns that CLDR names time zones for, where a language has a name of its own for one; some zones are of islands or have the state in brackets."""
    from babel import Locale
    from babel.core import get_global

    zones = {language: Locale(language).time_zones for language in languages()}
    for zone, of in get_global("zone_territories").items():
        own = {language: known[zone]["city"].replace("’", "'") for language, known in zones.items() if "city" in known.get(zone, {})}
        if own and "/" in zone and not any(mark in name for name in own.values() for mark in "[("):
            # CLDR leaves out what the zone itself says, in languages with its letters.
            plain = zone.rpartition("/")[2].replace("_", " ")
            yield alpha_3(of), {language: (name,) for language, name in {"en": plain, "fr": plain, **own}.items()}


@cache
def _bodies() -> Mapping[str, Sequence[Names]]:
    found: dict[str, list[Names]] = defaultdict(list)
    for one in organisations():
        for key in {_key(name) for some in one.names.values() for name in some}:
            found[key].append(one.names)
    return found
