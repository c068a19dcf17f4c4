"""Witnesses of names: what the tables, the parser and the capital letters of an article each say, before anything is decided."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.model.parse import Parse
from dragoman.model.reading import Tag
from dragoman.model.spans import Span
from dragoman.reading.names.lexicon import Lexicon
from dragoman.reading.words import Word, joined

# Below the first the encoder has not made up its mind, from the second on no title or preposition beside a name says better.
_SEEN, _SURE = 0.4, 0.7
# Works, events and whatever the tagger has no class for are "other": no names of ours.
_PARSER = {"PERSON": "person", "PER": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"} | dict.fromkeys(
    ("MISC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"), "other"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that stand together, words[first:last], not yet claimed by a table."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Names with our kinds, in text order, none overlapping another, and for each who saw it: "encoder", "parser" or "encoder+parser"."""

    labels: tuple[tuple[Span, str], ...]
    who: Mapping[Span, str]
    sure: frozenset[Span] = frozenset()


def runs(text: str, words: Sequence[Word], claimed: Sequence[bool], lexicon: Lexicon) -> list[Run]:
    """Runs of capitalised words with the particles between them, cut at words that are claimed or never part of a name."""
    found: list[Run] = []
    index = 0
    while index < len(words):
        if not _opens(text, words, index, claimed, lexicon):
            index += 1
            continue
        last = index + 1
        while (step := _goes_on(text, words, last, claimed, lexicon)) > 0:
            last += step
        found.append(Run(index, last))
        index = last
    return found


def cut(found: Sequence[Run], seen: Sequence[Run]) -> list[Run]:
    """The runs cut where a name that the encoder sees begins or ends, and what it sees outside of all runs: 'former | Blackburn', 'église Saint Laurent'."""
    inside = {index: one for one in seen for index in range(one.first, one.last)}
    pieces = list(seen)
    for run in found:
        first = run.first
        for index in range(run.first, run.last + 1):
            if index == run.last or index in inside:
                if first < index:
                    pieces.append(Run(first, index))
                first = index + 1
    return sorted(pieces, key=lambda run: run.first)


def undivided(found: Sequence[Run], seen: Sequence[Run], doubted: Sequence[Run], words: Sequence[Word], lexicon: Lexicon) -> list[Run]:
    """What is seen, without a doubtful piece of a body that its head word closes: 'Presidential' of 'Presidential Leadership Council'.

    How sure the encoder is hangs a little on what else is read in the same batch; where it is not, the capitals and the head word tell better.
    """
    inside = {index for one in seen for index in range(one.first, one.last)}
    pieces = set()
    for run in found:
        part = next((one for one in doubted if run.first <= one.first and one.last < run.last), None)
        closed = part is not None and lexicon.has("organisation_words", words[run.last - 1].folded)
        if part is not None and closed and inside.isdisjoint(set(range(run.first, run.last)) - set(range(part.first, part.last))):
            pieces.add(part)
    return [one for one in seen if one not in pieces]


def seen_runs(words: Sequence[Word], claimed: Sequence[bool], spans: Sequence[Span], lexicon: Lexicon) -> list[Run]:
    """The words of each span without small words at its edges; where a table claims a word inside, the longest part beside it."""
    found = []
    for span in spans:
        first = bisect_right(words, span.start, key=lambda word: word.end)
        last = bisect_left(words, span.end, key=lambda word: word.start)
        free = [Run(first, last)]
        if any(claimed[first:last]):
            edges = [first - 1, *(index for index in range(first, last) if claimed[index]), last]
            free = [Run(before + 1, after) for before, after in pairwise(edges)]
        longest = max((_bare(words, run, lexicon) for run in free), key=lambda run: run.last - run.first)
        if any(word.capital and not lexicon.has("articles", word.folded) for word in words[longest.first : longest.last]):
            found.append(longest)
    return found


def _bare(words: Sequence[Word], run: Run, lexicon: Lexicon) -> Run:
    """'attachés Marvin Téllez', 'Pliny the', 'préfecture de Rodez': without what no name begins or ends with."""
    first, last = run.first, run.last
    if first + 2 < last and not words[first].capital and lexicon.has("plain_prefixes", words[first].folded) and words[first + 2].capital:
        first += 2 * lexicon.has("genitive_prepositions", words[first + 1].folded)
    while first < last and not words[first].capital and any(lexicon.has(name, words[first].folded) for name in ("connectors", "articles", "stop")):
        first += 1
    while first < last and not words[last - 1].capital and any(lexicon.has(name, words[last - 1].folded) for name in ("connectors", "articles", "stop")):
        last -= 1
    return Run(first, last)


