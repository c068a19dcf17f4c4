"""Measure linking without a store: read a folder of gold texts, link everything in memory, and compare with what people say is one.

    python -m benchmarks.linking persons GOLD_DIR [GOLD_DIR ...]      pairs of persons, and tenures, against record.gold.json
    python -m benchmarks.linking groups FOLDER [FOLDER ...] [--kind place]      what was linked, for eyes

GOLD_DIR holds NAME.gold.json beside the texts they name; FOLDER may also hold an index.jsonl (the samples), which has no gold. Readings are kept under
the system's temporary folder by text and stage versions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.linking import persons
from dragoman.linking.grouping import component
from dragoman.linking.items import Item, Kind, Link, Signature, group_id
from dragoman.linking.offices import office_of
from dragoman.linking.settled import bodies
from dragoman.linking.tenures import Holding, tenures
from dragoman.model.codec import dumps, loads
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages


def listed(folder: Path) -> Iterator[dict[str, Any]]:
    """The rows of a folder: id, file, language, published, and entities where there is gold."""
    index = folder / "index.jsonl"
    if index.is_file():
        for line in index.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
        return
    for path in sorted(folder.glob("*.gold.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        if "file" in row:
            yield row


def readings(folder: Path, kit: Kit, *, fresh: bool = False) -> list[Reading]:
    """The readings of a folder's texts, read once and kept."""
    versions = ",".join(f"{stage.name}={stage.version}" for stage in stages())
    kept = Path(tempfile.gettempdir()) / "dragoman-readings"
    kept.mkdir(exist_ok=True)
    found = []
    for row in listed(folder):
        text = (folder / row["file"]).read_text(encoding="utf-8")
        day = row["published"]
        path = kept / f"{hashlib.sha256(f'{versions}|{day}|{text}'.encode()).hexdigest()[:20]}.json"
        if fresh or not path.is_file():
            article = Article(
                id=article_id(text), name=row["id"], text=text, language=row["language"], title=row.get("title"),
                published=date.fromisoformat(day), published_from="given",
            )  # fmt: skip
            path.write_text(dumps(read(article, stages(), kit)), encoding="utf-8")
        found.append(loads(path.read_text(encoding="utf-8")))
    return found


Local = tuple[str, str]


class Groups:
    """All items of a kind in some readings, linked: `of` gives the group of an entity of an article."""

    def __init__(self, kind: Kind, found: Iterable[Reading]) -> None:
        rows = [row for reading in found for row in kind.items(reading, Signature())]
        self.items: dict[str, Item] = {item.id: item for item, _ in rows}
        self.links = self._linked(kind)
        self.members: dict[str, frozenset[str]] = {}
        waiting = set(self.items)
        while waiting:
            reached, inside = component([min(waiting)], self._touching)
            waiting -= reached
            for group in kind.part([self.items[one] for one in sorted(reached)], sorted(inside), frozenset()):
                self.members[group_id(kind.prefix, group)] = group
        group_of = {one: identity for identity, group in self.members.items() for one in group}
        self.of: dict[Local, str] = {(seen.article, seen.local): group_of[seen.item] for _, seen in rows}

    def _linked(self, kind: Kind) -> dict[str, list[Link]]:
        by_key: dict[str, list[Item]] = {}
        for item in self.items.values():
            for key in item.keys:
                by_key.setdefault(key, []).append(item)
        self.pairs = {tuple(sorted((one.id, other.id))) for held in by_key.values() for one, other in combinations(held, 2)}
        links: dict[str, list[Link]] = {}
        for left, right in sorted(self.pairs):
            alike = kind.likeness(self.items[left], self.items[right])
            if alike.score >= kind.threshold:
                for end in (left, right):
                    links.setdefault(end, []).append(Link(left, right, alike.score))
        return links

    def _touching(self, ids: Sequence[str]) -> Iterable[Link]:
        return [link for one in ids for link in self.links.get(one, ())]


def name_key(text: str) -> str:
    """A name as the scorer of records compares it: words without case, accents and articles before them."""
    base = "".join(letter for letter in unicodedata.normalize("NFKD", text.replace("ı", "i")) if not unicodedata.combining(letter))
    words = re.findall(r"\w+", base.casefold())
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


_ARTICLES = frozenset(["the", "le", "la", "les", "l", "der", "die", "das", "a", "an", "un", "une"])


def figures(hit: int, have: int, want: int) -> dict[str, float]:
    """Precision, recall and F1."""
    precision, recall = hit / have if have else 1.0, hit / want if want else 1.0
    both = precision + recall
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(2 * precision * recall / both, 4) if both else 0.0}


def pairs_of(groups: Iterable[Iterable[Local]]) -> set[frozenset[Local]]:
    """All pairs within the groups."""
    return {frozenset(two) for group in groups for two in combinations(sorted(set(group)), 2)}


