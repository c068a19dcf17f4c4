"""The page docs/record.md: every command on it prints what the page says it prints, ids and moments aside."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from dragoman.cli.main import main

PAGE = Path(__file__).parent.parent.parent / "docs" / "record.md"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ID = re.compile(r"\b[a-z]?[0-9a-f]{16}\b")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC")


def same_ids(text: str) -> str:
    """Ids and moments as one word each; lines that wrap where an id stands are joined."""
    return " ".join(_MOMENT.sub("MOMENT", _ID.sub("ID", text)).split())


def examples() -> list[tuple[str, str]]:
    """The commands of the page with what it says they print."""
    found = []
    for language, block in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language == "console":
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                found.append((command, printed))
    return found


def test_every_example_prints_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    (reports,) = [block for language, block in _BLOCK.findall(text) if language == "json"]
    (tmp_path / "reports.jsonl").write_text(reports, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("DRAGOMAN_RECORD", "oslo.db")
    shown: dict[str, str] = {}
    for command, expected in examples():
        program, *arguments = shlex.split(command)
        assert program == "dragoman"
        # Ids on the page are of the models that made it: here they are those of the last timeline.
        arguments = [shown.get(one, one) for one in arguments]
        with pytest.raises(SystemExit):
            main(arguments)
        captured = capsys.readouterr()
        printed = captured.out + captured.err
        assert same_ids(printed) == same_ids(expected), command
        shown |= dict(zip(_ID.findall(expected), _ID.findall(printed), strict=True))
    assert len(examples()) >= 10
