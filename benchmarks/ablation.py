"""What each head of the encoder adds to the tables, on folders of gold texts.

    python -m benchmarks.ablation GOLD_DIR... [--scorer FILE] [--language fr]

First whole readings, scored task by task: as shipped, without the encoder, with its names alone, and with statements by its marks in place of the tables.
Then the heads for offices, dates and events, beside the tables: what of the gold each finds, what only the head finds, and what it finds besides.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.languages.fold import fold
from dragoman.model.codec import dumps
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Reading, Tag
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stage import Stage
from dragoman.reading.stages import stages
from dragoman.reading.statements.marked import marked_statements
from dragoman.reading.statements.plain_cues import PlainTalk
from dragoman.reading.statements.speech import Speech, speech

TASKS = ("entities", "offices", "dates", "events", "statements", "speakers", "mean_f1")
_PARAGRAPH = re.compile(r"\S[^\n]*")
# Words that two spans must share, as the scorer asks of dates.
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Gold:
    """One text with its facts."""

    path: Path
    facts: Mapping[str, Any]

    def article(self) -> Article:
        """The text as an article."""
        text = (self.path.parent / self.facts["file"]).read_text(encoding="utf-8")
        published = date.fromisoformat(self.facts["published"])
        name, language = self.facts["file"], self.facts["language"]
        return Article(id=article_id(text), name=name, text=text, language=language, published=published, published_from="given")


def gold_of(folder: Path, language: str | None) -> list[Gold]:
    """The gold texts of a folder, of one language where one is asked for."""
    every = [Gold(path, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.gold.json"))]
    return [one for one in every if "file" in one.facts and language in (None, one.facts["language"])]


def by_marks(article: Article, reading: Reading, kit: Kit) -> Reading:
    """The stage `statements` by quotation marks and the encoder alone, whatever the tables know."""
    from dragoman.reading.plain.scenes import plain_scene  # only once the stages are there: the rooms of events and statements need each other

    paragraphs = tuple(Span(found.start(), found.end()) for found in _PARAGRAPH.finditer(article.text))
    talk = PlainTalk(scene=plain_scene(reading), speech=speech(article.language) or Speech(), paragraphs=paragraphs)
    return replace(reading, statements=marked_statements(talk))


def _names_alone(shipped: Stage) -> Stage:
    def run(article: Article, reading: Reading, kit: Kit) -> Reading:
        seen = shipped.run(article, reading, kit)
        return replace(seen, tags=tuple(tag for tag in seen.tags if tag.layer == "name"))

    return replace(shipped, run=run)


def variants() -> dict[str, tuple[Kit, tuple[Stage, ...]]]:
    """Each way to read: its kit and its stages."""
    kit, shipped = Kit(), stages()

    def changed(name: str, change: Callable[[Stage], Stage]) -> tuple[Stage, ...]:
        return tuple(change(stage) if stage.name == name else stage for stage in shipped)

    return {
        "as shipped": (kit, shipped),
        "without the encoder": (Kit(config=Config(encoder=False)), shipped),
        "its names alone": (kit, changed("tagging", _names_alone)),
        "statements by the head": (kit, changed("statements", lambda stage: replace(stage, run=by_marks))),
    }


def scored(texts: Sequence[Gold], readings: Sequence[Reading], scorer: Path) -> dict[str, float]:
    """F1 by task."""
    with tempfile.TemporaryDirectory() as folder:
        for one, reading in zip(texts, readings, strict=True):
            (Path(folder) / f"{one.facts['id']}.json").write_text(dumps(reading), encoding="utf-8")
            shutil.copy(one.path, folder)
        command = [sys.executable, str(scorer), "--json", "--readings", folder, folder]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {task: figures[task] if task == "mean_f1" else figures[task]["f1"] for task in TASKS}


def beside_tables(texts: Sequence[Gold], readings: Sequence[Reading]) -> dict[str, Counter[str]]:
    """For offices, dates and events: gold facts, how many table and head find, how many only the head, and what each finds besides."""
    counts: dict[str, Counter[str]] = {"offices": Counter(), "dates": Counter(), "events": Counter()}
    for one, reading in zip(texts, readings, strict=True):
        counts["offices"].update(_offices(one.facts, reading))
        counts["dates"].update(_dates(one.facts, reading))
        counts["events"].update(_events(one.facts, reading))
    return counts


def _offices(facts: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    """Gold names no title's words, so the head is asked for a span in a sentence with the official, which is the most that it could give."""
    tags = reading.tagged("office")
    holders = {_person(facts, reading, office.person): office.office for office in reading.offices}
    for person, office, _ in facts["offices"]:
        by_table = holders.get(person) == office or any(_person(facts, reading, o.person) == person and o.office == office for o in reading.offices)
        by_head = any(_beside(reading, tag, span) for span in _mentions(facts, reading, person) for tag in tags)
        yield from _outcome(by_table=by_table, by_head=by_head)
    titles = [title.span for title in reading.titles]
    yield from ("head besides" for tag in tags if not any(span.overlaps(tag.span) for span in titles))
    yield from ("table besides" for span in titles if not any(span.overlaps(tag.span) for tag in tags))


