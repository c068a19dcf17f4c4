"""Whether the translation of a report is read into the same facts as its original: persons, places, offices, dates, statements.

    person   both persons, and two of their names of one person: `likeness` calls them the same, or 0.62 and more (a surname alone has 0.6)
    state    the same code
    place    the same town of the gazetteer, region of our table or part of the world by CLDR ('Asia', 'Asien'); else names as alike as those of
             persons, unless they lie in two states; a state and a place only where their names are alike (Singapore, the Vatican)
    office   the same office of the same state, of one person
    date     the same value; what gets none, for want of a day of publication, is not compared
    statement  in the same sentence, of one speaker, or of nobody named in both

Nothing is known of which name translates which: each reading is made by itself, and the pairs of one document are taken one to one, the most
alike first. What is read from the original and has no fellow is missed, what is read from the translation and has none is wrong; all documents of
a language are counted together (micro-average). What the reading of the original lacks or has wrongly counts against the translation too, so the
figure is a floor. Translations keep the order of the sentences, each a paragraph here, below the title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from babel import Locale

from benchmarks.readings import kept
from benchmarks.sets import rows
from dragoman.knowledge.places import Gazetteer, regions, simple
from dragoman.languages.fold import fold
from dragoman.linking.names import likeness
from dragoman.model.reading import Article, Entity, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.stages import stages

SETS = ("ntrex_docs",)
LANGUAGES = ("fr", "ar", "tr", "de", "es")
# From here on two names pass for one: above what a surname alone has.
_ALIKE = 0.62
_ORIGINAL = "en"
_KINDS = ("persons", "places")
_FACTS = (*_KINDS, "offices", "dates", "statements")


@dataclass(frozen=True, slots=True)
class Named:
    """A person, or a state or place with its state and what its name means: towns by their GeoNames id, regions by their English name.

    Other facts have the names of whose they are, and a `key` that must be the same.
    """

    kind: str
    names: tuple[str, ...]
    state: str | None = None
    code: str | None = None
    means: frozenset[int | str] = frozenset()
    key: tuple[str | int | None, ...] = ()


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None, languages: Sequence[str] = LANGUAGES) -> dict[str, Any]:
    """Figures per language; `limit` takes so many documents at most. The errors are named as 'document language: missed …'."""
    kit = Kit()
    asked = (_ORIGINAL, *languages)
    documents: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows(folder, name, split):
        if row.get("variant", "main") == "main" and row["lang"] in asked:
            documents.setdefault(row["doc_id"], {})[row["lang"]] = row
    chosen = [texts for texts in documents.values() if _ORIGINAL in texts][:limit]
    tally: Counter[tuple[str, str, str]] = Counter()
    errors: list[str] = []
    cases: dict[str, float] = {}
    for texts in chosen:
        wanted = told(_reading(texts[_ORIGINAL], kit), kit.gazetteer())
        for language in languages:
            if language not in texts:
                continue
            found = told(_reading(texts[language], kit), kit.gazetteer())
            pairs = matched(wanted, found)
            ours, theirs = {number for _, number in pairs}, {number for number, _ in pairs}
            for outcome, every, taken in (("missed", wanted, theirs), ("wrong", found, ours)):
                for number, one in enumerate(every):
                    if number not in taken:
                        tally[language, one.kind, outcome] += 1
                        errors.append(f"{texts[language]['id']}: {outcome} {one.kind} {one.code or ''} {' | '.join(one.names)}")
            tally.update((language, wanted[number].kind, "right") for number, _ in pairs)
            cases[texts[language]["id"]] = round(2 * len(pairs) / max(1, len(wanted) + len(found)), 4)
    parts = (*((kind, (kind,)) for kind in _FACTS), ("all", _KINDS), ("facts", _FACTS))
    figures = {language: {kind: _figures(tally, language, kinds) for kind, kinds in parts} for language in languages}
    mean = sum(one["all"]["f1"] for one in figures.values()) / len(figures)
    return {"headline": round(mean, 4), "languages": figures, "mean_f1": round(mean, 4), "cases": cases, "documents": len(chosen), "errors": errors}


def _reading(row: dict[str, Any], kit: Kit) -> Reading:
    text = "\n\n".join([row["title"], *row["sentences"]])
    article = Article(id=row["id"], name=row["id"], text=text, language=row["lang"])
    last = max(number for number, stage in enumerate(stages()) if "statements" in stage.gives)
    return kept(article, kit, stages()[: last + 1])


def told(reading: Reading, gazetteer: Gazetteer) -> list[Named]:
    """All facts that are compared: whom and what a reading names, offices, dates with a value, and statements."""
    found = named(reading, gazetteer)
    whose = {entity.id: entity for entity in reading.entities}
    found.extend(Named("offices", whose[one.person].names, key=(one.office, one.of)) for one in reading.offices)
    found.extend(Named("dates", (), key=(when.value,)) for when in reading.dates if when.value)
    for one in reading.statements:
        speaker = whose.get(one.speaker or "")
        sentence = reading.article.text.count("\n\n", 0, one.start)
        found.append(Named("statements", (speaker.name, *speaker.names) if speaker else (), code=speaker.code if speaker else None, key=(sentence,)))
    return found


def named(reading: Reading, gazetteer: Gazetteer) -> list[Named]:
    """The persons, states and places of a reading that it names."""
    found = []
    for entity in reading.entities:
        if entity.kind == "person":
            found.append(Named("persons", entity.names))
        elif entity.kind in ("state", "place"):
            found.append(Named("places", (entity.name, *entity.names), entity.state, entity.code, _means(entity, reading.article.language, gazetteer)))
    return found


def _means(entity: Entity, language: str, gazetteer: Gazetteer) -> frozenset[int | str]:
    """The largest town of each of its names, in its state where the reading gives one, and regions of those names; nothing for states."""
    if entity.kind == "state":
        return frozenset()
    found: set[int | str] = set()
    for name in dict.fromkeys((entity.name, *entity.names)):
        folded = fold(name)
        towns = (one.geonameid for one in gazetteer.named(simple(folded)) if entity.state in (None, one.country))
        found.update(town for town in (next(towns, None), _regions(language).get(folded)) if town is not None)
    return frozenset(found)


@cache
def _regions(language: str) -> dict[str, str]:
    """Folded names of seas, regions and parts of the world in a language, with their English names."""
    there, english = Locale.parse(language).territories, Locale("en").territories
    parts = {fold(str(name)): str(english[code]) for code, name in there.items() if code.isdigit()}
    return parts | {fold(name): one.place.name for one in regions() for name in one.names.get(language, ())}


def matched(wanted: Sequence[Named], found: Sequence[Named]) -> list[tuple[int, int]]:
    """Pairs of positions, one to one, the most alike first and then in the order of the text."""
    scored = ((nearness(one, other), left, right) for (left, one), (right, other) in product(enumerate(wanted), enumerate(found)))
    pairs: list[tuple[int, int]] = []
    for score, left, right in sorted(scored, key=lambda row: (-row[0], row[1:])):
        if score >= _ALIKE and not any(left == other or right == another for other, another in pairs):
            pairs.append((left, right))
    return pairs


def nearness(one: Named, other: Named) -> float:
    """How surely two are the same, 0 to 1."""
    if one.kind != other.kind or one.key != other.key:
        return 0.0
    if one.key and not one.names and not other.names:
        return 1.0
    if one.code and other.code:
        return float(one.code == other.code)
    if one.means & other.means:
        return 1.0
    if one.kind == "places" and one.state and other.state and one.state != other.state:
        return 0.0
    return max((_alike(left, right) for left, right in product(one.names, other.names)), default=0.0)


def _alike(left: str, right: str) -> float:
    found = likeness(left, right)
    return max(found.score, _ALIKE) if found.same else found.score


def _figures(tally: Counter[tuple[str, str, str]], language: str, kinds: Iterable[str]) -> dict[str, float]:
    right, wrong, missed = (sum(tally[language, kind, outcome] for kind in kinds) for outcome in ("right", "wrong", "missed"))
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures as a table, the headline last."""
    table = [f"{'':4} {'':10} {'p':>6} {'r':>6} {'f1':>6}"]
    for language, kinds in figures["languages"].items():
        table.extend(f"{language:4} {kind:10} {one['p']:6.3f} {one['r']:6.3f} {one['f1']:6.3f}" for kind, one in kinds.items())
    each = ", ".join(f"{language} {kinds['all']['f1']:.3f}" for language, kinds in figures["languages"].items())
    facts = ", ".join(f"{language} {kinds['facts']['f1']:.3f}" for language, kinds in figures["languages"].items())
    return [
        *table,
        f"all facts, with offices, dates and statements: {facts}",
        f"{name}: F1 of persons and places against the original's, {figures['documents']} documents: mean {figures['mean_f1']:.3f} ({each})",
    ]
