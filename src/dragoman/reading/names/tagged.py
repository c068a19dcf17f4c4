"""Names as the encoder sees them, for languages in which capital letters tell nothing or no table of small words is there to read them by.

    tags of the encoder -> edges (clipped) -> names behind titles -> kinds agreed -> tables -> surnames alone -> bodies named again

Tables still go first for states, towns and bodies that they list; a person or body that the encoder sees around such a word goes before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.knowledge.places import simple
from dragoman.languages.inflection import inflection
from dragoman.model.reading import EntityKind, Tag
from dragoman.model.spans import Span
from dragoman.reading import titled
from dragoman.reading.names import bodies
from dragoman.reading.names.clipped import bare, key, parted, shown_before, trimmed, without_titles, words_of
from dragoman.reading.names.decide import Scene, Sighting
from dragoman.reading.words import Word, joined

_KINDS: dict[str, EntityKind] = {"PER": "person", "ORG": "organization", "LOC": "place"}
# Below this the encoder has not made up its mind; what is seen surely elsewhere is believed from the lower figure on.
_SURE, _LIKELY = 0.6, 0.4
# One word at the start of a sentence has its capital from there; it needs to be seen more surely or elsewhere too.
_SURE_AT_START = 0.95
# The vowel sign of the Arabic indefinite accusative, which adverbs end in and names do not: 'ميدانياً'.
_ADVERBIAL = "\u064b"
# A surname has at least so many letters.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sighting of the encoder with the tag it came of."""

    sighting: Sighting
    tag: Tag


def tagged(scene: Scene, tags: Sequence[Tag], listed: Sequence[Sighting]) -> list[Sighting]:
    """The sightings of the tables and of the encoder together, in text order.

    `listed` are those of the tables; one that lies inside a longer person or body is dropped, an adjective inside a body stays.
    """
    names = Counter(key(scene, tag.span) for tag in tags if tag.score >= _SURE)
    seen = _with_titled(scene, tags, listed, [_Seen(one, tag) for tag in tags if (one := _sighting(scene, tag, names)) is not None])
    # 'Papua Yeni Gineli' is of a table: no person, and 'Gineli' no surname.
    phrases = [one for one in listed if len(words_of(scene, one.span)) > 1]
    persons = parted(scene, [one for one in seen if one.kind == "person" and not any(other.span.covers(one.span) for other in phrases)], listed)
    places = [cut for one in seen if one.kind == "place" and (cut := _place(scene, one, listed)) is not None]
    found = sorted([*persons, *places, *bodies.told_apart(scene, seen, listed)], key=lambda one: one.span)
    found = bodies.so_called(scene, [one for one in _agreed(scene, found) if _may_name(scene, one, listed)])
    found = bodies.quoted(scene, found)
    surnames = _surnames(scene, found)
    kept = [one for one in listed if not _inside(scene, one, found, surnames)]
    free: list[Sighting] = []
    for one in found:
        if not any(one.span.overlaps(other.span) and not _around(scene, one, other) for other in kept) and not (free and free[-1].span.overlaps(one.span)):
            free.append(one)
    kept.extend(bodies.of_states(scene, kept, free))
    kept.extend(free)
    kept.extend(bodies.with_heads(scene, kept))
    kept.extend(_of_inhabitants(scene, kept))
    kept.extend(_standing_alone(scene, kept, surnames, names))
    return bodies.named_again(scene, sorted(kept, key=lambda one: (one.span.start, -one.span.end)))


def _sighting(scene: Scene, tag: Tag, names: Counter[str]) -> Sighting | None:
    span = trimmed(scene, tag.span, names, tag.label)
    told = tag.label == "ORG" and span is not None and (bodies.is_sole(scene, span) or _headed(scene, span))
    if span is None or tag.score < _LIKELY or (tag.score < _SURE and not names[key(scene, span)] and not told):
        return None
    if _by_its_place_alone(scene, span, tag):
        return None
    kind = _KINDS[tag.label]
    if kind == "person":
        clear, gender = without_titles(scene, span)
        return Sighting(span=clear, kind=kind, reason="encoder", gender=gender) if clear else None
    if kind == "organization":
        return Sighting(span=span, kind=kind, reason="encoder")
    span = _without_kind(scene, span)
    return Sighting(span=span, kind=kind, reason="encoder", state=_home(scene, span))


