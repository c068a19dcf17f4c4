"""An event report as an item: what of it is the same in every language, and the keys under which reports of one event meet."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.states import states
from dragoman.linking.days import Days, days
from dragoman.linking.items import Fact, Item
from dragoman.linking.parties import Party, company_of, name_keys, names_of, party_of, party_row
from dragoman.linking.traits import content_words, figures, text_keys
from dragoman.model.reading import EventReport, Reading

# Parties that are kept of one report, and words of its sentence.
_PARTIES, _WORDS = 12, 40
# Parties that keys are made of.
_KEYED = 6
# A code is one key, a name of a word one or two.
_PLAIN = 2
# Reports of one happening come out within so many days, where it has no date of its own.
_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Types:
    """The table events.toml: the family of each type, how alike two types of one family are, and what each is like."""

    family: Mapping[str, str]
    alike: Mapping[tuple[str, str], float]
    recurring: frozenset[str]
    directed: frozenset[str]
    crowded: frozenset[str]


@cache
def types() -> Types:
    """Read once."""
    table: dict[str, Any] = tomllib.loads((Path(__file__).parent / "events.toml").read_text(encoding="utf-8"))
    family = {type_: name for name, members in table["families"].items() for type_ in members}
    alike = {(left, right): float(near) for left, row in table["alike"].items() for right, near in row.items()}
    alike |= {(right, left): near for (left, right), near in alike.items()}
    alike |= {(one, one): 1.0 for one in family}
    return Types(family, alike, frozenset(table["recurring"]["types"]), frozenset(table["directed"]["types"]), frozenset(table["crowded"]["states"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """The facts of an item as values; `company` holds for each name in the sentence the keys it may be known by, `words` serve one language only."""

    article: str
    language: str
    type: str
    mode: str | None
    factuality: str
    date: Days | None
    edtf: str | None
    published: int | None
    place: tuple[str, ...]
    place_state: str | None
    place_kind: str | None
    parties: tuple[Party, ...]
    themes: frozenset[str]
    company: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    words: frozenset[str]
    traits: frozenset[str]
    at: float

    @property
    def sides(self) -> frozenset[str]:
        """States and organisations that take part, by themselves or by their people."""
        return frozenset(code for party in self.parties for code in (party.code, party.side) if code)

    @property
    def near(self) -> bool:
        """Whether it happened, as far as is known, within the window about its publication."""
        return self.date is None or self.published is None or self.date.gap(Days(self.published, self.published)) <= 2 * _WINDOW


def happening(item: Item) -> Happening:
    """The facts of an item of kind 'event' as values."""
    return _happening(item.facts)


def _happening(facts: Mapping[str, Any]) -> Happening:
    place = facts["place"] or {}
    return Happening(
        article=facts["article"],
        language=facts["language"],
        type=facts["type"],
        mode=facts["mode"],
        factuality=facts["factuality"],
        date=days(facts["date"]),
        edtf=facts["date"],
        published=facts["published"],
        place=tuple(place.get("names", ())),
        place_state=place.get("state"),
        place_kind=place.get("kind"),
        parties=tuple(party_of(one) for one in facts["parties"]),
        themes=frozenset((*facts["topics"], *facts["contexts"])),
        company=tuple(frozenset(keys) for keys in facts["company"]),
        numbers=frozenset(facts["numbers"]),
        words=frozenset(facts["words"]),
        traits=frozenset(facts["traits"]),
        at=facts["at"],
    )


def facts_of(event: EventReport, reading: Reading, shared: Sequence[str]) -> dict[str, Fact]:
    """All that linking looks at of one event report, as plain JSON; `shared` are the traits of its article."""
    article = reading.article
    sentence = reading.sentence_at(event.trigger.start) or event.trigger
    place = reading.entity(event.place)
    text = sentence.of(article.text)
    return {
        "article": article.id,
        "language": article.language,
        "published": article.published.toordinal() if article.published else None,
        "type": event.type,
        "mode": event.mode,
        "factuality": event.factuality,
        "date": event.date,
        "place": {"names": list(names_of(place)), "state": place.code or place.state, "kind": place.kind} if place else None,
        "parties": [party_row(part.entity, part.role, reading, side=part.side, office=part.office) for part in event.participants[:_PARTIES]],
        "topics": list(event.topics),
        "contexts": list(event.contexts),
        "company": company_of(sentence, reading),
        "numbers": sorted(figures(text)),
        "traits": list(shared),
        "at": round(event.trigger.start / max(1, len(article.text)), 3),
        "words": content_words(text)[:_WORDS],
    }


@cache
def _codes() -> frozenset[str]:
    """What stands for a state or a well-known organisation in a sentence's company; the rest are keys of names."""
    return frozenset({state.code for state in states()} | {f"o:{one.key}" for one in organisations()})


