"""docs/codebook.md: every code with what it means and a sentence in each language that is coded so."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dragoman.exports.readings.labels import labels
from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.plover import CONTEXTS, TYPES
from dragoman.knowledge.topics import TOPICS
from handbook.codebook import LANGUAGES, NOT_GIVEN, Example, Group, codes, examples
from handbook.pages import cell, page, table

_DEFINITIONS = Path(__file__).parent / "definitions.toml"
_TABLES = Path(__file__).parent.parent / "src" / "dragoman" / "languages"
_LANGUAGE = {"en": "English", "fr": "French"}
_WORDS = 6
# What readings say beside types: the heading, and what stands below it.
_TOLD: Mapping[Group, tuple[str, str]] = {
    "roles": ("Roles", "What an entity does in an event (`participants`, `role`); `side` is the state or organisation that it acts for there."),
    "factuality": ("Factuality", "Whether an event happened (`factuality`), by the words of the article. The trigger stands out in each sentence."),
    "statements": (
        "Kinds of statement",
        "How words are given (`statements`, `kind`). `source` are the words for who speaks, also where they name nobody. In a record each report of a "
        "statement has them (`reports`, `source`) where its article names nobody that the record knows.",
    ),
    "commitments": ("Acts of commitment", "What is taken on, asked or refused (`commitments`, `act`); what it is stands out in each sentence."),
    "mentions": ("Forms of mention", "How a mention calls its entity (`mentions`, `form`)."),
}


def codebook() -> str:
    """The page."""
    known = {(one.group, one.code, one.language): one for language in LANGUAGES for one in examples(language)}
    definitions = tomllib.loads(_DEFINITIONS.read_text(encoding="utf-8"))
    told = (_told(title, group, lead, definitions[group], known) for group, (title, lead) in _TOLD.items())
    return page("Codebook", _intro(), _types(definitions["events"], known), _modes(known), *told, _topics(known), _contexts(known), _offices(known))


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
    return [f"- {_LANGUAGE[one.language]}: *{_sentence(one)}*" for one in found if one is not None]


def _sentence(one: Example) -> str:
    """The sentence, the words that are coded so standing out."""
    if one.words is None:
        return cell(one.text)
    before, after = one.text[: one.words.start], one.text[one.words.end :]
    return cell(f"{before}**{one.words.of(one.text)}**{after}")


def _told(title: str, group: Group, lead: str, definitions: Mapping[str, str], known: _Known) -> Iterator[str]:
    """A group of few codes, those without a sentence last."""
    yield f"## {title}"
    yield ""
    yield lead
    yield ""
    missing = NOT_GIVEN.get(group, ())
    for code in codes()[group]:
        if code not in missing:
            yield f"### `{code}`"
            yield ""
            yield definitions[code]
            yield ""
            yield from _said(known, group, code)
            yield ""
    if missing:
        yield "Not given by readings today:"
        yield ""
        yield from table(("code", "what it would be"), ((f"`{code}`", definitions[code]) for code in missing))


def _types(definitions: Mapping[str, str], known: _Known) -> Iterator[str]:
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
