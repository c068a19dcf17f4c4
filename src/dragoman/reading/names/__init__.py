"""The stage `names`: the persons, states, organisations and places of an article, one entity each, with every place they are named.

The tables (states, adjectives, capitals, organisations, regions) go first. The encoder says where all other names begin and end and what they are; where
it is not sure, titles and words around them decide. Without it the capital letters, those signs and the parser's own names have to do. The reason is kept
with the entity: "table", "title", "encoder+parser" where both saw it, …
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from dragoman.knowledge.organisations import organisation, seated_in
from dragoman.knowledge.states import state
from dragoman.languages.fold import fold
from dragoman.model.parse import Parse
from dragoman.model.reading import Article, Entity, EntityKind, Mention, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.names.called import called
from dragoman.reading.names.decide import WITNESSES, Scene, Sighting, decide, of_place
from dragoman.reading.names.inflected import is_part, stated
from dragoman.reading.names.lexicon import Lexicon, lexicon
from dragoman.reading.names.listed import Hit, table_hits
from dragoman.reading.names.metonymy import is_town
from dragoman.reading.names.persons import cluster
from dragoman.reading.names.settle import settled
from dragoman.reading.names.sightings import Run, Witnesses, cut, runs, seen_runs, undivided, witnesses
from dragoman.reading.names.tagged import tagged
from dragoman.reading.names.unspaced import parted
from dragoman.reading.sentences import dateline_end
from dragoman.reading.stage import Stage
from dragoman.reading.words import Word, joined, key_of, words_of

# A person's name has at most so many words.
_LONGEST = 5
# 'Radio Luzon' and two names.
_OUTLET_AND_NAME = 4
_PREFIX = {"person": "p", "state": "n", "organization": "o", "place": "l"}


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `entities` with their name mentions."""
    found = sightings(article, reading, kit)
    return replace(reading, entities=entities(article, found))


def sightings(article: Article, reading: Reading, kit: Kit) -> list[Sighting]:
    """Every name of the article decided, in text order."""
    parse = reading.parse
    known = lexicon(article.language)
    words = parted(words_of(article.text, article.language), known)
    tags = reading.tagged("name")
    encoded = kit.encoder() is not None
    seen = witnesses(parse, tags if encoded else None, known)
    labels = seen.labels
    listed_names = table_hits(article, words, known)
    hits = [hit for hit in listed_names if not _in_person(article.text, words, hit, labels, known) and not _inside(words, hit, seen, known)]
    claimed = [False] * len(words)
    for hit in hits:
        claimed[hit.first : hit.last] = [True] * (hit.last - hit.first)
    scene = Scene(
        article.text, article.language, words, claimed, known, labels, kit.gazetteer(),
        starts=frozenset(token.start for token in _sentence_starts(parse)),
        proper=frozenset(token.start for token in parse.tokens if token.pos in ("PROPN", "X", "")),
        dateline=dateline_end(article.text),
        counts=Counter(word.folded for word in words if word.capital),
        who=seen.who,
        sure=seen.sure,
        encoded=encoded,
        verbs=tuple(token.start for token in parse.tokens if token.pos in ("VERB", "AUX")),
    )  # fmt: skip
    listed = [_from_table(scene, parse, hit) for hit in hits]
    if not parse.grammatical:
        return called(scene, stated(scene, tagged(scene, tags, listed)))
    return called(scene, _by_capitals(scene, parse, listed))


def _by_capitals(scene: Scene, parse: Parse, found: list[Sighting]) -> list[Sighting]:
    """The sightings of the tables and those of capitalised words, each decided by the signs around it and by what parser and encoder see."""
    last: Sighting | None = None
    parts = [part for run in runs(scene.text, scene.words, scene.claimed, scene.lexicon) for part in _parted(scene.text, scene.words, run, scene.lexicon)]
    encoded = [span for span, _ in scene.labels if scene.who[span] != "parser"]
    doubted = [span for span, kind in scene.labels if kind == "organization" and scene.who[span] == "encoder" and span not in scene.sure]
    seen = seen_runs(scene.words, scene.claimed, encoded, scene.lexicon)
    pieces = seen_runs(scene.words, scene.claimed, doubted, scene.lexicon)
    for one in cut(parts, undivided(parts, seen, pieces, scene.words, scene.lexicon)):
        sighting = decide(scene, one)
        sighting = _as_parsed(scene, sighting) if sighting else None
        if sighting and not (last and last.span.overlaps(sighting.span)):
            found.append(sighting)
            last = sighting
    return _acronyms(scene, settled(scene, _surnames(scene, sorted(found, key=lambda sighting: sighting.span))))


