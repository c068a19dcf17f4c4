"""The stage `offices`: who holds which office of which state or organisation, from titles in apposition, in lists and after 'who runs'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from dragoman.knowledge.offices import OFFICES
from dragoman.languages.fold import fold
from dragoman.model.reading import Article, Entity, Mention, OfficeHolding, OfficeMention, Reading
from dragoman.model.spans import Span, distinct
from dragoman.reading.described import with_described, with_heads
from dragoman.reading.homes import owned, placed
from dragoman.reading.kit import Kit
from dragoman.reading.stage import Stage
from dragoman.reading.title_scene import NOWHERE, Scene, party
from dragoman.reading.title_table import offices_of
from dragoman.reading.titles import find

# Titles that say little without a name of what is led: kept only where the text names it.
_VAGUE = frozenset(
    [
        "head",
        "director",
        "chairman",
        "adviser",
        "commander",
        "founder",
        "official",
        "delegate",
        "member-of-parliament",
        "judge",
        "senator",
        "secretary",
        "mediator",
        "negotiator",
        "commissioner",
    ]
)
_GAPS = frozenset({"", " ", ", ", " (", ": ", " - ", " – "})


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `titles` and `offices`, and the state of persons whose office shows it."""
    table = offices_of(article.language)
    if table is None:
        return reading
    scene = Scene(reading, table)
    titles = find(scene)
    titles = _counterparts(scene, with_described(scene, _stacked(scene, _holders(scene, with_heads(scene, titles)))))
    titles = [replace(title, of=None) if title.of == NOWHERE else title for title in placed(scene, titles)]
    # 'رئيس حكومته' of nobody known: nobody's office either.
    titles = [replace(title, office=None) if title.of is None and title.holder is None and owned(scene, title) else title for title in titles]
    titles.sort(key=lambda title: (title.span, title.holder or ""))
    offices = holdings(titles)
    home = {office.person: office.of for office in reversed(offices) if office.of and len(office.of) == 3 and office.of.isupper()}
    people = tuple(replace(entity, state=home.get(entity.id, entity.state)) if entity.kind == "person" else entity for entity in reading.entities)
    return replace(reading, titles=tuple(titles), offices=offices, entities=people)


def holdings(titles: Iterable[OfficeMention]) -> tuple[OfficeHolding, ...]:
    """Each person's offices once, with all their evidence, in the order of the text."""
    found: dict[tuple[str, str, str | None, bool], tuple[list[Span], bool]] = {}
    known = [(title.holder, title.office, title.of) for title in titles if title.holder and title.of]
    for title in titles:
        if title.holder is None or title.office is None:
            continue
        of = title.of or next((of for holder, office, of in known if holder == title.holder and office == title.office), None)
        if title.office not in OFFICES and (title.office in _VAGUE or of is None):
            continue
        if of is None or (
            title.office == "minister" and any(holder == title.holder and office and office.endswith("-minister") for holder, office, _ in known)
        ):
            continue
        spans, _ = found.setdefault((title.holder, title.office, of, title.former), ([], title.acting))
        spans.append(title.span)
    return tuple(
        OfficeHolding(person=person, office=office, of=of, evidence=distinct(spans), former=former, acting=acting)
        for (person, office, of, former), (spans, acting) in found.items()
    )


def _holders(scene: Scene, titles: list[OfficeMention]) -> list[OfficeMention]:
    """Titles with the persons they are attached to: the name right after, the name before a comma, or a list of names."""
    given: list[OfficeMention] = []
    taken: set[int] = set()
    for title in sorted(titles, key=lambda one: one.span):
        if title.holder is not None:
            given.append(title)
            continue
        if title.plural:
            listed = _listed(scene, title)
            taken.update(person.start for person, _, _ in listed)
            given.extend(replace(title, holder=entity.id, of=of or title.of, plural=False) for _, entity, of in listed)
            if not listed:
                given.append(title)
            continue
        person = _after(scene, title) or _before(scene, title, taken)
        if person is None:
            given.append(title)
            continue
        taken.add(person[0].start)
        given.append(replace(title, holder=person[1].id, of=title.of or _of_person(scene, person[0])))
    return given


