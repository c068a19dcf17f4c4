"""The contract's JSON: both ways, by its published schema, and refused where it is not ours."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.codec import DETAILS, decode, details, dumps, encode, loads, with_details
from dragoman.model.errors import InputError
from dragoman.model.parse import Parse
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


def test_what_is_known_beside_the_contract_is_written_where_there_is_any() -> None:
    known = {
        "author": "Mia Berg", "updated": date(2025, 3, 5), "agency": "AFP", "outlet_country": "NOR", "published": None, "published_from": "inferred",
        "published_between": (date(2025, 3, 3), None), "published_evidence": (Span(54, 60),),
    }  # fmt: skip
    reading = replace(full(), article=replace(full().article, **known))
    assert loads(dumps(reading)) == reading
    jsonschema.Draft202012Validator(SCHEMA).validate(encode(reading))
    assert encode(reading)["article"]["published_between"] == ["2025-03-03", None]
    assert not set(DETAILS) & set(encode(full())["article"])
    assert with_details(full().article, details(reading.article)) == replace(reading.article, published=date(2025, 3, 4), published_from="given")


def test_unknown_fields_of_the_article_are_refused_not_lost() -> None:
    document = encode(full())
    document["article"]["surprise"] = 1
    with pytest.raises(InputError, match="surprise"):
        decode(document)


SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*sorted(pair)))
IDS = st.sampled_from(["p1", "n1", "o1", "l1", "s1"])
WORDS = st.text(max_size=12)
MAYBE = st.none() | WORDS
TUPLES = st.lists(WORDS, max_size=3).map(tuple)
EVIDENCE = st.lists(SPANS, max_size=3).map(tuple)
DAYS = st.none() | st.dates()
WHOLE = st.integers(0, 9_999)
SHARE = st.floats(0, 1)
ARTICLES = st.builds(Article, id=WORDS, name=WORDS, text=WORDS, language=WORDS, title=MAYBE, outlet=MAYBE, url=MAYBE, published=DAYS)
MENTIONS = st.builds(Mention, start=WHOLE, end=WHOLE, text=WORDS, form=st.sampled_from(["name", "title", "pronoun"]))
ENTITIES = st.builds(
    Entity,
    id=IDS,
    kind=st.sampled_from(["person", "state"]),
    name=WORDS,
    names=TUPLES,
    code=MAYBE,
    state=MAYBE,
    mentions=st.lists(MENTIONS, max_size=3).map(tuple),
    gender=MAYBE,
)
OFFICES = st.builds(OfficeHolding, person=IDS, office=WORDS, of=MAYBE, evidence=EVIDENCE, former=st.booleans(), acting=st.booleans())
WHENS = st.builds(When, start=WHOLE, end=WHOLE, text=WORDS, value=MAYBE, earliest=DAYS, latest=DAYS, rule=WORDS)
PARTS = st.builds(Participation, entity=IDS, role=st.just("actor"), side=MAYBE, office=MAYBE)
EVENTS = st.builds(EventReport, id=IDS, type=WORDS, mode=MAYBE, contexts=TUPLES, topics=TUPLES, date=MAYBE, place=MAYBE, participants=st.lists(PARTS, max_size=2).map(tuple),
                   source=MAYBE, trigger=SPANS, evidence=EVIDENCE, confidence=SHARE, frame=WORDS)  # fmt: skip
STATEMENTS = st.builds(Statement, id=IDS, speaker=MAYBE, kind=st.just("direct"), start=WHOLE, end=WHOLE, text=WORDS, cue=st.none() | SPANS, channel=MAYBE, addressee=MAYBE,
                       date=MAYBE, topics=TUPLES, confidence=SHARE, parts=EVIDENCE)  # fmt: skip
COMMITMENTS = st.builds(
    Commitment, id=IDS, by=TUPLES, to=TUPLES, act=st.just("pledge"), what=WORDS, due=MAYBE, condition=MAYBE, topics=TUPLES, evidence=EVIDENCE, statement=MAYBE
)


def several(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=2).map(tuple)


READINGS = st.builds(Reading, article=ARTICLES, sentences=EVIDENCE, entities=several(ENTITIES), offices=several(OFFICES), dates=several(WHENS), events=several(EVENTS),
                     statements=several(STATEMENTS), commitments=several(COMMITMENTS), troubles=several(st.builds(Trouble, stage=WORDS, message=WORDS)),
                     titles=st.just(()), parse=st.just(Parse()), partial=st.booleans())  # fmt: skip


@given(READINGS)
def test_any_reading_survives_the_way_out_and_back(reading: Reading) -> None:
    line = dumps(reading)
    assert "\n" not in line
    assert loads(line) == reading
    assert dumps(loads(line)) == line
