"""`dragoman read-shards`: many large files, on one machine or a cluster, to readings; it goes on where it was stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.engines import Engine, RayAddress, Workers, engine_of

HELP = """Read many large files into readings, shard by shard.

SHARD is a file, a folder or a pattern on any path that fsspec knows (s3://bucket/news/*.jsonl.gz, hdfs://…, a plain path), of JSON lines, CSV, Parquet,
WARC or whatever else `dragoman read` takes. Each shard is read whole by one worker; its readings are SHARD-….jsonl in the folder of --into, and a file
SHARD-….done beside them says that they are all there. What is done is not done again: after an interruption, or the loss of machines, run the same command.

Exit status: 0 all read; 1 a shard or an article could not be read; 2 nothing could be read, or the command was given wrongly."""


def command(
    shard: Annotated[list[str], typer.Argument(metavar="SHARD...", help="Files, folders or patterns of them.")],
    into: Annotated[str, typer.Option(metavar="FOLDER", help="Where readings go: any path that fsspec knows and all workers reach.")],
    published: Annotated[str | None, typer.Option(help="Date of publication of all of them, as 2025-10-12.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of all of them, as en or fr; told from the text where not given.")] = None,
    workers: Workers = 1,
    engine: Engine = None,
    ray_address: RayAddress = None,
) -> None:
    """See HELP."""
    from dragoman.model.config import load
    from dragoman.service.read import Given, checked_day, checked_language
    from dragoman.service.sharded import read_shards

    given = Given(published=checked_day(published) if published else None, language=checked_language(language) if language else None)
    articles = unread = lost = 0
    with engine_of(engine, workers, ray_address) as chosen:
        for one in read_shards(shard, into, chosen, load(Path.cwd()), given):
            if one.lost is not None:
                lost += 1
                typer.echo(f"dragoman: {one.shard.path}: could not be read ({one.lost}); the others go on, run the same command again for it", err=True)
                continue
            articles, unread = articles + one.articles, unread + one.unread
            also = f"{f', {one.unread} unread' if one.unread else ''}{', from before' if one.before else ''}"
            typer.echo(f"{one.shard.name}.jsonl  {one.articles} articles{also}")
    typer.echo(f"dragoman: {articles} articles read{f', {unread} of them not' if unread else ''}{f'; {lost} shards could not be' if lost else ''}", err=True)
    if lost or unread:
        raise typer.Exit(2 if unread == articles else 1)
