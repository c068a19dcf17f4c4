"""Questions about a clause that both parsers' labels can answer: its subject, voice, tense, agent, the words of a phrase."""

from __future__ import annotations

from dragoman.model.parse import Parse, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass", "expl:subj", "expl", "csubj"})
OBJECTS = frozenset({"dobj", "obj"})
PASSIVE = frozenset({"nsubjpass", "auxpass", "nsubj:pass", "aux:pass"})
RELATIVE = frozenset({"relcl", "acl:relcl"})
QUALIFYING = frozenset({"acl", "relcl", "acl:relcl"})
# Clauses that take over the subject of the one above them.
_SHARING = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "parataxis", "acl", "dep", "prep", "aux", "obl:mod", "oprd", "acomp", "attr"})
_NOUNS = ("NOUN", "PROPN", "PRON")
# A subject is looked for so many clauses up.
_CLIMB = 5


def finite(parse: Parse, token: Token) -> bool:
    """Whether it is a verb that carries tense, alone or by its auxiliary."""
    if token.pos not in ("VERB", "AUX"):
        return False
    return "VerbForm=Fin" in token.morph or any(child.pos == "AUX" and "VerbForm=Fin" in child.morph for child in parse.children(token))


def auxiliaries(parse: Parse, token: Token) -> tuple[Token, ...]:
    """Its auxiliaries and copulas, in text order."""
    return tuple(child for child in parse.children(token) if child.dep.split(":")[0] in ("aux", "auxpass", "cop"))


def passive(parse: Parse, token: Token) -> bool:
    """Whether the clause is in the passive voice; a bare participle after a noun ('a deal signed by …') is too."""
    if any(child.dep in PASSIVE for child in parse.children(token)):
        return True
    # 'Signed in Rarotonga by A and B, it …'
    if "VerbForm=Part" in token.morph and not auxiliaries(parse, token) and any(child.dep in ("agent", "obl:agent") for child in parse.children(token)):
        return True
    past = "VerbForm=Part" in token.morph and ("Tense=Past" in token.morph or "Aspect=Perf" in token.morph)
    return past and token.dep in ("acl", "amod") and parse.head(token).pos in _NOUNS and not auxiliaries(parse, token)


def infinitive(parse: Parse, token: Token) -> bool:
    """Whether it is an infinitive without a tensed auxiliary."""
    helpers = auxiliaries(parse, token)
    bare = "VerbForm=Inf" in token.morph or any("VerbForm=Inf" in child.morph for child in helpers)
    return bare and not any("VerbForm=Fin" in child.morph for child in helpers)


def subject(parse: Parse, verb: Token, pronouns: frozenset[str] = frozenset(), relatives: frozenset[str] = frozenset()) -> Token | None:
    """The head word of the verb's subject: its own, that of the verb it is joined to, or the noun it qualifies.

    `pronouns` and `relatives` are the language's, in lower case: of two subjects ('le ministre a-t-il dit') the pronoun near the verb
    is passed over where a noun stands beside it, and 'who' gives its antecedent.
    """
    return _subject(parse, verb, pronouns, relatives, 0)


def _subject(parse: Parse, verb: Token, pronouns: frozenset[str], relatives: frozenset[str], depth: int) -> Token | None:
    own = [child for child in parse.children(verb) if child.dep in SUBJECTS]
    if own:
        named = [child for child in own if child.pos in ("NOUN", "PROPN")]
        near = [child for child in own if child.text.casefold() in pronouns and abs(child.index - verb.index) < 4]
        chosen = near[-1] if near and not named else min(named or own, key=lambda child: abs(child.index - verb.index))
        if chosen.text.casefold() in relatives and (verb.dep in RELATIVE or chosen.pos == "PRON"):
            return antecedent(parse, verb) or chosen
        return chosen
    if depth >= _CLIMB or verb.head == verb.index:
        return None
    head = parse.head(verb)
    if verb.dep in QUALIFYING and head.pos in _NOUNS:
        return head
    if verb.dep == "xcomp" and infinitive(parse, verb):
        # 'prompted 2,000 people to rally': the object of the one above acts.
        above = [child for child in parse.children(head) if child.dep in OBJECTS and head.index < child.index < verb.index]
        if above:
            return above[-1]
    return _subject(parse, head, pronouns, relatives, depth + 1) if verb.dep in _SHARING else None


