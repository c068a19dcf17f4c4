"""The measures on cases of our own, worked out by hand: what counts as found, right, missed and wrong."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import copies, ecbplus, gold_scores, gold_sets, plover_gsr, plv_relations, polnear, stories, tables, timelines, times
from benchmarks.plot import bars
from benchmarks.registry import MODULES, module_of
from benchmarks.report import put
from benchmarks.sets import rows, spread
from dragoman.model.reading import Article, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement, When
from dragoman.model.spans import Span


def _reading(text: str, **layers: object) -> Reading:
    return Reading(article=Article(id="a", name="a", text=text, language="en"), **layers)  # type: ignore[arg-type]


def _entity(key: str, kind: str, text: str, name: str, **more: object) -> Entity:
    at = text.index(name)
    mention = Mention(start=at, end=at + len(name), text=name)
    return Entity(id=key, kind=kind, name=name, names=(name,), mentions=(mention,), **more)  # type: ignore[arg-type]


def _event(text: str, kind: str, trigger: str, *parts: tuple[str, str], **more: object) -> EventReport:
    at = text.index(trigger)
    participants = tuple(Participation(entity=who, role=role) for who, role in parts)  # type: ignore[arg-type]
    return EventReport(id=f"v{at}", type=kind, trigger=Span(at, at + len(trigger)), participants=participants, **more)  # type: ignore[arg-type]


_TEXT = "Peru condemned Chile after Chile met Bolivia in Lima."
_STATES = tuple(_entity(key, "state", _TEXT, name, code=key) for key, name in (("PER", "Peru"), ("CHL", "Chile"), ("BOL", "Bolivia")))
_READ = _reading(
    _TEXT,
    entities=_STATES,
    events=(
        _event(_TEXT, "ACCUSE", "condemned", ("PER", "actor"), ("CHL", "recipient")),
        _event(_TEXT, "CONSULT", "met", ("CHL", "actor"), ("BOL", "actor")),
    ),
)


def test_every_measure_has_the_two_functions_of_a_measure() -> None:
    for name in MODULES:
        module = module_of(name)
        assert callable(module.measure)
        assert callable(module.lines)


def test_rows_are_found_in_the_folder_or_below_it(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "open.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    assert [row["id"] for row in rows(tmp_path, "one", "open")] == ["x"]
    assert [row["id"] for row in rows(tmp_path / "one", "one", "open")] == ["x"]
    with pytest.raises(SystemExit, match="--data"):
        list(rows(tmp_path, "two", "open"))


def test_a_sample_is_spread_over_the_set() -> None:
    every = [{"n": number} for number in range(10)]
    assert [row["n"] for row in spread(every, 3)] == [0, 3, 6]
    assert spread(every, None) == spread(every, 99) == every


def test_the_event_asked_about_is_the_one_by_the_words_of_the_record() -> None:
    assert plover_gsr.nearest(_READ, ("condemned",)) is _READ.events[0]
    assert plover_gsr.nearest(_READ, ("met",)) is _READ.events[1]
    assert plover_gsr.nearest(_reading("x"), ("met",)) is None


def test_sides_may_be_swapped_only_where_the_record_says_so() -> None:
    ours = plover_gsr.sides(_READ, _READ.events[0])
    assert ours == (frozenset({"PER"}), frozenset({"CHL"}))
    turned = (frozenset({"CHL"}), frozenset({"PER"}))
    assert plover_gsr.best_sides(ours, turned, swap=False) == ours
    assert plover_gsr.best_sides(ours, turned, swap=True) == turned
    together = (frozenset({"CHL", "PER"}), frozenset[str]())
    assert plover_gsr.best_sides(ours, together, swap=True) == together


def test_a_pair_gets_the_event_between_its_two() -> None:
    marked = "<s>Peru</s> condemned Chile after <t>Chile</t> met Bolivia in Lima."
    row = {"text": _TEXT, "marked": marked, "source": "Peru", "target": "Chile"}
    source, target = plv_relations.spans(row)
    assert (source.of(_TEXT), target.start) == ("Peru", _TEXT.index("Chile", 20))
    found = plv_relations.between(_READ, Span(0, 4), Span(15, 20))
    assert found is not None
    assert found.type == "ACCUSE"
    found = plv_relations.between(_READ, Span(27, 32), Span(37, 44))
    assert found is not None
    assert found.type == "CONSULT"


def test_statements_are_paired_with_attributions_one_to_one() -> None:
    text = 'Ana said "we will go home tomorrow". Bo thinks rain is near.'
    first, second = text.index("we will"), text.index("rain")
    row = {
        "text": text,
        "attributions": [
            {"source": [[0, 3]], "cue": [[4, 8]], "content": [[first - 1, first + 26]]},
            {
                "source": [[text.index("Bo"), text.index("Bo") + 2]],
                "cue": [[text.index("thinks"), text.index("thinks") + 6]],
                "content": [[second, second + 12]],
            },
        ],
    }
    right = polnear.Said(((first, first + 25),), "Ana", ((0, 3),))
    tally, _ = polnear.compare(row, [right])
    assert (tally["speech"], tally["found speech"], tally["found quoted"], tally["speaker"], tally["all"]) == (1, 1, 1, 1, 2)
    other = polnear.Said(((first, first + 25),), "Bo", ((37, 39),))
    tally, notes = polnear.compare(row, [other, polnear.Said(((0, 3),), "", ())])
    assert (tally["speaker"], tally["ours"], tally["matched"]) == (0, 2, 1)
    assert any("speaker" in note for note in notes)


def test_dates_by_span_and_value() -> None:
    text = "On 3 May they met; on Friday they parted."
    row = {"text": text, "timexes": [{"span": [3, 8], "type": "DATE", "value": "2020-05-03"}, {"span": [22, 28], "type": "DATE", "value": "2020-05-08"}]}
    ours = [When(start=3, end=8, text="3 May", value="2020-05-03"), When(start=19, end=28, text="on Friday", value="2020-05-01")]
    assert [outcome for outcome, _ in times.compared(row, ours)] == ["value strict kind", "found kind"]
    assert [outcome for outcome, _ in times.compared(row, [])] == ["missed", "missed"]


def test_gold_marks_what_is_right_missed_and_wrong() -> None:
    text = "Ana Lind, president of Peru, met Bo Ek. She said it went well."
    gold = {
        "id": "g",
        "entities": {
            "ana": {"kind": "person", "names": ["Ana Lind"]},
            "PER": {"kind": "state", "names": ["Peru"]},
            "bo": {"kind": "person", "names": ["Bo Ek"]},
        },
        "offices": [["ana", "president", "PER"]],
        "dates": [{"text": "Monday", "value": "2020-05-04"}],
        "events": [{"type": "CONSULT", "trigger": ["met"], "participants": ["ana", "bo"], "date": "2020-05-04"}],
        "statements": [{"speaker": "ana", "text": "it went well", "channel": None}],
    }
    entities = (_entity("p1", "person", text, "Ana Lind"), _entity("s1", "state", text, "Peru", code="PER"))
    reading = _reading(
        text,
        entities=entities,
        offices=(OfficeHolding(person="p1", office="president", of="s1", evidence=()),),
        events=(_event(text, "CONSULT", "met", ("p1", "actor"), date="2020-05-03"),),
        statements=(Statement(id="s", speaker="p1", kind="indirect", start=49, end=61, text="it went well"),),
    )
    marks = gold_scores.Marks()
    gold_scores.mark(gold, reading, marks)
    assert marks.tally["entities"] == Counter(right=2, missed=1)
    assert marks.tally["offices"] == Counter(right=1)
    assert marks.tally["dates"] == Counter(missed=1)
    assert marks.tally["events"] == Counter(right=1)
    assert marks.tally["participants"] == Counter(right=1, missed=1)
    assert marks.tally["event_dates"] == Counter(missed=1, wrong=1)
    assert marks.tally["speakers"] == Counter(right=1)


def test_our_own_gold_is_found_and_every_text_once() -> None:
    place = gold_sets.folder_of("own_gold", Path("tests/gold"))
    ids = [gold["id"] for gold, _ in gold_sets.texts(place)]
    assert len(ids) == len(set(ids)) == 20


def test_tokens_of_a_set_become_text_with_their_places() -> None:
    row = {"sentence_numbers": [0, 1], "sentences": [["http", "example"], ["``", "No", ",", "''", "she", "said", "."]]}
    text, places = ecbplus.text_of(row)
    assert 0 not in places
    assert [text[start:end] for start, end in places[1]] == ['"', "No", ",", '"', "she", "said", "."]


def test_a_timeline_asks_for_as_much_of_a_day_as_it_knows() -> None:
    assert timelines._fits("2006-03", "2006-03-28")
    assert timelines._fits("XXXX-XX-XX", None)
    assert not timelines._fits("2006-03", None)
    assert not timelines._fits("2006-03-28", "2006-03")


def test_pairs_and_groups() -> None:
    assert copies.f1({("a", "b"), ("a", "c")}, {("a", "b")}) == {"p": 0.5, "r": 1.0, "f1": 0.6667}
    assert stories.b_cubed({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "y", "c": "z"}) == {"p": 1.0, "r": 0.6667, "f1": 0.8}


def test_a_plot_has_a_bar_a_row_and_a_page_only_its_block_changed() -> None:
    drawn = bars("Who & what", [("ours", 0.5, True), ("theirs", 2.0, False)])
    assert drawn.count("<rect") == 3
    assert "Who &amp; what" in drawn
    page = "before\n<!-- x -->\nold\n<!-- /x -->\nafter"
    assert put(page, "x", ["new"]) == "before\n<!-- x -->\nnew\n<!-- /x -->\nafter"


def test_every_block_of_the_page_can_be_made_of_nothing_and_has_its_place() -> None:
    page = Path("docs/how-good.md").read_text(encoding="utf-8")
    for name, _, made in tables.BLOCKS:
        drawn = made({})[1]
        assert not drawn
        assert f"<!-- {name} -->" in page
    json.dumps(tables.ASKED)
