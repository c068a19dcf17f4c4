"""Copies: what is of one origin and what only tells the same; keys, kinds, groups and origins. Vectors are made here, so that no model is needed."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import numpy as np
import pytest
from rensa import RMinHash

from dragoman.linking.copies import KIND, copy_kind, items, likeness
from dragoman.linking.grouping import pair
from dragoman.linking.items import Item, Link, Signature
from dragoman.linking.shingles import KEPT, bands, contained, marks, name_words, numbers, shared, shingles, words
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, Mention, Reading

DRAFT = (
    "The ministers of Ruritania and Zenda met on Monday in Strelsau to talk about the bridge over the Moldra, closed since 1894. "
    "They agreed to open it to 3,500 lorries a day from next spring, and to share the cost of 120,000 crowns between the two treasuries. "
    "Rudolf Rassendyll, who chaired the talks, said that nobody had wished for a quarrel over a bridge that both sides had paid for. "
    "The opposition in Zenda called the accord a surrender and asked for a debate in the chamber before the ministers sign it on Friday."
)
EDITED = DRAFT.replace("on Monday in Strelsau", "in Strelsau on Monday").replace("said that nobody", "told reporters nobody")
OTHER = (
    "A bridge that has stood closed for decades will carry lorries again, after talks that took most of the day in the Ruritanian capital. "
    "Zenda's delegation left without speaking to the press; an official of 54 years who was in the room described the mood as cool. "
    "Traders at the market near the river said they had heard such promises before, and would believe this one when they saw traffic."
)


def _rows(seed: int, count: int = 5, width: int = 512) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, width))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _item(text: str, rows: np.ndarray, *, language: str = "en", day: date | None = None, persons: tuple[str, ...] = ()) -> Item:
    article = Article(id=article_id(language + text), name="a", text=text, language=language, published=day)
    entities = tuple(Entity(id=f"p{at}", kind="person", name=name, mentions=(Mention(start=0, end=1, text="x"),)) for at, name in enumerate(persons))
    digest = RMinHash(num_perm=128, seed=7)
    digest.update(shingles(text))
    vectors = {"use": tuple(rows.mean(axis=0)), "use.sentences": tuple(rows.ravel())}
    signature = Signature(shingles=tuple(number & KEPT for number in digest.digest()), vectors=vectors)
    ((item, occurrence),) = items(Reading(article=article, entities=entities), signature)
    assert occurrence.article == article.id
    return item


def test_figures_are_one_in_every_way_of_writing() -> None:
    assert numbers("120,000 crowns") == numbers("120.000 Kronen") == numbers("120 000 couronnes") == numbers("12万") == numbers("۱۲۰٬۰۰۰") == {"120000"}
    assert numbers("3,5 millions") == numbers("3.5 million") == {"3.5"}
    assert numbers("one of 3") == frozenset()


def test_runs_of_words() -> None:
    assert shingles("Das Tor ist offen") == ["das tor ist", "tor ist offen"]
    assert words("東京で") == ["東", "京", "で"]
    assert name_words("Late on Monday the envoy met Hans Ulm in Bern.") == ["monday", "hans", "ulm", "bern"]
    assert contained(0.25, 100, 400) == 1.0
    assert shared((), ()) == 0.0
    assert len(bands(tuple(range(128)))) == 32


def test_an_excerpt_shares_a_mark_with_its_source() -> None:
    assert set(marks(DRAFT)) & set(marks(DRAFT[200:]))
    assert not set(marks(DRAFT)) & set(marks(OTHER))


def test_an_edited_draft_is_a_near_duplicate() -> None:
    left, right = _item(DRAFT, _rows(1)), _item(EDITED, _rows(2))
    found = likeness(left, right)
    assert found.score >= KIND.threshold
    assert copy_kind(left, right, found) == "near-duplicate"
    assert set(left.keys) & set(right.keys)


def test_a_part_is_an_excerpt() -> None:
    left, right = _item(DRAFT, _rows(1)), _item(DRAFT[: len(DRAFT) // 2], _rows(2))
    found = likeness(left, right)
    assert found.score >= KIND.threshold
    assert copy_kind(left, right, found) == "excerpt"


def test_a_translation_tells_it_sentence_by_sentence() -> None:
    rows = _rows(1)
    left = _item(DRAFT, rows, persons=("Rudolf Rassendyll",))
    right = _item("Les 3 500 camions … 120 000 couronnes … 1894", rows + 0.02 * _rows(3), language="fr", persons=("Rudolf Rassendyll",))
    found = likeness(left, right)
    assert found.score >= 0.9
    assert copy_kind(left, right, found) == "translation"
    assert set(left.keys) & set(right.keys), "found by figures and persons without a date"


def test_independent_reports_are_no_copies() -> None:
    rows = _rows(1)
    left = _item(DRAFT, rows, day=date(2025, 3, 3))
    right = _item(OTHER, 0.45 * rows[::-1] + 0.9 * _rows(4), day=date(2025, 3, 3))
    assert likeness(left, right).score < KIND.threshold


def test_a_year_apart_the_same_sentences_are_no_copies() -> None:
    rows = _rows(1)
    left, right = _item(DRAFT, rows, day=date(2024, 3, 3)), _item("Texte", rows, language="fr", day=date(2025, 3, 3))
    assert likeness(left, right).score <= KIND.threshold


def test_likeness_is_symmetric() -> None:
    made = [_item(DRAFT, _rows(1)), _item(EDITED, _rows(2)), _item(OTHER, _rows(3), language="de")]
    for left, right in permutations(made, 2):
        assert likeness(left, right).score == likeness(right, left).score


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_groups_do_not_hang_on_the_order(order: tuple[int, ...]) -> None:
    made = [_item(DRAFT, _rows(1)), _item(EDITED, _rows(2)), _item(OTHER, _rows(3))]
    ends = [(made[0], made[1]), (made[1], made[2])]
    links = [Link(*pair(one.id, other.id), likeness(one, other).score) for one, other in ends]
    groups = KIND.part([made[at] for at in order], links, frozenset())
    assert frozenset((made[0].id, made[1].id)) in groups
    assert frozenset((made[2].id,)) in groups
    apart = frozenset([pair(made[0].id, made[1].id)])
    assert len(KIND.part([made[at] for at in order], links, apart)) == 3
