"""Offices told by more than a title: 'the head of Turkey's intelligence service', 'who runs', 'since becoming', 'who holds the same post'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.languages.fold import fold
from dragoman.model.reading import Entity, Mention, OfficeMention
from dragoman.model.spans import Span
from dragoman.reading.title_scene import Scene, party
from dragoman.reading.title_sides import body_inside, named_before
from dragoman.reading.words import Phrases, joined

# Words between 'head' or 'runs' and what is headed or run.
_AHEAD = 7
# The same where nothing stands between them as a rule, and words between somebody and the office that he comes to, where the verb is last.
_FEW = 4
# Words of what is headed or run.
_LONG = 3
# Characters between a person and the title that he takes up, and between a person and 'who runs'.
_FAR, _NEAR = 110, 14
# An article at most stands before a title that opens its sentence.
_OPENING = 4


def with_heads(scene: Scene, titles: list[OfficeMention]) -> list[OfficeMention]:
    """The titles and 'director of South Korea's National Intelligence Service': the office by what is headed; it takes the place of a vaguer title there."""
    found = []
    for index, word in enumerate(scene.words):
        if word.is_one_of(scene.table.head_words):
            hit = _ahead(scene, index, scene.table.head_objects)
            if hit is not None:
                found.append(OfficeMention(span=hit[1], title=Span(word.start, hit[1].end), office=hit[0], of=hit[2]))
    return [*(title for title in titles if not any(head.span.overlaps(title.span) for head in found)), *found]


def with_described(scene: Scene, titles: list[OfficeMention]) -> list[OfficeMention]:
    """The titles, those that somebody takes up with their holder, and the offices that verbs and phrases tell of."""
    done = [_taken_up(scene, title) if title.holder is None and not title.plural and not title.relational else title for title in titles]
    done = [_taken_again(scene, title, done) for title in done]
    return [*done, *_named_next(scene, done), *_runs(scene), *_same_posts(scene, done)]


def _ahead(scene: Scene, index: int, objects: Phrases[str]) -> tuple[str, Span, str | None] | None:
    """(office, span, of) where one of the objects follows within a few words of one phrase."""
    words = scene.words
    for ahead in range(index + 1, min(index + (_FEW if scene.table.order.construct else _AHEAD), len(words))):
        if not joined(scene.text, words[ahead - 1], words[ahead]):
            return None
        for found in objects.at(words, ahead):
            if found.length <= _LONG:
                span = Span(words[index].start, words[ahead + found.length - 1].end)
                of, hull = _named(scene, span)
                return found.meanings[0], hull, of
    return None


def _named(scene: Scene, span: Span) -> tuple[str | None, Span]:
    """The state named inside a phrase or right after it ('du renseignement éthiopien'), or that of the organisation named there; the phrase with it."""
    bodies: list[str] = []
    for mention, entity in scene.after(span.start):
        gap = fold(scene.text[span.end : mention.start]).replace("'", " ").split() if mention.start >= span.end else []
        if mention.start > span.end + _NEAR or any(word not in scene.table.genitives | scene.table.articles for word in gap):
            break
        if entity.kind == "state":
            return entity.code, span.hull(mention.span)
        if entity.kind == "organization" and entity.state:
            bodies.append(entity.state)
    return next(iter(bodies), None), span


def _taken_again(scene: Scene, title: OfficeMention, titles: list[OfficeMention]) -> OfficeMention:
    """'Emmanuel Macron a appelé … Le chef de l'État français …': a title with its state that opens the sentence after that of a person without one."""
    sentence = scene.sentence(title.span.start)
    if (
        title.holder
        or title.of is None
        or title.office == "minister"
        or title.plural
        or title.relational
        or title.former
        or title.span.start - sentence.start > _OPENING
    ):
        return title
    if any(one.holder and one.office == title.office and one.of == title.of for one in titles):
        return title
    before = scene.sentence(max(sentence.start - 2, 0))
    held = {one.holder for one in titles if one.holder}
    named = [entity for mention, entity in scene.after(before.start) if mention.start < before.end and entity.kind == "person"]
    without = list(dict.fromkeys(entity.id for entity in named if entity.id not in held))
    alone = len(without) == 1 and bool(named) and named[0].id == without[0]
    return replace(title, holder=without[0]) if alone else title


def _named_next(scene: Scene, titles: list[OfficeMention]) -> Iterator[OfficeMention]:
    """'The foreign ministers of A, B and C agreed … X sat between Y and Z': the persons of the next sentence, where they are as many and have no title."""
    held = {one.holder for one in titles if one.holder}
    for title in titles:
        if not title.plural or title.holder or title.office is None or title.of is None:
            continue
        sentence = scene.sentence(title.span.start)
        states = [title.of]
        at = title.span.end
        for mention, entity in scene.after(title.span.end):
            gap = fold(scene.text[at : mention.start]).replace(",", " ").replace("'", " ").split()
            if entity.kind != "state" or any(word not in scene.table.conjunctions | scene.table.genitives | scene.table.articles for word in gap):
                break
            states.append(str(entity.code))
            at = mention.end
        following = scene.sentence(min(sentence.end + 3, len(scene.text) - 1))
        named = [entity.id for mention, entity in scene.after(following.start) if mention.start < following.end and entity.kind == "person"]
        people = list(dict.fromkeys(named))
        if len(people) == len(set(states)) > 1 and not held & set(people) and following != sentence:
            yield from (replace(title, holder=person, of=state, plural=False) for person, state in zip(people, states, strict=True))


