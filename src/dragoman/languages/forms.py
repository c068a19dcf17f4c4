"""What a written word may be a form of, where a language joins small words to others: Arabic clitics, Turkish suffixes.

The table `morphology.toml` of a language has rows of what is cut at the start (`before`) and at the end (`after`) of a word, each with what stands in
its place and how many letters of the word must be left; tables of words then hold the plain form alone, and find it in 'وللوزير' and in 'bakanlarının'.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.pack import language

# A form shorter than this is no word any more; a row may ask for more.
_SHORTEST = 2
# Forms remembered: the words of some hundred articles.
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Form:
    """A word without what was joined to it: `left` and `right` count the letters of the text cut on either side."""

    text: str
    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class _Rules:
    before: tuple[tuple[str, str, int], ...]
    after: tuple[tuple[str, str, int], ...]
    same: dict[int, str | None]


@cache
def _rules(code: str) -> _Rules | None:
    pack = language(code)
    table = pack.table("morphology") if pack else {}
    if not table:
        return None
    same: dict[int, str | None] = {ord(mark): None for mark in table.get("silent", "")}
    same |= {ord(letter): other for letter, other in table.get("same", {}).items()}
    return _Rules(_rows(table.get("before", [])), _rows(table.get("after", [])), same)


def _rows(rows: list[str | list[Any]]) -> tuple[tuple[str, str, int], ...]:
    """A row is a piece that falls away, or a piece, what stands in its place and how many letters must be left."""
    whole = [[row] if isinstance(row, str) else row for row in rows]
    return tuple((fold(row[0]), fold(row[1]) if len(row) > 1 else "", int(row[2]) if len(row) > 2 else _SHORTEST) for row in whole)


def plain(code: str, folded: str) -> str:
    """A folded word as tables hold it: without silent marks, with the letters that are written either way made one; plain("ar", "إلى") == "الي"."""
    rules = _rules(code)
    return folded.translate(rules.same) if rules else folded


def openings(code: str) -> tuple[str, ...]:
    """The folded pieces that may be joined to the start of a word, the longest first; none in most languages."""
    rules = _rules(code)
    return tuple(sorted({piece for piece, _, _ in rules.before}, key=lambda piece: (-len(piece), piece))) if rules else ()


@lru_cache(maxsize=_REMEMBERED)
def forms(code: str, folded: str) -> tuple[Form, ...]:
    """All that a folded word may be a form of, itself first, then what fewer letters were cut from."""
    rules = _rules(code)
    if rules is None:
        return (Form(folded),)
    whole = folded.translate(rules.same)
    starts = [Form(whole)]
    for piece, instead, shortest in rules.before:
        if whole.startswith(piece) and len(whole) - len(piece) >= shortest:
            starts.append(Form(instead + whole[len(piece) :], left=len(piece) - _kept(piece, instead)))
    found = list(starts)
    for form in starts:
        for piece, instead, shortest in rules.after:
            if form.text.endswith(piece) and len(form.text) - len(piece) >= shortest:
                found.append(Form(form.text[: len(form.text) - len(piece)] + instead, left=form.left, right=len(piece)))
    best: dict[str, Form] = {}
    for form in sorted(found, key=lambda one: (one.left + one.right, one.left)):
        best.setdefault(form.text, form)
    return tuple(best.values()) if len(whole) == len(folded) else tuple(_with_marks(form, folded, rules.same) for form in best.values())


def _kept(piece: str, instead: str) -> int:
    """Letters at the end of a piece that stay: of 'لل' for 'ال' the second is the article's."""
    kept = 0
    while kept < min(len(piece), len(instead)) and piece[-1 - kept] == instead[-1 - kept]:
        kept += 1
    return kept


def _with_marks(form: Form, folded: str, same: dict[int, str | None]) -> Form:
    """The form with its cuts counted in the word as written: of 'وَفرنسا' two letters fall away, the second a vowel sign."""
    kept = [place for place, letter in enumerate(folded) if same.get(ord(letter), letter) is not None]
    left = kept[form.left] if form.left else 0
    right = len(folded) - kept[len(kept) - form.right] if form.right else 0
    return Form(form.text, left, right)
