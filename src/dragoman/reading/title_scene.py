"""An article's words and names as the stage `offices` looks at them, and the words of a title around which it looks."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from dragoman.languages.forms import forms
from dragoman.model.reading import Entity, Mention, Reading
from dragoman.model.spans import Span
from dragoman.reading.names.lexicon import lexicon
from dragoman.reading.sentences import paragraphs
from dragoman.reading.statements.quotations import quotations
from dragoman.reading.statements.speech import Speech, speech
from dragoman.reading.title_table import Offices
from dragoman.reading.words import joined, words_of

# Marks of other scripts as the one they stand for, so that all are looked for alike.
_MARKS = str.maketrans("،؛؟", ",;?")
# ' (MIT) '
_ACRONYM = re.compile(r" ?\([^\W\d_][\w.-]{0,11}\) ?")


class Scene:
    """An article's words and mentions, with look-ups by position; built once for a stage.

    `text` is the article's with the marks of other scripts made one, of the same length.
    """

    def __init__(self, reading: Reading, table: Offices) -> None:
        self.reading, self.table, self.text = reading, table, reading.article.text.translate(_MARKS)
        self.words = words_of(self.text, reading.article.language)
        self.starts = [word.start for word in self.words]
        self.mentions: list[tuple[Mention, Entity]] = sorted(
            ((mention, entity) for entity in reading.entities for mention in entity.mentions if mention.form == "name"),
            key=lambda pair: (pair[0].start, -pair[0].end),
        )
        self._mention_starts = [mention.start for mention, _ in self.mentions]

    def index_at(self, offset: int) -> int:
        """The index of the first word that begins at or after the offset."""
        return bisect_left(self.starts, offset)

    def word_at(self, offset: int) -> int:
        """The index of the word that the offset lies in (a name may begin behind what is joined to it), else of the first word after it."""
        number = bisect_left(self.starts, offset + 1) - 1
        return number if number >= 0 and offset < self.words[number].end else number + 1

    def mention_from(self, index: int) -> tuple[Mention, Entity] | None:
        """The longest mention that begins with this word, or inside it behind what is joined to it."""
        number = bisect_left(self._mention_starts, self.words[index].start)
        return self.mentions[number] if number < len(self.mentions) and self.mentions[number][0].start < self.words[index].end else None

    def before(self, offset: int) -> list[tuple[Mention, Entity]]:
        """The mentions that end at or before the offset, nearest first."""
        number = bisect_left(self._mention_starts, offset)
        return [pair for pair in reversed(self.mentions[max(0, number - 40) : number]) if pair[0].end <= offset]

    def after(self, offset: int) -> list[tuple[Mention, Entity]]:
        """The mentions that begin at or after the offset, nearest first."""
        number = bisect_left(self._mention_starts, offset)
        return self.mentions[number : number + 40]

    def sentence(self, offset: int) -> Span:
        """The sentence around an offset (the whole text where there is none)."""
        return self.reading.sentence_at(offset) or Span(0, len(self.text))

    def quoted(self, offset: int) -> bool:
        """Whether the character stands in quotation marks."""
        number = bisect_left(self._quotations, (offset + 1, 0)) - 1
        return number >= 0 and offset < self._quotations[number][1]

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        known = speech(self.reading.article.language)
        found = quotations(self.text, paragraphs(self.text), known.pairs if known else Speech().pairs)
        return sorted((one.outer.start, one.outer.end) for one in found)

    def is_one_of(self, folded: str, listed: frozenset[str]) -> bool:
        """Whether a folded word of the text, in any of its forms, is in a list."""
        return any(form.text in listed for form in forms(self.reading.article.language, folded))

    def ends_open(self, title: Span) -> bool:
        """Whether a title has a case ending, so that no name in apposition can follow: 'Dışişleri Bakanına', "Bakanı'yla"."""
        if not self.table.order.endings_close:
            return False
        first = self.word_at(title.start)
        found = next(iter(self.table.titles.at(self.words[first : self.index_at(title.end)], 0)), None)
        return self.text[title.end : title.end + 1] in ("'", "’") or (found is not None and found.right > 0)

    def bracketed(self, span: Span) -> bool:
        """Whether brackets stand close around some letters: '(MIT)'."""
        return self.text[span.start - 1 : span.start] == "(" and self.text[span.end : span.end + 1] == ")"

    def unbracketed(self, start: int, end: int) -> str:
        """The text between two places; where the language has acronyms in brackets inside a title, without them."""
        return _ACRONYM.sub(" ", self.text[start:end]) if self.table.order.acronyms_inside else self.text[start:end]

    def named_as(self, index: int) -> set[str]:
        """How the tables know what is named with this word: by its name, as an adjective, as a capital."""
        return {entry.form for found in lexicon(self.reading.article.language).phrases.at(self.words, index)[:3] for entry in found.meanings}

    def home_of(self, mention: Mention, entity: Entity) -> str | None:
        """The state of a body: the one it is known to be of, else the one in its name ('Irak istihbarat teşkilatı', 'وزارة الخارجية الروسية')."""
        if entity.state:
            return entity.state
        known = lexicon(self.reading.article.language)
        for index in range(self.word_at(mention.start), self.index_at(mention.end)):
            for found in known.phrases.at(self.words, index)[:1]:
                state = next((entry.state for entry in found.meanings if entry.kind == "state"), None)
                if state:
                    return state
        return None

    def near(self, index: int) -> bool:
        """Whether a word and the one after it may belong to one title; where the language has it so, an acronym in brackets between.

        What is cut short keeps its hyphen: 'Außen- und Handelsminister'.
        """
        left, right = self.words[index], self.words[index + 1]
        if joined(self.text, left, right) or self.text[left.end : right.start] == "- ":
            return True
        return self.table.order.acronyms_inside and self.text[left.end : right.start] in (" (", ") ") and (left.text.isupper() or right.text.isupper())


# Stands for the state of an office of a place that is in no state known: no other may be put in its stead.
NOWHERE = "?"


def party(entity: Entity) -> str | None:
    """How an entity is written as `of` or as a side: a state by its code, an organisation by its id, a place by its state."""
    if entity.kind == "state":
        return entity.code
    return entity.id if entity.kind == "organization" else None