def _parted(text: str, words: Sequence[Word], run: Run, known: Lexicon) -> tuple[Run, ...]:
    """'a déclaré à Radio Luzon Marisol Ventura, la …': an outlet and, right behind it, the person who is told of after the comma."""
    follows = text[words[run.last - 1].end : words[run.last - 1].end + 3]
    if run.last - run.first < _OUTLET_AND_NAME or not known.has("outlet_words", words[run.first].folded) or not (follows[:2] == ", " and follows[2:].islower()):
        return (run,)
    return Run(run.first, run.last - 2), Run(run.last - 2, run.last)


def _sentence_starts(parse: Parse) -> Iterable[Span]:
    previous = -1
    for token in parse.tokens:
        if token.sentence != previous:
            previous = token.sentence
            yield token.span


def _in_person(text: str, words: Sequence[Word], hit: Hit, labels: Sequence[tuple[Span, str]], known: Lexicon) -> bool:
    """Whether the parser sees a longer personal name around a state's or a capital's name: 'Israel Katz'."""
    if hit.entry.form in ("adjective", "seat") or hit.last - hit.first > 1:
        return False
    span = words[hit.first].span
    if hit.entry.kind == "place" and _first_name(text, words, hit.first, known):
        return True
    if hit.entry.kind == "organization" and _surname(text, words, hit.first, known):
        return True
    if hit.entry.kind == "state" and hit.first and known.has("new_words", words[hit.first - 1].folded) and words[hit.first - 1].capital:
        return True  # 'New England'
    if hit.entry.form == "name" and hit.first and text[span.start - 1 : span.start] in ("-", "‑"):
        before = words[hit.first - 1]
        if before.capital and not known.phrases.at(words, hit.first - 1):
            return True  # 'Nouvelle-Angleterre'
    for named, kind in labels:
        if kind == "person" and named.covers(span) and named.end - named.start > span.end - span.start + 2:
            inside = [word for word in words[max(0, hit.first - 3) : hit.last + 3] if named.covers(word.span) and word.start != span.start]
            if any(word.capital and not known.phrases.at([word], 0) for word in inside) and joined(
                text, words[hit.first], words[min(hit.last, len(words) - 1)]
            ):
                return True
    return False


def _inside(words: Sequence[Word], hit: Hit, seen: Witnesses, known: Lexicon) -> bool:
    """Whether the encoder sees a longer name around that of a table: 'University of Sri Lanka', 'Dynamo Moscow', 'SABC 3'."""
    if hit.entry.form in ("adjective", "people", "prefix", "seat"):
        return False
    span = words[hit.first].span.hull(words[hit.last - 1].span)
    for named, _ in seen.labels:
        if seen.who[named] == "parser" or not named.covers(span):
            continue
        beside = [word for word in words[max(0, hit.first - 8) : hit.last + 8] if named.covers(word.span) and not span.covers(word.span)]
        if any(word.capital and not known.has("articles", word.folded) and not known.phrases.at([word], 0) for word in beside):
            return True
    return False


def _surname(text: str, words: Sequence[Word], index: int, known: Lexicon) -> bool:
    """'Thérèse Kayikwamba Wagner', 'Mme Wagner': an organisation's name right behind other names of a person or an honorific."""
    if index == 0 or text[words[index - 1].end : words[index].start] not in (" ", "\u00a0", ". "):
        return False
    before = words[index - 1]
    if known.has("honorifics", before.folded):
        return True
    plain = ("stop", "title_words", "organisation_words", "place_words", "connectors", "articles")
    named = before.capital and not before.text.isupper() and text[before.end] == " " and not any(known.has(name, before.folded) for name in plain)
    return named and not known.phrases.at(words, index - 1)