def _goes_on(text: str, words: Sequence[Word], last: int, claimed: Sequence[bool], lexicon: Lexicon) -> int:
    """How many further words belong to the run that ends before words[last]: 0 where it ends there."""
    if last >= len(words) or claimed[last] or not _tied(text, words, last, lexicon) or _possessive(text, words, last):
        return 0
    word = words[last]
    if word.capital and (not lexicon.has("stop", word.folded) or lexicon.has("particles", word.folded) or _initial(text, words, last)):
        return 1
    if _heads_of(words, last, claimed, lexicon):
        return 2  # 'Chamber of Exporters'
    if text[word.start - 1] in "-‐‑" and not lexicon.has("stop", word.folded):
        return 1
    ahead = last
    while ahead < len(words) and ahead - last < 4 and lexicon.has("particles", words[ahead].folded) and not claimed[ahead]:
        ahead += 1
    reached = last < ahead < len(words) and words[ahead].capital and not claimed[ahead] and not lexicon.has("stop", words[ahead].folded)
    return ahead + 1 - last if reached and all(_tied(text, words, step, lexicon) for step in range(last, ahead + 1)) else 0


def _heads_of(words: Sequence[Word], last: int, claimed: Sequence[bool], lexicon: Lexicon) -> bool:
    """Whether an organisation's head word is followed by 'of' and a name."""
    if last + 1 >= len(words) or not lexicon.has("organisation_words", words[last - 1].folded) or not words[last - 1].capital:
        return False
    after = words[last + 1]
    plain = not claimed[last + 1] and not lexicon.has("stop", after.folded) and after.start - words[last].end == 1
    return lexicon.has("genitive_prepositions", words[last].folded) and after.capital and plain and words[last].start - words[last - 1].end == 1


def _tied(text: str, words: Sequence[Word], index: int, lexicon: Lexicon) -> bool:
    """Whether the word goes on with the name before it; over a full stop only after an initial or an honorific."""
    before = words[index - 1]
    if not joined(text, before, words[index]):
        return False
    return "." not in text[before.end : words[index].start] or len(before.text) == 1 or lexicon.has("honorifics", before.folded)


def _opens(text: str, words: Sequence[Word], index: int, claimed: Sequence[bool], lexicon: Lexicon) -> bool:
    word = words[index]
    if claimed[index]:
        return False
    hyphened = text[word.end : word.end + 1] in ("-", "‐", "‑") and index + 1 < len(words) and words[index + 1].capital and not claimed[index + 1]
    if lexicon.has("particles", word.folded) and hyphened:
        return True  # 'al-Sharaa', 'Al-Sharaa'
    return word.capital and (_initial(text, words, index) or not lexicon.has("stop", word.folded)) and not _possessive(text, words, index)


def _initial(text: str, words: Sequence[Word], index: int) -> bool:
    """'J. R. R. Tolkien', 'Bill L. Norton': a capital letter with a full stop before another capital."""
    word = words[index]
    return len(word.text) == 1 and word.capital and text[word.end : word.end + 1] == "." and index + 1 < len(words) and words[index + 1].capital


def _possessive(text: str, words: Sequence[Word], index: int) -> bool:
    """The 's of an English genitive is a word of its own here."""
    return words[index].folded == "s" and text[words[index].start - 1 : words[index].start] in "'’"


def witnesses(parse: Parse, tags: Sequence[Tag] | None, lexicon: Lexicon) -> Witnesses:
    """What parser and encoder take for persons, organisations and places.

    `tags` are None where no encoder has read the article, and the parser is believed. Where one has, its names go first; of the parser's only those of
    the classes that the language's table lists as `beside_encoder` are kept, where the encoder sees nothing.
    """
    parsed = {span: _PARSER[label] for span, label in parse.names if label in _PARSER}
    if tags is None:
        return Witnesses(tuple(sorted(parsed.items())), dict.fromkeys(parsed, "parser"))
    seen = {tag.span: _PARSER[tag.label] for tag in tags if tag.score >= _SEEN}
    who = {span: "encoder+parser" if parsed.get(span) == kind else "encoder" for span, kind in seen.items()}
    believed = (span for span, label in parse.names if label in _PARSER and lexicon.has("beside_encoder", label.casefold()))
    beside = {span: parsed[span] for span in believed if not any(span.overlaps(other) for other in seen)}
    return Witnesses(tuple(sorted((seen | beside).items())), who | dict.fromkeys(beside, "parser"), frozenset(tag.span for tag in tags if tag.score >= _SURE))