def _dates(facts: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    text = reading.article.text
    table, head = [(when.text, when.value) for when in reading.dates], [tag.span.of(text) for tag in reading.tagged("date")]
    wanted = [row for row in facts["dates"] if not row.get("optional")]
    for row in wanted:
        by_table = any(_alike(found, row["text"]) and value == row["value"] for found, value in table)
        yield from _outcome(by_table=by_table, by_head=any(_alike(found, row["text"]) for found in head))
    known = [row["text"] for row in facts["dates"]] + list(facts.get("optional_dates", ()))
    yield from ("table besides" for when in reading.dates if when.kind == "date" and not any(_alike(when.text, one) for one in known))
    yield from ("head besides" for found in head if not any(_alike(found, one) for one in known))


def _events(facts: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    """A gold event is found where one of its words is the trigger, with its type; without it counts as 'head mistypes'."""
    text = reading.article.text
    table = [(event.type, event.trigger.of(text)) for event in reading.events if event.trigger is not None]
    head = [(tag.label, tag.span.of(text)) for tag in reading.tagged("event")]
    for event in facts["events"]:
        if event.get("optional"):
            continue
        types = {event["type"], *event.get("alt_types", ())}
        seen = [kind for kind, trigger in head if _triggers(event, trigger)]
        by_table = any(kind in types and _triggers(event, trigger) for kind, trigger in table)
        yield from _outcome(by_table=by_table, by_head=any(kind in types for kind in seen))
        if seen and not any(kind in types for kind in seen):
            yield "head mistypes"
    for who, found in (("table", table), ("head", head)):
        yield from (f"{who} besides" for _, trigger in found if not any(_triggers(event, trigger) for event in facts["events"]))


def _outcome(*, by_table: bool, by_head: bool) -> Iterator[str]:
    yield "gold"
    if by_table:
        yield "table"
    if by_head:
        yield "head"
    if by_head and not by_table:
        yield "only head"


def _alike(found: str, wanted: str) -> bool:
    first, second = Counter(re.findall(r"\w+", fold(found))), Counter(re.findall(r"\w+", fold(wanted)))
    shared = sum((first & second).values())
    return 2 * shared >= _SAME * (first.total() + second.total()) and shared > 0


def _triggers(event: Mapping[str, Any], trigger: str) -> bool:
    return any(fold(word) in fold(trigger) or (len(trigger) > 3 and fold(trigger) in fold(word)) for word in event.get("trigger", ()))


def _person(facts: Mapping[str, Any], reading: Reading, id: str) -> str | None:
    entity = reading.entity(id)
    names = {fold(name) for name in entity.names} if entity else set()
    return next((key for key, row in facts["entities"].items() if names & {fold(name) for name in row["names"]}), None)


def _mentions(facts: Mapping[str, Any], reading: Reading, key: str) -> Iterator[Span]:
    for entity in reading.entities:
        if entity.kind == "person" and _person(facts, reading, entity.id) == key:
            yield from (mention.span for mention in entity.mentions if mention.form == "name")


def _beside(reading: Reading, tag: Tag, span: Span) -> bool:
    """Whether the title stands in the sentence of the name, with no more than a clause between them."""
    return any(sentence.covers(span) and sentence.covers(tag.span) for sentence in reading.sentences)


def main() -> None:
    """Print both tables for each folder, in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, help="score_readings.py; searched beside the gold where not given")
    parser.add_argument("--language")
    options = parser.parse_args()
    ways = variants()
    for folder in options.gold:
        every = gold_of(folder, options.language)
        scorer = options.scorer or folder.resolve().parent.parent / "tools" / "score_readings.py"
        for language in sorted({one.facts["language"] for one in every}):
            texts = [one for one in every if one.facts["language"] == language]
            shipped: list[Reading] = []
            print(f"\n{folder.name}, {language}, {len(texts)} texts\n\n| way | {' | '.join(TASKS)} |\n|{' --- |' * (len(TASKS) + 1)}")
            for name, (kit, chosen) in ways.items():
                readings = [read(one.article(), chosen, kit) for one in texts]
                shipped = shipped or readings
                print(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in scored(texts, readings, scorer).values()) + " |", flush=True)
            columns = ("gold", "table", "head", "only head", "table besides", "head besides", "head mistypes")
            print(f"\n| fact | {' | '.join(columns)} |\n|{' --- |' * (len(columns) + 1)}")
            for fact, found in beside_tables(texts, shipped).items():
                print(f"| {fact} | " + " | ".join(str(found[column]) for column in columns) + " |", flush=True)


if __name__ == "__main__":
    main()
