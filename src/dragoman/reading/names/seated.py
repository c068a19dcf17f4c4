"""Town or government, told by the words around a capital where no parser tells: Turkish suffixes, Arabic prepositions joined to the name, verbs."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.inflection import inflection
from dragoman.reading.names.decide import Scene
from dragoman.reading.words import Word, joined

# What decides stands at most so many words behind the name.
_BEHIND = 5
# Words of a list of capitals.
_LISTED = 12


def town_by_words(scene: Scene, index: int, last: int) -> bool | None:
    """True for the town, False for the government, None where the words say nothing; words[index:last] is the capital."""
    words, text = scene.words, scene.text
    if scene.in_dateline(words[index].span):
        return True
    found = _joined_before(scene, index)
    if found is None and index and text[words[index - 1].end : words[index].start].isspace():
        found = _by_word_before(scene, index)
    if found is None and text[words[last - 1].end : words[last - 1].end + 1] in ("'", "’") and last < len(words):
        found = _by_ending(scene, words[last].folded, _behind(scene, last + 1))
    if found is None:
        found = _by_words_behind(scene, index, last)
    return found


def _has(scene: Scene, name: str, word: Word) -> bool:
    return word.is_one_of(scene.lexicon.lists.get(name, frozenset()))


def _joined_before(scene: Scene, index: int) -> bool | None:
    """What a preposition that is written with the name says: 'بأنقرة' the town, 'لأنقرة' the government; 'وموسكو' is what the name before it is."""
    word = scene.words[index]
    phrase = next(iter(scene.lexicon.phrases.at(scene.words, index)), None)
    cut = plain(scene.language, fold(scene.text[word.start : word.start + phrase.left])) if phrase else ""
    if not cut:
        return None
    if scene.lexicon.has("place_clitics", cut):
        return True
    if scene.lexicon.has("government_clitics", cut):
        return any(_has(scene, "travel_words", other) for other in scene.words[max(0, index - 3) : index])
    if scene.lexicon.has("joining_clitics", cut):
        for first in range(index - 1, max(index - 4, -1), -1):
            earlier = next(iter(scene.lexicon.phrases.at(scene.words, first)), None)
            if earlier and first + earlier.length == index and any(entry.form == "capital" for entry in earlier.meanings):
                return town_by_words(scene, first, index)
            if earlier and first + earlier.length == index:
                return False
    return None


def _by_word_before(scene: Scene, index: int) -> bool | None:
    before = scene.words[index - 1]
    near = scene.words[max(0, index - 4) : index]
    if _has(scene, "government_prepositions", before):
        return any(_has(scene, "travel_words", word) for word in near)
    if _has(scene, "place_prepositions", before):
        return not any(_has(scene, "government_nouns", word) for word in near)
    if _has(scene, "travel_words", before) or _has(scene, "town_nouns", before):
        return True
    if _has(scene, "town_verbs", before):
        return True
    if _has(scene, "and_words", before) and scene.lexicon.lists.get("subject_before") and index > 1 and _capital_at(scene, index - 2) == 1:
        return town_by_words(scene, index - 2, index - 1)
    return False if _has(scene, "speech_verbs", before) or _is_its_verb(scene, before) else None


def _is_its_verb(scene: Scene, word: Word) -> bool:
    """Whether a word is a verb in the form that has a town, always feminine in Arabic, as its subject: 'قادتها واشنطن', 'تنتظر موسكو'."""
    verbs = inflection(scene.language)
    if verbs is None or verbs.before_verb:
        return False
    past, present = (tuple(scene.lexicon.lists.get(name, ())) for name in ("feminine_past", "feminine_present"))
    return any(
        (verb.tells == "past" and word.folded.endswith(past) and word.folded.removeprefix(verb.before) != verb.lemma)
        or (verb.tells in ("present", "future") and verb.before.endswith(present))
        for verb in verbs.verbs(word.folded)
        if not _has(scene, "taking_verbs", word) and not _has(scene, "town_verbs", word)
    )


def _by_ending(scene: Scene, ending: str, behind: Sequence[Word]) -> bool | None:
    """What a suffix behind an apostrophe says: '-da' the town, '-nın' the government, '-ya' and '-dan' either."""
    travels = any(_has(scene, "travel_words", word) for word in behind)
    if scene.lexicon.has("doubtful_endings", ending):
        return not any(_has(scene, "government_nouns", word) for word in behind)
    if scene.lexicon.has("place_endings", ending):
        return True
    if scene.lexicon.has("government_endings", ending):
        return travels or any(_has(scene, "town_nouns", word) or _has(scene, "place_words", word) for word in behind[:2])
    return None


def _by_words_behind(scene: Scene, index: int, last: int) -> bool | None:
    """A name without preposition or suffix is a government where a verb of speech follows, or where it is itself the subject of the sentence."""
    behind = _behind(scene, last)
    if _opens_clause(scene, index) and any(_is_its_verb(scene, word) for word in _verbs_of(scene, last)):
        return False
    if behind and joined(scene.text, scene.words[last - 1], behind[0]):
        if _has(scene, "town_nouns", behind[0]) or _has(scene, "town_words", behind[0]) or _has(scene, "place_words", behind[0]):
            return True
        if _has(scene, "government_postpositions", behind[0]) or _has(scene, "speech_verbs", behind[0]):
            return False
    if scene.lexicon.lists.get("government_postpositions"):
        comma = scene.text[scene.words[last - 1].end : scene.words[last - 1].end + 1] == ","
        if comma or (behind and _has(scene, "and_words", behind[0])):
            listed = _end_of_list(scene, last)
            return False if listed is None else listed
        if index > 1 and _has(scene, "and_words", scene.words[index - 1]) and _capital_at(scene, index - 2):
            return False
        if index == 0 or any(mark in scene.text[scene.words[index - 1].end : scene.words[index].start] for mark in '.,\n"“”:;!?'):
            return False
    return None


def _opens_clause(scene: Scene, index: int) -> bool:
    """Whether a name stands first in its sentence, or behind a word that opens a clause with its subject ('أن تكون الرباط')."""
    if index == 0:
        return True
    before = scene.words[index - 1]
    return any(mark in scene.text[before.end : scene.words[index].start] for mark in ".\n؟!؛") or _has(scene, "subject_before", before)


def _verbs_of(scene: Scene, last: int) -> Sequence[Word]:
    """The word where a verb of the name may stand: right behind it and the towns joined to it, or behind an aside between commas."""
    words, at = scene.words, last
    while at < len(words) and (_has(scene, "and_words", words[at]) or _has(scene, "perfects", words[at]) or _capital_at(scene, at)):
        at += 1
    if at >= len(words):
        return ()
    if scene.text[words[at - 1].end : words[at - 1].end + 1] not in (",", "،"):
        return words[at : at + 1]
    closing = next((place for place in range(at, min(at + _BEHIND, len(words))) if scene.text[words[place].end : words[place].end + 1] in (",", "،")), None)
    return () if closing is None else words[closing + 1 : closing + 2]


def _end_of_list(scene: Scene, last: int) -> bool | None:
    """What the suffix of the last of several capitals says of all: 'Londra, Paris ve Berlin'de'."""
    at = last
    while at < len(scene.words) and at - last < _LISTED:
        if _has(scene, "and_words", scene.words[at]):
            at += 1
            continue
        length = _capital_at(scene, at)
        if not length:
            return None
        at += length
        if scene.text[scene.words[at - 1].end : scene.words[at - 1].end + 1] in ("'", "’") and at < len(scene.words):
            return _by_ending(scene, scene.words[at].folded, _behind(scene, at + 1))
    return None


def _capital_at(scene: Scene, index: int) -> int:
    """Words of the capital that begins here, 0 for none."""
    return next((found.length for found in scene.lexicon.phrases.at(scene.words, index) if found.meanings[0].form == "capital"), 0)


def _behind(scene: Scene, last: int) -> Sequence[Word]:
    """The few words that follow, up to the end of the sentence."""
    found: list[Word] = []
    for word in scene.words[last : last + _BEHIND]:
        before = found[-1].end if found else scene.words[last - 1].end
        if any(mark in scene.text[before : word.start] for mark in ".\n!?؟;؛"):
            break
        found.append(word)
    return found
