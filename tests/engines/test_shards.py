"""Shards are done once and whole: what was interrupted is done again from its beginning, to the same bytes."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.engines.here import Here
from dragoman.engines.lost import Lost
from dragoman.engines.pool import Pool
from dragoman.engines.shards import Shard, completion, opened, shards_of, unfinished, write
from dragoman.model.errors import InputError

LINES = [f"line {number}\n" for number in range(50)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for name in ("b.jsonl", "a.jsonl.gz", "c d.parquet", "notes.md"):
        (place / name).write_bytes(name.encode())
    return place


def test_folders_patterns_and_files_name_shards_once_and_in_order(folder: Path) -> None:
    names = [shard.path.rpartition("/")[2] for shard in shards_of([str(folder)])]
    assert names == ["a.jsonl.gz", "b.jsonl", "c d.parquet"]
    assert shards_of([str(folder / "*.jsonl"), str(folder / "b.jsonl")]) == (shards_of([str(folder)])[1],)
    assert [shard.name[: shard.name.rindex("-")] for shard in shards_of([str(folder)])] == ["a", "b", "c_d"]


def test_what_is_not_there_is_said(folder: Path) -> None:
    for path in ("nothing.jsonl", "*.csv"):
        with pytest.raises(InputError, match="there is no such shard"):
            shards_of([str(folder / path)])
    with pytest.raises(InputError, match="is no address"):
        shards_of(["nowhere://a/b"])


def test_files_of_one_name_in_two_folders_have_two_results(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "a.jsonl").touch()
    assert len({shard.name for shard in shards_of([str(tmp_path / "*/a.jsonl")])}) == 2


def test_a_result_is_finished_only_with_its_completion_file(folder: Path, tmp_path: Path) -> None:
    shards, into = shards_of([str(folder)]), str(tmp_path / "out")
    assert unfinished(shards, into, "v1") == shards
    done = write(shards[0], into, LINES, "v1", {"articles": 50})
    assert completion(shards[0], into) == done
    assert unfinished(shards, into, "v1") == shards[1:]
    assert unfinished(shards, into, "v2") == shards
    Path(into, f"{shards[0].name}.done").write_text("{", encoding="utf-8")
    assert unfinished(shards, into, "v1") == shards


def test_memory_file_systems_do_as_well() -> None:
    import fsspec

    fsspec.filesystem("memory").pipe_file("/shards/one.jsonl", b"{}")
    (shard,) = shards_of(["memory://shards"])
    with opened(shard) as file:
        assert file.read() == b"{}"
    write(shard, "memory://out", LINES, "v1", {})
    assert unfinished([shard], "memory://out", "v1") == ()


def count(shard: Shard, into: str) -> int:
    with opened(shard) as file:
        size = len(file.read())
    if size == len("b.jsonl") and not Path(into, "again").exists():
        Path(into).mkdir(exist_ok=True)
        Path(into, "again").touch()
        sys.stdout.flush()
        import os

        os.kill(os.getpid(), signal.SIGKILL)
    write(shard, into, LINES, "v1", {"articles": size})
    return size


def test_after_the_loss_of_a_worker_its_shard_alone_is_left(folder: Path, tmp_path: Path) -> None:
    from functools import partial

    shards, into = shards_of([str(folder)]), str(tmp_path / "out")
    results = list(Pool(2).map(partial(count, into=into), shards))
    assert [isinstance(one, Lost) for one in results] == [False, True, False]
    left = unfinished(shards, into, "v1")
    assert left == (shards[1],)
    assert list(Here().map(partial(count, into=into), left)) == [len("b.jsonl")]
    assert unfinished(shards, into, "v1") == ()


DRIVER = """
import sys
from dragoman.engines.shards import shards_of, unfinished, write
def lines():
    for number in range(50):
        if number == 25:
            print("half", flush=True)
            sys.stdin.read()
        yield f"line {number}\\n"
shard = shards_of([sys.argv[1]])[0]
write(shard, sys.argv[2], lines(), "v1", {})
"""


def test_after_the_loss_of_the_driver_half_a_result_is_none(folder: Path, tmp_path: Path) -> None:
    into = str(tmp_path / "out")
    process = subprocess.Popen([sys.executable, "-c", DRIVER, str(folder), into], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"half\n"
    process.kill()
    process.wait()
    shards = shards_of([str(folder)])
    assert unfinished(shards, into, "v1") == shards
    assert not Path(into, f"{shards[0].name}.jsonl").exists()
    write(shards[0], into, LINES, "v1", {"articles": 50})
    assert Path(into, f"{shards[0].name}.jsonl").read_text(encoding="utf-8") == "".join(LINES)
