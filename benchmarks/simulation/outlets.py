"""Who reports what: desks of five languages, their own reports, copies, excerpts and translations of agencies, and their slips."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from benchmarks.simulation.world import TOPICS, Chronicle, Happening, Quote

LANGUAGES = ("en", "fr", "ar", "tr", "es")
Origin = Literal["own", "near-duplicate", "excerpt", "translation"]
# Of own reports so many have a wrong day, a wrong office, a slip in a name.
_WRONG_DAY, _WRONG_OFFICE, _SLIP = 0.025, 0.01, 0.007
# Of an agency's reports so many are taken over, translated, cut short.
_TAKEN, _TRANSLATED, _CUT = 0.35, 0.4, 0.12
_BACKGROUND = 10


@dataclass(frozen=True, slots=True)
class Outlet:
    """`habit` chooses among usual spellings of foreign names; an agency's reports are taken over by others."""

    name: str
    language: str
    habit: int
    agency: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a plan: what it tells, and of what."""

    tells: Literal["lead", "planned", "earlier", "detail", "quote", "background"]
    form: int = 0
    topic: str = ""
    figure: int = 0
    quote: Quote | None = None
    happening: Happening | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a report will say: `wording` seeds its words, so that a copy has those of its origin; `day` is the day it tells, `wrong` an office it mistakes."""

    number: int
    outlet: Outlet
    published: date
    happening: Happening
    passages: tuple[Passage, ...]
    wording: int
    day: date
    origin: int
    how: Origin = "own"
    habit: int = 0
    wrong: str | None = None
    slip: int | None = None


def outlets() -> tuple[Outlet, ...]:
    """Two agencies and four other desks of each language."""
    words = {
        "en": "Harbour Wire|Northern Agency|The Lantern|Daily Meridian|The Quay|Evening Standardbearer",
        "fr": "Agence Boréale|Dépêches du Large|Le Réverbère|La Vigie|Le Méridien|L'Écluse",
        "ar": "وكالة الميناء|وكالة الشروق|صحيفة المنارة|صحيفة الجسر|صحيفة الأفق|صحيفة القلم",
        "tr": "Liman Ajansı|Kuzey Ajansı|Fener Gazetesi|Köprü|Ufuk Gazetesi|Kalem",
        "es": "Agencia Faro|Agencia del Norte|El Muelle|La Brújula|El Meridiano|La Linterna",
    }
    return tuple(Outlet(name, language, 7 * place + 3 * at, agency=at < 2) for place, language in enumerate(LANGUAGES)
                 for at, name in enumerate(words[language].split("|")))  # fmt: skip


def plans(chronicle: Chronicle) -> Iterator[Plan]:
    """The plans of all reports, day after day, without end before twenty years are over."""
    desks = outlets()
    number = 0
    for _, today in chronicle.days():
        for happening in today:
            drawn = random.Random(f"reports {chronicle.seed} {happening.number}")
            for plan in _of(happening, drawn, desks, number):
                number += 1
                yield plan


def _of(happening: Happening, drawn: random.Random, desks: tuple[Outlet, ...], first: int) -> Iterator[Plan]:
    number = first
    how_many = min(5, 1 + int(drawn.expovariate(1.2 / happening.weight)))
    tellers = drawn.sample(desks, how_many)
    for place, outlet in enumerate(tellers):
        own = _own(happening, drawn, outlet, number, place)
        yield own
        number += 1
        if not outlet.agency:
            continue
        for copy in _copies(own, drawn, [desk for desk in desks if desk not in tellers], number):
            yield copy
            number += 1
    if happening.announced is not None:
        outlet = drawn.choice(desks)
        told = Passage("planned", happening=happening)
        yield Plan(number=number, outlet=outlet, published=happening.announced, happening=happening, passages=(told, *_background(drawn, happening, 3)),
                   wording=number, day=happening.day, origin=number, habit=outlet.habit)  # fmt: skip


def _own(happening: Happening, drawn: random.Random, outlet: Outlet, number: int, place: int) -> Plan:
    passages = [Passage("detail", form, happening.topic, happening.figure + 7 * form) for form in drawn.sample(range(3), drawn.choice((1, 1, 2)))]
    passages += [
        Passage("quote", form=int(quote.direct), quote=quote) for quote in drawn.sample(happening.quotes, min(len(happening.quotes), drawn.choice((1, 2, 3))))
    ]
    if happening.again is not None and drawn.random() < 0.3:
        passages.append(Passage("earlier", happening=happening.again))
    passages += _background(drawn, happening, drawn.choice((2, 3, 4)))
    drawn.shuffle(passages)
    day = happening.day
    if happening.disputed is not None and place % 2:
        day = happening.disputed
    elif drawn.random() < _WRONG_DAY:
        day += timedelta(days=drawn.choice((-2, -1, 1)))
    published = max(happening.day, day) + timedelta(days=drawn.random() < 0.25)
    return Plan(
        number=number, outlet=outlet, published=published, happening=happening, passages=(Passage("lead", happening=happening), *passages), wording=number,
        day=day, origin=number, habit=outlet.habit, wrong="energy-minister" if drawn.random() < _WRONG_OFFICE else None,
        slip=drawn.randrange(100) if drawn.random() < _SLIP else None,
    )  # fmt: skip


def _background(drawn: random.Random, happening: Happening, count: int) -> list[Passage]:
    return [Passage("background", form, drawn.choice(TOPICS)) for form in drawn.sample(range(_BACKGROUND), count)]


def _copies(own: Plan, drawn: random.Random, desks: list[Outlet], number: int) -> Iterator[Plan]:
    """An agency's report in the columns of others: word for word with a sentence less, cut short, or in another language."""
    same = [desk for desk in desks if desk.language == own.outlet.language]
    foreign = [desk for desk in desks if desk.language != own.outlet.language]
    later = own.published + timedelta(days=drawn.random() < 0.2)
    kept = {"published": later, "happening": own.happening, "day": own.day, "origin": own.origin, "wrong": own.wrong, "slip": own.slip}
    made: list[tuple[Outlet, tuple[Passage, ...], int | None, Origin]] = []
    if same and drawn.random() < _TAKEN and len(own.passages) > 3:
        made.append((drawn.choice(same), own.passages[:-1] if drawn.random() < 0.5 else own.passages, own.wording, "near-duplicate"))
    for desk in drawn.sample(foreign, 2):
        if drawn.random() < _TRANSLATED:
            made.append((desk, own.passages, None, "translation"))
    if len(same) > 1 and drawn.random() < _CUT and len(own.passages) > 4:
        taken = {one[0].name for one in made}
        made.append((drawn.choice([desk for desk in same if desk.name not in taken]), own.passages[:3], own.wording, "excerpt"))
    for at, (desk, passages, wording, how) in enumerate(made):
        habit = own.habit if wording is not None else desk.habit
        yield Plan(number=number + at, outlet=desk, passages=passages, wording=number + at if wording is None else wording, how=how, habit=habit, **kept)  # type: ignore[arg-type]
