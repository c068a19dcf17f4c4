"""The whole coded event: its type, who did it and to whom, on the gold records of the PLOVER manual.

The records are of 2016: four of their eighteen types bear other names today (_RENAMED). One record asks for one event, while a reading gives all that the
sentence tells, so three things are told apart: `found`, some event of the reading has the type; `type`, the event that is taken for the record has it;
`full`, the states of both sides are right as well. Taken is the event whose trigger lies nearest to the words that the record gives for it: which event of
a sentence is asked about is the question, not the answer. States are compared as codes, organisations of states as IGO; where a record calls the sides
interchangeable they may be swapped, or stand together on one side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.sets import rows
from dragoman.knowledge.organisations import organisations
from dragoman.model.reading import Entity, EventReport, Participation, Reading
from dragoman.reading.kit import Kit

SETS = ("plover_gsr",)
_RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# Slips of the set, and names of one thing.
_CODES = {"JAP": "JPN", "UNO": "IGO", "EUR": "IGO", "IMG": "IGO", "ISM": "IGO", "KOS": "XKX"}
_DOING = ("actor", "visitor", "participant", "mediator")
Sides = tuple[frozenset[str], frozenset[str]]


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Found, type accuracy and macro-F1, F1 of states with their role, and the whole event, which is the headline."""
    kit = Kit()
    given = list(rows(folder, name, split))[:limit]
    # the day of every record is 2000-01-01, a placeholder
    read = readings.read_all((readings.article(row["id"], row["text"]) for row in given), kit)
    pairs, cases, errors = [], {}, []
    tally: Counter[str] = Counter()
    for row, reading in zip(given, read, strict=True):
        wanted = _RENAMED.get(row["event"], row["event"])
        taken = nearest(reading, trigger_words(row))
        pairs.append((wanted, taken.type if taken else ""))
        tally["found"] += any(event.type == wanted for event in reading.events)
        asked = tuple(frozenset(_CODES.get(one["code"], one["code"]) for one in row[side] if one["code"]) for side in ("source", "target"))
        ours = best_sides(sides(reading, taken), (asked[0], asked[1]), swap=bool(row["reciprocal"]))
        for theirs, found in zip(asked, ours, strict=True):
            tally.update({"right": len(theirs & found), "wrong": len(found - theirs), "missed": len(theirs - found)})
        full = pairs[-1][0] == pairs[-1][1] and ours == asked
        cases[row["id"]] = (float(pairs[-1][0] == pairs[-1][1]) + float(full)) / 2
        if not full:
            errors.append(f"{row['id']}: {wanted} {_told(asked)} read as {pairs[-1][1] or 'nothing'} {_told(ours)}: {row['text']}")
    return {
        "headline": scores.share(sum(one == 1 for one in cases.values()), len(cases)), "type_accuracy": scores.accuracy(pairs), "macro_f1": scores.macro(pairs),
        "found": scores.share(tally["found"], len(given)), "states": scores.tallied(tally), "classes": scores.by_class(pairs),
        "records": len(given), "cases": cases, "errors": errors,
    }  # fmt: skip


def trigger_words(row: dict[str, Any]) -> tuple[str, ...]:
    """The words of the record's own event, in lower case."""
    return tuple(re.findall(r"\w+", row["event_text"].lower()))


def nearest(reading: Reading, words: Sequence[str]) -> EventReport | None:
    """The event whose trigger holds the most of these words, or else lies nearest to one of them; the first of several."""
    text = reading.article.text.lower()
    places = [match.start() for word in words for match in re.finditer(rf"\b{re.escape(word)}", text)]

    def rank(event: EventReport) -> tuple[int, int, int]:
        inside = sum(event.trigger.start <= place < event.trigger.end for place in places)
        near = min((abs(event.trigger.start - place) for place in places), default=0)
        return (-inside, near, event.trigger.start)

    return min(reading.events, key=rank, default=None)


def sides(reading: Reading, event: EventReport | None) -> Sides:
    """The states of those who act and of those acted upon."""
    if event is None:
        return frozenset(), frozenset()
    doing = [one for one in event.participants if one.role in _DOING]
    done_to = [one for one in event.participants if one.role not in _DOING]
    return _codes(reading, doing), _codes(reading, done_to)


def _codes(reading: Reading, participants: Iterable[Participation]) -> frozenset[str]:
    codes = set()
    for one in participants:
        entity = reading.entity(one.entity)
        code = (entity.code if entity else None) or one.side or (entity.state if entity else None)
        if entity is not None and (_between_states(entity) or (code and _between_states(reading.entity(code)))):
            code = "IGO"
        if code and len(code) == 3 and code.isupper():
            codes.add(_CODES.get(code, code))
    return frozenset(codes)


def _between_states(entity: Entity | None) -> bool:
    return entity is not None and entity.kind == "organization" and bool(_international() & {name.lower() for name in (entity.name, *entity.names)})


def _international() -> frozenset[str]:
    return frozenset(name.lower() for one in organisations() if one.kind == "international" for name in one.names.get("en", ()))


def best_sides(ours: Sides, asked: Sides, *, swap: bool) -> Sides:
    """Our sides; where they may be swapped, whichever way fits better, and all of ours shared out as the record has them."""
    if not swap:
        return ours
    every = ours[0] | ours[1]
    shared = (every & asked[0], every - asked[0]) if asked[1] else (every, frozenset())
    return max((ours, (ours[1], ours[0]), shared), key=lambda one: len(one[0] & asked[0]) + len(one[1] & asked[1]) - len((one[0] | one[1]) - every))


def _told(both: Sequence[frozenset[str]]) -> str:
    return " > ".join("+".join(sorted(one)) or "-" for one in both)


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{kind:10} {scores.shown(one)}" for kind, one in figures["classes"].items()]
    told.append(f"found {figures['found']:.3f}; type accuracy {figures['type_accuracy']:.3f}, macro-F1 {figures['macro_f1']:.3f}")
    told.append(f"states of source and target: {scores.shown(figures['states'])}")
    return [*told, f"{name}: type and the states of both sides right {figures['headline']:.3f} of {figures['records']} records"]
