"""Read a folder of gold texts in one process and score the readings task by task.

    python -m benchmarks.gold GOLD_DIR [--scorer FILE] [--language fr] [--only NAME] [--quiet]

GOLD_DIR holds NAME.gold.json beside the texts they name; the scorer is a script that takes `--readings DIR GOLD_DIR`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from dragoman.model.codec import dumps
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages


def main() -> None:
    """Read, save the readings in a temporary folder, and hand them to the scorer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, help="score_readings.py; searched beside the gold where not given")
    parser.add_argument("--language")
    parser.add_argument("--only", help="only texts whose name starts with this")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scorer = options.scorer or options.gold.resolve().parent.parent / "tools" / "score_readings.py"
    kit = Kit()
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(options.gold.glob("*.gold.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if "file" not in gold or (options.only and not path.name.startswith(options.only)) or (options.language and gold["language"] != options.language):
                continue
            text = (options.gold / gold["file"]).read_text(encoding="utf-8")
            article = Article(
                id=article_id(text),
                name=gold["file"],
                text=text,
                language=gold["language"],
                published=date.fromisoformat(gold["published"]),
                published_from="given",
            )
            reading = read(article, stages(), kit)
            for trouble in reading.troubles:
                print(f"{gold['id']}: trouble: {trouble.stage}: {trouble.message}", file=sys.stderr)
            (Path(folder) / f"{gold['id']}.json").write_text(dumps(reading), encoding="utf-8")
            shutil.copy(path, folder)
        flags = [flag for flag in ("--quiet", "--json") if getattr(options, flag[2:])]
        sys.exit(subprocess.run([sys.executable, str(scorer), *flags, "--readings", folder, folder], check=False).returncode)


if __name__ == "__main__":
    main()
