"""docs/reference/commands.md: every command with its arguments and options, as Typer has them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from handbook.pages import cell, page, table


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its whole name, in the order of the program; groups give their commands."""
    import typer

    from dragoman.cli.main import application

    yield "dragoman", typer.main.get_command(application)
    yield from _inside("dragoman", typer.main.get_command(application))


def _inside(name: str, group: Any) -> Iterator[tuple[str, Any]]:
    for word, command in group.commands.items():
        yield f"{name} {word}", command
        if hasattr(command, "commands"):
            yield from _inside(f"{name} {word}", command)


def undocumented() -> list[str]:
    """Commands, arguments and options that do not say what they are."""
    found = [name for name, command in commands() if not (command.help or "").strip()]
    return found + [
        f"{name} {parameter.opts[0]}"
        for name, command in commands()
        for parameter in command.params
        if parameter.name != "help" and not (getattr(parameter, "help", None) or "").strip()
    ]


def commands_page() -> str:
    """The page."""
    intro = [
        "Options of the whole program stand before the command: `dragoman --record my.db status`. Exit status: 0 done; 1 done in part; 2 not done, or the",
        "command was given wrongly; 130 stopped by the keyboard. Errors are one line on standard error.",
        "",
    ]
    return page("Commands", intro, *(_command(name, command) for name, command in commands()))


def _command(name: str, command: Any) -> Iterator[str]:
    yield f"## `{name}`"
    yield ""
    for paragraph in (command.help or "").strip().split("\n\n"):
        yield cell(paragraph)
        yield ""
    asked = [parameter for parameter in command.params if parameter.name != "help" and parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.name != "help" and parameter.param_type_name == "option"]
    if asked:
        yield from table(("argument", "what it is"), ((f"`{one.metavar or one.name.upper()}`", cell(one.help or "")) for one in asked))
    if options:
        yield from table(("option", "what it does", "default"), ((_names(one), _help(one), _default(one)) for one in options))


def _names(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    return names if option.is_flag else f"{names} `{cell(_value(option))}`"


def _value(option: Any) -> str:
    """The words of an option of which one is chosen, where its default tells them; else the word that stands for its value."""
    if isinstance(option.default, Enum):
        return ", ".join(str(one.value) for one in type(option.default))
    return str(option.metavar or option.name.upper())


def _help(option: Any) -> str:
    variable = f" Also `{option.envvar}`." if option.envvar else ""
    return cell(f"{option.help or ''}{variable}")


def _default(option: Any) -> str:
    value = option.default
    if value is None or value is False or option.is_flag or callable(value):
        return ""
    return f"`{cell(str(getattr(value, 'value', value)))}`"
