"""'the latter' where no parser tells a noun from an adjective: by the word before it, and by who was named last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.inflection import inflection
from dragoman.languages.pack import language
from dragoman.model.reading import Entity, Reading
from dragoman.model.spans import Span
from dragoman.reading.words import Found, Phrases, Word, key_of, words_of

# Forms of a verb that is followed by who does it.
_FINITE = frozenset({"past", "present", "future"})


def latter(reading: Reading) -> Iterator[tuple[Span, str]]:
    """The phrases of the table's `latter` and the person each stands for: the one named last in its sentence or the one before.

    A phrase counts only after a verb, a word of `latter_after` or what is joined to it ('مع الأخير', 'للأخير'), not after a noun
    ('الأسبوع الأخير'); where something other than a person was named last, nobody is meant.
    """
    code = reading.article.language
    pack = language(code)
    table: Mapping[str, Any] = pack.table("coreference") if pack else {}
    if not table.get("latter"):
        return
    phrases, before = _phrases(code)
    words = words_of(reading.article.text, code)
    said = sorted(
        ((mention.start, mention.end, entity) for entity in reading.entities for mention in entity.mentions if entity.kind != "place"),
        key=lambda row: row[:2],
    )
    for index in range(len(words)):
        found = next(iter(phrases.at(words, index)), None)
        if found is None or not _stands_alone(reading, words, index, found, before):
            continue
        start = words[index].start + found.left
        sentence = reading.sentence_at(start)
        previous = reading.sentence_at(max(sentence.start - 2, 0)) if sentence else None
        near = [entity for first, last, entity in said if last <= start and first >= (previous.start if previous else 0)]
        if near and _fits(near[-1], feminine=found.meanings[0] == "f"):
            yield Span(start, words[index + found.length - 1].end), near[-1].id


@cache
def _phrases(code: str) -> tuple[Phrases[str], frozenset[str]]:
    pack = language(code)
    table: Mapping[str, Any] = pack.table("coreference") if pack else {}
    phrases: Phrases[str] = Phrases()
    for phrase in table.get("latter", ()):
        phrases.add(key_of(phrase, code), "f" if phrase in table.get("latter_feminine", ()) else "m")
    return phrases, frozenset(plain(code, fold(word)) for word in table.get("latter_after", ()))


def _stands_alone(reading: Reading, words: tuple[Word, ...], index: int, found: Found[str], before: frozenset[str]) -> bool:
    if found.length > 1 or not before:
        return True
    if index == 0 or reading.article.text[words[index - 1].end : words[index].start].strip():
        return True
    if words[index].folded[: found.left] in before:
        return True
    known = inflection(reading.article.language)
    previous = words[index - 1]
    return previous.is_one_of(before) or (known is not None and any(verb.tells in _FINITE for verb in known.verbs(previous.folded)))


def _fits(entity: Entity, *, feminine: bool) -> bool:
    """Whether the phrase can stand for it: a person of fitting gender, as far as the text shows one."""
    return entity.kind == "person" and entity.gender in (None, "f" if feminine else "m")
