"""`dragoman search`: articles by their words, persons by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.page import Format, FormatOption, LabelsOption, Page, record_of, show_page, words_of, write_json

if TYPE_CHECKING:
    from dragoman.service.search import Answer

HELP = """Look for words in all articles, and for persons whose names they may be.

An article answers that has all the words, or the phrase in quotation marks; case and accents do not matter. Names are found as you would type them,
in whatever script the articles have them: kalin, sheebani.

Exit status: 0 something was found; 1 nothing was; 2 the command was given wrongly."""


def command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words, or a phrase in quotation marks of its own: '\"ring road\"'.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many articles.")] = 20,
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    """See HELP."""
    from dragoman.service.search import search

    labelled = words_of(labels)
    with record_of(context) as (_, book):
        found = search(book, " ".join(words), limit=limit)
    if format is Format.json:
        write_json(found)
    else:
        show_page(labelled, lambda page: _write(page, found))
    if not found.persons and not found.articles:
        raise typer.Exit(1)


def _write(page: Page, found: Answer) -> None:
    words = page.words
    if found.persons:
        page.line((f"{page.say('persons').upper()} ({len(found.persons)})", "bold"))
        for match in found.persons:
            of = words.state(match.of) if match.of and len(match.of) == 3 else None
            office = f" · {words.office(match.office, None)}{f' ({of})' if of else ''}" if match.office else ""
            page.line((match.person.name, "bold"), office, (f" · {match.person.id}", "dim"), indent=2)
            if len(match.names) > 1:
                page.grid([(words.word("facts", "also"), ", ".join(name for name in match.names if name != match.person.name))])
    if found.persons and found.articles:
        page.blank()
    if found.articles:
        page.line((f"{page.say('in_articles').upper()} ({len(found.articles)})", "bold"))
        for hit in found.articles:
            notes = [hit.outlet, page.day(hit.published) if hit.published else words.word("published", "unknown"), words.name_of_language(hit.language)]
            page.line((hit.title or hit.name, "bold"), *(f" · {note}" for note in notes if note), (f" · {hit.article}", "dim"), indent=2)
            page.line((hit.sentence, "dim"), indent=4)
    if not found.persons and not found.articles:
        page.line(page.say("nothing"))
