"""Readings of a small world in which everything happens that a record has to follow: spellings that turn out to be one, plans that are kept, copies,
offices that change hands, what is said twice; the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from rensa import RMinHash

from dragoman.linking.items import Signature
from dragoman.linking.shingles import KEPT, shingles
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Commitment, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement
from dragoman.model.spans import Span
from dragoman.service.ingest import Fresh

# Spellings of one person in several languages, with a state.
PEOPLE = (
    (("Rashad Amirov", "Rachad Amirov", "Rashad Amirow"), "AZE"), (("Signe Holm", "Signe Holme"), "DNK"), (("Paolo Serra",), "ITA"),
    (("Marta Nowak", "Martha Nowak"), "POL"), (("Anna Nowak",), "POL"), (("Kofi Asante", "Koffi Asante"), "GHA"), (("Ravi Menon",), "IND"),
)  # fmt: skip
BODIES = (("United Nations", "UN"), ("Arctic Grain Board",))
TOWNS = ("Vilnius", "Accra", "Naples")
OFFICES = ("foreign-minister", "president", "ambassador", "secretary-general")
START = date(2025, 2, 1)


def reading(number: int) -> Reading:
    """Report `number`; every fourth is a copy of the one before with a line more, every fifth has no date."""
    if number % 4 == 3:
        return _copy(reading(number - 1), number)
    drawn = random.Random(number // 2)
    ours = random.Random(1_000 + number)
    one, other = drawn.sample(range(len(PEOPLE)), 2)
    names = [ours.choice(PEOPLE[who][0]) for who in (one, other)]
    states = [PEOPLE[who][1] for who in (one, other)]
    body, town = ours.choice(drawn.choice(BODIES)), drawn.choice(TOWNS)
    planned = number % 6 == 4
    day = START + timedelta(days=drawn.randrange(40) + (number % 10 == 9))
    published = None if number % 5 == 4 else day + timedelta(days=-6 if planned else ours.randrange(3))
    verb = "will meet" if planned else "met"
    text = (
        f"{names[0]} {verb} {names[1]} in {town} on {day.isoformat()}, said {body}. {names[0]} promised {names[1]} {drawn.randrange(9)} ships. "
        f"\u201cTalk {number // 3} of them was useful to all of us,\u201d {names[1]} said. {states[0]} and {states[1]} watched closely in the {number}th week."
    )
    people = [_entity(f"p{place}", "person", name, text, state=state) for place, (name, state) in enumerate(zip(names, states, strict=True), start=1)]
    homes = [_entity(f"n{place}", "state", code, text, code=code) for place, code in enumerate(states, start=1) if states.index(code) == place - 1]
    sentences = _sentences(text)
    trigger, said = _span(text, verb), _span(text, f"Talk {number // 3} of them was useful to all of us")
    office = ours.choice(OFFICES)
    of = "o1" if office == "secretary-general" else ours.choice((states[0], states[0], None))
    return Reading(
        article=Article(
            id=article_id(text), name=f"world-{number}.txt", text=text, language=ours.choice(("en", "fr")), outlet=f"Outlet {number % 3}",
            title=f"Talks {number}" if number % 3 else None, published=published, published_from="given" if published else "unknown",
        ),
        sentences=sentences,
        entities=(*people, *homes, _entity("o1", "organization", body, text), _entity("l1", "place", town, text)),
        offices=(
            OfficeHolding(person="p1", office=office, of=of, evidence=(people[0].mentions[0].span,), former=number % 11 == 5),
            OfficeHolding(person="p2", office="foreign-minister", of=states[1], evidence=(people[1].mentions[0].span,)),
            *((OfficeHolding(person="p2", office="envoy", of=None, evidence=sentences[:1], acting=True),) if number % 7 == 3 else ()),
        ),
        events=(
            EventReport(
                id="v1", type="CONSULT", date=None if planned else day.isoformat() if number % 12 else f"{day:%Y-%m}", place="l1", trigger=trigger,
                evidence=sentences[:1], factuality="planned" if planned else "actual", topics=(drawn.choice(("trade", "energy")),),
                participants=(
                    Participation(entity="p1", role="visitor", side=states[0] if number % 2 else None, office=office),
                    Participation(entity="p2", role="host"),
                    *((Participation(entity="o1", role="mediator", side="o1"),) if number % 8 == 1 else ()),
                ),
            ),
        ),
        statements=(Statement(id="s1", speaker="p2", kind="direct", start=said.start, end=said.end, text=said.of(text), channel="X" if number % 2 else None),),
        commitments=(Commitment(id="c1", by=("p1",), to=("p2",), act="pledge", what="ships", evidence=(sentences[1],), topics=("trade",)),),
    )  # fmt: skip


def _copy(first: Reading, number: int) -> Reading:
    text = f"{first.article.text} Copy {number}."
    article = replace(first.article, id=article_id(text), name=f"world-{number}.txt", text=text, outlet=f"Outlet {number % 3}")
    return replace(first, article=article)


def signed(one: Reading) -> Fresh:
    """What ingest keeps of a reading; with the digest of its words, without vectors."""
    digest = RMinHash(num_perm=128, seed=20_251_012)
    digest.update(shingles(one.article.text))
    return Fresh(reading=one, signature=Signature(shingles=tuple(int(number) & KEPT for number in digest.digest())))


def world(numbers: Sequence[int]) -> list[Fresh]:
    """What ingest keeps of these reports."""
    return [signed(reading(number)) for number in numbers]


def _sentences(text: str) -> tuple[Span, ...]:
    ends = [0, *(place + 2 for place in range(len(text) - 1) if text[place : place + 2] == ". "), len(text)]
    return tuple(Span(start, end - 1 if end < len(text) else end) for start, end in pairwise(ends))


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _entity(identity: str, kind: str, name: str, text: str, *, state: str | None = None, code: str | None = None) -> Entity:
    starts = [place for place in range(len(text)) if text.startswith(name, place)]
    mentions = tuple(Mention(start=start, end=start + len(name), text=name) for start in starts)
    return Entity(id=identity, kind=kind, name=name, names=(name,), state=state, code=code, mentions=mentions)  # type: ignore[arg-type]
