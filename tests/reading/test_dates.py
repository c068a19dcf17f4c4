"""What is said of time and which day it was: annotated examples per language."""

import re
from typing import Any

from dragoman.model.reading import Reading

LEADING = {"en": r"^(?:(?:on|in|at|the) )+", "fr": r"^(?:(?:(?:en|à|au|le|la|les|des?|du) )|l')+", "ar": r"^(?:(?:في|خلال|عند) )+", "tr": r"^(?:saat )+"}


def test_examples(example: Any, reading: Reading) -> None:
    wanted = [[bare(example.language, words), *rest] for words, *rest in example.facts["dates"]]
    found = [[bare(example.language, when.text), when.value or "?", *([] if when.kind == "date" else [when.kind])] for when in reading.dates]
    assert found == wanted
    troubles = [trouble.message for trouble in reading.troubles if trouble.stage == "dates"]
    wanted = example.facts.get("troubles", [])
    assert len(troubles) == len(wanted)
    assert all(words in message for words, message in zip(wanted, troubles, strict=True))


def bare(language: str, words: str) -> str:
    """Without the small words that lead to it: whether 'in the summer of 2023' begins at 'in' or at 'summer' is not compared."""
    return re.sub(LEADING[language], "", words, flags=re.IGNORECASE)
