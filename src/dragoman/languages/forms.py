"""What a written word may be a form of, where a language joins small words to others: Arabic clitics, Turkish suffixes.

The table `morphology.toml` of a language has rows of what is cut at the start (`before`) and at the end (`after`) of a word, each with what stands in
its place; tables of words then hold the plain form alone, and find it in 'وللوزير' and in 'bakanlarının'.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman.languages.fold import fold
from dragoman.languages.pack import language

# A form shorter than this is no word any more.
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
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    same: dict[int, str | None]


@cache
def _rules(code: str) -> _Rules | None:
    pack = language(code)
    table = pack.table("morphology") if pack else {}
    if not table:
        return None
    same: dict[int, str | None] = {ord(mark): None for mark in table.get("silent", "")}
    same |= {ord(letter): other for letter, other in table.get("same", {}).items()}
    return _Rules(_pairs(table.get("before", [])), _pairs(table.get("after", [])), same)


def _pairs(rows: list[str | list[str]]) -> tuple[tuple[str, str], ...]:
    """A row is a piece that falls away, or a piece and what stands in its place."""
    return tuple((fold(row), "") if isinstance(row, str) else (fold(row[0]), fold(row[1])) for row in rows)


def plain(code: str, folded: str) -> str:
    """A folded word as tables hold it: without silent marks, with the letters that are written either way made one; plain("ar", "إلى") == "الي"."""
    rules = _rules(code)
    return folded.translate(rules.same) if rules else folded


@lru_cache(maxsize=_REMEMBERED)
def forms(code: str, folded: str) -> tuple[Form, ...]:
    """All that a folded word may be a form of, itself first, then what fewer letters were cut from."""
    rules = _rules(code)
    if rules is None:
        return (Form(folded),)
    whole = folded.translate(rules.same)
    starts = [Form(whole)]
    for piece, instead in rules.before:
        if whole.startswith(piece) and len(whole) - len(piece) >= _SHORTEST:
            starts.append(Form(instead + whole[len(piece) :], left=len(piece)))
    found = list(starts)
    for form in starts:
        for piece, instead in rules.after:
            if form.text.endswith(piece) and len(form.text) - len(piece) >= _SHORTEST:
                found.append(Form(form.text[: len(form.text) - len(piece)] + instead, left=form.left, right=len(piece)))
    best: dict[str, Form] = {}
    for form in sorted(found, key=lambda one: (one.left + one.right, one.left)):
        best.setdefault(form.text, form)
    return tuple(best.values())
