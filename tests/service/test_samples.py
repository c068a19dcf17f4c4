"""The samples are what their index says, all of them can be read, and the summary shows who met whom."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from dragoman.engines.here import Here
from dragoman.exports.readings.labels import labels
from dragoman.model.codec import dumps
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.reading import Article, Entity, EventReport, Participation, Reading
from dragoman.model.spans import Span
from dragoman.service import samples as made
from dragoman.service.read import read_many
from dragoman.service.samples import meetings, sample_folder, samples, summary

ROOT = Path(__file__).parent.parent.parent


def test_the_index_names_every_sample_once() -> None:
    rows = [json.loads(line) for line in (ROOT / "samples/index.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(row["file"] for row in rows) == sorted(path.name for path in (ROOT / "samples").glob("*.txt"))
    assert all(row.keys() == {"id", "file", "title", "language", "published", "outlet"} for row in rows)
    assert len({row["id"] for row in rows}) == len(rows) == 26


def test_samples_come_with_what_the_index_says() -> None:
    found = list(samples(ROOT / "samples", Config()))
    assert all(one.usable and one.article.published and one.article.outlet and one.article.title for one in found)
    assert {one.article.language for one in found} == {"ar", "en", "fr", "tr"}


def test_readings_of_samples_hold_to_the_published_schema() -> None:
    schema = json.loads((ROOT / "docs/schemas/reading-1.json").read_text(encoding="utf-8"))
    chosen = [one for one in samples(ROOT / "samples", Config()) if one.article.name in ("nairobi-en.txt", "luanda-fr.txt")]
    readings = list(read_many(chosen, Here(), Config()))
    assert len(readings) == 2
    for reading in readings:
        jsonschema.validate(json.loads(dumps(reading)), schema)
        assert not reading.troubles
        assert reading.statements


def test_a_headline_in_the_text_is_the_title_of_the_index() -> None:
    for one in samples(ROOT / "samples", Config()):
        first, _, rest = one.article.text.partition("\n\n")
        if len(first) < 90 and rest and not first.endswith("."):
            assert one.article.title == first


def test_the_folder_is_found_from_below_and_from_elsewhere(tmp_path: Path) -> None:
    assert sample_folder(ROOT / "docs") == ROOT / "samples"
    assert sample_folder(tmp_path) == ROOT / "samples"


def test_a_broken_index_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "index.jsonl").write_text('{"file": "a.txt"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"index\.jsonl line 1: not a line of this index \('title'\)"):
        list(samples(tmp_path, Config()))


def reading(name: str, day: str | None) -> Reading:
    people = (Entity(id="p1", kind="person", name="Ana Lindqvist"), Entity(id="p2", kind="person", name="Per Dahl"), Entity(id="l1", kind="place", name="Oslo"))
    parts = (Participation(entity="p1", role="visitor", side="SWE"), Participation(entity="p2", role="host", side="NOR"))
    met = EventReport(id="v1", type="CONSULT", date=day, place="l1", participants=parts, trigger=Span(0, 1), factuality="planned")
    other = EventReport(id="v2", type="AID", trigger=Span(0, 1))
    return Reading(article=Article(id=name, name=name, text="x"), entities=people, events=(met, other))


def test_meetings_are_told_by_day_with_their_people() -> None:
    readings = [reading("b", None), reading("a", "2025-03-04"), reading("c", "2025-03-03")]
    assert [found.article.name for found, _ in meetings(readings)] == ["c", "a", "b"]
    console = Console(file=io.StringIO(), width=100)
    for part in summary(readings, labels("fr")):
        console.print(part)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "3 mars 2025 (prévu)" in printed
    assert "Ana Lindqvist (Suède), Per Dahl (Norvège)" in printed


def test_without_meetings_that_is_said() -> None:
    _, met = summary([Reading(article=Article(id="x", name="x", text="x"))], labels("en"))
    assert str(met) == "Nothing of this kind was found."


def test_the_run_ends_with_a_record_and_how_to_serve_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "samples"
    folder.mkdir()
    rows = [json.loads(line) for line in (ROOT / "samples/index.jsonl").read_text(encoding="utf-8").splitlines()]
    chosen = [row for row in rows if row["id"] in ("khujand-fr", "argyle-en")]
    (folder / "index.jsonl").write_text("".join(json.dumps(row) + "\n" for row in chosen), encoding="utf-8")
    for row in chosen:
        (folder / row["file"]).write_bytes((ROOT / "samples" / row["file"]).read_bytes())
    monkeypatch.chdir(tmp_path)
    printed = []
    for _ in range(2):
        made.main()
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1], "a second run finds all of it there"
    assert "http://127.0.0.1:8000/" in printed[0]
    assert printed[0].rstrip().endswith(".venv/bin/dragoman --record build/samples.db serve")
    assert (tmp_path / "build/samples.db").is_file()
    assert (tmp_path / "build/samples.html").is_file()
