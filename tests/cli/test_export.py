"""`dragoman export`, `import` and `references` as a user meets them."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.cli.export import Format
from dragoman.cli.main import main
from dragoman.exports.format import NAMES


@dataclass(frozen=True)
class Outcome:
    status: int
    out: bytes
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def dragoman(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, made: Path, tmp_path: Path) -> Command:
    monkeypatch.setenv("DRAGOMAN_RECORD", str(made))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Outcome:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Outcome(int(stopped.value.code or 0), captured.out, captured.err.decode("utf-8"))

    return run


def test_the_command_knows_every_format() -> None:
    assert tuple(Format) == NAMES


def test_a_part_of_a_record_goes_to_a_file_with_what_was_lost(dragoman: Command, tmp_path: Path) -> None:
    done = dragoman("export", "-f", "ics", "--person", "fidan", "--between", "Türkiye", "SYR", "-o", "out/talks.ics", "--loss", "loss.json")
    assert (done.status, done.out) == (0, b"")
    assert all(line.startswith("dragoman: ics cannot hold ") for line in done.err.splitlines())
    calendar = (tmp_path / "out" / "talks.ics").read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 2
    assert "Haddad" in calendar
    report = json.loads((tmp_path / "loss.json").read_text(encoding="utf-8"))
    assert {one["kind"] for one in report["losses"]} == {"disputed versions", "statements", "tenures"}
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["talks.ics"]


def test_tables_go_to_standard_output_as_a_zip(dragoman: Command) -> None:
    done = dragoman("export", "-f", "csv", "--type", "CONSULT")
    archive = zipfile.ZipFile(io.BytesIO(done.out))
    assert "events.csv" in archive.namelist()
    assert archive.read("events.csv").decode().count("CONSULT") == 3


def test_tables_are_not_thrown_at_a_terminal(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = dragoman("export", "-f", "csv")
    assert done.status == 2
    assert "--output FILE.zip" in done.err


def test_the_record_as_a_day_knew_it(dragoman: Command) -> None:
    whole, then = (json.loads(dragoman("export", *more).out) for more in ((), ("--known-on", "2025-10-13")))
    assert (len(whole["articles"]), len(then["articles"])) == (5, 2)


def test_the_dossier_is_in_the_language_asked_for_and_never_in_that_of_the_locale(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    french = dragoman("export", "-f", "html", "--labels", "fr").out.decode()
    assert '<html lang="fr">' in french
    assert "<h2>Déclarations</h2>" in french
    assert "ministre des Affaires étrangères (Syrie)" in french
    assert "jour : 12 octobre 2025 — Outlet a1, Outlet c3" in french
    assert "Hakan Fidan met Asaad al-Shaibani in Ankara on Sunday." in french, "the words of an article stay as they are"
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert '<html lang="en">' in dragoman("export", "-f", "html").out.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-f", "html", "--labels", "tlh"), "no labels in 'tlh'; there are en, fr"),
        (("-f", "ics", "--labels", "fr"), "--labels: is for --format html"),
        (("--person", "Nobody"), "no person 'Nobody'"),
        (("--state", "Atlantis"), "'Atlantis' is no state"),
        (("--topic", "gossip"), "'gossip' is no topic"),
        (("--type", "TALK"), "'TALK' is no type"),
        (("--since", "yesterday"), "--since: 'yesterday' is no day"),
        (("--known-on", "then"), "then"),
    ],
)
def test_what_nothing_answers_to_is_said_in_a_line(dragoman: Command, arguments: tuple[str, ...], told: str) -> None:
    done = dragoman("export", *arguments)
    assert (done.status, done.out) == (2, b"")
    assert told in done.err
    assert "Traceback" not in done.err


def test_references_are_taken_in_and_listed(dragoman: Command, tmp_path: Path) -> None:
    people = {"persons": [{"id": "1", "name": "Hakan Fidan", "other_names": [{"name": "H. Fidan"}], "nationality": "TUR",
                           "memberships": [{"role": "Minister of Foreign Affairs", "start_date": "2023-06-03"}]}]}  # fmt: skip
    (tmp_path / "turkey.json").write_text(json.dumps(people), encoding="utf-8")
    assert "1 references" in dragoman("import", "turkey.json", "--format", "popolo").err
    listed = dragoman("references", "fidan").out.decode()
    assert listed == "Hakan Fidan · TUR · popolo:turkey.json\n  Minister of Foreign Affairs, 2023-06-03 – ?\n  also H. Fidan\n"
    assert dragoman("references", "lindqvist").out == b""
    assert json.loads(dragoman("references", "--format", "json").out)["tenures"][0]["start"] == "2023-06-03"
    assert dragoman("references", "--format", "xml").status == 2


def test_a_person_is_shown_with_who_is_named_so_by_reference(dragoman: Command, tmp_path: Path) -> None:
    before = dragoman("show", "person", "fidan", "--labels", "en").out.decode()
    assert "REFERENCE" not in before
    people = {"persons": [{"id": "1", "name": "Hakan Fidan", "other_names": [{"name": "H. Fidan"}], "nationality": "TUR",
                           "memberships": [{"role": "Minister of Foreign Affairs", "start_date": "2023-06-03"}, {"role": "Member"}]},
                          {"id": "2", "name": "Hakan Fidan", "nationality": "DEU"}]}  # fmt: skip
    (tmp_path / "turkey.json").write_text(json.dumps(people), encoding="utf-8")
    dragoman("import", "turkey.json", "--format", "popolo")
    after = dragoman("show", "person", "fidan", "--labels", "en").out.decode()
    assert after.startswith(before), "what reports say is as it was"
    told = after.removeprefix(before).replace("\u200e", "").splitlines()
    assert told[1].startswith("NAMED SO BY REFERENCE (1) ─")
    assert told[2:] == [
        "  Hakan Fidan · Türkiye · popolo:turkey.json", "    Minister of Foreign Affairs · since 3 June 2023", "    Member", "    also  H. Fidan",
    ]  # fmt: skip
    french = dragoman("show", "person", "fidan", "--labels", "fr").out.decode()
    assert "AINSI NOMMÉ PAR RÉFÉRENCE (1) ─" in french
    assert "Minister of Foreign Affairs · depuis le 3 juin 2023" in french
    assert [one["id"] for one in json.loads(dragoman("show", "person", "fidan", "-f", "json").out)["references"]] == ["1"]


def test_a_file_of_another_kind_is_refused_in_a_line(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a record", encoding="utf-8")
    for form in ("jsonl", "popolo", "ftm", "wikidata"):
        done = dragoman("import", "notes.txt", "--format", form)
        assert done.status == 2
        assert "notes.txt" in done.err
        assert "Traceback" not in done.err
