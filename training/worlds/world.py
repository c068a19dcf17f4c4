"""A little world: a few states, the people who hold office in them, towns, and dates around a day of publication."""

import datetime
import random
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale

from training.worlds.atlas import StateEntry, draw_states, states
from training.worlds.people import draw_name

# How often an office turns up in the news, roughly; the grammars hold its words under `off_<key>`.
OFFICES = {
    "pres": 14, "pm": 12, "fm": 30, "dfm": 5, "dm": 8, "im": 4, "fin": 4, "econ": 2, "trade": 3, "energy": 3, "jus": 2, "env": 1, "health": 1,
    "intel": 4, "nsa": 3, "cos": 3, "amb": 6, "envoy": 5, "speaker": 3, "dpm": 2, "opp": 2, "gov": 2, "mp": 2, "mayor": 1,
}  # fmt: skip
# What an office is called when it is already known, under `bare_<…>`.
BARE = {"pres": "pres", "pm": "pm", "amb": "amb", "envoy": "envoy", "spox": "spox", "mp": "mp"} | dict.fromkeys(
    ("intel", "nsa", "cos", "speaker", "opp", "gov", "mayor"), "chief"
)
CALENDARS = {"zh": "zh_Hans"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """Words that are not parsed, with their label ('' for none)."""

    text: str
    label: str = ""


@dataclass(eq=False, slots=True)
class Thing:
    """Somebody or something that a grammar can speak of: `facts` are its members, templates where they are plain strings."""

    kind: str
    gender: str = "m"
    facts: dict[str, "Leaf | Thing | str"] = field(default_factory=dict)
    told: bool = False


@lru_cache(maxsize=32)
def _names_of_days(language: str) -> tuple[dict[int, str], dict[int, str]]:
    locale = Locale.parse(CALENDARS.get(language, language))
    return dict(locale.days["format"]["wide"]), dict(locale.months["format"]["wide"])


def _date(day: datetime.date, language: str) -> Thing:
    days, months = _names_of_days(language)
    return Thing(
        "date",
        facts={
            "weekday": Leaf(days[day.weekday()]),
            "wk": Leaf("mtwufas"[day.weekday()]),
            "month": Leaf(months[day.month]),
            "mo": Leaf(str(day.month)),
            "mm": Leaf(f"{day.month:02d}"),
            "day": Leaf(str(day.day)),
            "dd": Leaf(f"{day.day:02d}"),
            "year": Leaf(str(day.year)),
        },
    )


def _town(name: str) -> Thing:
    return Thing("town", "f", {"name": Leaf(name, "LOC")})


def _state(rng: random.Random, entry: StateEntry) -> Thing:
    facts: dict[str, Leaf | Thing | str] = {"name": Leaf(entry.name, "LOC"), "code": Leaf(entry.code)}
    for key, value in entry.facts.items():
        facts[key] = _town(value) if key == "cap" else Leaf(value)
    facts["town"] = _town(rng.choice(entry.towns[: rng.choice((6, 40))]))
    return Thing("state", entry.facts.get("art", "f"), facts)


def _person(rng: random.Random, state: Thing, culture: str, language: str, office: str) -> Thing:
    sex = "f" if rng.random() < 0.17 else "m"
    name = draw_name(rng, culture, sex, language)
    return Thing(
        "person",
        sex,
        {
            "full": Leaf(name.full, "PER"),
            "last": Leaf(name.last, "PER"),
            "given": Leaf(name.given, "PER"),
            "st": state,
            "office": "{off_" + office + "}",
            "bare": "{bare_" + BARE.get(office, "min") + "}",
        },
    )


def draw_world(rng: random.Random, language: str) -> dict[str, Thing | Leaf]:
    """States A to D, office holders p1 to p3 of A to C, s of A or B who speaks, x and y without office, towns, past and coming dates."""
    entries = draw_states(rng, language, 4)
    world: dict[str, Thing | Leaf] = {}
    for letter, entry in zip("ABCD", entries, strict=True):
        world[letter] = _state(rng, entry)
    office = rng.choices(list(OFFICES), list(OFFICES.values()))[0]
    for number, entry in enumerate(entries[:3], 1):
        same = number == 2 and rng.random() < 0.5
        held = office if number == 1 or same else rng.choices(list(OFFICES), list(OFFICES.values()))[0]
        state = world["ABC"[number - 1]]
        assert isinstance(state, Thing)  # noqa: S101 - just put there
        world[f"p{number}"] = _person(rng, state, entry.culture, language, held)
    home = rng.randrange(2)
    own = world["AB"[home]]
    assert isinstance(own, Thing)  # noqa: S101 - just put there
    world["q"] = _person(rng, own, entries[home].culture, language, "spox")
    for letter in "xy":
        elsewhere = rng.choice(states(language)) if rng.random() < 0.6 else entries[0]
        world[letter] = _person(rng, _state(rng, elsewhere), elsewhere.culture, language, "mp")
    published = datetime.date(2012, 1, 1) + datetime.timedelta(days=rng.randrange(5400))
    world["past"] = _date(published - datetime.timedelta(days=rng.randrange(7)), language)
    world["old"] = _date(published - datetime.timedelta(days=rng.randrange(10, 2500)), language)
    world["soon"] = _date(published + datetime.timedelta(days=rng.randrange(1, 9)), language)
    world["later"] = _date(published + datetime.timedelta(days=rng.randrange(9, 300)), language)
    return world
