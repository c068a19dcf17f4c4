"""Tells rules of a grammar about a world: one sentence in, text and labels out."""

import random
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from training.worlds.markup import GENDERS, ByGender, Choice, GrammarError, Line, Number, Rule, Slot, Suffix, Tag, Text, Word, read_grammar
from training.worlds.morphology import Inflector, turkish_suffix
from training.worlds.world import Leaf, Thing
from training.worlds.writer import Joint, Span, Writer

TONGUES = Path(__file__).parent / "tongues"
LABELS = {"OFF": "OFFICE", "SPK": "SPEAKER", "DIR": "SAID:direct", "IND": "SAID:indirect"}
PLAIN = ("PER", "ORG", "LOC", "DATE", "CUE")
DEEPEST = 40
FRESH = re.compile(r"[:：]\s*[\"«»“„‘'”]\s*$")


def label_of(tag: str) -> str:
    """The label that a tag of a grammar stands for; any other tag is a PLOVER type."""
    return tag if tag in PLAIN else LABELS.get(tag, f"EV:{tag}")


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a language folder holds."""

    language: str
    rules: dict[str, Rule]
    joints: tuple[Joint, ...]
    inflector: Inflector

    def named(self, prefix: str) -> list[str]:
        """The rules whose names begin so."""
        return sorted(name for name in self.rules if name.startswith(prefix))


@lru_cache(maxsize=32)
def tongue(language: str) -> Tongue:
    """The folder `tongues/<language>`, read once."""
    folder = TONGUES / language
    joints = []
    path = folder / "joints.tsv"
    for raw in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if raw and not raw.startswith("#"):
            left, right, become = raw.split("|")
            joints.append(Joint(left, re.compile(right), become))
    return Tongue(language, read_grammar(folder), tuple(joints), Inflector(folder / "cases.tsv"))


class Teller:
    """Tells sentences about one world; what has been introduced is then called by its short name."""

    def __init__(self, tongue: Tongue, world: dict[str, Thing | Leaf], rng: random.Random) -> None:
        self.tongue = tongue
        self.world = world
        self.rng = rng
        self.frames: list[str] = []
        self._once: dict[str, tuple[str, list[Span]]] = {}
        self._scopes: list[Thing] = []
        self._bound: list[dict[str, Thing]] = []
        self._cases: list[str] = []

    def sentence(self, rule: str) -> tuple[str, list[Span]]:
        """One telling of `rule`, beginning with a capital letter."""
        writer = Writer(self.tongue.joints)
        self._rule(rule, writer)
        text, spans = writer.finish()
        for at, char in enumerate(text):
            if char.isalpha():
                upper = "İ" if char == "i" and self.tongue.language == "tr" else char.upper()
                if len(upper) == 1:
                    text = text[:at] + upper + text[at + 1 :]
                break
            if char.isdigit():
                break
        return self._capitals(text, spans), spans

    def _capitals(self, text: str, spans: list[Span]) -> str:
        """Capitals where a quotation begins after a colon, and where a new sentence begins inside one."""
        for start, end, label in spans:
            if label != "SAID:direct":
                continue
            places = [start] if FRESH.search(text[:start]) else []
            places += [start + found.end() for found in re.finditer(r"(?<=\w{3})\. (?=\w)", text[start:end])]
            for at in places:
                letter = "İ" if text[at] == "i" and self.tongue.language == "tr" else text[at].upper()
                if len(letter) == 1:
                    text = text[:at] + letter + text[at + 1 :]
        return text

    def _rule(self, name: str, writer: Writer) -> None:
        rule = self.tongue.rules.get(name)
        if rule is None and name.startswith(("off_", "bare_")):  # smaller grammars know the commonest offices only
            rule = self.tongue.rules.get("off_fm" if name.startswith("off_") else "bare_min")
        if rule is None:
            raise GrammarError(f"{self.tongue.language}: nothing is called {name!r}")
        chosen = bisect_right(rule.bounds, self.rng.randrange(rule.bounds[-1]))
        if not self._scopes:
            self.frames.append(f"{name}.{chosen}")
        self._line(rule.lines[chosen], writer)

    def _line(self, line: Line, writer: Writer) -> None:
        for node in line:
            match node:
                case Text(text):
                    writer.write(text)
                case Tag(label, inner):
                    start = writer.open()
                    self._line(inner, writer)
                    writer.close(start, label_of(label))
                case Choice(lines):
                    self._line(lines[self.rng.randrange(len(lines))], writer)
                case Slot():
                    self._slot(node, writer)
                case ByGender(path, forms):
                    self._line(forms[min(self._gender(path), len(forms) - 1)], writer)
                case Word(text, case):
                    writer.write(self._inflect(text, case))
                case Number(low, high):
                    writer.write(str(self.rng.randint(low, high)))
                case Suffix(shape, proper):
                    writer.write(turkish_suffix(writer.text, shape, proper=proper))

    def _gender(self, path: tuple[str, ...]) -> int:
        found = self._find(path) if path else (self._scopes[-1] if self._scopes else None)
        key = found.gender if isinstance(found, Thing) else found.text if isinstance(found, Leaf) else "m"
        return max(GENDERS.find(key[:1]), 0)

    def _find(self, path: tuple[str, ...]) -> Thing | Leaf | str | None:
        """What a path names, or None: the innermost thing told about first, then bound names, then the world."""
        found: Thing | Leaf | str | None = None
        for scope in reversed(self._scopes):
            if path[0] in scope.facts:
                found = scope.facts[path[0]]
                break
        else:
            found = next((bound[path[0]] for bound in reversed(self._bound) if path[0] in bound), None) or self.world.get(path[0])
        for step in path[1:]:
            found = found.facts.get(step) if isinstance(found, Thing) else None
        return found

    def _slot(self, slot: Slot, writer: Writer) -> None:
        if slot.once:
            name = slot.path[0]
            if name not in self._once:
                part = Writer(self.tongue.joints)
                self._rule(name, part)
                self._once[name] = part.finish()
            writer.insert(*self._once[name])
            return
        case = self._case(slot.case)
        found = self._find(slot.path)
        bound = {left: thing for left, right in slot.bindings if isinstance(thing := self._find(tuple(right.split("."))), Thing)}
        if bound:
            self._bound.append(bound)
        self._cases.append(case)
        if isinstance(found, Leaf):
            self._leaf(found, case, writer)
        elif isinstance(found, Thing):
            self._thing(found, writer)
        elif isinstance(found, str):
            owner = self._find(slot.path[:-1]) if len(slot.path) > 1 else None
            self._about(owner, found, writer)
        elif len(slot.path) == 1:
            self._rule(slot.path[0], writer)
        else:
            self._about(self._find(slot.path[:-1]), "{" + slot.path[-1] + "}", writer)
        self._cases.pop()
        if bound:
            self._bound.pop()

    def _about(self, thing: "Thing | Leaf | str | None", template: str, writer: Writer) -> None:
        """Tell a template or a member with `thing` as what it is about."""
        if isinstance(thing, Thing):
            self._scopes.append(thing)
        name = template[1:-1]
        adjective = thing.facts.get("m") if isinstance(thing, Thing) else None
        if isinstance(thing, Thing) and name in ("g", "f", "mp", "fp") and isinstance(adjective, Leaf):
            owner = self._scopes[-2] if len(self._scopes) > 1 else thing
            writer.write(self._inflect_as(adjective.text, owner.gender if name == "g" else name))
        elif len(self._scopes) > DEEPEST:
            raise GrammarError(f"{self.tongue.language}: {name!r} runs in a circle")
        else:
            self._rule(name, writer)
        if isinstance(thing, Thing):
            self._scopes.pop()

    def _thing(self, thing: Thing, writer: Writer) -> None:
        """A member of the world by itself: a person's introduction or short name, any other thing's name."""
        if thing.kind == "person":
            name = "again" if thing.told else "intro"
            thing.told = True
            self._about(thing, "{" + name + "}", writer)
            return
        if thing.kind == "state" and "state_name" in self.tongue.rules:
            self._about(thing, "{state_name}", writer)
            return
        name_leaf = thing.facts["name"]
        if isinstance(name_leaf, Leaf):
            self._scopes.append(thing)
            self._leaf(name_leaf, self._cases[-1], writer)
            self._scopes.pop()

    def _leaf(self, leaf: Leaf, case: str, writer: Writer) -> None:
        start = writer.open() if leaf.label else None
        writer.write(self._inflect(leaf.text, case))
        if start is not None:
            writer.close(start, leaf.label)

    def _case(self, case: str) -> str:
        return (self._cases[-1] if self._cases else "") if case == "=" else case

    def _inflect(self, text: str, case: str) -> str:
        gender = self._scopes[-1].gender if self._scopes else "m"
        return self.tongue.inflector.inflect(text, self._case(case), gender)

    def _inflect_as(self, adjective: str, gender: str) -> str:
        """An adjective in the gender of what it describes, then in the case asked for."""
        word = adjective if gender == "m" else self.tongue.inflector.inflect(adjective, gender, "*")
        return self.tongue.inflector.inflect(word, self._cases[-1] if self._cases else "", gender)
