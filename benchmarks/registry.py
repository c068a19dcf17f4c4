"""Which module measures which set. A module has `measure(name, folder, *, split, limit)`, which gives figures, and `lines(name, figures)`, which tells them.

Figures are one JSON object with `headline`, from 0 to 1, `errors` (lines for people: what is not right) and, where the set has cases of its own, `cases`
(the case to what it got, from 0 to 1).
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

MODULES = {
    "gold_open": "gold_sets",
    "gold_seeds": "gold_sets",
    "own_gold": "gold_sets",
    "gold_record": "gold_record",
    "plover_gsr": "plover_gsr",
    "plv_relations": "plv_relations",
    "polnear": "polnear",
    "geoparsing": "geoparsing",
    "actor_codes": "actor_codes",
    "meantime": "meantime",
    "ecbplus": "ecbplus",
    "case21_ground": "case21_ground",
    "transliteration": "transliteration",
    "arabic_plover": "arabic_plover",
    "cameo_validation": "cameo_validation",
    "timelines": "timelines",
    "re3d": "re3d",
    "ner_news": "names",
    "ner_wiki": "names",
    "timex": "times",
    "meantime_times_en_es": "times",
    "ntrex_docs": "consistency",
    "copies": "copies",
    "story_clusters": "stories",
    "news_events": "stories",
    "name_match": "name_match",
    "web_article": "web_article",
    "web_date": "web_date",
}


def module_of(name: str) -> ModuleType:
    """The module that measures a set, loaded when it is asked for."""
    return import_module(f"benchmarks.{MODULES[name]}")


def file_set(name: str) -> str:
    """The set whose file a measure reads: copies are looked for among the translations."""
    return {"copies": "ntrex_docs"}.get(name, name)
