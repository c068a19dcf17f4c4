"""Invented people: names of twelve cultures in the spelling of the language that tells of them.

Lists lie in `names/` (our own, in Latin letters, with the Arabic spelling beside it where it is not predictable) and in Faker's locale modules.
A name crosses scripts by tables of letters, longest match first: good enough to look like what newspapers print, which vary as well.
"""

import importlib
import random
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

NAMES = Path(__file__).parent / "names"
SCRIPTS = {"ar": "arabic", "fa": "arabic", "ru": "cyrillic", "uk": "cyrillic", "el": "greek", "he": "hebrew", "zh": "han", "ja": "kana"}
PERSIAN_TO_ARABIC = str.maketrans({"ی": "ي", "ک": "ك", "گ": "غ", "پ": "ب", "چ": "ش", "ژ": "ج", "\u200c": " "})
SCRIPT_OF = {
    "latin": re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’\- .]+$"),
    "arabic": re.compile(r"^[ء-يپچژگکیٔآأإ\u200c ]+$"),
    "cyrillic": re.compile(r"^[Ѐ-ӿ'’\- ]+$"),
    "greek": re.compile(r"^[Ͱ-Ͽἀ-῿ \-]+$"),
    "hebrew": re.compile(r"^[א-ת'׳״\" \-]+$"),
    "han": re.compile(r"^[一-鿿]+$"),
    "kana": re.compile(r"^[ァ-ヿ一-鿿]+$"),
}


@dataclass(frozen=True, slots=True)
class Culture:
    """Where the names of a culture come from: given names by sex, surnames, all in the scripts at hand."""

    key: str
    given: dict[str, tuple[str, ...]]
    surnames: tuple[str, ...]
    native: dict[str, dict[str, tuple[str, ...]]]
    surname_first: bool


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as the language prints it."""

    given: str
    last: str
    full: str


@lru_cache(maxsize=1)
def _settings() -> dict[str, dict[str, object]]:
    return tomllib.loads((NAMES / "cultures.toml").read_text(encoding="utf-8"))


def _faker_lists(locale: str) -> dict[str, tuple[str, ...]]:
    """Names of a Faker locale by 'm', 'f' and 's' (surnames).

    Raises:
        SystemExit: Faker is not installed.
    """
    try:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    except ModuleNotFoundError as error:
        raise SystemExit("The worlds need Faker's names: pip install 'dragoman[training]'") from error
    lists = {}
    for sex, fields in {
        "m": ("first_names_male", "first_names"),
        "f": ("first_names_female", "first_names"),
        "s": ("last_names_male", "last_names", "unisex_last_names"),
    }.items():
        names = next((found for name in fields if len(found := getattr(provider, name, None) or ()) > 9), ())
        lists[sex] = tuple(dict.fromkeys(str(name) for name in names if len(str(name)) > 1 and "." not in str(name)))
    return lists


@lru_cache(maxsize=64)
def culture(key: str) -> Culture:
    """The lists of a culture: our own file first, Faker's locales added."""
    settings = _settings()[key]
    own: dict[str, list[str]] = {"m": [], "f": [], "s": []}
    path = NAMES / f"{key}.txt"
    section = "s"
    for raw in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if raw.startswith("["):
            section = raw.strip("[]")
        else:
            own[section].extend(raw.split())
    native: dict[str, dict[str, list[str]]] = {}
    locales = settings.get("faker", [])
    assert isinstance(locales, list)  # noqa: S101 - cultures.toml is ours
    for locale in locales:
        for sex, names in _faker_lists(str(locale)).items():
            for name in names:
                script = next((script for script, shape in SCRIPT_OF.items() if shape.match(name)), None)
                if script == "latin":
                    own[sex].append(name.replace(" ", "_"))
                elif script:
                    native.setdefault(script, {"m": [], "f": [], "s": []})[sex].append(name)
    return Culture(
        key=key,
        given={"m": tuple(own["m"]), "f": tuple(own["f"])},
        surnames=tuple(own["s"]),
        native={script: {sex: tuple(names) for sex, names in lists.items()} for script, lists in native.items() if all(lists.values())},
        surname_first=bool(settings.get("surname_first", False)),
    )


