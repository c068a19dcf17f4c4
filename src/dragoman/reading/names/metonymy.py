"""Whether a capital is the town or the government that sits in it: 'in Ankara' against 'ties with Ankara'."""

from __future__ import annotations

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse, Token
from dragoman.model.spans import Span
from dragoman.reading.names.decide import Scene
from dragoman.reading.names.seated import town_by_words

_SUBJECT = {"nsubj", "nsubjpass", "nsubj:pass"}


def is_town(scene: Scene, parse: Parse, index: int, last: int) -> bool:
    """True for the town. Prepositions of place decide first, then the verb it is subject or object of; alone it is the town."""
    words, lexicon, text = scene.words, scene.lexicon, scene.text
    if not parse.grammatical and (told := town_by_words(scene, index, last)) is not None:
        return told
    span = Span(words[index].start, words[last - 1].end)
    if index and words[index].start - words[index - 1].end <= 2:
        before = words[index - 1].folded
        pair = f"{words[index - 2].folded} {before}" if index > 1 else ""
        if lexicon.has("government_prepositions", before) or lexicon.has("government_prepositions", pair):
            return _among(scene, index, "travel_words")
        if lexicon.has("place_prepositions", before) or lexicon.has("place_prepositions", pair):
            return not _among(scene, index, "government_nouns")
        if lexicon.has("genitive_prepositions", before):
            return _among(scene, index, "place_words") or _among(scene, index, "town_nouns")
    if text[span.end : span.end + 2] in ("'s", "’s"):
        following = words[last + 1 : last + 4]
        return any(lexicon.has("town_nouns", word.folded) or lexicon.has("place_words", word.folded) for word in following)
    root = parse.root_of(span)
    if parse.grammatical and root is not None:
        return _town_by_grammar(scene, parse, root)
    return True


def _among(scene: Scene, index: int, words: str) -> bool:
    """Whether one of the few words before is in the list of that name."""
    return any(scene.lexicon.has(words, word.folded) for word in scene.words[max(0, index - 4) : index])


def _town_by_grammar(scene: Scene, parse: Parse, root: Token) -> bool:
    head = parse.head(root)
    while root.dep == "conj" and head.index != root.index:
        root, head = head, parse.head(head)
    if root.dep in _SUBJECT or (root.dep == "ROOT" and _stranded(parse, root)):
        return False
    if root.dep in ("dobj", "obj") and head.pos == "VERB":
        return scene.lexicon.has("travel_words", fold(head.lemma))
    if root.dep in ("pobj", "obl", "obl:arg", "nmod") and not scene.lexicon.has("place_prepositions", fold(head.text)):
        return _among_children(scene, parse, root)
    return root.dep not in ("dative", "iobj", "agent", "poss")


def _stranded(parse: Parse, root: Token) -> bool:
    """Whether the parser has left a verb after the name without a subject: 'Vilnius, Riga et Tallinn ont interdit'."""
    for token in parse.tokens[root.index + 1 :]:
        if token.sentence != root.sentence:
            return False
        if token.pos == "VERB" and token.dep in ("ROOT", "parataxis", "ccomp", "conj"):
            return not any(child.dep in _SUBJECT for child in parse.children(token))
    return False


def _among_children(scene: Scene, parse: Parse, root: Token) -> bool:
    cases = [fold(child.text) for child in parse.children(root) if child.dep == "case"]
    return not any(scene.lexicon.has("government_prepositions", case) or scene.lexicon.has("genitive_prepositions", case) for case in cases)
