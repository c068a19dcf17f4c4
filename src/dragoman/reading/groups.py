"""Who is meant by words for several: 'the foreign ministers of A, B and C', 'the two sides', 'the three men', 'they'; and by 'his host'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from dragoman.knowledge.organisations import organisations
from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.model.parse import Token
from dragoman.model.reading import Entity
from dragoman.reading.grammar import SUBJECTS, coordinated
from dragoman.reading.referents import Referents

# So many sentences back those at hand are looked for.
_BACK = 3
# Offices of those who are 'the leaders' of their states, the highest first.
_LEADING = ("president", "prime-minister", "monarch", "leader")
# The office of whom no ministry is said, how those of ministries end, and who has none.
_ANY_MINISTER, _MINISTER, _NO_MINISTRY = "minister", "-minister", ("prime", "deputy")


@cache
def _armed() -> frozenset[str]:
    """The names of all armed groups of the table, in all languages."""
    return frozenset(fold(name) for one in organisations() if one.kind == "armed-group" for names in one.names.values() for name in names)


@dataclass(frozen=True)
class Groups:
    """Answers for one reading."""

    referents: Referents

    @cached_property
    def _said(self) -> list[tuple[int, int, Entity]]:
        """(offset, sentence, entity) of every mention of a person, state or organisation, in text order."""
        found = []
        for entity in self.referents.reading.entities:
            if entity.kind != "place":
                for mention in entity.mentions:
                    token = self.referents.reading.parse.at(mention.start)
                    if token is not None:
                        found.append((mention.start, token.sentence, entity))
        return sorted(found, key=lambda row: (row[0], row[2].id))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        pack = language(self.referents.reading.article.language)
        numbers: dict[str, int] = pack.table("offices").get("small_words", {}).get("numbers", {}) if pack else {}
        return numbers

    def members(self, head: Token) -> tuple[str, ...]:
        """Ids of the several that a noun or pronoun stands for, in text order; none where it is no such word or they are not at hand."""
        words = self.referents.actors
        if fold(head.text) in words.several and head.pos in ("PRON", "DET", ""):
            return self._they(head)
        if self.referents.is_a(head, words.facing):
            return self._facing(head)
        plural = any(title.plural and title.holder is None for title in self.referents.titles(head))
        if plural or fold(head.text) in words.people:
            return self._of_states(head) or self._of_state(head) or self._of_those(head) or (self._last(head, "person") if self._definite(head) else ())
        if fold(head.text) in words.parties:
            own = self.referents.behind(head) if fold(head.text) in words.domestic else ()
            if len(own) == 1 and self.referents.entity(own[0]).kind == "state":
                return self._within(own[0])
            return self._last(head, "state")
        return ()

    def _definite(self, head: Token) -> bool:
        """Whether the noun points back: 'the ministers', 'les deux hommes', not 'commanders from both sides'."""
        pack = language(self.referents.reading.article.language)
        words = pack.table("frames").get("governors", {}).get("definite", ()) if pack else ()
        children = self.referents.reading.parse.children(head)
        if any(fold(word) == fold(child.text) for word in words for child in children):
            return True
        # 'three Nicaraguan diplomats' are new, 'three ministers' may be known.
        described = any(child.dep in ("amod", "compound") for child in children)
        return not described and any(fold(child.text) in self._numbers for child in children)

    def _of_states(self, head: Token) -> tuple[str, ...]:
        """For each state named with the title its holder where the article has one, else the state itself."""
        return self._of_each(head, self.referents.behind(head))

    def _of_those(self, head: Token) -> tuple[str, ...]:
        """'A and B ended their talks, but their ministers agreed': the same of the states that were the joined subject before; 'a summit of their leaders' is
        of people who are not there.
        """
        children = self.referents.reading.parse.children(head)
        if head.dep not in SUBJECTS or not any(fold(child.text) in self.referents.actors.theirs for child in children):
            return ()
        return self._of_each(head, tuple(one for one in self._they(head) if self.referents.entity(one).kind == "state"))

    def _of_each(self, head: Token, states: Sequence[str]) -> tuple[str, ...]:
        if len(states) < 2:
            return ()
        offices = tuple(title.office for title in self.referents.titles(head) if title.office)
        wanted = _LEADING if not offices or offices[0] == "leader" else offices[:1]
        return tuple(self._holder(state, wanted) or state for state in states)

    def _of_state(self, head: Token) -> tuple[str, ...]:
        """'Syria's new leaders': who leads the state they are named with, or the state."""
        states = self.referents.behind(head)
        if len(states) != 1 or any(fold(child.text) in self._numbers for child in self.referents.reading.parse.children(head)):
            return ()
        offices = tuple(title.office for title in self.referents.titles(head) if title.office)
        return (self._holder(states[0], _LEADING if not offices or offices[0] == "leader" else offices[:1]) or states[0],)

    def _holder(self, state: str, offices: tuple[str, ...]) -> str | None:
        code = self.referents.entity(state).code or state
        own = [held for held in self.referents.reading.offices if held.of == code and not held.former]
        for office in offices:
            for held in own:
                if held.office == office:
                    return held.person
        # 'The ministers' of two states are of whatever ministry the article knows one of.
        ministers = {held.person for held in own if held.office.endswith(_MINISTER) and not held.office.startswith(_NO_MINISTRY)}
        return ministers.pop() if _ANY_MINISTER in offices and len(ministers) == 1 else None

    def _within(self, state: str) -> tuple[str, ...]:
        """The state and the armed groups of it that the article names: 'Yemen's warring sides'."""
        code = self.referents.entity(state).code
        groups = (one for one in self.referents.reading.entities if one.kind == "organization" and one.state == code)
        return (state, *(one.id for one in groups if any(fold(name) in _armed() for name in one.names)))

    def _last(self, head: Token, kind: str) -> tuple[str, ...]:
        """As many as the number word says, those named last before this word; without one, all of the nearest sentence that has several."""
        count = next((self._numbers[fold(child.text)] for child in self.referents.reading.parse.children(head) if fold(child.text) in self._numbers), None)
        near: dict[str, None] = {}
        for sentence in range(head.sentence, max(head.sentence - _BACK, -1), -1):
            here = [entity.id for start, where, entity in self._said if where == sentence and start < head.start and self._counts(entity, kind)]
            for identity in dict.fromkeys(reversed(here)):
                near.setdefault(identity)
            if len(near) == count or (count is None and len(near) > 1):
                chosen = list(near)[: count or len(near)]
                return tuple(reversed(chosen))
            if count and len(near) > count:
                break
        return self._foremost(kind, count) if count or kind == "state" else ()

    def _counts(self, entity: Entity, kind: str) -> bool:
        return entity.kind == kind or (kind == "state" and entity.kind == "organization" and "armed" in entity.reason)

    def _foremost(self, kind: str, count: int | None) -> tuple[str, ...]:
        """Those whom the whole article names most, where it has so many."""
        named: dict[str, int] = {}
        for _, _, entity in self._said:
            if entity.kind == kind:
                named[entity.id] = named.get(entity.id, 0) + 1
        ranked = sorted(named, key=lambda identity: (-named[identity], identity))
        return tuple(ranked[: count or 2]) if len(ranked) >= (count or 2) else ()

    def _they(self, head: Token) -> tuple[str, ...]:
        """The joined subject of the clause or sentence before."""
        parse = self.referents.reading.parse
        for token in reversed(parse.tokens[: head.index]):
            if token.sentence < head.sentence - 2:
                return ()
            if token.dep in SUBJECTS and token.pos in ("NOUN", "PROPN"):
                # Of joined names the parser may hang each on the verb.
                own = [one for one in parse.children(parse.head(token)) if one.dep in SUBJECTS and one.index < head.index]
                found = tuple(dict.fromkeys(identity for one in own for identity in self.referents.all(one)))
                if len(found) > 1 or len(coordinated(parse, token)) > 1:
                    return found
        return ()

    def _facing(self, head: Token) -> tuple[str, ...]:
        """The other one of the two persons named in the sentence before."""
        near = [row for row in self._said if head.sentence - 2 <= row[1] <= head.sentence and row[0] < head.start]
        before = [entity.id for _, _, entity in near if entity.kind == "person"]
        last = list(dict.fromkeys(reversed(before)))
        return (last[1],) if len(last) > 1 else ()
