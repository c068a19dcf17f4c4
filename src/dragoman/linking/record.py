"""From groups of items to the record: each group becomes one person, event, story …, named by its smallest member.

A pure function of what it is given: the articles published by a day give the record as known on that day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.linking.copied import copies_in, origin_of
from dragoman.linking.given import Given
from dragoman.linking.offices import office_of
from dragoman.linking.spoken import commitments_in, statements_in
from dragoman.linking.tenures import Holding, tenures
from dragoman.linking.told import events_in
from dragoman.linking.votes import most
from dragoman.model.reading import Entity, EntityKind
from dragoman.model.record import ArticleOf, Name, Place, Record, RecordEntity, Story, Tenure

ENTITY_KINDS: tuple[EntityKind, ...] = ("person", "state", "organization", "place")
_TITLE = 90


def composed(given: Given) -> Record:
    """The record of all that is given."""
    stories = _stories(given)
    copies = copies_in(given)
    origins = origin_of(given, copies)
    story_of = {article: story.id for story in stories for article in story.articles}
    entities = tuple(_entities(given))
    return Record(
        articles=tuple(_article(given, article.id, story_of, origins) for article in sorted(given.articles, key=lambda one: one.id)),
        entities=entities,
        tenures=_tenures(given),
        events=events_in(given, origins, story_of),
        statements=statements_in(given),
        commitments=commitments_in(given),
        stories=stories,
        copies=copies,
    )


def _article(given: Given, identity: str, story_of: Mapping[str, str], origins: Mapping[str, str]) -> ArticleOf:
    article = given.readings[identity].article
    origin = origins.get(identity, identity)
    return ArticleOf(
        id=article.id, name=article.name, language=article.language, title=article.title, outlet=article.outlet, url=article.url,
        published=article.published.isoformat() if article.published else None, published_from=article.published_from, story=story_of.get(identity),
        copy_of=origin if origin != identity else None,
    )  # fmt: skip


def _entities(given: Given) -> Iterable[RecordEntity]:
    """Persons, states, organisations and places, by kind and id."""
    found: list[RecordEntity] = []
    for kind in ENTITY_KINDS:
        for group in given.groups.get(kind, ()):
            local = [(one.article, entity) for item in sorted(group) for one in given.where.get(item, ()) if (entity := _entity(given, one.article, one.local))]
            if local:
                found.append(_record_entity(given, kind, given.record_ids[min(group)], local))
    return sorted(found, key=lambda one: (ENTITY_KINDS.index(one.kind), one.id))


def _entity(given: Given, article: str, local: str) -> Entity | None:
    reading = given.readings.get(article)
    return reading.entity(local) if reading else None


def _record_entity(given: Given, kind: EntityKind, identity: str, local: Sequence[tuple[str, Entity]]) -> RecordEntity:
    counts: Counter[tuple[str, str]] = Counter()
    mentions: list[Place] = []
    for article, entity in local:
        language = given.readings[article].article.language
        for mention in entity.mentions:
            if mention.form == "name":
                counts[mention.text, language] += 1
                mentions.append(Place(article=article, start=mention.start, end=mention.end, text=mention.text))
    names = tuple(Name(text=text, language=language, count=count) for (text, language), count in sorted(counts.items(), key=lambda row: (-row[1], row[0])))
    return RecordEntity(
        id=identity, kind=kind, name=_called(local), code=most(entity.code for _, entity in local if entity.code),
        state=most(entity.state for _, entity in local if entity.state), names=names,
        mentions=tuple(sorted(mentions, key=lambda one: (one.article, one.start, one.end))),
    )  # fmt: skip


def _called(local: Sequence[tuple[str, Entity]]) -> str:
    """The name that most articles give in full; of equally frequent ones one in Latin letters, then the longer, then the first by letters."""
    votes = Counter(entity.name for _, entity in local)
    return min(votes, key=lambda name: (-votes[name], not name.isascii() and not name[:1].isupper(), -len(name), name))


def _tenures(given: Given) -> tuple[Tenure, ...]:
    holdings = []
    for article in sorted(given.readings):
        reading = given.readings[article]
        for office in reading.offices:
            person = given.id_of("person", article, office.person)
            body = office_of(office, reading)
            of = body if body is None or reading.entity(body) is None else given.id_of("organization", article, body)
            if person is not None:
                holdings.append(Holding(person=person, holding=office, of=of, article=article, published=reading.article.published))
    return tenures(holdings)


def _stories(given: Given) -> tuple[Story, ...]:
    """Every article is in a story, alone or with others."""
    found = []
    for group in given.groups.get("story", ()):
        articles = sorted({one.article for item in group for one in given.where.get(item, ())})
        days = sorted(day.isoformat() for article in articles if (day := given.readings[article].article.published))
        if articles:
            first, last = (days[0], days[-1]) if days else (None, None)
            found.append(Story(id=given.record_ids[min(group)], title=_title(given, articles), first=first, last=last, articles=tuple(articles)))
    return tuple(sorted(found, key=lambda one: one.id))


def _title(given: Given, articles: Sequence[str]) -> str:
    """That of the earliest article that has one, else the beginning of its first sentence."""
    by_day: dict[bool, list[tuple[str, str]]] = defaultdict(list)
    for identity in articles:
        article = given.readings[identity].article
        by_day[bool(article.title)].append((article.published.isoformat() if article.published else "9999", identity))
    _, identity = min(by_day[True] or by_day[False])
    reading = given.readings[identity]
    if reading.article.title:
        return reading.article.title
    words = reading.sentences[0].of(reading.article.text) if reading.sentences else reading.article.text
    plain = " ".join(words.split())
    return plain if len(plain) <= _TITLE else plain[: plain.rfind(" ", 0, _TITLE)].rstrip(" ,;:،") + " …"
