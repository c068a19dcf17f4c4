"""Runs of words that texts share: shingles for MinHash, what their digests say, and the few that stand for a text.

An article of 1,000 words and a MinHash of 128 numbers: the share of equal numbers is the share of common shingles (Broder 1997). An excerpt shares few of a
longer text's; how much of the shorter is in the longer follows from that share and both lengths.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence

from dragoman.languages.fold import fold

# Three words: five are broken by every second edit of a desk, and two are in every report.
WORDS = 3
# Of scripts without spaces, characters.
CHARACTERS = 5
# Numbers kept of each digest: 16 bits; two that differ are taken for equal once in 65,536.
KEPT = 0xFFFF
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d.,'’٫٬\u00a0\u202f]*(?: \d{3}(?!\d))*")
_INSIDE = re.compile(r"(?:(?<=[^\W_][ ,-])|(?<=[^\W_], )|(?<=[ld]['’]))[^\W\d_]+")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’٬ \u00a0\u202f])\d{3})(?:\1\d{3})*")
_MYRIADS = {"万": 4, "萬": 4, "만": 4, "億": 8, "亿": 8, "억": 8}
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# Numbers of a digest in one key: two texts that share half of their shingles share one of 32 such keys with 0.87, two that share a tenth with 0.003.
_ROWS = 4
# Of so many shingles in a row one stands for the text: an excerpt of twice as many has one of its source's.
_WINDOW = 24
_LONG = 8


def words(text: str) -> list[str]:
    """The folded words; where a script has no spaces, its characters, each a word."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if _UNSPACED.search(word):
            found.extend(word)
        else:
            found.append(word)
    return found


def shingles(text: str) -> list[str]:
    """Every run of three words (of five characters where most are of a script without spaces), each once, in the order of the text."""
    found = words(text)
    size = _size(found)
    if len(found) < size:
        return [" ".join(found)] if found else []
    return list(dict.fromkeys(" ".join(found[at : at + size]) for at in range(len(found) - size + 1)))


def _size(found: Sequence[str]) -> int:
    single = sum(1 for word in found if len(word) == 1 and _UNSPACED.match(word))
    return CHARACTERS if 2 * single > len(found) else WORDS


def bands(digest: Sequence[int]) -> tuple[str, ...]:
    """Keys of a digest: texts that share half of their shingles share one of these nearly always."""
    return tuple(f"m{at:x}.{_hash(','.join(map(str, digest[at : at + _ROWS]))):x}" for at in range(0, len(digest) - _ROWS + 1, _ROWS))


def marks(text: str) -> tuple[str, ...]:
    """Keys of a text that any long enough part of it has too: of each window of runs of eight words the one with the smallest hash (winnowing)."""
    found = words(text)
    size = _LONG * (2 if _size(found) == CHARACTERS else 1)
    hashes = [_hash(" ".join(found[at : at + size])) for at in range(len(found) - size + 1)]
    chosen = {min(hashes[at : at + _WINDOW]) for at in range(max(1, len(hashes) - _WINDOW + 1))} if hashes else set()
    return tuple(f"w{one:x}" for one in sorted(chosen))


def shared(left: Sequence[int], right: Sequence[int]) -> float:
    """The share of common shingles among all of two texts, from their digests; 0 where one has none."""
    if not left or len(left) != len(right):
        return 0.0
    return sum(one == other for one, other in zip(left, right, strict=True)) / len(left)


def contained(share: float, left: int, right: int) -> float:
    """How much of the shorter of two texts with so many shingles is in the longer: |A∩B| = j(|A|+|B|)/(1+j)."""
    shorter = min(left, right)
    return min(1.0, share * (left + right) / (1 + share) / shorter) if shorter else 0.0


def numbers(text: str) -> frozenset[str]:
    """The figures of a text with two digits and more, in one way of writing: 120.000, 120,000, 12万 and ۱۲۰٬۰۰۰ are 120000; 3,5 is 3.5."""
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        written = "".join(str(unicodedata.decimal(letter, letter)) for letter in match[0]).rstrip(".,'’٫٬\u00a0\u202f")
        plain = re.sub(r"\D", "", written) if _GROUPED.fullmatch(written) else re.sub(r"[,٫]", ".", written)
        scale = _MYRIADS.get(text[match.end() : match.end() + 1])
        if scale and plain.isdecimal():
            plain += "0" * scale
        found.update([plain] if re.fullmatch(r"\d+(?:\.\d+)?", plain) else re.findall(r"\d+", plain))
    return frozenset(number for number in found if len(number) > 1)


def name_words(text: str) -> list[str]:
    """The folded words written with a capital where no sentence begins, each as often as it stands there: names, where the script has capitals."""
    found = [fold(match[0]) for match in _INSIDE.finditer(text) if match[0][0].isupper()]
    return [word for word in found if len(word) > 1]


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())
