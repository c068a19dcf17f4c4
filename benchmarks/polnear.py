"""Who says what: the statements of a reading against the attributions of PolNeAR, political news in English.

The set calls attribution also what somebody thinks, wants or seems to ('stiff resistance to'); a statement is speech. So recall is told apart: of
attributions by a cue of speech (_SPEECH, among the set's own most frequent cues), which is the headline with the precision of all statements, and of all
of them. Contents are compared as sets of letters and figures, so that quotation marks and spaces say nothing: found is half and more of what either has
(Jaccard), exact is all but a tenth. A speaker is right where the person or body of the statement is named, titled or meant inside the words that the set
gives for the source, or, where it is no entity, where the statement's own words for it are, a pronoun not.
Quoted is what stands in quotation marks for the greater part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.sets import rows, spread
from dragoman.model.reading import Reading
from dragoman.reading.kit import Kit

SETS = ("polnear",)
Spans = Sequence[Sequence[int]]
# Programs that were run on this set elsewhere: precision, recall of speech, speakers right (GenderGapTracker, Citron, textacy).
RIVALS = {"GenderGapTracker": (0.683, 0.720, 0.871), "Citron": (0.724, 0.498, 0.913), "textacy": (0.607, 0.281, 0.899)}
_SPEECH = re.compile(
    r"\b(sa(?:y|ys|id|ying)|tells?|told|telling|add(?:s|ed|ing)?|accord(?:ing|s) to|wr(?:ite|ites|ote|iting)|not(?:e|es|ed|ing)|announc(?:e|es|ed|ing)|"
    r"tweet(?:s|ed|ing)?|argu(?:e|es|ed|ing)|explain(?:s|ed|ing)?|acknowledg(?:e|es|ed|ing)|declar(?:e|es|ed|ing)|repl(?:y|ies|ied|ying)|"
    r"respond(?:s|ed|ing)?|warn(?:s|ed|ing)?|insist(?:s|ed|ing)?|stat(?:e|es|ed|ing)|claim(?:s|ed|ing)?|admit(?:s|ted|ting)?|conclud(?:e|es|ed|ing)|"
    r"recall(?:s|ed|ing)?|continued|confirm(?:s|ed|ing)?|point(?:s|ed|ing)? out|den(?:y|ies|ied|ying)|comment(?:s|ed|ing)?|remark(?:s|ed|ing)?)\b"
)
_QUOTES = '"“”«»‘’„'
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "which", "that", "this", "we", "i", "you"})
_FOUND, _EXACT = 0.5, 0.9


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Precision, recall of speech and F1, speakers right, quoted and unquoted apart; `limit` takes so many articles, spread over the set."""
    given = spread(list(rows(folder, name, split)), limit)
    kit = Kit()
    read = readings.read_all((readings.article(row["id"], row["text"], day=row.get("date")) for row in given), kit, upto="statements")
    tally: Counter[str] = Counter()
    cases, errors = {}, []
    for row, reading in zip(given, read, strict=True):
        one, notes = compare(row, said(reading))
        tally += one
        cases[row["id"]] = scores.of(one["matched"], one["ours"], one["matched"] + one["missed speech"])["f1"]
        errors += [f"{row['id']}: {note}" for note in notes]
    precision, recall = scores.share(tally["matched"], tally["ours"]), scores.share(tally["found speech"], tally["speech"])
    return {
        "headline": round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0, "precision": precision, "recall_of_speech": recall,
        "recall_of_all": scores.share(tally["found"], tally["all"]), "exact_of_found": scores.share(tally["exact"], tally["found"]),
        "speakers_right": scores.share(tally["speaker"], tally["found speech"]),
        "recall_quoted": scores.share(tally["found quoted"], tally["quoted"]), "recall_unquoted": scores.share(tally["found unquoted"], tally["unquoted"]),
        "speakers_quoted": scores.share(tally["speaker quoted"], tally["found quoted"]),
        "speakers_unquoted": scores.share(tally["speaker unquoted"], tally["found unquoted"]),
        "speech": tally["speech"], "articles": len(given), "rivals": RIVALS, "cases": cases, "errors": errors,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """Words said: their spans, how the speaker is called, and where the speaker is meant."""

    content: Spans
    speaker: str
    meant: Spans


def said(reading: Reading) -> list[Said]:
    """The statements of a reading; a speaker is meant wherever the text names, titles or points to them."""
    found = []
    for one in reading.statements:
        entity = reading.entity(one.speaker)
        meant = tuple((mention.start, mention.end) for mention in entity.mentions) if entity else ()
        # 'officials said': the set gives words, and so do the programs it is compared with; 'they said' of nobody known is no answer
        words = one.source.of(reading.article.text).lower() if one.source else ""
        meant = meant or (((one.source.start, one.source.end),) if one.source and words not in _PRONOUNS else ())
        found.append(Said(tuple(one.parts) or ((one.start, one.end),), entity.name if entity else "", meant))
    return found


def compare(row: dict[str, Any], statements: Sequence[Said]) -> tuple[Counter[str], list[str]]:
    """What is found and missed in one article; statements and attributions are paired one to one, the most alike first."""
    text = row["text"]
    theirs = [(one, letters(text, one["content"])) for one in row["attributions"]]
    theirs = [(one, content) for one, content in theirs if content]
    ours = [(one, letters(text, one.content)) for one in statements]
    near = ((jaccard(mine, content), left, right) for left, (_, mine) in enumerate(ours) for right, (_, content) in enumerate(theirs) if mine & content)
    match: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for likeness, left, right in sorted(near, key=lambda one: (-one[0], one[1:])):
        if likeness >= _FOUND and right not in match and left not in taken:
            match[right] = (left, likeness)
            taken.add(left)
    tally: Counter[str] = Counter({"ours": len(ours), "matched": len(match)})
    notes = [f"not an attribution: {_words(text, one.content)!r}" for number, (one, _) in enumerate(ours) if number not in taken]
    for number, (one, content) in enumerate(theirs):
        cue = " ".join(text[start:end] for start, end in one["cue"]).lower()
        speech = bool(_SPEECH.search(cue))
        how = "quoted" if 2 * len(content & quoted(text, one["content"])) > len(content) else "unquoted"
        tally.update({"all": 1, "speech": speech})
        if speech:
            tally[how] += 1
        if number not in match:
            tally["missed speech"] += speech
            if speech:
                notes.append(f"missed ({cue}): {' … '.join(text[start:end] for start, end in one['content'])[:160]!r}")
            continue
        place, likeness = match[number]
        tally.update({"found": 1, "exact": likeness >= _EXACT})
        if speech:
            right = speaks(ours[place][0], one["source"])
            tally.update({"found speech": 1, f"found {how}": 1, "speaker": right, f"speaker {how}": right})
            if not right:
                mine = ours[place][0]
                notes.append(f"speaker {_words(text, one['source'])!r} read as {mine.speaker!r}: {_words(text, mine.content)!r}")
    return tally, notes


def letters(text: str, spans: Spans) -> frozenset[int]:
    """Where letters and figures of these spans stand."""
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """What both have, of what either has."""
    return len(one & other) / len(one | other)


def quoted(text: str, spans: Spans) -> frozenset[int]:
    """What stands in quotation marks: each mark after a space, bracket or nothing opens, the next mark closes."""
    first = min(start for start, _ in spans)
    begin, last = max(0, text.rfind("\n", 0, first)), max(end for _, end in spans)
    inside, found = False, set()
    for at in range(begin, last):
        if text[at] in _QUOTES and not (text[at] in "‘’" and at and text[at - 1].isalnum()):
            inside = not inside if text[at] == '"' else text[at] in "“«„‘"
        elif inside:
            found.add(at)
    return frozenset(found)


def speaks(one: Said, source: Spans) -> bool:
    """Whether the speaker is meant in the words given for the source; without such words there is none to be wrong about."""
    return not source or any(begin < end and start < finish for begin, finish in one.meant for start, end in source)


def _words(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)[:160]


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [
        f"{figures['articles']} articles, {figures['speech']} attributions by a cue of speech; recall of all attributions {figures['recall_of_all']:.3f}",
        f"{figures['exact_of_found']:.3f} of those found are exact; recall of speech quoted {figures['recall_quoted']:.3f}, "
        f"unquoted {figures['recall_unquoted']:.3f}; speakers right quoted {figures['speakers_quoted']:.3f}, unquoted {figures['speakers_unquoted']:.3f}",
    ]
    told += [f"{who}: P {one[0]:.3f}  R {one[1]:.3f}  speaker {one[2]:.3f}" for who, one in RIVALS.items()]
    told.append(f"ours: P {figures['precision']:.3f}  R {figures['recall_of_speech']:.3f}  speaker {figures['speakers_right']:.3f}")
    return [*told, f"{name}: F1 of statements {figures['headline']:.3f}"]
