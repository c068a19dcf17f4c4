"""The date patterns of a language, compiled from its table, and where they match in a text.

A pattern is tried only near a word of time that it needs: an article of 400 words has some twenty such places, so the time is that of
a few hundred short matches, and linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.languages.fold import fold
from dragoman.model.spans import Span
from dragoman.reading.dates.table import Words, table_of, words

_SLOT = re.compile(r"<([a-z]+)(#?)(\d?)>")
_WORD = re.compile(r"[^\W_]+")
# Digits of other scripts, one for one.
_DIGITS = {zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
# How many words on either side of a word of time a pattern may reach.
_REACH = 7
_YEAR = re.compile(r"(?:1\d|20)\d\d")
# Slots that catch a year, written shorter or read more narrowly than others.
_YEARS = {"yearmodern": r"(?P<year>(?:19|20)\d\d)", "shorter": r"(?P<year2>\d\d)"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the table: `kind` is date, time, duration, set, or one that the stage drops (none, vague).

    `needs` are the slots that every match fills; `anchor` says from where 'two days later' counts: published, told, or by the tense (told in a
    report of the past, published in one of what is to come); near: of a day without a year, the nearest, where nothing near it contradicts.
    `capital` says that the text must begin the name of the month or weekday with a capital letter.
    """

    rule: str
    regex: re.Pattern[str]
    kind: str
    anchor: str
    sign: int
    value: str | None
    needs: frozenset[str]
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched and the words it caught, folded, by slot name (month, day2, direction, …) and all of them as 'whole'."""

    span: Span
    pattern: Pattern
    caught: dict[str, str]


def folded(text: str) -> str:
    """The text as patterns see it: no case, no accents, Latin digits, of the same length."""
    return fold(text).translate(_DIGITS)


def _any(options: Iterable[str]) -> str:
    """An alternation, longest first, so that 'day before yesterday' is not cut to 'yesterday'."""
    return "|".join(re.escape(option).replace("\\ ", " ") for option in sorted(options, key=lambda option: (-len(option), option))) or r"(?!)"


def _vocabulary(known: Words) -> dict[str, Iterable[str]]:
    """The slots that are words, and the words."""
    return {"month": known.months, "weekday": known.weekdays, "deictic": known.deictic, "relative": known.relative, "direction": known.directions,
            "these": known.these, "unit": known.units, "season": known.seasons, "quarter": known.quarters, "holiday": known.holidays,
            "set": known.sets, "noon": known.noons, "meridiem": known.meridiems, "zone": known.zones, "dual": known.duals}  # fmt: skip


@cache
def _triggers(code: str) -> dict[str, frozenset[str]]:
    """From a single word to the slots that it can be part of; of a phrase its longest word."""
    known = words(code)
    found: dict[str, set[str]] = {}
    if known is not None:
        for slot, phrases in _vocabulary(known).items():
            for phrase in phrases:
                parts = _WORD.findall(phrase)
                if parts:
                    found.setdefault(max(parts, key=len), set()).add(slot)
    return {word: frozenset(slots) for word, slots in found.items()}


@cache
def patterns(code: str) -> tuple[Pattern, ...]:
    """The compiled patterns of a language, in the order of its table."""
    known, table = words(code), table_of(code)
    if known is None:
        return ()
    vocabulary = _vocabulary(known)
    slots = {name: _any(phrases) for name, phrases in vocabulary.items()} | {
        "year": r"(?:1[0-9]|20)\d\d",
        "shortyear": r"\d\d",
        "day": r"(?:3[01]|[12]\d|0?[1-9])" + (f"|(?:{_any(known.ordinals)})" if table.get("spelt_days", False) else ""),
        "count": r"\d{1,4}(?:[.,]\d+)?|" + _any(known.numbers),
        "ordinal": _any(known.ordinals) + r"|\d{1,2}",
        "decade": r"(?:1\d|20)\d0|\d0|" + _any(known.decades),
        "hour": r"(?:2[0-3]|[01]?\d)",
        "minute": r"[0-5]\d",
    }
    after = {"day": table.get("day_suffix", ""), "month": table.get("month_suffix", ""), "weekday": table.get("weekday_suffix", "")}
    plain: dict[str, str] = table.get("words", {})

    def spelt(text: str) -> str:
        while (expanded := _SLOT.sub(lambda found: plain.get(found[1], found[0]), text)) != text:
            text = expanded
        return text

    def slot(found: re.Match[str]) -> str:
        name, figure, number = found.groups()
        if name in _YEARS:
            return _YEARS[name]
        if figure and name in ("month", "day"):
            return f"(?P<{name}{number}>{'1[0-2]|0?[1-9]' if name == 'month' else '3[01]|[12][0-9]|0?[1-9]'})"
        return f"(?P<{name}{number}>{slots[name]}){after.get(name, '')}"

    left, right = ("", "") if known.unspaced else (_left(known), known.marks + r"(?!\w)")
    compiled = []
    for row in table.get("patterns", ()):
        text = spelt(row["text"])
        needs = frozenset(name for name in _required(text) if name in vocabulary or name == "year")
        compiled.append(Pattern(row["rule"], re.compile(left + "(?:" + _SLOT.sub(slot, _folded_literals(text)) + ")" + right), row.get("kind", "date"),
                                row.get("anchor", "published"), row.get("sign", 0), row.get("value"), needs, row.get("capital", False)))  # fmt: skip
    return tuple(compiled)


def _left(known: Words) -> str:
    """Where a date may begin: at the start of a word, or after what is joined to it (the 'and' of 'والأحد')."""
    sizes = sorted({len(clitic) for clitic in known.clitics})
    joined = "".join(rf"|(?<=\b(?:{_any(clitic for clitic in known.clitics if len(clitic) == size)}))" for size in sizes)
    return rf"(?:(?<!\w){joined})"


def _able(word: str, known: Words, triggers: dict[str, frozenset[str]]) -> frozenset[str]:
    """The slots that a word of the text can be part of, as it stands or without what is joined to its start."""
    able = triggers.get(word, frozenset()) | ({"year"} if _YEAR.fullmatch(word) else frozenset())
    for clitic in known.clitics:
        if word.startswith(clitic):
            bare = word[len(clitic) :]
            able = able | triggers.get(bare, frozenset()) | ({"year"} if _YEAR.fullmatch(bare) else frozenset())
    return able


def _folded_literals(text: str) -> str:
    """The words of a pattern folded like the text, its escapes and slots left alone."""
    return "".join(part if part.startswith(("\\", "<")) else fold(part) for part in re.split(r"(\\.|<[a-z]+#?\d?>)", text))


def _required(text: str) -> set[str]:
    """The slots of a pattern outside optional groups and alternatives."""
    levels: list[list[str]] = [[]]
    split = [False]
    at = 0
    while at < len(text):
        found = _SLOT.match(text, at)
        if found:
            if text[found.end() : found.end() + 1] != "?" and not found[2]:
                levels[-1].append(found[1])
            at = found.end()
            continue
        mark = text[at]
        if mark == "\\":
            at += 1
        elif mark == "(":
            levels.append([])
            split.append(False)
        elif mark == "|":
            split[-1] = True
        elif mark == ")":
            inside, alternatives = levels.pop(), split.pop()
            if not alternatives and text[at + 1 : at + 2] not in ("?", "*"):
                levels[-1].extend(inside)
        at += 1
    return set() if split[0] else set(levels[0])


def _windows(text: str, code: str, known: Words) -> Iterator[tuple[int, int, set[str]]]:
    """The stretches of a folded text around its words of time, with the slots that those words can fill."""
    triggers = _triggers(code)
    spans = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    first = last = -1
    slots: set[str] = set()
    for index, (start, end) in enumerate(spans):
        able = _able(text[start:end], known, triggers)
        if not able:
            continue
        if last >= 0 and index - _REACH > last:
            yield spans[first][0], spans[last][1], slots
            slots, last = set(), -1
        if last < 0:
            first = max(index - _REACH, 0)
        last = min(index + _REACH, len(spans) - 1)
        slots = slots | able
    if last >= 0:
        yield spans[first][0], spans[last][1], slots


def matches(text: str, code: str, named: Sequence[Span] = ()) -> list[Match]:
    """All matches that stand, left to right, without overlap: the longest wins, then the earlier row of the table.

    Words of two meanings ('May', 'Sun') inside one of the `named` spans, sorted, are names and no dates.
    """
    known = words(code)
    if known is None:
        return []
    plain = folded(text)
    every = frozenset(_vocabulary(known)) | {"year"}
    stretches = [(0, len(plain), set(every))] if known.unspaced else list(_windows(plain, code, known))
    found: list[tuple[int, int, int, Match]] = []
    for order, pattern in enumerate(patterns(code)):
        for start, end, slots in stretches if pattern.needs else [(0, len(plain), set())]:
            if not pattern.needs <= slots:
                continue
            for hit in pattern.regex.finditer(plain, start, min(end + 1, len(plain))):
                caught = {name: value for name, value in hit.groupdict().items() if value is not None} | {"whole": hit[0]}
                caught |= _counted(caught, known)
                if _allowed(text, hit, caught, pattern, known, named):
                    found.append((hit.start() - hit.end(), hit.start(), order, Match(Span(hit.start(), hit.end()), pattern, caught)))
    found.sort(key=lambda entry: entry[:3])
    starts: list[int] = []
    taken: list[Match] = []
    for _, _, _, match in found:
        place = bisect_left(starts, match.span.start)
        free = (place == 0 or taken[place - 1].span.end <= match.span.start) and (place == len(taken) or match.span.end <= starts[place])
        if free:
            starts.insert(place, match.span.start)
            taken.insert(place, match)
    return taken


def _counted(caught: dict[str, str], known: Words) -> dict[str, str]:
    """The figures in words that count by themselves: 'يومين' is two days, 'الثمانينيات' the 1980s."""
    found = {"count": "2", "unit": known.duals[caught["dual"]]} if "dual" in caught else {}
    return found | ({"decade": known.decades[caught["decade"]]} if caught.get("decade") in known.decades else {})


def _allowed(text: str, hit: re.Match[str], caught: dict[str, str], pattern: Pattern, known: Words, named: Sequence[Span]) -> bool:
    """Whether names begin with the capital their language wants, and words of two meanings have company."""
    company = "day" in caught or "year" in caught
    for name in ("month", "month2", "weekday", "weekday2"):
        word = caught.get(name)
        if word is None or word.isdigit():
            continue
        at = hit.start(name)
        if (known.capitals or pattern.capital) and not text[at].isupper():
            return False
        if company or word not in known.ambiguous:
            continue
        if (len(word) < 4 and name.startswith("weekday")) or pattern.rule.endswith("bare") or (not known.capitals and text[at].isupper()):
            return False
        if _named(Span(at, at + len(word)), named):
            return False
    return not (pattern.rule.endswith("bare") and _named(Span(hit.start(), hit.end()), named))


def _named(span: Span, named: Sequence[Span]) -> bool:
    place = bisect_right(named, Span(span.end, 0))
    return any(other.overlaps(span) for other in named[max(place - 2, 0) : place])
