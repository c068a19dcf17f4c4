"""`dragoman add`, `rebuild` and `status` on a record that an older version has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.cli.main import main
from dragoman.engines.here import Here
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.service.ingest import add
from dragoman.sources.arrival import Arrival
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
    assert "brought up to date what an older version had read or linked: 1 article\n" in told
    assert "0 added, 1 known already" in told
    assert run("--record", record, "add", report) == 0
    assert "read again" not in capsys.readouterr().err
    for more in ((), ("--all",)):
        assert run("--record", record, "rebuild", *more) == 0
        assert "1 articles read and linked anew" in capsys.readouterr().err
    assert run("--record", record, "status", "--check") == 0
    assert "all is well" in capsys.readouterr().out


def test_texts_are_taken_anew_and_what_became_of_them_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAGOMAN_ENCODER", "false")
    text = "Swedish Foreign Minister Ana Lindqvist met Per Dahl in Oslo on Monday. It was snowing over the harbour all afternoon."
    page = f"<!doctype html><html><body><article><h1>Ministers</h1><p>{text}</p></article></body></html>".encode()
    store = open_store("record.db")
    for name, words, source in (("old.html", f"Home News. {text}", page), ("broken.html", "Nobody met.", b"<html><body></body></html>")):
        article = Article(id=article_id(words), name=name, text=words, language="en")
        list(add(store, [Arrival(article=article, source=source)], Here(), Config(encoder=False)))
    store.close()
    assert run("--record", "record.db", "rebuild", "--again") == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("dragoman: broken.html: stays as it was: broken.html: is a page in which no report was found")
    assert told[1:] == [
        "dragoman: 1 articles have another text, of 0 more is known, 1 could not be taken anew",
        "dragoman: 2 articles read and linked anew",
    ]
    assert run("--record", "record.db", "status", "--check") == 0
