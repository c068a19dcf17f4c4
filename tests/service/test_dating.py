"""What the days of other reports tell of an article without one."""

from __future__ import annotations

from datetime import date

from dragoman.linking.items import Signature
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, EventReport, Mention, Participation, Reading
from dragoman.model.spans import Span
from dragoman.service.dating import when_written
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.read import kit_of
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store


def _read(text: str, published: date | None, day: str | None) -> Reading:
    """One meeting of two persons, told on a day."""
    one, other = "Signe Holm", "Kofi Asante"
    people = tuple(
        Entity(
            id=f"p{number}", kind="person", name=name, names=(name,), state=state,
            mentions=(Mention(start=text.index(name), end=text.index(name) + len(name), text=name, form="name"),),
        )
        for number, (name, state) in enumerate(((one, "DNK"), (other, "GHA")), 1)
    )  # fmt: skip
    told = Span(text.index("met"), text.index("met") + 3)
    event = EventReport(
        id="v1", type="CONSULT", mode="visit", date=day, factuality="actual", trigger=told, evidence=(Span(0, len(text)),),
        participants=(Participation(entity="p1", role="visitor", side="DNK"), Participation(entity="p2", role="host", side="GHA")),
    )  # fmt: skip
    article = Article(id=article_id(text), name=text[:12], text=text, language="en", published=published, published_from="given" if published else "unknown")
    return Reading(article=article, sentences=(Span(0, len(text)),), entities=people, events=(event,))


def test_an_undated_article_is_no_older_than_what_it_reports(tmp_path):
    dated = _read("Signe Holm met Kofi Asante in Accra on 3 March 2025.", date(2025, 3, 4), "2025-03-03")
    undated = _read("In Accra Signe Holm met Kofi Asante; both spoke of cocoa all March.", None, "2025-03")
    every = kinds(kit_of(Config()))
    store = open_store(str(tmp_path / "record.db"), create=True)
    try:
        with store.writing():
            keep(store, [Fresh(reading=one, signature=Signature()) for one in (dated, undated)], every)
        shelf = open_shelf(store, Config())
        known, unknown = shelf.article(dated.article.id), shelf.article(undated.article.id)
        assert known is not None
        assert unknown is not None
        assert when_written(shelf, known) is None
        found = when_written(shelf, unknown)
        shared = [event.id for event in shelf.events().rows if len(event.reports) == 2]
        assert len(shared) == 1
        assert found is not None
        assert found.between == (date(2025, 3, 3), None)
        assert [(one.event, one.articles) for one in found.evidence] == [(shared[0], (dated.article.id,))]
    finally:
        store.close()
