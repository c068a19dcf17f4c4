"""Templates: every value escaped, every code in the reader's words, every text of an article in its own language and direction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2

from dragoman.exports.readings.labels import Labels
from dragoman.exports.readings.legible import base_direction, legible
from dragoman.exports.readings.times import in_words
from dragoman.model.shelf import Named
from dragoman.web import links, place_names
from dragoman.web.pictures.world import lands
from dragoman.web.query import Query
from dragoman.web.wording import languages, wording

HERE = Path(__file__).parent
# Days that stay written out: a timeline has hundreds, and CLDR's patterns cost more than all else of a row.
_DAYS = 20_000
# Scripts that are written from right to left, by the languages that use them.
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "legible": legible,
        "base": base_direction,
        "direction": direction,
        "quad": links.quad,
        "tilted": links.tilted,
        "field": field,
        "heading": heading,
    }
    environment.globals |= {"links": links, "versioned": versioned, "languages": languages(), "split_at": split_at}
    return environment


def compiled() -> None:
    """Compile every template and decode the base map, so that no reader waits for it."""
    environment = _environment()
    for template in environment.list_templates():
        environment.get_template(template)
    for language in languages():
        spoken(wording(language))["name"](Named(id="", name="", kind="place"))
    lands("110m")
    lands("50m")


def direction(language: str | None) -> str:
    """The writing direction of a language: direction("ar") == "rtl"."""
    return "rtl" if (language or "") in _RIGHT_TO_LEFT else "ltr"


def split_at(end: Any) -> tuple[str, str, str]:
    """The sentence of an anchor before its words, the words, and what comes after."""
    text, sentence = end.sentence.text, end.sentence
    start, _, last = end.anchor.partition("#")[2].partition("-")
    if not start or not sentence.end:
        return "", text, ""
    first, final = int(start) - sentence.start, int(last) - sentence.start
    return text[:first], text[first:final], text[final:]


def heading(text: str) -> str:
    """The same with a capital: heading("foreign minister (Norway)") == "Foreign minister (Norway)"."""
    return text[:1].upper() + text[1:]


@jinja2.pass_context
def field(context: jinja2.runtime.Context, code: str) -> str:
    """The reader's word for a field of an event."""
    words: Labels = context["words"]
    return words.word("fields", code)


@cache
def versioned(name: str) -> str:
    """The address of a file of static/ with a mark of its content, so that it may be kept for good."""
    return f"/static/{name}?v={hashlib.sha256((HERE / 'static' / name).read_bytes()).hexdigest()[:10]}"


def rendered(template: str, query: Query, **values: Any) -> str:
    """The page of a template; `words` and `say` are the reader's, `url` keeps the language that the address fixes."""
    words = wording(query.language)
    return _environment().get_template(template).render(query=query, url=query.link, **spoken(words), **values)


def picture(template: str, language: str, **values: Any) -> str:
    """An SVG of a template."""
    return _environment().get_template(f"pictures/{template}").render(**spoken(wording(language)), **values)


@lru_cache(maxsize=_DAYS)
def _in_words(value: str, language: str) -> str:
    return in_words(value, wording(language))


def _legible_to(language: str, named: Named) -> str:
    """The name as the record has it; of one in other letters what the reader's language calls it, or English, or another with Latin letters."""
    spelt = dict(named.spelt)
    return spelt.get(language) or spelt.get("en") or next(iter(spelt.values()), named.name)


def spoken(words: Labels) -> Mapping[str, Any]:
    """What templates say codes with."""

    def say(key: str, *values: object) -> str:
        return words.word("web", key).format(*values)

    def counted(key: str, number: int) -> str:
        one = number == 1 or (number == 0 and words.language == "fr")
        return f"{number:n} {words.word('counts', key if one else key + 's')}"

    def name(named: Named) -> str:
        if named.kind == "state" and named.code:
            return words.state(named.code)
        if named.kind == "place":
            known = place_names.of_place(named.name, named.state, words.language)
        else:
            known = place_names.of_organisation(named.name, words.language) if named.kind == "organization" else None
        return legible(known or _legible_to(words.language, named))

    def day(value: str | None) -> str:
        return _in_words(value, words.language) if value else say("no_day")

    def office(code: str, of: Named | None = None) -> str:
        return f"{words.office(code, None)} ({name(of)})" if of else words.office(code, None)

    return {
        "words": words, "say": say, "counted": counted, "name": name, "day": day, "office": office, "of_language": words.name_of_language,
        "of_script": words.name_of_script,
    }  # fmt: skip
