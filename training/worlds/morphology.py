"""Inflection from tables, and Turkish suffixes from the sounds before them.

A table `cases.tsv` holds `case, gender or *, ending (regular expression), replacement`; the first line that fits a word inflects it, and a word that no
line fits stays as it is (which is right for most foreign names in the languages told here).
"""

import re
from functools import lru_cache
from pathlib import Path

VOWELS = "aeıioöuüâîû"
BACK = "aıouâû"
VOICELESS = "fstkçşhp"
POSSESSED = re.compile(
    r"(ğı|ği|ğu|ğü|sı|si|su|sü|leri|ları|eti|gücü|örgütü|konseyi|kurulu|meclisi|komisyonu|ordusu|fonu|programı|kulübü|merkezi|cephesi|kuvveti|takımı|ofisi|kartı|başkanı|bakanı|sözcüsü|elçisi|zirvesi)$"
)


class Inflector:
    """The inflection table of one language."""

    def __init__(self, path: Path) -> None:
        self._rules: list[tuple[str, str, re.Pattern[str], str]] = []
        if path.exists():
            for raw in path.read_text(encoding="utf-8").splitlines():
                if raw and not raw.startswith("#"):
                    case, gender, ending, become = [*raw.split("\t"), ""][:4]
                    self._rules.append((case, gender, re.compile(ending), become))
        self._word = lru_cache(maxsize=50_000)(self._inflect_word)

    def inflect(self, text: str, case: str, gender: str) -> str:
        """Every word of `text` in `case`; the nominative, and an unknown case, change nothing."""
        if not case or case == "nom":
            return text
        return " ".join(self._word(word, case, gender) for word in text.split(" "))

    def _inflect_word(self, word: str, case: str, gender: str) -> str:
        for wanted, sex, ending, become in self._rules:
            if wanted == case and sex in ("*", gender) and ending.search(word):
                return ending.sub(become, word, count=1)
        return word


def turkish_suffix(before: str, shape: str, *, proper: bool) -> str:
    """The suffix `shape` (DA, DAn, A, I, In, lA, lI, ki …) after the text `before`.

    A capital A or I is a vowel in harmony, D hardens after a voiceless consonant, a buffer letter appears after a vowel:
    Ankara + DA = "'da", Fidan + In = "'ın", Birliği + A = "'ne".
    """
    word = re.split(r"[\s(]", before.rstrip('”’"»)'))[-1].lower().replace("i̇", "i")
    sounds = [char for char in word if char in VOWELS]
    last = sounds[-1] if sounds else "e"
    if word.isupper() or before[-3:].isupper():
        last = {"k": "e"}.get(word[-1], last if word[-1] in VOWELS else "e")
    back, rounded = last in BACK, last in "oöuü"
    vowel_final = word[-1:] in VOWELS
    possessed = vowel_final and proper and " " in before.strip() and POSSESSED.search(word) is not None
    high = {(True, False): "ı", (True, True): "u", (False, False): "i", (False, True): "ü"}[back, rounded]
    low = "a" if back else "e"
    buffer = ""
    if vowel_final:
        if possessed and shape[0] in "AID" and shape != "In":
            buffer = "n"
        elif shape[0] in "AI":
            buffer = "n" if shape == "In" else "y"
        elif shape == "lA":
            buffer = "y"
    hard = word[-1:] in VOICELESS and not buffer
    letters = [{"A": low, "I": high, "D": "t" if hard else "d"}.get(char, char) for char in shape]
    return ("'" if proper else "") + buffer + "".join(letters)
