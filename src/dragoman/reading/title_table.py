"""The office table of a language, compiled: its titles with their plurals, the small words around them, and how it puts a title together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.pack import tables
from dragoman.reading.words import Phrases, key_of


@dataclass(frozen=True, slots=True)
class Title:
    """What a phrase of the table means; `office` is None for a bare counterpart and '' for a phrase that is no office by itself.

    `of_state` is the office that it is where a state stands with it ('ABD Başkanı'), `definite` where it has the article and nothing else.
    """

    office: str | None
    plural: bool = False
    of_state: str | None = None
    definite: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a language puts a title together, by its table `small_words`.

    `construct`: a title without the article takes what it is of with no word between ('وزير خارجية تركيا'), one with it only an adjective.
    `modifiers_follow`: 'former' and 'acting' may stand behind, of its lists `behind` and `ahead` only on that side.
    `body_inside`: a body named inside a title is what it is of ('MİT Başkanı'). `several_open`: a plural title without a state is of no
    one state. `number_makes_plural`: 'iki bakan'. `verb_last`: what is told of somebody stands before his name, and who comes to an office
    before the office and the verb. `endings_close`: no name follows a title with a case ending. `acronyms_inside`: a body's acronym may
    stand in brackets inside a title. `titles_stack`: two titles in a row are one person's ('رئيس الوزراء وزير الخارجية فلان').
    `joined_alike`: a title without a state joined to one with it is of that state. `counterparts_near`: a counterpart is that of somebody
    whose title stands in the same paragraph.
    """

    adjectives_follow: bool = False
    states_precede: bool = True
    of_follows: bool = True
    construct: bool = False
    modifiers_follow: bool = False
    body_inside: bool = False
    several_open: bool = False
    number_makes_plural: bool = False
    verb_last: bool = False
    endings_close: bool = False
    acronyms_inside: bool = False
    titles_stack: bool = False
    joined_alike: bool = False
    counterparts_near: bool = False


@dataclass(frozen=True)
class Offices:
    """The office table of a language, compiled.

    `article` is the article that is part of its word, `definite` the beginnings of a word that has it, with what may be joined before.
    `possessive_endings` stand between a state and the title behind it: "Suriye'nin", "Japan's". `accusatives` are duals that are singular
    where nothing is joined behind them ('رئيسا'); `ranks` may stand between a title and a name, `posting` before the place of a post;
    what begins with one of `rarely_verbs` and looks like a verb is none in a report. Where states stand in the genitive ('Österreichs', 'Syriens'), a
    state's name beside a title ends so (`genitive_endings`); `plural_articles` make a plural of a title whose words do not end with one of
    `singular_endings` ('die Außenminister', 'die Ministerin').
    `shared` are words for states told of before, between a plural title and names ('of the two countries').
    `home` is the state whose offices this language's press names without it ('Dışişleri Bakanı' alone).
    """

    titles: Phrases[Title]
    order: Order
    modifiers: dict[str, frozenset[str]]
    possessives: frozenset[str]
    relative_possessives: frozenset[str]
    feminine_possessives: frozenset[str]
    run_verbs: frozenset[str]
    run_objects: Phrases[str]
    head_words: frozenset[str]
    head_objects: Phrases[str]
    becoming: frozenset[str]
    same_post: tuple[str, ...]
    subject_pronouns: frozenset[str]
    conjunctions: frozenset[str]
    sides: frozenset[str]
    genitives: frozenset[str]
    articles: frozenset[str]
    appositive: frozenset[str]
    relatives: frozenset[str]
    possessive_endings: frozenset[str]
    article: str
    definite: tuple[str, ...]
    numbers: dict[str, int]
    duals: frozenset[str]
    accusatives: frozenset[str]
    ranks: frozenset[str]
    posting: frozenset[str]
    rarely_verbs: frozenset[str]
    genitive_endings: tuple[str, ...]
    plural_articles: frozenset[str]
    singular_endings: tuple[str, ...]
    shared: frozenset[str]
    home: str | None
    only_of: dict[str, frozenset[str]] = field(default_factory=dict)


@cache
def offices_of(code: str) -> Offices | None:
    """The compiled table, or None where the language has none."""
    pack = tables(code)
    table: dict[str, Any] = pack.table("offices") if pack else {}
    if not table:
        return None

    def listed(words: Iterable[str]) -> frozenset[str]:
        return frozenset(plain(code, fold(word)) for word in words)

    counterpart, becoming, small = (table.get(name, {}) for name in ("counterpart", "becoming", "small_words"))
    return Offices(
        titles=_titles(code, table),
        order=Order(**{one.name: small[one.name] for one in fields(Order) if one.name in small}),
        modifiers={name: listed(words) for name, words in table.get("modifiers", {}).items()},
        possessives=listed(counterpart.get("possessives", ())),
        relative_possessives=listed(counterpart.get("relatives", ())),
        feminine_possessives=listed(counterpart.get("feminine", ())),
        run_verbs=listed(table.get("runs", {}).get("verbs", ())),
        run_objects=_by_phrase(code, table.get("runs", {}).get("objects", {})),
        head_words=listed(table.get("heads", {}).get("words", ())),
        head_objects=_by_phrase(code, table.get("heads", {}).get("of", {})),
        becoming=listed(becoming.get("words", ())),
        same_post=tuple(fold(phrase) for phrase in becoming.get("same_post", ())),
        subject_pronouns=listed(becoming.get("pronouns", ())),
        conjunctions=listed(small.get("conjunctions", ())),
        sides=listed(table.get("side", {}).get("words", ())),
        genitives=listed(small.get("genitives", ())),
        articles=listed(small.get("articles", ())),
        appositive=listed(small.get("appositive", ())),
        relatives=listed(small.get("relatives", ())),
        possessive_endings=listed(small.get("possessive_endings", ())),
        article=plain(code, fold(small.get("article", ""))),
        definite=tuple(sorted(listed(small.get("definite", ())))),
        numbers={plain(code, fold(word)): number for word, number in small.get("numbers", {}).items()},
        duals=listed(table.get("plural", {}).get("dual", ())),
        accusatives=listed(table.get("plural", {}).get("accusative", ())),
        ranks=listed(small.get("ranks", ())),
        posting=listed(small.get("posting", ())),
        rarely_verbs=listed(small.get("rarely_verbs", ())),
        genitive_endings=tuple(small.get("genitive_endings", ())),
        plural_articles=listed(table.get("plural", {}).get("articles", ())),
        singular_endings=tuple(table.get("plural", {}).get("singular", ())),
        shared=listed(table.get("plural", {}).get("shared", ())),
        home=small.get("home"),
        only_of={office: frozenset(states) for office, states in table.get("of_a_state", {}).get("only", {}).items()},
    )


