"""The command as a user meets it: what is printed where, what goes wrong and how that is said, and the exit status."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.cli.main import main
from dragoman.model.codec import loads

REPORT = "Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday. “The talks were good,” Lindqvist said."
GERMAN = "Der Außenminister von Norwegen traf gestern in Berlin seine Amtskollegin aus Schweden, um über die Lage zu sprechen, teilte das Ministerium mit."


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def dragoman(capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(int(stopped.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    file = tmp_path / "batch.jsonl"
    rows = [{"id": "one", "text": REPORT, "published": "2025-03-04"}, {"id": "two", "text": "Ana Lindqvist left Oslo.", "language": "en"}]
    file.write_text("\n".join([json.dumps(rows[0]), "{broken", json.dumps(rows[1])]), encoding="utf-8")
    return file


def piped(*arguments: object, stdin: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dragoman.cli.main", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **environment})


def test_one_article_is_one_json_object(dragoman: Command, report: Path) -> None:
    outcome = dragoman("read", report, "--published", "2025-03-04", "--language", "en")
    assert (outcome.status, outcome.err) == (0, "")
    reading = loads(outcome.out)
    assert (reading.article.name, reading.article.text, reading.article.published_from) == ("report.txt", REPORT, "given")
    assert {"Ana Lindqvist", "Per Dahl"} <= {entity.name for entity in reading.entities}


def test_the_page_for_people_and_its_labels(dragoman: Command, report: Path) -> None:
    english = dragoman("read", report, "--published", "2025-03-04", "--format", "text", "--labels", "en")
    assert english.status == 0
    assert "STATEMENTS (1)" in english.out
    assert "“The talks were good”" in english.out
    french = dragoman("read", report, "--published", "2025-03-04", "-f", "text", "--labels", "fr", "--explain")
    assert "DÉCLARATIONS (1)" in french.out
    assert "[confiance" in french.out


def test_html_is_chosen_by_the_ending(dragoman: Command, report: Path, tmp_path: Path) -> None:
    outcome = dragoman("read", report, "--published", "2025-03-04", "-o", tmp_path / "new" / "report.html", "--labels", "fr")
    assert (outcome.status, outcome.out) == (0, "")
    assert (tmp_path / "new" / "report.html").read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="fr"')
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["report.html"]


def test_troubles_of_a_single_article_are_said_on_standard_error(dragoman: Command, report: Path) -> None:
    outcome = dragoman("read", report)
    assert outcome.status == 0
    assert "dragoman: report.txt: no publication date is known, so 'Monday' or 'last week' cannot be resolved; give --published" in outcome.err
    assert [trouble.stage for trouble in loads(outcome.out).troubles] == ["published", "dates"]


def test_a_batch_goes_on_and_says_how_many_failed(dragoman: Command, batch: Path) -> None:
    outcome = dragoman("read", batch)
    assert outcome.status == 1
    assert outcome.err == "dragoman: 1 of 3 articles could not be read; each has a trouble in the output that says why\n"
    readings = [loads(line) for line in outcome.out.splitlines()]
    assert [reading.article.name for reading in readings] == ["one", "batch.jsonl line 2", "two"]
    assert readings[1].troubles[0].message.startswith("batch.jsonl line 2: is not JSON")


def test_a_batch_of_which_nothing_could_be_read_fails(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{broken\n5\n", encoding="utf-8")
    outcome = dragoman("read", tmp_path / "a.jsonl")
    assert outcome.status == 2
    assert len(outcome.out.splitlines()) == 2


def test_a_batch_is_a_page_too(dragoman: Command, batch: Path) -> None:
    text = dragoman("read", batch, "--format", "text", "--labels", "en").out
    assert text.index("one\n") < text.index("batch.jsonl line 2\n") < text.index("two\n")
    assert 'id="contents"' in dragoman("read", batch, "--format", "html").out


def test_a_folder_is_read_by_name_and_two_workers_give_the_same_bytes(dragoman: Command, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, raw in {"b.txt": REPORT.encode(), "a.txt": b"", "c.txt": REPORT.encode("utf-16"), "d.txt": bytes(range(256)) * 9}.items():
        (folder / name).write_bytes(raw)
    one = dragoman("read", folder, "--published", "2025-03-04")
    two = dragoman("read", folder, "--published", "2025-03-04", "--workers", "2", "-o", tmp_path / "two.jsonl")
    assert (one.status, two.status) == (1, 1)
    assert one.out == (tmp_path / "two.jsonl").read_text(encoding="utf-8")
    troubles = [(reading.article.name, [trouble.stage for trouble in reading.troubles]) for reading in map(loads, one.out.splitlines())]
    assert troubles == [("a.txt", ["input"]), ("b.txt", []), ("c.txt", ["encoding"]), ("d.txt", ["input"])]


def test_standard_input_is_a_text_or_lines(batch: Path) -> None:
    text = piped("read", "-", "--published", "2025-03-04", stdin=REPORT.encode())
    assert (text.returncode, loads(text.stdout.decode()).article.name) == (0, "standard input")
    lines = piped("read", "-", stdin=batch.read_bytes())
    assert lines.returncode == 1
    assert len(lines.stdout.splitlines()) == 3
    assert b"standard input line 2: is not JSON" in lines.stdout


def seen_in_a_terminal(*arguments: object, out: bool) -> tuple[str, bytes]:
    """What a terminal shows of standard output, or else of standard error, and what went elsewhere."""
    ours, theirs = os.openpty()
    stdout, stderr = (theirs, subprocess.PIPE) if out else (subprocess.PIPE, theirs)
    command = [sys.executable, "-m", "dragoman.cli.main", *map(str, arguments)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "70", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # Linux says so when the other end has closed
            while chunk := os.read(ours, 65_536):
                shown += chunk
        elsewhere = process.stderr if out else process.stdout
        assert elsewhere is not None
        rest = elsewhere.read()
    os.close(ours)
    return shown.decode(), rest


def test_a_terminal_gets_a_page_in_its_width(report: Path) -> None:
    shown, errors = seen_in_a_terminal("read", report, "--published", "2025-03-04", out=True)
    assert "STATEMENTS (1)" in shown
    assert "\x1b[1m" in shown
    assert errors == b""


def test_progress_is_counted_on_standard_error(batch: Path) -> None:
    shown, lines = seen_in_a_terminal("read", batch, out=False)
    assert "3/3" in shown
    assert "two" in shown
    assert len(lines.splitlines()) == 3
    assert b"3/3" not in lines


def test_the_locale_chooses_the_labels_and_a_closed_pipe_is_no_traceback() -> None:
    page = piped("read", "-", "-f", "text", "--language", "en", stdin=b"Ana Lindqvist left Oslo.", LC_ALL="fr_FR.UTF-8")
    assert "DIFFICULTÉS" in page.stdout.decode()
    command = f"{sys.executable} -m dragoman.cli.main schema | head -c 10"
    closed = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in closed.stderr


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.txt", None, "a.txt: there is no such file; check the path"),
        ("a.txt", b"", "a.txt: is empty; give a file that holds the text of a report"),
        ("a.txt", b"  \n\n\t ", "a.txt: holds nothing but white space; give a file"),
        ("a.txt", bytes(range(256)) * 9, "a.txt: holds bytes that are no text; if it is a document, save it as text (UTF-8) and read that"),
        ("a.txt", b"%PDF-1.7", "a.txt: is no PDF that can be read"),
        (
            "a.txt",
            b"x" * 8_000_001,
            "a.txt: more than 8,000,000 bytes, which is the limit; set DRAGOMAN_MAX_BYTES (or max_bytes under [reading] in dragoman.toml)",
        ),
        ("a.jsonl", None, "a.jsonl: there is no such file; check the path"),
        ("a.jsonl", b"\n\n", "a.jsonl: holds no line; give one article a line"),
        ("x" * 3_000, None, "File name too long"),
    ],
)
def test_input_that_cannot_be_read(dragoman: Command, tmp_path: Path, name: str, raw: bytes | None, message: str) -> None:
    if raw is not None:
        (tmp_path / name).write_bytes(raw)
    outcome = dragoman("read", tmp_path / name)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.startswith("dragoman: ")
    assert outcome.err.count("\n") == 1
    assert len(outcome.err) < 1_000


def test_a_folder_without_texts(dragoman: Command, tmp_path: Path) -> None:
    outcome = dragoman("read", tmp_path)
    assert outcome.status == 2
    assert outcome.err.endswith(": holds no .txt, .html, .htm, .xhtml, .eml or .pdf file; give a folder with texts or pages, or another file by its name\n")


def test_a_limit_can_be_raised(dragoman: Command, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_MAX_CHARACTERS", "20")
    refused = dragoman("read", report)
    assert (refused.status, "and 20 is the limit; set DRAGOMAN_MAX_CHARACTERS" in refused.err) == (2, True)
    monkeypatch.setenv("DRAGOMAN_MAX_CHARACTERS", "2000")
    assert dragoman("read", report).status == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--published", "2025-13-01"), "dragoman: --published: '2025-13-01' is no day of the calendar; write it as year-month-day, such as 2025-10-12"),
        (("--language", "klingon"), "dragoman: 'klingon' is no language code; give one of two letters, such as ar, en, fr, tr (see: dragoman languages)"),
        (("--labels", "de"), "dragoman: no labels in 'de'; there are en, fr"),
        (("--format", "xml"), "'xml' is not one of 'json', 'jsonl', 'text', 'html'"),
        (("--workers", "0"), "--workers"),
        (("--output", "."), "dragoman: .: is a folder; give the name of a file to write"),
        (("--output", "/dev/null/x.json"), "dragoman: /dev/null/x.json: cannot be written ("),
    ],
)
def test_options_that_cannot_be_followed(dragoman: Command, report: Path, options: tuple[str, ...], message: str) -> None:
    outcome = dragoman("read", report, *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err


def test_many_articles_are_no_single_object(dragoman: Command, batch: Path) -> None:
    outcome = dragoman("read", batch, "--format", "json")
    assert outcome.status == 2
    assert "many articles do not fit one JSON object; use --format jsonl" in outcome.err


def test_a_failed_run_leaves_the_old_output(dragoman: Command, tmp_path: Path) -> None:
    old = tmp_path / "out.json"
    old.write_text("old", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("\n", encoding="utf-8")
    assert dragoman("read", tmp_path / "a.jsonl", "-o", old).status == 2
    assert old.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "out.json"]


def test_a_device_is_written_to_and_a_link_stays_a_link(dragoman: Command, report: Path, tmp_path: Path) -> None:
    assert dragoman("read", report, "-o", "/dev/null").status == 0
    assert not Path("/dev/null").is_file()
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    assert dragoman("read", report, "-o", tmp_path / "link.json").status == 0
    assert (tmp_path / "link.json").is_symlink()
    assert loads((tmp_path / "real.json").read_text(encoding="utf-8")).article.text == REPORT


def test_a_language_that_is_read_in_part_is_named_and_its_names_are_given(dragoman: Command, tmp_path: Path) -> None:
    file = tmp_path / "de.txt"
    file.write_text(GERMAN, encoding="utf-8")
    outcome = dragoman("read", file)
    assert outcome.status == 0
    assert "German (de) is read in part only" in outcome.err
    reading = loads(outcome.out)
    assert reading.partial
    assert "Berlin" in {entity.name for entity in reading.entities}


def test_strange_characters_are_read_and_kept(dragoman: Command, tmp_path: Path) -> None:
    text = "Foreign Minister Ana \u202eLindqvist\u202c met \u200fPer Dahl\u200e 😀👨\u200d👩\u200d👧 in Oslo.\x00 \x1b[31mHe left the town on Monday and said that it was well."
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    outcome = dragoman("read", file, "--language", "en")
    assert loads(outcome.out).article.text == text
    assert "holds 1 NUL character, kept and read as space" in outcome.err
    page = dragoman("read", file, "--language", "en", "-f", "text").out
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_long_line_without_a_full_stop_is_read(dragoman: Command, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("x" * 150_000 + " " + "the minister of Norway left Oslo and " * 700, encoding="utf-8")
    outcome = dragoman("read", file, "--language", "en", "--published", "2025-03-04")
    assert outcome.status == 0
    assert loads(outcome.out).entities


def test_help_tells_formats_and_exit_status(dragoman: Command) -> None:
    outcome = dragoman("read", "--help")
    assert outcome.status == 0
    for words in ("Exit status: 0 all read", "--published", "--labels", "--explain", "--workers", "json|jsonl|text|html"):
        assert words in outcome.out
    assert dragoman().status == 2
    assert dragoman("--version").out.startswith("dragoman ")


def test_every_format_is_read_by_its_content(dragoman: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><head><title>Talks</title></head><body><article><h1>Talks</h1><p>{REPORT}</p></article></body></html>", encoding="utf-8")
    article = loads(dragoman("read", page, "--language", "en").out).article
    assert (article.text, article.title) == (REPORT, "Talks")
    table = tmp_path / "table.csv"
    table.write_text(f'wording,when\n"{REPORT.replace(chr(34), chr(34) * 2)}",2025-03-04\n', encoding="utf-8")
    outcome = dragoman("read", table, "--map", "text=wording,published=when", "--language", "en")
    (line,) = outcome.out.splitlines()
    assert (loads(line).article.text, loads(line).article.published_from) == (REPORT, "metadata")
    assert "there is no column 'words'; there are 'wording', 'when'" in dragoman("read", table, "--map", "text=words").err
    assert "--map: 'words' is not like text=body" in dragoman("read", table, "--map", "words").err


def test_a_page_and_a_table_on_standard_input() -> None:
    page = f"<html><body><article><p>{REPORT}</p></article></body></html>".encode()
    assert loads(piped("read", "-", "--language", "en", stdin=page).stdout.decode()).article.text == REPORT
    table = piped("read", "-", "--map", "text=wording", "--language", "en", stdin=b'wording;n\n"Ana Lindqvist left Oslo.";1\n').stdout.decode()
    assert loads(table.splitlines()[0]).article.text == "Ana Lindqvist left Oslo."


def test_an_address_that_may_not_be_asked(dragoman: Command) -> None:
    outcome = dragoman("read", "http://127.0.0.1:9/page.html")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("dragoman: http://127.0.0.1:9")


def test_of_several_files_one_that_cannot_be_read_costs_that_one(dragoman: Command, report: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7")
    record = tmp_path / "record.db"
    outcome = dragoman("--record", record, "add", tmp_path / "bad.pdf", tmp_path / "none.txt", report, "--language", "en", "--published", "2025-03-04")
    assert outcome.status == 1
    assert "1 added, 0 known already, 2 could not be read" in outcome.err
    assert "bad.pdf: is no PDF that can be read" in outcome.err
    assert "none.txt: there is no such file; check the path" in outcome.err
    alone = dragoman("--record", record, "add", tmp_path / "none.txt")
    assert (alone.status, alone.out) == (2, "")
