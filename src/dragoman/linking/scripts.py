"""A name of any script as Latin letters that tell how it sounds.

Arabic script and Hebrew write no short vowels: their letters are kept as consonants ("bare", with capitals for letters that are consonant or long vowel),
beside the vowelled spelling that knowledge.romanise has for Arabic script.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from anyascii import anyascii

from dragoman.knowledge.romanise import romanise

_ARABIC = re.compile(r"[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_HEBREW = re.compile(r"[\u05d0-\u05f4]")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_OTHER = re.compile(r"[\u0370-\u1dff\u2c00-\ua71f\uaa00-\uab2f\uac00-\ud7a3\ufb00-\uffff]")
# Arabic letters are read out in French spelling, whose c is an s before some vowels and else a k; c alone could be either, and a j.
_FRENCH_C = re.compile(r"[cC](?!h)")
# What Spanish writes j and, where a word begins, y; there or between vowels: Nayib.
_SPANISH = (re.compile(r"[jJ]|(?<![^\W_])[yY](?=[aeiouáéíóú])"), re.compile(r"[jJ]|(?<![b-df-hj-np-tv-xzñ])[yY](?=[aeiouáéíóú])", re.IGNORECASE))
# Between the words of a name in Chinese or Japanese that is none of their own.
_DOTS = re.compile(r"[·・•‧∙･]")
# Of a name in the reader's script with a small letter before a capital, 'AlisherUsmanov', 'ElBaradei': a word of its own, if of two letters or more.
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})|(?<=\b[AE]l)(?=[A-Z][a-z]{2})")


@dataclass(frozen=True, slots=True)
class Sounded:
    """One way to read a name: `text` in Latin letters, words parted by spaces and hyphens; `bare` where its vowels are not written.

    `own` is whether the script's order is family name first (王毅, 김정은), `latin` whether it was written in Latin letters.
    """

    text: str
    bare: bool = False
    own: bool = False
    latin: bool = False


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "scripts.toml").read_text(encoding="utf-8"))


@cache
def _letters(script: str) -> dict[int, str]:
    table = {ord(letter): sound for letter, sound in _tables()[script].items()}
    return table | {
        ord(chr(code).upper()): sound.capitalize() for code, sound in table.items() if len(chr(code).upper()) == 1 and script in ("latin", "cyrillic")
    }


def is_other_script(name: str) -> bool:
    """Whether a name is written in other letters than Latin ones, or some of it is."""
    return bool(_OTHER.search(name))


def with_sounds(spellings: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The spellings of a foreign name, and how it sounds where the language has no letters for that: Spanish writes Khamenei 'Jamenei', Jibril 'Yibril'."""
    if language != "es":
        return spellings
    return tuple(dict.fromkeys((*spellings, *(letters.sub(_of_spanish, name) for letters in _SPANISH for name in spellings))))


def _of_spanish(found: re.Match[str]) -> str:
    sound = "kh" if found[0] in "jJ" else "j"
    return sound.capitalize() if found[0].isupper() else sound


def sounded(name: str) -> tuple[Sounded, ...]:
    """Every way to read a name, the one to show first; sounded("王毅")[0].text == "wang yi"."""
    name = unicodedata.normalize("NFC", "".join(letter for letter in name if unicodedata.category(letter) != "Cf"))
    if _ARABIC.search(name):
        return _arabic(name)
    if _HEBREW.search(name):
        return (Sounded(_bare(name, "hebrew"), bare=True),)
    if _HAN.search(name) or _HANGUL.search(name):
        return _unspaced(name)
    return (Sounded(_latin(name), latin=not is_other_script(name)),)


def _latin(name: str) -> str:
    """Latin, Cyrillic, Greek, kana and the rest, in small ASCII letters, hyphens, commas and full stops kept."""
    if _GREEK.search(name):
        name = _greek(name)
    name = _DOTS.sub(" ", name).translate(_letters("latin")).translate(_letters("cyrillic"))
    # The marks of kana are no accents: バ is no ハ.
    base = "".join(letter if _KANA.match(letter) else _without_marks(letter) for letter in unicodedata.normalize("NFKC", name))
    return _CAMEL.sub(" ", anyascii(base)).replace("'", "").replace('"', " ")


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _greek(name: str) -> str:
    base = _without_marks(name.lower())
    for written, sound in _tables()["greek"].items():
        base = base.replace(written, sound)
    return base


def _arabic(name: str) -> tuple[Sounded, ...]:
    spelt = romanise(name)
    letters = Sounded(_bare(name, "arabic"), bare=True)
    return (Sounded(_FRENCH_C.sub(_of_french, _latin(spelt))), letters) if spelt else (letters,)


def _of_french(found: re.Match[str]) -> str:
    sound = "s" if found.string[found.end() : found.end() + 1] in tuple("eiy") else "k"
    return sound.capitalize() if found[0].isupper() else sound


def _bare(name: str, script: str) -> str:
    base = "".join(letter for letter in unicodedata.normalize("NFKC", name) if not unicodedata.combining(letter))
    words = re.split(r"[\s\-\u2010-\u2015·.]+", base)
    return " ".join(filter(None, (_bare_word(word, script) for word in words)))


def _bare_word(word: str, script: str) -> str:
    """One word: 'ال' is parted from it, and a 'ה' or 'ه' stays where it is a consonant or an end."""
    before = ""
    if script == "arabic":
        for written, sound in _tables()["arabic_before"].items():
            if word.startswith(written) and (len(word) - len(written) >= 3 or word == written):
                before, word = sound, word[len(written) :]
                break
    if script == "hebrew":
        word = word.replace("וו", "ו").replace("יי", "י")
    letters = anyascii("".join(_letters(script).get(ord(letter), letter) for letter in word)).replace("'", "").replace("`", "")
    return f"{before}-{letters}" if before and letters else before or letters


def _unspaced(name: str) -> tuple[Sounded, ...]:
    """Chinese and Korean: each character a word, the family's first; where dots part the words it is a foreign name, each word as one."""
    if _DOTS.search(name):
        return (Sounded(" ".join("".join(_syllables(word)) for word in _DOTS.split(name))),)
    compact = name.replace(" ", "")
    pairs = _two_characters()
    first = compact[:2] if compact[:2] in pairs and len(compact) > 2 else compact[:1]
    words = ["".join(_syllables(first)), *_syllables(compact[len(first) :])]
    split = Sounded(" ".join(words), own=True)
    return (split, Sounded("".join(words))) if len(words) > 1 else (split,)


@cache
def _two_characters() -> frozenset[str]:
    table = tomllib.loads((Path(__file__).parent / "particles.toml").read_text(encoding="utf-8"))
    return frozenset(table["two_characters"])


@lru_cache(maxsize=50_000)
def characters(name: str) -> str | None:
    """The characters of a name that is all Chinese or all Korean, older ones as simplified; None of any other name."""
    compact = "".join(letter for letter in name if letter.isalnum())
    if not compact or not all(_HAN.match(letter) or _HANGUL.match(letter) for letter in compact):
        return None
    return compact.translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in _tables()["han"]["pairs"]}


def _syllables(text: str) -> list[str]:
    return [sound for letter in text if (sound := anyascii(letter).strip().lower())]
