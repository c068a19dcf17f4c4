"""The commands over a record as a user meets them: pages for people, JSON for programs, what goes wrong and how that is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.main import main


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Outcome]


@pytest.fixture
def dragoman(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, made: Path) -> Command:
    monkeypatch.setenv("DRAGOMAN_RECORD", str(made))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(int(stopped.value.code or 0), captured.out, captured.err)

    return run


def test_the_timeline_for_people(dragoman: Command) -> None:
    page = dragoman("timeline")
    assert (page.status, page.err) == (0, "")
    assert page.out.startswith("12 OCTOBER 2025 ───")
    assert "  Talks · Ankara\n    visitor  Hakan Fidan, foreign minister (Türkiye)\n    host     Asaad Al-Sheebani, foreign minister (Syria)\n" in page.out
    assert "3 origins · 3 reports (Arabic, English, French) · v" in page.out
    assert "disputed: day" in page.out
    assert "    Hakan Fidan met Asaad al-Shaibani in Ankara on Sunday.  — Outlet a1, 12 October 2025, English\n" in page.out
    assert "DAY NOT KNOWN" in page.out
    french = dragoman("timeline", "--labels", "fr").out
    assert french.startswith("12 OCTOBRE 2025 ───")
    assert "Entretien · Ankara" in french
    assert "3 origines · 3 récits (anglais, arabe, français)" in french or "3 origines · 3 récits (arabe, anglais, français)" in french
    assert "contesté : jour" in french
    assert "Hakan Fidan a rencontré lundi" in french


def test_the_timeline_for_programs(dragoman: Command) -> None:
    found = dragoman("timeline", "--between", "TUR", "Syria", "--since", "2026", "--format", "json").json
    assert found["asked"]["between"] == ["TUR", "SYR"]
    (event,) = found["events"]
    assert list(event) == [
        "id", "type", "mode", "date", "factuality", "place", "participants", "topics", "contexts", "origins", "articles", "languages", "disputed", "evidence",
    ]  # fmt: skip
    assert event["participants"][0]["entity"]["name"] == "Hakan Fidan"
    assert list(event["evidence"]) == ["article", "name", "language", "published", "outlet", "start", "end", "quote"]


def test_a_timeline_of_nothing(dragoman: Command) -> None:
    assert dragoman("timeline", "--person", "kalin").out == "Nothing was found.\n"
    assert dragoman("timeline", "--person", "kalin", "-f", "json").json["events"] == []


def test_show_everything(dragoman: Command) -> None:
    event = dragoman("timeline", "-f", "json").json["events"][0]["id"]
    page = dragoman("show", "event", event).out
    assert "WHERE REPORTS DIFFER (1)" in page
    assert "    12 October 2025  — Outlet a1, Outlet c3\n    13 October 2025  — Outlet b2\n" in page
    assert "التقى هاكان فيدان أسعد الشيباني في أنقرة أمس الأحد." in page
    person = dragoman("show", "person", "sheebani").out
    assert person.startswith("Asaad Al-Sheebani · Syria · p")
    assert "  Arabic, Arabic  أسعد الشيباني (1)\n" in person
    assert "LINKED FROM (3)" in person
    assert "another" in person
    office = dragoman("show", "office", "SYR", "foreign", "minister").out
    assert office.startswith("foreign minister (Syria) · on 10 February 2026\n  Rami Haddad · first seen 10 February 2026")
    assert "SEEN IN THIS OFFICE (2)" in office
    assert dragoman("show", "state", "Syrie", "--labels", "fr").out.startswith("Syrie · SYR\n")
    assert "ARTICLES (" in dragoman("show", "story", "a1").out
    article = dragoman("show", "article", "a1").out
    assert article.startswith("a1.txt · a1a1a1a1a1a1a1a1\nOutlet a1 · 12 October 2025 · English\n")
    assert "Hakan Fidan · word for word" in article


def test_show_says_in_the_words_of_the_report_who_speaks_where_it_is_nobody_by_name(dragoman: Command, tmp_path: Path) -> None:
    report = tmp_path / "rain.txt"
    report.write_text("Two officials said on Monday that Iran had released the prisoners.", encoding="utf-8")
    assert dragoman("add", report, "--published", "2026-02-11", "--language", "en").status == 0
    assert "\n  Two officials · in indirect speech" in dragoman("show", "article", "rain").out
    (said,) = dragoman("show", "article", "rain", "-f", "json").json["statements"]
    assert (said["speaker"], said["source"], [words["source"] for words in said["reports"]]) == (None, "Two officials", ["Two officials"])


def test_show_as_json(dragoman: Command) -> None:
    event = dragoman("timeline", "-f", "json").json["events"][0]["id"]
    shown = dragoman("show", "event", event, "-f", "json").json
    assert list(shown) == ["event", "planned_as", "versions", "reports"]
    assert [version["value"] for version in shown["versions"][0]["versions"]] == ["2025-10-12", "2025-10-13"]
    person = dragoman("show", "person", "fidan", "-f", "json").json
    assert list(person) == ["id", "name", "state", "spellings", "members", "offices", "met", "talks", "events", "statements", "references"]
    assert list(dragoman("show", "office", "SYR", "foreign-minister", "-f", "json").json) == ["office", "of", "on", "holders", "succession", "references"]
    assert list(dragoman("show", "state", "SYR", "-f", "json").json) == ["code", "name", "on", "offices", "events", "commitments"]
    assert list(dragoman("show", "story", "a1", "-f", "json").json) == ["id", "title", "first", "last", "articles", "events"]
    assert list(dragoman("show", "article", "a1", "-f", "json").json) == ["article", "written", "story", "copies", "events", "persons", "statements"]


LIST = {
    "organizations": [{"id": "gov", "name": "Government of Syria"}],
    "posts": [{"id": "fm", "label": "Minister for Foreign Affairs", "organization_id": "gov"}],
    "persons": [
        {"id": "1", "name": "Asaad al-Shaibani", "other_names": [{"name": "أسعد الشيباني"}, {"name": "Abu Aisha"}]},
        {"id": "2", "name": "Nour \x1b[31mSaleh"},
    ],
    "memberships": [
        {"person_id": "1", "post_id": "fm", "start_date": "2024-12-21"},
        {"person_id": "2", "post_id": "fm", "start_date": "2011", "end_date": "2012-05"},
    ],
}


def test_whom_reference_works_have_in_an_office_stands_apart(dragoman: Command, tmp_path: Path) -> None:
    before = dragoman("office", "SYR", "foreign-minister", "--on", "2025-12-01", "-f", "json").json
    assert before["references"] == []
    file = tmp_path / "syria.json"
    file.write_text(json.dumps(LIST), encoding="utf-8")
    assert dragoman("import", file, "--format", "popolo").status == 0
    page = dragoman("office", "SYR", "foreign-minister", "--on", "2025-12-01").out
    reports, _, reference = page.partition("IN THIS OFFICE BY REFERENCE (1)")
    assert "Asaad Al-Sheebani" in reports
    assert "  Asaad al-Shaibani · since 21 December 2024 · Minister for Foreign Affairs · popolo:syria.json\n" in reference
    assert "Saleh" not in page
    whole = dragoman("show", "office", "SYR", "foreign-minister", "--labels", "fr").out.partition("À CETTE FONCTION PAR RÉFÉRENCE (2)")[2]
    assert whole.index("Saleh") < whole.index("Asaad al-Shaibani")
    assert "\x1b" not in whole
    found = dragoman("office", "SYR", "foreign-minister", "--on", "2025-12-01", "-f", "json").json
    assert {key: value for key, value in found.items() if key != "references"} == {key: value for key, value in before.items() if key != "references"}
    assert [(one["reference"]["name"], one["tenure"]["start"]) for one in found["references"]][1:] == [("Asaad al-Shaibani", "2024-12-21")]


def test_reference_works_say_that_two_names_are_one_and_the_letters_stay_as_they_are(dragoman: Command, tmp_path: Path) -> None:
    file, pairs = tmp_path / "syria.json", tmp_path / "pairs.tsv"
    file.write_text(json.dumps(LIST), encoding="utf-8")
    pairs.write_text("Abu Aisha\tAsaad Al-Sheebani\nAbu Aisha\tHakan Fidan\n", encoding="utf-8")
    assert dragoman("import", file, "--format", "popolo").status == 0
    plain = dragoman("names", "Abu Aisha", "Asaad al-Shaibani", "-f", "json").json
    said = dragoman("names", "Abu Aisha", "Asaad al-Shaibani", "--references", "-f", "json").json
    assert said == {**plain, "references": [{"source": "popolo:syria.json", "id": "1", "name": "Asaad al-Shaibani"}]}
    assert not said["same"]
    page = dragoman("names", "Abu Aisha", "Asaad al-Shaibani", "--references", "-f", "text").out
    assert page.endswith("  both by reference: Asaad al-Shaibani, popolo:syria.json 1\n")
    rows = [json.loads(line) for line in dragoman("names", "--pairs", pairs, "--references").out.splitlines()]
    assert [len(row["references"]) for row in rows] == [1, 0]


def test_offices_on_a_day(dragoman: Command) -> None:
    page = dragoman("offices", "Türkiye", "--on", "2025-12-01").out
    assert page.startswith("Türkiye · on 1 December 2025\n  foreign minister: Hakan Fidan · first seen 12 October 2025")
    assert "intelligence chief: Ibrahim Kalin" in page
    found = dragoman("offices", "TUR", "-f", "json").json
    assert [held["tenure"]["office"] for held in found["offices"]] == ["foreign-minister", "intelligence-chief"]
    held = dragoman("office", "SYR", "foreign-minister", "--on", "2025-12-01", "-f", "json").json["holders"][0]
    assert (held["tenure"]["person"]["name"], held["seen"]) == ("Asaad Al-Sheebani", "2025-10-14")
    assert 0 < held["sure"] < 1
    assert dragoman("office", "SYR", "mayor").out == "mayor (Syria) · on 10 February 2026\nNothing was found.\n"


def test_compare(dragoman: Command) -> None:
    page = dragoman("compare", "a1", "b2.txt").out
    assert "WHERE THEY DIFFER (1)\n" in page.replace(" ─", "\n")
    assert "    a1.txt  12 October 2025\n    b2.txt  13 October 2025\n" in page
    assert "ONLY IN A1.TXT" in page
    found = dragoman("compare", "a1", "b2", "-f", "json").json
    assert list(found) == ["left", "right", "copy", "by", "sentences", "both", "only_left", "only_right", "differences"]


def test_search(dragoman: Command) -> None:
    page = dragoman("search", "sheebani")
    assert page.status == 0
    assert "PERSONS (1)\n  Asaad Al-Sheebani · foreign minister (Syria) · p" in page.out
    assert "ARTICLES (1)\n  b2.txt · Outlet b2 · 14 October 2025 · French · b2b2b2b2b2b2b2b2\n" in page.out
    found = dragoman("search", "harvest", "-f", "json").json
    assert [(hit["name"], hit["sentence"]) for hit in found["articles"]] == [("d4.txt", "They spoke about the harvest.")]
    nothing = dragoman("search", "zebra")
    assert (nothing.status, nothing.out) == (1, "Nothing was found.\n")


def test_correct_list_and_undo(dragoman: Command) -> None:
    before = dragoman("export").out
    assert dragoman("correct", "list").out == "There are no corrections.\n"
    merged = dragoman("correct", "merge", "person", "Santiago Peña", "Raquel Peña", "--by", "ana", "--why", "a test")
    assert merged.status == 0
    assert "Peña (p" in merged.out
    assert merged.out.endswith(" are one\nkept as correction 1; take it back with: dragoman correct undo 1\n")
    assert dragoman("correct", "merge", "person", "Raquel Peña", "Santiago Peña").out.endswith("said already, as correction 1\n")
    event = dragoman("timeline", "-f", "json").json["events"][0]["id"]
    assert dragoman("correct", "set", "event", event, "date", "2025-10-13", "-f", "json").json["correction"]["field"] == "date"
    assert dragoman("correct", "reject", "event", event).out.startswith(f"Talks, 13 October 2025 ({event}) is no event\n")
    assert dragoman("export").out != before
    listed = dragoman("correct", "list").out
    assert "   ana · 2" in listed
    assert " · a test\n" in listed
    rows = dragoman("correct", "list", "-f", "json").json["corrections"]
    assert [row["correction"]["verdict"] for row in rows] == ["same", "value", "reject"]
    assert "#" in rows[0]["correction"]["left"]
    for number in (1, 2, 3):
        assert dragoman("correct", "undo", number).out == f"correction {number} is taken back\n"
    assert dragoman("correct", "undo", 3).out == "correction 3 was taken back already\n"
    assert dragoman("export").out == before
    assert "undone" in dragoman("correct", "list").out
    assert dragoman("correct", "list", "--labels", "fr").out.count("retirée") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "person", "Nobody Here"], "the record has no person 'Nobody Here'; see who is in it with: dragoman search Nobody Here"),
        (["show", "event", "v0000000000000000"], "the record has no event 'v0000000000000000'; ids are in the output of: dragoman timeline"),
        (["show", "office", "SYR"], "show office: give a state and a title, such as: dragoman show office SYR foreign-minister"),
        (["show", "state", "Atlantis"], "'Atlantis' is no state; give a code such as TUR"),
        (["timeline", "--type", "TALK"], "'TALK' is no type of event; there are AGREE, CONSULT"),
        (["timeline", "--known-on", "soon"], "--known-on: 'soon' is no day of the calendar"),
        (["offices", "TUR", "--on", "2025-13-01"], "--on: '2025-13-01' is no day of the calendar"),
        (["timeline", "--labels", "de"], "no labels in 'de'; there are en, fr"),
        (["compare", "a1", "a1"], "'a1' and 'a1' are one article; give two"),
        (["search", " "], "search: give words to look for"),
        (["correct", "undo", "7"], "there is no correction 7; see: dragoman correct list"),
        (["correct", "reject", "person", "kalin"], "correct reject: only an event can be given, not 'person'"),
        (["correct", "split", "person", "kalin", "kalin"], "cannot tell apart what nothing distinguishes"),
        (["show", "person", "\x1b[31mred"], "the record has no person '\ufffd[31mred'"),
    ],
)
def test_what_goes_wrong_is_said(dragoman: Command, arguments: list[str], said: str) -> None:
    outcome = dragoman(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("dragoman: ")
    assert said in outcome.err


def test_an_ambiguous_name_lists_who_may_be_meant(dragoman: Command) -> None:
    outcome = dragoman("show", "person", "pena")
    assert outcome.status == 2
    first, *candidates = outcome.err.splitlines()
    assert first == "dragoman: 'pena' may be 2 persons; give more of the name, or the id of one of these"
    assert sorted(line.split("  ", 2)[2] for line in candidates) == ["Raquel Peña, vice-president (DOM)", "Santiago Peña, president (PRY)"]


@pytest.mark.parametrize(
    "command", [["timeline"], ["show", "person", "kalin"], ["offices", "TUR"], ["compare", "a", "b"], ["search", "x"], ["correct", "list"]]
)
def test_without_a_record(dragoman: Command, tmp_path: Path, command: list[str]) -> None:
    outcome = dragoman("--record", tmp_path / "none.db", *command)
    assert outcome.status == 2
    assert "there is no record here; make one with" in outcome.err
