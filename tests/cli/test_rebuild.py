"""`dragoman add`, `rebuild` and `status` on a record that an older version has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.cli.main import main
from dragoman.store.open import open_store


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    return int(stopped.value.code or 0)


def test_what_an_older_version_read_is_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAGOMAN_ENCODER", "false")
    record, report = tmp_path / "record.db", tmp_path / "report.txt"
    report.write_text("Swedish Foreign Minister Ana Lindqvist met Per Dahl in Oslo on Monday.")
    assert run("--record", record, "add", report, "--language", "en", "--published", "2025-03-04") == 0
    store = open_store(str(record))
    article = next(store.articles())
    store.put_reading(article.id, "sentences:0", str(store.reading(article.id)))
    store.close()
    capsys.readouterr()
    assert run("--record", record, "add", report) == 0
    told = capsys.readouterr().err
    assert "read again what an older version had read: 1 article\n" in told
    assert "0 added, 1 known already" in told
    assert run("--record", record, "add", report) == 0
    assert "read again" not in capsys.readouterr().err
    for more in ((), ("--all",)):
        assert run("--record", record, "rebuild", *more) == 0
        assert "1 articles read and linked anew" in capsys.readouterr().err
    assert run("--record", record, "status", "--check") == 0
    assert "all is well" in capsys.readouterr().out
