"""The stage `coreference`: 'the Turkish Foreign Minister', 'his counterpart', 'the two ministers', 'he' and 'elle' become mentions of persons.

A title stands for whoever holds that office in this article; a pronoun for the person spoken of last, the subject of the sentence
before preferred, of fitting gender. What stays open stays open: no person is invented.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from dragoman.languages.fold import fold
from dragoman.languages.pack import tables
from dragoman.model.parse import Token
from dragoman.model.reading import Article, Entity, Mention, OfficeMention, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.latter import latter
from dragoman.reading.pointing import dual, fitting_gender, points_back
from dragoman.reading.sentences import paragraphs
from dragoman.reading.stage import Stage
from dragoman.reading.statements.quotations import quotations
from dragoman.reading.statements.speech import speech

# A pronoun looks back over so many sentences.
_BACK = 4
# Whom 'the Spanish leader' may stand for.
_LEADERS = ("president", "prime-minister", "monarch")
# A clause of these is told by the article itself, or by whom it quotes.
_MAIN = ("ROOT", "parataxis")
# Of the names before a pronoun only so many are weighed.
_MANY = 60
_SUBJECT = ("nsubj", "nsubjpass", "nsubj:pass")


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Add title and pronoun mentions to persons, and holders to titles."""
    titles = _resolved(reading)
    spans: dict[str, dict[Span, str]] = {}
    names = {mention.span for entity in reading.entities if entity.kind == "person" for mention in entity.mentions}
    for title in titles:
        if title.holder and not any(title.span.overlaps(name) for name in names if name.start < title.span.end):
            spans.setdefault(title.holder, {})[title.span] = "title"
    reading = _with_mentions(replace(reading, titles=titles), spans)
    return _with_mentions(reading, _pronouns(reading))


def referent(reading: Reading, span: Span) -> tuple[Entity, ...]:
    """The entities a phrase stands for: its persons first; else the organisations and states; else the places, in text order."""
    found: dict[str, Entity] = {}
    for mention, entity in reading.entities_in(span):
        if entity.id not in found and mention.start >= span.start:
            found[entity.id] = entity
    people = tuple(entity for entity in found.values() if entity.kind == "person")
    if people:
        return people
    parties = tuple(entity for entity in found.values() if entity.kind in ("organization", "state"))
    return parties or tuple(found.values())


def _with_mentions(reading: Reading, spans: dict[str, dict[Span, str]]) -> Reading:
    if not spans:
        return reading
    text = reading.article.text
    entities = []
    for entity in reading.entities:
        added = [
            Mention(start=span.start, end=span.end, text=span.of(text), form="title" if form == "title" else "pronoun")
            for span, form in sorted(spans.get(entity.id, {}).items())
        ]
        mentions = tuple(sorted((*entity.mentions, *added), key=lambda mention: (mention.start, mention.end)))
        entities.append(replace(entity, mentions=mentions) if added else entity)
    return replace(reading, entities=tuple(entities))


def _resolved(reading: Reading) -> tuple[OfficeMention, ...]:
    """Titles without a holder get the one person of the article who holds that office, or the one named last before them."""
    seen: list[tuple[int, str]] = sorted((mention.start, entity.id) for entity in reading.entities if entity.kind == "person" for mention in entity.mentions)
    done: list[OfficeMention] = []
    for title in reading.titles:
        if title.holder is not None or title.office is None or (not reading.parse.grammatical and not points_back(reading, title)):
            done.append(title)
            continue
        fitting = _fitting(reading, title)
        if title.plural:
            chosen = _several(reading, title, fitting, seen)
            done.extend(replace(title, holder=person) for person in chosen)
            if not chosen:
                done.append(title)
            continue
        done.append(replace(title, holder=_one(fitting, title, seen)))
    return tuple(done)


def _fitting(reading: Reading, title: OfficeMention) -> list[str]:
    """Persons who hold the office of this title for its state (any state where it names none), in the order they are named."""
    found = []
    for office in reading.offices:
        same = office.office == title.office or (title.office == "minister" and office.office.endswith("-minister") and office.office != "prime-minister")
        same = same or (title.office == "leader" and title.of is not None and office.office in _LEADERS)
        if same and not office.former and (title.of is None or office.of == title.of) and office.person not in found:
            found.append(office.person)
    return found if reading.parse.grammatical else fitting_gender(reading, title, found)


def _one(fitting: Sequence[str], title: OfficeMention, seen: Sequence[tuple[int, str]]) -> str | None:
    before = [person for start, person in seen if start < title.span.start and person in fitting]
    if before:
        return before[-1]
    return fitting[0] if len(fitting) == 1 or (fitting and title.of is not None) else None


