"""Three records to export: one by hand with all that is awkward, one of the samples and seeds as they are read, one of a generated world.

The world has 300 reports; `DRAGOMAN_WORLD=2000 python -m pytest tests/exports -k world` exports one of two thousand.
"""

import itertools
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.engines.here import Here
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection, Wanted
from dragoman.linking.items import Signature
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Commitment, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement, When
from dragoman.model.record import Correction
from dragoman.model.shelf import Shelf
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.exporting import export, known_format, selection_of
from dragoman.service.ingest import Fresh, add, keep
from dragoman.service.kinds import kinds
from dragoman.service.samples import sample_folder, samples
from dragoman.service.signatures import signature
from dragoman.sources.text import from_file
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

ROOT = Path(__file__).parent.parent.parent
SEEDS = ROOT.parent / "shared" / "gold" / "seeds"
_WORLD = 300


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _entity(text: str, identity: str, kind: str, name: str, **more: object) -> Entity:
    places = [found.start() for found in re.finditer(re.escape(name), text)]
    mentions = tuple(Mention(start=start, end=start + len(name), text=name) for start in places)
    return Entity(id=identity, kind=kind, name=name, names=(name,), mentions=mentions, **more)  # type: ignore[arg-type]


def rough() -> Iterator[Reading]:
    """Readings by hand: a visit told in two languages with another day, a denied and a possible event, plans, promises, and texts that formats choke on."""
    met = (
        Participation(entity="p1", role="visitor", side="SWE", office="foreign-minister"),
        Participation(entity="p3", role="visitor", side="SWE", office="ambassador"),
        Participation(entity="p2", role="host", side="NOR", office="foreign-minister"),
    )
    text = (
        "Ana Lindqvist, Sweden's foreign minister, visited Per Dahl in Oslo on 3 March 2025 with Ida Berg.\n"
        "“We agree on border control,” Lindqvist said. She promised a report by 1 June 2025.\r\nThey will meet again in Bergen in June 2025. =1+1\t<b>&amp;"
    )
    people = [
        _entity(text, "p1", "person", "Ana Lindqvist", state="SWE", gender="f"), _entity(text, "p2", "person", "Per Dahl", state="NOR"),
        _entity(text, "p3", "person", "Ida Berg", state="SWE"), _entity(text, "l1", "place", "Oslo"), _entity(text, "l2", "place", "Bergen", state="NOR"),
        _entity(text, "s1", "state", "Sweden", code="SWE"),
    ]  # fmt: skip
    said = _at(text, "We agree on border control,")
    ends = [0, text.index("\n") + 1, text.index("\r\n") + 2, text.index("=1+1"), len(text)]
    yield Reading(
        article=_article(text, "oslo-en", "en", date(2025, 3, 4), outlet="Nordic Wire", url="https://wire.example/oslo?a=1&b=2", title="Talks in Oslo"),
        sentences=tuple(Span(one, other) for one, other in itertools.pairwise(ends)),
        entities=tuple(people),
        offices=(
            OfficeHolding(person="p1", office="foreign-minister", of="SWE", evidence=(_at(text, "Sweden's foreign minister"),)),
            OfficeHolding(person="p2", office="foreign-minister", of="NOR", evidence=(_at(text, "Per Dahl"),), acting=True),
        ),
        dates=(
            When(start=_at(text, "3 March 2025").start, end=_at(text, "3 March 2025").end, text="3 March 2025", value="2025-03-03"),
            When(start=_at(text, "1 June 2025").start, end=_at(text, "1 June 2025").end, text="1 June 2025", value="2025-06-01"),
            When(start=text.rindex("June 2025"), end=text.rindex("June 2025") + 9, text="June 2025", value="2025-06"),
        ),
        events=(
            EventReport(id="v1", type="CONSULT", mode="visit", date="2025-03-03", place="l1", participants=met, topics=("border-control", "energy"),
                        contexts=("diplomatic",), trigger=_at(text, "visited"), evidence=(Span(0, text.index("\n")),)),
            EventReport(id="v2", type="CONSULT", date="2025-06", place="l2", participants=met[:1], factuality="planned", trigger=_at(text, "meet again"),
                        evidence=(_at(text, "They will meet again in Bergen in June 2025."),)),
        ),
        statements=(
            Statement(id="s1", speaker="p1", kind="direct", start=said.start, end=said.end, text=said.of(text), cue=_at(text, "said"), channel="X",
                      topics=("border-control",), parts=(said,)),
        ),
        commitments=(
            Commitment(id="c1", by=("p1",), to=("p2",), act="pledge", what="a report", due="2025-06-01", condition="if asked", topics=("energy",),
                       evidence=(_at(text, "She promised a report by 1 June 2025."),)),
            Commitment(id="c2", by=("p1",), to=(), act="plan", what="to go on", evidence=(_at(text, "We agree on border control"),)),
        ),
    )  # fmt: skip
    text = "Ana Lindqvist a rencontré Per Dahl à Oslo le 4 mars 2025 ; l'OTAN s'en félicite."
    yield Reading(
        article=_article(text, "oslo-fr", "fr", date(2025, 3, 5), outlet="Le Courrier du Nord"),
        sentences=(Span(0, len(text)),),
        entities=(
            _entity(text, "p1", "person", "Ana Lindqvist", state="SWE"), _entity(text, "p2", "person", "Per Dahl", state="NOR"),
            _entity(text, "l1", "place", "Oslo"), _entity(text, "o1", "organization", "OTAN"),
        ),
        dates=(When(start=_at(text, "4 mars").start, end=_at(text, "4 mars 2025").end, text="4 mars 2025", value="2025-03-04"),),
        events=(
            EventReport(id="v1", type="CONSULT", mode="visit", date="2025-03-04", place="l1", trigger=_at(text, "rencontré"), evidence=(Span(0, len(text)),),
                        participants=(Participation(entity="p1", role="visitor", side="SWE", office="foreign-minister"),
                                      Participation(entity="p2", role="host", side="NOR", office="foreign-minister"))),
            EventReport(id="v2", type="SUPPORT", date="2016/2019", trigger=_at(text, "félicite"), evidence=(_at(text, "l'OTAN s'en félicite."),),
                        participants=(Participation(entity="o1", role="actor"),)),
        ),
    )  # fmt: skip
    text = '\x0bال \u202eسفير\x00 ]]> <script>alert(1)</script> "quoted"; x\tFatah troops shelled Rafah, the \ufffe army denied. Chad may sanction Mali.'
    yield Reading(
        article=_article(text, "rough\tname", "ar", None, title="<b>]]> \x07title"),
        sentences=(Span(0, text.index("Chad")), Span(text.index("Chad"), len(text))),
        entities=(
            _entity(text, "o1", "organization", "Fatah"), _entity(text, "l1", "place", "Rafah"), _entity(text, "p1", "person", "ال \u202eسفير\x00"),
            _entity(text, "s1", "state", "Chad", code="TCD"), _entity(text, "s2", "state", "Mali", code="MLI"),
        ),
        events=(
            EventReport(id="v1", type="ASSAULT", mode="heavy-weapons", place="l1", trigger=_at(text, "shelled"), evidence=(Span(0, text.index("Chad")),),
                        participants=(Participation(entity="o1", role="actor"),), topics=("territory",)),
            EventReport(id="v2", type="ASSAULT", mode="heavy-weapons", factuality="denied", trigger=_at(text, "denied"), evidence=(_at(text, "army denied"),)),
            EventReport(id="v3", type="SANCTION", factuality="possible", date="2025-21", trigger=_at(text, "sanction"), evidence=(_at(text, "Chad may sanction Mali."),),
                        participants=(Participation(entity="s1", role="actor"), Participation(entity="s2", role="recipient"))),
        ),
        statements=(Statement(id="s1", speaker=None, kind="indirect", start=0, end=text.index("Chad"), text=text[: text.index("Chad")], source=_at(text, "army")),),
    )  # fmt: skip
    text = "On 2 April 2025 demonstrators marched in Bamako; Mali's army arrested forty, and Norway sent an envoy at 09:00."
    yield Reading(
        article=_article(text, "bamako", "en", date(2025, 4, 2), outlet="Nordic Wire"),
        sentences=(Span(0, len(text)),),
        entities=(_entity(text, "s1", "state", "Mali", code="MLI"), _entity(text, "s2", "state", "Norway", code="NOR"), _entity(text, "l1", "place", "Bamako", state="MLI")),
        dates=(When(start=3, end=15, text="2 April 2025", value="2025-04-02"),),
        events=(
            EventReport(id="v1", type="PROTEST", mode="demo", date="2025-04-02", place="l1", trigger=_at(text, "marched"), evidence=(Span(0, len(text)),)),
            EventReport(id="v2", type="COERCE", mode="arrest", date="2025-04-02", place="l1", trigger=_at(text, "arrested"), evidence=(Span(0, len(text)),),
                        participants=(Participation(entity="s1", role="actor"),), contexts=("repression",)),
            EventReport(id="v3", type="CONSULT", date="2025-04-02T09:00Z", place="s1", trigger=_at(text, "sent"), evidence=(Span(0, len(text)),),
                        participants=(Participation(entity="s2", role="visitor"), Participation(entity="s1", role="host"))),
        ),
    )  # fmt: skip