def measure(folder: Path, kit: Kit) -> None:
    """Print the figures of a folder with a record.gold.json, then every pair and tenure that is missed or wrong."""
    found = readings(folder, kit)
    by_name = {reading.article.name: reading for reading in found}
    golds = {row["id"]: row for row in listed(folder)}
    gold = json.loads((folder / "record.gold.json").read_text(encoding="utf-8"))
    groups = Groups(persons.KIND, found)
    keys = {
        (name, name_key(written)): (name, key)
        for name, row in golds.items() for key, entity in row["entities"].items() if entity["kind"] == "person" for written in entity["names"]
    }  # fmt: skip
    held: dict[str, set[Local]] = {}
    names: dict[str, set[str]] = {}
    for name, reading in by_name.items():
        for entity in (one for one in reading.entities if one.kind == "person"):
            group = groups.of[reading.article.id, entity.id]
            names.setdefault(group, set()).update(name_key(text) for text in (entity.name, *entity.names))
            for mention in entity.mentions:
                local = keys.get((name, name_key(mention.text)))
                if mention.form == "name" and local:
                    held.setdefault(group, set()).add(local)
    want, have = pairs_of(tuple(map(tuple, group)) for group in gold["persons"]), pairs_of(held.values())
    print(f"{folder}: {len(found)} articles, {len(groups.items)} items, {len(groups.pairs)} pairs compared, {len(groups.members)} persons")
    print("persons", figures(len(want & have), len(have), len(want)))
    for what, which in (("missed", want - have), ("wrong ", have - want)):
        for two in sorted(map(sorted, which)):
            print(f"  {what} {two}")
    _tenures(found, groups, names, golds, gold)


def _tenures(found: Sequence[Reading], groups: Groups, names: dict[str, set[str]], golds: dict[str, Any], gold: dict[str, Any]) -> None:
    bodies_of: dict[str, str] = {}
    for row in golds.values():
        for key, one in row["entities"].items():
            bodies_of |= {name_key(name): key for name in one["names"]} if one["kind"] in ("state", "organization") else {}
    written: dict[str, str] = {}
    holdings = []
    organisations = Groups(next(kind for kind in bodies(None) if kind.name == "organization"), found)
    for reading in found:
        article = reading.article
        for entity in reading.entities:
            key = next(filter(None, (bodies_of.get(name_key(name)) for name in (entity.name, *entity.names))), None)
            if entity.kind == "organization" and key:
                written[organisations.of[article.id, entity.id]] = key
        for office in reading.offices:
            local = office_of(office, reading)
            of = organisations.of.get((article.id, local or ""), local)
            holdings.append(Holding(person=groups.of[article.id, office.person], holding=office, of=of, article=article.id, published=article.published))
    left = list(tenures(holdings))
    print(f"tenures found: {len(left)}")
    hit = optional = 0
    missed = []
    for row in gold["tenures"]:
        wanted = {name_key(name) for name in row["names"]}
        match = next((one for one in left if one.office == row["office"] and written.get(one.of or "", one.of) == row["of"] and wanted & names[one.person]
                      and (one.first_seen, one.last_seen) == (row["first_seen"], row["last_seen"])), None)  # fmt: skip
        if match:
            left.remove(match)
        hit += bool(match) and not row.get("optional")
        optional += bool(match) and bool(row.get("optional"))
        if not match and not row.get("optional"):
            missed.append(row)
    wanted_count = sum(not row.get("optional") for row in gold["tenures"])
    print("tenures", figures(hit, hit + len(left), wanted_count))
    for row in missed:
        print("  missed", row["names"][0], row["office"], row["of"], row["first_seen"], row["last_seen"])
    for one in left:
        print("  over  ", sorted(names[one.person])[-1], one.office, written.get(one.of or "", one.of), one.first_seen, one.last_seen, one.ended_before)


def show(folders: Sequence[Path], kit: Kit, kind_name: str) -> None:
    """Print every group that stands in more than one article, and its names by article."""
    found = [reading for folder in folders for reading in readings(folder, kit)]
    kind = next(kind for kind in (persons.KIND, *bodies(kit.gazetteer())) if kind.name == kind_name)
    groups = Groups(kind, found)
    shown: dict[str, list[str]] = {}
    for reading in found:
        for entity in (one for one in reading.entities if one.kind == kind_name):
            shown.setdefault(groups.of[reading.article.id, entity.id], []).append(f"{reading.article.name}: {entity.name} {entity.state or ''}")
    for group, rows in sorted(shown.items(), key=lambda item: (item[1][0], item[0])):
        print(group, len(groups.members[group]), " | ".join(rows))


def main() -> None:
    """Measure or show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("persons", "groups"))
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--kind", default="person")
    options = parser.parse_args()
    kit = Kit()
    if options.what == "groups":
        show(options.folders, kit, options.kind)
        return
    for folder in options.folders:
        measure(folder, kit)


if __name__ == "__main__":
    main()
