"""Bodies that no table lists, in languages read by the encoder: between quotation marks behind a word of their kind, or of a state; and bodies named again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from dragoman.model.reading import EntityKind
from dragoman.model.spans import Span
from dragoman.reading.names.clipped import bare, words_of
from dragoman.reading.names.decide import Scene, Sighting
from dragoman.reading.words import Word, joined

_MARKS = {"«": "»", "“": "”", '"': '"', "„": "“"}
# A name between quotation marks has at most so many words, the rest of a body's name before its state so many.
_QUOTED, _MIDDLE = 4, 3
# What a so called thing is stands within so many words.
_TELLS = 4
_TOLD_BY: tuple[tuple[EntityKind, str], ...] = (
    ("organization", "organisation_words"),
    ("organization", "after_quoted"),
    ("place", "place_words"),
    ("place", "town_words"),
)
# Letters that two words of one stem share.
_STEM = 4


def quoted(scene: Scene, found: Sequence[Sighting]) -> list[Sighting]:
    """With the bodies that stand between quotation marks beside a word of their kind: 'إذاعة «صوت البقاع»', '"Sahel Nöbeti" hareketi'."""
    added = []
    for start, mark in enumerate(scene.text):
        if mark not in _MARKS:
            continue
        end = scene.text.find(_MARKS[mark], start + 1)
        words = scene.words_in(Span(start, end)) if end > 0 else ()
        if not 0 < len(words) <= _QUOTED or scene.text[start + 1 : end] != scene.text[words[0].start : words[-1].end]:
            continue
        before, after = scene.word_at(start) - 1, scene.word_at(end)
        opened = before >= 0 and scene.text[scene.words[before].end : start] == " " and _is_in(scene, "before_quoted", scene.words[before])
        closed = after < len(scene.words) and scene.words[after].start - end <= 2 and _is_in(scene, "after_quoted", scene.words[after])
        if opened or closed:
            added.append(Sighting(span=Span(words[0].start, words[-1].end), kind="organization", reason="quoted body"))
    kept = [one for one in found if not any(one.span.overlaps(other.span) for other in added)]
    return sorted([*kept, *added], key=lambda one: one.span)


def so_called(scene: Scene, found: Sequence[Sighting]) -> list[Sighting]:
    """What a word behind a name says that it is: 'Sahel Nöbeti adlı sivil toplum örgütü'."""
    done = []
    for one in found:
        at = scene.word_at(one.span.end)
        if at < len(scene.words) and scene.words[at].start - one.span.end <= 2 and scene.lexicon.has("so_called", scene.words[at].folded):
            behind = scene.words[at + 1 : at + 1 + _TELLS]
            behind = tuple(takewhile(lambda word: not word.capital, behind))
            told = next((kind for word in behind for kind, name in _TOLD_BY if word.is_one_of(scene.lexicon.lists.get(name, frozenset()))), one.kind)
            one = one if told == one.kind else replace(one, kind=told, state=None, gender=None, reason="so called")
        done.append(one)
    return done


def _is_in(scene: Scene, name: str, word: Word) -> bool:
    return any(scene.lexicon.has(name, form) for form in bare(scene, word)) or word.is_one_of(scene.lexicon.lists.get(name, frozenset()))


def told_apart(scene: Scene, seen: Sequence[Sighting], listed: Sequence[Sighting]) -> list[Sighting]:
    """The bodies among the sightings, with the state that is named in them; not those that are two listed names and nothing else: 'PKK/YPG'."""
    done: list[Sighting] = []
    for one in seen:
        if one.kind != "organization":
            continue
        inside = [other for other in listed if one.span.covers(other.span)]
        named = {word.start for other in inside for word in words_of(scene, other.span)}
        if len(inside) > 1 and all(other.form == "name" for other in inside) and all(word.start in named for word in words_of(scene, one.span)):
            continue
        if (halves := _halves(scene, one.span)) is not None:
            done.extend(replace(one, span=half, state=_home(scene, half)) for half in halves)
            continue
        done.append(replace(one, state=one.state or _home(scene, one.span), span=_in_full(scene, one.span, listed)))
    return done


def _halves(scene: Scene, span: Span) -> tuple[Span, Span] | None:
    """Two bodies with 'and' between them that the encoder has taken for one: 'Ticaret Bakanlığı ve Sanayi Bakanlığı'."""
    words = words_of(scene, span)
    for before, joint, after in zip(words, words[1:], words[2:], strict=False):
        last = (before, words[-1])
        if scene.lexicon.has("and_words", joint.folded) and all(scene.lexicon.has("organisation_words", word.folded) for word in last) and after is not last[1]:
            return Span(span.start, before.end), Span(after.start, span.end)
    return None


def _home(scene: Scene, span: Span) -> str | None:
    """The one state that is named in a body's name."""
    words = words_of(scene, span)
    found = {
        entry.state
        for index in range(len(words))
        for phrase in scene.lexicon.phrases.at(words, index)[:1]
        for entry in phrase.meanings[:1]
        if entry.kind == "state" and not entry.doubtful and entry.fits(words[index].text[phrase.left :], scene.language)
    }
    return found.pop() if len(found) == 1 else None


