"""Entities, events, participants and dates of whole articles, on MEANTIME (English Wikinews on aircraft makers, Apple, car makers and stock markets).

Everything that happens is an event there; ours are sixteen political types and what is said, so that most of the set's events are missed by design. `events`
are triggers against the set's event mentions, by overlap; `speech` is reporting cues against those it calls speech; `participants` persons, bodies and places
of the events found, which is the headline; `entities` names, exact; `dates` the day of the events found, where the set has a whole one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import coreference, readings, scores
from benchmarks.sets import rows
from dragoman.model.reading import EventReport, Reading
from dragoman.reading.kit import Kit

SETS = ("meantime",)
_KINDS = {"person": "PER", "organization": "ORG", "state": "LOC", "place": "LOC"}
_NAMES = ("NAM", "PRE.NAM")
_PARTS = ("Arg0", "Arg1", "Arg2")


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1 of entities, events and participants, accuracy of dates, CoNLL F1 of entities within a text."""
    given = list(rows(folder, name, split))[:limit]
    kit = Kit()
    read = readings.read_all((readings.article(row["id"], row["text"], day=row["date"]) for row in given), kit, upto="events")
    tallies: dict[str, Counter[str]] = {kind: Counter() for kind in ("entities", "events", "speech", "participants", "dates")}
    gold_chains, our_chains = [], []
    cases: dict[str, float] = {}
    errors: list[str] = []
    for row, reading in zip(given, read, strict=True):
        spans = _annotated(row)
        before = Counter(tallies["participants"])
        _entities(row, reading, spans, tallies["entities"], errors)
        _events(row, reading, spans, tallies, errors)
        cases[row["id"]] = scores.tallied(tallies["participants"] - before)["f1"]
        chains: dict[str, set[tuple[str, int]]] = {}
        for one in row["entities"]:
            if one["type"] in ("PER", "ORG", "LOC") and one["instance"]:
                chains.setdefault(one["instance"], set()).add((row["id"], one["span"][1]))
        gold_chains += [frozenset(chain) for chain in chains.values()]
        our_chains += [
            frozenset((row["id"], mention.end) for mention in entity.mentions if any(start <= mention.start < end for start, end in spans))
            for entity in reading.entities
        ]
    figures: dict[str, Any] = {kind: scores.tallied(tally) for kind, tally in tallies.items() if kind != "dates"}
    return {
        "headline": figures["participants"]["f1"], **figures, "dates": scores.share(tallies["dates"]["right"], sum(tallies["dates"].values())),
        "entity_chains": coreference.conll(gold_chains, our_chains), "articles": len(given), "cases": cases, "errors": errors,
    }  # fmt: skip


def _annotated(row: dict[str, Any]) -> list[tuple[int, int]]:
    """The sentences that were annotated; all where the row does not say."""
    chosen = row.get("annotated_sentences")
    every = [(start, end) for start, end in row["sentences"]]
    if isinstance(chosen, int):
        return every[:chosen]
    return [every[number] for number in chosen] if chosen else every


def _entities(row: dict[str, Any], reading: Reading, spans: list[tuple[int, int]], tally: Counter[str], errors: list[str]) -> None:
    wanted = {(*one["span"], one["type"]) for one in row["entities"] if one["syntactic"] in _NAMES and one["type"] in _KINDS.values()}
    found = {
        (mention.start, mention.end, _KINDS[entity.kind])
        for entity in reading.entities
        for mention in entity.mentions
        if mention.form == "name" and any(start <= mention.start < end for start, end in spans)
    }
    tally.update({"right": len(found & wanted), "wrong": len(found - wanted), "missed": len(wanted - found)})
    errors += [f"{row['id']}: entity {'missed' if one in wanted else 'wrong'} {row['text'][one[0] : one[1]]!r} {one[2]}" for one in sorted(found ^ wanted)]


def _events(row: dict[str, Any], reading: Reading, spans: list[tuple[int, int]], tallies: dict[str, Counter[str]], errors: list[str]) -> None:
    used: set[int] = set()
    cues = [statement.cue for statement in reading.statements if statement.cue]
    for number, one in enumerate(row["events"]):
        if any(cue.start < one["span"][1] and one["span"][0] < cue.end for cue in cues) and one["class"] == "SPEECH_COGNITIVE":
            tallies["speech"]["right"] += 1
        elif one["class"] == "SPEECH_COGNITIVE":
            tallies["speech"]["missed"] += 1
        match = next((event for event in reading.events if event.trigger.start < one["span"][1] and one["span"][0] < event.trigger.end), None)
        if match is None:
            if one["class"] == "OTHER":
                tallies["events"]["missed"] += 1
            continue
        used.add(id(match))
        tallies["events"]["right"] += 1
        _participants(row, reading, row["events"][number], match, tallies["participants"], errors)
        if one["date"] and "X" not in one["date"] and len(one["date"]) == 10:
            right = match.date == one["date"]
            tallies["dates"]["right" if right else "wrong"] += 1
            if not right:
                errors.append(f"{row['id']}: date of {one['text']!r} {one['date']} read as {match.date}")
    inside = [event for event in reading.events if any(start <= event.trigger.start < end for start, end in spans)]
    tallies["events"]["wrong"] += sum(id(event) not in used for event in inside)


def _participants(row: dict[str, Any], reading: Reading, gold: dict[str, Any], event: EventReport, tally: Counter[str], errors: list[str]) -> None:
    """Gold arguments that are persons, bodies or states; right where a participant of ours is mentioned inside one."""
    by_mention = {one["m"]: one for one in row["entities"]}
    wanted = [by_mention[m] for role, m in gold["participants"] if role in _PARTS and m in by_mention and by_mention[m]["type"] in ("PER", "ORG", "LOC")]
    left = [reading.entity(one.entity) for one in event.participants]
    for one in wanted:
        start, end = one["span"]
        hit = next(
            (entity for entity in left if entity and any((start <= m.start and m.end <= end) or (m.start <= start and end <= m.end) for m in entity.mentions)),
            None,
        )
        tally["right" if hit else "missed"] += 1
        if hit:
            left.remove(hit)
        else:
            errors.append(f"{row['id']}: participant missed {one['text']!r} of {gold['text']!r}")
    tally["wrong"] += len(left)
    errors += [f"{row['id']}: participant wrong {entity.name!r} of {gold['text']!r}" for entity in left if entity]


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{kind:13} {scores.shown(figures[kind])}" for kind in ("entities", "events", "speech", "participants")]
    told.append(f"dates of events found {figures['dates']:.3f}; entity chains: CoNLL {figures['entity_chains']['conll_f1']:.3f}")
    return [*told, f"{name}: F1 of participants on events found {figures['headline']:.3f}, {figures['articles']} articles"]