def _titles(code: str, table: dict[str, Any]) -> Phrases[Title]:
    office_of: dict[tuple[str, ...], str | None] = {key_of(phrase, code): office for office, phrases in table["titles"].items() for phrase in phrases}
    for phrase in table.get("not_titles", {}).get("phrases", ()):
        office_of[key_of(phrase, code)] = ""
    of_state, definite = (
        {key_of(phrase, code): office for office, phrases in table.get(name, {}).items() if office != "only" for phrase in phrases}
        for name in ("of_a_state", "definite")
    )
    titles: Phrases[Title] = Phrases()
    plural = _Plurals(code, table.get("plural", {}))
    forms = _Forms(code, table)
    for key in [*office_of]:
        for form in forms.of(key):
            office_of.setdefault(form, office_of[key])
    for key in dict.fromkeys((*office_of, *of_state)):
        office = office_of.get(key, "")
        titles.add(key, Title(office, of_state=of_state.get(key), definite=definite.get(key)))
        for form in plural.of(key) if office or key in of_state else ():
            if form not in office_of:
                titles.add(form, Title(office, plural=True, of_state=of_state.get(key), definite=definite.get(key)))
    for phrase, singular in table.get("plurals", {}).items():
        titles.add(key_of(phrase, code), Title(office_of[key_of(singular, code)], plural=True))
    for number in ("singular", "plural"):
        for phrase in table.get("counterpart", {}).get(number, ()):
            titles.add(key_of(phrase, code), Title(None, plural=number == "plural"))
    return titles


class _Forms:
    """The cases and feminine forms of titles where a language has many of each: 'Präsident', 'Präsidenten', 'Präsidentin', 'stellvertretenden Ministers'."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        rows, small = table.get("forms", {}), table.get("small_words", {})
        self._cases, self._feminine = ([(fold(one), fold(other)) for one, other in rows.get(name, ())] for name in ("cases", "feminine"))
        self._inner = tuple(map(fold, rows.get("inner", ())))
        self._endings = tuple(map(fold, rows.get("inner_endings", ())))
        self._prefixes = tuple(map(fold, rows.get("prefixes", ())))
        self._links = {fold(word) for name in ("genitives", "articles") for word in small.get(name, ())}

    def of(self, key: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """All other forms of a title; of several words the head is the first where an article or preposition is the second, else the last."""
        if not self._cases:
            return
        head = 0 if len(key) > 1 and key[1] in self._links else len(key) - 1
        for noun in self._nouns(key[head], alone=len(key) == 1):
            for before in self._adjectives(key[:head]):
                yield (*before, noun, *key[head + 1 :])

    def _nouns(self, noun: str, *, alone: bool) -> Iterable[str]:
        for word in (noun, *(prefix + noun for prefix in self._prefixes if alone)):
            yield word
            for one, other in (*self._cases, *self._feminine):
                if word.endswith(one):
                    yield word[: len(word) - len(one)] + other

    def _adjectives(self, words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        yield words
        stem = next((one for one in self._inner if words and words[0] in {one + ending for ending in self._endings}), None)
        for ending in self._endings if stem is not None else ():
            yield (f"{stem}{ending}", *words[1:])


class _Plurals:
    """The plurals of titles: by the endings of their last or first word ('foreign ministers', 'ministres de la Défense'), or by a list of first words."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self._endings = [(plain(code, fold(one)), plain(code, fold(many))) for one, many in table.get("endings", ())]
        self._words = {plain(code, fold(word)): [plain(code, fold(form)) for form in many] for word, many in table.get("words", {}).items()}

    def of(self, key: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        for one, many in self._endings:
            first, last = (word[: len(word) - len(one)] + many if word.endswith(one) else None for word in (key[0], key[-1]))
            if last is not None:
                yield (*key[:-1], last)
            if first is not None and len(key) > 1 and key[-1] != first:
                yield (first, *key[1:])
        for first in self._words.get(key[0], ()):
            yield (first, *key[1:])


def _by_phrase(code: str, rows: dict[str, list[str]]) -> Phrases[str]:
    """Offices by the words of what is headed or run."""
    found: Phrases[str] = Phrases()
    for office, phrases in rows.items():
        for phrase in dict.fromkeys(phrases):
            found.add(key_of(phrase, code), office)
    return found
