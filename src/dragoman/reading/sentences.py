"""Text to paragraphs, sentences, tokens and their grammar.

Paragraphs are parsed one by one, long ones in pieces, so that time and memory stay linear in the text and no
sentence crosses a paragraph. A parser may split a sentence only where its punctuation ends one: the
packaged French pipeline otherwise cuts lists of ministers in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.inflection import inflection
from dragoman.languages.pack import language
from dragoman.model.parse import Parse, Token
from dragoman.model.reading import Article, Reading, Trouble
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.stage import Stage

# A piece that the parser sees at once: about 700 words, well above any paragraph of a news report.
_PIECE = 4_000
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_CLOSED = re.compile(r"[.!?…:;。؟۔][\"'”’»)\]]*\s*$")
# 'BRUSSELS (XYZ) - ', 'PARIS, le 3 mai (XYZ) – ', 'SALALAH, Oman - ': set apart, so that the parser does not take the town for the subject.
_DATELINE = re.compile(r"[A-ZÀ-Þ][^\n!?()]{2,60}\([^\W\d_][\w ./&-]{1,25}\)\s?[-–—:]+\s+|(?=[A-ZÀ-Þ]{3})[A-ZÀ-Þ' -]{3,30}(?:,[^\n!?()]{0,40})?\s[-–—]+\s+")
# Of a script without capitals: 'دمشق (سانا) - ', 'دمشق - '; a mark of its end is always there.
_DATELINE_PLAIN = re.compile(
    r"[^\W\d_][^\n!?؟.()«»\"“”]{1,60}\([^\W\d_][^()\n]{1,25}\)\s?[-–—:]+\s+"
    r"|[^\W\d_]+(?: [^\W\d_]+)?\s?/\s?[^\W\d_]+(?: [^\W\d_]+)?\s?[-–—:]\s+"
    r"|[^\W\d_]+(?: [^\W\d_]+){0,2}\s[-–—ـ]\s+"
)
# Letters with the marks above and below them; numbers with their points; initials.
_LETTER = r"\w[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[-'’](?:{_LETTER})+|(?<=\d)[.,:]\d+|(?<=\b\w)\.\w(?!\w))*|[^\w\s]")
_ENDING = ".!?…。！？؟۔｡।"
_CLOSING = "\"'”’»)]」』"
# Numbers of so many figures may be ordinals where a full stop follows: '8. Cumhurbaşkanı', 'am 3. Oktober'.
_ORDINAL = 2
# Marks that are one character both ways, so that offsets stay: what the parsers were trained on.
_PLAIN = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"',
                        "\x00": " ", "\u200e": " ", "\u200f": " ", "\u202a": " ", "\u202b": " ", "\u202c": " "})  # fmt: skip


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs, trimmed: parted by blank lines, or by any line break where lines are not merely wrapped."""
    found: list[Span] = []
    start = 0
    for gap in [*_BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(_lines(text, start, end))
        start = gap.end() if gap else end
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs inside one block without blank lines: hard-wrapped lines are joined, others stand alone."""
    lines: list[Span] = []
    at = start
    for words in text[start:end].split("\n"):
        lines.append(Span(at, at + len(words)))
        at += len(words) + 1
    longest = max((span.end - span.start for span in lines), default=0)
    current: Span | None = None
    for line in lines:
        if not line.of(text).strip():
            continue
        if current and _wrapped(text, current, line, longest):
            current = current.hull(line)
        else:
            if current:
                yield _trim(text, current)
            current = line
    if current:
        yield _trim(text, current)


def _wrapped(text: str, before: Span, line: Span, longest: int) -> bool:
    """Whether the line goes on with the sentence of the line before: wrapped text has lines of at most 100 characters."""
    following = line.of(text).lstrip()
    if longest > 100 or not following:
        return False
    last = before.of(text).rsplit("\n", 1)[-1].rstrip()
    if following[0].islower():
        return not _CLOSED.search(last)
    return len(last) > 0.6 * longest and longest >= 50 and following[0] not in "-*•–—"


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def pieces(text: str, span: Span) -> Iterator[Span]:
    """The span in parts of at most 4,000 characters, cut after a full stop, else at a space, else anywhere."""
    start = span.start
    while span.end - start > _PIECE:
        window = text[start : start + _PIECE]
        cut = max(window.rfind(". "), window.rfind("! "), window.rfind("? ")) + 1
        if cut < _PIECE // 2:
            cut = window.rfind(" ") + 1
        cut = cut or _PIECE
        yield _trim(text, Span(start, start + cut))
        start += cut
    yield _trim(text, Span(start, span.end))


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `sentences` and `parse`; without a parser for the language, plain words and punctuation marks."""
    text = article.text
    pack = language(article.language)
    pipeline = kit.parser(pack) if pack else None
    parts = [piece for span in paragraphs(text) for part in _without_dateline(text, span) for piece in pieces(text, part) if piece.end > piece.start]
    if pipeline is None:
        parse, sentences = _plain(text, parts, _abbreviations(article.language))
        troubles = reading.troubles
        if pack and pack.parsers:
            message = f"no parser for {pack.english_name} is installed; install {pack.parsers[-1]} for a full reading"
            troubles = (*troubles, Trouble(stage="sentences", message=message))
        return replace(reading, parse=parse, sentences=sentences, troubles=troubles)
    parse, sentences = _parsed(text, parts, pipeline)
    return replace(reading, parse=parse, sentences=sentences)


def _without_dateline(text: str, span: Span) -> tuple[Span, ...]:
    """The paragraph with the dateline it opens with as a piece of its own."""
    found = _dateline(text, span.start, min(span.end, span.start + 120))
    if found is None or found.end() >= span.end:
        return (span,)
    return (_trim(text, Span(span.start, found.end())), Span(found.end(), span.end))


def _dateline(text: str, start: int, end: int) -> re.Match[str] | None:
    found = _DATELINE.match(text, start, end)
    if found is None and text[start : start + 1] > "ÿ":  # a script without capitals, or a capital of its own
        found = _DATELINE_PLAIN.match(text, start, end)
    return found


@cache
def _abbreviations(code: str) -> frozenset[str]:
    known = inflection(code)
    return known.words.get("abbreviations", frozenset()) if known else frozenset()


def dateline_end(text: str) -> int:
    """Where the dateline that a report opens with ends; 0 where it has none."""
    found = _dateline(text, 0, 120)
    return found.end() if found else 0


def _plain(text: str, parts: list[Span], abbreviations: frozenset[str]) -> tuple[Parse, tuple[Span, ...]]:
    tokens: list[Token] = []
    sentences: list[Span] = []
    for part in parts:
        first = len(tokens)
        fresh, last = True, part.start
        for match in _WORD.finditer(text, part.start, part.end):
            closes = match[0] in _CLOSING + _ENDING and match.start() == last and len(tokens) > first
            if fresh and not closes:
                sentences.append(Span(match.start(), match.end()))
                fresh = False
            index, last = len(tokens), match.end()
            tokens.append(Token(index, match.start(), match.end(), match[0], match[0].casefold(), "", "", index, "", len(sentences) - 1))
            sentences[-1] = Span(sentences[-1].start, match.end())
            if match[0] in _ENDING and index > first:
                fresh = _ends(text, match.end()) and not (match[0] == "." and _shortened(tokens[index - 1], match.start(), abbreviations))
    return Parse(tuple(tokens)), tuple(sentences)


def _ends(text: str, offset: int) -> bool:
    """Whether a sentence ends before this character: not where the text goes on in lower case."""
    following = text[offset : offset + 4].lstrip(_CLOSING + _ENDING + " \u00a0\u202f")
    return not following or not following[0].islower()


def _shortened(token: Token, at: int, abbreviations: frozenset[str]) -> bool:
    """Whether a full stop at this character ends a shortened word, an initial or an ordinal, and no sentence."""
    if token.end != at:
        return False
    word = token.text.rsplit(".", 1)[-1]
    return (len(word) == 1 and word.isalpha()) or (word.isdigit() and len(token.text) <= _ORDINAL) or fold(token.text) in abbreviations


def _parsed(text: str, parts: list[Span], pipeline: Any) -> tuple[Parse, tuple[Span, ...]]:
    tokens: list[Token] = []
    names: list[tuple[Span, str]] = []
    sentences: list[Span] = []
    plain = text.translate(_PLAIN)
    for part, parsed in zip(parts, pipeline.pipe(part.of(plain) for part in parts), strict=True):
        offset, base = part.start, len(tokens)
        index_of: dict[int, int] = {}
        for token in parsed:
            if not token.is_space:
                index_of[token.i] = base + len(index_of)
        for sentence in parsed.sents:
            inside = [token for token in sentence if token.i in index_of]
            if not inside:
                continue
            start, end = offset + inside[0].idx, offset + inside[-1].idx + len(inside[-1])
            if len(tokens) > base and not _may_end(text, tokens[-1]):
                sentences[-1] = Span(sentences[-1].start, end)
            else:
                sentences.append(Span(start, end))
            for token in inside:
                begin, index = offset + token.idx, index_of[token.i]
                head = index_of.get(token.head.i, index)
                tokens.append(Token(index, begin, begin + len(token), text[begin : begin + len(token)], token.lemma_, token.pos_, token.dep_, head,
                                    str(token.morph), len(sentences) - 1))  # fmt: skip
        names.extend((_trim(text, Span(offset + name.start_char, offset + name.end_char)), name.label_) for name in parsed.ents)
    return Parse(tuple(tokens), tuple(names), grammatical=True), tuple(sentences)


def _may_end(text: str, token: Token) -> bool:
    """Whether a sentence can end after this token: at a full stop or its like, with closing marks after it."""
    at = token.end
    while at > 0 and text[at - 1] in "\"'”’»)] \u00a0\u202f":
        at -= 1
    return at > 0 and text[at - 1] in ".!?…:;"


@cache
def stage() -> Stage:
    return Stage(name="sentences", version=1, needs=(), gives=("sentences", "parse"), run=run)
