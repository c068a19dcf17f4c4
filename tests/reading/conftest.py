"""Annotated examples, and what makes a reading sound.

Every test in test_STAGE.py that asks for `example` meets each one of examples/LANGUAGE/STAGE.toml; the form of the files is told in
examples/README.md.
"""

import json
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dragoman.knowledge.plover import CONTEXTS, TYPES
from dragoman.knowledge.topics import TOPICS
from dragoman.model.codec import encode
from dragoman.model.reading import Article, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages

EXAMPLES = Path(__file__).parent / "examples"
SCHEMA = jsonschema.Draft202012Validator(json.loads((Path(__file__).parents[2] / "docs/schemas/reading-1.json").read_text(encoding="utf-8")))
# A Sunday: what an example is read against where it gives no day of its own.
PUBLISHED = date(2025, 10, 12)


@dataclass(frozen=True, slots=True)
class Example:
    """A short text and what is to be read in it; `facts` holds the keys of the stage."""

    language: str
    text: str
    published: date | None
    facts: dict[str, Any]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    stage = metafunc.definition.path.stem.removeprefix("test_")
    if "example" in metafunc.fixturenames:
        metafunc.parametrize("example", [param for path in sorted(EXAMPLES.glob(f"*/{stage}.toml")) for param in _examples(path)])
    if "any_example" in metafunc.fixturenames:  # those of all stages, whatever they fail at
        values = [value for path in sorted(EXAMPLES.glob("*/*.toml")) for param in _examples(path) for value in param.values]
        metafunc.parametrize("any_example", values, ids=[f"{one.language}-{one.text[:30]}" for one in values])


def _examples(path: Path) -> list[Any]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    made = []
    for number, row in enumerate(rows, start=1):
        why = row.pop("fails", None)
        published = row.pop("published", PUBLISHED) or None
        example = Example(language=path.parent.name, text=row.pop("text"), published=published, facts=row)
        marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
        made.append(pytest.param(example, id=f"{path.parent.name}-{number:02d}-{example.text[:30]}", marks=marks))
    return made


@pytest.fixture(scope="session")
def reader(kit: Kit) -> Callable[..., Reading]:
    """Reads a text through all stages: reader(text, language, published)."""

    def _read(text: str, language: str, published: date | None = PUBLISHED) -> Reading:
        return read(Article(id="x", name="x", text=text, language=language, published=published), stages(), kit)

    return _read


@pytest.fixture
def reading(example: Example, reader: Callable[..., Reading]) -> Reading:
    """The reading of the example."""
    return reader(example.text, example.language, example.published)


@pytest.fixture(scope="session")
def check_sound() -> Callable[[Reading], None]:
    """Fails where a reading is not what every reading must be, whatever its text."""
    return sound


def sound(reading: Reading) -> None:
    """No stage failed; every span lies inside the text and every copy of words is what stands there; every id leads somewhere."""
    text = reading.article.text
    assert not [trouble for trouble in reading.troubles if "could not be read" in trouble.message]
    SCHEMA.validate(encode(reading))
    spans = [*reading.sentences, *(span for office in reading.offices for span in office.evidence)]
    spans += [title.span for title in reading.titles] + [title.title for title in reading.titles] + [token.span for token in reading.parse.tokens]
    spans += [part for one in reading.statements for part in one.parts] + [one.cue for one in reading.statements if one.cue]
    spans += [span for event in reading.events for span in (event.trigger, *event.evidence)]
    spans += [span for commitment in reading.commitments for span in commitment.evidence]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert apart(reading.sentences)
    anchored = [(mention.span, mention.text) for entity in reading.entities for mention in entity.mentions]
    anchored += [(when.span, when.text) for when in reading.dates]
    for span, words in anchored:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text) == words
    _names(reading)
    _times(reading)
    _speech(reading)
    _codes(reading)


def apart(spans: Iterable[Span]) -> bool:
    """Whether spans stand in order and none runs into the next."""
    return all(left.end <= right.start for left, right in pairwise(spans))


def _names(reading: Reading) -> None:
    entities = {entity.id: entity for entity in reading.entities}
    assert len(entities) == len(reading.entities)
    for entity in reading.entities:
        named = [mention for mention in entity.mentions if mention.form == "name"]
        assert named
        assert set(entity.names) == {mention.text for mention in named}
        assert len({mention.span for mention in entity.mentions}) == len(entity.mentions)
    for office in reading.offices:
        assert entities[office.person].kind == "person"
        assert office.evidence
        assert office.of is not None
        assert office.of in entities or len(office.of) == 3


def _times(reading: Reading) -> None:
    assert apart(when.span for when in reading.dates)
    for when in reading.dates:
        assert (when.earliest is None) == (when.latest is None)
        assert when.earliest is None or when.latest is None or when.earliest <= when.latest
        assert when.kind != "date" or when.value is None or when.earliest is not None
        assert when.value is not None or when.earliest is None


def _speech(reading: Reading) -> None:
    known = {None, *(entity.id for entity in reading.entities)}
    assert len({one.id for one in reading.statements}) == len(reading.statements)
    for one in reading.statements:
        assert one.text == " ".join(part.of(reading.article.text) for part in one.parts)
        assert (one.start, one.end) == (one.parts[0].start, one.parts[-1].end)
        assert apart(one.parts)
        assert one.text.strip()
        assert {one.speaker, one.addressee} <= known
        assert 0 <= one.confidence <= 1


def _codes(reading: Reading) -> None:
    known = {None, *(entity.id for entity in reading.entities)}
    for event in reading.events:
        assert event.mode is None or event.mode in TYPES[event.type].modes
        assert set(event.contexts) <= set(CONTEXTS)
        assert set(event.topics) <= set(TOPICS)
        assert {event.place, event.source, *(part.entity for part in event.participants)} <= known
    statements = {None, *(one.id for one in reading.statements)}
    for commitment in reading.commitments:
        assert {*commitment.by, *commitment.to} <= known
        assert commitment.statement in statements
