"""`python -m training.worlds`: writes invented, annotated reports, one JSON object a line."""

import argparse
import json
import random
import sys
from pathlib import Path

from training.worlds.report import compose
from training.worlds.telling import TONGUES

# Share of each language in a mixed batch: what the judges of the encoder read most comes most often.
SHARES = {
    "ar": 16,
    "tr": 14,
    "en": 13,
    "fr": 13,
    "de": 8,
    "es": 8,
    "it": 5,
    "pt": 5,
    "ru": 6,
    "fa": 3,
    "uk": 2,
    "nl": 2,
    "pl": 2,
    "zh": 2,
    "el": 1,
    "he": 1,
    "ja": 1,
}


def main(arguments: list[str] | None = None) -> int:
    """Write `--count` reports; the same seed, languages and count give the same lines."""
    parser = argparse.ArgumentParser(prog="python -m training.worlds", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--langs", default="", help="codes joined by commas; all that have a grammar if left out")
    parser.add_argument("-o", "--output", type=Path, default=None)
    options = parser.parse_args(arguments)
    ready = sorted(path.name for path in TONGUES.iterdir() if (path / "states.tsv").exists())
    languages = [code for code in options.langs.split(",") if code] or ready
    if unknown := [code for code in languages if code not in ready]:
        parser.error(f"no grammar for {', '.join(unknown)}; there are {', '.join(ready)}")
    rng = random.Random(options.seed)
    sink = options.output.open("w", encoding="utf-8") if options.output else sys.stdout
    with sink:
        for number in range(options.count):
            language = rng.choices(languages, [SHARES.get(code, 1) for code in languages])[0]
            report = compose(language, random.Random(f"{options.seed}/{number}/{language}"))
            sink.write(json.dumps({"lang": language, "text": report.text, "spans": report.spans, "source": "worlds"}, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