def _several(reading: Reading, title: OfficeMention, fitting: Sequence[str], seen: Sequence[tuple[int, str]]) -> list[str]:
    """The holders a plural title stands for: as many as its number word says, those named last."""
    pack = tables(reading.article.language)
    numbers = pack.table("offices").get("small_words", {}).get("numbers", {}) if pack else {}
    numbers = {fold(word): number for word, number in numbers.items()}
    words = fold(reading.article.text[max(0, title.span.start - 12) : title.span.start]).split()
    count = next((numbers[word] for word in reversed(words) if word in numbers), None)
    if count is None and dual(reading, title):
        count = 2
    before = list(dict.fromkeys(person for start, person in reversed(seen) if start < title.span.start and person in fitting))
    if count is None:
        return sorted(fitting, key=list(fitting).index) if title.of is None and 1 < len(fitting) <= 3 else []
    chosen = before[:count] if len(before) >= count else list(fitting[:count]) if len(fitting) == count else []
    return sorted(chosen, key=list(fitting).index)


def _pronouns(reading: Reading) -> dict[str, dict[Span, str]]:
    """Personal pronouns and whom they stand for."""
    pack = tables(reading.article.language)
    table = pack.table("coreference") if pack else {}
    gender_of = {fold(word): gender for gender, words in table.get("pronouns", {}).items() for word in words}
    if not reading.parse.grammatical:
        return _without_parser(reading)
    if not gender_of:
        return {}
    people = {entity.id: entity for entity in reading.entities if entity.kind == "person"}
    said: list[tuple[int, int, str, bool]] = []
    for entity in people.values():
        for mention in entity.mentions:
            token = reading.parse.root_of(mention.span)
            said.append((mention.start, _sentence(reading, mention.start), entity.id, _is_subject(reading, token)))
    said = _with_leaders(said)
    quoted = [one.inner for one in quotations(reading.article.text, paragraphs(reading.article.text), _marks(reading.article.language))]
    genders: dict[str, str | None] = {entity.id: entity.gender for entity in people.values()}
    for title in reading.titles:
        shown = _gender_of(reading, title) if title.holder in genders else None
        genders[str(title.holder)] = genders.get(str(title.holder)) or shown
    for entity in reading.entities if any(_gendered(token) for token in reading.parse.tokens) else ():
        if entity.kind != "person":
            for mention in entity.mentions:
                said.extend(_as_rival(reading, mention.span, genders))
    said.sort()
    found: dict[str, dict[Span, str]] = {}
    for span, person in _latter(reading, table.get("latter", ()), said, people):
        found.setdefault(person, {})[span] = "pronoun"
        said.append((span.start, _sentence(reading, span.start), person, _is_subject(reading, reading.parse.root_of(span))))
    said.sort()
    for token in reading.parse.tokens:
        gender = gender_of.get(fold(token.text).removeprefix("-t").lstrip("-"))
        if gender is None or _impersonal(reading, token, frozenset(map(fold, table.get("impersonal", ())))):
            continue
        # Those named inside a quotation are not who says it.
        own = _within(quoted, token.start)
        near = said[: bisect_left(said, (token.start,))][-_MANY:]
        candidates = [one for one in near if own is not None or _within(quoted, one[0]) is None]
        chosen = _antecedent(reading, token, gender, candidates, genders)
        if chosen is None or chosen not in people:
            continue
        if own is None:  # what somebody quoted means by 'she' shows nothing of the persons around
            genders[chosen] = genders[chosen] or gender
        found.setdefault(chosen, {})[token.span] = "pronoun"
        said.append((token.start, _sentence(reading, token.start), chosen, _is_subject(reading, token)))
        said.sort()
    return found


def _without_parser(reading: Reading) -> dict[str, dict[Span, str]]:
    """What can be told without grammar: 'the latter'; a pronoun could be anybody's."""
    found: dict[str, dict[Span, str]] = {}
    for span, person in latter(reading):
        found.setdefault(person, {})[span] = "pronoun"
    return found


def _within(spans: Sequence[Span], offset: int) -> Span | None:
    """The span that holds this character; they are in order and do not overlap."""
    place = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return spans[place] if place >= 0 and offset < spans[place].end else None


def _with_leaders(said: Sequence[tuple[int, int, str, bool]]) -> list[tuple[int, int, str, bool]]:
    """In a sentence where the parser has found no person as subject the first one counts as it."""
    with_subject = {sentence for _, sentence, _, subject in said if subject}
    first: dict[int, int] = {}
    for start, sentence, _, _ in sorted(said):
        first.setdefault(sentence, start)
    return [(start, sentence, person, subject or (sentence not in with_subject and first[sentence] == start)) for start, sentence, person, subject in said]