def _in_full(scene: Scene, span: Span, listed: Sequence[Sighting]) -> Span:
    """'اتحاد تجار الحدود': a body's word and a noun, both without the article, want the word with the article behind them."""
    words = words_of(scene, span)
    articles = tuple(scene.lexicon.lists.get("articles", ()))
    if not articles or len(words) != 2 or any(word.folded.startswith(articles) for word in words) or not scene.lexicon.has("common_heads", words[1].folded):
        return span
    after = scene.word_at(span.end)
    if after >= len(scene.words) or not joined(scene.text, words[-1], scene.words[after]) or not scene.words[after].folded.startswith(articles):
        return span
    return span if any(other.span.overlaps(scene.words[after].span) for other in listed) else Span(span.start, scene.words[after].end)


def with_heads(scene: Scene, kept: Sequence[Sighting]) -> list[Sighting]:
    """Words with capital letters before a body's own word that nothing else has claimed: 'Lojistik Birliği Başkanı'."""
    heads = scene.lexicon.lists.get("last_heads", frozenset())
    if not heads:
        return []
    taken = {index for one in kept for index in range(one.span.start, one.span.end)}
    added = []
    for index, word in enumerate(scene.words):
        form = next((form for form in word.forms or () if form.text in heads and not form.left), None)
        if not word.capital or (form is None and word.folded not in heads) or word.start in taken:
            continue
        first = index
        while first and joined(scene.text, scene.words[first - 1], scene.words[first]) and scene.text[scene.words[first - 1].end] == " ":
            before = scene.words[first - 1]
            if not before.capital or before.start in taken or scene.lexicon.has("stop", before.folded) or before.text.isupper():
                break
            first -= 1
        if first < index:
            added.append(Sighting(span=Span(scene.words[first].start, word.end - (form.right if form else 0)), kind="organization", reason="head word"))
    return added


def of_states(scene: Scene, listed: Sequence[Sighting], found: Sequence[Sighting]) -> list[Sighting]:
    """'الجيش السوري', 'المجلس الرئاسي الليبي': a word for a body with its article, up to two adjectives and that of a state."""
    heads = scene.lexicon.lists.get("state_bodies")
    if not heads:
        return []
    added: list[Sighting] = []
    for one in listed:
        if one.kind != "state" or one.form != "adjective":
            continue
        last = scene.word_at(one.span.start)
        if last >= len(scene.words) or scene.words[last].start != one.span.start:
            continue
        for first in range(last - 1, max(last - 1 - _MIDDLE, -1), -1):
            word = scene.words[first]
            if not joined(scene.text, word, scene.words[first + 1]):
                break
            form = next((form for form in (word.forms or ()) if not form.right and form.text in heads), None)
            head = word.start + form.left if form else word.start if word.folded in heads else None
            if head is not None:
                span = Span(head, one.span.end)
                if not any(span.overlaps(other.span) for other in (*found, *added)):
                    added.append(Sighting(span=span, kind="organization", reason="body of a state", state=one.state))
                break
            if not any(word.folded.startswith(article) for article in scene.lexicon.lists.get("articles", ())):
                break
    return added


