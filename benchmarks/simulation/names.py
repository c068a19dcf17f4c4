"""Invented people's names: sounds of a culture, and how the desks of each language write them.

    sounds ('kh','aa','l','i','d') ──table of the language and the desk's habits──▶ 'Khalid' 'Khaled' 'Halid' 'Jalid' 'خالد'

No name is taken from anybody: surnames are drawn from roots and endings, so that two are alike by chance as seldom as in life, and some are shared.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_SOUND = re.compile(r"sh|ch|zh|kh|gh|ts|th|aa|ii|uu|ay|.")
_VOWELS = frozenset(("a", "e", "i", "o", "u", "aa", "ii", "uu", "ay", "ı", "ö", "ü"))
# Sounds that another language may write with one letter: two names of one skeleton could be one person's.
_CLASSES = str.maketrans({"b": "p", "d": "t", "g": "k", "q": "k", "z": "s", "v": "w", "f": "w", "y": "", "h": "", "'": "", " ": ""})
_CLASS_OF = {"sh": "s", "ch": "s", "zh": "s", "ts": "s", "kh": "", "gh": "k", "j": "s", "c": "s", "ç": "s", "ş": "s", "ğ": ""}

_GIVEN = {
    "arabic": "khaalid yuusuf naasir mansuur taariq saalim bassaam haytham riyaad waliid faysal jamaal kariim ziyaad hishaam muniir shaakir rashiid",
    "slavic": "andrey boris viktor dmitriy gleb igor kirill leonid maksim nikolay oleg pavel roman sergey timur yuriy zahar stanislav",
    "turkic": "kemal burak cengiz devlet erkan ferhat gökhan hakan ilker korkut levent murat nihat orhan rıza serdar tolga volkan",
    "caucasian": "aram davit giorgi hayk irakli levan mikheil nikol otar ruben suren tigran vahan zurab karen gagik armen shota",
    "african": "abiy bekele chike desta emeka kofi kwame lindi moses nuru oumar sekou tesfa thabo wanja yaw zuberi kamau",
    "latin": "adrian bruno carlo daniel emil fabian gustav hugo ivan jonas klaus lukas marten niels oskar peter robert simon",
}
_ROOTS = {
    "arabic": "baraak diir fahham ghaazil habbash jahwar khattaab maalik nuqraash qaabil rashd saftaal shayb tamiim wazzaz zahr sulm",
    "slavic": "bragin cherin gorel dobrin klem lavrent mezhen nezhd orlin pester rybal sokol tever ushak vorot zharkin yakush tsvet",
    "turkic": "akbul balkan demir eren gürsel karabey özkan polat sarık şimşe taşkın türkmen uzbay yalçın yıldır coşkun çelike",
    "caucasian": "abash berid chikov dolap gogol hakop karap lomid margar nazar petros sarkis tovmas ugul vardan zalkal miket",
    "african": "adeb bochan chakwe dalami gebre kagam lutun mabele nikosi okafo ruto sangar chiseke uhur wolde bizim mutal",
    "latin": "barat caval dornel fisker garran helmut janis korvin lindan moret nordal pellegar kintar rosend sartor talman valent wester",
}
_ENDINGS = {
    "arabic": ("", "ii", "aawii", "aanii", "uunii"),
    "slavic": ("ov", "enko", "skiy", "in", "uk"),
    "turkic": ("", "oğlu", "er", "soy", "kaya"),
    "caucasian": ("ian", "idze", "shvili", "yan", "ava"),
    "african": ("", "a", "u", "iye", "ani"),
    "latin": ("ini", "berg", "sen", "ard", "ero"),
}
_SEEDS = "bdfghjklmnprstvz"
# Arabic has no p, v or hard g: no desk could know them again in Arabic letters.
_SEEDS_OF = {"arabic": "bdfhjklmnrstz"}
_CHANGED = 0.75
# How sounds are written: those of Arabic, Slavic and Caucasian names by each language; what is not listed stays.
_WRITTEN = {
    "en": {"aa": "a", "ii": "i", "uu": "u", "ay": "ai", "zh": "zh"},
    "fr": {"aa": "a", "ii": "i", "uu": "ou", "u": "ou", "sh": "ch", "j": "dj", "ay": "aï", "zh": "j", "ch": "tch", "w": "ou"},
    "es": {"aa": "a", "ii": "i", "uu": "u", "sh": "sh", "j": "y", "ay": "ai", "zh": "zh", "kh": "j"},
    "tr": {"aa": "a", "ii": "i", "uu": "u", "sh": "ş", "j": "c", "ay": "ay", "zh": "j", "ch": "ç", "kh": "h", "gh": "g", "q": "k", "w": "v"},
}
_LATIN_OF_TURKISH = str.maketrans({"ş": "s", "ç": "c", "ğ": "g", "ı": "i", "ö": "o", "ü": "u"})
_ARABIC = {
    "aa": "ا", "ii": "ي", "uu": "و", "ay": "ي", "sh": "ش", "ch": "تش", "zh": "ج", "kh": "خ", "gh": "غ", "ts": "تس", "th": "ت", "b": "ب", "c": "ك", "d": "د",
    "f": "ف", "g": "غ", "h": "ه", "j": "ج", "k": "ك", "l": "ل", "m": "م", "n": "ن", "p": "ب", "q": "ق", "r": "ر", "s": "س", "t": "ت", "v": "ف", "w": "و",
    "x": "كس", "y": "ي", "z": "ز", "ş": "ش", "ç": "تش", "ğ": "غ",
}  # fmt: skip
_ARABIC_VOWELS = {"a": "ا", "e": "ي", "i": "ي", "o": "و", "u": "و", "ı": "ي", "ö": "و", "ü": "و"}
_FIRST_VOWEL = {"e": "إ", "i": "إي", "ı": "إ", "o": "أو", "u": "أو", "ö": "أو", "ü": "أو"}
_TURKISH_C = "ج"


@dataclass(frozen=True, slots=True)
class PersonName:
    """Given name and surname as sounds of a culture; `article` where the surname has 'al-' before it."""

    culture: str
    given: str
    surname: str
    article: bool = False

    @property
    def skeleton(self) -> tuple[str, str]:
        """Consonants of both, those that languages mix up as one."""
        return skeleton(self.given), skeleton(self.surname)


def skeleton(word: str) -> str:
    """The consonants of a name, one for all that are easily taken for one another, doubles once."""
    found = "".join(_CLASS_OF.get(sound, sound).translate(_CLASSES) for sound in _SOUND.findall(word) if sound not in _VOWELS)
    return re.sub(r"(.)\1+", r"\1", found)


def draw(drawn: random.Random, culture: str) -> PersonName:
    """A name of a culture; drawn again by the caller where another has its skeleton."""
    root = drawn.choice(_ROOTS[culture].split())
    # Mostly another root of the same kind: one consonant of it is changed, that stands alone between vowels or before one.
    sounds = _SOUND.findall(root)
    seeds = _SEEDS_OF.get(culture, _SEEDS)
    alone = [at for at, sound in enumerate(sounds[:-1]) if sound in seeds and not {*sounds[max(0, at - 1) : at], sounds[at + 1]} - _VOWELS]
    if alone and drawn.random() < _CHANGED:
        sounds[drawn.choice(alone)] = drawn.choice(seeds)
        root = "".join(sounds)
    surname = root + drawn.choice(_ENDINGS[culture])
    return PersonName(culture, drawn.choice(_GIVEN[culture].split()), surname, article=culture == "arabic" and drawn.random() < 0.6)


def written(name: PersonName, language: str, habit: int) -> tuple[str, str]:
    """Given name and surname as a desk of that language writes them; `habit` is a number of the desk whose bits choose among usual spellings."""
    if language == "ar":
        given, surname = _arabic(name.given, name.culture), _arabic(name.surname, name.culture)
        return given, f"ال{surname}" if name.article else surname
    given, surname = (_latin(part, name.culture, language, habit) for part in (name.given, name.surname))
    if name.article:
        joint = {"tr": ("el-", "El "), "fr": ("al-", "Al-"), "es": ("al ", "Al "), "en": ("al-", "Al-", "al ")}[language]
        surname = joint[habit % len(joint)] + surname
    return given, surname


def _latin(word: str, culture: str, language: str, habit: int) -> str:
    if culture in ("latin", "african"):
        return word.capitalize()
    if culture == "turkic":
        # 'İlker' where the language has the letter; elsewhere the marks of Turkish are left out, as most desks do
        if language == "tr":
            return ("İ" if word[0] == "i" else word[0].upper()) + word[1:]
        return word.translate(_LATIN_OF_TURKISH).capitalize()
    table = dict(_WRITTEN[language])
    if culture == "slavic" and word.endswith("iy"):
        word = word[:-2] + ("y" if language in ("en", "tr") and habit & 1 else "i")
    if culture == "arabic" and language in ("en", "fr", "es"):
        if habit & 2:
            table["q"] = "k"
        if habit & 4:
            table |= {"i": "e"}
        if habit & 8:
            table |= {"ay": "ei" if language == "en" else "ay"}
    found = "".join(table.get(sound, sound) for sound in _SOUND.findall(word))
    return ("İ" if language == "tr" and found[0] == "i" else found[0].upper()) + found[1:]


def _arabic(word: str, culture: str) -> str:
    """In Arabic letters: of Arabic names short vowels are not written, of others nearly all are."""
    found = []
    sounds = _SOUND.findall(f"{word[:-2]}i" if culture == "slavic" and word.endswith("iy") else word)
    for at, sound in enumerate(sounds):
        if sound in _VOWELS and sound not in _ARABIC:
            if at == 0:
                found.append(_FIRST_VOWEL.get(sound, "أ"))
            elif culture != "arabic" and (sound != "e" or _is_open(sounds, at)):
                found.append(_ARABIC_VOWELS[sound])
        elif culture == "turkic" and sound == "v" and at and sounds[at - 1] in "ae" and at + 1 < len(sounds) and sounds[at + 1] not in _VOWELS:
            # 'Devlet' is دولت
            found.append(_ARABIC["w"])
        elif culture == "turkic" and sound == "c":
            found.append(_TURKISH_C)
        elif culture != "arabic" and sound == "ay" and at:
            # 'Kaya' is كايا, 'Faysal' فيصل
            found.append(_ARABIC["aa"] + _ARABIC["ay"])
        elif sound in _ARABIC and (at == 0 or sounds[at - 1] != sound):
            found.append(_ARABIC[sound])
    return "".join(found)


def _is_open(sounds: list[str], at: int) -> bool:
    """Whether the vowel ends its syllable: زيلينسكي writes the first two, ستولتنبرغ leaves both of its own out."""
    return len(sounds) <= at + 1 or (len(sounds) > at + 2 and sounds[at + 2] in _VOWELS)