def _gender_of(reading: Reading, title: OfficeMention) -> str | None:
    """What the noun of a title shows, in a language whose nouns have a gender: 'la présidente', 'le chef de l'État'."""
    token = reading.parse.root_of(title.title)
    if token is None or token.pos != "NOUN" or "Gender=" not in token.morph:
        return None
    # 'la ministre': many nouns are tagged masculine, their article knows better.
    shown = [child.morph for child in reading.parse.children(token) if child.pos == "DET" and "Gender=" in child.morph and child.index < token.index]
    if any("Gender=Fem" in morph for morph in (*shown, token.morph)):
        return "f"
    return "m" if shown else None


def _marks(code: str) -> tuple[tuple[str, str], ...]:
    known = speech(code)
    return known.pairs if known else ()


def _latter(reading: Reading, phrases: Sequence[str], said: Sequence[tuple[int, int, str, bool]], people: dict[str, Entity]) -> Iterator[tuple[Span, str]]:
    """'the latter', 'ce dernier': the person named last before it, in its sentence or the one before."""
    folded = fold(reading.article.text)
    for phrase in phrases:
        for match in re.finditer(rf"\b{re.escape(fold(phrase))}\b", folded):
            token = reading.parse.at(match.start())
            following = reading.parse.at(min(match.end() + 1, len(folded) - 1))
            if token is None or (following is not None and following.start == match.end() + 1 and following.pos in ("NOUN", "PROPN", "ADJ")):
                continue
            near = [person for start, sentence, person, _ in said if start < match.start() and token.sentence - sentence <= 1 and person in people]
            if near:
                yield Span(match.start(), match.end()), near[-1]


def _gendered(token: Token) -> bool:
    """Whether the language gives nouns a gender, so that 'elle' may be a state or an army."""
    return token.pos == "NOUN" and "Gender=" in token.morph


def _as_rival(reading: Reading, span: Span, genders: dict[str, str | None]) -> list[tuple[int, int, str, bool]]:
    """The state or body named here as something that 'il' or 'elle' may stand for instead of a person, where it or its noun is a subject."""
    token = reading.parse.root_of(span)
    while token is not None and not _is_subject(reading, token) and token.dep in ("nmod", "amod") and reading.parse.head(token).pos == "NOUN":
        token = reading.parse.head(token)
    if token is None or token.dep not in _SUBJECT or "Gender=" not in token.morph or reading.parse.head(token).dep not in _MAIN:
        return []
    rival = f"#{token.index}"
    genders[rival] = "f" if "Gender=Fem" in token.morph else "m"
    return [(token.start, token.sentence, rival, True)]


def _sentence(reading: Reading, offset: int) -> int:
    token = reading.parse.at(offset)
    return token.sentence if token else -1


def _is_subject(reading: Reading, token: Token | None) -> bool:
    while token is not None and token.dep in ("appos", "compound", "flat:name", "flat", "nmod:poss") and token.head != token.index:
        token = reading.parse.head(token)
    return token is not None and token.dep in _SUBJECT


def _impersonal(reading: Reading, token: Token, impersonal: frozenset[str]) -> bool:
    """'il faut', 'il y a': the parser marks the subject as expletive; so it does many a 'il' that is somebody, unless the verb says otherwise."""
    if token.pos not in ("PRON", "") or "Poss=Yes" in token.morph:
        return True
    verb = reading.parse.head(token)
    return token.dep.startswith("expl") and (not impersonal or verb.pos != "VERB" or fold(verb.lemma) in impersonal)


def _antecedent(reading: Reading, token: Token, gender: str, said: Sequence[tuple[int, int, str, bool]], genders: dict[str, str | None]) -> str | None:
    best: tuple[float, int] | None = None
    chosen: str | None = None
    own = _own_subject(reading, token)
    for start, sentence, person, subject in said:
        distance = token.sentence - sentence
        if start >= token.start or distance > _BACK or genders[person] not in (None, gender) or person in own:
            continue
        # A state or body is meant where no person is as near.
        score = 3.0 * subject - 1.5 * distance + (1.0 if genders[person] == gender else 0.0) - (1.0 if person.startswith("#") else 0.0)
        if best is None or (score, start) >= best:
            best, chosen = (score, start), person
    return chosen


def _own_subject(reading: Reading, token: Token) -> set[str]:
    """The persons who are subject of the verb that the pronoun is an object of: 'X greeted him' is never X."""
    if token.dep in _SUBJECT or "Reflex=Yes" in token.morph:
        return set()
    verb = reading.parse.head(token)
    verb = reading.parse.head(verb) if verb.pos == "ADP" else verb
    found: set[str] = set()
    for child in reading.parse.children(verb):
        if child.dep in _SUBJECT:
            found.update(entity.id for entity in reading.entities for mention in entity.mentions if mention.span.covers(child.span) and entity.kind == "person")
    return found


@cache
def stage() -> Stage:
    return Stage(name="coreference", version=3, needs=("parse", "entities", "titles", "offices"), gives=("entities", "titles"), run=run)
