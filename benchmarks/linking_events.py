"""Link the events of a folder of gold texts without a store, and score them as tools/score_record.py does; every pair missed or wrong is listed.

    python -m benchmarks.linking_events GOLD_DIR [--more SAMPLES_DIR] [--cache FOLDER] [--quiet] [--show NAME…]

A pair that is missed though both readings have an event of a fitting type is missed by linking; the rest is missed by reading, and what is left when
those are taken out of the gold is the bound that linking is measured against. With --more, the articles of that folder (index.jsonl) are linked in the
same run, so that nothing may be merged with them; --show prints all events that more than one article tells, of those whose names begin so.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from dragoman.linking import events
from dragoman.linking.disputes import Report, disputed, told
from dragoman.linking.grouping import component
from dragoman.linking.items import Item, Kind, Link, Signature
from dragoman.model.codec import dumps, loads
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, EventReport, Mention, OfficeHolding, Participation, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages

Rows = Iterable[tuple[dict[str, Any], str]]
_PUBLIC = ("language", "published", "title", "outlet")


def gold_rows(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Gold and text of each article of a folder."""
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "file" in gold:
            yield gold, (folder / gold["file"]).read_text(encoding="utf-8")


def indexed_rows(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """What index.jsonl says of each article, and its text."""
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row, (folder / row["file"]).read_text(encoding="utf-8")


def readings(rows: Rows, cache: Path | None) -> dict[str, Reading]:
    """Readings by name; kept in `cache` by what was read and the versions of the stages."""
    kit = Kit()
    versions = [f"{stage.name} {stage.version}" for stage in stages()]
    found: dict[str, Reading] = {}
    for row, text in rows:
        name = sha256(json.dumps([text, [row.get(key) for key in _PUBLIC], versions]).encode()).hexdigest()[:20]
        path = cache / f"{name}.json" if cache else None
        if path and path.is_file():
            found[row["id"]] = loads(path.read_text(encoding="utf-8"))
            continue
        article = Article(
            id=article_id(text), name=row["id"], text=text, language=row["language"], title=row.get("title"), outlet=row.get("outlet"),
            published=date.fromisoformat(row["published"]), published_from="given",
        )  # fmt: skip
        found[row["id"]] = read(article, stages(), kit)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dumps(found[row["id"]]), encoding="utf-8")
    return found


