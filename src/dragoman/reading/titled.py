"""Personal names by the office before them, for a language without a parser on a machine without the encoder: 'وزير الخارجية التركي أورهان كايا'.

Surer than complete: what nobody's title stands before is not found, and where the words behind a title may be a name or not they are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.languages.inflection import Inflection, Verb, inflection
from dragoman.model.spans import Span
from dragoman.reading.names.lexicon import Lexicon, lexicon
from dragoman.reading.title_table import Offices, offices_of
from dragoman.reading.words import Word, joined

# A name has so many words; where a longer row of unknown words follows, only the first two are taken for one.
_LEAST, _MOST = 2, 3
_PARTICLES = ("particles", "sure_particles")
# Lists whose words are no part of a name; a word of a title may be one ('سلطان'), but not the first.
_NO_NAMES = (
    "stop", "organisation_words", "place_words", "connectors", "articles", "and_words", "place_prepositions", "government_prepositions", "travel_words"
)  # fmt: skip
# A title has no more words.
_WIDE = 8
_COMMAS = (",", "،")
_FINITE = frozenset({"past", "present", "future"})


def named_after_titles(words: Sequence[Word], text: str, code: str) -> list[Span]:
    """The names right behind office titles, in text order; letters joined to a name before it are left out."""
    table = offices_of(code)
    if table is None:
        return []
    return _Search(words, text, table, lexicon(code), inflection(code)).run()


@dataclass(frozen=True)
class _Search:
    words: Sequence[Word]
    text: str
    table: Offices
    lexicon: Lexicon
    verbs: Inflection | None

    @cached_property
    def _honorifics(self) -> frozenset[str]:
        return self.lexicon.lists.get("honorifics", frozenset()) | self.table.ranks

    def run(self) -> list[Span]:
        found: list[Span] = []
        told: set[tuple[str, ...]] = set()
        index = 0
        while index < len(self.words):
            length, plural = self._title(index)
            if not length:
                index += 1
                continue
            first, index = index, index + length
            while True:
                start = self._behind(self._field(first, index))
                # 'وبحث الوزيران ملف المياه', and a title with a name before it, told of again: an object follows, not a name.
                key = tuple(self._bare(word) for word in self.words[first:start])
                if not self._cased(first) and ((plural and start == index) or key in told):
                    break
                end = self._name(start)
                if end is None:
                    break
                told.add(key)
                found.append(Span(self.words[start].start, self.words[end - 1].end))
                first = index = end
                if not self._of_state(index):
                    break  # 'وزيرا الخارجية السوري فلان والتركي فلان': another state, another name
        return found

    def _bare(self, word: Word) -> str:
        """The word without what is joined to its start."""
        return min((form.text for form in word.forms if not form.right), key=len, default=word.folded)

    def _title(self, index: int) -> tuple[int, bool]:
        """The number of words of the title that begins here, with the state inside it ('المبعوث الأمريكي الخاص'), 0 for none; whether it is a plural."""
        plain = self._longest(self.words[index : index + _WIDE])
        states = self._of_state(index + 1)
        around = self._longest([self.words[index], *self.words[index + 1 + states : index + _WIDE]]) if states else (0, False)
        return max(plain, (around[0] + states, around[1]) if around[0] > 1 else (0, False))

    def _longest(self, words: Sequence[Word]) -> tuple[int, bool]:
        known = (found for found in self.table.titles.at(words, 0) if found.meanings[0].office != "" or found.meanings[0].of_state)
        return next(((found.length, found.meanings[0].plural) for found in known), (0, False))

    def _of_state(self, index: int) -> int:
        """The number of words of a state, body or place known to the tables that begins here."""
        if index >= len(self.words):
            return 0
        return next((found.length for found in self.lexicon.phrases.at(self.words, index)), 0)

    def _field(self, first: int, index: int) -> int:
        """Behind the field of an office that the table knows without it, where a state follows: 'وزير الشباب والرياضة الأردني'."""
        end = index
        if index - first == 1 and self.table.order.construct and not self._has_article(first):
            while end < len(self.words) and end - index < _WIDE and self._has_article(end) and not self._of_state(end):
                end += 1
        return end if end < len(self.words) and self._of_state(end) else index

    def _behind(self, index: int) -> int:
        """Where the name may begin: behind the state, the modifiers and the honorifics that follow a title, and one comma."""
        comma = False
        while index < len(self.words):
            if self._between(index) in _COMMAS and not comma:
                comma = True
            elif not joined(self.text, self.words[index - 1], self.words[index]):
                break
            word = self.words[index]
            states = self._of_state(index)
            if states and not self._known_first(index + states):
                index += states
            elif word.folded in self.table.posting and self._of_state(index + 1):
                index += 1
            elif states or not (self._small(word) or word.is_one_of(self._honorifics)):
                break
            else:
                index += 1
        return index

    def _between(self, index: int) -> str:
        """The marks before a word."""
        return self.text[self.words[index - 1].end : self.words[index].start].strip()

    def _small(self, word: Word) -> bool:
        """Whether it is a modifier, or a small word before what a title is of."""
        return any(word.is_one_of(listed) for listed in self.table.modifiers.values()) or word.folded in self.table.genitives

    def _known_first(self, index: int) -> bool:
        """Whether a particle of names follows, so that a state's name was the first of a person's."""
        return index < len(self.words) and self.lexicon.has("sure_particles", self.words[index].folded)

    def _name(self, start: int) -> int | None:
        """Where the name that begins here ends, or None where there is none."""
        if start >= len(self.words) or not self._may_name(start) or self._has_article(start):
            return None
        if not joined(self.text, self.words[start - 1], self.words[start]) and self._between(start) not in _COMMAS:
            return None
        end, particles = start + 1, int(self._particle(start))
        while end < len(self.words) and end - start <= _MOST + particles:
            if not joined(self.text, self.words[end - 1], self.words[end]) or not self._may_name(end, later=True):
                break
            particles += self._particle(end)
            end += 1
        if not self.words[start].capital and end - start - particles > _LEAST:
            end = self._surely(start, end)
        while end > start and self._particle(end - 1):
            end -= 1
        return end if end - start >= (1 if self.words[start].capital else _LEAST) else None

    def _surely(self, start: int, end: int) -> int:
        """Where a longer row of unknown words ends as a name: after the word that stands elsewhere alone, at a comma, else after the first two."""
        two = start + _LEAST
        while two < end and (self._particle(two - 1) or self._particle(two)):
            two += 1
        for last in (two, two + 1):
            surname = self.words[last - 1].folded if last <= end else ""
            if any(word.folded == surname and not start <= place < end for place, word in enumerate(self.words)):
                return last
        closed = end < len(self.words) and self._between(end)[:1] in _COMMAS
        return end if closed and end - two == 1 else two

    def _particle(self, index: int) -> bool:
        return any(self.lexicon.has(name, self.words[index].folded) for name in _PARTICLES)

    def _has_article(self, index: int) -> bool:
        """'وزير الخارجية الأسبوع': a word with the article right behind a title is mostly something else."""
        return any(self.words[index].text.startswith(piece) for piece in self.table.definite)

    def _cased(self, index: int) -> bool:
        return self.words[index].text[:1].lower() != self.words[index].text[:1].upper()

    @cached_property
    def _joined(self) -> frozenset[str]:
        """What may be joined to the start of a word that is no name."""
        return self.table.conjunctions | self.table.genitives

    def _may_name(self, index: int, *, later: bool = False) -> bool:
        """Whether a word can be part of a name; one that is not the first is hardly a state or a verb with letters of others joined to it."""
        word = self.words[index]
        cased = self._cased(index)
        if self._particle(index):
            return True
        known = any(not (later and (found.left or found.right)) for found in self.lexicon.phrases.at(self.words, index))
        if (cased and not word.capital) or word.text.isdigit() or known:
            return False
        plain = [word.folded, *(form.text for form in word.forms if not form.right and word.folded[: form.left] in self._joined)]
        if any(form in self.lexicon.lists.get(name, ()) for name in _NO_NAMES for form in plain) or self._title(index)[0]:
            return False
        if any(word.text.startswith(piece) and piece != self.table.article for piece in self.table.definite):
            return False  # 'بالهجوم'
        if cased or self.verbs is None:
            return True
        return not any(self._is_verb(verb, word, later=later) for verb in self.verbs.verbs(word.folded))

    def _is_verb(self, verb: Verb, word: Word, *, later: bool) -> bool:
        """Whether a form of a verb is to be taken for one: not those that reports hardly use ('ناصر', 'we bind'), later in a name only the plain ones."""
        if verb.tells not in _FINITE or verb.before in self.table.rarely_verbs:
            return False
        return not later or (not verb.before and (verb.tells != "past" or verb.lemma == word.folded))
