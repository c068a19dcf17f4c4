"""Names of the tables in an article: which words they are, where they begin and end, and which of two meanings is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.model.reading import Article
from dragoman.reading.names.lexicon import Entry, Lexicon
from dragoman.reading.words import Found, Word, joined

# A guarded name needs its cue within so many words.
_NEAR = 4
# No suffix is cut from a name that would be shorter then: 'Maliye' is a ministry, not 'to Mali'.
_LEAST = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A table name in the article: words[first:last] and what it may be; `left` and `right` letters at its edges are no part of it.

    `rival` where the same words are a name of another state too.
    """

    first: int
    last: int
    entry: Entry
    left: int = 0
    right: int = 0
    rival: bool = False


def table_hits(article: Article, words: Sequence[Word], lexicon: Lexicon) -> list[Hit]:
    """The longest table names from left to right, none overlapping another.

    Names with a second meaning are read last: as those of a state that the article names beyond doubt, or where the words around ask for a name.
    """
    hits = _hits(article.text, words, lexicon, frozenset())
    if not any(hit.rival for hit in hits) and not lexicon.lists.get("doubtful"):
        return hits
    sure = frozenset(hit.entry.state for hit in hits if hit.entry.state and not hit.rival and not hit.entry.doubtful)
    return _hits(article.text, words, lexicon, sure)


def _hits(text: str, words: Sequence[Word], lexicon: Lexicon, sure: frozenset[str]) -> list[Hit]:
    hits: list[Hit] = []
    index = 0
    while index < len(words):
        hit = _hit_at(text, words, index, lexicon, sure, hits[-1] if hits else None)
        if hit is None:
            index += 1
            continue
        if hit.entry.form != "none":
            hits.append(hit)
        index = hit.last
    return hits


def _hit_at(text: str, words: Sequence[Word], index: int, lexicon: Lexicon, sure: frozenset[str], before: Hit | None) -> Hit | None:
    for found in lexicon.phrases.at(words, index):
        length = found.length
        if length > 1 and not all(
            joined(text, left, right) for left, right in zip(words[index : index + length], words[index + 1 : index + length], strict=False)
        ):
            continue
        fitting = [hit for entry in found.meanings if (hit := _fitting(text, words, index, found, entry, lexicon)) is not None]
        fitting = [hit for hit in fitting if not hit.entry.doubtful or _meant(text, words, hit, lexicon, sure, before)]
        if fitting:
            return _chosen(text, words, fitting, sure)
    return None


def _fitting(text: str, words: Sequence[Word], index: int, found: Found[Entry], entry: Entry, lexicon: Lexicon) -> Hit | None:
    """The phrase as this name, or None where the article writes it as none, cuts off what is never joined to a name, or lacks its cue."""
    length, last = found.length, words[index + found.length - 1]
    start, end = words[index].start + found.left, last.end - found.right
    if not entry.fits(text[start : _end(text, last) - found.right], lexicon.code) and not entry.fits(text[start:end], lexicon.code):
        return None
    if entry.guarded and not _cued(words, index, length, lexicon):
        return None
    if entry.form == "prefix" and text[last.end : last.end + 1] not in ("-", "‑", "–"):
        return None
    left = _left(text[words[index].start : start], entry, lexicon)
    right = _right(text[end : last.end], entry, lexicon)
    return None if left is None or right is None else Hit(index, index + length, entry, left, right)


def _left(cut: str, entry: Entry, lexicon: Lexicon) -> int | None:
    """Letters before the name that are no part of it: conjunctions and prepositions, but not the article of an adjective."""
    clitics = lexicon.lists.get("clitics")
    if not cut or clitics is None:
        return len(cut)
    letters = plain(lexicon.code, fold(cut))
    if letters in clitics:
        return len(cut)
    if entry.form in ("adjective", "people"):
        for article in lexicon.lists.get("articles", ()):
            if letters.endswith(article) and (letters == article or letters.removesuffix(article) in clitics):
                return max(len(cut) - len(article), 0)
    return None


def _right(cut: str, entry: Entry, lexicon: Lexicon) -> int | None:
    """Letters behind the name that are no part of it; a people or an adjective is the whole word, in whatever case and number."""
    if not cut or entry.form in ("adjective", "people"):
        return 0
    allowed = lexicon.lists.get("name_endings")
    if len(entry.surface) < _LEAST or (allowed is not None and plain(lexicon.code, fold(cut)) not in allowed):
        return None
    return len(cut)


def _meant(text: str, words: Sequence[Word], hit: Hit, lexicon: Lexicon, sure: frozenset[str], before: Hit | None) -> bool:
    """Whether a word that is a name and something else too is the name here."""
    if hit.entry.state in sure:
        return True
    if hit.entry.form in ("adjective", "people"):
        return False
    first = words[hit.first]
    cut = plain(lexicon.code, fold(text[first.start : first.start + hit.left]))
    if cut and lexicon.has("doubtful_clitics", cut):
        return True
    listed = before is not None and before.last == hit.first and before.entry.kind == "state"
    if listed and lexicon.has("joining_clitics", cut):
        return True
    last = words[hit.last - 1]
    if text[last.end : last.end + 1] in ("'", "’"):
        return True
    if not cut and hit.first and words[hit.first - 1].is_one_of(lexicon.lists.get("doubtful_before", frozenset())):
        return joined(text, words[hit.first - 1], first)
    return hit.last < len(words) and lexicon.has("doubtful_after", words[hit.last].folded) and joined(text, last, words[hit.last])


def _chosen(text: str, words: Sequence[Word], fitting: list[Hit], sure: frozenset[str]) -> Hit:
    """Of several meanings the one spelt exactly so, then that of a state the article names elsewhere, then the first."""
    first = fitting[0]
    rivals = {hit.entry.state for hit in fitting if hit.entry.kind == "state" or hit.entry.form == "capital"}
    if len(rivals) < 2:
        return first
    for hit in fitting:
        if text[words[hit.first].start + hit.left : words[hit.last - 1].end - hit.right] == hit.entry.surface:
            return hit
    known = [hit for hit in fitting if hit.entry.state in sure]
    return replace(known[0] if known else first, rival=True)


def _end(text: str, word: Word) -> int:
    """The end of a dotted acronym with its last full stop: 'U.S.' and not 'U.S'."""
    return word.end + 1 if len(word.text) == 1 and text[word.end : word.end + 1] == "." and text[word.start - 1 : word.start] == "." else word.end


def _cued(words: Sequence[Word], index: int, length: int, lexicon: Lexicon) -> bool:
    cues = lexicon.lists.get("guard_cues", frozenset())
    before = words[max(0, index - _NEAR) : index]
    after = words[index + length : index + length + 2]
    return any(word.is_one_of(cues) for word in (*before, *after))