def _stacked(scene: Scene, titles: list[OfficeMention]) -> list[OfficeMention]:
    """'رئيس الوزراء وزير الخارجية فلان', 'Başbakan Yardımcısı ve Dışişleri Bakanı X': of two titles in a row the first is of the same person.

    Not where only the second has a state: 'استقبل رئيس الوزراء وزير الخارجية التركي فلان' tells of two.
    """
    if not scene.table.order.titles_stack:
        return titles
    done = sorted(titles, key=lambda one: one.span)
    for place in range(len(done) - 2, -1, -1):
        title, following = done[place], done[place + 1]
        between = fold(scene.text[title.span.end : following.span.start])
        joined = between == " " and title.of is not None and following.of in (None, title.of)
        joined = joined or (title.office == "deputy-prime-minister" and between.strip() in scene.table.conjunctions | {""})
        if joined and title.holder is None and title.office in OFFICES and following.office in OFFICES and following.holder and not title.plural:
            done[place] = replace(title, holder=following.holder, of=title.of or following.of)
    return done


def _of_person(scene: Scene, person: Mention) -> str | None:
    """'President Nayib Bukele of El Salvador': the state after the name."""
    for mention, entity in scene.after(person.end)[:1]:
        words = scene.text[person.end : mention.start].split()
        if entity.kind == "state" and 0 < len(words) <= 2 and all(fold(word) in scene.table.genitives | scene.table.articles for word in words):
            return party(entity) if scene.table.order.of_follows else None
    return None


def _after(scene: Scene, title: OfficeMention) -> tuple[Mention, Entity] | None:
    """'Foreign Minister Hakan Fidan', 'Turkey's foreign minister, Hakan Fidan', 'le ministre …, M. Fidan'."""
    if scene.ends_open(title.title):
        return None
    for mention, entity in scene.after(title.title.end)[:4]:
        if scene.table.order.acronyms_inside and scene.bracketed(mention.span):
            continue
        if mention.start < title.span.end or entity.kind != "person":
            if entity.kind == "person" and mention.start >= title.title.end:
                return mention, entity
            if mention.start >= title.span.end and entity.kind != "person":
                return None
            continue
        gap = scene.unbracketed(title.span.end, mention.start)
        words = [fold(word) for word in gap.replace(",", " ").replace(".", " ").split()]
        plain = gap.count(",") <= 1 and len(gap) <= 40 and "\n" not in gap and not any(mark in gap for mark in ';:!?()"«“')
        if plain and all(_honorific(scene, word) for word in words):
            return mention, entity
        return None
    return None


def _honorific(scene: Scene, folded: str) -> bool:
    from dragoman.reading.names.lexicon import lexicon

    known = lexicon(scene.reading.article.language)
    return scene.is_one_of(folded, known.lists.get("honorifics", frozenset()) | scene.table.ranks | scene.table.modifiers.get("acting", frozenset()))


def _before(scene: Scene, title: OfficeMention, taken: set[int]) -> tuple[Mention, Entity] | None:
    """'Hakan Fidan, Turkey's foreign minister,', 'Sørensen, nommé en février envoyé spécial', 'Kalın, the head of'."""
    if scene.table.order.verb_last and not _bracket_closes(scene, title):
        return None  # 'Fidan, Suriyeli mevkidaşı ile görüştü': a comma behind the subject opens no apposition
    for mention, entity in scene.before(title.span.start)[:4]:
        if entity.kind != "person":
            continue
        gap = scene.text[mention.end : title.span.start]
        if len(gap) > 45 or "\n" in gap or not gap.startswith((",", " (", " –", " -", " —")) or any(mark in gap[1:] for mark in '.;:!?)"«“'):
            return None
        words = [word.strip(",'’()–—-").casefold() for word in gap.split()]
        if gap.count(",") > 1 or mention.start in taken:
            return None
        if len([word for word in words if word]) <= 1 or all(fold(word) in scene.table.appositive or not word for word in words):
            return mention, entity
        if fold(next((word for word in words if word), "")) in scene.table.appositive:
            return mention, entity
        return None
    return None


def _bracket_closes(scene: Scene, title: OfficeMention) -> bool:
    return scene.text[title.span.end : title.span.end + 1] == ")"


