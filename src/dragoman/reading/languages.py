"""Which language a text is in, among those that news about diplomacy is written in."""

from __future__ import annotations

from functools import cache
from typing import Any

# The languages to which the identifier is limited: unlimited, it loses three headlines in a hundred. Serbian in Latin letters is taken for Croatian.
CANDIDATES = ("ar", "az", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "hy", "it", "ja", "ka", "ko", "nl", "no",
              "pl", "pt", "ro", "ru", "sk", "sr", "sv", "tr", "uk", "zh")  # fmt: skip
# Enough to tell a language; more only costs time.
_SAMPLE = 3_000


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(CANDIDATES))
    return identifier


def identify(text: str) -> tuple[str, float]:
    """The ISO 639-1 code of the text's language and how sure that is, 0 to 1; ('und', 0.0) where it holds no letters."""
    sample = text[:_SAMPLE]
    if not any(character.isalpha() for character in sample):
        return "und", 0.0
    code, score = _identifier().classify(sample)
    return str(code), float(score)


def name_of(code: str) -> str:
    """The English name of a language, or a phrase for one that is unknown: name_of("de") == "German"."""
    from babel import Locale, UnknownLocaleError

    if code == "und":
        return "a language that could not be told"
    try:
        return Locale("en").languages.get(code) or Locale(code).english_name or code
    except (UnknownLocaleError, ValueError):
        return f"'{code}'"
