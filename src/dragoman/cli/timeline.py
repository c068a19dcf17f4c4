"""`dragoman timeline`: the events of a record by day."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.page import Format, FormatOption, KnownOn, LabelsOption, record_of, show_page, words_of, write_json

HELP = """List events by day: what, where, who for which side, how many independent origins in which languages, and the first sentence that says so.

States are codes or names in any language (TUR, Turquie), organisations and persons are names as you would type them (kalin)."""


def command(
    context: typer.Context,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="STATE STATE", help="Events in which both of two states or organisations take part.")
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Events in which this person takes part: a name, or an id.")] = None,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="Events in which this state or organisation takes part.")] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Events of this type, as CONSULT or SANCTION.")] = None,
    topic: Annotated[str | None, typer.Option(metavar="TOPIC", help="Events about this, as ceasefire or border-control.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year on, as 2025-10-12 or 2025.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, month or year.")] = None,
    known_on: KnownOn = None,
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    """See HELP."""
    from dragoman.cli.events import by_day
    from dragoman.service.timeline import asked, timeline

    words = words_of(labels)
    with record_of(context, known_on) as (_, book):
        wanted = asked(book, between=between, person=person, state=state, type=type, topic=topic, since=since, until=until)
        events = timeline(book, wanted, language=words.language if format is Format.text else None)
    if format is Format.json:
        write_json({"asked": wanted, "events": events})
    elif events:
        show_page(words, lambda page: by_day(page, events))
    else:
        show_page(words, lambda page: page.line(page.say("nothing")))
