"""Spans of names, ours and the bare parser's, on sets of sentences and documents that give persons, places and organisations.

Both run in the same process on the same text. A span is right where start, end and class are all as in the set. States count as places;
adjectives and people ('Syrian', 'les Turcs') are no names in any of these sets. `re3d` has nested spans: all of them are expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sets import rows
from dragoman.model.reading import Article, Reading
from dragoman.reading import names, sentences
from dragoman.reading.kit import Kit

CLASSES = ("PER", "LOC", "ORG")
_PARSER = {"PERSON": "PER", "PER": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG"}
_OURS = {"person": "PER", "state": "LOC", "place": "LOC", "organization": "ORG"}
_RE3D = {"Person": "PER", "Location": "LOC", "Organisation": "ORG"}
# The languages that our parsers read.
_LANGUAGES = ("en", "fr")

Found = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One text with the names it holds: (start, end, class)."""

    language: str
    text: str
    wanted: frozenset[Found]


def re3d(given: Iterable[dict[str, Any]]) -> Iterator[Sample]:
    """Documents with character offsets."""
    for row in given:
        yield Sample("en", row["text"], frozenset((start, end, _RE3D[kind]) for start, end, kind, _ in row["entities"] if kind in _RE3D))


def sentences_of(given: Iterable[dict[str, Any]]) -> Iterator[Sample]:
    """Sentences with token offsets; the text is the set's own where it has one, else the tokens with spaces between."""
    for row in given:
        if row["lang"] not in _LANGUAGES:
            continue
        starts, text = [], row.get("text") or " ".join(row["tokens"])
        at = 0
        for token in row["tokens"]:
            at = text.index(token, at)
            starts.append(at)
            at += len(token)
        ends = [start + len(token) for start, token in zip(starts, row["tokens"], strict=True)]
        yield Sample(row["lang"], text, frozenset((starts[name[0]], ends[name[1] - 1], name[2]) for name in row["ents"] if name[2] in CLASSES))


SETS = {"re3d": re3d, "ner_news": sentences_of, "ner_wiki": sentences_of}


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Figures per language and class: {"en": {"PER": {"ours": F1, "parser": F1, …}}}; `limit` samples a language at most."""
    kit = Kit()
    tallies: Counter[tuple[str, str, str, str]] = Counter()
    seen: Counter[str] = Counter()
    for sample in SETS[name](rows(folder, name, split)):
        if limit is not None and seen[sample.language] >= limit:
            continue
        seen[sample.language] += 1
        for who, found in both(sample, kit):
            for outcome, spans in (("right", found & sample.wanted), ("wrong", found - sample.wanted), ("missed", sample.wanted - found)):
                tallies.update((sample.language, who, kind, outcome) for _, _, kind in spans)
    return {
        language: {kind: {who: _figures(tallies, language, who, kind) for who in ("ours", "parser")} for kind in CLASSES} | {"samples": seen[language]}
        for language in sorted(seen)
    }


def both(sample: Sample, kit: Kit) -> Iterator[tuple[str, frozenset[Found]]]:
    """What we find and what the parser's own tagger finds."""
    article = Article(id="x", name="x", text=sample.text, language=sample.language)
    reading = sentences.run(article, Reading(article=article), kit)
    yield "ours", frozenset((one.span.start, one.span.end, _OURS[one.kind]) for one in names.sightings(article, reading.parse, kit) if one.form != "adjective")
    yield "parser", frozenset((span.start, span.end, _PARSER[label]) for span, label in reading.parse.names if label in _PARSER)


def _figures(tallies: Counter[tuple[str, str, str, str]], language: str, who: str, kind: str) -> dict[str, float]:
    right, wrong, missed = (tallies[language, who, kind, outcome] for outcome in ("right", "wrong", "missed"))
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures as a table, the headline last."""
    table = [f"{'':8} {'class':5} {'ours P':>7} {'R':>6} {'F1':>6}   {'parser P':>8} {'R':>6} {'F1':>6}"]
    headline = []
    for language, classes in figures.items():
        for kind in CLASSES:
            ours, parser = classes[kind]["ours"], classes[kind]["parser"]
            table.append(
                f"{language:8} {kind:5} {ours['p']:7.3f} {ours['r']:6.3f} {ours['f1']:6.3f}   {parser['p']:8.3f} {parser['r']:6.3f} {parser['f1']:6.3f}"
            )
            headline.append(f"{language} {kind} {ours['f1']:.3f} (parser {parser['f1']:.3f})")
    return [*table, f"{name}: F1 {', '.join(headline)}"]
