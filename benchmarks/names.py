"""Spans of names on sets of sentences and documents that give persons, places and organisations: ours, the bare encoder's and the bare parser's.

All run in the same process on the same text. A span is right where start, end and class are all as in the set. States count as places;
adjectives and people ('Syrian', 'les Turcs') are no names in any of these sets. `re3d` has nested spans: all of them are expected. The parser's
column is empty in languages for which none is packaged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sets import rows
from dragoman.languages.pack import language as pack_of
from dragoman.model.reading import Article, Reading
from dragoman.reading import names, sentences, tagging
from dragoman.reading.kit import Kit

CLASSES = ("PER", "LOC", "ORG")
WHO = ("ours", "encoder", "parser")
_PARSER = {"PERSON": "PER", "PER": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG"}
_OURS = {"person": "PER", "state": "LOC", "place": "LOC", "organization": "ORG"}
_RE3D = {"Person": "PER", "Location": "LOC", "Organisation": "ORG"}

Found = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One text with the names it holds: (start, end, class)."""

    language: str
    text: str
    wanted: frozenset[Found]
    tokens: tuple[tuple[int, int], ...] = ()

    def by_tokens(self, found: Iterable[Found]) -> frozenset[Found]:
        """The spans taken up to the edges of the set's own tokens: where it holds "Ankara'da" for one word, so must whoever is measured."""
        if not self.tokens:
            return frozenset(found)
        starts, ends = [start for start, _ in self.tokens], [end for _, end in self.tokens]
        whole = set()
        for start, end, kind in found:
            first, last = bisect_right(ends, start), bisect_left(starts, end) - 1
            if first <= last:
                whole.add((starts[first], ends[last], kind))
        return frozenset(whole)


def re3d(given: Iterable[dict[str, Any]]) -> Iterator[Sample]:
    """Documents with character offsets."""
    for row in given:
        yield Sample("en", row["text"], frozenset((start, end, _RE3D[kind]) for start, end, kind, _ in row["entities"] if kind in _RE3D))


def sentences_of(given: Iterable[dict[str, Any]]) -> Iterator[Sample]:
    """Sentences with token offsets; the text is the set's own where it has one, else the tokens with spaces between."""
    for row in given:
        starts, text = [], row.get("text") or " ".join(row["tokens"])
        at = 0
        for token in row["tokens"]:
            at = text.index(token, at)
            starts.append(at)
            at += len(token)
        ends = [start + len(token) for start, token in zip(starts, row["tokens"], strict=True)]
        wanted = frozenset((starts[name[0]], ends[name[1] - 1], name[2]) for name in row["ents"] if name[2] in CLASSES)
        yield Sample(row["lang"], text, wanted, tuple(zip(starts, ends, strict=True)))


# re3d has relations too: benchmarks/re3d.py measures it, its names by this table.
SETS = {"re3d": re3d, "ner_news": sentences_of, "ner_wiki": sentences_of}


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Figures per language and class: {"en": {"PER": {"ours": F1, "parser": F1, …}}}; `limit` samples a language at most."""
    kit = Kit()
    tallies: Counter[tuple[str, str, str, str]] = Counter()
    seen: Counter[str] = Counter()
    cases: dict[str, float] = {}
    errors: list[str] = []
    for sample in SETS[name](rows(folder, name, split)):
        if limit is not None and seen[sample.language] >= limit:
            continue
        seen[sample.language] += 1
        for who, spans in both(sample, kit):
            found = sample.by_tokens(spans)
            for outcome, chosen in (("right", found & sample.wanted), ("wrong", found - sample.wanted), ("missed", sample.wanted - found)):
                tallies.update((sample.language, who, kind, outcome) for _, _, kind in chosen)
                if who == "ours" and outcome != "right":
                    errors += [f"{sample.language} {outcome} {kind} {sample.text[start:end]!r}: {sample.text[:200]!r}" for start, end, kind in sorted(chosen)]
            if who == "ours":
                cases[f"{sample.language}-{seen[sample.language]}"] = float(found == sample.wanted)
    figures: dict[str, Any] = {language: _of_language(tallies, language) | {"samples": seen[language]} for language in sorted(seen)}
    mean = sum(one["all"]["ours"]["f1"] for one in figures.values()) / len(figures)
    return {"headline": round(mean, 4), **figures, "cases": cases, "errors": errors}


def _of_language(tallies: Counter[tuple[str, str, str, str]], language: str) -> dict[str, Any]:
    """Figures by class, and of all classes together under 'all'; for the parser only where the language has one."""
    pack = pack_of(language)
    asked = WHO if pack and pack.parsers else WHO[:2]
    return {kind: {who: _figures(tallies, language, who, (kind,)) for who in asked} for kind in CLASSES} | {
        "all": {who: _figures(tallies, language, who, CLASSES) for who in asked}
    }


def both(sample: Sample, kit: Kit) -> Iterator[tuple[str, frozenset[Found]]]:
    """What we find, and what the encoder and the parser find by themselves."""
    article = Article(id="x", name="x", text=sample.text, language=sample.language)
    reading = tagging.run(article, sentences.run(article, Reading(article=article), kit), kit)
    yield "ours", frozenset((one.span.start, one.span.end, _OURS[one.kind]) for one in names.sightings(article, reading, kit) if one.form != "adjective")
    yield "encoder", frozenset((tag.start, tag.end, tag.label) for tag in reading.tagged("name"))
    yield "parser", frozenset((span.start, span.end, _PARSER[label]) for span, label in reading.parse.names if label in _PARSER)


def _figures(tallies: Counter[tuple[str, str, str, str]], language: str, who: str, kinds: Iterable[str]) -> dict[str, float]:
    right, wrong, missed = (sum(tallies[language, who, kind, outcome] for kind in kinds) for outcome in ("right", "wrong", "missed"))
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures as a table, F1 only, the headline last."""
    table = [f"{'':4} {'class':5} " + " ".join(f"{who:>8}" for who in WHO)]
    headline = []
    for language, classes in figures.items():
        if language in ("headline", "cases", "errors"):
            continue
        for kind in (*CLASSES, "all"):
            table.append(f"{language:4} {kind:5} " + " ".join(f"{classes[kind][who]['f1']:8.3f}" if who in classes[kind] else f"{'–':>8}" for who in WHO))
        headline.append(f"{language} {classes['all']['ours']['f1']:.3f}")
    return [*table, f"{name}: F1 of names over all classes, mean of languages {figures['headline']:.3f}: {', '.join(headline)}"]