def _first_name(text: str, words: Sequence[Word], index: int, known: Lexicon) -> bool:
    """'Paraguay's president, Santiago Peña': a town's name right before a name of no table, after a title or an honorific."""
    if index + 1 >= len(words) or not joined(text, words[index], words[index + 1]) or text[words[index].end] != " ":
        return False
    following = words[index + 1]
    plain = ("stop", "organisation_words", "place_words", "title_words", "place_words_after")
    if not following.capital or known.phrases.at(words, index + 1) or any(known.has(name, following.folded) for name in plain):
        return False
    before = words[max(0, index - 4) : index]
    return any(known.has("title_words", word.folded) or known.has("honorifics", word.folded) for word in before)


def _from_table(scene: Scene, parse: Parse, hit: Hit) -> Sighting:
    entry, text = hit.entry, scene.text
    start, end = scene.words[hit.first].start + hit.left, scene.words[hit.last - 1].end - hit.right
    if text[end : end + 1] == "." and entry.surface.endswith("."):
        end += 1
    if entry.form == "capital":
        if is_town(scene, parse, hit.first, hit.last):
            return Sighting(span=Span(start, end), kind="place", key=entry.key, state=entry.state, reason="table")
        seated = seated_in(entry.key, scene.language)
        if seated:
            return Sighting(span=Span(start, end), kind="organization", key=seated.key, reason="table: seat as organisation")
        return Sighting(span=Span(start, end), kind="state", key=entry.state or "", state=entry.state, reason="table: capital as government")
    if entry.kind == "state" and entry.form == "name" and of_place(scene, hit.first):
        # 'the Costa Rican city of Liberia'
        return Sighting(span=Span(start, end), kind="place", reason="place word")
    if entry.kind == "state" and entry.form == "name" and is_part(scene, hit.first, hit.last):
        return Sighting(span=Span(start, end), kind="place", state="USA", reason="part of a state")
    form = "adjective" if entry.form in ("adjective", "people", "prefix") else "name"
    return Sighting(span=Span(start, end), kind=entry.kind, key=entry.key, state=entry.state, reason="table", form=form)


def _as_parsed(scene: Scene, one: Sighting) -> Sighting:
    """An organisation or place with the small words seen in its name: 'Société de géographie', 'château de Versailles', but not 'préfecture de Rodez'."""
    if one.kind == "person":
        return _person_as_parsed(scene, one)
    if one.key:
        return one
    for named, kind in scene.labels_near(one.span):
        plain = not any(mark in named.of(scene.text) for mark in "\n,;:()") and not scene.has_verb(named)
        if kind == one.kind and named.covers(one.span) and named != one.span and plain:
            start = named.start
            for word in scene.words_in(Span(named.start, one.span.start)):
                small = any(scene.lexicon.has(name, word.folded) for name in ("articles", "connectors", "plain_prefixes"))
                if not small or (word.capital and word.start not in scene.starts):
                    break  # 'Les Ombelles' in the middle of a sentence has its article in its name
                start = scene.words[scene.word_at(word.end)].start
            inside = list(scene.words_in(Span(start, named.end)))
            while inside and (scene.lexicon.has("connectors", inside[-1].folded) or scene.lexicon.has("articles", inside[-1].folded)):
                inside.pop()
            end = inside[-1].end if inside and inside[-1].end < named.end and inside[-1].end >= one.span.end and len(inside) else named.end
            return replace(one, span=Span(start, max(end, one.span.end)))
    return one