def as_read(gold: Mapping[str, Any], text: str) -> Reading:
    """What a perfect reading would hold of the gold: entities, offices and events; a sentence ends at a full stop before a space."""
    ends = [*(match.end() for match in re.finditer(r"[.!?؟][\"”»']*\s", text)), len(text)]
    sentences = tuple(Span(start, end) for start, end in pairwise([0, *ends]) if start < end)
    state_of = {key: office[2] for office in gold["offices"] for key in office[:1]}
    office_of = {office[0]: office[1] for office in gold["offices"]}
    entities = []
    for key, one in gold["entities"].items():
        mentions = tuple(Mention(start=at.start(), end=at.end(), text=at[0]) for name in one["names"] for at in re.finditer(re.escape(name), text))
        code = one.get("code") or (key if one["kind"] == "state" else None)
        entities.append(
            Entity(
                id=key,
                kind=one["kind"],
                name=one["names"][0],
                names=tuple(one["names"]),
                code=code,
                state=one.get("state") or state_of.get(key),
                mentions=mentions,
            )
        )
    known = set(gold["entities"])
    events_read = []
    for number, one in enumerate(gold["events"], 1):
        at = min((found for word in one["trigger"] if (found := text.find(word)) >= 0), default=0)
        span = Span(at, at + len(one["trigger"][0]))
        places = one.get("place")
        place = places[0] if isinstance(places, list) and places else places
        parts = tuple(
            Participation(entity=who, role="participant", side=state_of.get(who), office=office_of.get(who)) for who in one["participants"] if who in known
        )
        events_read.append(
            EventReport(
                id=f"v{number}", type=one["type"], mode=one.get("mode"), topics=tuple(one.get("topics", ())), date=one.get("date"),
                place=place if place in known else None, participants=parts, factuality=one.get("factuality", "actual"), trigger=span,
                evidence=tuple(sentence for sentence in sentences if sentence.start <= at < sentence.end),
            )
        )  # fmt: skip
    article = Article(
        id=article_id(text), name=gold["id"], text=text, language=gold["language"], published=date.fromisoformat(gold["published"]), published_from="given"
    )
    offices = tuple(OfficeHolding(person=who, office=office, of=state, evidence=()) for who, office, state in (row[:3] for row in gold["offices"]))
    return Reading(article=article, sentences=sentences, entities=tuple(entities), offices=offices, events=tuple(events_read))


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Groups of item ids, the items, who has them, and how many pairs were compared."""

    groups: list[frozenset[str]]
    items: Mapping[str, Item]
    where: Mapping[str, tuple[str, str]]
    links: Mapping[tuple[str, str], float]
    compared: int


def link(kind: Kind, all_readings: Mapping[str, Reading]) -> Linked:
    """All pairs that share a key compared, and each component parted."""
    made: dict[str, Item] = {}
    where: dict[str, tuple[str, str]] = {}
    by_key: dict[str, list[str]] = defaultdict(list)
    for name, reading in all_readings.items():
        for item, occurrence in kind.items(reading, Signature()):
            made[item.id] = item
            where[item.id] = (name, occurrence.local)
            for key in item.keys:
                by_key[key].append(item.id)
    pairs = {(left, right) for ids in by_key.values() for left, right in combinations(sorted(set(ids)), 2)}
    scores = {one: kind.likeness(made[one[0]], made[one[1]]).score for one in sorted(pairs)}
    links = {one: score for one, score in scores.items() if score >= kind.threshold}
    beside: dict[str, list[Link]] = defaultdict(list)
    for (left, right), score in links.items():
        for end in (left, right):
            beside[end].append(Link(left, right, score))
    groups: list[frozenset[str]] = []
    seen: set[str] = set()
    for identity in sorted(made):
        if identity not in seen:
            members, among = component([identity], lambda ids: [one for end in ids for one in beside[end]])
            seen |= members
            groups += kind.part([made[member] for member in sorted(members)], sorted(among), frozenset())
    return Linked(groups=groups, items=made, where=where, links=links, compared=len(pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Figures, and the pairs behind them: (articles, type) with why."""

    precision: float
    recall: float
    bound: float
    notes: list[str]

    @property
    def f1(self) -> float:
        """The mean of precision and recall that the record's scorer takes."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0


def wanted(golds: Mapping[str, Any], record: Mapping[str, Any]) -> list[tuple[frozenset[str], frozenset[str], bool, Any]]:
    """(pair of articles, types, whether required, gold event) of every event that two articles tell."""
    out = []
    for event in record["events"]:
        named = {event["type"]}
        for article, index in event["reports"]:
            one = golds[article]["events"][index]
            named |= {one["type"], *one.get("alt_types", [])}
        for pair in combinations(sorted({article for article, _ in event["reports"]}), 2):
            out.append((frozenset(pair), frozenset(named), not event.get("optional"), event))
    return out


def score(
    golds: Mapping[str, Any], record: Mapping[str, Any], linked: Linked, all_readings: Mapping[str, Reading], types: Mapping[frozenset[str], str]
) -> Score:
    """As score_record.py, and of each miss whether linking or reading missed it."""
    story_of = {article: number for number, story in enumerate(record["stories"]) for article in story}
    want = wanted(golds, record)
    have = {
        (frozenset(pair), types[group]): group
        for group in linked.groups
        for pair in combinations(sorted({linked.where[one][0] for one in group} & set(golds)), 2)
    }
    notes: list[str] = []
    found = possible = needed = 0
    for articles, named, required, event in want:
        if not required:
            continue
        needed += 1
        hit = any((articles, type_) in have for type_ in named)
        read_by_both = all(
            _is_read(all_readings[article], golds[article]["events"][index], named) for article, index in event["reports"] if article in articles
        )
        found += hit
        possible += read_by_both
        if not hit:
            who = "linking" if read_by_both else "reading"
            notes.append(f"missed by {who}: {' '.join(sorted(articles))} {event['type']} {event['date']} ({' '.join(sorted(named))})")
    right = wrong = 0
    for (articles, type_), group in sorted(have.items(), key=lambda row: (sorted(row[0][0]), row[0][1])):
        left, other = sorted(articles)
        told_types = [{type_ for event in golds[one]["events"] for type_ in (event["type"], *event.get("alt_types", []))} for one in (left, other)]
        if any(articles == pair and type_ in named for pair, named, _, _ in want):
            right += 1
        elif story_of[left] != story_of[other] or all(type_ in one for one in told_types):
            wrong += 1
            notes.append(f"wrong: {left} {other} {type_} {[linked.where[one] for one in sorted(group)]}")
        else:
            notes.append(f"not judged: {left} {other} {type_} {[linked.where[one] for one in sorted(group)]}")
    return Score(
        precision=right / (right + wrong) if right + wrong else 1.0,
        recall=found / needed if needed else 1.0,
        bound=possible / needed if needed else 1.0,
        notes=notes,
    )


def reports_of(group: Iterable[str], linked: Linked, all_readings: Mapping[str, Reading], origin: Mapping[str, str]) -> tuple[Report, ...]:
    """The reports of a group as disputes need them."""
    made = []
    for identity in sorted(group):
        name, local = linked.where[identity]
        reading = all_readings[name]
        event = next(one for one in reading.events if one.id == local)
        parts = tuple(replace(one, entity=_named(reading, one.entity)) for one in event.participants)
        event = replace(event, participants=parts, place=_named(reading, event.place) if event.place else None)
        made.append(Report(item=linked.items[identity], article=name, origin=origin.get(name, name), event=event))
    return tuple(made)


def _is_read(reading: Reading, gold: Mapping[str, Any], named: frozenset[str]) -> bool:
    """Whether the reading has an event of a fitting type in a sentence with one of the gold's trigger words."""
    words = [word.casefold() for word in gold["trigger"]]
    return any(one.type in named and any(word in span.of(reading.article.text).casefold() for span in one.evidence for word in words) for one in reading.events)


