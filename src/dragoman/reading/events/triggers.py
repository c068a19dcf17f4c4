"""Which words of an article tell of an event: patterns of the frame table matched on its grammar."""

from __future__ import annotations

from collections.abc import Container, Iterator

from dragoman.model.parse import Token
from dragoman.reading import grammar
from dragoman.reading.events.frames import Pattern, Trigger
from dragoman.reading.events.modals import modal
from dragoman.reading.events.scene import Scene

_OBJECT_OF = frozenset({"of", "de", "d'", "du", "des"})
_QUALIFIED = ("acl", "relcl", "acl:relcl", "amod")
# Labels under which the owner of an event noun hangs without a preposition.
_OWNED = ("poss", "nmod", "nmod:poss", "compound")
_KINDS = {"person": ("person",), "party": ("person", "state", "organization"), "place": ("place", "state"), "site": ("place", "state")}
# Tables have the full form of words that lose a vowel.
_ELIDED = {"s'": "se", "d'": "de", "n'": "ne"}
_WHERE = ("place", "site")
# How far from its verb a particle or preposition may stand.
_NEAR = 5


def triggers(scene: Scene) -> tuple[Trigger, ...]:
    """All triggers outside direct speech, in text order; a noun that is the theme of a verb of the same type is no second one."""
    found: list[Trigger] = []
    for token in scene.parse.tokens:
        # 'the disputed territory' tells of no dispute; a word of a body's name tells nothing.
        if token.index in scene.dated or (token.dep == "amod" and token.pos in ("VERB", "ADJ")) or _in_name(scene, token):
            continue
        statement = scene.said.get(token.index)
        if (statement is not None and statement.kind == "direct") or scene.asked(token):
            continue
        trigger = (modal(scene, token) or _verbal(scene, token)) if token.pos in ("VERB", "ADJ") else _nominal(scene, token)
        if trigger is not None:
            found.append(trigger)
    themes = {trigger.theme.index: trigger for trigger in found if trigger.theme is not None and not trigger.nominal}
    return tuple(trigger for trigger in found if trigger.pattern.frame.type and not (trigger.nominal and _part_of(scene, trigger.token, themes)))


def _in_name(scene: Scene, token: Token) -> bool:
    kinds = {entity.kind for entity in scene.referents.covering(token)}
    return bool(kinds & {"organization", "place"}) or ("person" in kinds and token.text[:1].isupper() and not scene.referents.titles(token))


def _part_of(scene: Scene, noun: Token, themes: Container[int]) -> bool:
    """Whether a noun is the theme of a verb, or stands right below it: 'a memorandum of understanding'."""
    return noun.index in themes or (noun.dep in ("nmod", "pobj", "compound") and any(above.index in themes for above in scene.parse.ancestors(noun)[:2]))


def _verbal(scene: Scene, token: Token) -> Trigger | None:
    for pattern in scene.frames.verbs.get(scene.lemmas[token.index], ()):
        if pattern.noun == "talks" and pattern.frame.type == "REJECT" and scene.passive(token) and grammar.agent(scene.parse, token) is None:
            continue  # 'the talks were called off' by nobody named: the talks are the event, and did not take place
        matched, theme = _fits(scene, token, pattern)
        if matched:
            return Trigger(token=token, pattern=pattern, theme=theme)
    return None


def _nominal(scene: Scene, token: Token) -> Trigger | None:
    if token.pos not in ("NOUN", "PROPN") or token.dep in ("compound", "amod", "flat", "flat:name"):
        return None
    rows = scene.frames.nouns.get(scene.lemmas[token.index]) or scene.frames.nouns.get(scene.folded[token.index], ())
    for pattern in rows:
        below = {word for child in scene.parse.children(token) for word in _words(scene, child)}
        for preposition, noun in grammar.prepositions(scene.parse, token):
            below.update((*preposition.split(), scene.lemmas[noun.index], scene.folded[noun.index]))
        if not all(word in below for word in pattern.words):
            continue
        theme = _owner(scene, token, pattern) if pattern.noun or pattern.kind else None
        if theme is not None or not (pattern.noun or pattern.kind):
            return Trigger(token=token, pattern=pattern, theme=theme)
    return None


def _owner(scene: Scene, noun: Token, pattern: Pattern) -> Token | None:
    """Whose or of what an event noun is, where its pattern asks for that: 'the fall of the government', "Assad's ouster"."""
    heads = [below for preposition, below in grammar.prepositions(scene.parse, noun) if set(preposition.split()) & _OBJECT_OF]
    heads.extend(child for child in scene.parse.children(noun) if child.dep in _OWNED)
    if pattern.noun:
        return next((head for head in heads if scene.is_a(head, pattern.noun)), None)
    kinds = _KINDS[pattern.kind]
    return next((head for head in heads if any(scene.referents.entity(identity).kind in kinds for identity in scene.referents.all(head))), None)


