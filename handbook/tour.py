"""A page of the documentation that runs: its files are put into an empty folder, its commands are run there, and what they print is written back into it.

Put … into `NAME`:        a fenced block: the file
```console                lines that begin with `$ `: commands (dragoman, cat, echo $?), then what they print
```python                 lines that begin with `>>> `, then what they print
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

_BLOCK = re.compile(r"(?P<before>[^\n]*\n\n|)```(?P<kind>\w*)\n(?P<inside>.*?)```\n", re.DOTALL)
_INTO = re.compile(r"\b(?:into|dans) `(?P<name>[\w.-]+)`[^`]*:\n\n$")
# When a correction was made is another moment in every run; pages show this one.
_MOMENT, _SHOWN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "2025-06-13 09:00 UTC"


@dataclass(slots=True)
class _Session:
    """What one command leaves to the next."""

    status: int = 0
    names: dict[str, object] = field(default_factory=dict)


def rerun(page: str) -> str:
    """The page with what its commands print today. Raises ValueError for a command that is none of those above."""
    session = _Session()
    with tempfile.TemporaryDirectory() as folder, _there(Path(folder)):
        return _BLOCK.sub(lambda block: _block(block, session), page)


def _block(block: re.Match[str], session: _Session) -> str:
    whole, inside = block[0], block["inside"]
    if named := _INTO.search(block["before"]):
        Path(named["name"]).write_text(inside, encoding="utf-8")
    elif block["kind"] == "console":
        return whole.replace(inside, "".join(_console(inside, session)))
    elif block["kind"] == "python" and inside.startswith(">>> "):
        return whole.replace(inside, "".join(_python(inside, session)))
    return whole


def _console(inside: str, session: _Session) -> Iterator[str]:
    for line in inside.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n{_run(line[2:], session)}"


def _run(command: str, session: _Session) -> str:
    """What a command prints, both streams in their order."""
    if command == "echo $?":
        return f"{session.status}\n"
    program, *arguments = shlex.split(command)
    if program == "cat":
        return "".join(Path(name).read_text(encoding="utf-8") for name in arguments)
    if program != "dragoman":
        raise ValueError(f"'{command}' is no command that a page may run")
    from dragoman.cli.main import main

    sink = BytesIO()
    stream = TextIOWrapper(sink, encoding="utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream):
        try:
            main(arguments)
            session.status = 0
        except SystemExit as end:
            session.status = int(end.code or 0)
    stream.flush()
    printed = sink.getvalue().decode("utf-8")
    stream.detach()
    return _MOMENT.sub(_SHOWN, printed)


def _python(inside: str, session: _Session) -> Iterator[str]:
    for example in doctest.DocTestParser().get_examples(inside):
        first, *rest = example.source.splitlines()
        yield "".join(f"{mark} {line}".rstrip() + "\n" for mark, line in ((">>>", first), *(("...", line) for line in rest)))
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(example.source, "page", "single"), session.names)  # noqa: S102 - pages of this repository
        yield printed.getvalue()


@contextmanager
def _there(folder: Path) -> Iterator[None]:
    """In a folder, with the language and the settings of nobody."""
    before, environment = Path.cwd(), dict(os.environ)
    for name in [name for name in environment if name.startswith(("DRAGOMAN_", "LC_", "LANG"))]:
        del os.environ[name]
    os.environ["LC_ALL"] = "en_GB.UTF-8"
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)
        sys.stdout.flush()
