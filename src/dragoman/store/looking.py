"""Search: articles are found by the database's own index of their words, ranked and shown by rules that are the same for all databases."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from sqlalchemy import Connection, select

from dragoman.store.connections import Connections
from dragoman.store.database import Row
from dragoman.store.protocol import Found
from dragoman.store.schema import articles, readings, search_texts
from dragoman.store.words import BOUNDARY, Term, Word, joined, terms, words

# Code points of an article's words in one row, and words that two rows share: PostgreSQL indexes no more than a megabyte at once.
_PART = 150_000
_SHARED = 100
_MOST_STATEMENTS = 50_000
_MOST_NAMES = 20_000
_MOST_TITLE = 2_000
# Articles looked at closely; where more match, the database has chosen.
_CLOSELY = 400
# Code points shown of a sentence that has no end, such as a table or a text without full stops.
_SHOWN = 600
# What a word is worth in a title, a name, a statement, the text; how soon more of it counts no more, and the length of a usual article (BM25's k1 and b).
_WORTH = {"title": 8.0, "names": 4.0, "statements": 2.0, "body": 1.0}
_SATURATION, _LENGTH, _USUAL = 1.2, 0.5, 3_000

_ENDS = re.compile(r"[.!?…؟。！？][\"'»”’)\]]*\s+|[。！？]|\n+")


@dataclass(frozen=True, slots=True)
class _Hit:
    article: str
    rank: float
    title: str
    names: tuple[str, ...]


def index_text(connections: Connections, article: str, *, title: str, text: str, names: Sequence[str], statements: Sequence[str]) -> None:
    spelled = tuple(dict.fromkeys(names))
    bodies = list(_parts(joined(text)))
    said = _cut(f" {BOUNDARY} ".join(filter(None, map(joined, statements))), _MOST_STATEMENTS)
    called = _cut(f" {BOUNDARY} ".join(filter(None, map(joined, spelled))), _MOST_NAMES)
    rows: list[Row] = [
        {
            "article": article, "part": part, "title": _cut(joined(title), _MOST_TITLE), "names": called, "statements": statement or "", "body": body,
            "given": {"title": title, "names": spelled} if part == 0 else {},
        }
        for part, (body, statement) in enumerate(zip_longest(bodies, [said], fillvalue=""))
    ]  # fmt: skip
    with connections.write() as connection:
        connections.database.put_texts(connection, article, rows)


def _parts(body: str) -> Iterator[str]:
    """Pieces of at most _PART code points, cut between words; each begins with the last words of the one before."""
    start = 0
    while len(body) - start > _PART:
        end = body.rindex(" ", start, start + _PART)
        yield body[start:end]
        start = end - len(" ".join(body[start:end].split(" ")[-_SHARED:]))
    yield body[start:]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0]


def search(connections: Connections, query: str, limit: int) -> tuple[Found, ...]:
    asked = terms(query)
    if not asked or limit <= 0:
        return ()
    with connections.read() as connection:
        chosen = connections.database.matching(connection, asked, max(limit, _CLOSELY))
        hits = _ranked(connection, chosen, asked)[:limit]
        return tuple(_found(connection, hit, asked) for hit in hits)


def _ranked(connection: Connection, rows: Sequence[int], asked: Sequence[Term]) -> list[_Hit]:
    best: dict[str, tuple[float, int]] = {}
    for row in connection.execute(select(search_texts).where(search_texts.c.id.in_(rows))):
        rank = _rank({field: f" {getattr(row, field)} " for field in _WORTH}, asked)
        if rank > best.get(row.article, (0.0, 0))[0]:
            best[row.article] = (rank, row.id)
    first = select(search_texts.c.article, search_texts.c.given).where(search_texts.c.part == 0)
    ordered = sorted(best.items(), key=lambda found: (-found[1][0], found[0]))
    given = {row.article: row.given for row in connection.execute(first.where(search_texts.c.article.in_(list(best))))}
    return [_Hit(article, rank, given[article]["title"], tuple(given[article]["names"])) for article, (rank, _) in ordered]


def _rank(fields: dict[str, str], asked: Sequence[Term]) -> float:
    """0 where a term is missing; otherwise the sum over terms of BM25's saturated frequency, fields weighted, without rarity: all terms must be there."""
    damped = _SATURATION * (1 - _LENGTH + _LENGTH * len(fields["body"]) / _USUAL)
    total = 0.0
    for term in asked:
        often = sum(worth * fields[field].count(term.pattern) for field, worth in _WORTH.items())
        if not often:
            return 0.0
        total += often / (often + damped)
    return round(total / len(asked), 6)


