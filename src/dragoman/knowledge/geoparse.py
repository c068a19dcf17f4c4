"""Where the places named in a text lie: of several Londons, Georgias or Springfields the one that the rest of the text speaks for.

Candidates come from the states, our regions, the provinces and counties of provinces.tsv (GeoNames, CC BY 4.0) and the towns of the gazetteer. Each has a
prior (a state before a region before a province before a town, large before small); then the text votes: a state or province that it names, in front or
behind ('Paris, Texas', 'the Syrian town of Manbij'), and what all other names could mean together. Two rounds settle it: in the first each name votes for
what it most likely means, in the second it hears the votes of the others. What no table knows (a street, a hospital, a hamlet) is put where the text is at
that point: in the town that its own name holds, or that was named nearest to it.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from dragoman.knowledge.places import Gazetteer, Place, regions, simple
from dragoman.knowledge.states import State, states

Kind = Literal["state", "region", "province", "county", "town", "near"]

_HERE = Path(__file__).parent
# How surely a name means what it says: a state, a part of the world, a province. A town of a million has 9, one of ten thousand 6.
_PRIORS: Mapping[Kind, float] = {"state": 13.0, "region": 11.0, "province": 10.3, "county": 6.5, "town": 0.0}
_A_ZERO, _CAPITAL, _OWN_NAME = 1.5, 2.0, 1.0
# What speaks for a candidate: standing before its state or province or behind its adjective, either being named elsewhere, lying near what is settled.
_HELD, _STATE, _PROVINCE, _NEAR = 6.0, 4.0, 2.5, 2.0
_NEAR_KILOMETRES, _CLEAR = 250.0, 3.0
_LEANING = 0.0  # a place that is only near another is never preferred to a known one
_SURE = 7.5  # a town of thirty thousand and more: smaller ones bear the names of things too ('Agency', 'Street')
# 'Paris, Texas', 'Aleppo (Syria)', 'Homs in Syria'.
_HOLDS = re.compile(r"\s*(?:,|\(|in|of)\s*(?:the\s+)?")
_GENERIC = re.compile(
    r"^(?:the|downtown|central|city of|town of|village of|province of|state of|greater)\s+|"
    r"\s+(?:city|town|village|province|state|region|district|governorate|oblast|prefecture|municipality|area|metro|sheng|shi|marz|krai)$"
)
_SIDES = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower", "central"})
_EARTH = 6371.0
_BEHIND, _IN_FRONT = 12, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What a name means: `country` alpha-3 or None, `province` its first division where known, degrees; 'near' is only near the town it is named for."""

    name: str
    kind: Kind
    latitude: float
    longitude: float
    country: str | None = None
    province: str | None = None
    population: int = 0
    geonameid: int | None = None
    score: float = 0.0

    @property
    def division(self) -> str:
        """State and province in one word, so that Punjab and Punjab are two."""
        return f"{self.country}/{self.province}"


