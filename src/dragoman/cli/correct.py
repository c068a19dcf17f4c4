"""`dragoman correct`: a person's word against the program's, kept beside the articles and taken back at will."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.page import Format, FormatOption, LabelsOption, Page, config_here, show_page, words_of, write_json
from dragoman.cli.record import store_of

if TYPE_CHECKING:
    from dragoman.model.config import Config
    from dragoman.service.book import Named
    from dragoman.service.correct import By, Corrected
    from dragoman.store.protocol import Store

HELP = """Correct the record: join or part things, reject an event, set a field of one; list what was corrected, and take it back.

A correction names the words of an article, so that it outlives rebuilding and better readings. Said twice it is kept once."""
MERGE = """Say that two things of a kind are one.

KIND is person, state, organization, place, event, statement, commitment, story or copy. LEFT and RIGHT are ids; of persons, states, organisations and
places also names; of stories and copies articles. For example: dragoman correct merge person "Rashad al-Alimi" "Rachad al-Alimi"."""
SPLIT = """Say that two of a kind are two.

LEFT and RIGHT are members of what was wrongly made one, as 'show person' and 'show event' list them, by id or by name. Two things that are two
already will not become one later."""
REJECT = """Say that an event did not happen, or that its reports do not say so. A report that comes later brings it back.

For example: dragoman correct reject event v0a7df7a7f0ce38fd."""
SET = """Set a field of an event: date, place, type, mode or factuality; 'none' empties date, place or mode.

For example: dragoman correct set event v0a7df7a7f0ce38fd date 2015-04-08."""

application = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Kind = Annotated[str, typer.Argument(metavar="KIND", help="person, state, organization, place, event, statement, commitment, story or copy.")]
One = Annotated[str, typer.Argument(metavar="LEFT", help="An id or a name.")]
Other = Annotated[str, typer.Argument(metavar="RIGHT", help="An id or a name.")]
EventWord = Annotated[str, typer.Argument(metavar="event", help="The word 'event'.")]
EventId = Annotated[str, typer.Argument(metavar="ID", help="The id of an event.")]
Who = Annotated[str | None, typer.Option("--by", help="Who says so; the user of this computer where not given.")]
Why = Annotated[str, typer.Option("--why", help="Why.")]


@application.command("merge", help=MERGE)
def _merge(
    context: typer.Context, kind: Kind, left: One, right: Other, by: Who = None, why: Why = "", format: FormatOption = Format.text, labels: LabelsOption = None
) -> None:
    from dragoman.service.correct import merge

    _corrected(context, lambda store, config, who: merge(store, config, kind, left, right, who), (by, why), format, labels)


@application.command("split", help=SPLIT)
def _split(
    context: typer.Context, kind: Kind, left: One, right: Other, by: Who = None, why: Why = "", format: FormatOption = Format.text, labels: LabelsOption = None
) -> None:
    from dragoman.service.correct import split

    _corrected(context, lambda store, config, who: split(store, config, kind, left, right, who), (by, why), format, labels)


@application.command("reject", help=REJECT)
def _reject(
    context: typer.Context, kind: EventWord, id: EventId, by: Who = None, why: Why = "", format: FormatOption = Format.text, labels: LabelsOption = None
) -> None:
    from dragoman.service.correct import reject

    _only_events(kind, "reject")
    _corrected(context, lambda store, config, who: reject(store, config, id, who), (by, why), format, labels)


@application.command("set", help=SET)
def _set(
    context: typer.Context,
    kind: EventWord,
    id: EventId,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="date, place, type, mode or factuality.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it is; 'none' empties date, place or mode.")],
    by: Who = None,
    why: Why = "",
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    from dragoman.service.correct import settle

    _only_events(kind, "set")
    _corrected(context, lambda store, config, who: settle(store, config, id, field, value, who), (by, why), format, labels)


@application.command("list", help="List all corrections: what, who, when, why, and what they mean in the record now.")
def _list(context: typer.Context, format: FormatOption = Format.text, labels: LabelsOption = None) -> None:
    from dragoman.service.correct import listed

    words = words_of(labels)
    store = store_of(context, create=False)
    try:
        found = listed(store, config_here())
    finally:
        store.close()
    if format is Format.json:
        write_json({"corrections": found})
    else:
        show_page(words, lambda page: _write_all(page, found))


@application.command("undo", help="Take a correction back; it stays in the list, marked as undone.")
def _undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="The number of a correction, as 'dragoman correct list' has it.")],
    format: FormatOption = Format.text,
    labels: LabelsOption = None,
) -> None:
    from dragoman.service.correct import undo

    words = words_of(labels)
    store = store_of(context, create=False)
    try:
        found = undo(store, config_here(), number)
    finally:
        store.close()
    if format is Format.json:
        write_json(found)
    else:
        show_page(words, lambda page: page.line(page.say("taken_back" if found.new else "taken_back_before", number)))


def _only_events(kind: str, verb: str) -> None:
    from dragoman.model.errors import InputError

    if kind != "event":
        raise InputError(f"correct {verb}: only an event can be given, not '{kind}'; write: dragoman correct {verb} event ID")


def _corrected(
    context: typer.Context, correct: Callable[[Store, Config, By], Corrected], who: tuple[str | None, str], format: Format, labels: str | None
) -> None:
    from dragoman.service.correct import By

    words = words_of(labels)
    store = store_of(context, create=False)
    try:
        found = correct(store, config_here(), By(who=who[0], why=who[1]))
    finally:
        store.close()
    if format is Format.json:
        write_json(found)
        return

    def write(page: Page) -> None:
        number = found.correction.id
        page.line(_sentence(page, found))
        page.line((page.say("kept", number, number) if found.new else page.say("known", number), "dim"))

    show_page(words, write)


def _write_all(page: Page, found: Sequence[Corrected]) -> None:
    for one in found:
        correction = one.correction
        undone = (f" · {page.say('undone')}", "yellow") if correction.undone else ""
        page.line((f"{correction.id}  ", "bold"), _sentence(page, one), undone)
        at = correction.at.strftime("%Y-%m-%d %H:%M UTC") if correction.at else None
        page.line((" · ".join(part for part in (correction.by, at, correction.why) if part), "dim"), indent=3)
    if not found:
        page.line(page.say("no_corrections"))


def _sentence(page: Page, one: Corrected) -> str:
    correction = one.correction
    left = ", ".join(_thing(page, named) for named in one.left) or page.say("gone")
    if correction.verdict in ("same", "different"):
        return page.say(correction.verdict, left, ", ".join(_thing(page, named) for named in one.right) or page.say("gone"))
    if correction.verdict == "reject":
        return page.say("reject", left)
    value = ", ".join(map(page.name, one.right)) or _value(page, correction.field or "", correction.right)
    return page.say("value", left, page.words.word("fields", correction.field or ""), value)


def _value(page: Page, field: str, value: str | None) -> str:
    if value is None:
        return page.say("empty")
    group = {"type": "types", "mode": "modes", "factuality": "factuality"}.get(field)
    return page.words.word(group, value) if group else page.day(value) if field == "date" else value


def _thing(page: Page, named: Named) -> str:
    if named.kind == "event":
        code, _, day = named.name.partition(" ")
        words = page.words.word("types", code) if code in page.words.table["types"] else code
        return f"{words}{f', {page.day(day)}' if day else ''} ({named.id})"
    return f"{page.name(named)} ({named.id})"
