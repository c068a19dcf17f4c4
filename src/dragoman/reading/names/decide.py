"""What each capitalised run is: what the encoder has no doubt of, then clear signs, then what it or the parser supposes, then the gazetteer."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.places import Gazetteer, Place, simple
from dragoman.model.reading import EntityKind
from dragoman.model.spans import Span
from dragoman.reading.names.lexicon import Lexicon
from dragoman.reading.names.sightings import Run
from dragoman.reading.words import Word, joined

KINDS: dict[str, EntityKind] = {"person": "person", "place": "place", "organization": "organization"}
# The reasons of a sighting that rests on what was seen alone.
WITNESSES = frozenset({"encoder", "parser", "encoder+parser"})
_BACK = 8
_PAIR = 2
# Letters of most acronyms; longer words in capitals are names shouted.
_ACRONYM = 5
_LONG_NAME = 4
# Inhabitants.
_LARGE = 50_000
_QUOTES = frozenset('"«“„‘')
_NUMERALS = frozenset("ivxlc")
# The title of a list of persons stands at most so many words before the last of them.
_LIST = 25
# A full stop after a word shorter than this ends an abbreviation, not a sentence: 'Gen.', 'Dr.'.
_ABBREVIATED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A name decided: `span` without titles, `key` for table names, `reason` why, `titled` where an office or honorific stands before.

    `form` is "adjective" for 'Syrian' and 'les Turcs', "name" for all else.
    """

    span: Span
    kind: EntityKind
    reason: str
    key: str = ""
    state: str | None = None
    titled: bool = False
    gender: str | None = None
    alias_of: Span | None = None
    form: str = "name"


