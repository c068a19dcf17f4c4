"""Source, target and kind of event on the validation records of PETRARCH (English) and on the Spanish gold.

The records are coded in CAMEO; a reading is coded in PLOVER, whose types each cover some of CAMEO's roots (_ROOTS). A triple is right where the root is one
that the type covers and both states are right ('---' and '~' are unknown, and not asked). News-like English records with real actors are the headline;
tests of syntax with states of Tolkien's are left out. For Spanish the type alone is asked, among the sentences where the set gives one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.plover_gsr import sides
from benchmarks.sets import rows
from dragoman.model.reading import Reading
from dragoman.reading.kit import Kit

SETS = ("cameo_validation",)
_ROOTS = {
    "AGREE": ("03", "05"), "CONSULT": ("04",), "SUPPORT": ("05", "02"), "CONCEDE": ("08", "03"), "COOPERATE": ("06", "03"), "AID": ("07",), "RETREAT": ("08",),
    "REQUEST": ("02", "10"), "ACCUSE": ("11", "09"), "REJECT": ("12",), "THREATEN": ("13",), "PROTEST": ("14",), "SANCTION": ("16", "17"), "MOBILIZE": ("15",),
    "COERCE": ("17",), "ASSAULT": ("18", "19", "20"),
}  # fmt: skip
_ENGLISH, _SPANISH = ("petr_gsr",), ("es_protest", "es_cameo_1018", "es_fight")
_UNKNOWN = ("---", "~", "")


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1 of triples and of roots alone on English news, F1 of roots on Spanish; `limit` takes so many records of each family."""
    seen: Counter[str] = Counter()
    given = []
    for row in rows(folder, name, split):
        seen[row["family"]] += 1
        if row["news_like"] and not row["fictional_actors"] and row["family"] != "petr_unit" and (limit is None or seen[row["family"]] <= limit):
            given.append(row)
    kit = Kit()
    articles = (readings.article(row["id"], row["text"], language=row["lang"], day=row["date"]) for row in given)
    tallies: dict[str, Counter[str]] = {kind: Counter() for kind in ("triples", "roots", "spanish")}
    cases, errors = {}, []
    for row, reading in zip(given, readings.read_all(articles, kit, upto="events"), strict=True):
        wanted = [(one["source"], one["target"], one["code"][:2]) for one in row["events"]]
        ours = _triples(reading)
        which = "spanish" if row["family"] in _SPANISH else "roots"
        roots = _matched([root for *_, root in wanted], [codes for *_, codes in ours])
        tallies[which].update(roots)
        if row["family"] in _ENGLISH:
            right = _right(wanted, ours)
            tallies["triples"].update({"right": right, "wrong": max(0, len(ours) - right), "missed": len(wanted) - right})
            cases[row["id"]] = scores.of(right, len(ours), len(wanted))["f1"]
            if right < len(wanted) or right < len(ours):
                errors.append(f"{row['id']}: wanted {wanted} found {ours}: {row['text']}")
    figures: dict[str, Any] = {kind: scores.tallied(tally) for kind, tally in tallies.items()}
    return {"headline": figures["triples"]["f1"], **figures, "records": len(given), "cases": cases, "errors": errors}


def _triples(reading: Reading) -> list[tuple[str, str, tuple[str, ...]]]:
    """A pair of states for each that acts and each acted upon; those who meet stand for both."""
    found = []
    for event in reading.events:
        doing, done_to = (sorted(one) for one in sides(reading, event))
        pairs = [(one, other) for one in doing for other in (done_to or [state for state in doing if state != one] or [""])] or [
            ("", other) for other in done_to
        ]
        found += [(one, other, _ROOTS[event.type]) for one, other in pairs]
    return list(dict.fromkeys(found))


def _right(wanted: list[tuple[str, str, str]], ours: list[tuple[str, str, tuple[str, ...]]]) -> int:
    left, right = list(ours), 0
    for source, target, root in wanted:
        hit = next((one for one in left if root in one[2] and _same(source, one[0]) and _same(target, one[1])), None)
        if hit:
            left.remove(hit)
            right += 1
    return right


def _same(code: str, state: str) -> bool:
    plain = code[:3]
    return plain in _UNKNOWN or code.startswith("~") or plain == state or (state == "IGO" and plain in ("IGO", "UNO", "EEC", "NAT"))


def _matched(wanted: list[str], ours: list[tuple[str, ...]]) -> Counter[str]:
    left, right = list(ours), 0
    for root in wanted:
        hit = next((codes for codes in left if root in codes), None)
        if hit:
            left.remove(hit)
            right += 1
    return Counter({"right": right, "wrong": len(ours) - right, "missed": len(wanted) - right})


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{kind:8} {scores.shown(figures[kind])}" for kind in ("roots", "spanish")]
    return [*told, f"{name}: source, target and root, English news: {scores.shown(figures['triples'])}"]
