"""What a record has about one thing, found by what people type: names in any spelling, codes, titles, ids that redirect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dragoman.model.config import Config
from dragoman.model.errors import Ambiguous, ConfigError, InputError, NotFound
from dragoman.service import dossier
from dragoman.service.book import Book, open_book
from dragoman.service.compare import compare
from dragoman.service.finding import find_article, find_event, find_office, find_person, find_side, find_story, state_code
from dragoman.service.offices import office, offices_of
from dragoman.service.read import kit_of
from dragoman.service.search import search
from dragoman.service.timeline import Asked, asked, timeline
from dragoman.store.open import open_store
from dragoman.store.protocol import Store


@pytest.fixture(scope="module")
def store(made_once: Path) -> Iterator[Store]:
    opened = open_store(str(made_once), create=False)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def book(store: Store) -> Book:
    return open_book(store, Config())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kalin", "Ibrahim Kalin"), ("Kalın", "Ibrahim Kalin"), ("ibrahim", "Ibrahim Kalin"), ("ibr kal", "Ibrahim Kalin"), ("sheebani", "Asaad Al-Sheebani"),
        ("shaibani", "Asaad Al-Sheebani"), ("Шейбани", "Asaad Al-Sheebani"), ("أسعد الشيباني", "Asaad Al-Sheebani"), ("FIDAN", "Hakan Fidan"), ("santiago peña", "Santiago Peña"),
        ("santiago pena", "Santiago Peña"), ("addad", "Rami Haddad"),
    ],
)  # fmt: skip
def test_a_person_is_found_as_typed(book: Book, typed: str, name: str) -> None:
    assert find_person(book.shelf, typed).name == name


def test_a_surname_of_two_names_both(book: Book) -> None:
    with pytest.raises(Ambiguous, match="'pena' may be 2 persons; give more of the name, or the id") as raised:
        find_person(book.shelf, "pena")
    assert [line.split("  ", 1)[1] for line in sorted(raised.value.candidates)] == ["Santiago Peña, president (PRY)", "Raquel Peña, vice-president (DOM)"]


@pytest.mark.parametrize("typed", ["Nobody Here", "x", "", "p0000000000000000", "[red]"])
def test_nobody_of_a_name(book: Book, typed: str) -> None:
    with pytest.raises(NotFound, match="dragoman search"):
        find_person(book.shelf, typed)


def test_the_id_of_a_member_leads_to_the_whole(book: Book) -> None:
    whole = find_person(book.shelf, "sheebani")
    members = dossier.person(book, "sheebani").members
    assert len(members) == 3
    assert {find_person(book.shelf, member.id).id for member in members} == {whole.id}
    event = dossier.event(book, timeline(book, Asked(type="CONSULT"))[0].id)
    assert len(event.reports) == 3
    assert {find_event(book.shelf, report.id).id for report in event.reports} == {event.event.id}
    assert find_event(book.shelf, event.event.id[:8]).id == event.event.id
    with pytest.raises(NotFound, match="dragoman timeline"):
        find_event(book.shelf, "v0000000000000000")


def test_states_offices_articles_and_stories_as_typed(book: Book) -> None:
    assert [state_code(typed) for typed in ("tur", "TR", "Turquie", "تركيا", "Türkiye", "ankara", "Nowhere")] == [
        "TUR",
        "TUR",
        "TUR",
        "TUR",
        "TUR",
        "TUR",
        None,
    ]
    assert {find_office(book.shelf, typed) for typed in ("foreign-minister", "Foreign Minister", "ministre des affaires étrangères")} == {"foreign-minister"}
    with pytest.raises(NotFound, match="'foreign' is no office; give one such as deputy-foreign-minister, foreign-minister"):
        find_office(book.shelf, "foreign")
    with pytest.raises(NotFound, match="is no state, and no organisation"):
        find_side(book.shelf, "Nowhere")
    assert find_article(book.shelf, "a1").id == find_article(book.shelf, "a1.txt").id == find_article(book.shelf, "a1" * 8).id == "a1" * 8
    assert find_story(book.shelf, "a1").id == find_story(book.shelf, "hakan fidan met").id
    with pytest.raises(NotFound, match="no article 'zz'"):
        find_article(book.shelf, "zz")


def test_a_timeline_has_what_is_asked_for(book: Book) -> None:
    every = timeline(book, Asked())
    assert [event.date for event in every] == ["2025-10-12", "2026-02-09", None]
    first = every[0]
    assert (first.origins, first.articles, first.languages, first.disputed) == (3, 3, ("ar", "en", "fr"), ("date",))
    assert first.evidence is not None
    assert first.evidence.quote == "Hakan Fidan met Asaad al-Shaibani in Ankara on Sunday."
    french = timeline(book, Asked(), language="fr")[0].evidence
    assert french is not None
    assert french.language == "fr"

    def ids(**wanted: object) -> list[str | None]:
        return [event.date for event in timeline(book, asked(book, **wanted))]  # type: ignore[arg-type]

    assert ids(between=("TUR", "syrie")) == ids(person="fidan") == ids(state="Turkey") == ["2025-10-12", "2026-02-09"]
    assert ids(between=("TUR", "DOM")) == []
    assert ids(person="haddad") == ids(since="2026") == ids(since="2025-10-13") == ["2026-02-09"]
    assert ids(until="2025-10") == ["2025-10-12"]
    assert ids(type="consult", topic="diplomatic relations") == ["2025-10-12", "2026-02-09", None]
    with pytest.raises(InputError, match="is no type of event; there are AGREE"):
        ids(type="TALK")
    with pytest.raises(InputError, match="is no topic; there are"):
        ids(topic="weather")
    with pytest.raises(ConfigError, match="--since: 'soon' is no day, month or year"):
        ids(since="soon")


def test_the_record_as_it_was_known(store: Store) -> None:
    known = open_book(store, Config(), until=date(2025, 10, 13))
    assert [(event.articles, event.disputed) for event in timeline(known, Asked())] == [(2, ())]


def test_a_dispute_names_each_version_with_its_articles(book: Book) -> None:
    found = dossier.event(book, timeline(book, Asked())[0].id)
    (dispute,) = found.versions
    assert dispute.field == "date"
    assert [(version.value, len(version.articles)) for version in dispute.versions] == [("2025-10-12", 2), ("2025-10-13", 1)]
    assert {report.language: report.evidence[0].quote[:12] for report in found.reports} == {"en": "Hakan Fidan ", "ar": "التقى هاكان ", "fr": "Hakan Fidan "}


def test_a_person_with_all_that_is_known(book: Book) -> None:
    found = dossier.person(book, "fidan")
    assert {(one.script, one.language, one.text) for one in found.spellings} >= {("Arabic", "ar", "هاكان فيدان"), ("Latin", "fr", "Hakan Fidan")}
    assert [(one.office, one.first_seen, one.last_seen) for one in found.offices] == [("foreign-minister", "2025-10-12", "2026-02-10")]
    assert {one.person.name: one.times for one in found.met} == {"Asaad Al-Sheebani": 1, "Rami Haddad": 1}
    assert [said.reports[0].text for said in found.statements] == ["We agree"]


def test_an_office_and_who_held_it(book: Book) -> None:
    found = office(book, "syria", "foreign minister")
    assert [(one.person.name, one.first_seen, one.ended_before) for one in found.succession] == [
        ("Asaad Al-Sheebani", "2025-10-12", "2026-02-10"), ("Rami Haddad", "2026-02-10", None),
    ]  # fmt: skip
    assert [held.tenure.person.name for held in found.holders] == ["Rami Haddad"]
    assert found.holders[0].tenure.evidence[0].quote.startswith("Rami Haddad received")
    before = office(book, "SYR", "foreign-minister", on=date(2025, 12, 1))
    assert [(held.tenure.person.name, held.seen) for held in before.holders] == [("Asaad Al-Sheebani", "2025-10-14")]
    assert [held.tenure.office for held in offices_of(book, "TUR", date(2025, 12, 1))] == ["foreign-minister", "intelligence-chief"]


def test_states_stories_and_articles(book: Book) -> None:
    assert [event.date for event in dossier.state(book, "SYR").events] == ["2025-10-12", "2026-02-09"]
    story = dossier.story(book, "b2")
    assert {article.name for article in story.articles} >= {"a1.txt", "b2.txt"}
    article = dossier.article(book, "d4.txt")
    assert [person.name for person in article.persons] == ["Santiago Peña", "Raquel Peña"]


def test_two_articles_side_by_side(book: Book) -> None:
    by_names = compare(book, kit_of(Config(encoder=False)), "a1", "c3")
    for found in (compare(book, kit_of(Config(encoder=False)), "a1", "b2"), by_names):
        assert found.both.events
        assert found.sentences[0].left is not None
        assert found.sentences[0].right is not None
        assert [said.reports[0].text for said in found.only_left.statements] == ["We agree"]
        assert [one.name for one in found.only_left.named] == ["Ibrahim Kalin"]
        every = [one.left.quote for one in found.sentences if one.left]
        assert every == ["Hakan Fidan met Asaad al-Shaibani in Ankara on Sunday.", "Ibrahim Kalin attended.", "“We agree,” Fidan said."]
    found = compare(book, kit_of(Config(encoder=False)), "a1", "b2")
    assert [(one.field, one.left, one.right) for one in found.differences] == [("date", "2025-10-12", "2025-10-13")]
    with pytest.raises(InputError, match="are one article; give two"):
        compare(book, kit_of(Config()), "a1", "a1.txt")


def test_search_finds_articles_and_persons(store: Store, book: Book) -> None:
    found = search(book, "pleuvait")
    assert [(hit.name, hit.sentence) for hit in found.articles] == [("b2.txt", "Hakan Fidan a rencontré lundi Asaad Al-Sheebani à Ankara, où il pleuvait.")]
    assert [match.person.name for match in search(book, "sheebani").persons] == ["Asaad Al-Sheebani"]
    assert search(book, "zebra").articles == ()
    with pytest.raises(InputError, match="give words to look for"):
        search(book, "  ")


def test_where_nobody_by_name_speaks_the_words_of_the_article_say_who_does(unnamed_once: Path) -> None:
    opened = open_store(str(unnamed_once), create=False)
    book = open_book(opened, Config())
    found = {name: dossier.article(book, name).statements for name in ("f6", "g7", "h8", "a1")}
    assert {name: [said.source for said in lines] for name, lines in found.items()} == {"f6": ["Two officials"], "g7": ["مسؤولان"], "h8": [None], "a1": [None]}
    compared = compare(book, kit_of(Config(encoder=False)), "f6", "a1")
    assert [(said.speaker, said.source) for said in compared.only_left.statements] == [(None, "Two officials")]
    assert [said.source for said in compared.only_right.statements] == [None]
    opened.close()
