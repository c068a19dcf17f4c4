"""A page of the documentation that runs: its files are put into an empty folder, its commands are run there, and what they print is written back into it.

Put … into `NAME`:        a fenced block: the file
```console                lines that begin with `$ `: commands (dragoman, cat, echo $?), then what they print
```python                 lines that begin with `>>> `, then what they print

A page that puts files under src/ runs in a checkout of the sources, and may run their tests too (python -m pytest); one that names the address of the
press of handbook/premises.py finds its files served there.
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
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from handbook.premises import ADDRESS, checkout, press, run_there

_BLOCK = re.compile(r"(?P<before>[^\n]*\n\n|)```(?P<kind>\w*)\n(?P<inside>.*?)```\n", re.DOTALL)
_INTO = re.compile(r"\b(?:into|dans) `(?P<name>[\w./-]+)`[^`]*:\n\n$")
# When a correction was made or a source polled is another moment in every run; pages show this one, and what lies quarters of an hour behind it.
_MOMENT, _SHOWN = re.compile(r"\d{4}-\d\d-\d\d(?P<between>[ T])\d\d:\d\d(?P<seconds>:\d\d)?(?P<zone>\+00:00| UTC|(?= ))"), datetime(2025, 6, 13, 9)
_QUARTER = timedelta(minutes=15)


@dataclass(slots=True)
class _Session:
    """What one command leaves to the next."""

    status: int = 0
    names: dict[str, object] = field(default_factory=dict)
    address: str = ADDRESS
    checkout: bool = False
    begun: datetime = field(default_factory=lambda: datetime.now(UTC).replace(tzinfo=None))


def rerun(page: str) -> str:
    """The page with what its commands print today. Raises ValueError for a command that is none of those above."""
    with tempfile.TemporaryDirectory() as folder, press(page, Path(folder)) as address, _there(Path(folder)):
        put = [named["name"] for block in _BLOCK.finditer(page) if (named := _INTO.search(block["before"]))]
        session = _Session(address=address, checkout=any(name.startswith("src/") for name in put))
        if session.checkout:
            checkout(Path(folder))
        return _BLOCK.sub(lambda block: _block(block, session), page)


def _block(block: re.Match[str], session: _Session) -> str:
    whole, inside = block[0], block["inside"]
    if named := _INTO.search(block["before"]):
        path = Path(named["name"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(inside.replace(ADDRESS, session.address), encoding="utf-8")
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
    """What a command prints, both streams in their order, with the moments and the address that pages show."""
    if command == "echo $?":
        return f"{session.status}\n"
    arguments = shlex.split(command.replace(ADDRESS, session.address))
    if arguments[0] == "cat":
        printed = "".join(Path(name).read_text(encoding="utf-8") for name in arguments[1:])
    elif arguments[0] == "dragoman" or (session.checkout and arguments[:3] == ["python", "-m", "pytest"]):
        printed = _printed(arguments, session)
    else:
        raise ValueError(f"'{command}' is no command that a page may run")
    return _MOMENT.sub(lambda moment: _moment(moment, session), printed).replace(session.address, ADDRESS)


def _printed(arguments: list[str], session: _Session) -> str:
    if session.checkout:
        told = StringIO()
        session.status = run_there(arguments, Path.cwd(), dict(os.environ), told)
        return told.getvalue()
    from dragoman.cli.main import main

    sink = BytesIO()
    stream = TextIOWrapper(sink, encoding="utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream):
        try:
            main(arguments[1:])
            session.status = 0
        except SystemExit as end:
            session.status = int(end.code or 0)
    stream.flush()
    printed = sink.getvalue().decode("utf-8")
    stream.detach()
    return printed


def _moment(found: re.Match[str], session: _Session) -> str:
    """A moment of this run as pages show it; any other as it is."""
    since = datetime.fromisoformat(found[0][: -len(found["zone"]) or None]) - session.begun
    if abs(since) > timedelta(days=1):
        return found[0]
    shown = _SHOWN + round(since / _QUARTER) * _QUARTER
    return f"{shown:%Y-%m-%d}{found['between']}{shown:%H:%M}{':00' if found['seconds'] else ''}{found['zone']}"


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
