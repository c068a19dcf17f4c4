"""Whatever a text holds, every format writes what its reader reads, and every selector is at its place."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dragoman.exports.format import NAMES, format_of, xml_safe
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.timeml import document
from dragoman.linking.items import Signature
from dragoman.model.codec import decode, encode
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Commitment, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement, When
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.exporting import export_to, selection_of
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.store.open import open_store

TEXTS = st.text(alphabet=st.one_of(st.sampled_from('"\\<>&;\t\r\n\0\ud800\u202e]\x0b,=\ufffe\U0001f600 aé'), st.characters()), min_size=4, max_size=60)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(TEXTS)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def entity(identity: str, kind: str, **more: Any) -> Entity:
        place = span()
        name = place.of(text)
        return Entity(id=identity, kind=kind, name=name, names=(name,), mentions=(Mention(start=place.start, end=place.end, text=name),), **more)  # type: ignore[arg-type]

    said, when = span(), span()
    dates = st.sampled_from([None, "2025-10-12", "2024-12", "2016/2019", "2025-21", "2025-10-12T09:00Z", "2025-10-12/..", "202X"])
    outlet = draw(st.none() | TEXTS)
    return Reading(
        article=Article(id=article_id(text), name=draw(TEXTS), text=text, language="en", title=draw(st.none() | TEXTS), outlet=outlet, url=draw(st.none() | TEXTS),
                        published=draw(st.none() | st.dates()), published_from="given"),
        sentences=(Span(0, len(text)),),
        entities=(entity("p1", "person", state="TUR"), entity("s1", "state", code="SYR"), entity("o1", "organization"), entity("l1", "place")),
        offices=(OfficeHolding(person="p1", office="foreign-minister", of="TUR", evidence=(span(),)),),
        dates=(When(start=when.start, end=when.end, text=when.of(text), value=draw(dates)),),
        events=(
            EventReport(id="v1", type=draw(st.sampled_from(["CONSULT", "ACCUSE", "ASSAULT", "AID"])), date=draw(dates), place="l1", trigger=span(),
                        evidence=(span(), span()), factuality=draw(st.sampled_from(["actual", "planned", "possible", "denied"])),
                        participants=(Participation(entity="p1", role="actor", side="TUR", office="foreign-minister"), Participation(entity="s1", role="recipient"))),
        ),
        statements=(Statement(id="s1", speaker="p1", kind="direct", start=said.start, end=said.end, text=said.of(text), channel=draw(st.none() | TEXTS)),),
        commitments=(Commitment(id="c1", by=("p1",), to=("s1",), act="pledge", what=draw(TEXTS), due=draw(dates), condition=draw(st.none() | TEXTS), evidence=(span(),)),),
    )  # fmt: skip


# An example is a record and seventeen exports: what fails is shown as it was found, for making it smaller takes hundreds of them.
@settings(max_examples=8, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(readings(), min_size=1, max_size=3, unique_by=lambda one: one.article.id))
def test_every_format_is_written_and_read(plain_kit: Kit, tmp_path_factory: pytest.TempPathFactory, found: list[Reading]) -> None:
    file = tmp_path_factory.mktemp("any") / "record.db"
    store = open_store(str(file))
    with store.writing():
        keep(store, [Fresh(reading=one, signature=Signature()) for one in found], kinds(plain_kit))
    selection = selection_of(store, plain_kit.config)
    written = {}
    for name in NAMES:
        sink = BytesIO()
        export_to(selection, format_of(name), sink)
        written[name] = sink.getvalue()
    _read(written, selection)
    store.close()


def _read(written: dict[str, bytes], selection: Selection) -> None:
    icalendar, networkx, rdflib = (pytest.importorskip(name) for name in ("icalendar", "networkx", "rdflib"))
    html = pytest.importorskip("lxml.html")
    assert not [error for entry in icalendar.Calendar.from_ical(written["ics"]).walk("VEVENT") for error in entry.errors]
    networkx.read_graphml(BytesIO(written["graphml"]))
    networkx.read_gexf(BytesIO(written["gexf"]))
    graph = rdflib.Graph()
    graph.parse(data=json.dumps(_whole(json.loads(written["jsonld"]))), format="json-ld")
    assert len(graph)
    assert not html.document_fromstring(written["html"].decode("utf-8")).xpath("//script")
    for one in json.loads(written["annotations"])["items"]:
        article = selection.text(one["target"]["source"].rpartition(":")[2])
        position, quote = one["target"]["selector"]
        assert article is not None
        assert article.text[position["start"] : position["end"]] == quote["exact"]
        assert article.text[: position["start"]].endswith(quote["prefix"])
    for name in ("json", "popolo", "geojson"):
        assert json.loads(written[name])
    # A line ends at a line feed alone: texts have U+0085 and U+2028, which JSON does not escape.
    lines = [json.loads(line) for line in written["jsonl"].decode("utf-8").split("\n")[:-1]]
    for line in lines:
        if line["part"] == "readings":
            assert encode(decode(line["row"])) == line["row"]


def _whole(value: Any) -> Any:
    """Without halves of surrogate pairs, which rdflib cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {_whole(key): _whole(one) for key, one in value.items()} if isinstance(value, dict) else value


@settings(max_examples=200)
@given(readings())
def test_timeml_keeps_any_text(reading: Reading) -> None:
    etree = pytest.importorskip("lxml.etree")
    written = "".join(document(reading, Losses(format_of("timeml").cannot)))
    root = etree.fromstring(written.encode("utf-8"))
    assert "".join(root.find("TEXT").itertext()) == xml_safe(reading.article.text)
