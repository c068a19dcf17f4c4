"""Annotated examples: every test in test_STAGE.py that asks for `example` meets each one of examples/LANGUAGE/STAGE.toml.

The form of the files is told in examples/README.md.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages

EXAMPLES = Path(__file__).parent / "examples"
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
    if "example" in metafunc.fixturenames:
        stage = metafunc.definition.path.stem.removeprefix("test_")
        metafunc.parametrize("example", [param for path in sorted(EXAMPLES.glob(f"*/{stage}.toml")) for param in _examples(path)])


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
    """The reading of the example, which no stage may have failed on."""
    found = reader(example.text, example.language, example.published)
    assert not [trouble for trouble in found.troubles if "could not be read" in trouble.message]
    return found
