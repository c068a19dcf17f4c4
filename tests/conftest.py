"""What all rooms share: one kit, so that each model is loaded once a session, and a small record read by hand."""

import shutil
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dragoman.linking.items import Signature
from dragoman.model.config import Config
from dragoman.model.reading import Article, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Role, Statement
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.store.open import open_store

settings.register_profile("dragoman", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dragoman")


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Settings as they ship, with a cache folder of the session's own."""
    folder: Path = tmp_path_factory.mktemp("cache")
    return Kit(Config(cache_folder=str(folder)))


def _made() -> Iterator[Reading]:
    """Five articles read by hand: one meeting in three languages, a day disputed; two persons of one surname; a successor."""
    met = (("Hakan Fidan", "visitor", "TUR", "foreign-minister"), ("Asaad al-Shaibani", "host", "SYR", "foreign-minister"))
    yield _reading(
        "a1", "en", date(2025, 10, 12),
        "Hakan Fidan met Asaad al-Shaibani in Ankara on Sunday. Ibrahim Kalin attended. \u201cWe agree,\u201d Fidan said.",
        {"Hakan Fidan|Fidan": ("TUR", "foreign-minister"), "Asaad al-Shaibani": ("SYR", "foreign-minister"), "Ibrahim Kalin": ("TUR", "intelligence-chief")},
        event=("met", "2025-10-12", met), said="We agree",
    )  # fmt: skip
    met = (("Hakan Fidan", "visitor", "TUR", "foreign-minister"), ("Asaad Al-Sheebani", "host", "SYR", "foreign-minister"))
    yield _reading(
        "b2", "fr", date(2025, 10, 14), "Hakan Fidan a rencontré lundi Asaad Al-Sheebani à Ankara, où il pleuvait.",
        {"Hakan Fidan": ("TUR", "foreign-minister"), "Asaad Al-Sheebani": ("SYR", "foreign-minister")}, event=("rencontré", "2025-10-13", met),
    )  # fmt: skip
    met = (("هاكان فيدان", "visitor", "TUR", "foreign-minister"), ("أسعد الشيباني", "host", "SYR", "foreign-minister"))
    yield _reading(
        "c3", "ar", date(2025, 10, 12), "التقى هاكان فيدان أسعد الشيباني في أنقرة أمس الأحد.",
        {"هاكان فيدان": ("TUR", "foreign-minister"), "أسعد الشيباني": ("SYR", "foreign-minister")}, event=("التقى", "2025-10-12", met),
    )  # fmt: skip
    met = (("Santiago Peña", "participant", "PRY", "president"), ("Raquel Peña", "participant", "DOM", "vice-president"))
    yield _reading(
        "d4", "en", date(2025, 11, 20), "Santiago Peña called Raquel Peña by telephone. They spoke about the harvest.",
        {"Santiago Peña": ("PRY", "president"), "Raquel Peña": ("DOM", "vice-president")}, event=("called", None, met),
    )  # fmt: skip
    met = (("Rami Haddad", "host", "SYR", "foreign-minister"), ("Hakan Fidan", "visitor", "TUR", "foreign-minister"))
    yield _reading(
        "e5", "en", date(2026, 2, 10), "Rami Haddad received Hakan Fidan on Monday, three weeks after the talks in Doha.",
        {"Rami Haddad": ("SYR", "foreign-minister"), "Hakan Fidan": ("TUR", "foreign-minister")}, event=("received", "2026-02-09", met),
    )  # fmt: skip


def _reading(
    name: str,
    language: str,
    published: date,
    text: str,
    people: dict[str, tuple[str, str]],
    *,
    event: tuple[str, str | None, tuple[tuple[str, Role, str, str], ...]],
    said: str | None = None,
) -> Reading:
    identity = name * 8
    article = Article(id=identity, name=f"{name}.txt", text=text, language=language, published=published, published_from="given", outlet=f"Outlet {name}")
    entities, offices, ids = [], [], {}
    for number, (names, (state, office)) in enumerate(people.items(), start=1):
        spellings = tuple(names.split("|"))
        mentions = tuple(Mention(start=at, end=at + len(one), text=one) for one in spellings[:1] if (at := text.index(one)) >= 0)
        entities.append(Entity(id=f"p{number}", kind="person", name=spellings[0], names=spellings, state=state, mentions=mentions))
        offices.append(OfficeHolding(person=f"p{number}", office=office, of=state, evidence=(mentions[0].span,)))
        ids[spellings[0]] = f"p{number}"
    town = next((one for one in ("Ankara", "أنقرة", "Doha") if one in text), None)
    if town:
        at = text.index(town)
        entities.append(Entity(id="l1", kind="place", name=town, names=(town,), mentions=(Mention(start=at, end=at + len(town), text=town),)))
    ends = [0, *(place + 1 for place, letter in enumerate(text) if letter == "."), len(text)]
    sentences = tuple(Span(start + (text[start] == " "), end) for start, end in pairwise(ends) if start < end)
    trigger, day, parts = event
    at = text.index(trigger)
    report = EventReport(
        id="v1", type="CONSULT", date=day, place="l1" if town and town != "Doha" else None, trigger=Span(at, at + len(trigger)), evidence=(sentences[0],),
        participants=tuple(Participation(entity=ids[who], role=role, side=side, office=office) for who, role, side, office in parts),
        topics=("diplomatic-relations",),
    )  # fmt: skip
    statements = ()
    if said:
        at = text.index(said)
        statements = (Statement(id="s1", speaker="p1", kind="direct", start=at, end=at + len(said), text=said),)
    return Reading(article=article, sentences=sentences, entities=tuple(entities), offices=tuple(offices), events=(report,), statements=statements)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, kit: Kit) -> Path:
    """A record of articles read by hand; no test may change it."""
    file: Path = tmp_path_factory.mktemp("record") / "record.db"
    store = open_store(str(file))
    with store.writing():
        keep(store, [Fresh(reading=reading, signature=Signature()) for reading in _made()], kinds(kit))
    store.close()
    return file


def _unnamed() -> Iterator[Reading]:
    """Three articles in which nobody by name speaks: words for who does on two lines, words from right to left, and none."""
    for name, language, text, who, said in (
        ("f6", "en", "Two\nofficials said that the talks were over.", "Two\nofficials", "the talks were over"),
        ("g7", "ar", "وقال مسؤولان إن المحادثات انتهت.", "مسؤولان", "المحادثات انتهت"),
        ("h8", "en", "“It was late,” it was said.", None, "It was late,"),
    ):
        at, source = text.index(said), Span(text.index(who), text.index(who) + len(who)) if who else None
        statement = Statement(id="s1", speaker=None, kind="indirect", start=at, end=at + len(said), text=said, source=source)
        article = Article(id=name * 8, name=f"{name}.txt", text=text, language=language, published=date(2026, 3, 1), published_from="given")
        yield Reading(article=article, sentences=(Span(0, len(text)),), statements=(statement,))


@pytest.fixture(scope="session")
def unnamed_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory, kit: Kit) -> Path:
    """The same record with three articles in which nobody by name speaks; no test may change it."""
    file = Path(shutil.copy(made_once, tmp_path_factory.mktemp("unnamed") / "record.db"))
    store = open_store(str(file))
    with store.writing():
        keep(store, [Fresh(reading=reading, signature=Signature()) for reading in _unnamed()], kinds(kit))
    store.close()
    return file


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(made_once, tmp_path / "record.db"))
