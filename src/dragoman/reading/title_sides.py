"""What a title is of: the state or body before it, inside it or behind it, with the words that make it a former or an acting one."""

from __future__ import annotations

from dragoman.knowledge.offices import OFFICES
from dragoman.languages.fold import fold
from dragoman.model.reading import Entity, Mention
from dragoman.model.spans import Span
from dragoman.reading.title_scene import NOWHERE, Scene, party
from dragoman.reading.title_table import Title
from dragoman.reading.words import Word, joined

# Offices held at a place that stands with the title: "ABD'nin Şam Büyükelçisi".
POSTED = frozenset({"ambassador", "envoy", "consul", "consul-general", "charge-d-affaires"})
# Offices that head a state or a land that would be one.
HEADING = frozenset({"president", "prime-minister", "vice-president", "deputy-prime-minister", "leader", "foreign-minister"})
# Offices that have a field of their own, which the table need not know: 'Gençlik ve Spor Bakanı', 'وزير الشباب والرياضة'.
FIELDED = frozenset({"minister", "deputy-minister"})
# Offices whose titles name a council that every state has one of: 'the Security Council secretary' is not of the one of the United Nations.
COUNCILLED = frozenset({"national-security-adviser"})
# A field has at most so many words.
_FIELD = 5


def field_before(scene: Scene, first: int) -> int:
    """The index of the last word before a field in capitals that stands before 'Bakanı'; first - 1 where none does."""
    index = first - 1
    words = scene.words
    while index >= 0 and first - index <= _FIELD and joined(scene.text, words[index], words[index + 1]):
        named = any(pair[0].end > words[index].start for pair in scene.before(words[index].end)[:1])
        inner = words[index].folded in scene.table.conjunctions and index + 1 < first
        small = modifier_of(scene, words[index]) is not None or words[index].folded in scene.table.numbers
        if named or not (words[index].capital or inner) or small or not words[first].capital:
            break
        index -= 1
    while index + 1 < first and words[index + 1].folded in scene.table.conjunctions:
        index += 1
    return index


def field_behind(scene: Scene, last: int) -> int:
    """Where the field behind 'وزير' ends: nouns with the article up to what the tables know; `last` itself where none follows."""
    index = last
    words = scene.words
    if is_definite(scene, words[last - 1]):
        return last
    while index < len(words) and index - last < _FIELD and joined(scene.text, words[index - 1], words[index]):
        known = scene.mention_from(index) is not None or modifier_of(scene, words[index]) is not None
        if known or not is_definite(scene, words[index]):
            break
        index += 1
    return index


def after_title(scene: Scene, hull: Span, last: int, title: Title) -> tuple[str | None, Span]:
    """The state or organisation that follows: 'président uruguayen', 'foreign minister of Japan', 'head of the MIT'."""
    words, text = scene.words, scene.text
    index = last
    while (
        index < len(words)
        and joined(text, words[index - 1], words[index])
        and (words[index].folded in scene.table.genitives or words[index].folded in scene.table.articles)
    ):
        index += 1
    if index >= len(words) or not (
        joined(text, words[index - 1], words[index])
        or (words[index].start - words[index - 1].end <= 2 and "," not in text[words[index - 1].end : words[index].start])
    ):
        return None, hull
    pair = scene.mention_from(index)
    if pair is None:
        return None, hull
    mention, entity = pair
    if entity.kind == "place" and index > last:
        # 'the governor of X' is of the state that it lies in, and of no other; 'the president of Catalonia' is not that of Spain.
        return (None if title.office in HEADING else entity.state) or NOWHERE, hull.hull(mention.span)
    if index == last and entity.kind == "organization" and not mention.text[:1].islower():
        return None, hull
    if party(entity) is None:
        return None, hull
    if entity.kind == "organization" and index > last and (home := _of_ministry(scene, mention, entity)):
        return home, hull.hull(mention.span)
    if index == last and entity.kind == "state" and not scene.table.order.adjectives_follow and not in_genitive(scene, mention):
        return None, hull
    return party(entity), hull.hull(mention.span)


def in_genitive(scene: Scene, mention: Mention) -> bool:
    """Whether the name of a state shows a genitive, in a language that has one: 'Syriens'."""
    return mention.text[:1].isupper() and bool(scene.table.genitive_endings) and mention.text.endswith(scene.table.genitive_endings)


