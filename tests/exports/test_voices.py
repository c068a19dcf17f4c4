"""Who speaks where it is nobody by name: each form that has a place for it has the words of the report, the others own up to it."""

import csv
import json
from pathlib import Path
from typing import Any

from dragoman.exports.selection import Selection


def test_the_words_are_those_of_each_report(selection: Selection) -> None:
    assert {one.speaker is None: one.voices for one in selection.statements()} == {True: ("army",), False: (None,)}


def test_the_whole_record_and_its_lines_have_it_where_there_is_one(rough_record: Path, written: Any) -> None:
    record = json.loads(written(rough_record, "json")[0].read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in written(rough_record, "jsonl")[0].read_text(encoding="utf-8").splitlines()]
    for statements in (record["statements"], [line for line in lines if line["part"] == "statements"]):
        rows = [one.get("row", one) for one in statements]
        assert sorted(words.get("source", "") for one in rows for words in one["reports"]) == ["", "army"]
    assert not any("source" in words for one in record["commitments"] for words in one["reports"])


def test_forms_with_a_place_for_it_have_it(rough_record: Path, written: Any) -> None:
    with (written(rough_record, "csv")[0] / "statement_reports.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["source"] for row in csv.DictReader(file)) == ["", "army"]
    speeches = json.loads(written(rough_record, "popolo")[0].read_text(encoding="utf-8"))["speeches"]
    assert [(row.get("attribution_text"), "creator_id" in row) for row in speeches if "creator_id" not in row] == [("army", False)]
    quotations = [node for node in json.loads(written(rough_record, "jsonld")[0].read_text(encoding="utf-8"))["@graph"] if node["@type"] == "schema:Quotation"]
    assert [node["dragoman:source"] for node in quotations if "schema:spokenByCharacter" not in node] == [["army"]]
    bodies = [one["body"] for one in json.loads(written(rough_record, "annotations")[0].read_text(encoding="utf-8"))["items"]]
    assert [body.get("dragoman:source") for body in bodies if body["type"] == "dragoman:statement"].count(["army"]) == 1
    assert ">army<" in written(rough_record, "html")[0].read_text(encoding="utf-8")


def test_followthemoney_owns_up_to_it(rough_record: Path, written: Any) -> None:
    assert [one.count for one in written(rough_record, "ftm")[1].found() if one.kind == "who speaks, where it is nobody by name"] == [1]
