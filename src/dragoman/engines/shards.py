"""Work on files of many articles, shard by shard, that can stop anywhere and go on: what is whole has a completion file beside it.

    in/a.jsonl ──▶ into/a-5f2c81d09b.jsonl.part ──▶ into/a-5f2c81d09b.jsonl, then into/a-5f2c81d09b.done

A worker or the whole run may be lost at any moment: a shard without its completion file is done again from its beginning, and gives the same bytes. Paths
are any that fsspec knows ('s3://bucket/news/*.jsonl.gz', 'hdfs://…', plain ones), so that shards and results may lie where all machines reach them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from dragoman.model.errors import EngineError, InputError

_ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".warc", ".zip", ".tar", ".mbox", ".xml", ".gz", ".bz2")


@dataclass(frozen=True, slots=True)
class Shard:
    """`path` is where it lies; `name` what its result is called: its own name and ten digits of a hash of its path."""

    path: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What stands in a completion file: what was counted, the hash of the result, and what it was made by."""

    counts: dict[str, int]
    sha256: str
    made_by: str


def shards_of(paths: Iterable[str]) -> tuple[Shard, ...]:
    """The files that paths, folders and patterns ('*', '**') name, by path, each once. Raises InputError where one names nothing."""
    found: set[str] = set()
    for path in paths:
        system, root = _system(path)
        try:
            if any(sign in root for sign in "*?["):
                files = [one for one in system.glob(root) if not system.isdir(one)]
            elif system.isdir(root):
                files = [one for one in system.find(root) if one.endswith(_ENDINGS)]
            else:
                files = [root] if system.exists(root) else []
        except (OSError, ValueError, ImportError) as error:
            raise InputError(f"{path}: cannot be looked into ({error}); check the address and who is allowed to read it") from error
        if not files:
            raise InputError(f"{path}: there is no such shard; check the path")
        found |= {system.unstrip_protocol(one).removeprefix("file://") for one in files}
    return tuple(Shard(path, f"{_stem(path)}-{sha256(path.encode()).hexdigest()[:10]}") for path in sorted(found))


def unfinished(shards: Sequence[Shard], folder: str, made_by: str) -> tuple[Shard, ...]:
    """Those that have no completion file there, or one of other versions than `made_by`."""
    return tuple(shard for shard in shards if (done := completion(shard, folder)) is None or done.made_by != made_by)


def completion(shard: Shard, folder: str) -> Completion | None:
    """What the completion file of a shard says; None where there is none, or half of one."""
    system, root = _system(folder)
    try:
        row = json.loads(system.cat_file(f"{root}/{shard.name}.done"))
        return Completion(counts=dict(row["counts"]), sha256=str(row["sha256"]), made_by=str(row["made_by"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def opened(shard: Shard) -> Iterator[BinaryIO]:
    """The bytes of a shard; they can be sought in. Raises InputError where it cannot be opened."""
    system, root = _system(shard.path)
    try:
        file = system.open(root, "rb")
    except OSError as error:
        raise InputError(f"{shard.path}: cannot be read ({error.strerror or error}); check who is allowed to read it") from error
    with file:
        yield cast("BinaryIO", file)


def write(shard: Shard, folder: str, lines: Iterable[str], made_by: str, counts: dict[str, int]) -> Completion:
    """Write the result of a shard, then its completion file; `counts` is filled while the lines come.

    The result takes its name only when it is whole. Raises EngineError where the folder cannot be written to.
    """
    system, root = _system(folder)
    target, part = f"{root}/{shard.name}.jsonl", f"{root}/{shard.name}.jsonl.part"
    digest = sha256()
    try:
        system.makedirs(root, exist_ok=True)
        with system.open(part, "wb") as file:
            for line in lines:
                raw = line.encode("utf-8", "surrogatepass")
                digest.update(raw)
                file.write(raw)
        system.mv(part, target)
        done = Completion(counts=counts, sha256=digest.hexdigest(), made_by=made_by)
        row = {"counts": done.counts, "sha256": done.sha256, "made_by": done.made_by}
        system.pipe_file(f"{root}/{shard.name}.done", json.dumps(row, sort_keys=True).encode())
    except OSError as error:
        raise EngineError(f"{folder}: cannot be written to ({error.strerror or error}); make room or check rights, then run it again") from error
    return done


def _stem(path: str) -> str:
    """The file's name without what fsspec and formats put after it, of signs that any system takes."""
    name = PurePosixPath(path.replace("\\", "/")).name
    while (shorter := next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end) and name != end), name)) != name:
        name = shorter
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "_" for sign in name)[:80] or "shard"


def _system(path: str) -> tuple[Any, str]:
    """The file system of a path and its root there."""
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    except ImportError as error:
        raise EngineError("shards need fsspec: pip install 'dragoman[ray]'") from error
    try:
        system, root = url_to_fs(path)
    except (ValueError, ImportError, OSError) as error:
        raise InputError(f"{path}: is no address that can be read ({error})") from error
    return system, str(root).rstrip("/") or "/"
