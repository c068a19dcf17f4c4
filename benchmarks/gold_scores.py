"""Readings against hand-written gold, task by task: entities, offices, dates, events with participants, day and place, statements with speaker and channel.

Gold entities are known by kind and any of their names; an entity of ours that is none of them is wrong, and so is one split in two. Events are paired with
those of the gold one to one, the most alike first, by type, participants, day, place and trigger words; statements by the words said. What the gold calls
optional costs nothing when missed or found, and the states of the sides are no wrong participants.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks import scores
from dragoman.model.reading import EventReport, Reading

TASKS = ("entities", "offices", "dates", "events", "participants", "event_dates", "event_places", "statements", "speakers", "channels")
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "l", "un", "une", "der", "die", "das", "los", "las"})
# What two events must have in common to be the same, and two texts.
_SAME_EVENT, _SAME_WORDS, _SAME_DATE = 2.5, 0.6, 0.5
Gold = Mapping[str, Any]


@dataclass(slots=True)
class Marks:
    """What was right, missed and wrong of each task; `notes` says of what."""

    tally: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    notes: list[str] = field(default_factory=list)

    def right(self, task: str) -> None:
        """One that is in the gold."""
        self.tally[task]["right"] += 1

    def missed(self, task: str, what: object) -> None:
        """One that the gold has and the reading has not."""
        self.tally[task]["missed"] += 1
        self.notes.append(f"{task}: missed {what}")

    def wrong(self, task: str, what: object) -> None:
        """One that the reading has and the gold has not."""
        self.tally[task]["wrong"] += 1
        self.notes.append(f"{task}: wrong {what}")

    def figures(self) -> dict[str, scores.Figures]:
        """Precision, recall and F1 of every task."""
        return {task: scores.tallied(self.tally[task]) for task in TASKS}


def words(text: str) -> list[str]:
    """Words without case or accents; İ, ı and I are one letter."""
    plain = unicodedata.normalize("NFKD", text.translate({ord("İ"): "i", ord("ı"): "i", ord("I"): "i"}).casefold())
    return re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def shared(one: str, other: str) -> float:
    """F1 of the words that two texts share."""
    left, right = Counter(words(one)), Counter(words(other))
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def mark(gold: Gold, reading: Reading, marks: Marks) -> None:
    """Add the marks of one text."""
    known = _known(gold, reading)
    _entities(gold, reading, known, marks)
    _offices(gold, reading, known, marks)
    _dates(gold, reading, marks)
    _events(gold, reading, known, marks)
    _statements(gold, reading, known, marks)


def _name(text: str) -> str:
    plain = words(text)
    while len(plain) > 1 and plain[0] in _ARTICLES:
        plain = plain[1:]
    return " ".join(plain)


def _known(gold: Gold, reading: Reading) -> dict[str, str]:
    """Which entity of ours is which of the gold."""
    keys: dict[tuple[str, str], str] = {}
    for key, one in gold["entities"].items():
        for name in (*one["names"], *([one["code"]] if one.get("code") else [])):
            keys.setdefault((one["kind"], _name(name)), key)
    found = {}
    for entity in reading.entities:
        spoken = [mention.text for mention in entity.mentions if mention.form == "name"]
        for name in (entity.name, *entity.names, *spoken, *([entity.code] if entity.code else [])):
            if key := keys.get((entity.kind, _name(name))):
                found[entity.id] = key
                break
    return found


def _entities(gold: Gold, reading: Reading, known: Mapping[str, str], marks: Marks) -> None:
    often = Counter(known.values())
    for key, one in gold["entities"].items():
        if often[key]:
            marks.right("entities")
            for _ in range(often[key] - 1):
                marks.wrong("entities", f"{gold['id']}: {key} again as another entity")
        elif not one.get("optional"):
            marks.missed("entities", f"{gold['id']}: {key} {one['names'][0]}")
    for entity in reading.entities:
        if entity.id not in known:
            marks.wrong("entities", f"{gold['id']}: {entity.kind} {entity.name}")


def _offices(gold: Gold, reading: Reading, known: Mapping[str, str], marks: Marks) -> None:
    body = {entity.id: entity.code or known.get(entity.id) or entity.name for entity in reading.entities}
    ours = {(known.get(one.person, one.person), one.office, body.get(one.of or "", one.of)) for one in reading.offices}
    theirs = {tuple(one) for one in gold["offices"]}
    for one in sorted(theirs, key=str):
        if one in ours:
            marks.right("offices")
        else:
            marks.missed("offices", f"{gold['id']}: {one}")
    for one in sorted(ours - theirs - {tuple(one) for one in gold.get("optional_offices", ())}, key=str):
        marks.wrong("offices", f"{gold['id']}: {one}")


def _dates(gold: Gold, reading: Reading, marks: Marks) -> None:
    left = list(reading.dates)
    for want in gold["dates"]:
        hit = next((one for one in left if one.value == want["value"] and shared(one.text, want["text"]) >= _SAME_DATE), None)
        if hit is not None:
            left.remove(hit)
            marks.right("dates")
        elif not want.get("optional"):
            marks.missed("dates", f"{gold['id']}: {want['text']} = {want['value']}")
    for one in left:
        if one.kind == "date" and not any(shared(one.text, text) >= _SAME_DATE for text in gold.get("optional_dates", ())):
            marks.wrong("dates", f"{gold['id']}: {one.text} = {one.value}")


def _events(gold: Gold, reading: Reading, known: Mapping[str, str], marks: Marks) -> None:
    text = reading.article.text
    near = [(_alike(want, event, known, text), left, right) for left, want in enumerate(gold["events"]) for right, event in enumerate(reading.events)]
    match: dict[int, int] = {}
    for score, left, right in sorted(near, reverse=True):
        if score >= _SAME_EVENT and left not in match and right not in match.values():
            match[left] = right
    for number, want in enumerate(gold["events"]):
        label = f"{gold['id']}: {want['type']} {(want.get('trigger') or [''])[0]}"
        if want.get("optional"):
            continue
        if number in match:
            _event(want, reading.events[match[number]], known, label, marks)
            continue
        marks.missed("events", label)
        for who in want.get("participants", ()):
            marks.missed("participants", f"{label}: {who}")
        for task, slot in (("event_dates", "date"), ("event_places", "place")):
            if want.get(slot):
                marks.missed(task, f"{label}: {want[slot]}")
    for number, event in enumerate(reading.events):
        if number not in match.values():
            marks.wrong("events", f"{gold['id']}: {event.type} '{event.trigger.of(text)}'")


def _event(want: Mapping[str, Any], event: EventReport, known: Mapping[str, str], label: str, marks: Marks) -> None:
    """An event of ours beside the gold's that it is taken for."""
    if event.type in _types(want):
        marks.right("events")
    else:
        marks.missed("events", label)
        marks.wrong("events", f"{label}: read as {event.type}")
    ours, theirs = _people(event, known), set(want.get("participants", ()))
    for who in sorted(theirs):
        if who in ours:
            marks.right("participants")
        else:
            marks.missed("participants", f"{label}: {who}")
    for who in sorted(ours - theirs - set(want.get("optional_participants", ())) - set(want.get("sides", ()))):
        marks.wrong("participants", f"{label}: {who}")
    for task, found, allowed in (
        ("event_dates", event.date, _listed(want.get("date"))),
        ("event_places", known.get(event.place or ""), _listed(want.get("place"))),
    ):
        if not allowed:
            continue
        if found in allowed:
            marks.right(task)
            continue
        marks.missed(task, f"{label}: {allowed[0]}")
        if found:
            marks.wrong(task, f"{label}: {found}")


