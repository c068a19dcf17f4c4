"""A record's own lines become an equal record; reference works are kept beside what reports say, and never in its place."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from dragoman.engines.here import Here
from dragoman.exports.losses import Losses
from dragoman.model.errors import InputError
from dragoman.model.reference import ReferenceTenure
from dragoman.reading.kit import Kit
from dragoman.service.exporting import export_to, known_format, selection_of
from dragoman.service.importing import import_lines, import_references
from dragoman.service.references import of_entity, referring
from dragoman.store.open import open_store
from dragoman.store.protocol import Store
from dragoman.store.references import all_references, count_references

Exported = Callable[..., Losses]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "new.db"))
    yield store
    store.close()


def take(store: Store, file: Path, kit: Kit) -> Any:
    return list(import_lines(store, file, Here(), kit.config))[-1]


def whole(store: Store, kit: Kit, format: str = "json") -> bytes:
    sink = BytesIO()
    export_to(selection_of(store, kit.config), known_format(format), sink)
    return sink.getvalue()


@pytest.mark.parametrize("record", ["rough_record", "sampled_record"])
def test_a_record_comes_back_equal(record: str, request: pytest.FixtureRequest, empty: Store, exported: Exported, tmp_path: Path) -> None:
    file: Path = request.getfixturevalue(record)
    kit: Kit = request.getfixturevalue("plain_kit" if record == "rough_record" else "kit")
    exported(file, "jsonl", tmp_path / "record.jsonl")
    done = take(empty, tmp_path / "record.jsonl", kit)
    old = open_store(str(file), create=False)
    assert done.new == sum(1 for _ in old.articles())
    assert whole(empty, kit) == whole(old, kit)
    assert whole(empty, kit, "jsonl") == (tmp_path / "record.jsonl").read_bytes()
    assert [one.why for one in empty.corrections()] == [one.why for one in old.corrections()]
    assert empty.check() == ()
    old.close()
    again = take(empty, tmp_path / "record.jsonl", kit)
    assert (again.new, again.known, again.corrections, again.references) == (0, done.new, 0, 0)


def test_corrections_hold_in_the_new_record(rough_record: Path, empty: Store, plain_kit: Kit, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "jsonl", tmp_path / "record.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()]
    reading = next(line["row"] for line in lines if line["part"] == "readings" and line["row"]["article"]["name"] == "oslo-en")
    other = next(line["row"] for line in lines if line["part"] == "readings" and line["row"]["article"]["name"] == "oslo-fr")
    ends = [f"{one['article']['id']}#{one['events'][0]['trigger'][0]}-{one['events'][0]['trigger'][1]}" for one in (reading, other)]
    row = {"id": 2, "kind": "event", "verdict": "different", "left": ends[0], "right": ends[1], "field": None, "by": "ana", "at": "2025-03-09T10:00:00+00:00",
           "why": "two visits", "undone": False}  # fmt: skip
    with (tmp_path / "record.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"part": "corrections", "row": row}) + "\n")
    assert take(empty, tmp_path / "record.jsonl", plain_kit).corrections == 2
    visits = [one for one in json.loads(whole(empty, plain_kit))["events"] if one["mode"] == "visit"]
    assert len(visits) == 2
    assert [one.undone for one in empty.corrections()] == [False, False]


def test_corrections_hold_for_articles_that_are_there_already(rough_record: Path, empty: Store, plain_kit: Kit, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "jsonl", tmp_path / "record.jsonl")
    take(empty, tmp_path / "record.jsonl", plain_kit)
    before = json.loads(whole(empty, plain_kit))
    lines = (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()
    reading = next(row for line in lines if (row := json.loads(line)["row"]).get("article", {}).get("name") == "bamako")
    start, end = reading["events"][0]["trigger"]
    row = {"id": 9, "kind": "event", "verdict": "reject", "left": f"{reading['article']['id']}#{start}-{end}", "right": None, "field": None, "by": "ana",
           "at": None, "why": "no march", "undone": False}  # fmt: skip
    (tmp_path / "more.jsonl").write_text(lines[0] + "\n" + json.dumps({"part": "corrections", "row": row}) + "\n", encoding="utf-8")
    assert take(empty, tmp_path / "more.jsonl", plain_kit).corrections == 1
    after = json.loads(whole(empty, plain_kit))
    assert {one["type"] for one in before["events"]} - {one["type"] for one in after["events"]} == {"PROTEST"}


def test_what_another_version_read_is_read_anew(rough_record: Path, empty: Store, plain_kit: Kit, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "jsonl", tmp_path / "record.jsonl")
    lines = (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()
    about = json.loads(lines[0])
    about["row"]["stages"] = "names:0"
    bamako = next(line for line in lines if '"name":"bamako"' in line and '"part":"readings"' in line)
    (tmp_path / "old.jsonl").write_text(json.dumps(about) + "\n" + bamako + "\n", encoding="utf-8")
    assert take(empty, tmp_path / "old.jsonl", plain_kit).new == 1
    found = json.loads(whole(empty, plain_kit))
    assert found["articles"][0]["published"] == "2025-04-02"
    assert found["entities"], "read by the stages there are"


def test_readings_as_they_are_written_can_be_taken_in(rough_record: Path, empty: Store, plain_kit: Kit, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "jsonl", tmp_path / "record.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()]
    readings = [json.dumps(line["row"]) for line in lines if line["part"] == "readings"]
    (tmp_path / "readings.jsonl").write_text("\n".join(readings), encoding="utf-8")
    assert take(empty, tmp_path / "readings.jsonl", plain_kit).new == len(readings) == 4
    assert {one["type"] for one in json.loads(whole(empty, plain_kit))["events"]} >= {"CONSULT", "ASSAULT"}


def broken(line: dict[str, Any], how: str) -> str:
    row = line["row"]
    if how == "text":
        row["article"]["text"] += "!"
    elif how == "span":
        row["events"][0]["trigger"] = [0, 10**6]
    elif how == "negative":
        row["sentences" if "sentences" in row else "article"]["sentences"][0] = [-1, 3]
    elif how == "name":
        row["entities"][0]["mentions"][0]["text"] = "Another"
    elif how == "field":
        row["events"][0]["colour"] = "blue"
    elif how == "part":
        line["part"] = "secrets"
    elif how == "json":
        return "{"
    return json.dumps(line)


@pytest.mark.parametrize("how", ["text", "span", "negative", "name", "field", "part", "json"])
def test_lines_that_are_wrong_are_refused_before_anything_is_kept(
    how: str, rough_record: Path, empty: Store, plain_kit: Kit, exported: Exported, tmp_path: Path
) -> None:
    exported(rough_record, "jsonl", tmp_path / "record.jsonl")
    lines = (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()
    at = max(number for number, line in enumerate(lines) if '"part":"readings"' in line)
    lines[at] = broken(json.loads(lines[at]), how)
    (tmp_path / "bad.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match=f"line {at + 1}"):
        take(empty, tmp_path / "bad.jsonl", plain_kit)
    assert empty.counts().articles == 0


def test_other_files_are_refused(empty: Store, plain_kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text('{"text": "a report"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="export --format jsonl"):
        take(empty, tmp_path / "articles.jsonl", plain_kit)
    with pytest.raises(InputError, match="no such file"):
        take(empty, tmp_path / "nothing.jsonl", plain_kit)
    for source, text in (("popolo", "[1]"), ("ftm", '{"id": 1}'), ("wikidata", '{"a": 1}'), ("popolo", "{"), ("wikidata", "nonsense")):
        (tmp_path / "file").write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            import_references(empty, tmp_path / "file", source)  # type: ignore[arg-type]
    assert count_references(empty) == 0


POPOLO = {
    "persons": [
        {"id": "p/1", "name": "Ana Lindqvist", "other_names": [{"name": "A. Lindkvist"}, {"name": 7}], "nationality": "SWE", "identifiers": [{"scheme": "wikidata", "identifier": "Q42"}],
         "memberships": [{"role": "member", "organization_id": "parl", "start_date": "2018-09"}]},
        {"id": 3, "name": "no id"}, "nonsense",
    ],
    "organizations": [{"id": "gov", "name": "Government of Sweden"}, {"id": "parl", "name": "Riksdag"}],
    "posts": [{"id": "fm", "label": "Minister for Foreign Affairs", "organization_id": "gov"}],
    "memberships": [{"person_id": "p/1", "post_id": "fm", "start_date": "2022-10-18", "end_date": "2026-00-00"}],
}  # fmt: skip


def test_popolo_gives_people_with_tenures(empty: Store, tmp_path: Path) -> None:
    (tmp_path / "sweden.json").write_text(json.dumps(POPOLO), encoding="utf-8")
    assert import_references(empty, tmp_path / "sweden.json", "popolo").references == 3
    ana = next(one for one in all_references(empty) if one.kind == "person")
    assert (ana.name, ana.names, ana.state, ana.wikidata) == ("Ana Lindqvist", ("Ana Lindqvist", "A. Lindkvist"), "SWE", "Q42")
    assert ana.tenures == (
        ReferenceTenure(office="Minister for Foreign Affairs", of="Government of Sweden", start="2022-10-18", end="2026"),
        ReferenceTenure(office="member", of="Riksdag", start="2018-09"),
    )
    assert import_references(empty, tmp_path / "sweden.json", "popolo").references == 0, "nothing is new"


def test_our_own_popolo_and_followthemoney_can_be_taken_in(rough_record: Path, empty: Store, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "popolo", tmp_path / "popolo.json")
    import_references(empty, tmp_path / "popolo.json", "popolo")
    exported(rough_record, "ftm", tmp_path / "ftm")
    import_references(empty, tmp_path / "ftm" / "entities.ftm.json", "ftm")
    found = list(referring(empty, "lindqvist"))
    assert {one.source for one in found} == {"popolo:popolo.json", "ftm:entities.ftm.json"}
    assert {held.office for one in found for held in one.tenures} == {"foreign minister (Sweden)"}
    assert {one.state for one in found} == {"SWE"}


def wikidata() -> dict[str, Any]:
    def item(identity: str) -> dict[str, Any]:
        return {"mainsnak": {"datavalue": {"value": {"id": identity}}}, "rank": "normal"}

    held = item("Q100")
    held["qualifiers"] = {
        "P580": [{"datavalue": {"value": {"time": "+2023-06-03T00:00:00Z", "precision": 11}}}],
        "P582": [{"datavalue": {"value": {"time": "+2025-01-00T00:00:00Z", "precision": 10}}}],
    }
    wrong = item("Q101") | {"rank": "deprecated"}
    return {
        "Q1": {"id": "Q1", "labels": {"tr": {"value": "Hakan Fidan"}, "en": {"value": "Hakan Fidan"}, "ar": {"value": "هاكان فيدان"}},
               "aliases": {"en": [{"value": "H. Fidan"}]}, "claims": {"P31": [item("Q5")], "P27": [item("Q43")], "P39": [held, wrong]}},
        "Q43": {"id": "Q43", "labels": {"en": {"value": "Turkey"}}, "claims": {"P31": [item("Q6256")], "P298": [{"mainsnak": {"datavalue": {"value": "TUR"}}}]}},
        "Q100": {"id": "Q100", "labels": {"en": {"value": "Minister of Foreign Affairs of Turkey"}}, "claims": {"P31": [item("Q4164871")], "P1001": [item("Q43")]}},
    }  # fmt: skip


@pytest.mark.parametrize("form", ["entities", "list", "lines", "one"])
def test_wikidata_gives_people_with_aliases_and_tenures(form: str, empty: Store, tmp_path: Path) -> None:
    entities = wikidata()
    texts = {
        "entities": json.dumps({"entities": entities}),
        "list": json.dumps(list(entities.values()), indent=1),
        "lines": "[\n" + ",\n".join(json.dumps(one) for one in entities.values()) + "\n]\n",
        "one": json.dumps(entities["Q1"]),
    }
    (tmp_path / "wikidata.json").write_text(texts[form], encoding="utf-8")
    import_references(empty, tmp_path / "wikidata.json", "wikidata")
    fidan = next(one for one in all_references(empty) if one.id == "Q1")
    assert fidan.names == ("Hakan Fidan", "هاكان فيدان", "H. Fidan")
    if form == "one":
        assert (fidan.state, fidan.tenures[0].office) == (None, "Q100")
    else:
        assert fidan.state == "TUR"
        assert fidan.tenures == (ReferenceTenure(office="Minister of Foreign Affairs of Turkey", of="TUR", start="2023-06-03", end="2025-01"),)
        assert {one.kind for one in all_references(empty)} == {"person", "state"}


def test_references_are_beside_the_record_and_never_in_it(rough_record: Path, empty: Store, plain_kit: Kit, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "jsonl", tmp_path / "record.jsonl")
    take(empty, tmp_path / "record.jsonl", plain_kit)
    before = whole(empty, plain_kit)
    (tmp_path / "sweden.json").write_text(json.dumps(POPOLO), encoding="utf-8")
    import_references(empty, tmp_path / "sweden.json", "popolo")
    assert whole(empty, plain_kit) == before
    ana = next(one for one in selection_of(empty, plain_kit.config).entities() if one.name == "Ana Lindqvist")
    assert [one.id for one in of_entity(empty, ana)] == ["p/1"]
    lines = [json.loads(line) for line in whole(empty, plain_kit, "jsonl").decode().splitlines()]
    assert sum(line["part"] == "references" for line in lines) == 3
    empty.forget_derived()
    assert count_references(empty) == 3, "kept when all that is derived is made anew"
