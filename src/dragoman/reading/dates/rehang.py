"""The parser's slips around dates mended: 'a rejeté mercredi la proposition', where the proposal was hung on the Wednesday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model.parse import Parse, Token
from dragoman.model.reading import When

_NOUNS = ("NOUN", "PROPN", "PRON")
# Labels under which a noun after a date is mostly the verb's.
_LOOSE = frozenset({"nmod", "appos", "obj", "obl", "obl:arg", "obl:mod", "dep", "conj", "acl", "flat"})


def rehung(parse: Parse, dates: Sequence[When]) -> Parse:
    """The parse with dates as adverbials of their verbs, and the nouns that hung on them as its objects and phrases."""
    if not parse.grammatical:
        return parse
    changed: dict[int, Token] = {}
    for when in dates:
        root = parse.root_of(when.span)
        if root is None or root.pos not in ("NOUN", "PROPN", "ADJ", "NUM") or root.head == root.index:
            continue
        verb = parse.head(root)
        led = any(child.dep == "case" and child.index < root.index for child in parse.children(root))
        # Only a bare day right after its verb misleads the parser so.
        if verb.pos != "VERB" or led or not 0 < root.index - verb.index <= 2:
            continue
        if root.dep in ("obj", "xcomp"):
            changed[root.index] = replace(root, dep="obl:mod")
        for child in (child for inside in parse.within(when.span) for child in parse.children(inside)):
            if child.index > root.index and child.start >= when.end and child.pos in _NOUNS and child.dep in _LOOSE:
                changed[child.index] = replace(child, head=verb.index, dep=_role(parse, child, verb, root))
    if not changed:
        return parse
    return replace(parse, tokens=tuple(changed.get(token.index, token) for token in parse.tokens))


def _role(parse: Parse, noun: Token, verb: Token, day: Token) -> str:
    taken = any(child.dep == "obj" and child.index not in (noun.index, day.index) and child.pos in _NOUNS for child in parse.children(verb))
    if any(child.dep == "case" for child in parse.children(noun)):
        return "obl:mod" if taken else "obl:arg"
    return "obl:mod" if taken else "obj"
