"""Composes whole reports: headline, dateline, sentences, and the typographic accidents of newspapers."""

import random
import re
import unicodedata
from dataclasses import dataclass

from training.worlds.telling import Teller, Tongue, tongue
from training.worlds.world import Leaf, draw_world
from training.worlds.writer import Span

# Quotation marks of each language, the usual ones first (they are drawn more often).
QUOTES = {
    "ar": '“” «» "" ""', "tr": '“” "" "" «» \'\'', "en": '“” “” "" ‘’ \'\'', "fr": "«\xa0|\xa0» «\xa0|\xa0» «» “” \"\"", "de": "„“ „“ »« \"\" «»",
    "es": "«» “” \"\"",
    "it": "«» “” \"\" ‘’", "pt": "“” \"\" «»", "ru": "«» «» \"\" „“", "fa": "«» «» \"\"", "uk": "«» “” \"\"", "nl": "‘’ “” \"\" ''", "pl": "„” „” \"\" »«",
    "zh": "“” “” 「」", "el": "«» «» “” \"\"", "he": "\"\" “” ״״", "ja": "「」 『』",
}  # fmt: skip
UNSPACED = ("zh", "ja")


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report: its text and its labels, sorted."""

    language: str
    text: str
    spans: tuple[Span, ...]
    frames: tuple[str, ...]


def _quotes(language: str, rng: random.Random) -> tuple[str, str]:
    """An opening and a closing mark, drawn from the language's list with falling weight."""
    pairs = QUOTES[language].split(" ")
    drawn = pairs[min(rng.randrange(len(pairs)), rng.randrange(len(pairs)))]
    left, found, right = drawn.partition("|")
    return (left, right) if found else (drawn[0], drawn[1])


def _plan(tongue: Tongue, rng: random.Random) -> list[str]:
    """The names of the rules to tell, sentence by sentence."""
    events, sayings, others = tongue.named("ev_"), tongue.named("say_"), tongue.named("bg_")
    fillers = tongue.named("filler_")
    count = rng.choices((1, 2, 3, 4, 5, 6), (1, 3, 5, 5, 3, 2))[0]
    first = rng.random()
    plan = [rng.choice(events) if first < 0.62 else rng.choice(sayings) if first < 0.82 else rng.choice(fillers)]
    pools = (sayings, events, others, fillers)
    weights = (1, 1, 1, 9) if first >= 0.92 else (5, 3, 2, 1.5)
    while len(plan) < count:
        name = rng.choice(rng.choices(pools, weights)[0])
        if name not in plan or name.startswith("say"):
            plan.append(name)
    return plan


def compose(language: str, rng: random.Random) -> Report:
    """One report in `language`."""
    grammar = tongue(language)
    world = draw_world(rng, language)
    left, right = _quotes(language, rng)
    world["lq"], world["rq"] = Leaf(left), Leaf(right)
    teller = Teller(grammar, world, rng)
    parts: list[tuple[str, list[Span], str]] = []
    if rng.random() < 0.15 and "headline" in grammar.rules:
        head, spans = teller.sentence("headline")
        if rng.random() < 0.12 and language not in ("tr",) and len(head.upper()) == len(head):
            head = head.upper()
        elif rng.random() < 0.1 and len(head.lower()) == len(head):
            head = head.lower()
        parts.append((head, spans, rng.choice(("\n", "\n\n", "\n"))))
        for thing in world.values():
            if not isinstance(thing, Leaf):
                thing.told = False
    plan = _plan(grammar, rng)
    if rng.random() < 0.2 and "dateline" in grammar.rules:
        parts.append((*teller.sentence("dateline"), " "))
    blank = "" if language in UNSPACED else " "
    for name in plan:
        parts.append((*teller.sentence(name), "\n\n" if rng.random() < 0.08 else "\n" if rng.random() < 0.05 else blank))
    text = ""
    spans_all: list[Span] = []
    for part, spans, end in parts:
        spans_all.extend((start + len(text), stop + len(text), label) for start, stop, label in spans)
        text += part + end
    text = text.rstrip()
    text, spans_all = _accidents(text, spans_all, language, rng)
    return Report(language, text, _outermost(spans_all), tuple(teller.frames))


def _layer(label: str) -> str:
    return "entity" if label in ("PER", "ORG", "LOC") else "speech" if label in ("CUE", "SPEAKER") else label.split(":")[0]


def _outermost(spans: list[Span]) -> tuple[Span, ...]:
    """Sorted labels without those inside a longer one of their layer ('Daily [Berbera]')."""
    kept: list[Span] = []
    ends: dict[str, int] = {}
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1], span[2])):
        layer = _layer(span[2])
        if span[0] >= ends.get(layer, 0):
            kept.append(span)
            ends[layer] = span[1]
    return tuple(kept)


def _accidents(text: str, spans: list[Span], language: str, rng: random.Random) -> tuple[str, list[Span]]:
    """Now and then what keyboards and converters do to text; offsets follow."""
    dice = rng.random()
    if dice < 0.03:
        return _without_accents(text, language), spans
    if dice < 0.09:
        return text.replace("'", "’"), spans
    if dice < 0.11 and language not in UNSPACED:
        at = text.find(" ", rng.randrange(len(text)))
        if at > 0:
            moved = [(start + (start > at), end + (end > at), label) for start, end, label in spans]
            return text[:at] + " " + text[at:], moved
    if dice < 0.13 and language in ("fr", "ar"):
        return text.replace("\xa0", " "), spans
    if dice < 0.15 and language == "ar":
        return re.sub("[أإآ]", "ا", text), spans
    if dice < 0.16 and len(text.lower()) == len(text):
        return text.lower(), spans
    return text, spans


def _without_accents(text: str, language: str) -> str:
    if language not in ("fr", "es", "pt", "it", "tr", "de", "pl"):
        return text
    out = []
    for char in text:
        base = unicodedata.normalize("NFD", char)[0]
        out.append({"ı": "i"}.get(char, base if len(char) == 1 and char.isalpha() else char))
    return "".join(out)
