"""Date expressions found and resolved, on sets annotated with TIMEX3 or TIMEX2 values.

A date is found where the spans overlap (relaxed match, each once), strictly where they are the same; its value is right where it names the same day, week,
month, season, quarter, year or decade. Counted are dates with a calendar value; vague ones ('recently', PRESENT_REF) and mere durations are left out on
both sides: an expression of ours that lies on one of those is no error. The headline is value F1 over English newswire: narratives without a day of
publication and languages whose dates nobody has written tables for are told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import scores
from benchmarks.sets import rows
from dragoman.model.reading import Article, Reading, When
from dragoman.reading import dates, sentences
from dragoman.reading.kit import Kit

SETS = ("timex", "meantime_times_en_es")
_CALENDAR = re.compile(r"\d{2,4}(?:-(?:\d{2}|W\d{2}(?:-WE)?|Q\d|H\d|SP|SU|FA|AU|WI)(?:-\d{2})?)?(?:T.*)?$")
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "AU": "23", "WI": "24"}
_QUARTERS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Figures per corpus of the set: span F1 (strict and relaxed), value F1, and accuracy of the kind (day or time of day) of what is found."""
    kit = Kit()
    tally: Counter[tuple[str, str]] = Counter()
    cases: dict[str, float] = {}
    errors: list[str] = []
    for row in list(rows(folder, name, split))[:limit]:
        corpus = row.get("corpus", name) + ("" if row.get("lang", "en") == "en" else f" ({row['lang']})")
        outcomes = compared(row, read_dates(row, kit))
        for outcome, note in outcomes:
            kind, *marks = outcome.split()
            tally.update((corpus, one) for one in (kind, *marks))
            if kind != "value":
                errors.append(f"{row['id']}: {kind} {note}")
        cases[row["id"]] = scores.share(sum(outcome.startswith("value") for outcome, _ in outcomes), len(outcomes)) if outcomes else 1.0
    corpora = sorted({corpus for corpus, _ in tally})
    newswire = [corpus for corpus in corpora if corpus != "wikiwars" and "(" not in corpus]
    together = Counter({("all", outcome): sum(tally[corpus, outcome] for corpus in newswire or corpora) for _, outcome in tally})
    return {
        "headline": figures_of(together, "all")["value_f1"], "corpora": {corpus: figures_of(tally, corpus) for corpus in corpora}, "newswire": newswire,
        "cases": cases, "errors": errors,
    }  # fmt: skip


def read_dates(row: dict[str, Any], kit: Kit) -> list[When]:
    """Our dates with a value, in the order of the text."""
    when = date.fromisoformat(row["date"]) if row.get("date") else None
    article = Article(id="x", name="x", text=row["text"], language=row.get("lang", "en"), published=when, published_from="given" if when else "unknown")
    reading = dates.run(article, sentences.run(article, Reading(article=article), kit), kit)
    return [one for one in reading.dates if one.kind in ("date", "time") and one.value]


def compared(row: dict[str, Any], ours: Sequence[When]) -> list[tuple[str, str]]:
    """'value' for a date found and resolved, 'found' for one found with another value, 'missed', 'wrong'; each with what to show.

    The first two may have 'strict' after them, where the spans are the same, and 'kind', where both are days or both times of day.
    """
    found: list[tuple[str, str]] = []
    used: set[int] = set()
    covered = [tuple(one["span"]) for one in row["timexes"]]
    for want in row["timexes"]:
        value = str(want.get("value") or "")
        if want.get("type", "DATE") not in ("DATE", "TIMEX2", "TIME") or not _CALENDAR.match(value):
            continue
        start, end = want["span"]
        match = next((place for place, one in enumerate(ours) if place not in used and one.start < end and start < one.end), None)
        note = f"{row['text'][start:end]!r} {value}"
        if match is None:
            found.append(("missed", note))
            continue
        used.add(match)
        same = bool(_days(value) & _days(str(ours[match].value)))
        strict = " strict" if (ours[match].start, ours[match].end) == (start, end) else ""
        kind = " kind" if (ours[match].kind == "time") == (want.get("type") == "TIME") or want.get("type") == "TIMEX2" else ""
        found.append((("value" if same else "found") + strict + kind, f"{note} read as {ours[match].value}"))
    for place, one in enumerate(ours):
        if place not in used and not any(one.start < end and start < one.end for start, end in covered):
            found.append(("wrong", f"{one.text!r} {one.value}"))
    return found


def _days(value: str) -> frozenset[str]:
    """The spellings of one date that are compared: TIMEX3 and EDTF forms of weeks, weekends, seasons, quarters and decades brought together."""
    plain = value.split("T")[0]
    forms = {plain}
    week = re.fullmatch(r"(\d{4})-W(\d{2})(-WE)?", plain)
    if week:
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        first = monday + timedelta(days=5 if week[3] else 0)
        forms.add(f"{first}/{monday + timedelta(days=6)}")
    part = re.fullmatch(r"(\d{4})-([A-Z]{1,2}\d?)", plain)
    if part:
        forms.add(f"{part[1]}-{(_SEASONS | _QUARTERS).get(part[2], part[2])}")
    decade = re.fullmatch(r"(\d{3})X?", plain)
    if decade:
        forms.update({f"{decade[1]}X", f"{decade[1]}0/{decade[1]}9"})
    return frozenset(forms)


def figures_of(tally: Counter[tuple[str, str]], corpus: str) -> dict[str, float]:
    right, found, missed, wrong = (tally[corpus, outcome] for outcome in ("value", "found", "missed", "wrong"))

    def f1(good: int) -> float:
        ours, wanted = right + found + wrong, right + found + missed
        return round(2 * good / (ours + wanted), 4) if ours + wanted else 1.0

    kinds = tally[corpus, "kind"]
    return {
        "wanted": right + found + missed, "span_f1": f1(right + found), "strict_f1": f1(tally[corpus, "strict"]), "value_f1": f1(right),
        "kind_right": scores.share(kinds, right + found),
    }  # fmt: skip


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures as a table, the headline last."""
    table = [f"{'':26} {'dates':>6} {'span F1':>8} {'strict':>7} {'value F1':>9} {'kind':>6}"]
    table += [
        f"{corpus:26} {one['wanted']:6d} {one['span_f1']:8.3f} {one['strict_f1']:7.3f} {one['value_f1']:9.3f} {one['kind_right']:6.3f}"
        for corpus, one in figures["corpora"].items()
    ]
    return [*table, f"{name}: value F1 of {', '.join(figures['newswire']) or 'all'} {figures['headline']:.3f}"]
