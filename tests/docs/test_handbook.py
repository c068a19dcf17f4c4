"""The documentation says what the program does: commands, options, settings, formats, pages and names without a line fail here, and so do stale pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dragoman.knowledge.plover import TYPES
from dragoman.reading.kit import Kit
from dragoman.web.routes import ROUTES
from handbook import commands, formats, settings
from handbook.__main__ import DOCS, PAGES
from handbook.codebook import LANGUAGES, NOT_GIVEN, Example, codes, examples, is_read

ROOT = Path(__file__).parent.parent.parent
NAV = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.SafeLoader)["nav"]


def test_every_command_and_option_says_what_it_is() -> None:
    assert commands.undocumented() == []


def test_every_setting_has_a_line() -> None:
    assert settings.undocumented() == []


def test_every_format_has_a_line_and_a_section() -> None:
    assert formats.undocumented() == []
    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    from dragoman.exports.format import NAMES

    assert not [name for name in NAMES if f"`{name}`" not in text]


def test_every_page_of_the_site_is_told_of() -> None:
    text = (DOCS / "web.md").read_text(encoding="utf-8")
    first = {"/" + route.path.strip("/").partition("/")[0] for route in ROUTES}
    assert not sorted(page for page in first if f"`{page}" not in text)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_pages_are_what_the_program_does(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), f"run: python -m handbook (docs/{name})"


def test_every_code_has_an_example_in_both_languages() -> None:
    for group, all_of_it in codes().items():
        assert set(NOT_GIVEN.get(group, ())) <= set(all_of_it)
        wanted = {code for code in all_of_it if group != "events" or code in TYPES} - set(NOT_GIVEN.get(group, ()))
        for language in LANGUAGES:
            assert not wanted - {one.code for one in examples(language) if one.group == group}
            assert not {one.code for one in examples(language) if one.group == group} - set(all_of_it)


@pytest.mark.parametrize("example", [one for language in LANGUAGES for one in examples(language)], ids=lambda one: f"{one.language}-{one.group}-{one.code}")
def test_every_example_is_read_so(example: Example, kit: Kit) -> None:
    assert is_read(example, kit)


def _files(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for inside in nav.values():
            yield from _files(inside)
    elif isinstance(nav, list):
        for inside in nav:
            yield from _files(inside)


def test_every_document_is_in_the_table_of_contents() -> None:
    there = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}
    assert set(_files(NAV)) == there


def test_links_between_documents_lead_somewhere() -> None:
    links = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
    found = [(path, target) for path in DOCS.rglob("*.md") for target in links.findall(path.read_text(encoding="utf-8"))]
    assert not [f"{path.relative_to(DOCS)}: {target}" for path, target in found if "://" not in target and not (path.parent / target).exists()]


_WORD = r"[a-z][a-z-]*"


def test_commands_that_documents_name_are_there() -> None:
    known = {name.removeprefix("dragoman "): command for name, command in commands.commands()}
    first = known["dragoman"]
    wrong = []
    for path in [*DOCS.rglob("*.md"), ROOT / "README.md"]:
        for line in re.findall(rf"(?:^|[`$/ ])dragoman ((?:--record \S+ )?{_WORD}[^`\n#|<>]*)", path.read_text(encoding="utf-8"), re.MULTILINE):
            words = re.sub(r"^--record \S+ ", "", line).split()
            name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
            if name not in known:
                continue
            if hasattr(known[name], "commands") and words[1:2]:
                wrong.append(f"{path.name}: dragoman {line}: {words[1]}")
            has = {option for one in (known[name], first) for parameter in one.params for option in (*parameter.opts, *parameter.secondary_opts)}
            wrong += [f"{path.name}: dragoman {line}: {word}" for word in re.findall(r"(?<=\s)--[a-z][a-z-]*", line) if word not in has | {"--help"}]
    assert not wrong


def test_commands_in_code_are_no_others_than_there_are() -> None:
    known = {name.split()[1] for name, _ in commands.commands() if " " in name}
    text = {path.name: path.read_text(encoding="utf-8") for path in [*DOCS.rglob("*.md"), ROOT / "README.md"]}
    called = [
        (name, word) for name, page in text.items() for word in re.findall(rf"^(?:\$ |\.venv/bin/)dragoman (?:--record \S+ )?({_WORD})", page, re.MULTILINE)
    ]
    assert called
    assert not [f"{name}: dragoman {word}" for name, word in called if word not in known]
