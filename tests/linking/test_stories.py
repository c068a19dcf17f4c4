"""Stories: one happening and its immediate follow-up. Vectors are made here, so that no model is needed."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import numpy as np
import pytest

from dragoman.linking.background import rarity, rarity_of_consonants
from dragoman.linking.grouping import pair
from dragoman.linking.items import Item, Link, Signature
from dragoman.linking.stories import KIND, items, likeness, title_of
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, EventReport, Mention, Participation, Reading
from dragoman.model.spans import Span

BRIDGE = "Late on Monday the ministers met in Strelsau. The envoy Rudolf Rassendyll spoke to Flavia of Zenda about the Moldra."
MARKET = "A fish market burned in Port Selva. On Tuesday the mayor Anselm Quiroga and the fire chief Berta Olmedo went to see it."


def _rows(seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal(512)
    return rows / np.linalg.norm(rows)


def _reading(text: str, *, title: str | None = None, day: date | None = None, persons: tuple[str, ...] = (), language: str = "en") -> Reading:
    article = Article(id=article_id(text + str(day) + language), name="a", text=text, title=title, language=language, published=day)
    entities = tuple(Entity(id=f"p{at}", kind="person", name=name, mentions=(Mention(start=0, end=1, text="x"),)) for at, name in enumerate(persons))
    event = EventReport(
        id="v1", type="CONSULT", date="2025-03-03", trigger=Span(0, 4),
        participants=(Participation(entity="p0", role="participant", side="RUR"), Participation(entity="p1", role="participant", side="ZEN")),
    )  # fmt: skip
    return Reading(article=article, entities=entities, events=(event,) if persons else (), sentences=(Span(0, len(text)),))


def _item(vector: np.ndarray, text: str, **more: object) -> Item:
    ((item, _),) = items(_reading(text, **more), Signature(vectors={"use": tuple(vector)}))  # type: ignore[arg-type]
    return item


def _near(seed: int, other: int, share: float) -> np.ndarray:
    return share * _rows(seed) + np.sqrt(1 - share * share) * _rows(other)


def test_what_is_rare_weighs_more() -> None:
    assert rarity("rassendyll") == 1.0
    assert rarity("washington") < 0.4
    assert 0.0 <= rarity_of_consonants("PT") < rarity_of_consonants("RSNTL") <= 1.0


def test_two_reports_of_one_happening() -> None:
    names = ("Rudolf Rassendyll", "Flavia of Zenda")
    left = _item(_rows(1), BRIDGE, day=date(2025, 3, 3), persons=names)
    right = _item(_near(1, 2, 0.6), BRIDGE.replace("spoke to", "wrote to"), day=date(2025, 3, 4), persons=names)
    found = likeness(left, right)
    assert found.score >= 0.9
    assert found.features["events"] == 1.0
    assert set(left.keys) & set(right.keys)


def test_across_scripts_names_count_by_their_consonants() -> None:
    left = _item(_rows(1), BRIDGE, day=date(2025, 3, 3), persons=("Sergey Lavrov",))
    right = _item(_near(1, 2, 0.6), "Встреча прошла вчера", day=date(2025, 3, 4), persons=("Сергей Лавров",), language="ru")
    assert likeness(left, right).features["names"] > 0.2
    assert set(left.keys) & set(right.keys)


def test_months_apart_are_two_stories() -> None:
    left = _item(_rows(1), BRIDGE, day=date(2025, 3, 3))
    right = _item(_near(1, 2, 0.6), BRIDGE, day=date(2025, 8, 3))
    assert likeness(left, right).score < 0.1


def test_another_happening_of_the_same_day() -> None:
    left, right = _item(_rows(1), BRIDGE, day=date(2025, 3, 3)), _item(_rows(2), MARKET, day=date(2025, 3, 3))
    assert likeness(left, right).score < 0.1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_chain_does_not_weld_two_stories(order: tuple[int, ...]) -> None:
    first, last = _item(_rows(1), BRIDGE), _item(_rows(2), MARKET)
    between = _item(_near(1, 2, 0.7), BRIDGE + " " + MARKET)
    made = [first, between, last]
    links = [Link(*pair(first.id, between.id), 0.9), Link(*pair(between.id, last.id), 0.6)]
    groups = KIND.part([made[at] for at in order], links, frozenset())
    assert frozenset((first.id, between.id)) in groups
    assert frozenset((last.id,)) in groups


def test_titles() -> None:
    assert title_of(_reading(BRIDGE, title="A bridge opens")) == "A bridge opens"
    assert title_of(_reading(BRIDGE)).startswith("Late on Monday the ministers met")
    assert len(title_of(_reading("word " * 80))) <= 122


def test_an_article_with_nothing_in_it_is_an_item() -> None:
    ((item, _),) = items(Reading(article=Article(id="x", name="x", text="")), Signature())
    assert likeness(item, item).score < KIND.threshold or item.facts["title"] == ""
