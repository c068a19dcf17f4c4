"""When and where: of the dates and places in a sentence, those that stand nearest to an event's words in its grammar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dragoman.model.parse import Token
from dragoman.model.reading import Entity, When
from dragoman.reading import grammar
from dragoman.reading.events.frames import Trigger
from dragoman.reading.events.lags import counted, counts_on, lag
from dragoman.reading.events.scene import Scene

# A preposition of place stands fewer words than this before the name.
_BEFORE = 7
# A relative clause hangs at most so many words below the event that it tells of.
_DEEP = 3
# Farther than this a date or place belongs to something else.
_FAR = 8.0
# What it costs to leave a clause for the one above it, and to enter one: what a relative clause says is its own.
_LEAVING = {"relcl": 3.0, "acl:relcl": 3.0, "acl": 2.0, "ccomp": 3.0, "advcl": 1.0, "csubj": 3.0, "parataxis": 2.0}
_ENTERING = {"relcl": 7.0, "acl:relcl": 7.0, "acl": 4.0, "ccomp": 7.0, "advcl": 4.0, "csubj": 7.0, "parataxis": 4.0}


@dataclass(frozen=True)
class Circumstances:
    """Dates and places of one article by sentence, each with the word it hangs on."""

    scene: Scene
    triggers: tuple[Trigger, ...]

    @cached_property
    def _by_sentence(self) -> dict[int, list[Trigger]]:
        found: dict[int, list[Trigger]] = {}
        for trigger in self.triggers:
            found.setdefault(trigger.token.sentence, []).append(trigger)
        return found

    @cached_property
    def _dates(self) -> dict[int, list[tuple[Token, When]]]:
        found: dict[int, list[tuple[Token, When]]] = {}
        for when in self.scene.reading.dates:
            root = self.scene.parse.root_of(when.span)
            if root is not None and when.value and when.kind in ("date", "time") and not counts_on(self.scene, when):
                found.setdefault(root.sentence, []).append((root, when))
        return found

    @cached_property
    def _places(self) -> dict[int, list[tuple[Token, Entity]]]:
        """Places after a preposition of place; states too, after a preposition that says where."""
        found: dict[int, list[tuple[Token, Entity]]] = {}
        for entity in self.scene.reading.entities:
            if entity.kind not in ("place", "state"):
                continue
            for mention in entity.mentions:
                root = self.scene.parse.root_of(mention.span)
                if root is None or mention.form != "name" or not mention.text[:1].isupper() or root.pos == "ADJ":
                    continue
                if self._where(self.scene.parse.within(mention.span)[0]) or (entity.kind == "place" and self._names_event(root)):
                    found.setdefault(root.sentence, []).append((root, entity))
        return {sentence: sorted(rows, key=lambda row: (row[0].index, row[1].id)) for sentence, rows in found.items()}

    def _names_event(self, root: Token) -> bool:
        """Whether an event is called after the place: 'the Geneva talks', 'the Ohrid agreement'."""
        if root.dep not in ("compound", "amod", "nmod"):
            return False
        return any(one.nominal and one.token.index == root.head for one in self._by_sentence.get(root.sentence, ()))

    def _where(self, first: Token) -> bool:
        """Whether a preposition of place stands before the name, perhaps with an article or a common noun between: 'near the Armenian town of …'."""
        words = self.scene.frames.light.get("places", frozenset())
        for index in range(first.index - 1, max(first.index - _BEFORE, -1), -1):
            token = self.scene.parse.tokens[index]
            if self.scene.folded[index] in words:
                return True
            if token.pos not in ("DET", "PROPN", "ADJ", "NOUN") and self.scene.folded[index] not in ("of", "de", "d'", "du", "'s"):
                return False
        return False

    def date(self, trigger: Trigger) -> str | None:
        """The EDTF value of the day, month, year or interval told of this event; times of day are cut."""
        rows = self._dates.get(trigger.token.sentence, [])
        counts = lag(self.scene, trigger)
        if counts is not None:
            return counted(counts, rows)
        scored = [(self._distance(trigger.token, root), root.index, when) for root, when in rows]
        for distance, index, when in sorted(scored, key=lambda row: (row[0], abs(row[1] - trigger.token.index), row[1])):
            if distance <= _FAR and not self._owned(trigger, self.scene.parse.tokens[index], distance):
                return str(when.value).split("T")[0]
        return None

    def dateline(self) -> str | None:
        """The place that a report opens with before a dash: 'SALALAH, Oman - '."""
        first = self.scene.reading.sentences[:1]
        if not first or first[0].of(self.scene.text).rstrip()[-1:] not in ("-", "–", "—", ":"):
            return None
        named = [entity for _, entity in self.scene.reading.entities_in(first[0]) if entity.kind == "place"]
        return named[0].id if named else None

    def place(self, trigger: Trigger) -> str | None:
        """The entity id of where it was: towns before states."""
        rows = self._places.get(trigger.token.sentence, [])
        scored = []
        for root, entity in rows:
            distance = self._distance(trigger.token, root) + (_LEAVING["relcl"] * 2 if self._outside(trigger, root) else 0)
            if distance <= _FAR and not self._owned(trigger, root, distance):
                scored.append((entity.kind == "state", distance, root.index, entity.id))
        return min(scored)[3] if scored else None

    def _outside(self, trigger: Trigger, root: Token) -> bool:
        """Whether the event only dates the clause that a place belongs to: 'went to Ankara following the fall of …'."""
        return trigger.nominal and self.scene.behind(trigger.token) and all(above.index != trigger.token.index for above in self.scene.parse.ancestors(root))

    def _owned(self, trigger: Trigger, word: Token, distance: float) -> bool:
        """Whether another event of the sentence stands clearly nearer, in a clause of its own."""
        for other in self._by_sentence.get(word.sentence, ()):
            if other.token.index != trigger.token.index and self._distance(other.token, word) < distance - 1:
                clause = self.scene.clause(other.token)
                below = any(above.index == clause.index for above in (word, *self.scene.parse.ancestors(word)))
                outside = clause.index != self.scene.clause(trigger.token).index and clause.index not in [
                    one.index for one in self.scene.parse.ancestors(trigger.token)
                ]
                if below and outside:
                    return True
        return False

    def _tells_of(self, verb: Token, noun: Token) -> bool:
        """Whether a relative clause says that the event takes place, though it hangs on whose event it is: 'the summit of the bloc that opened in …'."""
        if verb.dep not in grammar.RELATIVE or not self.scene.frames.carries("happening", verb.lemma):
            return False
        return any(above.index == noun.index for above in self.scene.parse.ancestors(verb)[:_DEEP])

    def _distance(self, left: Token, right: Token) -> float:
        """Steps between two words in the tree of their sentence, more where a clause is left or entered."""
        up = {left.index: 0.0}
        cost, token = 0.0, left
        while token.head != token.index:
            cost += 1 + _LEAVING.get(token.dep, 0.0)
            token = self.scene.parse.head(token)
            if token.index in up:
                break
            up[token.index] = cost
        cost, token = 0.0, right
        seen: set[int] = set()
        while token.index not in seen:
            if token.index in up:
                return cost + up[token.index]
            seen.add(token.index)
            if token.head == token.index:
                break
            # What a relative clause says of the event's own noun is said of the event: 'the summit that was to be held in May'.
            own = left.pos in ("NOUN", "PROPN") and (token.head == left.index or self._tells_of(token, left))
            cost += 1 + (0.0 if own else _ENTERING.get(token.dep, 0.0))
            token = self.scene.parse.head(token)
        return 99.0


def pluperfect(scene: Scene, trigger: Trigger) -> bool:
    """Whether the clause looks back behind the story: 'had agreed', 'avait convoqué'."""
    verb = scene.clause(trigger.token)
    for child in grammar.auxiliaries(scene.parse, verb):
        if child.dep == "aux" and child.text.casefold() in ("had", "'d"):
            return True
        if "Tense=Imp" in child.morph and child.lemma in ("avoir", "être") and "VerbForm=Part" in verb.morph:
            return True
    return False