def distance(one: Located, latitude: float, longitude: float) -> float:
    """Kilometres on the great circle."""
    lat, other = math.radians(one.latitude), math.radians(latitude)
    half = math.sin((other - lat) / 2) ** 2 + math.cos(lat) * math.cos(other) * math.sin(math.radians(longitude - one.longitude) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((_HERE / "geoparse.toml").read_text(encoding="utf-8"))


@cache
def middles() -> Mapping[str, tuple[float, float]]:
    """Latitude and longitude of the middle of each state, by alpha-3 code."""
    return {code: (float(at[0]), float(at[1])) for code, at in _table()["middles"].items()}


@dataclass(frozen=True, slots=True)
class _Votes:
    """How often states and provinces are meant in a text, by the name that means them: no name hears its own vote."""

    by_name: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def without(self, name: str) -> Counter[str]:
        heard: Counter[str] = Counter()
        for other, votes in self.by_name.items():
            if other != name:
                heard.update(dict(votes))
        return heard


@dataclass(frozen=True, slots=True)
class Geoparser:
    """`fold` folds case and accents and keeps lengths; `adjectives` gives the state of a folded word ('syrian': SYR)."""

    gazetteer: Gazetteer
    fold: Callable[[str], str]
    adjectives: Mapping[str, str]

    def locate(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Located | None, ...]:
        """What each span means, in the order given; None where no table knows the name and no town is named in the text."""
        names = [text[start:end] for start, end in spans]
        offered = {name: self.candidates(name) for name in dict.fromkeys(names)}
        held = [self._held_by(text, span, spans, offered) for span in spans]
        holding = [self._holds(text, span, spans, offered) for span in spans]
        first = [_best(offered[name], one, whole, Counter(), ()) for name, one, whole in zip(names, held, holding, strict=True)]
        votes = _votes(names, first)
        settled = _settled(offered, first, names)
        second = []
        for name, one, whole in zip(names, held, holding, strict=True):
            second.append(_best(offered[name], one, whole, votes.without(name.lower()), [near for other, near in settled if other != name]))
        known = _one_sense(names, second, held)
        return tuple(one or self._leaning(names[at], spans, known, at) for at, one in enumerate(known))

    def candidates(self, name: str) -> tuple[Located, ...]:
        """Everything that a name can mean, without looking at a text."""
        if name.islower():  # 'the neighborhood'
            return ()
        folded = self.fold(name.strip()).strip("'\" ").removesuffix("'s")
        for form in dict.fromkeys((folded, folded.removeprefix("the "), _GENERIC.sub("", folded))):
            own = _own_regions(self.fold).get(form)
            if own:
                return (own,)
            found = [*_fixed(self.fold).get(form, ()), *self._towns(form)]
            if code := self.adjectives.get(form):
                found.append(_of_state(code, name))
            if found:
                return tuple(found)
        first, _, rest = folded.partition(" ")
        return self.candidates(rest) if first in _SIDES and rest else ()

    def _towns(self, form: str) -> list[Located]:
        key = simple(form)
        fixed = {one.country for one in _fixed(self.fold).get(form, ()) if one.kind == "state"}
        found = []
        for place in self.gazetteer.named(key):
            if place.country not in fixed:  # 'Mexico' is not Mexico City
                own = _OWN_NAME if simple(self.fold(place.name)) == key else 0.0
                capital = _CAPITAL if key in _capitals(self.fold).get(place.country or "", ()) and place.population > 50_000 else 0.0
                found.append(_of_town(place, own + capital))
        return found

    def _held_by(self, text: str, span: tuple[int, int], spans: Sequence[tuple[int, int]], offered: Mapping[str, tuple[Located, ...]]) -> frozenset[str]:
        """States and provinces that stand right behind the name, or whose adjective stands not far in front of it."""
        held: set[str] = set()
        start, end = span
        for other in spans:
            if 0 <= other[0] - end < _BEHIND and _HOLDS.fullmatch(text[end : other[0]]):
                for one in offered[text[other[0] : other[1]]]:
                    if one.kind == "state" and one.country:
                        held.add(one.country)
                    elif one.kind == "province":
                        held |= {one.division, one.country or ""}
        for word in re.findall(r"[^\W\d_]+", self.fold(text[max(0, start - _IN_FRONT) : start]))[-4:]:
            if code := self.adjectives.get(word):
                held.add(code)
        return frozenset(held)

    def _holds(self, text: str, span: tuple[int, int], spans: Sequence[tuple[int, int]], offered: Mapping[str, tuple[Located, ...]]) -> frozenset[str]:
        """The provinces that a town right in front of the name and a comma lies in: 'Buffalo, New York'."""
        found: set[str] = set()
        for other in spans:
            if 0 < span[0] - other[1] <= 3 and text[other[1] : span[0]].strip() == ",":
                found |= {one.division for one in offered[text[other[0] : other[1]]] if one.kind in ("town", "county")}
        return frozenset(found)

    def _leaning(self, name: str, spans: Sequence[tuple[int, int]], known: Sequence[Located | None], at: int) -> Located | None:
        """Where something lies that no table knows: the town in its own name, the one named nearest, or else the state most named."""
        words = name.split()
        for length in range(len(words) - 1, 0, -1):
            for place in (words[len(words) - length :], words[:length]):
                if place[0][:1].isupper() and len(place[0]) > 3 and (found := _best(self.candidates(" ".join(place)), frozenset(), frozenset(), Counter(), ())):
                    towns = [one for one in known if one is not None and one.kind in ("town", "county")]
                    if found.kind == "town" and (found.population > 100_000 or any(distance(one, found.latitude, found.longitude) < 100 for one in towns)):
                        return replace(found, kind="near", score=_LEANING)
        for kinds, least in ((("town", "county"), _SURE), (("province",), 0.0), (("town", "county"), 0.0), (("state", "region"), 0.0)):
            near = [
                (abs(spans[other][0] - spans[at][0]), other) for other, one in enumerate(known) if one is not None and one.kind in kinds and one.score >= least
            ]
            if near:
                found = known[min(near)[1]]
                return replace(found, kind="near", score=_LEANING) if found else None
        return None


def _best(offered: Sequence[Located], held: frozenset[str], holding: frozenset[str], votes: Counter[str], settled: Sequence[Located]) -> Located | None:
    """The candidate with the most to say for it; of equals the larger."""
    most = max(votes.values(), default=1)
    named = {one.country for one in offered if one.kind == "province"}

    def worth(one: Located) -> float:
        found = one.score
        if one.kind != "state" and {one.country, one.division} & held:
            found += _HELD
        if one.kind == "province" and one.division in holding:
            found += _HELD
        found += _STATE * votes[one.country or ""] / most
        alone = one.country not in named  # a town does not gain by the province that it shares its name with
        if one.province and (alone or one.kind == "province"):
            found += _PROVINCE * votes[one.division] / most
        if alone and one.kind in ("town", "county") and any(distance(other, one.latitude, one.longitude) < _NEAR_KILOMETRES for other in settled):
            found += _NEAR
        return found

    return max(offered, key=lambda one: (worth(one), one.population, -(one.geonameid or 0)), default=None)


def _votes(names: Sequence[str], chosen: Sequence[Located | None]) -> _Votes:
    """A state or province named counts as three towns in it; each name once."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, one in zip(names, chosen, strict=True):
        if one is not None and one.country:
            votes = [(one.country, 3 if one.kind in ("state", "province") else 1)]
            if one.province:
                votes.append((one.division, 3 if one.kind == "province" else 1))
            found.setdefault(name.lower(), tuple(votes))
    return _Votes(found)


def _settled(offered: Mapping[str, Sequence[Located]], first: Sequence[Located | None], names: Sequence[str]) -> tuple[tuple[str, Located], ...]:
    """Towns and counties whose name means little else, with the name: what lies near them gains."""
    found = []
    for name, one in dict(zip(names, first, strict=True)).items():
        if one is not None and one.kind in ("town", "county"):
            others = (other for other in offered[name] if distance(other, one.latitude, one.longitude) > _NEAR_KILOMETRES)
            if all(one.score - other.score > _CLEAR for other in others):
                found.append((name, one))
    return tuple(found)


def _one_sense(names: Sequence[str], found: Sequence[Located | None], held: Sequence[frozenset[str]]) -> list[Located | None]:
    """One name has one meaning in a text: the one that was said plainly somewhere ('Edmonton, Alberta')."""
    plain: dict[str, Located] = {}
    for name, one, holders in zip(names, found, held, strict=True):
        if one is not None and {one.country, one.division} & holders:
            plain.setdefault(name.lower(), one)
    return [plain.get(name.lower(), one) for name, one in zip(names, found, strict=True)]


def _of_state(code: str, name: str) -> Located:
    latitude, longitude = middles().get(code, (0.0, 0.0))
    return Located(name=name, kind="state", latitude=latitude, longitude=longitude, country=code, score=_PRIORS["state"])


def _of_town(place: Place, more: float) -> Located:
    score = _A_ZERO * math.log10(place.population + 10) + more
    return Located(
        name=place.name, kind="town", latitude=place.latitude, longitude=place.longitude, country=place.country, population=place.population,
        geonameid=place.geonameid, score=score, province=nearest_province(place),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Division:
    country: str
    first: str
    second: str
    latitude: float
    longitude: float


@cache
def _divisions() -> tuple[_Division, ...]:
    found = []
    for line in (_HERE / "provinces.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        country, first, second, latitude, longitude = line.split("\t")
        at = None if second else _table()["land"].get(country, {}).get(first)
        found.append(_Division(country, first, second, *(at or (float(latitude), float(longitude)))))
    return tuple(found)


@cache
def _firsts() -> Mapping[str, tuple[_Division, ...]]:
    found: dict[str, list[_Division]] = defaultdict(list)
    for one in _divisions():
        if not one.second:
            found[one.country].append(one)
    return {country: tuple(many) for country, many in found.items()}


@cache
def _counties() -> Mapping[tuple[str, int, int], tuple[_Division, ...]]:
    """Second divisions by state and whole degrees."""
    found: dict[tuple[str, int, int], list[_Division]] = defaultdict(list)
    for one in _divisions():
        if one.second:
            found[one.country, int(one.latitude), int(one.longitude)].append(one)
    return {at: tuple(many) for at, many in found.items()}


@lru_cache(maxsize=4096)
def nearest_province(place: Place) -> str | None:
    """The first division in which a town probably lies: that of the nearest county, or whose middle is nearest; the gazetteer does not say."""
    country, latitude, longitude = place.country or "", int(place.latitude), int(place.longitude)
    around = [(country, latitude + north, longitude + east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
    many = [one for at in around for one in _counties().get(at, ())] or _firsts().get(country, ())
    scale = math.cos(math.radians(place.latitude)) ** 2
    nearest = min(many, key=lambda one: (one.latitude - place.latitude) ** 2 + scale * (one.longitude - place.longitude) ** 2, default=None)
    return nearest.first if nearest else None


@cache
def _capitals(fold: Callable[[str], str]) -> Mapping[str, frozenset[str]]:
    def of(state: State) -> frozenset[str]:
        return frozenset(simple(fold(name)) for names in state.capitals.values() for name in names)

    return {state.code: of(state) for state in states()}


@cache
def _own_regions(fold: Callable[[str], str]) -> Mapping[str, Located]:
    """The regions of geoparse.toml, which mean nothing else."""
    rows = _table()["regions"].items()
    score = _PRIORS["region"]
    return {fold(name): Located(name=name.title(), kind="region", latitude=float(at[0]), longitude=float(at[1]), score=score) for name, at in rows}


@cache
def _fixed(fold: Callable[[str], str]) -> Mapping[str, tuple[Located, ...]]:
    """Folded names of states, of the regions of places.toml, and of provinces and counties."""
    found: dict[str, list[Located]] = defaultdict(list)
    for state in states():
        for name in sorted({fold(one) for names in (state.names, state.elsewhere) for many in names.values() for one in many}):
            found[name].append(_of_state(state.code, state.name))
    for region in regions():
        place, town = region.place, region.place.kind == "town"
        one = Located(
            name=place.name, kind="town" if town else "region", latitude=place.latitude, longitude=place.longitude, country=place.country,
            score=8.0 if town else _PRIORS["region"],
        )  # fmt: skip
        for name in sorted({fold(form) for many in region.names.values() for form in many}):
            found[name].append(one)
    for division in _divisions():
        kind: Kind = "county" if division.second else "province"
        name = division.second or division.first
        one = Located(
            name=name, kind=kind, latitude=division.latitude, longitude=division.longitude, country=division.country, province=division.first,
            score=_PRIORS[kind],
        )  # fmt: skip
        short = [form for form, full in _table()["short"].get(division.country, {}).items() if full == name and not division.second]
        for form in sorted({fold(name), _GENERIC.sub("", fold(name)), *map(fold, short)}):
            found[form].append(one)
    return {name: tuple(many) for name, many in found.items()}
