"""`read`, `add` and `rebuild` give the same bytes by every engine, and say what does not fit together."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.simulation import texts

ENGINES = (("here", "1"), ("pool", "2"), ("ray", "2"))


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Turkish reports, read in full without a parser, and a line that cannot be read."""
    folder = tmp_path_factory.mktemp("engines")
    rows = [
        {"id": one.article.name, "text": one.article.text, "language": "tr", "published": str(one.article.published)}
        for one, _ in texts(4, 60)
        if one.article.language == "tr"
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "articles.jsonl").write_text("\n".join([*lines, '{"text": ""}']) + "\n", encoding="utf-8")
    return folder


def dragoman(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"DRAGOMAN_ENCODER": "false", "DRAGOMAN_CACHE_FOLDER": str(folder / "cache")}
    return subprocess.run([sys.executable, "-m", "dragoman.cli.main", *arguments], capture_output=True, env=environment, cwd=folder, check=False)


def test_every_engine_reads_adds_and_rebuilds_to_the_same_bytes(articles: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'dragoman[ray]'")
    read, added, rebuilt = set(), set(), set()
    for engine, workers in ENGINES:
        options = ("--engine", engine, "--workers", workers)
        done = dragoman(articles, "read", "articles.jsonl", *options)
        assert done.returncode == 1, done.stderr
        read.add(done.stdout)
        record = f"{engine}.db"
        assert dragoman(articles, "--record", record, "add", "articles.jsonl", *options).returncode == 1
        added.add(dragoman(articles, "--record", record, "export", "--format", "json").stdout)
        assert dragoman(articles, "--record", record, "rebuild", "--all", *options).returncode == 0
        rebuilt.add(dragoman(articles, "--record", record, "export", "--format", "json").stdout)
    assert len(read) == 1
    assert len(added) == 1
    assert rebuilt == added


def test_options_that_do_not_fit_are_refused(articles: Path) -> None:
    for arguments, why in (
        (("--engine", "spark"), b"'spark' is not one of here, pool, ray"),
        (("--engine", "pool", "--ray-address", "auto"), b"--ray-address: is for --engine ray"),
    ):
        done = dragoman(articles, "read", "articles.jsonl", *arguments)
        assert (done.returncode, why in done.stderr) == (2, True), done.stderr
        assert b"Traceback" not in done.stderr