def _headed(scene: Scene, span: Span) -> bool:
    """Whether a body of several words ends in what it is: 'Ukrayna Hava Kuvvetleri'."""
    words = words_of(scene, span)
    return len(words) > 1 and words[-1].capital and any(scene.lexicon.has("organisation_words", form.text) for form in words[-1].forms)


def _without_kind(scene: Scene, span: Span) -> Span:
    """A place without the word of its kind where others name it without: 'مدينة جدة' is 'جدة'."""
    words = words_of(scene, span)
    return Span(words[1].start, span.end) if len(words) > 1 and scene.lexicon.has("plain_prefixes", words[0].folded) else span


def _by_its_place_alone(scene: Scene, span: Span, tag: Tag) -> bool:
    """Whether a word in a script with capitals has none, or has it only because a sentence starts there: 'nisanda', 'Metni'."""
    words = words_of(scene, span)
    letters = [word for word in words if word.text[:1].lower() != word.text[:1].upper()]
    if not letters or len(letters) < len(words):
        return False
    if not any(word.capital for word in words):
        return True
    headed = tag.label == "ORG" and any(scene.lexicon.has("organisation_words", form.text) for form in words[0].forms)
    if len(words) > 1 or headed or tag.label == "PER" or scene.text[span.end : span.end + 1] in ("'", "’") or scene.said_again(words[0]):
        return False
    return _opens_a_sentence(scene, span.start) and not (tag.score >= _SURE_AT_START and _home(scene, span))


def _opens_a_sentence(scene: Scene, offset: int) -> bool:
    before = scene.text[:offset].rstrip(' \u00a0"“«‘')
    return not before or before[-1] in ".!?\n:؟" or "\n" in scene.text[len(before) : offset]


def _home(scene: Scene, span: Span) -> str | None:
    found = scene.gazetteer.named(simple(key(scene, span)))
    return found[0].country if found else None


def _with_titled(scene: Scene, tags: Sequence[Tag], listed: Sequence[Sighting], seen: Sequence[_Seen]) -> list[Sighting]:
    """With the persons that stand right behind a title where the encoder has seen something, but no surely bounded person: 'رئيس غانا كوامي منساه'.

    Where it has seen nothing at all in the article, every name behind a title counts.
    """
    done = [one.sighting for one in seen]
    for span in titled.named_after_titles(scene.words, scene.text, scene.language):
        # 'الغاني كوفي أسانتي' behind 'الرئيس': the adjective is of the title.
        done = [replace(one, span=span) if one.kind == "person" and one.span.covers(span) and one.span.end == span.end else one for one in done]
        touched = [tag for tag in tags if tag.span.overlaps(span)]
        if any(other.span.overlaps(span) for other in listed):
            continue
        if (tags and not touched) or any(one.sighting.kind == "person" and one.sighting.span.overlaps(span) for one in seen):
            continue
        if any(tag.label == "ORG" and tag.score >= _SURE and not (tag.start < span.start and tag.end == span.end) for tag in touched):
            continue
        clear, gender = without_titles(scene, span)
        if clear is not None and len(words_of(scene, clear)) > 1:
            done = [one for one in done if not one.span.overlaps(clear)]
            done.append(Sighting(span=clear, kind="person", reason="title", gender=gender, titled=True))
    return sorted(done, key=lambda one: one.span)