def _article(text: str, name: str, language: str, published: date | None, **more: str) -> Article:
    source = "given" if published else "unknown"
    return Article(id=article_id(text), name=name, text=text, language=language, published=published, published_from=source, **more)  # type: ignore[arg-type]


def fill(file: Path, readings: list[Reading], kit: Kit, signatures: Callable[[Reading], Signature]) -> Path:
    """A record of these readings, linked as the program links."""
    store = open_store(str(file))
    every = kinds(kit)
    for at in range(0, len(readings), 64):
        with store.writing():
            keep(store, [Fresh(reading=one, signature=signatures(one)) for one in readings[at : at + 64]], every)
    store.close()
    return file


@pytest.fixture(scope="session")
def plain_kit(kit: Kit) -> Kit:
    """Without the encoder, which takes half a minute to load and has nothing to do with exports."""
    return Kit(replace(kit.config, encoder=False))


@pytest.fixture(scope="session")
def rough_record(tmp_path_factory: pytest.TempPathFactory, plain_kit: Kit) -> Path:
    """The record by hand, with a correction."""
    file = fill(tmp_path_factory.mktemp("rough") / "record.db", list(rough()), plain_kit, lambda one: signature(one.article, one, plain_kit))
    store = open_store(str(file))
    first = next(rough())
    at = first.events[0].trigger
    with store.writing():
        store.add_correction(Correction(id=0, kind="event", verdict="value", left=f"{first.article.id}#{at.start}-{at.end}", right="energy-talks", field="nothing",
                                        by="ana", why="kept as it was said"))  # fmt: skip
    store.close()
    return file


