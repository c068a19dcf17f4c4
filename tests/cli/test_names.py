"""The command that compares names: two at once, a file of pairs, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["names", *arguments])
    printed = capsys.readouterr()
    return int(stopped.value.code or 0), printed.out, printed.err


def test_two_names_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "Asaad Al-Sheebani", "أسعد الشيباني", "--format", "json")
    row = json.loads(out)
    assert code == 0
    assert list(row) == ["same", "score", "features", "left", "right"]
    assert row["same"] is True
    assert row["score"] > 0.9
    assert row["right"] == "أسعد الشيباني"


def test_two_names_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "Hafez al-Assad", "Bachar el-Assad", "--format", "text")[1].startswith("different (")
    assert run(capsys, "Hakan Fidan", "Fidan", "--format", "text")[1].splitlines()[:2] == ["perhaps (0.60): Hakan Fidan / Fidan", "  reason: surname alone"]


def test_a_file_of_pairs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes("\ufeffWang Yi\t王毅\tsame\r\n\nKalın\tKalim\n".encode())
    code, out, _ = run(capsys, "--pairs", str(path))
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(row["left"], row["same"]) for row in rows] == [("Wang Yi", True), ("Kalın", False)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Wang Yi\t\xe7\x8e\x8b\nno tab here\n", "line 2 has no two names"),
        (b"Wang Yi\t\n", "line 1 has no two names"),
        (b"a\tb\n\n\xff\xfe\tb\n", "line 3 is not UTF-8"),
        (b"\n\n", "has no pairs"),
    ],
)
def test_a_garbled_file_is_said_with_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes(content)
    code, out, err = run(capsys, "--pairs", str(path))
    assert code == 2
    assert out == ""
    assert err.startswith("dragoman: ")
    assert "pairs.tsv" in err
    assert said in err


def test_wrong_calls_are_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "cannot be read (No such file" in run(capsys, "--pairs", str(tmp_path / "none.tsv"))[2]
    assert "give two names" in run(capsys, "Wang Yi")[2]
    assert "one of the names is empty" in run(capsys, "Wang Yi", " ")[2]
    assert "not both" in run(capsys, "Wang Yi", "王毅", "--pairs", "x.tsv")[2]