def may_lead(scene: Scene, mention: Mention, hull: Span) -> bool:
    """Whether what is named before a title may be what it is of: in a language with a genitive, one, an adjective, or a name with a hyphen ('EU-')."""
    if not scene.table.genitive_endings or mention.end > hull.start or scene.text[mention.end : hull.start] in ("-", "‑", "–"):
        return True
    adjective = mention.text[:1].islower() or bool(scene.named_as(scene.word_at(mention.start)) & {"adjective", "people"})
    return adjective or in_genitive(scene, mention)


def _of_ministry(scene: Scene, mention: Mention, entity: Entity) -> str | None:
    """The state of a ministry or army that is named with it: 'spokeswoman for the Armenian Foreign Ministry'."""
    from dragoman.reading.referents import actors

    if "table" in entity.reason:
        return None
    known = actors(scene.reading.article.language).bodies
    edges = fold(mention.text).split()
    return scene.home_of(mention, entity) if edges and {edges[0], edges[-1]} & known else None


def state_inside(scene: Scene, span: Span) -> str | None:
    """The state named inside a title."""
    return next((party(entity) for mention, entity in scene.after(span.start) if entity.kind == "state" and span.covers(mention.span)), None)


def of_whom(scene: Scene, mention: Mention, entity: Entity, title: Title) -> str | None:
    """What an office is of by what is named beside it: a body of no table by the state in its name ('Suriye Savunma Bakanlığı Basın Sözcüsü')."""
    if entity.kind == "organization" and "table" not in entity.reason and title.office in OFFICES and title.of_state is None:
        return scene.home_of(mention, entity) or entity.id
    return party(entity)


def body_inside(scene: Scene, span: Span) -> str | None:
    """The body that a title's words name or are part of the name of, by its state where it has one: 'MİT Başkanı', 'Rusya Dışişleri Bakanlığı Sözcüsü'."""
    around = (pair for pair in (*scene.before(span.end)[:3], *scene.after(span.start)[:3]) if pair[1].kind == "organization" and pair[0].span.overlaps(span))
    for mention, entity in around:
        home = scene.home_of(mention, entity)
        if home or "table" in entity.reason:
            return home or entity.id
    return None


def body_beyond(scene: Scene, span: Span) -> tuple[Mention, Entity] | None:
    """The body that is named from inside a title to beyond it: of 'رئيس جهاز الاستخبارات التركي' the service with its adjective."""
    return next((pair for pair in scene.after(span.start)[:3] if pair[1].kind == "organization" and pair[0].start < span.end < pair[0].end), None)


def leads_place(scene: Scene, entity: Entity, title: Title) -> bool:
    """'İstanbul Valisi': a place before a title is what it is of where nothing of that kind follows one, if it is no post held there."""
    return entity.kind == "place" and not scene.table.order.of_follows and title.office is not None and title.office not in POSTED


def named_before(scene: Scene, hull: Span) -> tuple[Mention, Entity] | None:
    """What is named right before a phrase, a hyphen or a possessive ending between at most."""
    for pair in scene.before(hull.start)[:2]:
        between = scene.text[pair[0].end : hull.start]
        if scene.table.order.acronyms_inside:
            between = between.lstrip(")")
        ending = fold(between.strip(" -'’\u00a0"))
        if not ending or (ending in scene.table.possessive_endings and between[-1:].isspace()):
            return pair
    return None


def sender_before(scene: Scene, of: str | None, hull: Span) -> tuple[str | None, Span]:
    """Of "ABD'nin Şam Büyükelçisi", "BM Suriye Özel Temsilcisi": who sends stands before the place of the post; of a post alone nobody knows who sends."""
    place = next((pair for pair in scene.after(hull.start)[:1] if pair[0].start == hull.start), None) if of else named_before(scene, hull)
    if place is None or (of is None and place[1].kind != "place"):
        return of, hull
    around = hull.hull(place[0].span)
    sender = named_before(scene, around)
    if sender is not None and party(sender[1]):
        return party(sender[1]), around.hull(sender[0].span)
    town = place[1].kind == "place" or "capital" in scene.named_as(scene.word_at(place[0].start))
    return (NOWHERE if town else of), around