def _person_as_parsed(scene: Scene, one: Sighting) -> Sighting:
    """A person with all of the name that the parser sees: 'Mary J. Blige', 'Pépin le Bref', 'Robert O'Brien'; no title or other name with it."""
    for named, kind in scene.labels_near(one.span):
        if kind == "person" and one.reason in WITNESSES and one.span.covers(named) and named.start > one.span.start and named.end == one.span.end:
            # 'l'Atelier de Sylvie Vernageau', 'à Berlin Walter Gropius': what stands before is something else.
            first, last = scene.word_at(one.span.start), scene.word_at(named.start) - 1
            if scene.lexicon.has("particles", scene.words[last].folded) or scene.lexicon.phrases.at(scene.words, first):
                return replace(one, span=named)
        if kind == "person" and named.covers(one.span) and named != one.span:
            words = scene.words_in(named)
            added = [word for word in words if not one.span.covers(word.span)]
            plain = ("title_words", "honorifics", "organisation_words", "place_words")
            titled = any(scene.lexicon.has(name, word.folded) for word in added for name in plain)
            known = titled or any(scene.claimed[scene.word_at(word.start)] for word in added)
            small = all(word.capital or scene.lexicon.has("particles", word.folded) or scene.lexicon.has("articles", word.folded) for word in added)
            if len(words) <= _LONGEST and small and not known and words[0].capital and words[-1].capital:
                return replace(one, span=Span(words[0].start, words[-1].end))
    return one


def _surnames(scene: Scene, found: list[Sighting]) -> list[Sighting]:
    """Single names that are the surname of somebody named in full elsewhere are that person, whatever the parser took them for."""
    full: set[str] = set()
    for one in found:
        words = key_of(one.span.of(scene.text))
        if one.kind == "person" and len(words) > 1:
            full |= {words[-1], words[0]} if len(words) <= 3 else {words[-1]}
    kept = []
    for one in found:
        words = key_of(one.span.of(scene.text))
        last = [word for word in words if not scene.lexicon.has("particles", word)]
        if one.kind in ("place", "organization") and not one.key and len(last) == 1 and last[0] in full:
            one = replace(one, kind="person", state=None, reason="surname")
        kept.append(one)
    seen = [one.span for one in kept]
    claimed = {position for span in seen for position in range(span.start, span.end)}
    kept.extend(
        Sighting(span=_with_particle(scene, number), kind="person", reason="surname")
        for number, word in enumerate(scene.words)
        if word.capital and word.folded in full and word.start not in claimed and (word.start not in scene.starts or word.start in scene.proper)
    )
    return sorted(kept, key=lambda sighting: sighting.span)


def _with_particle(scene: Scene, number: int) -> Span:
    """The surname with the particle that a hyphen joins to it: 'Al-Chaibani'."""
    word, before = scene.words[number], scene.words[number - 1] if number else None
    joins = before is not None and scene.text[before.end : word.start] in ("-", "‑") and scene.lexicon.has("particles", before.folded)
    return before.span.hull(word.span) if before is not None and joins else word.span


def _acronyms(scene: Scene, found: list[Sighting]) -> list[Sighting]:
    """An acronym in brackets right after a name is another name of it; else it names the capitalised phrase with its initials."""
    kept: list[Sighting] = []
    for one in found:
        surface = one.span.of(scene.text)
        bracketed = scene.text[one.span.start - 1 : one.span.start] == "(" and scene.text[one.span.end : one.span.end + 1] == ")"
        if bracketed and surface.isupper() and len(surface) > 1:
            ends = one.span.start - 2
            before = next((other for other in reversed(kept) if other.span.end == ends), None)
            spelt = _spelt(scene, ends, surface)
            if spelt is not None and (before is None or before.kind in ("person", "place") or spelt.covers(before.span)):
                kept = [other for other in kept if not other.span.overlaps(spelt) or other.kind == "state"]
                kept.append(Sighting(span=spelt, kind="organization", reason="acronym spelt out", key=one.key, state=one.state))
                one = replace(one, kind="organization", alias_of=spelt)
            elif before is not None and before.kind == "organization":
                one = replace(one, kind="organization", alias_of=before.span)
        kept.append(one)
    return sorted(kept, key=lambda sighting: sighting.span)


