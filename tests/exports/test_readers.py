"""Every export is read by a reader that we did not write, on a record by hand, on the samples and seeds, and on generated reports."""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.exports.format import xml_safe
from dragoman.exports.gdelt import EVENTS, MENTIONS
from dragoman.exports.losses import Losses
from dragoman.exports.polecat import COLUMNS
from dragoman.exports.tables import TABLES
from dragoman.knowledge.plover import CONTEXTS, TYPES
from dragoman.model.record import Event
from dragoman.model.record_codec import PARTS, loads, plain
from dragoman.model.shelf import Shelf

HERE = Path(__file__).parent


def rows_of(file: Path, separator: str, *, heading: bool = True) -> Any:
    pandas = pytest.importorskip("pandas")
    header = 0 if heading else None
    quoting = csv.QUOTE_MINIMAL if separator == "," else csv.QUOTE_NONE
    return pandas.read_csv(file, sep=separator, header=header, dtype=str, keep_default_na=False, quoting=quoting, engine="c")


def lost(losses: Losses, kind: str) -> int:
    return next((one.count for one in losses.found() if one.kind == kind), 0)


def count(shelf: Shelf, part: str) -> int:
    return sum(1 for _ in shelf.each(part))  # type: ignore[arg-type]


def test_json_is_the_whole_record(record_file: Path, shelf: Shelf, written: Any) -> None:
    record = loads(written(record_file, "json")[0].read_text(encoding="utf-8"))
    assert all(list(getattr(record, part)) == list(shelf.each(part)) for part in PARTS)  # type: ignore[arg-type]


def test_jsonl_has_every_reading_and_every_row(record_file: Path, shelf: Shelf, written: Any) -> None:
    lines = [json.loads(line) for line in written(record_file, "jsonl")[0].read_text(encoding="utf-8").splitlines()]
    assert lines[0]["part"] == "about"
    counts = Counter(line["part"] for line in lines)
    assert counts["readings"] == count(shelf, "articles")
    assert {part: counts[part] for part in PARTS} == {part: count(shelf, part) for part in PARTS}
    assert counts["corrections"] == len(shelf.corrections())


def test_csv_is_read_by_pandas_and_names_only_what_is_there(record_file: Path, shelf: Shelf, written: Any) -> None:
    folder = written(record_file, "csv")[0]
    tables = {table.name: rows_of(folder / f"{table.name}.csv", ",") for table in TABLES}
    assert all(list(tables[table.name].columns) == [name for name, _ in table.columns] for table in TABLES)
    for part in ("articles", "entities", "events", "statements", "commitments", "stories", "copies", "tenures"):
        assert len(tables[part]) == count(shelf, part)
    articles, entities, events = (set(tables[name]["id"]) for name in ("articles", "entities", "events"))
    assert set(tables["mentions"]["article"]) <= articles
    assert set(tables["mentions"]["entity"]) <= entities
    assert set(tables["participants"]["event"]) | set(tables["reports"]["event"]) | set(tables["versions"]["event"]) <= events
    assert set(tables["participants"]["entity"]) <= entities


def test_parquet_has_the_rows_of_csv_with_their_kinds(record_file: Path, written: Any) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder, other = written(record_file, "parquet")[0], written(record_file, "csv")[0]
    for table in TABLES:
        read = parquet.read_table(folder / f"{table.name}.parquet")
        assert read.column_names == [name for name, _ in table.columns]
        assert read.num_rows == len(rows_of(other / f"{table.name}.csv", ","))
    events = parquet.read_table(folder / "events.parquet")
    assert str(events.schema.field("topics").type).startswith("list")
    assert str(events.schema.field("origins").type) == "int64"


