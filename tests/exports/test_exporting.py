"""Where an export is written, what is chosen, and what is owned up to."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest

from dragoman.exports.format import NAMES, Format, Part, format_of
from dragoman.exports.losses import Losses, lines, report
from dragoman.exports.selection import Selection, Wanted
from dragoman.model.errors import ConfigError, InputError, NotFound
from dragoman.model.record import Event
from dragoman.service.exporting import asked, export, export_to, known_format

ROOT = Path(__file__).parent.parent.parent
Exported = Callable[..., Losses]


def tree(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(place.iterdir())} if place.is_dir() else {"": place.read_bytes()}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_record_gives_the_same_bytes(name: str, rough_record: Path, exported: Exported, tmp_path: Path) -> None:
    for place in ("one", "two", "one.zip", "two.zip"):
        exported(rough_record, name, tmp_path / place)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    archive = zipfile.ZipFile(tmp_path / "one.zip")
    assert archive.testzip() is None
    folder = tree(tmp_path / "one")
    assert {one: archive.read(one) for one in archive.namelist()} == folder or list(folder.values()) == [archive.read(archive.namelist()[0])]


@pytest.mark.parametrize("name", NAMES)
def test_a_stream_gets_what_a_file_gets(name: str, selection: Selection, tmp_path: Path) -> None:
    sink = BytesIO()
    export_to(selection, known_format(name), sink)
    export(selection, known_format(name), tmp_path / ("file.zip" if known_format(name).layout == "tables" else "file"))
    assert sink.getvalue() == next(iter(tmp_path.iterdir())).read_bytes()


def test_nothing_is_replaced_until_all_is_written(selection: Selection, tmp_path: Path) -> None:
    def fail(sink: IO[bytes]) -> None:
        sink.write(b"half")
        raise RuntimeError("in the middle")

    def parts(_: Selection, __: Losses) -> Iterable[Part]:
        return (Part(name="one.csv", write=fail),)

    for layout, place in (("file", tmp_path / "file"), ("tables", tmp_path / "folder")):
        good = known_format("csv" if layout == "tables" else "json")
        export(selection, good, place)
        before = tree(place)
        with pytest.raises(RuntimeError):
            export(selection, Format(name="bad", layout=layout, parts=parts), place)  # type: ignore[arg-type]
        assert tree(place) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder"]


def test_a_folder_of_other_things_is_left_alone(selection: Selection, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.odt").write_text("years of work")
    with pytest.raises(InputError, match=r"thesis\.odt"):
        export(selection, known_format("csv"), tmp_path / "mine")
    assert tree(tmp_path / "mine") == {"thesis.odt": b"years of work"}
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="several tables"):
        export(selection, known_format("csv"), tmp_path / "file")
    with pytest.raises(InputError, match="is a folder"):
        export(selection, known_format("json"), tmp_path / "mine")


def test_an_export_takes_the_place_of_an_older_one(selection: Selection, tmp_path: Path) -> None:
    for _ in range(2):
        export(selection, known_format("timeml"), tmp_path / "out")
    export(replace(selection, wanted=Wanted(language="fr")), known_format("timeml"), tmp_path / "out")
    assert 0 < len(tree(tmp_path / "out")) < 4


def events_of(file: Path) -> list[dict[str, Any]]:
    return json.loads(file.read_text(encoding="utf-8"))["events"]  # type: ignore[no-any-return]


def chosen(selection: Selection, **wanted: Any) -> list[Event]:
    return list(replace(selection, wanted=Wanted(**wanted)).events())


def test_filters_choose_facts_and_what_they_rest_on(selection: Selection) -> None:
    everybody = {one.name: one for one in selection.entities()}
    ana = everybody["Ana Lindqvist"]
    assert {event.type for event in chosen(selection, type="ASSAULT")} == {"ASSAULT"}
    assert all(any(part.entity == ana.id for part in event.participants) for event in chosen(selection, person=ana.id))
    assert chosen(selection, between=("SWE", "NOR"))
    assert not chosen(selection, between=("SWE", "TCD"))
    assert {event.date for event in chosen(selection, since="2025-04", until="2025-05")} == {"2025-04-02", "2025-04-02T09:00Z", "2025-21"}
    assert all("border-control" in event.topics for event in chosen(selection, topic="border-control"))
    assert len(chosen(selection, outlet="Nordic Wire")) == 5
    assert len(chosen(selection, language="fr")) == 2
    part = replace(selection, wanted=Wanted(person=ana.id))
    assert [one.speaker for one in part.statements()] == [ana.id]
    assert len(list(part.commitments())) == 2
    assert {one.language for one in part.articles()} == {"en", "fr"}
    assert ana in list(part.entities())
    assert {one.person for one in part.tenures()} == {ana.id, everybody["Per Dahl"].id}
    told = {article.id for article in part.articles()}
    assert all(place.article in told for one in part.entities() for place in one.mentions)


@pytest.mark.parametrize("name", NAMES)
def test_a_part_of_a_record_can_be_had_in_every_format(name: str, rough_record: Path, exported: Exported, tmp_path: Path, selection: Selection) -> None:
    ana = next(one for one in selection.entities() if one.name == "Ana Lindqvist")
    for number, wanted in enumerate((Wanted(person=ana.id), Wanted(type="SANCTION"), Wanted(type="AID"))):
        exported(rough_record, name, tmp_path / f"{number}", wanted)
        written = b"".join(tree(tmp_path / f"{number}").values()) if (tmp_path / f"{number}").exists() else b""
        assert b"alert(1)" not in written or wanted.type == "SANCTION"


def test_what_is_typed_becomes_what_is_wanted(selection: Selection) -> None:
    ana = next(one for one in selection.entities() if one.name == "Ana Lindqvist")
    wanted = asked(selection.shelf, person="lindqvist", state="Suède", type="consult", topic="border control", language="fr", since="2025", until="2025-03-04")
    assert (wanted.person, wanted.side, wanted.type, wanted.topic) == (ana.id, "SWE", "CONSULT", "border-control")
    with pytest.raises(NotFound):
        asked(selection.shelf, person="Nobody Atall")
    with pytest.raises(ConfigError, match="--since"):
        asked(selection.shelf, since="last week")


def test_losses_are_counted_and_named(rough_record: Path, exported: Exported, tmp_path: Path, selection: Selection) -> None:
    losses = exported(rough_record, "gdelt", tmp_path / "gdelt")
    found = {one.kind: one for one in losses.found()}
    denied = [event.id for event in selection.events() if event.factuality in ("denied", "possible")]
    assert found["denied and possible events"].count == len(denied) == 2
    assert set(found["denied and possible events"].examples) == set(denied)
    assert found["others of a delegation"].count == 1
    told = lines(losses, "gdelt")
    assert all(re.search(r"^gdelt cannot hold .+: \d+ \(.+\); .+", line) for line in told)
    document = report(losses, "gdelt")
    assert json.loads(json.dumps(document))["losses"][0].keys() == {"kind", "count", "examples", "why"}
    with pytest.raises(KeyError):
        losses.lose("what nobody owned up to", "v1")
    assert lines(Losses({}), "jsonl") == ("jsonl holds all of it",)


def test_a_visit_is_two_rows_of_gdelt(rough_record: Path, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "gdelt", tmp_path / "gdelt")
    rows = [line.split("\t") for line in (tmp_path / "gdelt" / "events.export.CSV").read_text(encoding="utf-8").splitlines()]
    visits = {(row[26], row[6], row[16], row[5], row[15]) for row in rows if row[26] in ("042", "043")}
    assert ("042", "ANA LINDQVIST", "PER DAHL", "SWEGOV", "NORGOV") in visits
    assert ("043", "PER DAHL", "ANA LINDQVIST", "NORGOV", "SWEGOV") in visits
    # FIPS beside ISO: Sweden is SW there.
    assert {row[37] for row in rows if row[7] == "SWE"} == {"SW"}
    assert any(row[26] == "036" for row in rows), "a planned meeting"


def test_acled_codes_what_it_records(rough_record: Path, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "acled", tmp_path / "acled")
    text = (tmp_path / "acled").read_text(encoding="utf-8")
    assert "Peaceful protest" in text
    assert "Arrests" in text
    assert "Mali,,,,Bamako,12." in text


def test_disputed_days_are_views_in_linked_data(rough_record: Path, exported: Exported, tmp_path: Path) -> None:
    exported(rough_record, "jsonld", tmp_path / "jsonld")
    nodes = json.loads((tmp_path / "jsonld").read_text(encoding="utf-8"))["@graph"]
    views = [view for node in nodes for view in node.get("dragoman:view", ())]
    assert {view["dragoman:value"] for view in views if view["dragoman:field"] == "date"} == {"2025-03-03", "2025-03-04"}
    assert all(view["sem:accordingTo"] for view in views)


def test_every_format_is_documented_with_what_it_loses() -> None:
    text = (ROOT / "docs/exports.md").read_text(encoding="utf-8")
    sections = {found[1]: found[0] for found in re.finditer(r"^## `(\w+)`.*?(?=^## |\Z)", text, re.M | re.S)}
    assert set(sections) == set(NAMES)
    for name in NAMES:
        assert "```" in sections[name], f"{name}: no excerpt"
        missing = [kind for kind in format_of(name).cannot if kind not in sections[name]]
        assert not missing, (name, missing)


def test_a_format_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.model.errors import ModelMissing
    from dragoman.service import exporting

    monkeypatch.setattr(exporting.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelMissing, match=r"pip install 'dragoman\[exports\]'"):
        known_format("ics")
