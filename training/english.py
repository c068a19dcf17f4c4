"""Our own English reading of aligned documents, sentence by sentence, as spans that can be carried over to their translations.

python -m training.english DOCUMENTS.jsonl -o build/training/english.jsonl
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.languages.pack import language
from dragoman.model.reading import Article, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages

_KINDS = {"person": "PER", "organization": "ORG", "state": "LOC", "place": "LOC"}
Labelled = tuple[int, int, str]


def told(reading: Reading) -> Iterator[Labelled]:
    """Everything of a reading that a head can learn: (start, end, label)."""
    text = reading.article.text
    for entity in reading.entities:
        for mention in entity.mentions:
            if mention.form == "name" and mention.text[:1].isupper() and not (entity.kind == "state" and mention.text in _adjectives()):
                yield mention.start, mention.end, _KINDS[entity.kind]
    for title in {title.span for title in reading.titles if title.office}:
        yield title.start, title.end, "OFFICE"
    for when in reading.dates:
        if when.kind in ("date", "time"):
            yield when.start, when.end, "DATE"
    for event in reading.events:
        yield event.trigger.start, event.trigger.end, f"EV:{event.type}"
    for statement in reading.statements:
        for part in statement.parts:
            if part.end > part.start:
                yield part.start, part.end, f"SAID:{statement.kind}"
        if statement.cue:
            yield statement.cue.start, statement.cue.end, "CUE"
            speaker = _speaker(reading, statement.speaker, statement.cue, statement.parts)
            if speaker and text:
                yield speaker.start, speaker.end, "SPEAKER"


@cache
def _adjectives() -> frozenset[str]:
    """'Syrian', 'the Turks': no names, as most sets of names have it."""
    pack = language("en")
    rows = pack.table("demonyms") if pack else {}
    return frozenset(word for row in rows.values() for words in row.values() if isinstance(words, list) for word in words)


def _speaker(reading: Reading, speaker: str | None, cue: Span, said: Iterable[Span]) -> Span | None:
    """The mention of the speaker nearest to the cue, outside what was said."""
    entity = reading.entity(speaker)
    sentence = reading.sentence_at(cue.start)
    if entity is None or sentence is None:
        return None
    near = [one.span for one in entity.mentions if sentence.covers(one.span) and not any(part.overlaps(one.span) for part in said)]
    return min(near, key=lambda span: abs(span.start - cue.start), default=None)


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The English originals, one a document."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["lang"] == "en" and row["variant"] == "main":
                yield row


def main() -> None:
    """Read all English documents and write their sentences with spans."""
    parser = argparse.ArgumentParser(prog="python -m training.english", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    kit = Kit()
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with options.output.open("w", encoding="utf-8") as out:
        for row in documents(options.documents):
            lines = [row["title"], *row["sentences"]]
            text = "\n\n".join(lines)
            reading = read(Article(id="x", name="x", text=text, language="en"), stages(), kit)
            spans = sorted(set(told(reading)))
            start = 0
            for number, line in enumerate(lines):
                inside = [[first - start, last - start, label] for first, last, label in spans if start <= first and last <= start + len(line)]
                out.write(json.dumps({"document": row["doc_id"], "sentence": number, "text": line, "spans": inside}, ensure_ascii=False) + "\n")
                start += len(line) + 2


if __name__ == "__main__":
    main()
