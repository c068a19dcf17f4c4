"""Where a name that the encoder sees begins and ends: without letters joined to it, titles and verbs before it, suffixes and other names behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge.places import simple
from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.inflection import inflection
from dragoman.model.spans import Span
from dragoman.reading.names.decide import Scene, Sighting
from dragoman.reading.title_table import offices_of
from dragoman.reading.words import Word, joined

# A name without what was joined to it has at least so many letters.
_SHORTEST = 3
# Letters that a word of a body's name keeps where a suffix is cut from it.
_STEM = 4
_EDGES = " \t\n\u00a0\u202f.,;:!?،؛؟\"'“”„«»()[]’‘-–—"
_FINITE = frozenset({"past", "present", "future"})


def key(scene: Scene, span: Span) -> str:
    """A name as names are compared: folded, without silent marks."""
    return plain(scene.language, fold(span.of(scene.text)))


def words_of(scene: Scene, span: Span) -> Sequence[Word]:
    """The words that a span touches; where letters joined to a name were cut, it begins inside its first word."""
    first = scene.word_at(span.start)
    if first and scene.words[first - 1].end > span.start:
        first -= 1
    return scene.words[first : scene.word_at(span.end)]


def bare(scene: Scene, word: Word) -> frozenset[str]:
    """The word, and what is left of it without letters joined to its start."""
    return frozenset((word.folded, *(form.text for form in word.forms if not form.right)))


def edged(scene: Scene, span: Span) -> Span | None:
    """The span without marks at its edges, None where nothing is left."""
    start, end = span
    while start < end and scene.text[start] in _EDGES:
        start += 1
    while end > start and scene.text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if start < end and scene.words_in(Span(start, end)) else None


def trimmed(scene: Scene, span: Span, names: Counter[str], label: str) -> Span | None:
    """The span without marks at its edges, without letters joined to its first word and without the suffix of its last."""
    inside = edged(scene, span)
    if inside is None:
        return None
    start, end = inside
    words = scene.words_in(inside)
    last = words[-1]
    if len(words) > 1 and scene.text[last.start - 1] in "'’" and scene.lexicon.has("endings", last.folded):
        end = last.start - 1
    elif label == "ORG" and len(words) > 1:
        end -= _suffix(scene, last)
    start += _joined(scene, words, Span(start, end), names, label)
    return Span(start, end)


def _suffix(scene: Scene, word: Word) -> int:
    """Letters of the case ending of a body's last word: 'Bakanlığından' without 'ndan', 'Hava Kuvvetlerine' without 'ne'."""
    if scene.lexicon.has("organisation_words", word.folded):
        return 0
    known = [form.right for form in word.forms if form.right and not form.left and scene.lexicon.has("organisation_words", form.text)]
    if known:
        return min(known)
    endings = scene.lexicon.lists.get("body_endings", frozenset())
    found = [len(ending) for ending in endings if word.folded.endswith(ending) and len(word.folded) - len(ending) >= _STEM]
    vowels = scene.lexicon.lists.get("body_vowels", frozenset())
    return max((cut for cut in found if word.folded[-cut - 1] in vowels), default=0)


def _joined(scene: Scene, words: Sequence[Word], span: Span, names: Counter[str], label: str) -> int:
    """How many letters at the start of a name are a conjunction or preposition that the script writes with it."""
    word = words[0]
    if span.start != word.start:
        return 0
    whole = key(scene, span)
    for clitic in sorted(scene.lexicon.lists.get("clitics", ()), key=lambda one: (-len(one), one)):
        rest = whole.removeprefix(clitic)
        if rest == whole or len(rest) < _SHORTEST:
            continue
        if names[rest] or (" " in rest and names[rest.split(" ")[-1]] and not names[whole]):
            return len(clitic)
        if label == "LOC" and scene.gazetteer.named(simple(rest)) and not scene.gazetteer.named(simple(whole)):
            return len(clitic)
        if label != "PER" and _heads(scene, rest.split(" ")[0]) and not _heads(scene, word.folded):
            return len(clitic)
        if scene.lexicon.has("joining_clitics", clitic) and len(rest.split(" ")[0]) >= _SHORTEST and _follows_a_name(scene, span.start):
            return len(clitic)
    return 0


def _heads(scene: Scene, word: str) -> bool:
    return scene.lexicon.has("organisation_words", word) or scene.lexicon.has("place_words", word)


def _follows_a_name(scene: Scene, offset: int) -> bool:
    """Whether a name or the state of a name ends right before: 'هاكان فيدان ويشار غولر'."""
    return any(named.end == offset - 1 and scene.text[offset - 1] in " ،" for named, _ in scene.labels_near(Span(max(offset - 2, 0), offset)))


def without_titles(scene: Scene, span: Span) -> tuple[Span | None, str | None]:
    """A person's name without honorifics and titles before it, and the gender that they show.

    A first name that is a title too ('أمين', 'سلطان') stays where a name of several words begins with it.
    """
    gender = None
    words = list(words_of(scene, span))
    while words:
        taken = _title(scene, words)
        if not taken:
            break
        for word in words[:taken]:
            gender = _gender(scene, word) or gender
        words = words[taken:]
    if not words:
        return None, None
    start = words[0].start if words[0].start > span.start else span.start
    return Span(start, span.end), gender or shown_before(scene, start)


