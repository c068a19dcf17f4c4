"""A record from Python: asked, corrected, shown and taken into data frames, on articles read by hand."""

from html.parser import HTMLParser
from pathlib import Path

import pandas
import polars
import pytest

import dragoman
from dragoman.exports.tables import TABLES


def test_a_timeline_is_a_sequence_of_events(made: Path) -> None:
    with dragoman.open(made) as record:
        events = record.timeline(between=("TUR", "Syrie"))
        assert len(events) == 2
        assert [event.date for event in events] == sorted(str(event.date) for event in events)
        assert events[0].origins >= 1
        assert isinstance(events[:1], dragoman.Timeline)
        assert isinstance(events[0], dragoman.Event)
        assert not record.timeline(type="SANCTION")
        whole = record.event(events[0].id)
        assert whole.event.id == events[0].id
        assert {report.language for report in whole.reports} >= {"en"}
        with pytest.raises(dragoman.NotFound):
            record.timeline(person="nobody at all")
        with pytest.raises(dragoman.Ambiguous):
            record.person("Peña")


def test_all_that_can_be_asked(made: Path) -> None:
    with dragoman.open(made) as record:
        assert record.counts()["articles"] == 5
        assert record.person("fidan").name == "Hakan Fidan"
        assert record.state("TUR").code == "TUR"
        assert record.article("b2.txt").article.language == "fr"
        assert record.office("SYR", "foreign-minister", on="2026-02-11").holders[0].tenure.person.name == "Rami Haddad"
        assert record.search("harvest").articles[0].name == "d4.txt"
        assert record.reading("a1.txt").statements[0].text == "We agree"
        assert len(list(record.readings())) == 5
        assert record.compare("a1.txt", "b2.txt").sentences
        story = record.article("a1.txt").article.story
        assert story is not None
        assert record.story(story).id == story


def test_a_record_as_a_day_knew_it(made: Path) -> None:
    with dragoman.open(made, known_on="2025-10-12") as record:
        assert record.counts()["articles"] == 2
        with pytest.raises(dragoman.InputError, match="open it without known_on"):
            record.add_text("Per Dahl met Ana Lindqvist.")


def test_corrections(made: Path) -> None:
    with dragoman.open(made) as record:
        event = record.timeline(type="CONSULT")[0]
        done = record.settle(event.id, "date", "2025-10-11", by="a tester", why="told so")
        assert record.event(event.id).event.date == "2025-10-11"
        assert [one.correction.id for one in record.corrections()] == [done.correction.id]
        record.undo(done.correction.id)
        assert record.event(event.id).event.date == event.date
        before = len(record.timeline())
        record.reject(event.id)
        assert len(record.timeline()) == before - 1


def test_tables_are_frames_of_their_kinds(made: Path) -> None:
    with dragoman.open(made) as record:
        for table in TABLES:
            one, other = record.to_pandas(table.name), record.to_polars(table.name)  # type: ignore[arg-type]
            names = [name for name, _ in table.columns]
            assert list(one.columns) == names == other.columns
            assert len(one) == len(other)
        events = record.to_polars()
        assert events.schema["topics"] == polars.List(polars.String)
        assert events.schema["origins"] == polars.Int64
        assert str(record.to_pandas().dtypes["origins"]) == "Int64"
        assert len(record.to_pandas("events", between=("TUR", "SYR"))) == 2
        assert record.to_polars("corrections").schema["undone"] == polars.Boolean
        with pytest.raises(dragoman.InputError, match="'event' is no table; there are articles"):
            record.to_pandas("event")  # type: ignore[arg-type]


def test_a_timeline_is_a_frame(made: Path) -> None:
    with dragoman.open(made) as record:
        events = record.timeline(between=("TUR", "SYR"))
        frame, other = events.to_pandas(), events.to_polars()
        assert isinstance(frame, pandas.DataFrame)
        assert list(frame["sides"][0]) == other["sides"][0].to_list()
        assert {"TUR", "SYR"} <= set(frame["sides"][0])
        text = record.reading(frame["article"][0]).article.text
        assert text[frame["start"][0] : frame["end"][0]] == frame["sentence"][0]
        none = record.timeline(type="SANCTION")
        assert none.to_polars().schema == other.schema
        assert none.to_pandas().empty


class _Sound(HTMLParser):
    """Fails where an element is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_notebooks_show_events_and_timelines(made: Path) -> None:
    with dragoman.open(made) as record:
        events = record.timeline()
        whole = next(record.event(event.id) for event in events if event.disputed)
        for shown in (events, events[0], whole, record.timeline(type="SANCTION")):
            html = shown._repr_html_()
            sound = _Sound()
            sound.feed(html)
            assert not sound.open
            assert "http" not in html
        assert "Hakan Fidan" in events._repr_html_()
        assert whole.event.id in whole._repr_html_()
        assert "Outlet b2" in whole._repr_html_().split("<h4>")[1]


def test_a_notebook_speaks_the_language_of_its_reader(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    with dragoman.open(made) as record:
        assert "Turquie" in record.timeline()._repr_html_()


def test_adding_is_safe_to_repeat(tmp_path: Path) -> None:
    text = "Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday."
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with dragoman.open(tmp_path / "record.db") as record:
        with pytest.raises(dragoman.StoreError, match="there is no record here"):
            record.timeline()
        first = record.add(tmp_path / "report.txt", tmp_path / "empty.txt", published="2025-03-04")
        assert (len(first.new), first.known) == (1, ())
        assert "is empty" in first.unread[0][1]
        assert record.add_text(text, published="2025-03-04").known == ("text",)
        (event,) = record.timeline(between=("NOR", "NOR"))
        assert event.date == "2025-03-03"
        lost = record.export("ics", tmp_path / "meetings.ics")
        assert "tenures" in [one.kind for one in lost]
        assert (tmp_path / "meetings.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
        with pytest.raises(dragoman.InputError, match="'xls' is not one of json, jsonl"):
            record.export("xls", tmp_path / "a.xls")


def test_rows_of_a_frame_are_articles(tmp_path: Path) -> None:
    frame = pandas.DataFrame(
        {
            "body": ["Foreign Minister Ana Lindqvist met Per Dahl in Oslo on Monday.", None, "Per Dahl resigned on Monday."],
            "published": [pandas.Timestamp("2025-03-04"), pandas.NaT, pandas.Timestamp("2025-03-11")],
            "outlet": ["The Fjord", float("nan"), pandas.NA],
        }
    )
    with dragoman.open(tmp_path / "record.db") as record:
        added = record.add_rows(frame.to_dict("records"), mapping="text=body")
        assert len(added.new) == 2
        assert added.unread[0][0] == "row 2"
        assert "has no 'body'" in added.unread[0][1]
        assert [event.date for event in record.timeline(type="CONSULT")] == ["2025-03-03"]
        assert {reading.article.outlet for reading in record.readings()} == {"The Fjord", None}
