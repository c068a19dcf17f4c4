"""Which news agency a report is by, as its byline, its dateline or its last line credits it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# A dateline stands within the first characters of a text, a closing credit within the last.
_HEAD, _TAIL = 160, 80
# A line that names its agencies and nothing else ('AFP, Reuters | 12 October') is no longer.
_LINE = 60


def agency_of(text: str, author: str | None = None, url: str | None = None) -> str | None:
    """The agency's short name ('AFP'), None where none is credited. Of several the first in the byline, else in the dateline, else at the end.

    An agency that a sentence merely quotes is no credit: it must stand alone in the byline, in brackets, or before the dash of a dateline.
    """
    if author and (found := _in_byline(author)):
        return found
    if found := _in_dateline(text[:_HEAD]) or _at_the_end(text[-_TAIL:]):
        return found
    return _own(url) if url else None


def _in_byline(author: str) -> str | None:
    """'AFP', 'By Ana Lindqvist (Reuters)', 'Le Monde avec AFP': each word group of the byline is asked."""
    for part in re.split(r"[,;/|()\[\]&·•]|\s(?:and|with|et|avec|und|mit|ve|y|con|e|и)\s|\s[-–—]\s|\bby\b|\bpar\b|\bvon\b", author):
        if found := _agency(part):
            return found
    return None


def _in_dateline(head: str) -> str | None:
    """'PARIS (AFP) -', 'ANKARA, Oct 12 (Reuters) –', 'أنقرة / الأناضول', 'AFP, 12 October' on a line of its own."""
    # a dash, a mark or the line's end follows: in a sentence the same letters may be another body's
    for match in re.finditer(r"[(\[（【]([^()\[\]（）【】\n]{2,50})[)\]）】](?=[ \t\u00a0]*(?:[-–—―:：|\n]|$))", head):
        if found := _in_byline(match[1]):
            return found
    for line in head.split("\n")[:3]:
        led = re.match(r"([^.!?؟。\n]{2,60}?)\s?(?:[-–—―:：]\s|[-–—―]{2})", line)
        if led and (found := _parts(led[1])):
            return found
        if len(line) <= _LINE and (found := _parts(line)):
            return found
    return None


def _parts(words: str) -> str | None:
    return next((found for part in re.split(r"[,،/|(–—-]", words) if (found := _agency(part))), None)


def _at_the_end(tail: str) -> str | None:
    """'… he said. (AFP)', '… – Reuters', or a last line that is the agency."""
    last = tail.rstrip().rsplit("\n", 1)[-1]
    match = re.search(r"[(\[（]([^()\[\]（）\n]{2,50})[)\]）]\W*$|[.!?”\"»][ \t]*[-–—/]\s?([^-–—.\n]{2,40})\W*$", last)
    if match and (found := _in_byline(match[1] or match[2])):
        return found
    return _in_byline(last) if "\n" in tail.rstrip() and len(last) <= _LINE else None


def _agency(words: str) -> str | None:
    plain = " ".join(words.split()).strip(" .:*’'\"“”-–—")
    marks, names = _table()
    return marks.get(plain) or names.get(plain.casefold())


def _own(url: str) -> str | None:
    host = re.sub(r"^\w+://(?:[^@/]*@)?", "", url).split("/")[0].split(":")[0].lower()
    return next((short for short, sites in _sites() if any(host == site or host.endswith(f".{site}") for site in sites)), None)


@cache
def _agencies() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("dragoman.sources").joinpath("agencies.toml").read_text(encoding="utf-8"))


@cache
def _sites() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((short, tuple(one.get("sites", ()))) for short, one in _agencies().items())


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    marks = {mark: short for short, one in _agencies().items() for mark in one.get("marks", ())}
    return marks, {name.casefold(): short for short, one in _agencies().items() for name in one.get("names", ())}
