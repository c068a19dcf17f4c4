"""What `import dragoman` has: every name is there, typed, documented, and costs nothing until it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman

STUB = Path(dragoman.__file__).with_suffix(".pyi")


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    for name in set(dragoman.__all__) - {"__version__"}:
        found = getattr(dragoman, name)
        assert found.__doc__, name
        assert found.__doc__.strip(), name


def test_the_types_are_those_of_the_names() -> None:
    typed = {alias.asname: node.module for node in ast.parse(STUB.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert set(typed) | {"__version__"} == set(dragoman.__all__)
    assert all(getattr(dragoman, name).__module__ == home for name, home in typed.items())


def test_a_name_that_is_none_is_said_so() -> None:
    with pytest.raises(AttributeError, match="no name 'reads'"):
        dragoman.reads  # type: ignore[attr-defined]  # noqa: B018


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    code = "import sys, dragoman; dragoman.read, dragoman.Config; print(*sorted({'spacy', 'numpy', 'sqlalchemy', 'pandas', 'polars'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_every_public_method_says_what_it_does() -> None:
    for owner in (dragoman.Record, dragoman.Reading, dragoman.Timeline):
        assert not [name for name, method in vars(owner).items() if not name.startswith("_") and callable(method) and not method.__doc__], owner