def _place(scene: Scene, one: Sighting, listed: Sequence[Sighting]) -> Sighting | None:
    """A place without the state that is named with it: 'جدة السعودية'; None of 'Hindistan-Pakistan', which is two states and no place.

    One with a word of its kind is named after what is in it: 'بحر الصين', 'Lübnan Dağı'.
    """
    inside = [other for other in listed if one.span.covers(other.span) and words_of(scene, other.span) != words_of(scene, one.span)]
    if not inside:
        behind = next((other for other in listed if other.form == "adjective" and other.span.start == one.span.end + 1), None)
        return replace(one, state=behind.state) if behind is not None and not one.state else one
    last = inside[-1]
    before = words_of(scene, one.span)[: -len(words_of(scene, last.span))]
    if before and last.span.end >= one.span.end - 1:
        cut = Span(one.span.start, before[-1].end)
        articles = tuple(scene.lexicon.lists.get("articles", ()))
        proper = last.form == "adjective" and bool(articles) and not any(word.folded.startswith(articles) or _is_common(scene, word) for word in before)
        if (home := _home(scene, cut)) or proper:
            return replace(one, span=cut, state=last.state if proper else home)
    if all(other.form == "adjective" for other in inside):
        return replace(one, state=one.state or last.state)
    kinds = scene.lexicon.lists.get("place_words", frozenset())
    named_after = len(inside) == 1 and not kinds
    return one if named_after or any(form in kinds for word in words_of(scene, one.span) for form in bare(scene, word)) else None


def _may_name(scene: Scene, one: Sighting, listed: Sequence[Sighting]) -> bool:
    """Whether the words can be a name: not adverbs, not words of everyday alone ('الهدنة', 'لجنة دائمة')."""
    words = words_of(scene, one.span)
    if any(word.text.rstrip("ا").endswith(_ADVERBIAL) for word in words):
        return False
    if one.kind == "person" and len(words) > 1:
        return True
    adjectives = [other.span for other in listed if other.form == "adjective"]
    return not all(_is_common(scene, word) or any(span.overlaps(word.span) for span in adjectives) for word in words) or (
        len(words) == 1 and any(span.overlaps(words[0].span) for span in adjectives)
    )


def _is_common(scene: Scene, word: Word) -> bool:
    return scene.lexicon.has("stop", word.folded) or word.is_one_of(scene.lexicon.lists.get("common_words", frozenset()))


def _agreed(scene: Scene, seen: Sequence[Sighting]) -> list[Sighting]:
    """The same words are the same kind of thing throughout an article: the kind that most of its sightings have, a person's where they are a surname."""
    votes: dict[str, Counter[EntityKind]] = {}
    for one in seen:
        votes.setdefault(key(scene, one.span), Counter())[one.kind] += 1
    surnames = _surnames(scene, seen)
    done = []
    for one in seen:
        name = key(scene, one.span)
        kind = votes[name].most_common(1)[0][0]
        if name in surnames and (votes[name]["person"] or not one.state):
            kind = "person"
        if kind == one.kind:
            done.append(one)
        else:
            shown = shown_before(scene, one.span.start) if kind == "person" else None
            done.append(replace(one, kind=kind, state=None, gender=shown, reason=f"encoder: {kind} elsewhere"))
    return done


def _surnames(scene: Scene, seen: Sequence[Sighting]) -> frozenset[str]:
    """The last words of the persons named in full, with and without what is joined to them."""
    found = set()
    for one in seen:
        words = words_of(scene, one.span)
        name = key(scene, one.span)
        if one.kind == "person" and len(words) > 1 and " " in name:
            found.add(name.split(" ")[-1])
            if scene.lexicon.has("particles", words[-2].folded) and len(words) > 2:
                found.add(key(scene, Span(words[-2].start, one.span.end)))
    return frozenset(found)


def _inside(scene: Scene, one: Sighting, found: Sequence[Sighting], surnames: frozenset[str]) -> bool:
    """Whether a sighting of the tables is part of a longer name, or the surname of somebody: 'السوداني' of 'محمد شياع السوداني'."""
    words = words_of(scene, one.span)
    first = scene.word_at(words[0].start)
    whole = _with_particle(scene, first)
    if len(words) == 1 and whole.start < words[0].start and key(scene, whole) in surnames:
        return True
    if one.form == "adjective" and key(scene, one.span) in surnames and first and _announces(scene, scene.words[first - 1]):
        return True
    for other in found:
        if not other.span.covers(one.span):
            continue
        longer = words_of(scene, other.span) != words
        if longer and (one.form != "adjective" or other.kind == "person"):
            return True
        if not longer and other.kind == "person" and key(scene, other.span) in surnames:
            return True
    return False


