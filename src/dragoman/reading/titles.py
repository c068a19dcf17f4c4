"""Office phrases in an article: where a title stands, of which office it is, and of which state or organisation.

Titles are matched word by word on the language's table, with the adjective of a state left out where it stands inside one
('le ministre syrien des Affaires étrangères').
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.languages.fold import fold
from dragoman.model.reading import OfficeMention
from dragoman.model.spans import Span
from dragoman.reading.title_scene import NOWHERE, Scene, party
from dragoman.reading.title_sides import (
    COUNCILLED,
    FIELDED,
    POSTED,
    after_title,
    body_beyond,
    body_inside,
    construct_follows,
    field_before,
    field_behind,
    is_definite,
    leads_place,
    letters_before,
    may_lead,
    modifier_of,
    named_before,
    of_whom,
    post_behind,
    sender_before,
    state_inside,
    told_behind,
)
from dragoman.reading.title_table import Title
from dragoman.reading.title_table import offices_of as offices_of
from dragoman.reading.words import Found, Word

# So many words further stands the next word of a title, past two states and 'and'.
_INSIDE = 4


def find(scene: Scene) -> list[OfficeMention]:
    """All office phrases from left to right, none inside another, without holders yet."""
    left_out = {
        position
        for mention, entity in scene.mentions
        if entity.kind == "state"
        for position in range(scene.word_at(mention.start), scene.index_at(mention.end))
    }
    # 'les ministres suédois et norvégien des Affaires étrangères'
    left_out |= {index for index, word in enumerate(scene.words) if word.folded in scene.table.conjunctions and {index - 1, index + 1} <= left_out}
    if scene.table.order.acronyms_inside:
        left_out |= {index for index, word in enumerate(scene.words) if scene.bracketed(word.span)}
    # 'la ministre démissionnaire du Commerce extérieur'
    inner = scene.table.modifiers.get("inside", frozenset())
    left_out |= {index for index, word in enumerate(scene.words) if word.folded in inner}
    kept = [index for index in range(len(scene.words)) if index not in left_out]
    reduced = [scene.words[index] for index in kept]
    named = [mention.span for mention, entity in scene.mentions if entity.kind in ("person", "place")]
    found: list[OfficeMention] = []
    position, names = 0, 0
    while position < len(reduced):
        word = reduced[position]
        while names < len(named) and named[names].end <= word.start:
            names += 1
        inside = names < len(named) and named[names].start < word.end
        match = None if inside else _match(scene, reduced, kept, position)
        if match is None:
            position += 1
            continue
        title = _mention(scene, kept[position], kept[position + match.length - 1] + 1, match)
        if title is not None:
            found.append(title)
        position += match.length
    return found


def _match(scene: Scene, reduced: Sequence[Word], kept: Sequence[int], position: int) -> Found[Title] | None:
    for found in scene.table.titles.at(reduced, position):
        length = found.length
        steps = zip(kept[position : position + length - 1], kept[position + 1 : position + length], strict=True)
        if all(right - left <= _INSIDE and all(scene.near(step) for step in range(left, right)) for left, right in steps):
            return found
    return None


def _mention(scene: Scene, first: int, last: int, match: Found[Title]) -> OfficeMention | None:
    """The office phrase around words[first:last]: modifiers before and after it, and the state or organisation it is of."""
    words, table, title = scene.words, scene.table, match.meanings[0]
    span = Span(words[first].start + letters_before(scene, words[first], match.left), words[last - 1].end)
    of = state_inside(scene, span)
    plural = title.plural
    marks: set[str] = set()
    hull = span
    index = first - 1
    if title.office in FIELDED and table.order.verb_last:
        index = field_before(scene, first)
        hull = Span(words[index + 1].start, hull.end)
    led = False
    while index >= 0 and scene.near(index) and table.order.states_precede:
        previous = named_before(scene, hull)
        kind = modifier_of(scene, words[index])
        if kind in ("former", "acting"):
            marks.add(kind)
        elif previous is not None and of is None and may_lead(scene, previous[0], hull) and (party(previous[1]) or leads_place(scene, previous[1], title)):
            of = (of_whom(scene, *previous, title) if table.order.body_inside else party(previous[1])) or previous[1].state or NOWHERE
            led = party(previous[1]) is None
            hull = hull if scene.bracketed(previous[0].span) else Span(previous[0].start, hull.end)
            index = scene.word_at(previous[0].start) - 1
            continue
        elif table.order.number_makes_plural and words[index].folded in table.numbers:
            plural = True
            break
        elif kind is None:
            break
        hull = Span(words[index].start, hull.end)
        index -= 1
    if index >= 0 and scene.near(index) and words[index].folded in table.plural_articles:
        plural = plural or not any(word.folded.endswith(table.singular_endings) for word in words[first:last])
    while not table.order.states_precede and index >= 0 and scene.near(index) and words[index].is_one_of(table.modifiers.get("ahead", frozenset())):
        marks.add("acting")
        index -= 1
    if title.office in POSTED and table.order.acronyms_inside:
        of, hull = sender_before(scene, of, hull)
    relational = title.office is None
    beyond = body_beyond(scene, span) if table.order.body_inside else None
    if beyond is not None:
        of, hull, last = of or scene.home_of(*beyond) or beyond[1].id, hull.hull(beyond[0].span), scene.index_at(beyond[0].end)
    if title.office in FIELDED and table.order.construct:
        last = field_behind(scene, last)
        hull = Span(hull.start, max(hull.end, words[last - 1].end))
    if table.order.modifiers_follow:
        of, hull, behind = told_behind(scene, title, of, hull, last, definite=relational or is_definite(scene, words[last - 1]))
        marks |= behind
        if title.office in POSTED and table.posting:
            of, hull = post_behind(scene, of, hull)
    elif of is None:
        of, hull = after_title(scene, hull, last, title)
    else:
        _, hull = after_title(scene, hull, last, title) if not relational else (None, hull)
    after = fold(scene.text[hull.end : hull.end + 30]).lstrip(", ")
    acting = "acting" in marks
    if not table.order.modifiers_follow:
        acting = acting or any(after.startswith(word) for word in sorted(table.modifiers.get("acting", ())))
    if of is None and (table.order.body_inside or title.office not in COUNCILLED):
        of = body_inside(scene, span)
    if plural and span.end == words[first].end and words[first].is_one_of(table.accusatives) and not construct_follows(scene, first + 1):
        plural = False
    office = _office(scene, title, None if led else of, words[first] if span.end == words[first].end else None)
    if office == "":
        return None
    return OfficeMention(span=hull, title=span, office=office, of=of, former="former" in marks, acting=acting, plural=plural, relational=relational)


def _office(scene: Scene, title: Title, of: str | None, alone: Word | None) -> str | None:
    """The office that a title is: a head of state where the state stands with it, or, where it is one word `alone`, the article and nothing else."""
    only = scene.table.only_of.get(title.of_state or "")
    if title.of_state and of and len(of) == 3 and of.isupper() and (only is None or of in only):
        return title.of_state
    if title.definite and of is None and alone is not None and is_definite(scene, alone):
        return title.definite
    return title.office
