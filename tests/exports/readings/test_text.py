"""The page in the terminal says everything that the reading holds, and nothing in an article can act on the terminal."""

import io
from dataclasses import replace

import pytest

from dragoman.exports.readings.facts import facts
from dragoman.exports.readings.labels import labels
from dragoman.exports.readings.text import render
from dragoman.model.reading import Article, Entity, Mention, OfficeHolding, Reading, Statement, Trouble
from dragoman.model.spans import Span


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(reading: Reading, *, explain: bool = False, language: str = "en") -> str:
    stream = io.StringIO()
    render([reading], stream, explain=explain, language=language)
    return stream.getvalue()


def test_the_head_names_title_outlet_day_and_language(reading: Reading) -> None:
    head = printed(reading).splitlines()[:2]
    assert head == ["Lindqvist and Dahl meet in Oslo", "The Fjord Courier · 4 March 2025 · English · oslo.txt"]


def test_events_say_who_met_whom_and_rest_on_a_sentence(reading: Reading) -> None:
    text = printed(reading)
    events = text[text.index("EVENTS (2)") : text.index("OFFICES (2)")]
    assert events.index("Talks · visit · 3 March 2025 · Oslo") < events.index("Talks · by telephone · planned")
    assert "visitor  Ana Lindqvist, foreign minister (Sweden)" in events
    assert "host     Per Dahl, foreign minister (Norway)" in events
    assert "about    defence cooperation" in events
    assert "Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday." in events
    assert "(told in one more sentence)" in events
    assert "reported by  Per Dahl, foreign minister (Norway)" in events


def test_offices_statements_commitments_names_and_troubles(reading: Reading) -> None:
    text = printed(reading)
    assert "  Ana Lindqvist, foreign minister (Sweden)\n" in text
    assert "  Ana Lindqvist, foreign minister (Sweden) · word for word\n    through  X\n    “Our two navies will train together, starting in May,”" in text
    assert "  Per Dahl, foreign minister (Norway) · in indirect speech\n    Norway would open the port of Narvik by June\n" in text
    assert "  Pledge\n    by   Norway\n    to   Ana Lindqvist, foreign minister (Sweden)\n    due  June 2025\n    open the port of Narvik\n" in text
    assert "    Ana Lindqvist · Sweden · 4 mentions · also Lindqvist\n" in text
    assert "  Monday → 3 March 2025\n  next week → not resolved\n" in text
    assert text.endswith("  dates: 'next week' stays unresolved\n")


def test_who_speaks_is_told_in_the_words_of_the_text_where_it_is_nobody_by_name() -> None:
    text = "Two  officials said that it rained. It was said that it snowed."
    said = (
        Statement(id="s1", speaker=None, kind="indirect", start=24, end=34, text="it rained.", cue=Span(15, 19), source=Span(0, 14)),
        Statement(id="s2", speaker=None, kind="indirect", start=53, end=62, text="it snowed", cue=Span(42, 46)),
    )
    found = facts(Reading(article=Article(id="x", name="x.txt", text=text, language="en"), statements=said), labels("en"))["statement"]
    assert [one.head for one in found] == ["Two officials", "nobody named"]
    assert found[0].keys == (Span(0, 14), Span(15, 19))
    assert "  Two officials · in indirect speech\n    it rained." in printed(Reading(article=Article(id="x", name="x.txt", text=text), statements=said))


def test_explain_names_frame_reason_and_rule(reading: Reading) -> None:
    plain, explained = printed(reading), printed(reading, explain=True)
    for reason in ("frame en/meet", "coded as CONSULT/visit", "confidence 0.93", "found by title + surname", "rule weekday"):
        assert reason not in plain
        assert reason in explained


def test_french_labels_know_women_in_office(reading: Reading) -> None:
    ambassador = replace(reading, offices=(replace(reading.offices[0], office="ambassador", former=True), replace(reading.offices[1], acting=True)))
    text = printed(ambassador, language="fr")
    assert "Ana Lindqvist, ex-ambassadrice (Suède)" in text
    assert "Per Dahl, ministre des Affaires étrangères par intérim (Norvège)" in text
    assert "4 mars 2025 · anglais" in text
    assert "Entretien · par téléphone · prévu" in text
    assert "«\u00a0Our two navies" in text


def test_no_line_is_wider_than_100_columns_where_there_is_no_terminal(reading: Reading) -> None:
    assert max(map(len, printed(reading, explain=True).splitlines())) <= 100
    assert not [line for line in printed(reading).splitlines() if line.endswith(" ")]
    assert "\x1b" not in printed(reading)


def test_a_terminal_gets_its_width_and_colour_and_no_color_is_heeded(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = Terminal()
    render([reading], coloured, explain=True, language="en")
    assert "\x1b[36m" in coloured.getvalue()
    assert "\x1b[1;4mmet\x1b[0m" in coloured.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    render([reading], plain, explain=True, language="en")
    assert "[36m" not in plain.getvalue()


def test_words_of_the_article_cannot_act_on_the_terminal() -> None:
    name = "Ev\x1b[2Jil\u202e [bold]Name[/] \x07\x9b31m\r\n:smile:"
    article = Article(id="x", name=name, text=name, title=name, outlet=name)
    entity = Entity(id="p1", kind="person", name=name, mentions=(Mention(start=0, end=4, text=name),), reason=name)
    hostile = Reading(article=article, entities=(entity,), troubles=(Trouble(stage="names", message=name),))
    text = printed(hostile, explain=True)
    assert not [character for character in text if (ord(character) < 32 and character != "\n") or 127 <= ord(character) < 160 or character == "\u202e"]
    assert "Ev\ufffd[2Jil [bold]Name[/] \ufffd\ufffd31m :smile:" in text


def test_an_empty_reading_is_a_page_too() -> None:
    assert printed(Reading(article=Article(id="x", name="a.txt", text=""))) == "a.txt\ndate of publication unknown\n"


def test_several_readings_stand_apart(reading: Reading) -> None:
    stream = io.StringIO()
    render([reading, reading], stream, explain=False, language="en")
    assert stream.getvalue() == printed(reading) + "\n" + printed(reading)


def test_a_line_that_begins_with_arabic_letters_is_not_turned_around() -> None:
    minister = Entity(id="p1", kind="person", name="هاكان فيدان", names=("هاكان فيدان",), mentions=(Mention(start=0, end=11, text="هاكان فيدان"),))
    office = OfficeHolding(person="p1", office="foreign-minister", of="TUR", evidence=(Span(0, 11),))
    text = printed(Reading(article=Article(id="x", name="a", text="هاكان فيدان", language="ar"), entities=(minister,), offices=(office,)))
    assert "  \u200eهاكان فيدان, foreign minister (Türkiye)\n" in text
