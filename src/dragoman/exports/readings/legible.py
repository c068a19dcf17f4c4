"""Words of an article made safe to print: nothing in them can move the cursor, colour the terminal or turn the line around."""

from __future__ import annotations

import re
from unicodedata import bidirectional

_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
# Controls, and halves of surrogate pairs, which no stream can hold.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Embeddings, overrides and isolates change the order of all that follows on the line; the marks U+200E and U+200F do not.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def legible(text: str) -> str:
    """The text on one line: breaks are spaces, other controls U+FFFD, bidirectional overrides gone."""
    return _CONTROLS.sub("\ufffd", _TURNS.sub("", _BREAKS.sub(" ", text)))


def base_direction(line: str) -> str:
    """'ltr' where a line begins with a name in Arabic letters and ends in the page's own words: 'هاكان فيدان, foreign minister'; else 'auto', as it begins."""
    strong = [kind for letter in line if (kind := bidirectional(letter)) in ("L", "R", "AL")]
    return "ltr" if strong and strong[0] != "L" and strong[-1] == "L" else "auto"


def same_length(text: str) -> str:
    """The text with controls that HTML forbids as U+FFFD, character for character, so that offsets hold; breaks and tabs stay."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)
