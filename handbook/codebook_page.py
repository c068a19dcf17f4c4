"""docs/codebook.md: every code with what it means and a sentence in each language that is coded so."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dragoman.exports.readings.labels import labels
from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.plover import CONTEXTS, TYPES
from dragoman.knowledge.topics import TOPICS
from handbook.codebook import LANGUAGES, Example, Group, examples
from handbook.pages import cell, page, table

_DEFINITIONS = Path(__file__).parent / "definitions.toml"
_TABLES = Path(__file__).parent.parent / "src" / "dragoman" / "languages"
_LANGUAGE = {"en": "English", "fr": "French"}
_WORDS = 6


def codebook() -> str:
    """The page."""
    known = {(one.group, one.code, one.language): one for language in LANGUAGES for one in examples(language)}
    return page("Codebook", _intro(), _types(known), _modes(known), _topics(known), _contexts(known), _offices(known))


def _intro() -> list[str]:
    return [
        "What the program codes, code by code. Every sentence below is ours and was read by this version before it was printed, as if published on Sunday,",
        "12 October 2025; what cannot be said with a sentence that is coded so is not claimed. Event types, modes, contexts and scores are those of",
        "[PLOVER](https://github.com/openeventdata/PLOVER); states are ISO 3166-1 alpha-3 (`XKX` for Kosovo), dates EDTF.",
        "",
    ]


_Known = Mapping[tuple[Group, str, str], Example]


def _said(known: _Known, group: Group, code: str) -> list[str]:
    """The sentences of a code as a list."""
    found = (known.get((group, code, language)) for language in LANGUAGES)
    return [f"- {_LANGUAGE[one.language]}: *{cell(one.text)}*" for one in found if one is not None]


def _types(known: _Known) -> Iterator[str]:
    definitions = tomllib.loads(_DEFINITIONS.read_text(encoding="utf-8"))
    yield "## Types of event"
    yield ""
    for kind in TYPES.values():
        yield f"### `{kind.name}`"
        yield ""
        yield f"{definitions[kind.name]} *{labels('en').word('types', kind.name)}*; {kind.quad.replace('-', ' ')}, PLOVER score {kind.score:g}."
        yield ""
        yield from _said(known, "events", kind.name)
        yield ""


def _modes(known: _Known) -> Iterator[str]:
    yield "## Modes"
    yield ""
    yield "PLOVER has finer modes for most types. Readings give those with a sentence here; of the others the type alone is coded, and `mode` is null."
    yield ""
    for kind in TYPES.values():
        given = [mode for mode in kind.modes if any((("events"), f"{kind.name}/{mode}", language) in known for language in LANGUAGES)]
        for mode in given:
            yield f"### `{kind.name}` `{mode}`"
            yield ""
            yield from _said(known, "events", f"{kind.name}/{mode}")
            yield ""
    rows = []
    for kind in TYPES.values():
        rest = [f"`{mode}`" for mode in kind.modes if not any(("events", f"{kind.name}/{mode}", language) in known for language in LANGUAGES)]
        if rest:
            rows.append((f"`{kind.name}`", ", ".join(rest)))
    yield "Not given by readings today:"
    yield ""
    yield from table(("type", "modes of PLOVER"), rows)


def _topics(known: _Known) -> Iterator[str]:
    yield from _listed("Topics", "topics", TOPICS, known, lambda code: labels("en").word("topics", code), "topics.toml")


def _contexts(known: _Known) -> Iterator[str]:
    yield from _listed("Contexts", "contexts", tuple(CONTEXTS), known, lambda code: code.replace("_", " "), "contexts.toml")


def _listed(title: str, group: Group, codes: tuple[str, ...], known: _Known, meaning: Callable[[str], str], file: str) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield f"A fact has a code where its words have one of the table's (`src/dragoman/languages/*/{file}`, a star for any ending); the first ones stand below."
    yield ""
    tables = {language: tomllib.loads((_TABLES / language / file).read_text(encoding="utf-8")) for language in LANGUAGES}
    for code in codes:
        yield f"### `{code}`"
        yield ""
        words = "; ".join(f"{_LANGUAGE[language]} `{', '.join(tables[language].get(code, ())[:_WORDS])}`" for language in LANGUAGES)
        yield f"{_capital(meaning(code))}: {words}"
        yield ""
        yield from _said(known, group, code)
        yield ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _offices(known: _Known) -> Iterator[str]:
    yield "## Offices"
    yield ""
    yield "Any other office is given by its English title in lower case with hyphens; `former` and `acting` are marked beside."
    yield ""
    rows = []
    for code in OFFICES:
        said = (f"*{cell(known['offices', code, language].text)}*" for language in LANGUAGES)
        rows.append((f"`{code}`", cell(labels("en").office(code, None)), *said))
    yield from table(("code", "office", *(_LANGUAGE[language] for language in LANGUAGES)), rows)
