"""`dragoman offices` and `dragoman office`: who holds which office, since when reports show it, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.page import Format, FormatOption, KnownOn, LabelsOption, Page, record_of, show_page, words_of, write_json

if TYPE_CHECKING:
    from dragoman.service.book import Book
    from dragoman.service.offices import Held, OfficeDossier, TenureLine
    from dragoman.service.referred import InOffice
    from dragoman.store.protocol import Store

OFFICES = """List who holds which office of a state or organisation, on the day of the newest report or on another.

A day on which reports show somebody in an office is a day of publication; the longer ago the last of them, the less sure."""
OFFICE = """Say who holds an office, on the day of the newest report or on another, with the sentences that show it.

Whom the record's references (dragoman import) have in it on that day stands below, apart from what reports show.

STATE is a code, or a name in any language, or an organisation; OFFICE a code (foreign-minister) or a title ('foreign minister')."""

On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="On this day, as 2025-03-01; the day of the newest report where not given.")]


def offices(
    context: typer.Context,
    state: Annotated[str, typer.Argument(metavar="STATE", help="A state or organisation.")],
    on: On = None,
    known_on: KnownOn = None,
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    """See OFFICES."""
    from dragoman.service.finding import find_side
    from dragoman.service.offices import offices_of, side_named
    from dragoman.service.read import checked_day

    words, day = words_of(labels), checked_day(on, "--on") if on else None
    with record_of(context, known_on) as (_, book):
        side = find_side(book.shelf, state)
        of, day = side_named(book, side), day or book.newest
        found = offices_of(book, side, day)
    if format is Format.json:
        write_json({"of": of, "on": day.isoformat(), "offices": found})
        return

    def write(page: Page) -> None:
        page.line((page.name(of), "bold"), f" · {page.say('on', page.day(day.isoformat()))}")
        for held in found:
            write_held(page, held, quoted=False)
        if not found:
            page.line(page.say("nothing"))

    show_page(words, write)


def office(
    context: typer.Context,
    state: Annotated[str, typer.Argument(metavar="STATE", help="A state or organisation.")],
    title: Annotated[list[str], typer.Argument(metavar="OFFICE", help="An office, as foreign-minister.")],
    on: On = None,
    known_on: KnownOn = None,
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    """See OFFICE."""
    from dragoman.service.offices import office as office_of
    from dragoman.service.read import checked_day
    from dragoman.service.references import holds_on

    words, day = words_of(labels), checked_day(on, "--on") if on else None
    with record_of(context, known_on) as (store, book):
        found = office_of(book, state, " ".join(title), on=day)
        known = references_to(store, book, found)
    if format is Format.json:
        write_json(as_answer(found, known))
        return

    def write(page: Page) -> None:
        _holder(page, found)
        write_references(page, tuple(one for one in known if holds_on(one.tenure, found.on)))

    show_page(words, write)


def references_to(store: Store, book: Book, found: OfficeDossier) -> tuple[InOffice, ...]:
    """Whom reference works have in the office, the first first: never from reports, nor mixed with what they say."""
    from dragoman.service.referred import Referred

    body = book.shelf.entity(found.of.id) if found.of.kind == "organization" else None
    return Referred(store).in_office(found.office, found.of.id, [one.text for one in body.names] if body else ())


def as_answer(found: OfficeDossier, known: tuple[InOffice, ...]) -> dict[str, object]:
    """The office as JSON has it, what reference works say of it last."""
    from dataclasses import fields

    return {field.name: getattr(found, field.name) for field in fields(found)} | {"references": known}


def _holder(page: Page, found: OfficeDossier) -> None:
    page.line((f"{page.words.office(found.office, None)} ({page.name(found.of)})", "bold"), f" · {page.say('on', page.day(found.on))}")
    for held in found.holders:
        write_held(page, held, quoted=True)
    if not found.holders:
        page.line(page.say("nothing"))


def write_references(page: Page, known: tuple[InOffice, ...]) -> None:
    """Whom reference works have in an office, from when to when."""
    if known:
        page.heading(page.say("in_office"), len(known))
    for one in known:
        held = one.tenure
        days = page.day(f"{held.start or '..'}/{held.end or '..'}") if held.start or held.end else None
        notes = (days, held.office, one.reference.wikidata, one.reference.source)
        page.line((one.reference.name, "bold"), *(f" · {note}" for note in notes if note), indent=2)


def write_office(page: Page, found: OfficeDossier, known: tuple[InOffice, ...]) -> None:
    """Who holds an office, all who were seen in it, and whom reference works have in it."""
    _holder(page, found)
    if found.succession:
        page.heading(page.say("succession"), len(found.succession))
    for tenure in found.succession:
        write_tenure(page, tenure, holder=True)
    write_references(page, known)


def write_held(page: Page, held: Held, *, quoted: bool) -> None:
    """A holder with the days on which reports show it."""
    tenure = held.tenure
    notes = [page.say("since", page.day(tenure.first_seen)), page.say("last_seen", page.day(held.seen)), page.say("sure", round(100 * held.sure))]
    title = "" if quoted else f"{_title(page, tenure)}: "
    page.line(title, (page.name(tenure.person), "bold"), *(f" · {note}" for note in notes), (f" · {tenure.person.id}", "dim"), indent=2)
    if held.also:
        page.line((page.say("rivals", ", ".join(map(page.name, held.also))), "yellow"), indent=4)
    for quote in tenure.evidence if quoted else ():
        page.quote(quote)


def write_tenure(page: Page, tenure: TenureLine, *, holder: bool) -> None:
    """A tenure: of a person where `holder` is False, of an office where it is True."""
    first, last = tenure.first_seen, tenure.last_seen
    if first is None or last is None:
        seen = page.say("seen_once", page.say("undated"))
    else:
        seen = page.say("seen_once", page.day(first)) if first == last else page.say("seen", page.day(first), page.day(last))
    of = f" ({page.name(tenure.of)})" if tenure.of else ""
    head = page.name(tenure.person) if holder else f"{_title(page, tenure)}{of}"
    notes = [seen, page.counted("article", tenure.reports)]
    notes += [page.say("until", page.day(tenure.ended_before))] if tenure.ended_before else []
    page.line((head, "bold"), *(f" · {note}" for note in notes), (f" · {tenure.person.id}" if holder else "", "dim"), indent=2)
    for quote in tenure.evidence:
        page.quote(quote)


def _title(page: Page, tenure: TenureLine) -> str:
    title, acting = page.words.office(tenure.office, None), page.words.word("facts", "acting")
    if not tenure.acting:
        return title
    return f"{title} {acting}" if page.words.language == "fr" else f"{acting} {title}"