def _around(scene: Scene, one: Sighting, other: Sighting) -> bool:
    """Whether a name has an adjective of the tables and more words in it, which may both stand."""
    return other.form == "adjective" and one.span.covers(other.span) and words_of(scene, one.span) != words_of(scene, other.span)


def _standing_alone(scene: Scene, kept: Sequence[Sighting], surnames: frozenset[str], names: Counter[str]) -> list[Sighting]:
    """Surnames of persons named in full elsewhere that the encoder has passed over.

    Where no capital tells a name from a word, only those count that the encoder has seen alone, or behind a title or a verb.
    """
    taken = {index for one in kept for index in range(one.span.start, one.span.end)}
    found = []
    for index, word in enumerate(scene.words):
        span = _surname_in(scene, index, surnames)
        if span is None or not taken.isdisjoint(range(span.start, span.end)) or scene.lexicon.has("stop", word.folded):
            continue
        before = scene.words[index - 1] if index and joined(scene.text, scene.words[index - 1], word) else None
        after = scene.words[index + 1] if index + 1 < len(scene.words) and joined(scene.text, word, scene.words[index + 1]) else None
        if word.text[:1].lower() != word.text[:1].upper():
            beside = any(other is not None and other.capital and other.start not in taken for other in (before, after))
            if (word.capital or span.start < word.start) and (not beside or scene.text[word.end : word.end + 1] in ("'", "’")):
                found.append(Sighting(span=span, kind="person", reason="surname"))
        elif names[key(scene, span)] or (before is not None and _announces(scene, before)):
            found.append(Sighting(span=span, kind="person", reason="surname", gender=shown_before(scene, span.start)))
    return found


def _of_inhabitants(scene: Scene, kept: Sequence[Sighting]) -> list[Sighting]:
    """Towns of the gazetteer that only their inhabitants tell: 'أهل الهرمل'."""
    taken = {index for one in kept for index in range(one.span.start, one.span.end)}
    found = []
    for before, word in pairwise(scene.words):
        if word.start in taken or not any(scene.lexicon.has("inhabitants", form) for form in bare(scene, before)) or not joined(scene.text, before, word):
            continue
        if home := _home(scene, word.span):
            found.append(Sighting(span=word.span, kind="place", reason="inhabitants", state=home))
    return found


def _surname_in(scene: Scene, index: int, surnames: frozenset[str]) -> Span | None:
    """The surname that a word is, without letters joined to its start and with the particle that a hyphen joins to it."""
    word = scene.words[index]
    whole = _with_particle(scene, index)
    if whole.start < word.start or (index and scene.text[word.start - 1] in "-‑"):
        return whole if key(scene, whole) in surnames else None
    clitics = scene.lexicon.lists.get("clitics", frozenset())
    for cut in range(len(word.text) - _SHORTEST + 1):
        span = Span(word.start + cut, word.end)
        if (cut == 0 or word.folded[:cut] in clitics) and key(scene, span) in surnames:
            return span
        if not clitics:
            break
    return None


def _with_particle(scene: Scene, index: int) -> Span:
    """A word with the particle that a hyphen joins to it: 'es-Sudani'."""
    word, before = scene.words[index], scene.words[index - 1] if index else None
    joins = before is not None and scene.text[before.end : word.start] in ("-", "‑") and scene.lexicon.has("particles", before.folded)
    return before.span.hull(word.span) if before is not None and joins else word.span


def _announces(scene: Scene, word: Word) -> bool:
    """Whether a word is an honorific, a title with its article, or a verb in a form that takes its subject right behind it."""
    if scene.lexicon.has("honorifics", word.folded) or scene.lexicon.has("speech_verbs", word.folded):
        return True
    return any(scene.lexicon.has("title_words", form) for form in bare(scene, word)) and inflection(scene.language) is not None
