"""From groups of items to the record: each group becomes one person, event, story …, named by its smallest member.

A pure function of what it is given: the articles published by a day give the record as known on that day, and what is near an article gives the rows of
the whole record that it changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.linking.copied import copies_in, origin_of
from dragoman.linking.given import Given
from dragoman.linking.offices import office_of
from dragoman.linking.spoken import commitments_in, statements_in
from dragoman.linking.stories import shortened
from dragoman.linking.tenures import Holding, tenures
from dragoman.linking.told import events_in
from dragoman.linking.votes import most
from dragoman.model.reading import Article, Entity, EntityKind, Reading
from dragoman.model.record import ArticleOf, Name, Place, Record, RecordEntity, Story

ENTITY_KINDS: tuple[EntityKind, ...] = ("person", "state", "organization", "place")
# What is counted of an entity: spellings by language, and the name, code and state that each article gives it.
Sums = Mapping[tuple[str, str, str], int]
_TITLE = 90


def composed(given: Given) -> Record:
    """The record of all that is given."""
    stories = stories_in(given)
    copies = copies_in(given)
    origins = origin_of(given, copies)
    story_of = {article: story.id for story in stories for article in story.articles}
    heads = sorted(given.heads.values(), key=lambda one: one.id)
    return Record(
        articles=tuple(article_of(head, story_of.get(head.id), origins.get(head.id)) for head in heads),
        entities=tuple(_entities(given)),
        tenures=tenures(_holdings(given), origins),
        events=events_in(given, origins, story_of),
        statements=statements_in(given),
        commitments=commitments_in(given),
        stories=stories,
        copies=copies,
    )


def article_of(head: Article, story: str | None, origin: str | None) -> ArticleOf:
    """An article as the record lists it; `origin` is the article it goes back to, itself where it is no copy."""
    return ArticleOf(
        id=head.id, name=head.name, language=head.language, title=head.title, outlet=head.outlet, url=head.url,
        published=head.published.isoformat() if head.published else None, published_from=head.published_from, story=story,
        copy_of=origin if origin != head.id else None,
    )  # fmt: skip


def _entities(given: Given) -> Iterable[RecordEntity]:
    """Persons, states, organisations and places, by kind and id."""
    found: list[RecordEntity] = []
    for kind in ENTITY_KINDS:
        for group in given.groups.get(kind, ()):
            where = [one for item in sorted(group) for one in given.where.get(item, ())]
            local = [(one.article, entity) for one in where if (reading := given.readings.get(one.article)) and (entity := reading.entity(one.local))]
            if local:
                sums: Counter[tuple[str, str, str]] = Counter()
                for article, entity in local:
                    sums.update(counted(entity, given.heads[article].language))
                mentions = sorted((one for article, entity in local for one in named(entity, article)), key=lambda one: (one.article, one.start, one.end))
                found.append(entity_of(kind, given.record_ids[min(group)], sums, mentions))
    return sorted(found, key=lambda one: (ENTITY_KINDS.index(one.kind), one.id))


def counted(entity: Entity, language: str) -> Iterator[tuple[str, str, str]]:
    """What an entity of an article of that language adds to the sums of what it is in the record: (what, value, language)."""
    yield "called", entity.name, ""
    if entity.code:
        yield "code", entity.code, ""
    if entity.state:
        yield "state", entity.state, ""
    for mention in entity.mentions:
        if mention.form == "name":
            yield "name", mention.text, language


def named(entity: Entity, article: str) -> Iterator[Place]:
    """The places where an article names an entity."""
    return (Place(article=article, start=one.start, end=one.end, text=one.text) for one in entity.mentions if one.form == "name")


def entity_of(kind: EntityKind, identity: str, sums: Sums, mentions: Sequence[Place] = ()) -> RecordEntity:
    """An entity of the record from what was counted of it."""
    by_what: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for (what, value, language), count in sums.items():
        by_what[what][value, language] += count
    names = tuple(
        Name(text=text, language=language, count=count) for (text, language), count in sorted(by_what["name"].items(), key=lambda row: (-row[1], row[0]))
    )
    votes = {what: Counter({value: count for (value, _), count in by_what[what].items()}) for what in ("called", "code", "state")}
    return RecordEntity(
        id=identity, kind=kind, name=_called(kind, votes["called"]), code=most(votes["code"]), state=most(votes["state"]), names=names, mentions=tuple(mentions)
    )  # fmt: skip


def _called(kind: EntityKind, votes: Counter[str]) -> str:
    """The name that most articles give in full; of equally frequent ones one in Latin letters, then the longer, then the first by letters.

    A person or place is named in capitals ('MANILLE' of a dateline) only where no article has the name otherwise in letters that know capitals.
    """
    loud = kind in ("person", "place") and any(name != name.lower() and not name.isupper() for name in votes)
    return min(votes, key=lambda name: (loud and name.isupper(), -votes[name], not name.isascii() and not name[:1].isupper(), -len(name), name))


def _holdings(given: Given) -> Iterator[Holding]:
    for article in sorted(given.readings):
        reading = given.readings[article]
        for office in reading.offices:
            person = given.id_of("person", article, office.person)
            of = office_of(office, reading)
            of = of if of is None or reading.entity(of) is None else given.id_of("organization", article, of)
            if person is not None:
                yield Holding(person=person, holding=office, of=of, article=article, published=reading.article.published)


def stories_in(given: Given) -> tuple[Story, ...]:
    """Every article is in a story, alone or with others."""
    found = []
    for group in given.groups.get("story", ()):
        articles = sorted({one.article for item in group for one in given.where.get(item, ())})
        days = sorted(day.isoformat() for article in articles if (day := given.heads[article].published))
        if articles:
            first, last = (days[0], days[-1]) if days else (None, None)
            found.append(Story(id=given.record_ids[min(group)], title=_title(given, articles), first=first, last=last, articles=tuple(articles)))
    return tuple(sorted(found, key=lambda one: one.id))


def _title(given: Given, articles: Sequence[str]) -> str:
    """That of the earliest article that has one, else the beginning of its first sentence."""
    by_day: dict[bool, list[tuple[str, str]]] = defaultdict(list)
    for identity in articles:
        article = given.heads[identity]
        by_day[bool(article.title)].append((article.published.isoformat() if article.published else "9999", identity))
    _, identity = min(by_day[True] or by_day[False])
    return given.heads[identity].title or _opening(given.readings[identity])


def _opening(reading: Reading) -> str:
    return shortened(reading.sentences[0].of(reading.article.text) if reading.sentences else reading.article.text, _TITLE)
