"""The notation of the grammars: lines of text with slots, choices and labels, parsed once into nodes.

# a comment
@visit                                   a rule; each following line is one way to say it
3* {p1} <CONSULT visited> {cap}[ {when}|].   `3*` makes a line three times as likely

{p1}            a member of the world, or a rule            {p1.st.cap}     a member of a member (or a rule told about it)
{p1:dat}        the same in a grammatical case              {full:=}        in the case that the surrounding slot asked for
{'der:=}        a literal word put into a case              {p1~il~elle}    by gender or key: m f p n v (last one repeats)
{#2-40}         a number                                    {+DA}           a suffix fitted to the word before it
{!media}        a rule told once and repeated verbatim      {rule s=p1}     a rule with a name bound
[a|b|]          one of these                                <PER Hakan>     a labelled stretch
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

GENDERS = "mfpnv"


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A reference to the world or to a rule: `path` is what stands between the dots."""

    path: tuple[str, ...]
    case: str = ""
    once: bool = False
    bindings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A literal word to be inflected."""

    text: str
    case: str


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number between two bounds, both possible."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Suffix:
    """A suffix whose vowels and consonants follow the word before it; `proper` puts an apostrophe between."""

    shape: str
    proper: bool


@dataclass(frozen=True, slots=True)
class ByGender:
    """Forms for the genders m, f, p, n, v of what `path` names, or of the innermost thing told about."""

    path: tuple[str, ...]
    forms: tuple["Line", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several lines."""

    lines: tuple["Line", ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A labelled stretch of text."""

    label: str
    line: "Line"


Node = Text | Slot | Word | Number | Suffix | ByGender | Choice | Tag
Line = tuple[Node, ...]

TAG = re.compile(r"<([A-Z]+) ")
WEIGHT = re.compile(r"(\d+)\* ")
SPECIAL = re.compile(r"[\[\]|{}<>~]")


class GrammarError(ValueError):
    """A line that cannot be read, or a slot that nothing fills."""


class _Reader:
    """A cursor over one line."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def line(self, stops: str) -> Line:
        """Nodes up to (not including) one of `stops`."""
        nodes: list[Node] = []
        while self.at < len(self.source):
            char = self.source[self.at]
            if char in stops:
                break
            if char == "[":
                nodes.append(self._choice())
            elif char == "{":
                nodes.append(self._slot())
            elif char == "<" and (found := TAG.match(self.source, self.at)):
                self.at = found.end()
                inner = self.line(">")
                self._expect(">")
                nodes.append(Tag(found[1], inner))
            else:
                end = self.at + 1
                while end < len(self.source) and not SPECIAL.match(self.source[end]):
                    end += 1
                nodes.append(Text(self.source[self.at : end]))
                self.at = end
        return tuple(nodes)

    def _expect(self, char: str) -> None:
        if self.at >= len(self.source) or self.source[self.at] != char:
            raise GrammarError(f"{char!r} missing at {self.at} in: {self.source}")
        self.at += 1

    def _choice(self) -> Choice:
        lines: list[Line] = []
        while True:
            self.at += 1
            lines.append(self.line("|]"))
            if self.at >= len(self.source):
                raise GrammarError(f"']' missing in: {self.source}")
            if self.source[self.at] == "]":
                self.at += 1
                return Choice(tuple(lines))

    def _slot(self) -> Node:
        self.at += 1
        end = self.at
        while end < len(self.source) and self.source[end] not in "}~":
            end += 1
        head = self.source[self.at : end]
        self.at = end
        if end < len(self.source) and self.source[end] == "~":
            forms: list[Line] = []
            while self.at < len(self.source) and self.source[self.at] == "~":
                self.at += 1
                forms.append(self.line("~}"))
            self._expect("}")
            return ByGender(tuple(head.split(".")) if head else (), tuple(forms))
        self._expect("}")
        return _slot(head, self.source)


def _slot(head: str, source: str) -> Node:
    if head.startswith("#"):
        low, _, high = head[1:].partition("-")
        return Number(int(low), int(high))
    if head.startswith("+"):
        return Suffix(head[1:].lstrip("-"), not head.startswith("+-"))
    if head.startswith("'"):
        word, _, case = head[1:].rpartition(":")
        return Word(word, case)
    name, *pairs = head.split(" ")
    if not name:
        raise GrammarError(f"empty slot in: {source}")
    once = name.startswith("!")
    path, _, case = name.lstrip("!").partition(":")
    bindings = tuple((left, right) for left, _, right in (pair.partition("=") for pair in pairs))
    return Slot(tuple(path.split(".")), case, once, bindings)


def parse(source: str) -> Line:
    """One line of a grammar as nodes.

    Raises:
        GrammarError: an unclosed bracket, brace or label.
    """
    return _Reader(source).line("")


@dataclass(slots=True)
class Rule:
    """The ways to say one thing, with their weights added up for drawing."""

    lines: list[Line] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)

    def add(self, source: str) -> None:
        """Take one more line, `3* …` counting threefold."""
        weight = 1
        if found := WEIGHT.match(source):
            weight, source = int(found[1]), source[found.end() :]
        self.lines.append(parse(source))
        self.bounds.append((self.bounds[-1] if self.bounds else 0) + weight)


def read_grammar(folder: Path) -> dict[str, Rule]:
    """All rules of the `*.txt` files of a folder; a rule may be continued in another file."""
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.txt")):
        rule = Rule()
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if raw.startswith("#") or not raw.strip():
                continue
            if raw.startswith("@"):
                rule = rules.setdefault(raw[1:].strip(), Rule())
                continue
            try:
                rule.add(raw.replace("\\n", "\n"))
            except GrammarError as error:
                raise GrammarError(f"{path.parent.name}/{path.name}, line {number}: {error}") from error
    return rules