def _spelt(scene: Scene, end: int, acronym: str) -> Span | None:
    """The words before the bracket whose initials are the acronym, small connectors left out."""
    letters = [letter for letter in fold(acronym) if letter.isalpha()]
    index = next((number for number in range(len(scene.words) - 1, -1, -1) if scene.words[number].end <= end), -1)
    if index < 0 or scene.words[index].end != end:
        return None
    first = index
    while letters and first >= 0 and index - first < 12:
        word = scene.words[first]
        if word.folded[0] == letters[-1]:
            letters.pop()
            if not letters:
                return Span(word.start, end) if word.capital else None
        elif not scene.lexicon.has("connectors", word.folded):
            return None
        first -= 1
    return None


def entities(article: Article, found: Sequence[Sighting]) -> tuple[Entity, ...]:
    """One entity for each thing named, numbered by kind in the order of first mention."""
    known, text = lexicon(article.language), article.text
    groups: list[tuple[EntityKind, str, list[Sighting]]] = []
    by_key: dict[tuple[str, str], list[Sighting]] = {}
    at: dict[Span, list[Sighting]] = {}
    for one in found:
        if one.kind == "person":
            continue
        key: tuple[str, str] = (one.kind, one.key or " ".join(_significant(one.span.of(text), known)))
        if one.alias_of is not None and one.alias_of in at:
            group = at[one.alias_of]
            by_key.setdefault(key, group)
        elif key in by_key:
            group = by_key[key]
        else:
            group = by_key[key] = []
            groups.append((one.kind, one.key, group))
        group.append(one)
        at[one.span] = group
    groups.extend(("person", "", group) for group in _with_aliases(cluster([one for one in found if one.kind == "person"], text, known)))
    groups.sort(key=lambda entry: entry[2][0].span)
    counts: dict[str, int] = {}
    made = []
    for kind, listed, group in groups:
        counts[kind] = counts.get(kind, 0) + 1
        made.append(_entity(f"{_PREFIX[kind]}{counts[kind]}", kind, listed, group, article))
    return tuple(made)


def _with_aliases(groups: Sequence[list[Sighting]]) -> list[list[Sighting]]:
    """Persons together with the groups of their second names."""
    at = {one.span: number for number, group in enumerate(groups) for one in group}
    homes = {number: at[one.alias_of] for number, group in enumerate(groups) for one in group if one.alias_of is not None and one.alias_of in at}
    kept: dict[int, list[Sighting]] = {number: list(group) for number, group in enumerate(groups) if homes.get(number, number) == number}
    for number, group in enumerate(groups):
        if number not in kept:
            kept.setdefault(homes[number], []).extend(group)
    return [sorted(group, key=lambda one: one.span) for group in kept.values()]


def _significant(name: str, known: Lexicon) -> tuple[str, ...]:
    words = key_of(name)
    return words[1:] if len(words) > 1 and known.has("stop", words[0]) else words


def _entity(id: str, kind: EntityKind, key: str, group: list[Sighting], article: Article) -> Entity:
    mentions = tuple(Mention(start=one.span.start, end=one.span.end, text=one.span.of(article.text)) for one in group)
    names = tuple(dict.fromkeys(mention.text for mention in mentions))
    name = max(names, key=lambda text: (len(key_of(text)), -names.index(text))) if kind == "person" else names[0]
    code, home = None, next((one.state for one in group if one.state), None)
    if kind == "state":
        code = key
        home = key
        official = state(key)
        name = next(iter(official.names.get(article.language, official.names["en"])), name) if official else name
    elif kind == "organization" and key:
        listed = organisation(key)
        if listed:
            name = next(iter(listed.names.get(article.language, listed.names["en"])))
    reasons = tuple(dict.fromkeys(one.reason for one in group))
    gender = next((one.gender for one in group if one.gender), None)
    return Entity(id=id, kind=kind, name=name, names=names, code=code, state=home, mentions=mentions, reason=" + ".join(reasons), gender=gender)


@cache
def stage() -> Stage:
    return Stage(name="names", version=3, needs=("sentences", "parse"), gives=("entities",), run=run)