def keys_of(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Where fellows are looked for: family of types, then days or month of the event or days of publication, then who or where.

    A day is in two buckets of two days, so that neighbours share one. A month and the publication, which hold more, go with a person, a body, a town or
    two states; a single state only where nothing else is known, or where it is seldom in the news.
    """
    told = _happening(facts)
    family = types().family.get(told.type, told.type)
    weak, strong = _actors(told)
    pairs = _companions(told)
    found: set[str] = set()
    if told.date and told.date.is_day:
        for day in range(told.date.earliest, told.date.latest + 1):
            found |= {f"{family}|d{bucket}|{actor}" for bucket in buckets(day, 2) for actor in (*weak, *strong)}
    if told.date and told.date.is_month:
        months = {_month(told.date.earliest), _month(told.date.latest)}
        found |= {f"{family}|m{month}|{actor}" for month in months for actor in (*strong, *pairs, *(one for one in weak if one not in types().crowded))}
    if told.date and not told.date.is_day:
        found |= {f"{family}|{told.edtf}|{actor}" for actor in (*weak, *strong)}
    if told.published is not None:
        found |= {f"{family}|p{bucket}|{actor}" for bucket in buckets(told.published, _WINDOW) for actor in (*strong, *pairs, *(() if strong else weak))}
        found |= {f"{family}|p{bucket}|{text}" for bucket in buckets(told.published, _WINDOW) for text in text_keys(told.traits)}
    return tuple(sorted(found))


def _actors(told: Happening) -> tuple[list[str], list[str]]:
    """Single states, and what few reports have: names, bodies, towns and pairs of states."""
    sides = sorted(told.sides)[:_KEYED]
    single = [side for side in sides if not side.startswith("o:")]
    strong = [f"{one}-{other}" for one, other in combinations(sides, 2)] + [side for side in sides if side.startswith("o:")]
    for party in told.parties[:_KEYED]:
        if party.kind == "person" or not (party.code or party.side):
            strong += [f"n:{key}" for key in name_keys(party.names)]
    strong += [f"l:{key}" for key in name_keys(told.place)]
    weak = single + ([f"@{told.place_state}"] if told.place_state and not single else [])
    return weak, list(dict.fromkeys(strong))


def _companions(told: Happening) -> list[str]:
    """Pairs of a side and what else the sentence names in a word: a state, a body, a region."""
    sides = sorted(told.sides)[:_KEYED]
    beside = sorted({key for known in told.company if len(known) <= _PLAIN for key in known} - set(sides))[:_KEYED]
    states = [one for one in beside if one in _codes()]
    return ["-".join(sorted((one, other))) for one in sides for other in beside] + ["-".join(two) for two in combinations(states, 2)]


def buckets(day: int, width: int) -> tuple[str, str]:
    """Two overlapping buckets: any two days at most half the width apart share one."""
    half = (day + width // 2) // width
    return f"{day // width}a", f"{half}b"


def _month(day: int) -> str:
    return date.fromordinal(day).isoformat()[:7]
