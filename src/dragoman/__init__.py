"""Dragoman reads news reports about diplomacy and keeps one sourced record of them.

    import dragoman

    reading = dragoman.read("…", published="2025-10-12")
    with dragoman.open("my.db") as record:
        record.add("articles.jsonl")
        record.timeline(between=("TUR", "SYR"))

The names below stay; what is imported from modules beneath may change. Nothing heavy is loaded before a name is used.
"""

from importlib import import_module as _module

__version__ = "0.1.0"

# Where each public name lives; their types are in __init__.pyi.
_HOMES = {
    "dragoman.api.reading": ("Reading", "read", "read_files"),
    "dragoman.api.record": ("Added", "Record", "open"),
    "dragoman.api.timeline": ("Event", "EventDossier", "Timeline"),
    "dragoman.model.config": ("Config",),
    "dragoman.model.errors": (
        "Ambiguous", "BinaryInput", "ConfigError", "DragomanError", "EmptyInput", "EngineError", "InputError", "ModelMissing", "NotFound", "StoreError",
        "TooLarge",
    ),
    "dragoman.model.reading": (
        "Article", "Commitment", "Entity", "EventReport", "Mention", "OfficeHolding", "Participation", "Statement", "Trouble", "When",
    ),
    "dragoman.model.spans": ("Span",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["__version__", *sorted(_HOME_OF)]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'dragoman' has no name '{name}'")
    found = getattr(_module(_HOME_OF[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