def _found(connection: Connection, hit: _Hit, asked: Sequence[Term]) -> Found:
    """The sentence with most of the terms, the first of several; where the text has none of them, the name or title that has."""
    text = connection.execute(select(articles.c.text).where(articles.c.id == hit.article)).scalar_one()
    spots = sorted(_spots(list(words(text)), asked))
    if spots:
        bounds = _sentences(connection, hit.article, text)
        starts = [start for start, _ in bounds]
        held: dict[int, set[Term]] = {}
        for start, _, term in spots:
            held.setdefault(max(bisect_right(starts, start) - 1, 0), set()).add(term)
        best = max(held, key=lambda place: (len(held[place]), -place))
        start, end = _around(text, *bounds[best], next(spot for spot, _, _ in spots if spot >= bounds[best][0] or best == 0))
        return Found(article=hit.article, start=start, end=end, text=text[start:end], rank=hit.rank)
    for shown in (*hit.names, hit.title):
        if any(term.pattern in f" {joined(shown)} " for term in asked):
            return Found(article=hit.article, start=0, end=0, text=shown, rank=hit.rank)
    return Found(article=hit.article, start=0, end=0, text=hit.title, rank=hit.rank)


def _around(text: str, start: int, end: int, spot: int) -> tuple[int, int]:
    """The sentence start:end, or of a long one what lies around a spot in it, cut between words."""
    if end - start <= _SHOWN:
        return start, end
    spot = min(spot, end - 1)
    first = max(start, spot - _SHOWN // 2)
    last = min(end, first + _SHOWN)
    if first > start:
        first = text.find(" ", first, spot) + 1 or first
    if last < end:
        last = max(text.rfind(" ", spot, last), 0) or last
    return first, last


def _spots(found: Sequence[Word], asked: Sequence[Term]) -> Iterator[tuple[int, int, Term]]:
    """Where terms stand in a text."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(found):
        places.setdefault(word.text, []).append(place)
    texts = [word.text for word in found]
    for term in asked:
        size, last = len(term.words), term.words[-1]
        starts = range(len(texts) - size + 1) if size == 1 and term.prefix else places.get(term.words[0], [])
        for place in starts:
            piece = texts[place : place + size]
            if len(piece) == size and tuple(piece[:-1]) == term.words[:-1] and (piece[-1].startswith(last) if term.prefix else piece[-1] == last):
                yield found[place].start, found[place + size - 1].end, term


def _sentences(connection: Connection, article: str, text: str) -> list[tuple[int, int]]:
    """The sentences of the article's reading; without one, what lies between full stops and lines."""
    kept = connection.execute(select(readings.c.reading).where(readings.c.article == article)).scalar()
    try:
        read = [(int(start), int(end)) for start, end in json.loads(kept or "")["article"]["sentences"]]
    except (ValueError, KeyError, TypeError):
        read = []
    if read and all(0 <= start < end <= len(text) for start, end in read):
        return sorted(read)
    ends = [0, *(found.end() for found in _ENDS.finditer(text)), len(text)]
    bounds = [(start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in pairwise(ends)]
    return [(start, end) for start, end in bounds if start < end] or [(0, len(text))]
