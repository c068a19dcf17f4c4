"""The use case of reading shards: files of many articles, each read whole by one worker, into readings beside a completion file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dragoman.engines.lost import Lost
from dragoman.engines.shards import Completion, Shard, completion, opened, shards_of, unfinished, write
from dragoman.model.codec import dumps
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.service.ingest import versions
from dragoman.service.read import Engine, Given, read_arrival, unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardRead:
    """What became of a shard: how many articles and how many of them unread; `before` where an earlier run had done it, `lost` why nothing came of it."""

    shard: Shard
    articles: int = 0
    unread: int = 0
    before: bool = False
    lost: str | None = None


def read_shards(paths: Sequence[str], into: str, engine: Engine, config: Config, given: Given | None = None) -> Iterator[ShardRead]:
    """Read what is not finished yet, in the order of the shards; gives first what was finished before. Raises InputError where there are no shards."""
    shards = shards_of(paths)
    given = given or Given()
    made_by = f"{versions()} published={given.published or ''} language={given.language or ''}"
    left = unfinished(shards, into, made_by)
    for shard in shards:
        if shard not in left and (done := completion(shard, into)) is not None:
            yield _told(shard, done, before=True)
    work = partial(_read_shard, into=into, made_by=made_by, config=config, given=given)
    for shard, result in zip(left, engine.map(work, left), strict=True):
        yield ShardRead(shard=shard, lost=result.reason) if isinstance(result, Lost) else _told(shard, result, before=False)


def _told(shard: Shard, done: Completion, *, before: bool) -> ShardRead:
    return ShardRead(shard=shard, articles=done.counts.get("articles", 0), unread=done.counts.get("unread", 0), before=before)


def _read_shard(shard: Shard, into: str, made_by: str, config: Config, given: Given) -> Completion:
    """The readings of a shard, one a line, in its order."""
    counts = {"articles": 0, "unread": 0}
    return write(shard, into, _lines(shard, counts, config, given), made_by, counts)


def _lines(shard: Shard, counts: dict[str, int], config: Config, given: Given) -> Iterable[str]:
    from dragoman.sources.opening import arrivals_in

    with opened(shard) as file:
        for arrival in arrivals_in(file, shard.path.rpartition("/")[2], config):
            try:
                reading = read_arrival(arrival, config, given)
            except InputError as error:
                raise InputError(f"{shard.path}: {error}") from error
            counts["articles"] += 1
            counts["unread"] += unread(reading)
            yield dumps(reading) + "\n"
