"""The contract's JSON: both ways, by its published schema, and refused where it is not ours."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from dragoman.model.codec import decode, dumps, encode, loads
from dragoman.model.errors import InputError
from dragoman.model.reading import (
    Article,
    Commitment,
    Entity,
    EventReport,
    Mention,
    OfficeHolding,
    Participation,
    Reading,
    Statement,
    Trouble,
    When,
)
from dragoman.model.spans import Span

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/reading-1.json").read_text(encoding="utf-8"))
TEXT = "Minister Ana Lindqvist met her counterpart in Oslo on Monday."


def full() -> Reading:
    return Reading(
        article=Article(id="a", name="a.txt", text=TEXT, language="en", published=date(2025, 3, 4), published_from="given"),
        sentences=(Span(0, 61),),
        entities=(
            Entity(id="p1", kind="person", name="Ana Lindqvist", names=("Ana Lindqvist",), state="SWE", gender="f", mentions=(Mention(start=9, end=22, text="Ana Lindqvist"),)),
            Entity(id="l1", kind="place", name="Oslo", names=("Oslo",), state="NOR", mentions=(Mention(start=46, end=50, text="Oslo"),)),
        ),
        offices=(OfficeHolding(person="p1", office="minister", of="SWE", evidence=(Span(0, 22),), former=True),),
        dates=(When(start=54, end=60, text="Monday", value="2025-03-03", earliest=date(2025, 3, 3), latest=date(2025, 3, 3), rule="weekday"),),
        events=(
            EventReport(
                id="v1", type="CONSULT", mode="visit", date="2025-03-03", place="l1", trigger=Span(23, 26), evidence=(Span(0, 61),),
                participants=(Participation(entity="p1", role="visitor", side="SWE", office="minister"),), confidence=0.9, frame="meet",
            ),
        ),
        statements=(Statement(id="s1", speaker="p1", kind="direct", start=0, end=8, text="Minister", cue=Span(9, 12), parts=(Span(0, 8),)),),
        commitments=(Commitment(id="c1", by=("p1",), to=(), act="pledge", what="x", evidence=(Span(0, 8),), statement="s1"),),
        troubles=(Trouble(stage="dates", message="none"),),
    )  # fmt: skip


def test_a_reading_survives_the_way_out_and_back() -> None:
    assert loads(dumps(full())) == full()


def test_the_json_holds_to_the_published_schema() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(encode(full()))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not JSON"),
        ("[]", "not a reading"),
        ('{"schema": "other/1"}', "expected 'dragoman/reading/1'"),
        ('{"schema": "dragoman/reading/1"}', "not a reading: KeyError"),
    ],
)
def test_what_is_no_reading_is_refused_in_words(line: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        loads(line)


def test_unknown_fields_of_the_article_are_refused_not_lost() -> None:
    document = encode(full())
    document["article"]["surprise"] = 1
    with pytest.raises(InputError, match="surprise"):
        decode(document)
