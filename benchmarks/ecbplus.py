"""Which mentions in different reports are the same event, on ECB+: mentions found by the reading, events linked as in the record.

The set marks every action of 43 topics, crime and celebrities for the most part; the program reads sixteen types of political events, so recall of mentions
is small by design and is told apart: `mentions`, what of the set's events in its checked sentences has a trigger of ours, and what of our triggers there is
an event of the set; `all mentions`, the CoNLL F1 with everything the set marks as gold; `of our types`, the same with only the gold mentions that our
reading has, which is what linking can be held to and is the headline. Chains of one are left out, as is usual with mentions predicted. Documents have no
dates; those whose first sentence is their address (`plus`) are read without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import coreference, readings, scores
from benchmarks.linking_events import link
from benchmarks.sets import rows
from dragoman.linking import events
from dragoman.model.reading import Reading
from dragoman.reading.kit import Kit

SETS = ("ecbplus",)
_DAY = "2010-06-16"


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """CoNLL F1, MUC, B-cubed and CEAF-e, and F1 of mentions; `limit` takes the first documents."""
    given = list(rows(folder, name, split))[:limit]
    kit = Kit()
    texts = {row["id"]: text_of(row) for row in given}
    read = readings.read_all((readings.article(row["id"], texts[row["id"]][0], day=_DAY) for row in given), kit, upto="events")
    by_id = {row["id"]: replace(reading, article=replace(reading.article, id=row["id"])) for row, reading in zip(given, read, strict=True)}
    linked = link(events.KIND, by_id)
    gold, where = _gold(given)
    ours_at: dict[tuple[str, str], Hashable] = {}
    spurious = set[Hashable]()
    for row in given:
        for event in by_id[row["id"]].events:
            mention = _mention(row, by_id[row["id"]], event.trigger, texts[row["id"]][1], where)
            if mention is not None:
                ours_at[row["id"], event.id] = mention
                if mention not in where:
                    spurious.add(mention)
    ours = [frozenset(ours_at[linked.where[one]] for one in group if linked.where[one] in ours_at) for group in linked.groups]
    ours = _distinct(ours)
    found = {mention for chain in ours for mention in chain}
    every = [frozenset(chain) for chain in gold.values()]
    of_types = [chain & found for chain in every]
    kept = [chain - spurious for chain in ours]
    main = coreference.conll(of_types, kept)
    return {
        "headline": main["conll_f1"], "of_our_types": main, "all_mentions": coreference.conll(every, ours),
        "mentions": scores.of(len(found & set(where)), len(found), len(where)), "documents": len(given),
        "cross_document_chains": sum(len({one[0] for one in chain if isinstance(one, tuple)}) > 1 for chain in of_types),
        "errors": _errors(of_types, kept, texts, given),
    }  # fmt: skip


def text_of(row: dict[str, Any]) -> tuple[str, dict[int, list[tuple[int, int]]]]:
    """The text, a sentence a line, and where the tokens of each sentence stand; addresses are left out."""
    lines, at = [], 0
    places: dict[int, list[tuple[int, int]]] = {}
    for number, tokens in zip(row["sentence_numbers"], row["sentences"], strict=True):
        if number == 0 and len(tokens) < 4 and any("http" in token.lower() or "www" in token.lower() for token in tokens):
            continue
        line, spans = "", []
        for token in tokens:
            word = {"``": '"', "''": '"'}.get(token, token)
            if line and not (word[0] in ".,;:!?)'" or line[-1] in "(" or word in ("n't", "%")):
                line += " "
            spans.append((at + len(line), at + len(line) + len(word)))
            line += word
        places[number] = spans
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), places


def _gold(given: Iterable[dict[str, Any]]) -> tuple[dict[str, set[Hashable]], dict[Hashable, str]]:
    """Chains of event mentions in checked sentences, and the chain of each; a mention is (document, sentence, first token)."""
    chains: dict[str, set[Hashable]] = defaultdict(set)
    where: dict[Hashable, str] = {}
    for row in given:
        for sentence, start, _, kind, _, chain in row["mentions"]:
            if kind == "event" and sentence in row["checked_sentences"]:
                mention = (row["id"], sentence, start)
                chains[chain].add(mention)
                where[mention] = chain
    return chains, where


def _mention(
    row: dict[str, Any], reading: Reading, trigger: tuple[int, int], places: dict[int, list[tuple[int, int]]], where: dict[Hashable, str]
) -> Hashable | None:
    """The gold mention that a trigger lies on, else the trigger's own first token; None outside the checked sentences."""
    for sentence in row["checked_sentences"]:
        tokens = [number for number, (start, end) in enumerate(places.get(sentence, ())) if start < trigger[1] and trigger[0] < end]
        if not tokens:
            continue
        for at, start, end, kind, *_ in row["mentions"]:
            if kind == "event" and at == sentence and any(start <= token < end for token in tokens) and (row["id"], sentence, start) in where:
                return (row["id"], sentence, start)
        return (row["id"], sentence, tokens[0])
    return None


def _distinct(chains: Iterable[frozenset[Hashable]]) -> list[frozenset[Hashable]]:
    """Each mention in one chain only, the largest."""
    seen, kept = set[Hashable](), []
    for chain in sorted(chains, key=lambda one: (-len(one), sorted(map(str, one)))):
        if fresh := chain - seen:
            kept.append(frozenset(fresh))
            seen |= fresh
    return kept


def _errors(gold: Iterable[frozenset[Hashable]], ours: Iterable[frozenset[Hashable]], texts: dict[str, Any], given: Iterable[dict[str, Any]]) -> list[str]:
    """Chains that we split or weld, with the words."""
    words = {
        (row["id"], number, at): token
        for row in given
        for number, line in zip(row["sentence_numbers"], row["sentences"], strict=True)
        for at, token in enumerate(line)
    }

    def told(chain: Iterable[Hashable]) -> str:
        return "; ".join(sorted(f"{words.get(one, '')} ({one[0]}, {one[1]})" for one in chain if isinstance(one, tuple)))

    mine = {one: chain for chain in ours for one in chain}
    found = []
    for chain in gold:
        pieces = {mine.get(one, frozenset([one])) for one in chain}
        if len(chain) > 1 and pieces != {chain}:
            found.append(f"{'split' if len(pieces) > 1 else 'welded'}: {told(chain)} :: {' / '.join(told(piece) for piece in sorted(pieces, key=str))}")
    return sorted(found)


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"mentions: {scores.shown(figures['mentions'])}; {figures['documents']} documents, {figures['cross_document_chains']} chains across documents"]
    for which in ("all_mentions", "of_our_types"):
        one = figures[which]
        told.append(
            f"{which.replace('_', ' ')}: CoNLL {one['conll_f1']:.3f} (MUC {one['muc']['f1']:.3f}, B3 {one['b3']['f1']:.3f}, CEAFe {one['ceafe']['f1']:.3f})"
        )
    return [*told, f"{name}: CoNLL F1 of events of our types {figures['headline']:.3f}"]
