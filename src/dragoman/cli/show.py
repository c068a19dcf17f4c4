"""`dragoman show`: all that the record has about one thing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.events import block, by_day, listing
from dragoman.cli.page import Format, FormatOption, KnownOn, LabelsOption, Page, record_of, show_page, words_of, write_json
from dragoman.model.errors import InputError

if TYPE_CHECKING:
    from dragoman.model.reference import Reference
    from dragoman.service.book import Book
    from dragoman.service.dossier import ArticleDossier, EventDossier, PersonDossier, PledgeLine, ReportLine, SaidLine, StateDossier, StoryDossier
    from dragoman.service.offices import OfficeDossier
    from dragoman.store.protocol import Store

HELP = """Show all that the record has about one thing, each fact with the sentences that say it.

WHAT is event, person, office, state, story or article. WHICH is an id (one of a thing that was merged into another leads to that; the first six
letters will do), or: a person's name as you would type it; a state's code or name; of an office the state and the title (show office SYR
foreign-minister); words of a story's title; an article's file name."""


class What(StrEnum):
    """What can be shown."""

    event = "event"
    person = "person"
    office = "office"
    state = "state"
    story = "story"
    article = "article"


def command(
    context: typer.Context,
    what: Annotated[What, typer.Argument(metavar="WHAT", help="event, person, office, state, story or article.")],
    which: Annotated[list[str], typer.Argument(metavar="WHICH...", help="An id, or a name; of an office its state and its title.")],
    known_on: KnownOn = None,
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    """See HELP."""
    from functools import partial

    from dragoman.cli.office import as_answer, references_to, write_office
    from dragoman.service.offices import OfficeDossier

    words = words_of(labels)
    with record_of(context, known_on) as (store, book):
        found = _found(store, book, what, which, words.language if format is Format.text else None)
        known = references_to(store, book, found) if isinstance(found, OfficeDossier) else ()
    if isinstance(found, OfficeDossier):
        if format is Format.json:
            write_json(as_answer(found, known))
        else:
            show_page(words, partial(write_office, found=found, known=known))
    elif format is Format.json:
        write_json(found)
    else:
        show_page(words, lambda page: _write(page, found))


def _found(
    store: Store, book: Book, what: What, which: list[str], language: str | None
) -> EventDossier | PersonDossier | OfficeDossier | StateDossier | StoryDossier | ArticleDossier:
    from functools import partial

    from dragoman.service import dossier, offices
    from dragoman.service.references import of_entity

    if what is What.office:
        if len(which) < 2:
            raise InputError("show office: give a state and a title, such as: dragoman show office SYR foreign-minister")
        return offices.office(book, which[0], " ".join(which[1:]))
    typed = " ".join(which)
    if what is What.event:
        return dossier.event(book, typed, language=language)
    if what is What.person:
        return dossier.person(book, typed, language=language, references=partial(of_entity, store))
    if what is What.state:
        return dossier.state(book, typed, language=language)
    return dossier.story(book, typed, language=language) if what is What.story else dossier.article(book, typed, language=language)


def _write(page: Page, found: object) -> None:
    from dragoman.service import dossier

    if isinstance(found, dossier.EventDossier):
        _event(page, found)
    elif isinstance(found, dossier.PersonDossier):
        _person(page, found)
    elif isinstance(found, dossier.StateDossier):
        _state(page, found)
    elif isinstance(found, dossier.StoryDossier):
        _story(page, found)
    elif isinstance(found, dossier.ArticleDossier):
        _article(page, found)


def _event(page: Page, found: EventDossier) -> None:
    block(page, found.event, dated=True)
    if found.planned_as:
        page.line((f"{page.say('planned_as')} {found.planned_as}", "dim"), indent=4)
    names = {report.article: report.outlet or report.name for report in found.reports}
    if found.versions:
        page.heading(page.say("versions"), len(found.versions))
    for dispute in found.versions:
        page.line((page.words.word("fields", dispute.field), "bold"), indent=2)
        for version in dispute.versions:
            value = ", ".join(page.name(one) for one in version.named) or _value(page, dispute.field, version.value)
            page.line(value, (f"  — {', '.join(names.get(article, article) for article in version.articles)}", "dim italic"), indent=4)
    page.heading(page.say("told"), len(found.reports))
    for number, report in enumerate(found.reports):
        if number:
            page.blank()
        _report(page, report)


def _value(page: Page, field: str, value: str | None) -> str:
    if value is None:
        return page.say("empty")
    group = {"type": "types", "mode": "modes", "factuality": "factuality"}.get(field)
    return page.words.word(group, value) if group else page.day(value)


def _report(page: Page, report: ReportLine) -> None:
    words = page.words
    day = page.day(report.published) if report.published else words.word("published", "unknown")
    copy = f" · {page.say('copy')}" if report.copy_of else ""
    page.line((report.outlet or report.name, "bold"), f" · {day} · {words.name_of_language(report.language)}{copy}", (f" · {report.id}", "dim"), indent=2)
    notes = [words.word("types", report.type), *([words.word("modes", report.mode)] if report.mode else [])]
    notes += [words.word("factuality", report.factuality)] if report.factuality != "actual" else []
    notes += [page.day(report.date)] if report.date else []
    notes += [page.name(report.place)] if report.place else []
    page.line(" · ".join(notes), indent=4)
    page.grid([(words.word("roles", part.role), page.part(part)) for part in report.participants])
    for quote in report.evidence:
        page.line((quote.quote, "dim"), indent=4)


def _person(page: Page, found: PersonDossier) -> None:
    from dragoman.cli.office import write_tenure

    words = page.words
    page.line((found.name, "bold"), f" · {words.state(found.state)}" if found.state else "", (f" · {found.id}", "dim"))
    page.heading(page.say("spellings"), len(found.spellings))
    page.grid([(f"{words.name_of_language(one.language)}, {one.script}", f"{one.text} ({one.count})") for one in found.spellings], indent=2)
    if len(found.members) > 1:
        page.heading(page.say("members"), len(found.members))
        page.grid([(one.id, f"{', '.join(one.names)} ({page.counted('article', len(one.articles))})") for one in found.members], indent=2)
    if found.offices:
        page.heading(page.say("offices"), len(found.offices))
    for tenure in found.offices:
        write_tenure(page, tenure, holder=False)
    if found.met:
        page.heading(page.say("met"), len(found.met))
        for one in found.met:
            page.line(f"{page.name(one.person)} · {page.counted('time', one.times)}{f' · {page.day(one.last)}' if one.last else ''}", indent=2)
    listing(page, page.say("talks"), found.talks)
    listing(page, page.say("events"), found.events)
    statements(page, found.statements)
    _references(page, found.references)


def _references(page: Page, found: tuple[Reference, ...]) -> None:
    """Who goes by the same name in reference works: said by them alone, and perhaps another person."""
    if found:
        page.heading(page.say("references"), len(found))
    for one in found:
        notes = (page.words.state(one.state) if one.state else None, one.wikidata, one.source)
        page.line((one.name, "bold"), *(f" · {note}" for note in notes if note), indent=2)
        for held in one.tenures:
            span = f"{held.start or '..'}/{held.end or '..'}"
            days = f" · {page.day(span)}" if held.start or held.end else ""
            page.line(f"{held.office}{f' ({held.of})' if held.of else ''}{days}", indent=4)
        page.grid([(page.words.word("facts", "also"), ", ".join(name for name in one.names if name != one.name))] if set(one.names) - {one.name} else [])


def statements(page: Page, said: tuple[SaidLine, ...]) -> None:
    """What was said, in every language that has it."""
    if not said:
        return
    words = page.words
    page.heading(page.say("statements"), len(said))
    for one in said:
        notes = [page.name(one.speaker) if one.speaker else one.source or words.word("facts", "unknown"), words.word("statements", one.kind)]
        notes += [page.day(one.date)] if one.date else []
        notes += [f"{words.word('facts', 'channel')} {one.channel}"] if one.channel else []
        page.line((notes[0], "bold"), *(f" · {note}" for note in notes[1:]), (f" · {one.id}", "dim"), indent=2)
        page.grid([(words.name_of_language(report.language), report.text) for report in one.reports])


def commitments(page: Page, found: tuple[PledgeLine, ...]) -> None:
    """What was promised, agreed, asked for or refused."""
    if not found:
        return
    words = page.words
    page.heading(page.say("commitments"), len(found))
    for one in found:
        page.line((words.word("acts", one.act), "bold"), f" · {page.day(one.due)}" if one.due else "", (f" · {one.id}", "dim"), indent=2)
        parties = [(words.word("facts", label), ", ".join(map(page.name, names))) for label, names in (("by", one.by), ("to", one.to)) if names]
        page.grid([*parties, *((words.name_of_language(report.language), report.text) for report in one.reports)])


def _state(page: Page, found: StateDossier) -> None:
    from dragoman.cli.office import write_held

    page.line((page.words.state(found.code), "bold"), f" · {found.code}")
    if found.offices:
        page.heading(f"{page.say('offices')} {page.say('on', page.day(found.on))}", len(found.offices))
    for held in found.offices:
        write_held(page, held, quoted=False)
    listing(page, page.say("last"), found.events)
    commitments(page, found.commitments)


def _story(page: Page, found: StoryDossier) -> None:
    page.line((found.title, "bold"), (f" · {found.id}", "dim"))
    page.heading(page.say("in_articles"), len(found.articles))
    for one in found.articles:
        copy = f" · {page.say('copy')}" if one.copy_of else ""
        notes = f" · {page.day(one.published)} · {page.words.name_of_language(one.language)}{copy}"
        page.line((one.title or one.outlet or one.name, "bold"), notes, (f" · {one.name} · {one.id}", "dim"), indent=2)
    by_day(page, found.events)


def _article(page: Page, found: ArticleDossier) -> None:
    one = found.article
    page.line((one.title or one.name, "bold"), (f" · {one.id}", "dim"))
    notes = (one.outlet, page.day(one.published), page.words.name_of_language(one.language), one.name if one.title else None)
    page.line((" · ".join(note for note in notes if note), "dim"))
    if found.written:
        first, last = (day.isoformat() if day else None for day in found.written.between)
        when = "between" if first and last else "after" if first else "before"
        by = f" · {', '.join(witness.event for witness in found.written.evidence)}" if found.written.evidence else ""
        page.line((f"{page.say(f'written_{when}', *(page.day(day) for day in (first, last) if day))}{by}", "dim"))
    if found.story:
        page.line((f"{page.say('story', found.story)} · {one.story}", "dim"))
    if found.copies:
        page.heading(page.say("copies"), len(found.copies))
        page.grid([(page.words.word("record", copy.kind), f"{copy.name} · {copy.article}") for copy in found.copies], indent=2)
    if found.persons:
        page.heading(page.say("persons"), len(found.persons))
        page.line("; ".join(person.name for person in found.persons), indent=2)
    by_day(page, found.events)
    statements(page, found.statements)
