"""Lines of sport, lists and datelines, as newspapers print them: a town that plays is a body there, a town with a full stop opens a report.

Sentences teach none of it, and a reader that has never seen a table of results takes its teams for places and its places for persons.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from dragoman_encoder.layers import coded
from training.corpora import Example

Name = tuple[str, ...]
Piece = str | tuple[str, Name]
_SPORTS = ("SOCCER", "CRICKET", "TENNIS", "BASKETBALL", "ATHLETICS", "CYCLING", "GOLF", "RUGBY UNION", "ICE HOCKEY", "BASEBALL")


def lines(pool: Mapping[tuple[str, str], Sequence[Name]], languages: Sequence[str], drawn: random.Random, count: int) -> Iterator[Example]:
    """`count` lines with names of the pool, by language and class."""
    for _ in range(count):
        language = drawn.choice(languages)
        row = list(_line(language, pool, drawn))
        words: list[str] = []
        spans: list[tuple[int, int, str]] = []
        shouted = drawn.random() < 0.2
        for piece in row:
            if isinstance(piece, str):
                words.extend(piece.split())
                continue
            kind, name = piece
            spans.append((len(words), len(words) + len(name), kind))
            words.extend(word.upper() if shouted else word for word in name)
        yield Example(language, tuple(words), {"name": tuple(coded("name", len(words), spans))}, "results")


def _line(language: str, pool: Mapping[tuple[str, str], Sequence[Name]], drawn: random.Random) -> Iterator[Piece]:
    def name(kind: str) -> Name:
        names = pool[language, kind]
        return next((one for one in (drawn.choice(names) for _ in range(20)) if len(one) <= 3), ("Rovers",))

    def number(top: int) -> str:
        return str(drawn.randrange(top))

    def team() -> tuple[str, Name]:
        return "ORG", name("LOC") if drawn.random() < 0.7 else name("ORG")

    kind = drawn.randrange(8)
    if kind == 0:
        yield from (team(), number(6), team(), number(6))
        if drawn.random() < 0.4:
            yield f"( {number(3)} - {number(3)} )"
    elif kind == 1:
        yield from (team(), "AT" if language == "en" else "-", team())
    elif kind == 2:
        yield from (team(), " ".join(number(90) for _ in range(drawn.randrange(3, 7))))
    elif kind == 3:
        yield from (f"{drawn.randrange(1, 30)} .", ("PER", name("PER")), "(", ("LOC", name("LOC")), f") {number(60)} . {number(99)}")
    elif kind == 4:
        yield from (("PER", name("PER")), "(", ("LOC", name("LOC")), ")", "beat" if language == "en" else "-", ("PER", name("PER")))
        yield from ("(", ("LOC", name("LOC")), f") 6 - {number(5)} 6 - {number(5)}")
    elif kind == 5:
        yield from (drawn.choice(_SPORTS), "-", team() if drawn.random() < 0.6 else ("PER", name("PER")), "." if drawn.random() < 0.5 else "")
    elif kind == 6:
        yield from (("LOC", name("LOC")), drawn.choice([".", ":", "-", f"1996 - 0{drawn.randrange(1, 9)} - {drawn.randrange(10, 30)}", '. "']))
    else:
        yield from (("PER", name("PER")), drawn.choice([",", "-", "(", ":"]), ("ORG", name("ORG")))
        if drawn.random() < 0.5:
            yield from (",", ("LOC", name("LOC")))
