"""Text to words, and words to the pieces that the encoder has vectors for.

Every word is cut into pieces by itself, whatever stands around it: a name has the same pieces after a space, an apostrophe or a bracket, and the
pieces of a word are found once. Scripts without spaces are cut letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from tokenizers import Tokenizer, models, pre_tokenizers

from dragoman_encoder.e5file import E5File

# Letters that need no space between words: Chinese, Japanese; each is a word of its own.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u0610-\u061a\u064b-\u065f\u0670\u0640\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}])*|[^\w\s]|_")
# Vowel signs and the stroke that lengthens a word: news writes them or not.
_SILENT = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640, 0x200C, 0x200D, 0x200E, 0x200F])
# A word of more pieces than this is no word of a language; the rest tells nothing more.
_LONGEST = 12
_REMEMBERED = 200_000


def words(text: str) -> list[tuple[int, int]]:
    """The words and marks of a text: (start, end) in code points."""
    return [match.span() for match in WORD.finditer(text)]


@dataclass
class Pieces:
    """Cuts words into pieces, each once."""

    tokenizer: Tokenizer
    same: dict[int, str]
    unknown: int
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of the word's pieces, at least one."""
        found = self._known.get(word)
        if found is None:
            plain = unicodedata.normalize("NFC", word).translate(_SILENT).translate(self.same)
            found = tuple(self.tokenizer.encode(plain, add_special_tokens=False).ids[:_LONGEST]) or (self.unknown,)
            if len(self._known) < _REMEMBERED:
                self._known[word] = found
        return found


def open_pieces(file: E5File) -> Pieces:
    """The unigram model of the file's vocabulary."""
    tokenizer = Tokenizer(models.Unigram(list(zip(file.pieces, file.scores, strict=True)), unk_id=file.unknown, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return Pieces(tokenizer, file.same, file.unknown)