@pytest.fixture(scope="session")
def sampled_record(tmp_path_factory: pytest.TempPathFactory, kit: Kit) -> Path:
    """The samples as the program reads them, and the seeds where they are there."""
    file = tmp_path_factory.mktemp("sampled") / "record.db"
    store = open_store(str(file))
    arrivals = [*samples(sample_folder(ROOT), kit.config), *_seeds(kit.config)]
    assert all(one.new for one in add(store, arrivals, Here(), kit.config))
    store.close()
    return file


def _seeds(config: Config) -> Iterator:  # type: ignore[type-arg]
    for gold in sorted(SEEDS.glob("*.gold.json")) if SEEDS.is_dir() else ():
        row = json.loads(gold.read_text(encoding="utf-8"))
        arrived = from_file(SEEDS / row["file"], config)
        published = date.fromisoformat(row["published"])
        yield replace(arrived, article=replace(arrived.article, published=published, published_from="given", language=row["language"]))


@pytest.fixture(scope="session")
def world_record(tmp_path_factory: pytest.TempPathFactory, plain_kit: Kit) -> Path:
    """The reports of a generated world."""
    simulation = pytest.importorskip("benchmarks.simulation", reason="the generator of worlds is part of a checkout alone")
    articles = int(os.environ.get("DRAGOMAN_WORLD", _WORLD))
    reports = {one.reading.article.id: one for one in simulation.world(seed=3, articles=articles)}
    return fill(
        tmp_path_factory.mktemp("world") / "record.db", [one.reading for one in reports.values()], plain_kit, lambda one: reports[one.article.id].signature
    )


@pytest.fixture(params=["rough_record", "sampled_record", "world_record"])
def record_file(request: pytest.FixtureRequest) -> Path:
    """Each of the three."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


Export = Callable[..., tuple[Path, Losses]]


@pytest.fixture(scope="session")
def selections(plain_kit: Kit) -> Iterator[Callable[[Path], Selection]]:
    """All of a record, opened once for all tests: none of them changes it."""
    opened: dict[Path, tuple[Store, Selection]] = {}

    def select(record: Path) -> Selection:
        if record not in opened:
            store = open_store(str(record), create=False)
            opened[record] = store, selection_of(store, plain_kit.config)
        return opened[record][1]

    yield select
    for store, _ in opened.values():
        store.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, selections: Callable[[Path], Selection]) -> Export:
    """Exports a record in a format, once for all tests: gives where it lies and what was lost."""
    done: dict[tuple[Path, str], tuple[Path, Losses]] = {}

    def write(record: Path, format: str) -> tuple[Path, Losses]:
        if (record, format) not in done:
            target = tmp_path_factory.mktemp(format) / format
            done[record, format] = target, export(selections(record), known_format(format), target)
        return done[record, format]

    return write


def write_to(record: Path, format: str, target: Path, config: Config, wanted: Wanted | None = None) -> Losses:
    """Exports a record, or what is wanted of it."""
    store = open_store(str(record), create=False)
    losses = export(selection_of(store, config, wanted), known_format(format), target)
    store.close()
    return losses


@pytest.fixture
def exported(plain_kit: Kit) -> Callable[..., Losses]:
    """`write_to` with the settings of the session."""
    return lambda record, name, target, wanted=None: write_to(record, name, target, plain_kit.config, wanted)


@pytest.fixture
def shelf(record_file: Path, selections: Callable[[Path], Selection]) -> Shelf:
    """The record to hold exports against."""
    return selections(record_file).shelf


@pytest.fixture
def selection(rough_record: Path, selections: Callable[[Path], Selection]) -> Selection:
    """All of the record by hand."""
    return selections(rough_record)
