"""Make src/dragoman/linking/background.npz and background.toml: the fixed statistics that linking leans on.

    python -m training.background --catalogues FOLDER --news FILE.jsonl… [--check]

FOLDER holds Django unpacked (pip download Django, then unzip; BSD): its message catalogues, LANGUAGE/LC_MESSAGES/django.mo, say the same sentences in a
hundred languages. Each FILE holds a line {"text": …} for an English report. Three things come of them.

    middles    where the vectors of a language lie at rest, in both spaces. For English the mean over sentences of reports; for another language that mean
               moved by the mean way from the English sentences of the catalogues to their translations, so that news is the subject everywhere. A
               language without a catalogue gets the mean of all.
    holds      how much of a sentence's meaning the space 'e5' holds in a language: the mean cosine of translations with their originals, each taken from
               the middle of its language, stretched so that French has 1.
    rarities   in how many of the reports a word written with a capital stands.

The same files give the same tables but for the last bits of the vectors. --check writes nothing and says how far the tables that ship are from these.
"""

from __future__ import annotations

import argparse
import gettext
import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.linking.shingles import name_words
from dragoman.reading.kit import Kit
from dragoman.reading.vectors import SIXTEEN, Space, vectors

Vectors = npt.NDArray[np.float32]
Tables = dict[str, npt.NDArray[np.float16]]

MIDDLES = Path("src/dragoman/linking/background.npz")
RARITIES = Path("src/dragoman/linking/background.toml")
_SPACES: tuple[Space, ...] = ("e5", "use")
# Catalogues of other names than ours.
_CATALOGUES = {"zh": "zh_Hans"}
_LANGUAGES = (
    "ar", "az", "be", "bg", "bn", "ca", "ckb", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka",
    "kk", "ko", "ky", "lt", "lv", "mk", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "tg", "th", "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
# Sentences that most of these have are asked of all: they differ most among themselves, and have the fullest catalogues.
_FULLEST, _IN_MOST = ("fr", "uk", "fa", "he", "el", "ckb", "tr", "ru"), 6
_ASKED, _FEWEST = 60, 15
# A sentence, not a word of a menu and no pattern with places to fill in.
_SHORT, _LONG = 25, 160
# Sentences of reports for the English middle: two of the first eight of each of so many.
_REPORTS, _OF_EACH, _AMONG, _SENTENCES, _SEED = 250, 2, 8, 400, 5
# The mean cosine in French, which holds everything.
_WHOLE, _STRETCH = 0.75, 1.2
# A word in fewer reports is taken for one that is in none.
_SEEN = 5


def catalogue(folder: Path, language: str) -> dict[str, str]:
    """English sentences and their translations of all catalogues of a language."""
    found: dict[str, str] = {}
    code = _CATALOGUES.get(language, language)
    for path in sorted(folder.rglob(f"{code}/LC_MESSAGES/django.mo")):
        with path.open("rb") as opened:
            rows: Mapping[object, object] = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]  # there is no other way to list them
        for key, told in rows.items():
            if isinstance(key, str) and isinstance(told, str) and _SHORT < len(key) < _LONG and key != told and not set("%{\n") & set(key):
                found[key.split("\x04")[-1]] = told
    return found