def _alike(want: Mapping[str, Any], event: EventReport, known: Mapping[str, str], text: str) -> float:
    """Points for what two events have in common; strangers lose two."""
    ours, theirs, sides = _people(event, known), set(want.get("participants", ())), set(want.get("sides", ()))
    both = ours & theirs
    points = 2.0 * (event.type in _types(want)) + 3.0 * len(both) / max(1, len(theirs | (ours - sides)))
    points += bool(want.get("date")) and want["date"] == event.date
    points += bool(event.place) and known.get(event.place or "") in _listed(want.get("place"))
    trigger = " ".join(words(event.trigger.of(text)))
    points += 1.5 * any(" ".join(words(one)) in trigger for one in want.get("trigger", ()))
    return points - 2.0 * (not both and not sides & ours)


def _people(event: EventReport, known: Mapping[str, str]) -> set[str]:
    return {known[one.entity] for one in event.participants if one.entity in known}


def _types(want: Mapping[str, Any]) -> Collection[str]:
    return (want["type"], *want.get("alt_types", ()))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _statements(gold: Gold, reading: Reading, known: Mapping[str, str], marks: Marks) -> None:
    left = list(reading.statements)
    for want in gold["statements"]:
        best = max(left, key=lambda one: shared(one.text, want["text"]), default=None)
        said = f"{gold['id']}: {want['speaker']}: {want['text'][:60]}"
        if best is None or shared(best.text, want["text"]) < _SAME_WORDS:
            if not want.get("optional"):
                for task in ("statements", "speakers", *(("channels",) if want.get("channel") else ())):
                    marks.missed(task, said)
            continue
        left.remove(best)
        if want.get("optional"):
            continue
        marks.right("statements")
        who = known.get(best.speaker or "")
        if who == want["speaker"]:
            marks.right("speakers")
        else:
            marks.missed("speakers", said)
            if best.speaker:
                marks.wrong("speakers", f"{said}: {who}")
        if want.get("channel"):
            if best.channel and shared(best.channel, want["channel"]) > _SAME_DATE:
                marks.right("channels")
            else:
                marks.missed("channels", f"{said}: {want['channel']}")
    for one in left:
        marks.wrong("statements", f"{gold['id']}: {one.text[:70]}")
