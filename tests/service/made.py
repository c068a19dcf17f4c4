"""Readings of invented articles, made without any model: enough of them to link, quickly, and the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from dragoman.linking.items import Signature
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement
from dragoman.model.spans import Span
from dragoman.service.ingest import Fresh

_GIVEN = ("Lars", "Grace", "Nils", "Rasa", "Adam", "Marta", "Kofi", "Signe", "Paolo", "Ravi")
_FAMILY = ("Dahl", "Odhiambo", "Berg", "Petrauskas", "Nowak", "Lopes", "Asante", "Holm", "Serra", "Menon")
_STATES = ("NOR", "KEN", "SWE", "LTU", "POL", "BRA", "GHA", "DNK", "ITA", "IND")
_TOWNS = ("Oslo", "Nairobi", "Stockholm", "Vilnius", "Warsaw")


def reading(number: int) -> Reading:
    """Article `number`: two ministers of a small world meet in a town, and one says something; the world repeats itself with the years."""
    drawn = random.Random(number)
    one, other = drawn.sample(range(len(_GIVEN)), 2)
    town = drawn.choice(_TOWNS)
    day = date(2025, 1, 1) + timedelta(days=drawn.randrange(300))
    names = [f"{_GIVEN[who]} {_FAMILY[who]}" for who in (one, other)]
    text = f"Foreign Minister {names[0]} met Foreign Minister {names[1]} in {town} on {day.isoformat()}. {names[0]} said that talk number {number} was useful."
    people = [_entity(f"p{place + 1}", "person", name, text, _STATES[who]) for place, (name, who) in enumerate(zip(names, (one, other), strict=True))]
    places = [_entity("l1", "place", town, text, None)]
    trigger = Span(text.index("met"), text.index("met") + 3)
    sentence = Span(0, text.index(". ") + 1)
    said = Span(text.index("talk number"), len(text) - 1)
    return Reading(
        article=Article(id=article_id(text), name=f"made-{number}", text=text, language="en", published=day, published_from="given"),
        sentences=(sentence, Span(sentence.end + 1, len(text))),
        entities=(*people, *places),
        offices=tuple(
            OfficeHolding(person=person.id, office="foreign-minister", of=person.state, evidence=(person.mentions[0].span,)) for person in people
        ),
        events=(
            EventReport(id="v1", type="CONSULT", date=day.isoformat(), place="l1", trigger=trigger, evidence=(sentence,),
                        participants=tuple(Participation(entity=person.id, role="participant", side=person.state) for person in people)),
        ),
        statements=(Statement(id="s1", speaker="p1", kind="indirect", start=said.start, end=said.end, text=said.of(text), parts=(said,)),),
    )  # fmt: skip


def fresh(numbers: Sequence[int]) -> list[Fresh]:
    """What ingest keeps of these articles."""
    return [Fresh(reading=reading(number), signature=Signature()) for number in numbers]


def _entity(identity: str, kind: str, name: str, text: str, state: str | None) -> Entity:
    start = text.index(name)
    mention = Mention(start=start, end=start + len(name), text=name)
    return Entity(id=identity, kind=kind, name=name, names=(name,), state=state, mentions=(mention,))  # type: ignore[arg-type]