def asked(catalogues: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The English sentences that are compared, sorted."""
    often = Counter(sentence for language in _FULLEST for sentence in catalogues[language])
    return sorted(sentence for sentence, count in often.items() if count >= _IN_MOST)[:_ASKED]


def middles(folder: Path, reports: Sequence[str], kit: Kit) -> Tables:
    """Middles ('e5', 'e5.fr', 'use.en' …) and holds ('hold.fr')."""
    catalogues = {language: catalogue(folder, language) for language in _LANGUAGES}
    sentences = asked(catalogues)
    news = _news(reports)
    found: Tables = {"hold.en": np.array(1.0, dtype=np.float16)}
    for space in _SPACES:
        english = vectors(sentences, space, kit).matrix
        at_rest = vectors(news, space, kit).matrix.mean(0)
        found[f"{space}.en"] = at_rest.astype(np.float16)
        ways = []
        for language, told in catalogues.items():
            there = [number for number, sentence in enumerate(sentences) if sentence in told]
            if len(there) < _FEWEST or (space == "use" and language not in SIXTEEN):
                continue
            theirs = vectors([told[sentences[number]] for number in there], space, kit).matrix
            ways.append(theirs.mean(0) - english[there].mean(0))
            found[f"{space}.{language}"] = (at_rest + ways[-1]).astype(np.float16)
            if space == "e5":
                alike = float((_centred(english[there]) * _centred(theirs)).sum(1).mean())
                found[f"hold.{language}"] = np.array(min(1.0, _STRETCH * alike / _WHOLE), dtype=np.float16)
        found[space] = (at_rest + np.mean(ways, axis=0)).astype(np.float16)
    return found


def _news(reports: Sequence[str]) -> list[str]:
    """Sentences of reports, drawn with a fixed seed."""
    drawn, found = random.Random(_SEED), list[str]()
    for text in drawn.sample(list(reports), min(_REPORTS, len(reports))):
        sentences = [one for one in re.split(r"(?<=[.!?])\s+|\n+", text) if 40 < len(one) < 300][:_AMONG]
        if sentences:
            found += drawn.sample(sentences, min(_OF_EACH, len(sentences)))
    return found[:_SENTENCES]


def _centred(rows: Vectors) -> Vectors:
    moved = rows - rows.mean(0)
    result: Vectors = moved / np.linalg.norm(moved, axis=-1, keepdims=True)
    return result


def rarities(reports: Sequence[str]) -> str:
    """background.toml: words by how many reports have them, counts rounded down to 5 from 20 on and to 25 from 100 on."""
    often = Counter(word for text in reports for word in set(name_words(text)))
    by_count: dict[int, list[str]] = {}
    for word, count in sorted(often.items()):
        if count >= _SEEN and word.isalpha():
            step = 1 if count < 20 else 5 if count < 100 else 25
            by_count.setdefault(count // step * step, []).append(word)
    lines = [
        f"# Words written with a capital inside a sentence, in how many of {len(reports)} English reports: "
        "what is common in news says little of which news it is.",
        f"reports = {len(reports)}",
        "[words]",
    ]
    for count in sorted(by_count, reverse=True):
        lines.append(f'{count} = """')
        line = ""
        for word in by_count[count]:
            if len(line) + len(word) + 1 > 150:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, '"""']
    return "\n".join(lines) + "\n"


def compared(made: Tables, shipped: Mapping[str, npt.NDArray[np.float16]]) -> list[str]:
    """How far two tables lie apart: keys that one lacks, and the greatest difference of the rest."""
    lacking = sorted(set(made) ^ set(shipped))
    farthest = max(float(np.abs(made[key].astype(np.float32) - shipped[key].astype(np.float32)).max()) for key in set(made) & set(shipped))
    return [f"keys of one only: {', '.join(lacking) or 'none'}", f"greatest difference of a number: {farthest:.5f}"]


def main() -> None:
    """Write both tables, or compare them with those that ship."""
    parser = argparse.ArgumentParser(prog="python -m training.background", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogues", type=Path, required=True)
    parser.add_argument("--news", type=Path, nargs="+", required=True, help="reports for the middles and the words: lines {text}")
    parser.add_argument("--words-too", type=Path, nargs="*", default=[], help="reports whose words alone are counted")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    news, more = ([text for path in many for text in _texts(path)] for many in (options.news, options.words_too))
    made, words = middles(options.catalogues, news, Kit()), rarities([*news, *more])
    if options.check:
        with np.load(MIDDLES) as shipped:
            print("\n".join(compared(made, shipped)))
        old = RARITIES.read_text(encoding="utf-8").splitlines()[1:]
        print(f"words: {'the same' if old == words.splitlines()[1:] else 'other'}")
        return
    np.savez_compressed(MIDDLES, **made)  # type: ignore[arg-type]
    RARITIES.write_text(words, encoding="utf-8")


def _texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    main()
