"""Which reports of a saying are one statement, or one commitment, across articles, copies and languages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking.items import Item, Link, Signature
from dragoman.linking.sayings import COMMITMENT, STATEMENT
from dragoman.model.reading import Act, Article, Commitment, Entity, Mention, OfficeHolding, Reading, Statement
from dragoman.model.spans import Span

FIDAN = ("Hakan Fidan", "TUR", "foreign-minister")
FIDAN_AR = ("هاكان فيدان", "TUR", "foreign-minister")
LAVROV = ("Sergey Lavrov", "RUS", "foreign-minister")
Speaker = tuple[str, str, str]

# Four sayings, and the same translated; in each the figures and names of its own.
ENGLISH = (
    "Turkey will open 3 crossings with Syria before winter comes",
    "the work on the line would take 18 months and cost 120 million dollars",
    "nobody in the region had anything to gain from another war",
    "the next round would be held in Damascus",
)
FRENCH = (
    "la Turquie ouvrira 3 points de passage avec la Syrie avant l'hiver",
    "les travaux sur la ligne dureraient 18 mois et coûteraient 120 millions de dollars",
    "personne dans la région n'avait rien à gagner d'une autre guerre",
    "la prochaine session se tiendrait à Damas",
)


def reading(name: str, sayings: Sequence[tuple[Speaker, str]], *, language: str = "en", published: str = "2025-10-13", act: Act = "pledge") -> Reading:
    """An article of these sayings, each a statement and a commitment, with something before each."""
    text, statements, commitments, entities = "", [], [], {}
    for number, (speaker, words) in enumerate(sayings, 1):
        text += f"{speaker[0]} : "
        who, state, _ = speaker
        entities[who] = Entity(id=who, kind="person", name=who, names=(who,), state=state)
        start = len(text)
        text += words + ". "
        statements.append(Statement(id=f"s{number}", speaker=who, kind="indirect", start=start, end=start + len(words), text=words))
        commitments.append(Commitment(id=f"c{number}", by=(who,), to=(), act=act, what=words, evidence=(Span(start, start + len(words)),)))
    for code, words in (("TUR", ("Turkey", "Turquie")), ("SYR", ("Syria", "Syrie"))):
        found = tuple(Mention(start=text.find(word), end=text.find(word) + len(word), text=word) for word in words if word in text)
        if found:
            entities[code] = Entity(id=code, kind="state", name=found[0].text, code=code, mentions=found)
    article = Article(id=name, name=name, text=text, language=language, published=date.fromisoformat(published))
    offices = tuple(OfficeHolding(person=one.id, office="foreign-minister", of=one.state, evidence=()) for one in entities.values() if one.kind == "person")
    return Reading(article=article, entities=tuple(entities.values()), offices=offices, statements=tuple(statements), commitments=tuple(commitments))


def statements(*args: object, **more: object) -> list[Item]:
    return [item for item, _ in STATEMENT.items(reading(*args, **more), Signature())]  # type: ignore[arg-type]


def test_a_translation_pairs_each_saying_with_its_own() -> None:
    left = statements("a", [(FIDAN, words) for words in ENGLISH])
    right = statements("b", [(FIDAN, words) for words in FRENCH], language="fr")
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            found = STATEMENT.likeness(one, other)
            assert (found.score >= STATEMENT.threshold) == (i == j), (i, j, found)
        assert set(one.keys) & set(right[i].keys)


def test_the_same_words_in_another_frame_and_quoted_again_after_months() -> None:
    one = statements("a", [(FIDAN, ENGLISH[1])])[0]
    other = statements("b", [(FIDAN, "the work on the line would take 18 months and would cost 120 million dollars")], published="2026-02-01")[0]
    assert STATEMENT.likeness(one, other).score >= STATEMENT.threshold
    assert set(one.keys) & set(other.keys)


def test_a_phrase_that_all_use_brings_up_its_speaker_alone() -> None:
    """Months apart, the same words are looked for under who said them: a stock phrase of a hundred ministers is no reason to compare them all."""
    (one,) = statements("a", [(FIDAN, ENGLISH[1])], published="2025-01-10")
    (again,) = statements("b", [(FIDAN, ENGLISH[1])], published="2025-10-13")
    (other,) = statements("c", [(LAVROV, ENGLISH[1])], published="2025-10-13")
    assert set(one.keys) & set(again.keys)
    assert not set(one.keys) & set(other.keys)


def test_so_few_words_are_said_again_rather_than_quoted() -> None:
    """'Only dialogue can settle this' is said every year; in the week in which it is said it is one saying."""
    said = "only dialogue can settle the question of trade"
    (one,), (again,), (beside,) = (
        statements(name, [(FIDAN, said)], published=day) for name, day in (("a", "2025-01-10"), ("b", "2025-10-13"), ("c", "2025-01-11"))
    )
    assert STATEMENT.likeness(one, beside).score >= STATEMENT.threshold > STATEMENT.likeness(one, again).score
    assert not set(one.keys) & set(again.keys)


APART = {
    "other words": (statements("a", [(FIDAN, ENGLISH[1])]), statements("b", [(FIDAN, ENGLISH[2])])),
    "another speaker": (statements("a", [(FIDAN, ENGLISH[1])]), statements("b", [(LAVROV, ENGLISH[1])])),
    "another language and nothing to tell": (statements("a", [(FIDAN, ENGLISH[2])]), statements("b", [(FIDAN, FRENCH[3])], language="fr")),
    "other figures": (statements("a", [(FIDAN, ENGLISH[0])]), statements("b", [(FIDAN, FRENCH[1])], language="fr")),
    "one article": (statements("a", [(FIDAN, ENGLISH[1])]), statements("a", [(FIDAN, ENGLISH[1])])),
}


@pytest.mark.parametrize("case", APART, ids=str)
def test_two_statements(case: str) -> None:
    (one,), (other,) = APART[case]
    found = STATEMENT.likeness(one, other)
    assert found.score < STATEMENT.threshold, found


def test_commitments_are_linked_by_who_and_what() -> None:
    left = [item for item, _ in COMMITMENT.items(reading("a", [(FIDAN, ENGLISH[0])]), Signature())]
    right = [item for item, _ in COMMITMENT.items(reading("b", [(FIDAN_AR, FRENCH[0])], language="fr", act="plan"), Signature())]
    refused = [item for item, _ in COMMITMENT.items(reading("c", [(FIDAN, ENGLISH[0])], act="refusal"), Signature())]
    assert COMMITMENT.likeness(left[0], right[0]).score >= COMMITMENT.threshold
    assert not COMMITMENT.likeness(left[0], refused[0]).score


def test_no_group_holds_two_sayings_of_one_article() -> None:
    left = statements("a", [(FIDAN, ENGLISH[1]), (FIDAN, ENGLISH[1])])
    right = statements("b", [(FIDAN, ENGLISH[1])])
    links = [Link(*sorted((one.id, right[0].id)), STATEMENT.likeness(one, right[0]).score) for one in left]
    assert sorted(len(group) for group in STATEMENT.part([*left, *right], links, frozenset())) == [1, 2]


SAYINGS = st.builds(
    lambda name, speaker, words, language, published: statements(name, [(speaker, words)], language=language, published=published)[0],
    st.sampled_from("abcdefgh"),
    st.sampled_from((FIDAN, FIDAN_AR, LAVROV)),
    st.sampled_from((*ENGLISH, *FRENCH, "", "yes", "18 months")),
    st.sampled_from(("en", "fr")),
    st.sampled_from(("2025-10-13", "2025-10-14", "2026-01-01")),
)


@given(SAYINGS, SAYINGS)
@settings(max_examples=100, deadline=None)
def test_likeness_is_symmetric(left: Item, right: Item) -> None:
    there, back = STATEMENT.likeness(left, right), STATEMENT.likeness(right, left)
    assert there.score == back.score
    assert 0.0 <= there.score <= 1.0


@given(st.lists(SAYINGS, max_size=8, unique_by=lambda one: one.facts["article"]), st.integers())
@settings(max_examples=50, deadline=None)
def test_groups_are_free_of_order(items: list[Item], seed: int) -> None:
    links = []
    for left, right in combinations(sorted(items, key=lambda one: one.id), 2):
        score = STATEMENT.likeness(left, right).score
        if set(left.keys) & set(right.keys) and score >= STATEMENT.threshold:
            links.append(Link(left.id, right.id, score))
    groups = STATEMENT.part(items, links, frozenset())
    shuffled = list(items)
    random.Random(seed).shuffle(shuffled)
    assert STATEMENT.part(shuffled, links[::-1], frozenset()) == groups