def _listed(scene: Scene, title: OfficeMention) -> list[tuple[Mention, Entity, str | None]]:
    """The persons of a plural title and the state of each: 'presidents A and B', 'counterparts from Brazil, A, and Peru, B'."""
    sentence = scene.sentence(title.span.start)
    found: list[tuple[Mention, Entity, str | None]] = []
    states: list[str] = []
    at = title.title.end
    for mention, entity in scene.after(title.title.end):
        if mention.start >= sentence.end:
            break
        gap = scene.text[at : mention.start]
        if scene.table.order.several_open:
            gap = gap.replace(":", ",")
        words = fold(gap).replace(",", " ").replace("(", " ").replace(")", " ").replace("'", " ").split()
        small = scene.table.genitives | scene.table.articles | scene.table.conjunctions | scene.table.possessive_endings | scene.table.shared
        if any(word not in small and not _honorific(scene, word.strip(".")) for word in words) or len(gap) > 25:
            break
        if entity.kind == "person":
            # One state before a name is its own; several before the first are taken in order, below.
            found.append((mention, entity, states.pop() if len(states) == 1 else None))
        elif party(entity):
            if found and found[-1][2] is None and not gap.strip().startswith(",") and "," not in gap:
                found[-1] = (found[-1][0], found[-1][1], party(entity))
            else:
                states.append(str(party(entity)))
        else:
            break
        at = mention.end
    if len(found) > 1 and not states and all(home is None for _, _, home in found):
        states = _within(scene, title) or (_ahead(scene, title) if scene.table.order.states_precede else [])
    if len(states) > 1 and len(states) == len(found):
        # 'the ambassadors of A and B, X and Y': respectively.
        return [(mention, entity, home) for (mention, entity, _), home in zip(found, states, strict=True)]
    return found


def _within(scene: Scene, title: OfficeMention) -> list[str]:
    """The states inside a plural title: 'les ministres suédois et norvégien des Affaires étrangères'."""
    inside = (entity for mention, entity in scene.after(title.title.start) if title.title.covers(mention.span))
    return [str(party(entity)) for entity in inside if entity.kind == "state" and party(entity)]


def _ahead(scene: Scene, title: OfficeMention) -> list[str]:
    """The states joined before a plural title: 'Türkiye ve Suriye dışişleri bakanları'."""
    states: list[str] = []
    at = title.title.start
    for mention, entity in scene.before(title.title.start):
        words = fold(scene.text[mention.end : at]).replace(",", " ").replace("'", " ").split()
        if party(entity) is None or any(word not in scene.table.conjunctions | scene.table.possessive_endings for word in words):
            break
        states.insert(0, str(party(entity)))
        at = mention.start
    return states


def _counterparts(scene: Scene, titles: list[OfficeMention]) -> list[OfficeMention]:
    """Counterparts take the office of the person or title that they are counterpart of: the last one before them."""
    resolved: list[OfficeMention] = []
    for title in titles:
        if title.relational and title.office is None:
            sentence = scene.sentence(title.span.start)
            earlier = [one for one in resolved if one.office in OFFICES and one.span.start < title.span.start and not one.former]
            inside = [one for one in earlier if one.span.start >= sentence.start]
            if scene.table.order.counterparts_near:
                paragraph = scene.text.rfind("\n", 0, title.span.start) + 1
                near = any(mention.start >= paragraph for mention, entity in scene.before(title.span.start) if entity.kind == "person")
                earlier = earlier if near else [one for one in earlier if one.span.start >= paragraph]
            chosen = (inside or _of_next(scene, title, titles) or _of_last_person(scene, title, earlier) or earlier)[-1:]
            if chosen:
                title = replace(title, office=chosen[0].office)
        resolved.append(title)
    return resolved


def _of_last_person(scene: Scene, title: OfficeMention, earlier: list[OfficeMention]) -> list[OfficeMention]:
    """The titles of the person named last before a counterpart."""
    person = next((entity.id for _, entity in scene.before(title.span.start) if entity.kind == "person"), None)
    return [one for one in earlier if one.holder == person]


def _of_next(scene: Scene, title: OfficeMention, titles: list[OfficeMention]) -> list[OfficeMention]:
    """Where the verb is last, the title behind a counterpart that opens the sentence: 'Mevkidaşı X ile görüşen Dışişleri Bakanı Y'."""
    end = scene.sentence(title.span.start).end
    later = [one for one in titles if title.span.end <= one.span.start < end and one.office in OFFICES and not one.former]
    return later[:1] if scene.table.order.verb_last else []


@cache
def stage() -> Stage:
    return Stage(name="offices", version=5, needs=("sentences", "parse", "entities"), gives=("titles", "offices"), run=run)
