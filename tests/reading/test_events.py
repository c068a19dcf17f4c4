"""What happened, who took part, where and when: annotated examples per language, each event a line of the form told in examples/README.md."""

import re
from typing import Any

import pytest

from dragoman.model.reading import EventReport, Participation, Reading

LINE = re.compile(
    r"(?P<type>[A-Z]+)(?:/(?P<mode>[\w-]+))?(?: (?P<factuality>planned|possible|denied))?:"
    r"(?P<who>.*?)(?: @ (?P<place>.+?))?(?: on (?P<date>\S+))?(?: via (?P<source>.+))?"
)
PARTY = re.compile(r"(?P<name>[^(]+?)(?: \((?P<facts>.+)\))?")
ROLES = ("actor", "recipient", "host", "visitor", "mediator", "participant")
TOWARDS = ("recipient", "host")


def test_examples(example: Any, reading: Reading) -> None:
    wanted = [_wanted(line) for line in example.facts["events"]]
    found = [_found(reading, event) for event in reading.events]
    seen = [_as_asked(event, line) for event, line in zip(found, wanted, strict=False)]
    assert seen + found[len(seen) :] == wanted


def _wanted(line: str) -> dict[str, Any]:
    """The facts that a line gives; `-` stands for none."""
    row = LINE.fullmatch(line)
    assert row, line
    acting, _, towards = row["who"].partition(">")
    given = {key: "" if row[key] == "-" else row[key] for key in ("mode", "place", "date", "source") if row[key]}
    return {
        "type": row["type"], "factuality": row["factuality"] or "actual",
        "parties": sorted([_party(one, "acts") for one in _split(acting)] + [_party(one, "") for one in _split(towards)], key=lambda one: one["name"]), **given,
    }  # fmt: skip


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _party(text: str, part: str) -> dict[str, str]:
    row = PARTY.fullmatch(text)
    assert row, text
    facts = {"role" if fact in ROLES else "side" if fact[:3].isupper() else "office": fact for fact in (row["facts"] or "").split()}
    return {"name": row["name"], "part": part, **facts}


def _found(reading: Reading, event: EventReport) -> dict[str, Any]:
    parties = [
        {"name": name(reading, one.entity), "part": "" if one.role in TOWARDS else "acts", "role": one.role, "side": _side(reading, one), "office": one.office}
        for one in event.participants
    ]
    return {
        "type": event.type, "mode": event.mode or "", "factuality": event.factuality, "parties": sorted(parties, key=lambda one: str(one["name"])),
        "place": name(reading, event.place), "date": event.date or "", "source": name(reading, event.source),
    }  # fmt: skip


def _side(reading: Reading, one: Participation) -> str:
    return name(reading, one.side) or one.side or ""


def _as_asked(event: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    """Of what was found only the facts that the line gives."""
    asked = {party["name"]: party for party in line["parties"]}
    parties = [{key: fact for key, fact in party.items() if key in asked.get(party["name"], party)} for party in event["parties"]]
    return {key: parties if key == "parties" else fact for key, fact in event.items() if key in line}


def name(reading: Reading, id: str | None) -> str:
    """What an entity is called in the examples: a state by its code."""
    entity = reading.entity(id)
    return (entity.code or entity.name) if entity else ""


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("CONSULT/visit: A B (visitor TUR foreign-minister) > C @ New York on 2025-10", {"mode": "visit", "place": "New York", "date": "2025-10"}),
        ("AGREE planned: A, B via SANA", {"source": "SANA"}),
        ("ASSAULT: > A @ - on -", {"place": "", "date": ""}),
    ],
)
def test_lines_are_read(line: str, facts: dict[str, str]) -> None:
    read = _wanted(line)
    assert {key: fact for key, fact in read.items() if key not in ("type", "factuality", "parties")} == facts


def test_parties_of_a_line() -> None:
    assert _wanted("CONSULT: A B (visitor TUR foreign-minister) > C")["parties"] == [
        {"name": "A B", "part": "acts", "role": "visitor", "side": "TUR", "office": "foreign-minister"},
        {"name": "C", "part": ""},
    ]
