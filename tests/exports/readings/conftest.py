"""A reading made by hand: one meeting, one planned call, offices, statements, a commitment, troubles."""

from datetime import date

import pytest

from dragoman.model.reading import (
    Article,
    Commitment,
    Entity,
    EventReport,
    Mention,
    MentionForm,
    OfficeHolding,
    Participation,
    Reading,
    Statement,
    Trouble,
    When,
)
from dragoman.model.spans import Span

TEXT = """Lindqvist and Dahl meet in Oslo

Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday.
“Our two navies will train together, starting in May,” Lindqvist wrote on X.

Dahl said that Norway would open the port of Narvik by June. The two will speak by telephone next week."""


def at(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span(start, start + len(words))


def mention(words: str, after: str = "", form: MentionForm = "name") -> Mention:
    span = at(words, after)
    return Mention(start=span.start, end=span.end, text=words, form=form)


@pytest.fixture
def reading() -> Reading:
    quoted, heard = at("Our two navies will train together, starting in May,"), at("Norway would open the port of Narvik by June")
    return Reading(
        article=Article(
            id="x", name="oslo.txt", text=TEXT, language="en", title="Lindqvist and Dahl meet in Oslo", outlet="The Fjord Courier",
            published=date(2025, 3, 4), published_from="given",
        ),
        sentences=(
            at("Lindqvist and Dahl meet in Oslo"),
            at("Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday."),
            at("“Our two navies will train together, starting in May,” Lindqvist wrote on X."),
            at("Dahl said that Norway would open the port of Narvik by June."),
            at("The two will speak by telephone next week."),
        ),
        entities=(
            Entity(
                id="p1", kind="person", name="Ana Lindqvist", names=("Ana Lindqvist", "Lindqvist"), state="SWE", gender="f", reason="title + surname",
                mentions=(mention("Lindqvist"), mention("Foreign Minister", form="title"), mention("Ana Lindqvist"), mention("Lindqvist", "May,”")),
            ),
            Entity(
                id="p2", kind="person", name="Per Dahl", names=("Per Dahl", "Dahl"), state="NOR",
                mentions=(mention("Dahl"), mention("her Norwegian counterpart", form="title"), mention("Per Dahl"), mention("Dahl", "X.")),
            ),
            Entity(id="n1", kind="state", name="Norway", names=("Norway", "Norwegian"), code="NOR", mentions=(mention("Norwegian"), mention("Norway", "X."))),
            Entity(id="l1", kind="place", name="Oslo", state="NOR", mentions=(mention("Oslo"), mention("Oslo", "Per Dahl"))),
        ),
        offices=(
            OfficeHolding(person="p1", office="foreign-minister", of="SWE", evidence=(at("Foreign Minister"),)),
            OfficeHolding(person="p2", office="foreign-minister", of="NOR", evidence=(at("her Norwegian counterpart"),)),
        ),
        dates=(
            When(start=at("Monday").start, end=at("Monday").end, text="Monday", value="2025-03-03", rule="weekday"),
            When(start=at("next week").start, end=at("next week").end, text="next week", value=None),
        ),
        events=(
            EventReport(
                id="v2", type="CONSULT", mode="phone", factuality="planned", source="p2", trigger=at("speak"),
                participants=(Participation(entity="p1", role="participant", side="SWE"), Participation(entity="p2", role="participant", side="NOR")),
                evidence=(at("The two will speak by telephone next week."),), frame="en/speak-by-telephone",
            ),
            EventReport(
                id="v1", type="CONSULT", mode="visit", topics=("defence-cooperation",), date="2025-03-03", place="l1", trigger=at("met"), confidence=0.93,
                participants=(
                    Participation(entity="p1", role="visitor", side="SWE", office="foreign-minister"),
                    Participation(entity="p2", role="host", side="NOR", office="foreign-minister"),
                ),
                evidence=(at("Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday."), at("Lindqvist and Dahl meet in Oslo")),
                frame="en/meet",
            ),
        ),
        statements=(
            Statement(id="s1", speaker="p1", kind="direct", start=quoted.start, end=quoted.end, text="Our two navies will train together, starting in May,",
                      cue=at("wrote"), channel="X", confidence=0.9),
            Statement(id="s2", speaker="p2", kind="indirect", start=heard.start, end=heard.end, text="Norway would open the port of Narvik by June", cue=at("said")),
        ),
        commitments=(
            Commitment(id="c1", by=("n1",), to=("p1",), act="pledge", what="open the port of Narvik", due="2025-06", evidence=(heard,), statement="s2"),
        ),
        troubles=(Trouble(stage="dates", message="'next week' stays unresolved"),),
    )  # fmt: skip