def test_gdelt_has_its_columns_codes_and_one_quad_table(record_file: Path, shelf: Shelf, written: Any) -> None:
    folder, losses = written(record_file, "gdelt")
    events, mentions = rows_of(folder / "events.export.CSV", "\t", heading=False), rows_of(folder / "events.mentions.CSV", "\t", heading=False)
    assert (len(EVENTS), len(MENTIONS)) == (61, 16) == (events.shape[1], mentions.shape[1])
    events.columns, mentions.columns = EVENTS, MENTIONS
    assert events["GLOBALEVENTID"].is_unique
    assert set(mentions["GLOBALEVENTID"]) == set(events["GLOBALEVENTID"])
    assert events["SQLDATE"].str.fullmatch(r"\d{8}").all()
    assert events["DATEADDED"].str.fullmatch(r"\d{14}").all()
    assert all(re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", code) for code in events["EventCode"])
    assert (events["EventCode"].str[:2] == events["EventRootCode"]).all()
    quads = dict(zip(events["EventRootCode"], events["QuadClass"], strict=True))
    expected = {f"{root:02}": "1" if root < 6 else "2" if root < 10 else "3" if root < 15 else "4" for root in range(1, 21)}
    assert quads.items() <= expected.items()
    assert all(len(code) in (0, 2) for code in events["ActionGeo_CountryCode"])
    assert events["GoldsteinScale"].astype(float).between(-10, 10).all()
    assert (mentions["SentenceID"].astype(int) > 0).all()
    statements = (events["EventCode"] == "010").sum()
    assert statements + lost(losses, "statements without a day") == count(shelf, "statements")


def test_polecat_has_forty_columns_and_every_event(record_file: Path, shelf: Shelf, written: Any) -> None:
    folder, losses = written(record_file, "polecat")
    first = (folder / "events.tsv").read_text(encoding="utf-8").splitlines()[0].split("\t")
    assert len(first) == 40
    assert all(cell.startswith('"') and cell.endswith('"') for cell in first)
    pandas = pytest.importorskip("pandas")
    events = pandas.read_csv(folder / "events.tsv", sep="\t", dtype=str, keep_default_na=False)
    assert tuple(events.columns) == COLUMNS
    assert len(events) + lost(losses, "events without a day") == count(shelf, "events")
    assert set(events["Event Type"]) <= set(TYPES)
    assert {context for cell in events["Contexts"] for context in cell.split(";") if context} <= {*CONTEXTS, "future", "hypothetical", "negation"}
    assert all(number.isdigit() for cell in events["Actor COW"] for number in cell.split(";") if number)
    assert events["Intensity"].astype(float).between(-10, 10).all()
    # Conflicts are below nought, cooperation above.
    conflict = events["Quad Code"].str.endswith("CONFLICT")
    assert (events["Intensity"][~conflict].astype(float) >= 0).all()
    assert (events["Intensity"][conflict].astype(float) <= 0.5).all()


def test_acled_has_its_columns_and_owns_up_to_what_it_leaves_out(record_file: Path, shelf: Shelf, written: Any) -> None:
    file, losses = written(record_file, "acled")
    events = rows_of(file, ",")
    assert events.shape[1] == 31
    assert len(events) + lost(losses, "events outside ACLED") + lost(losses, "events without a day") == count(shelf, "events")
    assert events["event_id_cnty"].is_unique
    assert set(events["time_precision"]) | set(events["geo_precision"]) <= {"1", "2", "3"}
    assert set(events["event_type"]) <= {"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments"}
    assert (events["fatalities"] == "").all()
    assert all(number == "" or number.isdigit() for number in events["iso"])


def test_ftm_is_made_of_valid_entities_and_statements(record_file: Path, shelf: Shelf, written: Any) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    from followthemoney.statement import read_path_statements

    folder = written(record_file, "ftm")[0]
    found = {}
    for line in (folder / "entities.ftm.json").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        proxy = followthemoney.model.get_proxy(row, cleaned=False)
        assert proxy.id not in found
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == row["properties"], "a value was cleaned away"
        assert all(proxy.get(name) for name in proxy.schema.required), proxy
        found[proxy.id] = proxy
    for proxy in found.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert found[value].schema.is_a(prop.range), (proxy.id, prop, value)
    statements = {one.id: one for one in read_path_statements(folder / "statements.csv", format="csv")}
    assert {one.entity_id for one in statements.values()} == set(found)
    kinds = Counter(proxy.schema.name for proxy in found.values())
    assert kinds["Event"] == count(shelf, "events")
    assert kinds["Note"] == count(shelf, "statements") + count(shelf, "commitments")
    assert kinds["Occupancy"] == count(shelf, "tenures")
    named = {json.loads(line)["statement"] for line in (folder / "selectors.jsonl").read_text(encoding="utf-8").splitlines()}
    assert named <= set(statements)
    assert {one.id for one in statements.values() if one.schema in ("Event", "Note", "Occupancy", "Mention")} <= named


def test_popolo_holds_to_its_schema_and_its_ids_lead_somewhere(record_file: Path, shelf: Shelf, written: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = json.loads(written(record_file, "popolo")[0].read_text(encoding="utf-8"))
    schema = json.loads((HERE / "popolo.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert not [error.message for error in validator.iter_errors(document)][:3]
    ids = {name: [row["id"] for row in document[name]] for name in document}
    assert all(len(rows) == len(set(rows)) for rows in ids.values())
    assert {row["person_id"] for row in document["memberships"]} <= set(ids["persons"])
    assert {row["post_id"] for row in document["memberships"]} <= set(ids["posts"])
    assert {row["organization_id"] for row in document["posts"] if "organization_id" in row} <= set(ids["organizations"])
    assert {one for row in document["events"] for one in row.get("attendees", ())} <= set(ids["persons"])
    assert len(ids["events"]) == count(shelf, "events")


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_graphs_are_read_by_networkx(record_file: Path, shelf: Shelf, written: Any, format: str) -> None:
    networkx = pytest.importorskip("networkx")
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[format](written(record_file, format)[0])
    parties = [sorted({part.entity for part in event.participants}) for event in shelf.each("events")]  # type: ignore[attr-defined]
    assert set(read.nodes) == {one for each in parties for one in each}
    pairs = Counter((one, other) for each in parties for at, one in enumerate(each) for other in each[at + 1 :])
    assert {tuple(sorted(ends)): found["events"] for *ends, found in read.edges(data=True)} == pairs
    assert all(found["cooperation"] + found["conflict"] == found["events"] for _, _, found in read.edges(data=True))


def test_geojson_is_read_by_shapely(record_file: Path, shelf: Shelf, written: Any) -> None:
    geometry = pytest.importorskip("shapely.geometry")
    file, losses = written(record_file, "geojson")
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    assert [feature["id"] for feature in document["features"]] == [event.id for event in shelf.each("events")]  # type: ignore[attr-defined]
    points = [geometry.shape(feature["geometry"]) for feature in document["features"] if feature["geometry"]]
    assert all(point.is_valid and -180 <= point.x <= 180 and -90 <= point.y <= 90 for point in points)
    bare = sum(feature["geometry"] is None and feature["properties"]["place"] is not None for feature in document["features"])
    assert bare == lost(losses, "where an event happened")
    assert points


def test_ics_is_read_by_icalendar(record_file: Path, shelf: Shelf, written: Any) -> None:
    icalendar = pytest.importorskip("icalendar")
    file, losses = written(record_file, "ics")
    raw = file.read_bytes()
    calendar = icalendar.Calendar.from_ical(raw)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    entries = calendar.walk("VEVENT")
    assert not [error for entry in entries for error in entry.errors]
    assert len({str(entry["UID"]) for entry in entries}) == len(entries)
    assert all(entry.get("DTSTAMP") and entry.get("DTSTART") and entry.get("SUMMARY") for entry in entries)
    left = sum(lost(losses, kind) for kind in ("events that are no meeting and not planned", "meetings without a day", "promises without a day"))
    assert len(entries) + left == count(shelf, "events") + count(shelf, "commitments")
    planned = {event.id for event in shelf.each("events") if event.factuality == "planned"}  # type: ignore[attr-defined]
    assert all(str(entry["STATUS"]) == "TENTATIVE" for entry in entries if str(entry["UID"]).partition("@")[0] in planned)


def test_annotations_hold_to_the_web_annotation_model(record_file: Path, shelf: Shelf, written: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = json.loads(written(record_file, "annotations")[0].read_text(encoding="utf-8"))
    schema = json.loads((HERE / "annotations.schema.json").read_text(encoding="utf-8"))
    assert not [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(document)][:3]
    assert len({one["id"] for one in document["items"]}) == len(document["items"])


def test_timeml_keeps_the_text_and_every_reference_leads_somewhere(record_file: Path, shelf: Shelf, written: Any) -> None:
    etree = pytest.importorskip("lxml.etree")
    folder = written(record_file, "timeml")[0]
    files = sorted(folder.glob("*.tml"))
    assert len(files) == count(shelf, "articles")
    for file in files if len(files) < 200 else files[::10]:
        root = etree.parse(str(file)).getroot()
        article = shelf.text(file.stem)
        assert article is not None
        assert "".join(root.find("TEXT").itertext()) == xml_safe(article.text)
        times = {one.get("tid"): one for one in root.iter("TIMEX3")}
        assert len(times) == len(list(root.iter("TIMEX3")))
        assert all(one.get("type") in ("DATE", "TIME", "DURATION", "SET") and one.get("value") for one in times.values())
        assert all(one.get(end) in times for one in times.values() for end in ("beginPoint", "endPoint") if one.get(end))
        events = {one.get("eid") for one in root.iter("EVENT")}
        instances = {one.get("eiid"): one.get("eventID") for one in root.iter("MAKEINSTANCE")}
        assert set(instances.values()) == events
        assert all(one.get("eventInstanceID") in instances and one.get("relatedToTime") in times for one in root.iter("TLINK"))


def test_html_asks_nothing_of_any_network(record_file: Path, shelf: Shelf, written: Any) -> None:
    html = pytest.importorskip("lxml.html")
    text = written(record_file, "html")[0].read_text(encoding="utf-8")
    tree = html.document_fromstring(text)
    assert not tree.xpath("//script | //img | //iframe | //link | //object | //form | //@style | //@onclick | //@src")
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    ids = set(tree.xpath("//@id"))
    assert {one.id for one in shelf.each("events")} | {one.id for one in shelf.each("statements")} <= ids  # type: ignore[attr-defined]
    assert {address[1:] for address in tree.xpath("//a/@href") if address.startswith("#")} <= ids
    assert all(re.match(r"#|https?://", address) for address in tree.xpath("//a/@href"))


def test_jsonld_is_read_by_rdflib_and_holds_to_its_shapes(record_file: Path, shelf: Shelf, written: Any) -> None:
    rdflib = pytest.importorskip("rdflib")
    sys.setrecursionlimit(10_000)
    graph = rdflib.Graph()
    file = written(record_file, "jsonld")[0]
    graph.parse(file, format="json-ld")
    sem = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    assert len(set(graph.subjects(rdflib.RDF.type, sem.Event))) == count(shelf, "events")
    views = sum(len(dispute.versions) for event in shelf.each("events") for dispute in _events(event).disputed)
    assert len(set(graph.subjects(rdflib.RDF.type, sem.View))) == views
    described = set(graph.subjects(rdflib.RDF.type, None))
    for predicate in (sem.hasActor, sem.hasPlace):
        assert set(graph.objects(None, predicate)) <= described
    if len(graph) < 60_000:
        pyshacl = pytest.importorskip("pyshacl")
        shapes = rdflib.Graph().parse(HERE / "shapes.ttl", format="turtle")
        conforms, _, told = pyshacl.validate(graph, shacl_graph=shapes, advanced=False, inplace=True)
        assert conforms, told[:2_000]


def _events(one: object) -> Event:
    assert isinstance(one, Event)
    return one


def anchors_of(format: str, target: Path) -> Iterator[tuple[str, int, int, str]]:
    """(article, start, end, words) of every selector in an export."""
    if format == "annotations":
        for one in json.loads(target.read_text(encoding="utf-8"))["items"]:
            position, quote = one["target"]["selector"]
            yield one["target"]["source"].rpartition(":")[2], position["start"], position["end"], quote["exact"]
        return
    files = sorted(target.glob("selectors.jsonl")) if target.is_dir() else [target]
    for file in files:
        for found in re.finditer(r'\{"article":"([0-9a-f]+)","start":(\d+),"end":(\d+),"exact":("(?:[^"\\]|\\.)*")\}', file.read_text(encoding="utf-8")):
            yield found[1], int(found[2]), int(found[3]), json.loads(found[4])


@pytest.mark.parametrize("format", ["annotations", "geojson", "ftm", "popolo"])
def test_every_selector_is_at_its_place(record_file: Path, shelf: Shelf, written: Any, format: str) -> None:
    seen = 0
    texts: dict[str, str] = {}
    for article, start, end, exact in anchors_of(format, written(record_file, format)[0]):
        if article not in texts:
            found = shelf.text(article)
            assert found is not None
            texts[article] = found.text
        assert texts[article][start:end] == exact
        seen += 1
    assert seen


def test_every_fact_of_the_record_has_a_selector(record_file: Path, shelf: Shelf, written: Any) -> None:
    bodies = {one["body"]["id"] for one in json.loads(written(record_file, "annotations")[0].read_text(encoding="utf-8"))["items"]}
    for part, kind in (("events", "event"), ("statements", "statement"), ("commitments", "commitment")):
        assert {f"urn:dragoman:{kind}:{one.id}" for one in shelf.each(part)} <= bodies  # type: ignore[arg-type, attr-defined]
    named = {f"urn:dragoman:entity:{one.id}" for one in shelf.each("entities") if plain(one)["mentions"]}  # type: ignore[attr-defined]
    assert named <= bodies
    assert sum(body.startswith("urn:dragoman:tenure:") for body in bodies) == count(shelf, "tenures")