def _named(reading: Reading, local: str) -> str:
    """In place of the record's ids, which need persons linked: the code, or the name."""
    entity = reading.entity(local)
    return (entity.code or entity.name.replace(" ", "_")) if entity else local


def origins(record: Mapping[str, Any]) -> dict[str, str]:
    """For each article that is a copy of others, the first of them."""
    first: dict[str, str] = {}
    for copies in record["copies"]:
        ends = [first.get(article, article) for article in copies["articles"]]
        for article in list(first) + copies["articles"]:
            if first.get(article, article) in ends:
                first[article] = min(ends)
    return first


def lines_of(group: Sequence[str], linked: Linked, all_readings: Mapping[str, Reading]) -> list[str]:
    """A group as lines for people."""
    found = []
    for identity in sorted(group, key=lambda one: linked.where[one]):
        name, local = linked.where[identity]
        reading = all_readings[name]
        event = next(one for one in reading.events if one.id == local)
        who = ", ".join(entity.name for part in event.participants if (entity := reading.entity(part.entity)))
        found.append(f"    {name} {local} {event.type} {event.date} {event.factuality} '{event.trigger.of(reading.article.text)}' {who}")
    return found


def main() -> None:
    """Print figures and pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--more", type=Path, action="append", default=[], help="a folder with index.jsonl, or of gold texts, that is linked along")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/dragoman-linking-readings"), help="where readings are kept")  # noqa: S108
    parser.add_argument("--perfect", action="store_true", help="link what the gold says of each article, so that only linking is measured")
    parser.add_argument("--show", nargs="*", default=())
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    golds = {row["id"]: row for row, _ in gold_rows(options.gold)}
    record = json.loads((options.gold / "record.gold.json").read_text(encoding="utf-8"))
    rows = list(gold_rows(options.gold))
    for folder in options.more:
        rows += indexed_rows(folder) if (folder / "index.jsonl").is_file() else gold_rows(folder)
    all_readings = {row["id"]: as_read(row, text) for row, text in rows} if options.perfect else readings(rows, options.cache)
    linked = link(events.KIND, all_readings)
    origin = origins(record)
    reports = {group: reports_of(group, linked, all_readings, origin) for group in linked.groups}
    result = score(golds, record, linked, all_readings, {group: told(reports[group]).type for group in linked.groups})
    foreign = [group for group in linked.groups if len({linked.where[one][0].split("-")[0] for one in group}) > 1]
    disputes = {group: disputed(reports[group]) for group in linked.groups if len(group) > 1}
    hits = 0
    for row in record["disputed"]:
        hit = any(
            len(set(row["reports"]) & {linked.where[one][0] for one in group}) > 1 and row["field"] in {one.field for one in fields}
            for group, fields in disputes.items()
        )
        hits += hit
        if not hit:
            result.notes.append(f"disputed: missed {row['field']} {row['reports']}")
    if not options.quiet:
        print("\n".join(result.notes))
        for prefix in options.show:
            for group in linked.groups:
                if len(group) > 1 and any(linked.where[one][0].startswith(prefix) for one in group):
                    print(prefix, [f"{one.field}: {' | '.join(f'{v.value} ({len(v.articles)})' for v in one.versions)}" for one in disputes[group]])
                    print("\n".join(lines_of(sorted(group), linked, all_readings)))
    keys = [len(item.keys) for item in linked.items.values()]
    print(f"events {len(linked.items)}, keys each {sum(keys) / len(keys):.1f}, pairs compared {linked.compared}, links {len(linked.links)}")
    print("merged over dossiers:", [[linked.where[one] for one in sorted(group)] for group in foreign])
    print(f"disputed: {hits} of {len(record['disputed'])}")
    print(f"events: P {result.precision:.3f} R {result.recall:.3f} F1 {result.f1:.3f}; recall that the readings allow {result.bound:.3f}")


if __name__ == "__main__":
    main()