def antecedent(parse: Parse, verb: Token) -> Token | None:
    """The noun that the relative clause around this verb belongs to."""
    token = verb
    for _ in range(_CLIMB):
        if token.dep in RELATIVE:
            return parse.head(token)
        if token.head == token.index:
            return None
        token = parse.head(token)
    return None


def agent(parse: Parse, verb: Token) -> Token | None:
    """Who does it in a passive clause: the noun after 'by' or 'par'."""
    for child in parse.children(verb):
        if child.dep in ("agent", "obl:agent"):
            if child.pos != "ADP":
                return child
            return next((below for below in parse.children(child) if below.pos in _NOUNS), None)
    return None


def objects(parse: Parse, verb: Token) -> tuple[Token, ...]:
    """Its direct objects; a French pronoun before the verb too. 'called Minister X' has been taken for a naming: a name alone behind it is the object."""
    children = parse.children(verb)
    found = tuple(child for child in children if child.dep in OBJECTS) or tuple(child for child in children if child.dep == "oprd" and child.pos == "PROPN")
    return found or tuple(below for child in children if child.dep.startswith("obl") and child.index > verb.index for below in _astray(parse, child))


def _astray(parse: Parse, place: Token) -> tuple[Token, ...]:
    """The object that the parser has hung on the place before it: 'a rencontré à Oslo son homologue'; a noun below another has a preposition."""
    nouns = (child for child in parse.children(place) if child.dep == "nmod" and child.pos == "NOUN" and child.index > place.index)
    below = ((noun, parse.children(noun)) for noun in nouns)
    return tuple(noun for noun, words in below if any("Poss=Yes" in word.morph for word in words) and not any(word.dep == "case" for word in words))


def prepositions(parse: Parse, token: Token) -> tuple[tuple[str, Token], ...]:
    """What stands below a verb or noun by a preposition: (the preposition in lower case, the head noun), in text order.

    French cases of the noun ('avec le ministre') and English prepositions with their object come out alike; 'because of' as 'because of'.
    """
    found: list[tuple[str, Token]] = []
    for child in parse.children(token):
        if child.dep in ("prep", "dative", "agent") and child.pos in ("ADP", "SCONJ", "VERB", "ADV"):
            found.extend(_below_preposition(parse, child, child.text.casefold()))
        elif child.dep.split(":")[0] in ("obl", "nmod", "iobj", "advcl", "advmod", "obj", "acl") and child.pos in _NOUNS:
            cases = [below for below in parse.children(child) if below.dep == "case"]
            if cases:
                found.append((" ".join(case.text.casefold() for case in cases), child))
    return tuple(found)


def _below_preposition(parse: Parse, preposition: Token, words: str) -> list[tuple[str, Token]]:
    found: list[tuple[str, Token]] = []
    for below in parse.children(preposition):
        if below.dep == "pobj":
            found.append((words, below))
        elif below.dep in ("prep", "pcomp") and below.pos == "ADP":
            found.extend(_below_preposition(parse, below, f"{words} {below.text.casefold()}"))
    return found


def coordinated(parse: Parse, head: Token) -> tuple[Token, ...]:
    """The word and all that are joined to it by commas and 'and', in text order."""
    found, waiting = [head], [head]
    while waiting:
        for child in parse.children(waiting.pop()):
            if child.dep == "conj" and child.pos in _NOUNS:
                found.append(child)
                waiting.append(child)
    return tuple(sorted(found, key=lambda token: token.index))
