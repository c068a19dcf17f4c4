"""Whether a date lies before or after its anchor: what the governing verb and the words around it say."""

from __future__ import annotations

from typing import Literal

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse, Token
from dragoman.model.reading import Reading
from dragoman.model.spans import Span
from dragoman.reading.dates.table import Words
from dragoman.reading.dates.tenses import Direction, told_by_words

Tense = Literal["past", "present", "future", "infinitive", "participle", "none"]
# A date hangs a few words below its verb; further up, another clause speaks.
_REACH = 12


def direction(reading: Reading, span: Span, words: Words) -> Direction:
    """Which way the clause around this place looks."""
    parse = reading.parse
    before = _before(parse, span, words)
    led = "ahead" if before & words.ahead else "limit" if before & words.limits else ""
    if _dates_from(parse, span, words):
        return "past"
    told = _climb(parse, span, words) if parse.grammatical else _nearby(parse, span, words)
    if led == "ahead":
        return "future" if told == "future" else "ahead"
    if led == "limit" and told == "past":
        return "open"
    return told


def _dates_from(parse: Parse, span: Span, words: Words) -> bool:
    """'the quarrel dates from January 1', 'remonte au 1er janvier': the words before the date look back, whatever its preposition."""
    inside = parse.within(span)
    first = inside[0].index if inside else 0
    return any(_is(token, words.backward) and token.sentence == inside[0].sentence for token in parse.tokens[max(first - 3, 0) : first])


def _before(parse: Parse, span: Span, words: Words) -> frozenset[str]:
    """The preposition in front of the span and the two words before that, as phrases: for, d'ici, d'ici a."""
    inside = parse.within(span)
    if not inside:
        return frozenset()
    first = inside[0].index
    left = [fold(token.text) for token in parse.tokens[max(first - 4, 0) : first] if token.sentence == inside[0].sentence]
    while left and left[-1] in words.articles:
        left.pop()
    own = fold(inside[0].text)
    found = {own} if own in words.ahead | words.limits else set()
    for size in (1, 2, 3):
        if len(left) >= size:
            found |= {" ".join(left[-size:]), "".join(left[-size:])}
    return frozenset(found)


def _nearby(parse: Parse, span: Span, words: Words) -> Direction:
    """Without grammar: what the verb forms around tell, where the language has a table of them; else the words of the clause."""
    if words.tenses is not None:
        return told_by_words(parse, span, words.tenses, present_is_future=words.present_is_future)
    inside = parse.within(span)
    if not inside:
        return "open"
    first, last = inside[0].index, inside[-1].index
    sentence = inside[0].sentence
    begin, end = first, last
    while begin > 0 and first - begin < _REACH and parse.tokens[begin - 1].sentence == sentence and parse.tokens[begin - 1].text not in ",;:—–":
        begin -= 1
    while end + 1 < len(parse.tokens) and end - last < _REACH and parse.tokens[end + 1].sentence == sentence and parse.tokens[end + 1].text not in ",;:—–":
        end += 1
    around = {fold(token.text) for token in parse.tokens[begin : end + 1]}
    if around & words.modals:
        return "future"
    return "ahead" if around & (words.planned | words.intenders) else "past"


def _climb(parse: Parse, span: Span, words: Words) -> Direction:
    """From the date up to the first verb that tells a time; what is planned on the way makes it uncertain."""
    root = parse.root_of(span)
    if root is None:
        return "open"
    planned = conditional = False
    for child in parse.children(root):
        if child.dep in ("relcl", "acl:relcl", "acl", "advcl") and _tense(parse, child, words) == "past":
            return "past"
    attribute = root.dep in ("poss", "compound", "nmod:poss")
    chain = (root, *parse.ancestors(root))[:_REACH]
    for below, token in zip((None, *chain), chain, strict=False):
        if token.pos not in ("VERB", "AUX"):
            planned = planned or (below is not None and _is(token, words.planned))
            continue
        tense = _tense(parse, token, words)
        conditional = conditional or any(fold(child.text) in words.conditions for child in parse.children(token) if child.dep == "mark")
        if tense == "infinitive" or (tense == "participle" and below is not None and _is(token, words.planned)):
            planned = planned or tense == "participle" or _intended(parse, token, words)
            continue
        if tense == "participle" and token.dep in ("acl", "amod", "advcl") and "Past" in token.morph:
            return "ahead" if planned else "past"
        if tense in ("participle", "none"):
            # 'were to have met'
            planned = planned or (tense == "none" and _intended(parse, token, words))
            continue
        invited = tense == "past" and _is(token, words.inviting) and below is not None and below.index != root.index
        planned = planned or invited or _plans(parse, token, below, words)
        return _decided(tense, planned=planned, conditional=conditional, attribute=attribute, words=words)
    return "ahead" if planned else "open"


def _decided(tense: Tense, *, planned: bool, conditional: bool, attribute: bool, words: Words) -> Direction:
    if tense == "future":
        return "ahead" if attribute else "future"
    if conditional:
        return "ahead"
    if tense == "past":
        return "ahead" if planned else "past"
    if planned:
        return "future"
    return "ahead" if words.present_is_future and not attribute else "open"


def _plans(parse: Parse, token: Token, below: Token | None, words: Words) -> bool:
    """Whether the verb itself plans: 'is planned', 'is due', 'est prévue', 'is set for'; not 'agreed on Tuesday'."""
    if _is(token, words.planned):
        aids = [child for child in parse.children(token) if child.dep.split(":")[0] in ("aux", "auxpass", "cop")]
        passive = any(child.dep in ("auxpass", "aux:pass") for child in aids) or "VerbForm=Part" not in token.morph
        return passive and below is not None
    return any(_is(child, words.planned) for child in parse.children(token) if child.dep in ("acomp", "attr", "xcomp", "oprd", "advcl", "ccomp"))


def _intended(parse: Parse, token: Token, words: Words) -> bool:
    """Whether an infinitive hangs on a word that looks ahead: is to, agreed to, due to, doit, compte."""
    head = parse.head(token)
    return head.index != token.index and (_is(head, words.intenders) or _is(head, words.planned))


def _is(token: Token, listed: frozenset[str]) -> bool:
    return fold(token.lemma) in listed or fold(token.text) in listed


def _tense(parse: Parse, token: Token, words: Words) -> Tense:
    """The time that a verb with its auxiliaries tells."""
    aids = [child for child in parse.children(token) if child.dep.split(":")[0] in ("aux", "auxpass", "cop")]
    group = (token, *aids)
    moved = fold(token.lemma) in words.movers
    perfect = any(fold(aid.lemma) in words.perfect or aid.dep == "aux:tense" or (moved and aid.dep == "aux:pass") for aid in aids)
    if any(_is(aid, words.modals) for aid in aids):
        # 'would have met', 'might have left': what may have been lies behind
        return "past" if perfect else "future"
    if any("Tense=Fut" in one.morph for one in group):
        return "future"
    if any("Mood=Cnd" in one.morph for one in group):
        return "past" if perfect else "future"
    finite = [one for one in group if "VerbForm=Fin" in one.morph]
    if any("Tense=Past" in one.morph or "Tense=Imp" in one.morph for one in finite):
        return "past"
    if finite:
        return "past" if perfect and "VerbForm=Part" in token.morph else "present"
    if any("VerbForm=Inf" in one.morph for one in group):
        return "none" if perfect else "infinitive"
    return "participle" if "VerbForm=Part" in token.morph else "none"
