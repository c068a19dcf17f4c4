"""`dragoman compare`: two articles side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.page import Format, FormatOption, LabelsOption, Page, config_here, record_of, show_page, words_of, write_json

if TYPE_CHECKING:
    from dragoman.service.compare import Comparison, Difference, Facts

HELP = """Put two articles side by side: the sentences that answer each other, what both say, what only one says, and where they differ.

ARTICLE is an id or a file name. Sentences are aligned by their meaning where a sentence encoder is installed, else by the names and figures in them."""


def command(
    context: typer.Context,
    left: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article: its id or file name.")],
    right: Annotated[str, typer.Argument(metavar="ARTICLE", help="Another.")],
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    """See HELP."""
    from dragoman.service.compare import compare
    from dragoman.service.read import kit_of

    words = words_of(labels)
    with record_of(context) as (_, book):
        found = compare(book, kit_of(config_here()), left, right)
    if format is Format.json:
        write_json(found)
    else:
        show_page(words, lambda page: _write(page, found))


def _write(page: Page, found: Comparison) -> None:
    left, right = found.left.name, found.right.name
    for one in (found.left, found.right):
        notes = (one.outlet, page.day(one.published), page.words.name_of_language(one.language), one.id)
        page.line((one.title or one.name, "bold"), *(f" · {note}" for note in notes if note))
    if found.copy:
        page.line((page.words.word("record", found.copy), "yellow"))
    page.heading(f"{page.say('sentences')} ({page.say('names' if found.by == 'names' else 'uses')})")
    page.beside(
        [
            (one.left.quote if one.left else "", f"{one.score:.2f}" if one.score is not None else "", one.right.quote if one.right else "")
            for one in found.sentences
        ],
        left,
        right,
    )
    if found.differences:
        page.heading(page.say("differences"), len(found.differences))
        for difference in found.differences:
            page.line((page.words.word("fields", difference.field), "bold"), (f" · {difference.event}", "dim"), indent=2)
            ours, theirs = _values(page, difference)
            page.grid([(left, ours), (right, theirs)])
    for heading, facts in ((page.say("both"), found.both), (page.say("only", left), found.only_left), (page.say("only", right), found.only_right)):
        _facts(page, heading, facts)


def _values(page: Page, difference: Difference) -> tuple[str, str]:
    group = {"type": "types", "mode": "modes", "factuality": "factuality"}.get(difference.field)
    shown = []
    for value, named in ((difference.left, difference.left_named), (difference.right, difference.right_named)):
        if named:
            shown.append(", ".join(map(page.name, named)))
        else:
            shown.append(page.words.word(group, value) if group and value else page.day(value))
    return shown[0], shown[1]


def _facts(page: Page, heading: str, facts: Facts) -> None:
    if not facts.events and not facts.named and not facts.statements:
        return
    page.heading(heading)
    words = page.words
    for event in facts.events:
        notes = [page.day(event.date), *([page.name(event.place)] if event.place else []), *(page.part(part) for part in event.participants)]
        page.line((words.word("types", event.type), "bold"), *(f" · {note}" for note in notes), (f" · {event.id}", "dim"), indent=2)
    for said in facts.statements:
        speaker = page.name(said.speaker) if said.speaker else said.source or words.word("facts", "unknown")
        page.line((speaker, "bold"), f": {said.reports[0].text}", (f" · {said.id}", "dim"), indent=2)
    if facts.named:
        page.line(page.say("named", "; ".join(map(page.name, facts.named))), indent=2)