@lru_cache(maxsize=64)
def letters(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A table of letters, in its own order: `pattern, replacement` a line."""
    path = NAMES / "letters" / f"{name}.tsv"
    if not path.exists():
        return ()
    rows = (raw.split("\t") for raw in path.read_text(encoding="utf-8").splitlines() if raw and not raw.startswith("#"))
    return tuple((re.compile(row[0]), row[1] if len(row) > 1 else "") for row in rows)


def _through(name: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """`name` letter by letter through a table: at each place the first line that fits."""
    out: list[str] = []
    at = 0
    while at < len(name):
        for shape, become in table:
            found = shape.match(name, at)
            if found and found.end() > at:
                out.append(become)
                at = found.end()
                break
        else:
            out.append(name[at] if name[at] in " -" else "")
            at += 1
    return "".join(out)


def _plain(name: str) -> str:
    kept = "".join(char for char in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(char) or char == "\u0306")
    return unicodedata.normalize("NFC", kept).replace("ı", "i").replace("ß", "ss").replace("ø", "o").replace("æ", "e").replace("ł", "l")


def _titled(name: str) -> str:
    return re.sub(r"(^|[ \-])(\w)", lambda found: found[1] + found[2].upper(), name)


@lru_cache(maxsize=100_000)
def spell(name: str, key: str, language: str) -> str:
    """A listed name (`Latin` or `Latin|Arabic`, `_` for a blank) as `language` writes it."""
    latin, _, arabic = name.partition("|")
    latin, arabic = latin.replace("_", " "), arabic.replace("_", " ")
    script = SCRIPTS.get(language, "latin")
    if script == "latin":
        for shape, become in letters(f"{key}-{language}") or letters(f"{key}-latin"):
            latin = shape.sub(become, latin)
        return latin
    if script == "arabic" and arabic:
        return arabic if language == "ar" else arabic.replace("ي", "ی").replace("ك", "ک")
    special = letters(f"{key}-{script}")
    written = _through(_plain(latin), special + letters(f"latin-{language}") if special else letters(f"latin-{language}"))
    return _titled(written) if script in ("cyrillic", "greek") else written


def _from_cyrillic(name: str, language: str) -> str:
    return _titled(_through(name.lower(), letters(f"cyrillic-{language}") + letters("cyrillic-latin")))


def _womans(surname: str) -> str:
    """A Russian or Ukrainian surname as a woman bears it."""
    return re.sub(r"(ов|ев|ёв|єв|їв|ин|ын|ін)$", r"\1а", re.sub(r"([сц]ьк)ий$", r"\1а", re.sub(r"([сц]к)ий$", r"\1ая", surname)))


def draw_name(rng: random.Random, key: str, sex: str, language: str) -> PersonName:
    """A new name of the culture `key` for a woman ('f') or a man ('m')."""
    people = culture(key)
    script = SCRIPTS.get(language, "latin")
    own = people.native.get(script)
    if script in people.native and own is not None and (not people.surnames or rng.random() < 0.8):
        given, last = rng.choice(own[sex]), rng.choice(own["s"])
        if sex == "f" and script == "cyrillic":
            last = _womans(last)
        if language == "ar" and key == "persian":
            given, last = given.translate(PERSIAN_TO_ARABIC), last.translate(PERSIAN_TO_ARABIC)
    elif people.surnames:
        given, last = spell(rng.choice(people.given[sex]), key, language), spell(rng.choice(people.surnames), key, language)
        if rng.random() < 0.06 and key != "chinese":
            given += (" " if rng.random() < 0.6 or script in ("arabic", "han") else "-") + spell(rng.choice(people.given[sex]), key, language)
        elif rng.random() < 0.04 and script == "latin" and not people.surname_first:
            given += f" {rng.choice('ABCDEFGHJKLMPRSTW')}."
        elif rng.random() < 0.04 and key in ("spanish", "portuguese", "german", "french", "english"):
            last += ("-" if key in ("german", "french", "english") else " ") + spell(rng.choice(people.surnames), key, language)
    else:
        lists = people.native["cyrillic"]
        given, last = rng.choice(lists[sex]), rng.choice(lists["s"])
        if sex == "f":
            last = _womans(last)
        if script == "latin":
            given, last = _from_cyrillic(given, language), _from_cyrillic(last, language)
        elif script != "cyrillic":
            given, last = spell(_from_cyrillic(given, "en"), key, language), spell(_from_cyrillic(last, "en"), key, language)
    blank = {"han": "·", "kana": "・"}.get(script, " ")
    if script in ("han", "kana") and people.surname_first:
        return PersonName(given, last, last + given)
    if script in ("han", "kana"):
        given, last = given.replace(" ", blank), last.replace(" ", blank)
    return PersonName(given, last, f"{last}{blank}{given}" if people.surname_first else f"{given}{blank}{last}")