def _fits(scene: Scene, verb: Token, pattern: Pattern) -> tuple[bool, Token | None]:
    """Whether the verb has all that the pattern asks for, and the noun that answers its class or kind."""
    if pattern.subject and not _subject_is(scene, verb, pattern.subject):
        return False, None
    if pattern.words and not _has_words(scene, verb, pattern.words):
        return False, None
    theme: Token | None = None
    if pattern.noun:
        theme = next((noun for noun in _themes(scene, verb, pattern.words) if scene.is_a(noun, pattern.noun)), None)
        if theme is None:
            return False, None
    if pattern.kind:
        party = _party(scene, verb, pattern)
        if party is None:
            return False, None
        theme = theme or (party if pattern.kind not in _WHERE else None)
    return True, theme


def _subject_is(scene: Scene, verb: Token, name: str) -> bool:
    """Whether the verb's own subject, in the active voice, is a noun of that class."""
    return not scene.passive(verb) and any(child.dep in grammar.SUBJECTS and scene.is_a(child, name) for child in scene.parse.children(verb))


def _has_words(scene: Scene, verb: Token, words: tuple[str, ...]) -> bool:
    below: set[str] = set()
    for child in scene.parse.children(verb):
        if _dates(scene, child):
            continue
        below.update(_words(scene, child))
        if child.pos != "VERB" or "VerbForm=Inf" in child.morph:
            for grandchild in scene.parse.children(child):
                if grandchild.pos != "VERB" and not _dates(scene, grandchild):
                    below.update(_words(scene, grandchild))
    # The parser hangs 'to' of 'agree to' on the infinitive, and a particle now and then on the object.
    for index in range(verb.index + 1, min(verb.index + _NEAR, len(scene.parse.tokens))):
        if scene.folded[index] in (",", ".", ";"):
            break
        if scene.parse.tokens[index].pos in ("VERB", "AUX") or _dates(scene, scene.parse.tokens[index]):
            continue
        below.update((scene.folded[index], scene.lemmas[index]))
    return all(word in below for word in words)


def _dates(scene: Scene, token: Token) -> bool:
    """Whether a preposition only leads to a day: 'called the king on Saturday' calls on nobody."""
    following = token.index + 1
    return token.pos == "ADP" and token.dep in ("prep", "case") and following < len(scene.parse.tokens) and following in scene.dated


def _words(scene: Scene, token: Token) -> tuple[str, str]:
    folded = scene.folded[token.index]
    return scene.lemmas[token.index], _ELIDED.get(folded, folded)


def _themes(scene: Scene, verb: Token, words: tuple[str, ...]) -> Iterator[Token]:
    """The nouns that a pattern's class may be found in: objects, the passive subject, the noun a participle qualifies, what 'of' adds."""
    heads = list(grammar.objects(scene.parse, verb))
    if scene.passive(verb):
        heads.extend(child for child in scene.parse.children(verb) if child.dep in grammar.PASSIVE and child.pos in ("NOUN", "PROPN"))
    if verb.dep in _QUALIFIED and scene.parse.head(verb).pos in ("NOUN", "PROPN"):
        heads.append(scene.parse.head(verb))
    heads.extend(noun for preposition, noun in grammar.prepositions(scene.parse, verb) if set(preposition.split()) & set(words))
    heads.extend(child for child in scene.parse.children(verb) if child.dep in ("obl:arg", "attr", "xcomp", "oprd") and child.pos == "NOUN")
    for head in heads:
        for noun in grammar.coordinated(scene.parse, head):
            yield noun
            yield from (below for preposition, below in grammar.prepositions(scene.parse, noun) if preposition in _OBJECT_OF)
            yield from (child for child in scene.parse.children(noun) if child.dep in ("compound", "nmod") and child.pos == "NOUN")


def _after_preposition(scene: Scene, verb: Token) -> list[Token]:
    """The word after a preposition of place right behind the verb, whatever the parser has hung it on."""
    words = scene.frames.light.get("places", frozenset())
    tokens = scene.parse.tokens
    return [tokens[index] for index in range(verb.index + 2, min(verb.index + _NEAR, len(tokens))) if scene.folded[index - 1] in words]


def _party(scene: Scene, verb: Token, pattern: Pattern) -> Token | None:
    """The noun with a person, party or place among what depends on the verb."""
    kinds = _KINDS[pattern.kind]
    heads = list(grammar.objects(scene.parse, verb))
    if scene.passive(verb):
        subject = scene.subject(verb)
        heads.extend([subject] if subject is not None else [])
    prepositional = grammar.prepositions(scene.parse, verb)
    if pattern.kind == "place":
        heads.extend(noun for _, noun in prepositional)
    elif pattern.words:
        heads.extend(noun for preposition, noun in prepositional if set(preposition.split()) & set(pattern.words))
    if pattern.kind == "place":
        heads.extend(_after_preposition(scene, verb))
    for head in heads:
        found = scene.referents.all(head) if pattern.kind not in _WHERE else tuple(entity.id for entity in scene.referents.covering(head))
        if any(scene.referents.entity(identity).kind in kinds for identity in found):
            return head
    return None
