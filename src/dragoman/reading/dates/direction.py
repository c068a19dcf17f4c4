"""Whether a date lies before or after its anchor: what the governing verb and the words around it say."""

from __future__ import annotations

from typing import Literal

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse, Token
from dragoman.model.reading import Reading
from dragoman.model.spans import Span
from dragoman.reading.dates.grammar import Words

Direction = Literal["past", "future"]
# A date hangs a few words below its verb; further up, another clause speaks.
_REACH = 10


def direction(reading: Reading, span: Span, words: Words) -> Direction:
    """'future' where what is told at this place is planned, due or foretold; otherwise 'past', the newspaper's default."""
    if not reading.parse.grammatical:
        sentence = reading.sentence_at(span.start)
        tokens = reading.parse.within(sentence) if sentence else ()
        told = {fold(token.text) for token in tokens}
        return "future" if told & (words.future_words | words.future_auxiliaries) else "past"
    root = reading.parse.root_of(span)
    if root is None:
        return "past"
    chain = (root, *reading.parse.ancestors(root))[:_REACH]
    for below, token in zip((None, *chain), chain, strict=False):
        decided = _decides(reading.parse, token, below, words)
        if decided:
            return decided
    return "past"


def _decides(parse: Parse, token: Token, below: Token | None, words: Words) -> Direction | None:
    lemma, text = fold(token.lemma), fold(token.text)
    if token.pos not in ("VERB", "AUX"):
        planned = below is not None and (lemma in words.future_words or text in words.future_words)
        return "future" if planned and token.pos in ("ADJ", "NOUN", "ADV", "ADP") else None
    aids = [child for child in parse.children(token) if child.dep.split(":")[0] in ("aux", "auxpass", "cop")]
    if any("Tense=Fut" in one.morph for one in (token, *aids)):
        return "future"
    if any(fold(aid.lemma) in words.future_auxiliaries or fold(aid.text) in words.future_auxiliaries for aid in aids):
        # 'would have met', 'pourrait avoir rencontré': what may have been lies behind
        return "past" if any(fold(aid.text) in ("have", "avoir") for aid in aids) else "future"
    if any("Mood=Cnd" in one.morph for one in (token, *aids)):
        return "past" if "VerbForm=Part" in token.morph else "future"
    if below is not None and (lemma in words.future_words or text in words.future_words):
        return "future"
    if "VerbForm=Inf" in token.morph:
        head = parse.head(token)
        if head.index != token.index and (fold(head.lemma) in words.infinitive_heads or fold(head.text) in words.infinitive_heads):
            return "past" if "VerbForm=Fin" in head.morph and fold(head.lemma) in ("have", "avoir") and "Past" in head.morph else "future"
        return None
    if any("Tense=Past" in one.morph or "Tense=Imp" in one.morph for one in (token, *aids)):
        return "past"
    if "VerbForm=Fin" in token.morph and "Tense=Pres" in token.morph and words.present_is_future and token.pos == "VERB":
        return "future"
    return None
