"""What one more article costs as a record grows: the time to keep and link it at 1,000, 5,000 and 20,000 articles, on invented readings.

    python -m benchmarks growth [--articles 20000] [--json]

The world has as many reports a day whatever its size: ministers of forty states meet, accuse, agree and speak; half of the reports have a second one from
another outlet. Nothing is read, so the time is that of linking and keeping alone. The headline is the ratio of the last cost to the first.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from dragoman.knowledge.states import states
from dragoman.linking.items import Signature
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.store.open import open_store

_SYLLABLES = ("ba", "dor", "kel", "mi", "nar", "os", "pet", "ri", "sal", "tun", "vek", "zu", "lan", "gor", "hem", "fi")
_STATES = 40
# Of one subject; windows of days hold the same number of reports from the first thousand on.
_A_DAY = 5
_TOGETHER = 16
_VERBS = {"CONSULT": "met", "ACCUSE": "accused", "AGREE": "agreed with", "SUPPORT": "thanked"}
_STEPS = (1_000, 2_000, 5_000, 10_000, 20_000)


def _name(drawn: random.Random) -> str:
    return " ".join("".join(drawn.choice(_SYLLABLES) for _ in range(2)).capitalize() for _ in range(2))


def _world() -> tuple[list[tuple[str, str]], list[str]]:
    """Ministers with their states, and towns."""
    drawn = random.Random(7)
    codes = [state.code for state in states()][:_STATES]
    return [(_name(drawn), code) for code in codes for _ in range(3)], ["".join(drawn.choice(_SYLLABLES) for _ in range(3)).capitalize() for _ in range(60)]


def reading(number: int, people: Sequence[tuple[str, str]], towns: Sequence[str]) -> Reading:
    """Report `number`; every odd one tells again what the even one before it told."""
    drawn = random.Random(number // 2)
    (one, home), (other, away) = drawn.sample(list(people), 2)
    kind, town = drawn.choice(sorted(_VERBS)), drawn.choice(list(towns))
    day = date(2020, 1, 1) + timedelta(days=number // _A_DAY)
    text = f"Foreign Minister {one} {_VERBS[kind]} Foreign Minister {other} in {town} on {day}. {one} said that matter {number // 2} was open."
    if number % 2:
        text = f"Outlet {number}: {text}"
    persons = [_entity(f"p{place}", "person", name, text, state) for place, (name, state) in enumerate(((one, home), (other, away)), start=1)]
    start = text.index(_VERBS[kind])
    sentence = Span(0, text.index(". ") + 1)
    said = Span(text.index("matter"), len(text) - 1)
    return Reading(
        article=Article(id=article_id(text), name=str(number), text=text, language="en", published=day, published_from="given"),
        sentences=(sentence, Span(sentence.end + 1, len(text))),
        entities=(*persons, _entity("l1", "place", town, text, None)),
        offices=tuple(OfficeHolding(person=one.id, office="foreign-minister", of=one.state, evidence=(one.mentions[0].span,)) for one in persons),
        events=(
            EventReport(id="v1", type=kind, date=day.isoformat(), place="l1", trigger=Span(start, start + len(_VERBS[kind])), evidence=(sentence,),
                        participants=tuple(Participation(entity=one.id, role="participant", side=one.state) for one in persons)),
        ),
        statements=(Statement(id="s1", speaker="p1", kind="indirect", start=said.start, end=said.end, text=said.of(text), parts=(said,)),),
    )  # fmt: skip


def _entity(identity: str, kind: str, name: str, text: str, state: str | None) -> Entity:
    start = text.index(name)
    return Entity(id=identity, kind=kind, name=name, names=(name,), state=state, mentions=(Mention(start=start, end=start + len(name), text=name),))  # type: ignore[arg-type]


def measure(articles: int) -> dict[str, float]:
    """Milliseconds of processor time an article, over the last tenth before each size."""
    people, towns = _world()
    every = kinds(Kit())
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder, "growth.db")))
        spent: list[float] = []
        for at in range(0, articles, _TOGETHER):
            fresh = [Fresh(reading=reading(number, people, towns), signature=Signature()) for number in range(at, min(at + _TOGETHER, articles))]
            begun = time.process_time()
            with store.writing():
                keep(store, fresh, every)
            spent.append((time.process_time() - begun) / len(fresh))
            for step in _STEPS:
                if at < step <= at + _TOGETHER:
                    last = spent[-max(1, step // 10 // _TOGETHER) :]
                    found[str(step)] = round(1000 * sum(last) / len(last), 2)
                    print(f"{step:6} articles: {found[str(step)]:.2f} ms an article", flush=True)
        store.close()
    return found


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = measure(options.articles)
    first, last = next(iter(found.values())), list(found.values())[-1]
    print(f"growth: the last costs {last / first:.2f} times the first")
    if options.json:
        print(json.dumps({"milliseconds": found, "headline": round(last / first, 3)}))
