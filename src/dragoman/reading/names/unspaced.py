"""Names inside writing without spaces: a Chinese or Japanese clause is one long word, which is parted here at the names that tables know.

Korean has spaces but joins its particles to a name, so a name is looked for at the start of a word there. Other scripts are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.reading.names.lexicon import Lexicon
from dragoman.reading.words import Word

# First and last code point of each script: Chinese characters, kana, Thai to Lao, Burmese, Khmer, Hangul.
_IDEOGRAPHS, _HIRAGANA, _KATAKANA, _HANGUL = (0x3400, 0x9FFF), (0x3040, 0x309F), (0x30A0, 0x30FF), (0xAC00, 0xD7A3)
_ALPHABETS = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_SCRIPTS = (_IDEOGRAPHS, _HIRAGANA, _KATAKANA, _HANGUL, *_ALPHABETS)
# Letters of the shortest name that is looked for: characters carry more than letters.
_SHORTEST, _SHORTEST_OF_LETTERS = 2, 3
# Letters that Korean particles behind a name have at most.
_PARTICLE = 2


def parted(words: Sequence[Word], lexicon: Lexicon) -> tuple[Word, ...]:
    """The words, those of unspaced scripts cut into the names that stand in them and what stands between: '叙利亚外长' gives '叙利亚' and '外长'."""
    if not any(_unspaced(word.text) for word in words):
        return tuple(words)
    longest = max(map(len, lexicon.singles), default=0)
    return tuple(part for word in words for part in (_parts(word, lexicon, longest) if _unspaced(word.text) else (word,)))


def _unspaced(text: str) -> bool:
    return any(_script(letter) in _SCRIPTS for letter in text)


def _script(letter: str) -> tuple[int, int] | None:
    return next((script for script in _SCRIPTS if script[0] <= ord(letter) <= script[1]), None)


def _parts(word: Word, lexicon: Lexicon, longest: int) -> Iterator[Word]:
    text, start, at = word.folded, 0, 0
    while at < len(text):
        length = _name_at(text, at, lexicon, longest)
        if not length:
            at += 1
            continue
        if at > start:
            yield _piece(word, start, at)
        yield _piece(word, at, at + length)
        start = at = at + length
    if start < len(text):
        yield _piece(word, start, len(text))


def _name_at(text: str, at: int, lexicon: Lexicon, longest: int) -> int:
    """Letters of the longest name that begins here, 0 for none."""
    for length in range(min(longest, len(text) - at), _SHORTEST - 1, -1):
        if text[at : at + length] in lexicon.singles and _apart(text, at, at + length):
            return length
    return 0


def _apart(text: str, start: int, end: int) -> bool:
    """Whether a name may begin and end here: kana go on in longer words, Korean names open a word, and few letters of an alphabet say little."""
    script = _script(text[start])
    if script == _HANGUL:
        return start == 0 and len(text) - end <= _PARTICLE
    if script == _KATAKANA:
        before, after = text[start - 1 : start], text[end : end + 1]
        return not any(letter and _script(letter) == _KATAKANA for letter in (before, after))
    if script in _ALPHABETS:
        return end - start >= _SHORTEST_OF_LETTERS
    return script is not None


def _piece(word: Word, start: int, end: int) -> Word:
    return Word(word.start + start, word.start + end, word.text[start:end], word.folded[start:end], capital=False)
