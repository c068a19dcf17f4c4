"""Whether a title points back at somebody, where no parser tells: by its article, its number, its place before the verb and its gender."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.languages.fold import fold
from dragoman.model.reading import OfficeMention, Reading
from dragoman.reading.names.lexicon import lexicon
from dragoman.reading.title_table import Offices, offices_of
from dragoman.reading.words import Word, words_of

# One word and the end of the sentence.
_LAST_BUT_ONE = re.compile(r"\s+\w+\s*[.!?]")
# Characters before a title in which a number word may stand.
_NEAR = 12


def points_back(reading: Reading, title: OfficeMention) -> bool:
    """'الوزيران' and 'iki bakan' do, 'وزراء حزب' and 'bakan göndermedi' do not; a title with its state always does."""
    table = offices_of(reading.article.language)
    if table is None or title.relational:
        return True
    text = reading.article.text
    if title.plural and title.of is None:
        return _definite(table, _first(reading, title)) or _numbered(reading, title, table)
    if table.order.verb_last and title.span == title.title and title.title.of(text)[:1].islower() and not title.plural:
        return _LAST_BUT_ONE.match(text, title.span.end) is None
    return True


def dual(reading: Reading, title: OfficeMention) -> bool:
    """Whether the form of the noun itself says that they are two: 'الوزيران'."""
    table = offices_of(reading.article.language)
    return table is not None and bool(table.duals) and _first(reading, title).is_one_of(table.duals)


def fitting_gender(reading: Reading, title: OfficeMention, persons: Sequence[str]) -> list[str]:
    """Those whose gender is not another than the one that the title shows: 'وزير' is not 'وزيرة'."""
    genders: dict[str | None, str | None] = {entity.id: entity.gender for entity in reading.entities}
    for one in reading.titles:
        if one.holder and not one.plural and not one.relational:
            genders[one.holder] = genders.get(one.holder) or _shown(reading, one)
    wanted = None if title.plural else _shown(reading, title)
    return [person for person in persons if None in (wanted, genders.get(person)) or genders.get(person) == wanted]


def _shown(reading: Reading, title: OfficeMention) -> str | None:
    """The gender of a title's noun: 'f' for 'وزيرة'."""
    lists = lexicon(reading.article.language).lists
    first = _first(reading, title)
    return next((gender for name, gender in (("feminine", "f"), ("masculine", "m")) if first.is_one_of(lists.get(name, frozenset()))), None)


def _first(reading: Reading, title: OfficeMention) -> Word:
    return words_of(title.title.of(reading.article.text), reading.article.language)[0]


def _definite(table: Offices, word: Word) -> bool:
    return any(word.folded.startswith(piece) for piece in table.definite)


def _numbered(reading: Reading, title: OfficeMention, table: Offices) -> bool:
    before = fold(reading.article.text[max(0, title.span.start - _NEAR) : title.span.start]).split()
    return any(word in table.numbers for word in before)
