"""Which PLOVER type holds between a marked source and a marked target of a sentence, and whether it is cooperation or conflict.

Asked is one type for one pair, so of the events of the reading that one is taken in which the source acts and the target is acted upon, or else the
one that has most to do with the pair: one of the two takes part, its trigger lies between them or after the source. Where no event is read there is no answer.
The set calls RETREAT and CONCEDE together YIELD. Beside it stand the figures of the authors' own prediction columns (Hu et al., ACL 2024), over the whole
set: they ask a large language model once for each type and pair.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.sets import rows
from dragoman.knowledge.plover import TYPES
from dragoman.model.reading import EventReport, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit

SETS = ("plv_relations",)
RIVAL = {"root_macro_f1": 0.821, "root_accuracy": 0.835, "penta_macro_f1": 0.893}
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_PENTA = {"verbal-cooperation": "1", "material-cooperation": "2", "verbal-conflict": "3", "material-conflict": "4"}
_DOING = ("actor", "visitor", "participant", "mediator")


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Macro-F1 and accuracy of the type, which is the headline, and of the four classes; and on sentences that plover_gsr has not."""
    given = list(rows(folder, name, split))[:limit]
    kit = Kit()
    read = readings.read_all((readings.article(row["id"], row["text"]) for row in given), kit)
    roots, pentas, fresh, sides, cases, errors = [], [], [], [], {}, []
    for row, reading in zip(given, read, strict=True):
        event = between(reading, *spans(row))
        found = _YIELD.get(event.type, event.type) if event else ""
        penta = _PENTA[TYPES[event.type].quad] if event else ""
        roots.append((row["root"], found))
        pentas.append((row["penta"], penta))
        sides.append(("conflict" if row["penta"] in "34" else "cooperation", "" if not event else "conflict" if penta in "34" else "cooperation"))
        if not row.get("in_open_gsr"):
            fresh.append(roots[-1])
        cases[row["id"]] = float(row["root"] == found)
        if row["root"] != found:
            errors.append(f"{row['id']}: {row['root']} read as {found or 'nothing'}: {row['marked']}")
    return {
        "headline": scores.macro(roots), "root_accuracy": scores.accuracy(roots), "penta_macro_f1": scores.macro(pentas),
        "penta_accuracy": scores.accuracy(pentas), "binary_accuracy": scores.accuracy(sides), "binary_macro_f1": scores.macro(sides),
        "fresh_macro_f1": scores.macro(fresh), "answered": scores.share(sum(found != "" for _, found in roots), len(roots)),
        "classes": scores.by_class(roots), "rival": RIVAL, "cases": cases, "errors": errors,
    }  # fmt: skip


def spans(row: dict[str, Any]) -> tuple[Span, Span]:
    """Where source and target stand in the text, by the marks of the set: they may be named twice."""
    marked, found = row["marked"], {}
    plain = 0
    for piece in _pieces(marked):
        if piece in ("<s>", "<t>"):
            found[piece[1]] = plain
        elif piece in ("</s>", "</t>"):
            found[piece[2] * 2] = plain
        else:
            plain += len(piece)
    # the text is the marked one without its marks, but for spaces now and then
    source, target = (Span(found.get(one, 0), found.get(one * 2, 0)) for one in "st")
    return _mended(row["text"], row["source"], source), _mended(row["text"], row["target"], target)


def _pieces(marked: str) -> list[str]:
    for mark in ("<s>", "</s>", "<t>", "</t>"):
        marked = marked.replace(mark, f"\0{mark}\0")
    return [piece for piece in marked.split("\0") if piece]


def _mended(text: str, words: str, near: Span) -> Span:
    places = [at for at in range(len(text)) if text.startswith(words, at)]
    at = min(places, key=lambda one: abs(one - near.start), default=near.start)
    return Span(at, at + len(words))


def between(reading: Reading, source: Span, target: Span) -> EventReport | None:
    """The event that is most about the pair, the source acting."""
    acting = {entity.id for _, entity in reading.entities_in(source)} | _at(reading, source)
    acted = {entity.id for _, entity in reading.entities_in(target)} | _at(reading, target)

    def rank(event: EventReport) -> tuple[int, int, int]:
        about = 0
        for one in event.participants:
            doing = one.role in _DOING
            about += (3 if doing else 1) * (one.entity in acting) + (1 if doing else 3) * (one.entity in acted)
        inside = source.covers(event.trigger) or target.covers(event.trigger)
        about += 1 if min(source.end, target.end) <= event.trigger.start < max(source.start, target.start) else 0
        gap = min(abs(event.trigger.start - source.end), abs(event.trigger.start - target.end))
        return (-about + 2 * inside, gap, event.trigger.start)

    return min(reading.events, key=rank, default=None)


def _at(reading: Reading, span: Span) -> set[str]:
    entity = reading.entity_at(span)
    return {entity.id} if entity else set()


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{kind:10} {scores.shown(one)}" for kind, one in figures["classes"].items()]
    told.append(
        f"answered {figures['answered']:.3f}; type accuracy {figures['root_accuracy']:.3f}; four classes: macro-F1 {figures['penta_macro_f1']:.3f}, "
        f"accuracy {figures['penta_accuracy']:.3f}; cooperation or conflict: accuracy {figures['binary_accuracy']:.3f}"
    )
    told.append(f"only sentences that plover_gsr has not: macro-F1 {figures['fresh_macro_f1']:.3f}")
    told.append(f"the authors' zero-shot tree on the whole set: macro-F1 {RIVAL['root_macro_f1']:.3f}, four classes {RIVAL['penta_macro_f1']:.3f}")
    return [*told, f"{name}: macro-F1 of the type {figures['headline']:.3f}"]
