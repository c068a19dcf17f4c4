"""Articles taken anew from the bytes they came in, on both databases: the record is that of the same bytes added afresh, and corrections stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.engines.here import Here
from dragoman.linking.record import composed
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.model.record_codec import lines, streamed
from dragoman.service.ingest import add
from dragoman.service.rebuilding import Which, rebuild
from dragoman.service.rebuilding_texts import Texts
from dragoman.service.record import given_of
from dragoman.service.shelf import open_shelf
from dragoman.sources.arrival import Arrival
from dragoman.store.open import open_store
from dragoman.store.protocol import Store
from dragoman.store.replacing import move_correction, put_in, source_of, take_out

CONFIG = Config(encoder=False)
OSLO = "Swedish Foreign Minister Ana Lindqvist met Norwegian Foreign Minister Per Dahl in Oslo on Monday. It was snowing over the harbour all afternoon."
KENYA = "Norwegian Foreign Minister Per Dahl will meet Kenyan President Grace Odhiambo in Nairobi in May. The harvest was good."
MENU = "Home News Sport Weather. Per Dahl in pictures.\n\n"


def page(text: str) -> bytes:
    return f"<!doctype html><html><body><article><h1>Ministers</h1><p>{text}</p></article></body></html>".encode()


def old(name: str, text: str, source: bytes | None) -> Arrival:
    """An article as an older version took it from its bytes."""
    article = Article(
        id=article_id(text), name=name, text=text, language="en", published=date(2025, 3, 4), published_from="given", outlet="Nordic Wire", title="Ministers"
    )
    return Arrival(article=article, source=source)


def exported(store: Store) -> str:
    whole = "".join(lines(composed(given_of(store, CONFIG))))
    assert "".join(streamed(open_shelf(store, CONFIG).each)) == whole
    return whole


def words(text: str, said: str, *, last: bool = False) -> str:
    at = text.rindex(said) if last else text.index(said)
    return f"{article_id(text)}#{at}-{at + len(said)}"


def taken_anew(store: Store) -> Texts:
    texts = Texts()
    list(rebuild(store, Here(), CONFIG, Which.OLDER, texts))
    return texts


def test_bytes_go_with_an_article_that_takes_the_place_of_another(store: Store) -> None:
    article = old("a", OSLO, None).article
    with store.writing():
        store.put_article(article, b"bytes")
        store.put_article(replace(article, id="other", text="other"), None)
    assert source_of(store, article.id) == b"bytes"
    assert source_of(store, "other") is None
    assert source_of(store, "nobody") is None
    new = replace(article, id=article_id(KENYA), text=KENYA)
    with store.writing():
        named = take_out(store, article.id)
        assert take_out(store, "nobody") is None
        assert put_in(store, new, named)
        assert not put_in(store, replace(new, outlet="x"), named)
    assert store.article(article.id) is None
    assert store.article(new.id) == new
    assert source_of(store, new.id) == b"bytes"


def test_a_correction_moves_whole(store: Store) -> None:
    one = Correction(id=0, kind="person", verdict="same", left="a#0-1", right="b#0-1", by="ana", why="so it is")
    with store.writing():
        number = store.add_correction(one)
        store.undo_correction(number)
        move_correction(store, number, left="c#0-1", right="d#0-1")
    assert store.corrections() == (replace(one, id=number, left="c#0-1", right="d#0-1", undone=True),)


def test_a_record_taken_anew_is_that_of_the_same_bytes_added_afresh(store: Store) -> None:
    arrivals = [old("oslo.html", MENU + OSLO, page(OSLO)), old("kenya.html", KENYA, page(KENYA)), old("note.txt", "Per Dahl met nobody on Friday.", None)]
    assert all(one.new for one in add(store, arrivals, Here(), CONFIG))
    texts = taken_anew(store)
    new = {article.name: article for article in store.articles()}
    assert texts.replaced == {article_id(MENU + OSLO): new["oslo.html"].id}
    assert (texts.failed, texts.left) == ([], [])
    assert OSLO in new["oslo.html"].text
    assert "Sport" not in new["oslo.html"].text
    assert (new["oslo.html"].outlet, new["oslo.html"].published_from, new["kenya.html"].text) == ("Nordic Wire", "given", KENYA)
    assert source_of(store, new["oslo.html"].id) == page(OSLO)
    assert store.check() == ()
    afresh = open_store(":memory:")
    list(add(afresh, [Arrival(article=article, source=source_of(store, article.id)) for article in new.values()], Here(), CONFIG))
    assert exported(store) == exported(afresh)
    before = exported(store)
    assert taken_anew(store).replaced == {}
    assert exported(store) == before


def test_corrections_go_with_the_words_they_are_about(store: Store) -> None:
    list(add(store, [old("oslo.html", MENU + OSLO, page(OSLO)), old("kenya.html", KENYA, page(KENYA))], Here(), CONFIG))
    dahl = words(MENU + OSLO, "Per Dahl", last=True)  # in the menu too
    with store.writing():
        for one in (
            Correction(id=0, kind="person", verdict="same", left=dahl, right=words(KENYA, "Grace Odhiambo"), by="ana", why="a pen name"),
            Correction(id=0, kind="event", verdict="value", left=words(MENU + OSLO, "met"), field="date", right="2025-03-02", by="ana", why="she was there"),
            Correction(id=0, kind="story", verdict="different", left=article_id(MENU + OSLO), right=article_id(KENYA)),
            Correction(id=0, kind="person", verdict="different", left=words(MENU + OSLO, "Sport Weather"), right=words(KENYA, "Nairobi")),
            Correction(id=0, kind="person", verdict="same", left="elsewhere#0-1", right="elsewhere#2-3"),
        ):
            store.add_correction(one)
    texts = taken_anew(store)
    (text,) = (article.text for article in store.articles() if article.name == "oslo.html")
    kept = store.corrections()
    assert [one.left for one in kept[:3]] == [words(text, "Per Dahl"), words(text, "met"), article_id(text)]
    assert [one.right for one in kept[:3]] == [words(KENYA, "Grace Odhiambo"), "2025-03-02", article_id(KENYA)]
    assert (kept[0].by, kept[0].why, texts.left) == ("ana", "a pen name", [kept[3].id])
    assert [one.left for one in kept[3:]] == [words(MENU + OSLO, "Sport Weather"), "elsewhere#0-1"]
    record = composed(given_of(store, CONFIG))
    assert [one for one in record.entities if {"Per Dahl", "Grace Odhiambo"} <= {name.text for name in one.names}]
    assert "2025-03-02" in {event.date for event in record.events}


def test_what_cannot_be_opened_any_more_stays_as_it_was(store: Store) -> None:
    list(add(store, [old("oslo.html", OSLO, b"<html><body></body></html>"), old("kenya.pdf", KENYA, b"%PDF-1.7 broken")], Here(), CONFIG))
    before = exported(store)
    texts = taken_anew(store)
    assert texts.replaced == {}
    assert sorted((name, why.partition(": ")[2][:12]) for name, why in texts.failed) == [("kenya.pdf", "is no PDF th"), ("oslo.html", "is a page in")]
    assert exported(store) == before


def test_two_articles_that_become_one_text_are_one_article(store: Store) -> None:
    several = [old("a.html", MENU + OSLO, page(OSLO)), old("b.html", OSLO + " Read also: sport.", page(OSLO)), old("c.html", OSLO, page(OSLO))]
    list(add(store, several, Here(), CONFIG))
    with store.writing():
        store.add_correction(Correction(id=0, kind="event", verdict="value", left=words(several[1].article.text, "met"), field="date", right="2025-03-02"))
    taken_anew(store)
    (article,) = store.articles()
    assert store.corrections()[0].left.startswith(article.id)
    assert store.check() == ()
    assert {event.date for event in composed(given_of(store, CONFIG)).events} == {"2025-03-02"}


def test_a_text_may_go_where_another_was(store: Store) -> None:
    """One article becomes the text that another was until now."""
    list(add(store, [old("a.html", MENU + OSLO, page(OSLO)), old("b.html", OSLO, page(KENYA))], Here(), CONFIG))
    taken_anew(store)
    assert {article.name: article.text for article in store.articles()} == {"a.html": OSLO, "b.html": KENYA}
    assert {article.name: source_of(store, article.id) for article in store.articles()} == {"a.html": page(OSLO), "b.html": page(KENYA)}
    assert store.check() == ()


def test_what_the_record_did_not_know_is_filled_in(store: Store) -> None:
    named = page(OSLO).replace(b"<body>", b'<head><meta name="author" content="Mia Berg"></head><body>')
    first = old("oslo.html", OSLO, named)
    list(add(store, [first], Here(), CONFIG))
    texts = taken_anew(store)
    (article,) = store.articles()
    assert texts.replaced == {article.id: article.id}
    assert (article.author, article.outlet, article.text) == ("Mia Berg", "Nordic Wire", OSLO)
    assert source_of(store, article.id) == named


def test_a_rebuild_that_fails_leaves_the_record_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    list(add(store, [old("oslo.html", MENU + OSLO, page(OSLO))], Here(), CONFIG))
    before = exported(store)

    def broken(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("dragoman.service.rebuilding.keep", broken)
    with pytest.raises(RuntimeError):
        taken_anew(store)
    assert exported(store) == before
    assert source_of(store, article_id(MENU + OSLO)) == page(OSLO)