def post_behind(scene: Scene, of: str | None, hull: Span) -> tuple[str | None, Span]:
    """'السفير السويدي لدى تشاد': the place of a post behind the title; who sent somebody of whom only the post is told, nobody knows."""
    index = scene.index_at(hull.end)
    if index >= len(scene.words) or not joined(scene.text, scene.words[index - 1], scene.words[index]):
        return of, hull
    apart = scene.words[index].folded in scene.table.posting
    pair = scene.mention_from(index + apart) if index + apart < len(scene.words) else None
    if pair is None or pair[1].kind not in ("state", "place") or (not apart and pair[0].start == scene.words[index].start):
        return of, hull
    return of or NOWHERE, hull.hull(pair[0].span)


def told_behind(scene: Scene, title: Title, of: str | None, hull: Span, last: int, *, definite: bool) -> tuple[str | None, Span, set[str]]:
    """The state, body and modifiers after a title in any order: 'وزير الخارجية التركي السابق', 'Dışişleri Bakan Vekili'; (of, phrase, marks)."""
    marks: set[str] = set()
    index = last
    while index < len(scene.words) and joined(scene.text, scene.words[index - 1], scene.words[index]):
        pair = scene.mention_from(index)
        kind = modifier_of(scene, scene.words[index]) if pair is None and _goes_behind(scene, scene.words[index]) else None
        if kind is not None:
            marks |= {kind} & {"former", "acting"}
            hull = hull.hull(scene.words[index].span)
            index += 1
            continue
        small = 0
        while pair is None and index + small + 1 < len(scene.words) and scene.words[index + small].folded in scene.table.genitives:
            small += 1
            pair = scene.mention_from(index + small)
        if pair is None or not scene.table.order.of_follows or not _may_follow(scene, pair, index + small, genitive=small > 0, definite=definite):
            break
        home = of_whom(scene, *pair, title) or pair[1].state or NOWHERE
        if of not in (None, NOWHERE, home):
            break
        of, hull = home, hull.hull(pair[0].span)
        index, definite = scene.index_at(pair[0].end), True
    return of, hull, marks


def _may_follow(scene: Scene, pair: tuple[Mention, Entity], index: int, *, genitive: bool, definite: bool) -> bool:
    """Whether what is named behind a title tells what it is of, and is not the next thing told of ('زار وزير الخارجية العراق')."""
    mention, entity = pair
    if entity.kind == "person" or mention.text[:1].isupper():
        return False
    piece = fold(scene.text[scene.words[index].start : mention.start])
    if not genitive and piece not in ("", scene.table.article) and piece not in scene.table.genitives:
        return False
    if genitive or piece in scene.table.genitives:
        return True
    named_as = scene.named_as(index)
    adjective = bool(named_as & {"adjective", "people"})
    if not definite:
        return entity.kind != "place" or not adjective
    if not adjective or entity.kind == "place":
        return False
    if "name" not in named_as:
        return True
    # 'السعودية' is a state or an adjective: the latter where a person's name follows.
    following = scene.index_at(mention.end)
    person = scene.mention_from(following) if following < len(scene.words) else None
    return person is not None and person[1].kind == "person"


def construct_follows(scene: Scene, index: int) -> bool:
    """Whether what the word before is of stands right behind it, with nothing joined to it: 'رئيسا تركيا وفرنسا', not 'رئيسا لتركيا'."""
    pair = scene.mention_from(index) if index < len(scene.words) and joined(scene.text, scene.words[index - 1], scene.words[index]) else None
    return pair is not None and pair[0].start == scene.words[index].start


def modifier_of(scene: Scene, word: Word) -> str | None:
    """Whether a word makes an office a 'former' or an 'acting' one, or goes with a title as a 'plain' word."""
    return next((kind for kind in ("former", "acting", "plain") if word.is_one_of(scene.table.modifiers.get(kind, frozenset()))), None)


def _goes_behind(scene: Scene, word: Word) -> bool:
    listed = scene.table.modifiers.get("behind")
    return listed is None or word.is_one_of(listed)


def is_definite(scene: Scene, word: Word) -> bool:
    """Whether the word has the article, or a possessive that makes it definite."""
    table = scene.table
    if not table.order.construct:
        return False
    return any(word.folded.startswith(piece) for piece in table.definite) or any(word.folded.endswith(end) and len(end) > 1 for end in table.possessives)


def letters_before(scene: Scene, word: Word, cut: int) -> int:
    """How many of the letters cut at the start of a word do not belong to a title: its article does."""
    article = scene.table.article
    return cut - len(article) if article and cut >= len(article) and word.folded[:cut].endswith(article) else cut
