"""Whom a noun phrase stands for: persons before the states and bodies they act for, 'the Turkish army' for its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property

from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.model.parse import Token
from dragoman.model.reading import Entity, OfficeMention, Reading
from dragoman.reading.grammar import coordinated

_RANK = {"person": 0, "organization": 1, "state": 2, "place": 3}
# What belongs to a noun so closely that it names it: 'President X', 'the minister, X,', 'M. X'.
_NAMING = frozenset(
    {"appos", "flat", "flat:name", "compound", "nmod:appos", "amod", "nmod", "poss", "flat:foreign", "nummod", "prep", "pobj", "obl", "obl:arg"}
)
_APPOSED = frozenset({"appos", "flat", "flat:name", "flat:foreign"})
# How far below a noun the adjective or the state it is of may hang.
_DEEP = 3


@dataclass(frozen=True)
class Actors:
    """Nouns for those who act: `bodies` for the state or organisation named with them, `parties` for the two or more at hand."""

    bodies: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()


@cache
def actors(code: str) -> Actors:
    """The language's table of such nouns."""
    pack = language(code)
    table = pack.table("actors") if pack else {}
    return Actors(**{name: frozenset(map(fold, words)) for name, words in table.items()})


@dataclass(frozen=True)
class Referents:
    """Answers for one reading; what covers each word is found once."""

    reading: Reading
    actors: Actors = field(default_factory=Actors)

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.reading.entities}

    @cached_property
    def _covering(self) -> dict[int, list[Entity]]:
        """For each token the entities whose mentions cover it, persons first, the longest mention first among equals."""
        ranked: dict[int, list[tuple[int, int, str]]] = {}
        for entity in self.reading.entities:
            for mention in entity.mentions:
                for token in self.reading.parse.within(mention.span):
                    ranked.setdefault(token.index, []).append((_RANK[entity.kind], mention.start - mention.end, entity.id))
        return {index: [self._by_id[identity] for _, _, identity in sorted(found)] for index, found in ranked.items()}

    @cached_property
    def _titles(self) -> dict[int, list[OfficeMention]]:
        found: dict[int, list[OfficeMention]] = {}
        for title in self.reading.titles:
            for token in self.reading.parse.within(title.span):
                found.setdefault(token.index, []).append(title)
        return found

    def entity(self, identity: str) -> Entity:
        return self._by_id[identity]

    def covering(self, token: Token) -> list[Entity]:
        """Entities with a mention on this very word."""
        return self._covering.get(token.index, [])

    def titles(self, token: Token) -> list[OfficeMention]:
        """Office phrases that cover this word."""
        return self._titles.get(token.index, [])

    def all(self, head: Token | None) -> tuple[str, ...]:
        """Ids of all whom a phrase with this head word names, joined ones too, without repetition, in text order."""
        if head is None:
            return ()
        found: dict[str, None] = {}
        for token in coordinated(self.reading.parse, head):
            for identity in self.one(token):
                found.setdefault(identity, None)
        return tuple(found)

    def one(self, head: Token) -> tuple[str, ...]:
        """Ids of whom this head word stands for: mostly one, of 'the two ministers' several."""
        people = [entity.id for entity in self.covering(head) if entity.kind == "person"]
        if people:
            return tuple(dict.fromkeys(people))
        held = tuple(dict.fromkeys(title.holder for title in self.titles(head) if title.holder))
        if held:
            return held
        apposed = self._apposed(head)
        if apposed:
            return (apposed,)
        title = next((title for title in self.titles(head) if title.of), None)
        if title and title.of:
            return tuple(entity.id for entity in self.reading.entities if title.of in (entity.code, entity.id))[:1]
        if self.covering(head):
            return (self.covering(head)[0].id,)
        if fold(head.lemma) in self.actors.bodies or fold(head.text) in self.actors.bodies:
            return self._behind(head)
        return ()

    def _apposed(self, head: Token) -> str | None:
        """The person in apposition: 'le ministre X', 'the minister, X,'; a proper name's own compound is no other person."""
        for child in self.reading.parse.children(head):
            if child.dep in _APPOSED or (child.dep == "nmod" and child.pos == "PROPN" and child.index == head.index + 1):
                for entity in self.covering(child):
                    if entity.kind == "person":
                        return entity.id
        return None

    def _behind(self, head: Token) -> tuple[str, ...]:
        """The state or organisation that 'the army', 'le gouvernement' belongs to by an adjective, a genitive or a preposition."""
        waiting = [(child, 1) for child in self.reading.parse.children(head)]
        while waiting:
            token, depth = waiting.pop(0)
            if token.dep not in _NAMING and token.dep != "case":
                continue
            for entity in self.covering(token):
                if entity.kind in ("state", "organization"):
                    return (entity.id,)
            if depth < _DEEP:
                waiting.extend((child, depth + 1) for child in self.reading.parse.children(token))
        return ()


def referents(reading: Reading) -> Referents:
    """The referents of a reading in its language."""
    return Referents(reading, actors(reading.article.language))
