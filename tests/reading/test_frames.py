"""The frame table of every language: each row can be read, and means something."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from dragoman.knowledge.plover import TYPES
from dragoman.languages.fold import fold
from dragoman.languages.pack import language, supported
from dragoman.reading.events.frames import Frame, Frames, frames

NEEDS = ("actor", "both", "any", "none")
ACTORS = ("", "person", "crowd")
MODALS = ("", "refusal", "demand")
ACTS = ("", "pledge", "agreement", "plan", "request", "refusal")
KINDS = ("person", "party", "place", "site")
GOVERNORS = {
    "inviting", "belying", "conditional_endings", "pioneers", "future_past", "definite", "planned", "possible", "actual", "denied", "future", "conditional",
    "negations", "denying_nouns", "conditions", "generic",
}  # fmt: skip

# Lists that only a language with a parser has.
_OF_PARSED = {"since", "origins", "lag_after", "lag_before", "stative", "demanding", "against"}


@pytest.fixture(params=supported())
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def table(code: str) -> dict[str, Any]:
    pack = language(code)
    assert pack is not None
    found: dict[str, Any] = pack.table("frames")
    return found


@pytest.fixture
def known(code: str) -> Frames:
    found = frames(code)
    assert found is not None
    return found


def rows(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(frame, pattern) of every row of the table."""
    for frame in table["frame"]:
        yield from ((frame["name"], text) for kind in ("verbs", "nouns") for text in frame.get(kind, ()))


def test_frames_have_a_type_of_the_manual_and_a_mode_of_it(table: dict[str, Any]) -> None:
    for row in table["frame"]:
        frame = Frame(**{key: value for key, value in row.items() if key not in ("verbs", "nouns")})
        assert frame.name
        assert frame.type == "" or frame.type in TYPES, frame
        assert frame.mode is None or frame.mode in TYPES[frame.type].modes, frame
        assert (frame.needs in NEEDS, frame.actor in ACTORS, frame.act in ACTS, frame.real in ("", "planned")) == (True,) * 4, frame
        assert frame.modal in MODALS
        assert bool(row.get("verbs") or row.get("nouns")) != bool(frame.modal), frame


def test_names_of_frames_are_unique(table: dict[str, Any]) -> None:
    assert not [name for name, count in Counter(row["name"] for row in table["frame"]).items() if count > 1]


def test_every_type_has_a_frame(table: dict[str, Any]) -> None:
    assert {row["type"] for row in table["frame"]} - {""} == set(TYPES)


def test_languages_have_the_same_frames() -> None:
    coded = {
        # What a modal verb tells is read from the parser's grammar, or from the forms of verbs.
        code: [{key: value for key, value in row.items() if key not in ("verbs", "nouns")} for row in pack.table("frames")["frame"] if "modal" not in row]
        for code in supported()
        if (pack := language(code))
    }
    missing = {code: [row["name"] for other in coded.values() for row in other if row not in own] for code, own in coded.items()}
    # French has no verb of its own for letting in: 'accorder un accès' is told otherwise.
    assert {code: set(names) - {"access"} for code, names in missing.items()} == {code: set() for code in coded}


def test_patterns_are_words_then_at_most_one_class_and_one_kind(table: dict[str, Any]) -> None:
    for name, text in rows(table):
        words = text.split()
        marked = [word for word in words if word[0] in "@#<"]
        assert words[0] not in marked, (name, text)
        assert len({word[0] for word in marked}) == len(marked), (name, text)
        assert text == " ".join(words), (name, text)


def test_classes_and_kinds_of_patterns_exist(table: dict[str, Any]) -> None:
    marked = {word for _, text in rows(table) for word in text.split() if word[0] in "@#<"}
    assert {word[1:] for word in marked if word[0] in "@<"} <= set(table["classes"])
    assert {word[1:] for word in marked if word[0] == "#"} <= set(KINDS)


def test_every_class_is_asked_for(table: dict[str, Any]) -> None:
    asked = {word[1:] for _, text in rows(table) for word in text.split() if word[0] in "@<"}
    assert set(table["classes"]) - asked - {"crowd"} == set()  # of which `actor = "crowd"` speaks


def test_no_pattern_stands_twice_in_a_frame(table: dict[str, Any]) -> None:
    doubled = []
    for frame in table["frame"]:
        for kind in ("verbs", "nouns"):
            counts = Counter(tuple(fold(text).split()) for text in frame.get(kind, ()))
            doubled += [(frame["name"], " ".join(words)) for words, count in counts.items() if count > 1]
    assert not doubled


def test_no_pattern_belongs_to_two_frames(table: dict[str, Any]) -> None:
    """Of two the second could never be meant."""
    for kind in ("verbs", "nouns"):
        owners: dict[str, set[str]] = {}
        for frame in table["frame"]:
            for text in frame.get(kind, ()):
                owners.setdefault(fold(text), set()).add(frame["name"])
        assert not {text: names for text, names in owners.items() if len(names) > 1}


def test_word_lists_are_there(table: dict[str, Any]) -> None:
    needed = {"agents", "company", "occasions", "parties", "between", "verbs", "happening", "places"}
    # Of the ones a language with a parser needs no word, of the others one without.
    assert set(table["light"]) - needed in (_OF_PARSED, {"objects", "owners", "towards"})
    assert needed <= set(table["light"])
    assert set(table["commitments"]) - {"own"} == {"conditions", "first_persons"}
    assert set(table["governors"]) >= GOVERNORS
    for section in ("classes", "light", "commitments"):
        assert all(table[section].values())


def test_every_row_is_found_again(table: dict[str, Any], known: Frames) -> None:
    kept = {pattern.text for patterns in (*known.verbs.values(), *known.nouns.values()) for pattern in patterns}
    assert {text for _, text in rows(table)} == kept


def test_the_most_demanding_pattern_comes_first(known: Frames) -> None:
    for patterns in (*known.verbs.values(), *known.nouns.values()):
        demands = [pattern.demands for pattern in patterns]
        assert demands == sorted(demands, reverse=True)


def test_parts_of_a_pattern() -> None:
    known = frames("en")
    assert known is not None
    pattern = next(one for one in known.verbs["gather"] if one.text == "gather for @talks")
    assert (pattern.lemma, pattern.words, pattern.noun, pattern.kind, pattern.demands) == ("gather", ("for",), "talks", "", 4)
    pattern = next(one for one in known.verbs["receive"] if one.kind == "person")
    assert (pattern.words, pattern.noun, pattern.demands, pattern.frame.name) == ((), "", 1, "meet")


def test_a_noun_of_two_words_is_known_by_either() -> None:
    known = frames("fr")
    assert known is not None
    assert any(one.words == ("telephonique",) for one in known.nouns["appel"])
    assert any(one.words == ("appel",) for one in known.nouns["telephonique"])


def test_lists_are_asked_without_case_and_accents() -> None:
    known = frames("fr")
    assert known is not None
    assert known.governs("planned", "Prévoir")
    assert known.carries("happening", "DÉBUTER")
    assert not known.governs("no such list", "prévoir")


@pytest.mark.parametrize("code", ["de", "und", ""])
def test_a_language_without_table_has_no_frames(code: str) -> None:
    assert frames(code) is None
