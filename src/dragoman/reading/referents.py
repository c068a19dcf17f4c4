"""Whom a noun phrase stands for: persons before the states and bodies they act for, 'the Turkish army' for its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.model.parse import Token
from dragoman.model.reading import Entity, OfficeMention, Reading
from dragoman.model.spans import Span
from dragoman.reading.grammar import SUBJECTS, coordinated
from dragoman.reading.lists import person_lists

if TYPE_CHECKING:
    from dragoman.reading.groups import Groups

_RANK = {"person": 0, "organization": 1, "state": 2, "place": 3}
# What belongs to a noun so closely that it names it: 'President X', 'the minister, X,', 'M. X'.
_NAMING = frozenset(
    {"appos", "flat", "flat:name", "compound", "nmod:appos", "amod", "nmod", "poss", "flat:foreign", "nummod", "prep", "pobj", "obl", "obl:arg"}
)
_APPOSED = frozenset({"appos", "flat", "flat:name", "flat:foreign"})
# So many sentences back 'it' may refer.
_BACK = 2
_GENDERS = ("Gender=Fem", "Gender=Masc")
# How far below a noun the adjective or the state it is of may hang.
_DEEP = 3


@dataclass(frozen=True)
class Actors:
    """Words for those who act: `bodies` for the state or organisation named with them, `parties` and `people` for the several states and
    persons at hand, `domestic` those of the parties that one state may have by itself ('Yemen's warring sides'), `several` pronouns for them,
    `facing` nouns for whoever faces the one just spoken of ('his host'), `neuter` pronouns and `owners` possessives that may stand for a state
    or body, `theirs` possessives for several, `joining` words before the last of a list, `small` those inside one."""

    bodies: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    domestic: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    facing: frozenset[str] = frozenset()
    neuter: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
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

    @cached_property
    def _lists(self) -> tuple[tuple[Span, tuple[str, ...]], ...]:
        return person_lists(self.reading, self.actors.joining, self.actors.small)

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
        listed = next((members for span, members in self._lists if span.start <= head.start < span.end and found.keys() & set(members)), ())
        return tuple(dict.fromkeys((*listed, *found)))

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
            return apposed
        # 'the United States' are no states at hand.
        several = () if self.covering(head) and head.pos == "PROPN" else self.groups.members(head)
        if several:
            return several
        title = next((title for title in self.titles(head) if title.of), None)
        if title and title.of:
            return tuple(entity.id for entity in self.reading.entities if title.of in (entity.code, entity.id))[:1]
        if self.covering(head):
            return self._named_beside(head) or (self.covering(head)[0].id,)
        if head.pos == "PRON" and fold(head.text).lstrip("-").removeprefix("t-") in self.actors.neuter:
            return self._of_pronoun(head)
        if self.is_a(head, self.actors.bodies):
            return self._of_body(head)
        return ()

    def _named_beside(self, head: Token) -> tuple[str, ...]:
        """The person whose name follows a word for his people: 'le Nicaraguayen Werner Vargas', 'the Dane Peter Sorensen'."""
        tokens = self.reading.parse.tokens
        if head.index + 1 >= len(tokens) or head.pos not in ("NOUN", "ADJ", "PROPN"):
            return ()
        people = [entity.id for entity in self.covering(tokens[head.index + 1]) if entity.kind == "person"]
        return tuple(people[:1]) if self.covering(head)[0].kind == "state" and tokens[head.index + 1].sentence == head.sentence else ()

    def _of_pronoun(self, head: Token) -> tuple[str, ...]:
        """The state or body that 'it' or 'elle' stands for: the last subject before it that is one, of the same gender where nouns have one."""
        gender = next((part for part in head.morph.split("|") if part.startswith("Gender=")), "")
        for token in reversed(self.reading.parse.tokens[: head.index]):
            if head.sentence - token.sentence > _BACK:
                break
            if (
                token.dep not in SUBJECTS
                or token.pos not in ("NOUN", "PROPN")
                or (gender in _GENDERS and "Gender=" in token.morph and gender not in token.morph)
            ):
                continue
            found = self.one(token)
            if len(found) == 1 and self.entity(found[0]).kind in ("state", "organization"):
                return found
        return ()

    def _of_body(self, head: Token) -> tuple[str, ...]:
        """Those whom a body acts for: the state named with it, all of a plural ('Korean and American forces'); else as the same word stood for before."""
        found = self.behind(head)
        if found:
            return found if "Number=Plur" in head.morph else found[:1]
        for child in self.reading.parse.children(head):
            if fold(child.text) in self.actors.owners:
                return self._of_pronoun(child)
        for token in reversed(self.reading.parse.tokens[: head.index]):
            if token.lemma == head.lemma and token.pos == head.pos and (found := self.behind(token)):
                return found[:1]
        return ()

    def _parties(self, token: Token) -> tuple[str, ...]:
        """The states at hand: 'the border commissions of the two countries'."""
        return self.groups.members(token) if token.pos == "NOUN" and fold(token.text) in self.actors.parties else ()

    def is_a(self, head: Token, words: frozenset[str]) -> bool:
        """Whether the noun, as written or in its base form, is one of these."""
        return fold(head.text) in words or fold(head.lemma) in words

    @cached_property
    def groups(self) -> Groups:
        """Who is meant by 'the two ministers', 'they', 'his host'."""
        from dragoman.reading.groups import Groups

        return Groups(self)

    def _apposed(self, head: Token) -> tuple[str, ...]:
        """The persons in apposition: 'le ministre X', 'the minister, X,', 'les ministres, X et Y'; a proper name's own compound is no other person."""
        for child in self.reading.parse.children(head):
            if child.dep in _APPOSED or (child.dep == "nmod" and child.pos == "PROPN" and child.index == head.index + 1):
                joined = coordinated(self.reading.parse, child)
                found = dict.fromkeys(entity.id for token in joined for entity in self.covering(token) if entity.kind == "person")
                if found:
                    return tuple(found)
        return ()

    def behind(self, head: Token) -> tuple[str, ...]:
        """States and organisations that 'the army', 'le gouvernement' belongs to by an adjective, a genitive or a preposition, in text order."""
        found: list[tuple[int, str]] = []
        waiting = [(child, 1) for child in self.reading.parse.children(head)]
        while waiting:
            token, depth = waiting.pop(0)
            if token.dep not in _NAMING and token.dep not in ("case", "conj"):
                continue
            named = [entity.id for entity in self.covering(token) if entity.kind in ("state", "organization")]
            found.extend((token.index, identity) for identity in named[:1] or self._parties(token))
            if depth < _DEEP or token.dep == "conj":
                waiting.extend((child, depth + 1) for child in self.reading.parse.children(token))
        return tuple(dict.fromkeys(identity for _, identity in sorted(found)))


def referents(reading: Reading) -> Referents:
    """The referents of a reading in its language."""
    return Referents(reading, actors(reading.article.language))
