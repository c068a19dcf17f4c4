"""The dated list of events in which somebody takes part, across thirty articles (SemEval-2015 task 4).

A timeline names a person, a body or a thing; ours is every event of the readings in which an entity of that name takes part, in the order of dates. Asked
are the pairs (event, date): an event is found where a trigger or a reporting cue of ours stands on the gold's word in that sentence, and right where its
day is the gold's (as much of it as the gold knows). `ordered` is the F1 of pairs of events that both sides place one before the other. The task's own
figure joins both; the best of four teams reached .0785 on raw text.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.sets import rows
from dragoman.languages.fold import fold
from dragoman.linking.names import likeness
from dragoman.model.reading import Entity, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit

SETS = ("timelines",)
RIVALS = {"best of four teams, micro-F1": 0.0785}
_ALIKE = 0.6
# Document, sentence and word: which event; and its day or None.
Placed = dict[tuple[str, int, str], str | None]


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1 of events, of (event, date), which is the headline, and of ordered pairs; micro-averaged. `limit` takes so many timelines."""
    every = list(rows(folder, name, split))
    documents = [row for row in every if row["kind"] == "document"]
    kit = Kit()
    texts = {row["id"]: "\n".join(row["sentences"]) for row in documents}
    articles = (readings.article(row["id"], texts[row["id"]], day=_day(row["sentences"][1])) for row in documents)
    read = list(readings.read_all(articles, kit, upto="events"))
    tallies: dict[str, Counter[str]] = {kind: Counter() for kind in ("events", "dated", "ordered")}
    cases, errors = {}, []
    for row in [one for one in every if one["kind"] == "timeline"][:limit]:
        mine: Placed = {}
        for document, reading in zip(documents, read, strict=True):
            if document["corpus"] == row["corpus"]:
                mine.update(_events(document, reading, row["entity"]))
        gold = {(at[0], at[1], at[2].lower()): one["date"] for one in row["events"] for at in one["mentions"]}
        found = {key: next((other for other in mine if _same(key, other)), None) for key in gold}
        dated = sum(other is not None and _fits(gold[key], mine[other]) for key, other in found.items())
        hit = sum(other is not None for other in found.values())
        tallies["events"].update({"right": hit, "wrong": len(mine) - hit, "missed": len(gold) - hit})
        tallies["dated"].update({"right": dated, "wrong": len(mine) - dated, "missed": len(gold) - dated})
        tallies["ordered"].update(_ordered(row, found, mine))
        cases[row["id"]] = scores.of(dated, len(mine), len(gold))["f1"]
        for key, other in found.items():
            if other is None or not _fits(gold[key], mine[other]):
                errors.append(f"{row['entity']}: {key} {gold[key]} {'missed' if other is None else f'read as {mine[other]}'}")
    figures: dict[str, Any] = {kind: scores.tallied(tally) for kind, tally in tallies.items()}
    return {"headline": figures["dated"]["f1"], **figures, "timelines": len(cases), "rivals": RIVALS, "cases": cases, "errors": errors}


def _day(line: str) -> str | None:
    """The day of a dateline ('January 09, 2008')."""
    from datetime import datetime

    try:
        return str(datetime.strptime(line.strip(), "%B %d, %Y").date())
    except ValueError:
        return None


def _events(document: dict[str, Any], reading: Reading, name: str) -> Placed:
    """Events of those who bear the name, and what they say."""
    mine = {entity.id for entity in reading.entities if _named(entity, name)}
    found: Placed = {}
    told = [(event.trigger, event.date) for event in reading.events if any(one.entity in mine for one in event.participants)]
    told += [(one.cue, one.date) for one in reading.statements if one.cue and one.speaker in mine]
    for trigger, day in told:
        at = reading.sentence_at(trigger.start)
        sentence = _line(document, trigger)
        if at is not None:
            found[document["doc_id"], sentence, trigger.of(reading.article.text).lower()] = day
    return found


def _line(document: dict[str, Any], span: Span) -> int:
    at = 0
    for number, line in enumerate(document["sentences"]):
        at += len(line) + 1
        if span.start < at:
            return number
    return len(document["sentences"]) - 1


def _named(entity: Entity, name: str) -> bool:
    words = fold(name).split()
    return any(fold(one) == fold(name) or likeness(one, name).score >= _ALIKE or all(word in words for word in fold(one).split()) for one in entity.names)


def _same(gold: tuple[str, int, str], ours: tuple[str, int, str]) -> bool:
    return gold[:2] == ours[:2] and any(word in ours[2].split() for word in gold[2].split("_"))


def _fits(gold: str, ours: str | None) -> bool:
    """As much of the day as the gold knows; a gold without a day asks for none."""
    known = gold.split("-XX")[0]
    return known.startswith("XXXX") or (ours is not None and ours.startswith(known))


def _ordered(row: dict[str, Any], found: dict[tuple[str, int, str], tuple[str, int, str] | None], mine: Placed) -> Counter[str]:
    order = {(at[0], at[1], at[2].lower()): one["order"] for one in row["events"] for at in one["mentions"] if one["order"]}
    tally: Counter[str] = Counter()
    for one, other in combinations(sorted(order), 2):
        left, right = (mine.get(found[key]) if found.get(key) else None for key in (one, other))  # type: ignore[arg-type]
        wanted = (order[one] > order[other]) - (order[one] < order[other])
        if left is None or right is None:
            tally["missed"] += 1
            continue
        ours = (left > right) - (left < right)
        tally["right" if ours == wanted else "wrong"] += 1
        tally["missed"] += ours != wanted
    return tally


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{kind:8} {scores.shown(figures[kind])}" for kind in ("events", "ordered")]
    told += [f"{who}: {one:.4f}" for who, one in RIVALS.items()]
    return [*told, f"{name}: event and date {scores.shown(figures['dated'])}, {figures['timelines']} timelines"]
