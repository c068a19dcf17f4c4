"""Reading from Python: the same readings as the command gives, and errors in the caller's words."""

from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest

import dragoman
from dragoman.model.codec import loads

TEXT = "Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday."


def test_a_text_is_read() -> None:
    reading = dragoman.read(TEXT, published="2025-03-04", outlet="The Fjord")
    assert [(event.type, event.date) for event in reading.events] == [("CONSULT", "2025-03-03")]
    assert reading.article.outlet == "The Fjord"
    assert reading.article.published == date(2025, 3, 4)
    assert reading.article.text == TEXT
    assert loads(reading.to_json()) == loads(dragoman.read(TEXT, published=date(2025, 3, 4), outlet="The Fjord").to_json())
    assert reading.to_dict()["schema"] == "dragoman/reading/1"


def test_a_statement_has_the_words_for_who_speaks_where_they_name_nobody() -> None:
    (said,) = dragoman.read("Two officials said that the talks had been good.", language="en").statements
    assert said.speaker is None
    assert said.source is not None
    assert said.source.of("Two officials said that the talks had been good.") == "Two officials"


def test_a_moment_of_publication_is_its_day() -> None:
    assert dragoman.read(TEXT, published=datetime(2025, 3, 4, 23, 30)).article.published == date(2025, 3, 4)


def test_what_is_no_text_is_refused_in_words() -> None:
    with pytest.raises(dragoman.EmptyInput, match="nothing but white space"):
        dragoman.read(" \n")
    with pytest.raises(dragoman.InputError, match="not PosixPath; files are read with read_files"):
        dragoman.read(Path("report.txt"))  # type: ignore[arg-type]
    with pytest.raises(dragoman.ConfigError, match="published: 'Monday' is no day"):
        dragoman.read(TEXT, published="Monday")
    with pytest.raises(dragoman.ConfigError, match="'xx' is no language code"):
        dragoman.read(TEXT, language="xx")
    with pytest.raises(dragoman.TooLarge, match="10 is the limit"):
        dragoman.read(TEXT, config=dragoman.Config(max_characters=10))


def test_files_are_read_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"id": "one", "text": "Per Dahl arrived in Oslo."}\n{"text": 3}\n', encoding="utf-8")
    found = list(dragoman.read_files(tmp_path / "b.txt", str(tmp_path / "a.jsonl"), published="2025-03-04"))
    assert [reading.article.name for reading in found][:2] == ["b.txt", "one"]
    assert all(isinstance(reading, dragoman.Reading) for reading in found)
    assert [trouble.stage for trouble in found[2].troubles] == ["input"]
    with pytest.raises(dragoman.InputError, match="there is no such file"):
        next(dragoman.read_files(tmp_path / "none.txt"))


def test_a_notebook_shows_the_page_and_no_markup_of_the_text() -> None:
    shown = dragoman.read("<script>alert(1)</script> Per Dahl said in Oslo: 'No \"deal\".'", published="2025-03-04", title='A "title"')._repr_html_()
    assert shown.startswith("<iframe ")
    assert shown.count("<") == 2
    source = shown.split('srcdoc="')[1].split('"')[0]
    assert "<script>alert(1)" not in unescape(source)
    assert "Per Dahl" in source
    assert 'sandbox="allow-scripts"' in shown