def _runs(scene: Scene) -> Iterator[OfficeMention]:
    """'Redwan Hussien, who runs Ethiopia's intelligence service', 'depuis qu'il dirige la diplomatie'."""
    for index, word in enumerate(scene.words):
        if index == 0 or not word.is_one_of(scene.table.run_verbs):
            continue
        before = scene.words[index - 1]
        if scene.table.order.verb_last:
            yield from _run_by(scene, index)
            continue
        if before.folded in scene.table.relatives:
            person = _person_before(scene, before.start, _NEAR)
        elif before.folded in scene.table.subject_pronouns:
            person = _person_before(scene, before.start, _FAR)
        else:
            continue
        hit = _ahead(scene, index, scene.table.run_objects) if person else None
        if person and hit:
            yield OfficeMention(span=hit[1], title=hit[1], office=hit[0], of=hit[2], holder=person[1].id)


def _run_by(scene: Scene, index: int) -> Iterator[OfficeMention]:
    """'Irak istihbarat servisini yöneten Tarık Nuri': what is run stands before the verb, the person right behind it."""
    words = scene.words
    person = scene.mention_from(index + 1) if index + 1 < len(words) and joined(scene.text, words[index], words[index + 1]) else None
    if person is None or person[1].kind != "person":
        return
    for first in range(max(0, index - _LONG), index):
        for found in scene.table.run_objects.at(words, first):
            if first + found.length == index:
                span = Span(words[first].start, words[index - 1].end)
                before = named_before(scene, span)
                of = (party(before[1]) if before else None) or body_inside(scene, span)
                yield OfficeMention(span=span, title=span, office=found.meanings[0], of=of, holder=person[1].id)
                return


def _person_before(scene: Scene, offset: int, far: int) -> tuple[Mention, Entity] | None:
    """The person named last before, no farther than so many characters and in the same sentence."""
    sentence = scene.sentence(offset)
    for mention, entity in scene.before(offset)[:4]:
        if mention.start < sentence.start or offset - mention.end > far:
            return None
        if entity.kind == "person":
            return mention, entity
    return None


def _taken_up(scene: Scene, title: OfficeMention) -> OfficeMention:
    """'Takeshi Iwaya, … since becoming Japan's top diplomat', 'who took over as the bloc's envoy'."""
    person = _person_before(scene, title.span.start, _FAR)
    if person is None:
        return title
    gap = fold(scene.text[person[0].end : title.span.start]).replace("'", " ").replace(",", " ").split()
    if scene.table.order.verb_last:
        # 'Elif Aydın Dışişleri Bakanı olarak atandı': right behind the name, the verb right behind the title.
        behind = scene.index_at(title.span.end)
        becomes = behind < len(scene.words) and scene.words[behind].is_one_of(scene.table.becoming) and scene.text[title.span.end].isspace()
        return replace(title, holder=person[1].id) if becomes and len(gap) <= _FEW else title
    if scene.table.order.construct and not gap:
        # 'انتخب فلان رئيسا': the verb before the name.
        first = scene.word_at(person[0].start)
        start = scene.sentence(person[0].start).start
        before = [word for word in scene.words[max(0, first - _AHEAD) : first] if word.start >= start]
        return replace(title, holder=person[1].id) if any(word.is_one_of(scene.table.becoming) for word in before) else title
    verb = next((place for place in range(len(gap) - 1, -1, -1) if scene.is_one_of(gap[place], scene.table.becoming)), None)
    return replace(title, holder=person[1].id) if verb is not None and len(gap) - verb <= _AHEAD else title


def _same_posts(scene: Scene, titles: list[OfficeMention]) -> Iterator[OfficeMention]:
    """'and B, who holds the same post': the office of the person before, of the state named with B."""
    text = fold(scene.text)
    for phrase in scene.table.same_post:
        at = text.find(phrase)
        while at >= 0:
            person = _person_before(scene, at, _NEAR)
            before = [one for one in titles if one.holder and one.office and one.span.start < at and person and one.holder != person[1].id]
            if person and before:
                span = Span(at, at + len(phrase))
                sentence = scene.sentence(at)
                after = [party(entity) for mention, entity in scene.after(span.end)[:1] if mention.start - span.end < _NEAR]
                around = [party(entity) for mention, entity in scene.before(person[0].start) if mention.start >= sentence.start]
                of = next((one for one in after if one), None) or next((one for one in around if one and one != before[-1].of), None)
                yield OfficeMention(span=span, title=span, office=before[-1].office, of=of, holder=person[1].id)
            at = text.find(phrase, at + 1)
