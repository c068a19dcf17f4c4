"""Shards of any format are read to the same lines that reading them one by one gives, and are not read twice."""

import gzip
import io
import json
from pathlib import Path

import pytest

from dragoman.engines.here import Here
from dragoman.engines.pool import Pool
from dragoman.model.codec import dumps
from dragoman.model.config import Config
from dragoman.service.read import read_many
from dragoman.service.sharded import read_shards
from dragoman.sources.jsonl import from_lines

CONFIG = Config(encoder=False)
ROWS = [
    {
        "id": str(number),
        "text": f"Rom, {number}. März 2024. Deutschland und Italien sprechen über {number} Punkte.",
        "language": "de",
        "published": "2024-03-05",
    }
    for number in range(1, 9)
]


def lines(rows: list[dict[str, str]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    import pyarrow
    import pyarrow.parquet

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(lines(ROWS[:3]))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines(ROWS[3:5])))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS[5:]), folder / "c.parquet")
    return folder


def test_every_engine_gives_the_bytes_that_reading_one_by_one_gives(shards: Path, tmp_path: Path) -> None:
    expected = "".join(dumps(one) + "\n" for one in read_many(from_lines(io.BytesIO(lines(ROWS)), "rows", CONFIG), Here(), CONFIG))
    for name, engine in (("here", Here()), ("pool", Pool(2))):
        with engine as chosen:
            found = list(read_shards([str(shards)], str(tmp_path / name), chosen, CONFIG))
        assert [one.articles for one in found] == [3, 2, 3]
        assert not any(one.before for one in found)
        assert "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / name).glob("*.jsonl"))) == expected


def test_what_is_done_is_not_done_again(shards: Path, tmp_path: Path) -> None:
    into = tmp_path / "out"
    list(read_shards([str(shards)], str(into), Here(), CONFIG))
    first = {path.name: path.read_bytes() for path in into.iterdir()}
    (lost,) = into.glob("b-*.done")
    lost.unlink()
    again = list(read_shards([str(shards)], str(into), Here(), CONFIG))
    assert [(one.shard.name[0], one.before) for one in again] == [("a", True), ("c", True), ("b", False)]
    assert {path.name: path.read_bytes() for path in into.iterdir()} == first


def test_a_shard_that_cannot_be_read_leaves_the_others(shards: Path, tmp_path: Path) -> None:
    (shards / "a.jsonl").write_bytes(b"\x1f\x8b not gzip at all")
    found = list(read_shards([str(shards)], str(tmp_path / "out"), Here(), CONFIG))
    assert [one.lost is not None for one in found] == [True, False, False]