def is_sole(scene: Scene, span: Span) -> bool:
    """Whether one word is a body that a state has one of: 'الجيش'."""
    words = words_of(scene, span)
    return len(words) == 1 and any(scene.lexicon.has("sole_bodies", form) for form in bare(scene, words[0]))


def named_again(scene: Scene, found: Sequence[Sighting]) -> list[Sighting]:
    """With bodies that are named again joined to where they stand in full.

    An acronym in brackets ('Batı Afrika Ülkeleri Ekonomik Topluluğu (ECOWAS)'), the first words of a listed body's name ('مجلس التعاون'), its own
    word for what it is ('التحالف', 'Bakanlık'), or the last word of a listed name ('البوليساريو' of 'جبهة البوليساريو').
    """
    done: list[Sighting] = []
    for one in found:
        if one.kind == "organization" and done and done[-1].kind == "organization" and _bracketed(scene, done[-1], one):
            if one.key and not done[-1].key:
                done[-1] = replace(done[-1], key=one.key, state=done[-1].state or one.state)
            elif not one.key:
                one = replace(one, alias_of=done[-1].span, key=done[-1].key)
        elif not one.key and one.kind in ("organization", "person"):
            one = _again(scene, one, found, done)
        done.append(one)
    return done


def _bracketed(scene: Scene, before: Sighting, one: Sighting) -> bool:
    between = scene.text[before.span.end : one.span.start]
    closed = scene.text[one.span.end : one.span.end + 1] == ")"
    # 'Dünya Ticaret Örgütü'ne (DTÖ)'
    return closed and between.endswith("(") and len(between) < len("'ından (") and " " not in between[:-2]


def _again(scene: Scene, one: Sighting, found: Sequence[Sighting], done: Sequence[Sighting]) -> Sighting:
    words = words_of(scene, one.span)
    fuller = [other for other in found if other.kind == "organization" and other.form == "name" and len(words_of(scene, other.span)) > len(words)]
    earlier = [other for other in reversed(done) if other in fuller]
    if one.kind == "organization" and len(words) > 1:
        for other in fuller:
            if other.key and _same(scene, words, words_of(scene, other.span)[: len(words)]):
                return replace(one, key=other.key, state=other.state)
    if len(words) > 1:
        return one
    if one.kind == "organization" and any(_headed(scene, word) for word in _bare_of(scene, words[0])):
        for other in earlier:
            whole = words_of(scene, other.span)
            if any(_same(scene, words, (word,)) for word in (whole[0], whole[-1])):
                return replace(one, alias_of=other.span, key=other.key)
        return one
    for other in fuller:
        if other.key and _same(scene, words, words_of(scene, other.span)[-1:]):
            return replace(one, kind="organization", key=other.key, state=other.state, gender=None)
    return one


def _headed(scene: Scene, word: str) -> bool:
    return scene.lexicon.has("organisation_words", word)


def _bare_of(scene: Scene, word: Word) -> frozenset[str]:
    return frozenset((word.folded, *(form.text for form in word.forms)))


def _same(scene: Scene, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether words are the same but for what is joined to them."""
    if len(left) != len(right):
        return False
    for one, other in zip(left, right, strict=True):
        shared = _bare_of(scene, one) & _bare_of(scene, other)
        if not any(len(form) >= _STEM or form == one.folded or _headed(scene, form) for form in shared):
            return False
    return True