@dataclass(frozen=True)
class Scene:
    """All that a decision looks at."""

    text: str
    language: str
    words: Sequence[Word]
    claimed: Sequence[bool]
    lexicon: Lexicon
    labels: Sequence[tuple[Span, str]]
    gazetteer: Gazetteer
    starts: frozenset[int]
    proper: frozenset[int]
    dateline: int = 0
    verbs: tuple[int, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    who: Mapping[Span, str] = field(default_factory=dict)
    sure: frozenset[Span] = frozenset()
    encoded: bool = False

    def in_dateline(self, span: Span) -> bool:
        """Whether the name opens the report before a dash, outside the brackets with the agency's."""
        return span.end <= self.dateline and self.text[span.start - 1 : span.start] != "("

    def labels_near(self, span: Span) -> Sequence[tuple[Span, str]]:
        """The names that encoder and parser see and that may overlap the span; they are in text order and do not overlap each other."""
        last = bisect_left(self.labels, span.end, key=lambda row: row[0].start)
        first = last
        while first and self.labels[first - 1][0].end > span.start:
            first -= 1
        return self.labels[first:last]

    def said_again(self, word: Word) -> bool:
        """Whether the word stands elsewhere in the article too, as a surname would."""
        return self.counts[word.folded] > 1

    def has_verb(self, span: Span) -> bool:
        """Whether the parser sees a verb inside the span."""
        place = bisect_left(self.verbs, span.start)
        return place < len(self.verbs) and self.verbs[place] < span.end

    def words_in(self, span: Span) -> Sequence[Word]:
        """The words that begin inside the span."""
        return self.words[self.word_at(span.start) : self.word_at(span.end)]

    def word_at(self, offset: int) -> int:
        """The index of the first word that begins at or after the offset."""
        return bisect_left(self.words, offset, key=lambda word: word.start)

    def label(self, span: Span) -> str | None:
        """The kind that parser and encoder give the span: that of the name that covers most of it."""
        found = self._witness(span)
        return found[1] if found else None

    def seen_by(self, span: Span) -> str:
        """Who gave the span that kind: "encoder", "parser", "encoder+parser"."""
        found = self._witness(span)
        return self.who.get(found[0], "parser") if found else ""

    def is_sure(self, span: Span) -> bool:
        """Whether the encoder has no doubt what the span is."""
        found = self._witness(span)
        return found is not None and found[0] in self.sure

    def _witness(self, span: Span) -> tuple[Span, str] | None:
        best, chosen = 0, None
        for row in self.labels_near(span):
            shared = min(row[0].end, span.end) - max(row[0].start, span.start)
            if shared > best:
                best, chosen = shared, row
        return chosen if best * 2 > span.end - span.start else None

    def places(self, span: Span) -> tuple[Place, ...]:
        """Towns of that name, most populous first."""
        return self.gazetteer.named(simple(" ".join(word.folded for word in self.words_in(span))))


def decide(scene: Scene, run: Run) -> Sighting | None:
    """The sighting a run gives, or None where it is no name."""
    first, last, gender, honoured = _strip(scene, run)
    if first >= last:
        return None
    words, lexicon = scene.words[first:last], scene.lexicon
    span = Span(words[0].start, words[-1].end)
    titled = honoured or first > run.first or _titled_before(scene, first)
    if gender is None:
        gender = _gender_before(scene, first)
    kind, reason = _kind(scene, first, last, span, titled=titled, honoured=honoured)
    if kind is None:
        return None
    if kind == "place" and len(words) > 1 and not reason.startswith("encoder") and lexicon.has("title_words", words[0].folded):
        return None
    state = None
    if kind == "place":
        places = scene.places(span)
        state = places[0].country if places else None
    return Sighting(span=span, kind=kind, reason=reason, titled=titled and kind == "person", gender=gender if kind == "person" else None, state=state)


def _strip(scene: Scene, run: Run) -> tuple[int, int, str | None, bool]:
    """The run without titles and honorifics at its start; the gender they show; whether an honorific stood there."""
    lexicon = scene.lexicon
    words = scene.words[run.first : run.last]
    span = words[0].span.hull(words[-1].span)
    encoded = scene.seen_by(span).startswith("encoder")
    if (scene.label(span) != "person") if encoded else _organisation(scene, run.first, run.last):
        return run.first, run.last, None, False
    first, gender, honoured = run.first, None, False
    while encoded and first < run.last and not scene.words[first].capital and not lexicon.has("particles", scene.words[first].folded):
        first += 1  # 'attachés Marvin Téllez'
    while first < run.last:
        folded = scene.words[first].folded
        # 'Saint-Agnant' is no saint.
        honorific = lexicon.has("honorifics", folded) and scene.text[scene.words[first].end : scene.words[first].end + 1] not in ("-", "‑")
        if lexicon.has("new_words", folded) and first + 1 < run.last:
            break  # 'New York'
        if encoded and len(folded) == 1 and scene.text[scene.words[first].end : scene.words[first].end + 1] == "." and scene.words[first].capital:
            break  # 'D. Bicknell'
        if not (honorific or (lexicon.has("title_words", folded) and not lexicon.has("particles", folded)) or lexicon.has("stop", folded)):
            break
        if lexicon.has("feminine", folded):
            gender = "f"
        elif lexicon.has("masculine", folded):
            gender = "m"
        honoured = honoured or honorific
        first += 1
    return first, run.last, gender, honoured


def _titled_before(scene: Scene, first: int) -> bool:
    """Whether an office title or an honorific leads up to the name: 'le ministre syrien des Affaires étrangères, …'."""
    index = first - 1
    if first and scene.text[scene.words[first].start - 1] in "-‐‑":
        return False
    # 'the governor of Al-Mahrah', 'la présidence de la Société': no name of an official follows a preposition or an article.
    if first and scene.lexicon.has("connectors", scene.words[index].folded) and not scene.lexicon.has("honorifics", scene.words[index].folded):
        return False
    while index >= 0 and first - index <= _BACK:
        word, following = scene.words[index], scene.words[index + 1]
        gap = scene.text[word.end : following.start]
        if len(gap) > 2 or "\n" in gap or (any(mark in gap for mark in '.;:!?()"«»“”') and not (gap.strip() == "." and len(word.text) < _ABBREVIATED)):
            return False
        if scene.lexicon.has("honorifics", word.folded):
            return True
        if scene.lexicon.has("title_words", word.folded) and len(word.folded) > 3 and not scene.lexicon.has("weak_titles", word.folded):
            return True
        if not (scene.claimed[index] or scene.lexicon.has("connectors", word.folded) or scene.lexicon.has("title_words", word.folded)):
            return False
        index -= 1
    return False


def _gender_before(scene: Scene, first: int) -> str | None:
    for index in range(first - 1, max(first - 6, -1), -1):
        word = scene.words[index]
        if any(mark in scene.text[word.end : scene.words[index + 1].start] for mark in '.;:!?\n"«»“”'):
            break
        if scene.lexicon.has("feminine", word.folded):
            return "f"
    if first and scene.lexicon.has("masculine", scene.words[first - 1].folded):
        return "m"
    return None


def _organisation(scene: Scene, first: int, last: int) -> bool:
    """Whether the run has the head word of an organisation at its end (English) or its start (French)."""
    if last - first < 2:
        return False
    if scene.lexicon.has("honorifics", scene.words[first].folded):
        return False
    # 'Centre-Val de Loire' is no centre.
    opens = scene.lexicon.has("organisation_words", scene.words[first].folded) and scene.text[scene.words[first].end] not in "-‑"
    return opens or scene.lexicon.has("organisation_words", scene.words[last - 1].folded)


def _kind(scene: Scene, first: int, last: int, span: Span, *, titled: bool, honoured: bool) -> tuple[EntityKind | None, str]:
    words, lexicon = scene.words[first:last], scene.lexicon
    label, by, surface = scene.label(span), scene.seen_by(span), span.of(scene.text)
    if by == "encoder" and len(words) == 1 and span.start in scene.starts and span.start not in scene.proper and not scene.said_again(words[0]):
        return None, ""  # 'Dockers began …' has its capital from the sentence
    if not titled and not honoured and _won_or_lost(scene, first):
        return "place", "place verb or direction"
    if scene.is_sure(span) and label in KINDS:
        return KINDS[label], "honorific" if honoured and label == "person" else "title" if titled and label == "person" else by
    if honoured:
        return "person", "honorific"
    if _organisation(scene, first, last) and label != "person":
        return "organization", "head word"
    if len(words) > 1 and lexicon.has("place_words", words[-1].folded) and label != "person":
        return "place", "place word"
    before = scene.words[first - 1] if first else None
    near = before is not None and scene.words[first].start - before.end <= 2 and "\n" not in scene.text[before.end : span.start]
    if near and before is not None and not before.capital and lexicon.has("place_words", before.folded) and not titled and label != "person":
        return "place", "place word"
    after = scene.words[last] if last < len(scene.words) and joined(scene.text, words[-1], scene.words[last]) else None
    if after is not None and not after.capital and lexicon.has("place_words_after", after.folded) and not titled and scene.text[words[-1].end] == " ":
        return "place", "place word"
    if of_place(scene, first) and not titled:
        return "place", "place word"
    if scene.in_dateline(span) and not titled and (not scene.encoded or label or scene.places(span)):
        return "place", "dateline"
    if not titled and _among_places(scene, first, label, len(words)):
        return "place", "place verb or direction"
    initials = len(words) == 1 and surface.isupper() and len(surface) > 1
    if len(words) > 1 and label != "person" and _of_listed_state(scene, first):
        return "person", "state and comma"
    elsewise = label in ("place", "organization") if by == "encoder" else label == "place" and _after_place_preposition(scene, first)
    if titled and not initials and not elsewise:
        return "person", "title"
    if label == "person" and not initials and not (len(words) == 1 and _after_place_preposition(scene, first) and _well_known(scene, span)):
        return "person", by
    if initials:
        if set(words[0].folded) <= _NUMERALS:
            return None, ""
        if label == "other":
            return None, ""
        if label == "place" and len(surface) > _ACRONYM:
            return "place", by  # a town in capitals
        alone = not scene.encoded and len(surface) <= 6 and words[0].folded.isalpha() and span.start in scene.proper
        return ("organization", "acronym") if label or alone else (None, "")
    if _after_place_preposition(scene, first) and (label == "place" or scene.places(span)):
        return "place", "preposition+gazetteer" if scene.places(span) else f"preposition+{by}"
    if label == "place" and len(words) > _PAIR and not scene.places(span) and any(lexicon.has("sure_particles", word.folded) for word in words[1:-1]):
        return "person", "particle"
    if label == "place" and (scene.places(span) or len(words) > 1 or span.start not in scene.starts):
        return "place", by
    if label == "organization" and by == "parser" and 1 < len(words) <= 3 and _like_a_person(scene, words, last):
        return "person", "comma or verb"
    if label == "organization" and (len(words) > 1 or span.start not in scene.starts or span.start in scene.proper):
        return "organization", by
    several = not scene.encoded and len(words) >= _PAIR and not any(lexicon.has("stop", word.folded) for word in words)
    if several and (label != "other" or scene.said_again(words[-1])) and span.start not in scene.starts and span.start in scene.proper:
        return ("person", "capitals") if len(words) <= _LONG_NAME and _free_standing(scene, first, last) else (None, "")
    if not scene.encoded and _followed_by_speech(scene, last) and span.start in scene.proper and not lexicon.has("stop", words[0].folded):
        return "person", "speech verb"
    return None, ""


def _of_listed_state(scene: Scene, first: int) -> bool:
    """'his counterparts from Brazil, A, and Paraguay, B': a name after a state and a comma, with a title not far before."""
    if first == 0 or not scene.claimed[first - 1] or scene.text[scene.words[first - 1].end : scene.words[first].start] != ", ":
        return False
    earlier = [word for word in scene.words[max(0, first - _LIST) : first] if "\n" not in scene.text[word.end : scene.words[first].start]]
    return any(scene.lexicon.has("title_words", word.folded) for word in earlier)


def _among_places(scene: Scene, first: int, label: str | None, length: int) -> bool:
    """'recaptured Manbij', 'in southeastern Manbij', 'in Al-Ghaydah': what only a place can stand after."""
    if first == 0 or scene.words[first].start - scene.words[first - 1].end > 2 or "," in scene.text[scene.words[first - 1].end : scene.words[first].start]:
        return False
    before = scene.words[first - 1].folded
    if scene.lexicon.has("taking_verbs", before) or scene.lexicon.has("directions", before):
        return True
    arabic = scene.text[scene.words[first].end : scene.words[first].end + 1] == "-" and scene.lexicon.has("sure_particles", scene.words[first].folded)
    return (label == "person" or (label is None and arabic)) and length <= 2 and scene.lexicon.has("sure_place_prepositions", before)


def _won_or_lost(scene: Scene, first: int) -> bool:
    """'recaptured Tal Rifaat': what is done to ground alone, whatever its name looks like."""
    return first > 0 and scene.lexicon.has("ground_verbs", scene.words[first - 1].folded) and joined(scene.text, scene.words[first - 1], scene.words[first])


def _free_standing(scene: Scene, first: int, last: int) -> bool:
    """Whether capitalised words stand as persons' names do: after no article and no preposition of place, not as a title in quotation marks."""
    start, end = scene.words[first].start, scene.words[last - 1].end
    if scene.text[start - 1 : start] in _QUOTES or scene.text[end : end + 1] in ("-", "‑"):
        return False
    if any(len(word.text) == 1 or word.text.isupper() for word in scene.words[first:last]):
        return False
    hyphened = [index for index in range(first + 1, last) if scene.text[scene.words[index].start - 1] == "-"]
    if any(not scene.lexicon.has("particles", scene.words[index - 1].folded) for index in hyphened):
        return False
    if first == 0 or start - scene.words[first - 1].end > 2:
        return True
    before = scene.words[first - 1].folded
    return not any(scene.lexicon.has(name, before) for name in ("articles", "place_prepositions", "genitive_prepositions", "surfaces"))


def _well_known(scene: Scene, span: Span) -> bool:
    """Whether a town of that name is large enough to be meant where the parser sees a person."""
    return any(place.population >= _LARGE for place in scene.places(span)[:1])


def of_place(scene: Scene, first: int) -> bool:
    """'the town of Ijevan', 'la ville de Goma', 'la préfecture de Rodez'."""
    if first < 2:
        return False
    of, noun = scene.words[first - 1], scene.words[first - 2]
    return scene.lexicon.has("genitive_prepositions", of.folded) and scene.lexicon.has("town_words", noun.folded) and joined(scene.text, of, scene.words[first])


def _like_a_person(scene: Scene, words: Sequence[Word], last: int) -> bool:
    """Two or three names with no word of an organisation, followed by a comma or a verb of speech."""
    if any(scene.lexicon.has("organisation_words", word.folded) or word.text.isupper() for word in words):
        return False
    return scene.text[words[-1].end : words[-1].end + 1] == "," or _followed_by_speech(scene, last)


def _after_place_preposition(scene: Scene, first: int) -> bool:
    if first == 0:
        return False
    before = scene.words[first - 1]
    if scene.words[first].start - before.end > 2:
        return False
    pair = f"{scene.words[first - 2].folded} {before.folded}" if first > 1 else ""
    return scene.lexicon.has("place_prepositions", before.folded) or scene.lexicon.has("place_prepositions", pair)


def _followed_by_speech(scene: Scene, last: int) -> bool:
    return (
        last < len(scene.words) and joined(scene.text, scene.words[last - 1], scene.words[last]) and scene.lexicon.has("speech_verbs", scene.words[last].folded)
    )