def _title(scene: Scene, words: Sequence[Word]) -> int:
    """How many of the words are an honorific or a title before the rest."""
    first, lexicon = words[0], scene.lexicon
    if lexicon.has("honorifics", first.folded):
        return 0 if lexicon.has("first_names", first.folded) and len(words) > 1 else 1
    if len(words) < 2 or lexicon.has("particles", first.folded) or lexicon.has("first_names", first.folded):
        return 0
    table = offices_of(scene.language)
    if table is None or (table.article and not first.text.startswith(table.article)):
        return 0  # 'أمين' is a first name, 'الأمين' a title
    return next((found.length for found in table.titles.at(words, 0) if found.length < len(words) and not found.right), 0)


def _gender(scene: Scene, word: Word) -> str | None:
    """The gender that an honorific or title shows."""
    return next((gender for name, gender in (("feminine", "f"), ("masculine", "m")) if word.is_one_of(scene.lexicon.lists.get(name, frozenset()))), None)


def shown_before(scene: Scene, start: int) -> str | None:
    """The gender of the honorific or title right before a name."""
    index = scene.word_at(start) - 1
    return None if index < 0 or start - scene.words[index].end > 2 else _gender(scene, scene.words[index])


def parted(scene: Scene, persons: Sequence[Sighting], listed: Sequence[Sighting]) -> list[Sighting]:
    """Persons without what does not belong to their name: another state's adjective or a verb joined to them, the name of somebody else."""
    known = {tuple(key(scene, one.span).split(" ")) for one in persons}
    done: list[Sighting] = []
    for one in persons:
        span = _before_joined(scene, one.span, listed)
        span = _behind_verb(scene, span, known)
        span = _before_other(scene, _before_noun(scene, span), known)
        if done and done[-1].span.end == span.start - 1 and _is_particle(scene, span):
            done[-1] = replace(done[-1], span=done[-1].span.hull(span))
            continue
        done.extend(replace(one, span=part) for part in _two_surnames(scene, span, known))
    return done


def _is_particle(scene: Scene, span: Span) -> bool:
    """Whether a name goes on the one before it: 'Muhammed Şiya' and 'es-Sudani'."""
    words = words_of(scene, span)
    return len(words) == 2 and scene.text[words[0].end] in "-‑" and words[0].text.islower() and scene.lexicon.has("particles", words[0].folded)


def _two_surnames(scene: Scene, span: Span, known: set[tuple[str, ...]]) -> tuple[Span, ...]:
    """'شكر روتو السيسي': two words that are the surnames of two others are two persons."""
    words = words_of(scene, span)
    whole = tuple(key(scene, span).split(" "))
    if len(words) != 2 or len(whole) != 2:
        return (span,)
    surnames = {name[-1] for name in known if len(name) > 1 and name != whole}
    return (Span(span.start, words[0].end), Span(words[1].start, span.end)) if surnames.issuperset(whole) else (span,)


def _before_joined(scene: Scene, span: Span, listed: Sequence[Sighting]) -> Span:
    """'مازن الخطيب والتركي': a state joined by 'and' is no part of a name."""
    for one in listed:
        if span.start < one.span.start < span.end:
            word = words_of(scene, one.span)[0]
            if span.start < word.start < one.span.start:
                return edged(scene, Span(span.start, word.start)) or span
    return span


def _behind_verb(scene: Scene, span: Span, known: set[tuple[str, ...]]) -> Span:
    """'فرد لوبيز أوبرادور', 'وروى سليم قرداحي': a verb with a conjunction joined to it opens a clause."""
    words = words_of(scene, span)
    verbs = inflection(scene.language)
    if len(words) < 2 or verbs is None or not words[0].forms:
        return span
    whole = tuple(key(scene, span).split(" "))
    rest = whole[1:]
    told = any(other[-len(rest) :] == rest for other in known if other != whole)
    joins = scene.lexicon.lists.get("verb_clitics", frozenset())
    is_verb = any(verb.tells in _FINITE and verb.before in joins for verb in verbs.verbs(words[0].folded))
    opens = words[0] is scene.words[0] or not joined(scene.text, scene.words[scene.word_at(words[0].start) - 1], words[0])
    return Span(words[1].start, span.end) if is_verb and (told or (opens and len(rest) > 1)) else span


def _before_noun(scene: Scene, span: Span) -> Span:
    """'رفض عبد الفتاح البرهان إيفاد ممثلين': the noun of an act, which is the object of the verb before a name of two or more words."""
    words = words_of(scene, span)
    return Span(span.start, words[-2].end) if len(words) > 2 and scene.lexicon.has("acts", words[-1].folded) else span


def _before_other(scene: Scene, span: Span, known: set[tuple[str, ...]]) -> Span:
    """'شكر شهباز شريف ترامب': a third name that is the surname of somebody else; families that share one have it with the article or behind a particle."""
    words = words_of(scene, span)
    whole = tuple(key(scene, span).split(" "))
    if len(whole) < 3 or len(words) != len(whole) or words[0].text[:1].lower() != words[0].text[:1].upper():
        return span
    small = ("particles", "sure_particles")
    if any(scene.lexicon.has(name, word.folded) for word in words for name in small) or any(words[-1].text.startswith(piece) for piece in _articles(scene)):
        return span
    other = any(len(name) == 2 and name[1] == whole[-1] and not set(name[:1]) & set(whole) for name in known)
    return Span(span.start, words[-2].end) if other else span


def _articles(scene: Scene) -> tuple[str, ...]:
    table = offices_of(scene.language)
    return (table.article,) if table is not None and table.article else ()
