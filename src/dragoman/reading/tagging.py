"""The stage `tagging`: what the multilingual encoder sees, in every language: names, offices, dates, events, what is said and by whom.

Sentences of a paragraph are read together as long as they are short: a name that is clear in the first is clear in the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from dragoman.model.reading import Article, Reading, Tag, Trouble
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.stage import Stage

# Words of a window: more is slower and no surer, a longer sentence is read in parts.
_WINDOW = 120
# Sentences whose vectors linking asks for (service/signatures.py); what is shorter is a dateline or a heading.
_LOOKED_AT, SHORTEST = 5, 16
_MISSING = "the encoder is not installed or is switched off, so names are found by tables and parser alone; install dragoman-encoder for a fuller reading"


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `tags`; without the encoder a trouble says so."""
    encoder = kit.encoder()
    if encoder is None:
        return replace(reading, troubles=(*reading.troubles, Trouble(stage="tagging", message=_MISSING)))
    from dragoman_encoder.pieces import words

    windows = list(_windows(article.text, reading.sentences, words))
    said = [[span.of(article.text) for span in window] for window in windows]
    seen, vectors = encoder.seen(said, _openings(windows, reading.sentences))
    kit.remember({tuple(said[number]): vector for number, vector in vectors.items()})
    tags = []
    for window, found in zip(windows, seen, strict=True):
        for label in found:
            start, end = window[label.first].start, window[label.last - 1].end
            tags.append(Tag(start=start, end=end, layer=label.layer, label=label.name, score=label.score))
    return replace(reading, tags=tuple(sorted(tags, key=lambda tag: (tag.start, tag.end, tag.layer))))


def _openings(windows: list[list[Span]], sentences: tuple[Span, ...]) -> frozenset[int]:
    """The windows that are one of the first sentences and nothing else: their vectors, which linking asks for, come with their labels."""
    first = [one for one in sentences if one.end - one.start >= SHORTEST][:_LOOKED_AT]
    alone = {(one.start, one.end) for one in first}
    return frozenset(
        number
        for number, window in enumerate(windows[: 2 * _LOOKED_AT])
        if any(start <= window[0].start and window[-1].end <= end and not _shared(windows, number, start, end) for start, end in alone)
    )


def _shared(windows: list[list[Span]], number: int, start: int, end: int) -> bool:
    """Whether a neighbour has words of the sentence too: a long one is read in parts."""
    before = number > 0 and windows[number - 1][-1].end > start
    return before or (number + 1 < len(windows) and windows[number + 1][0].start < end)


def _windows(text: str, sentences: tuple[Span, ...], words: object) -> Iterator[list[Span]]:
    """The words of one or more sentences of a paragraph, at most 120 together."""
    window: list[Span] = []
    end = 0
    for sentence in sentences:
        spans = [Span(sentence.start + first, sentence.start + last) for first, last in words(sentence.of(text))]  # type: ignore[operator]
        if window and (len(window) + len(spans) > _WINDOW or "\n" in text[end : sentence.start]):
            yield window
            window = []
        for at in range(0, len(spans), _WINDOW):
            part = spans[at : at + _WINDOW]
            if len(part) == _WINDOW:
                yield part
            else:
                window = [*window, *part]
        end = sentence.end
    if window:
        yield window


@cache
def stage() -> Stage:
    return Stage(name="tagging", version=1, needs=("sentences",), gives=("tags",), run=run)
