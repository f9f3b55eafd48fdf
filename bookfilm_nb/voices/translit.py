"""Latin words in Cyrillic, and the names of single letters, so that a Russian voice can say them."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["said_in_russian", "spelled"]

_GROUPS = {
    "shch": "щ", "sch": "ш", "tch": "ч", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ph": "ф", "th": "т", "ck": "к",
    "ts": "ц", "tz": "ц", "qu": "кв", "oo": "у", "ee": "и", "ea": "и", "ou": "у", "ow": "оу", "ay": "ей", "ai": "ей",
    "ei": "ей", "ey": "ей", "oi": "ой", "oy": "ой", "au": "о", "aw": "о", "eu": "ё", "ew": "ью", "ya": "я", "yu": "ю",
    "yo": "ё", "ye": "е", "ia": "ия", "wh": "у", "gh": "г",
}  # fmt: skip
_LETTERS = {
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "дж", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "в", "x": "кс", "y": "и", "z": "з",
}  # fmt: skip
_SOFT = frozenset("eiy")
_PIECE = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)) + "|[a-z]")
_DOUBLE = re.compile(r"([bcdfgjklmnpqrstvwxz])\1")

_NAMES = {
    "а": "а", "б": "бэ", "в": "вэ", "г": "гэ", "д": "дэ", "е": "е", "ё": "ё", "ж": "жэ", "з": "зэ", "и": "и",
    "й": "и краткое", "к": "ка", "л": "эль", "м": "эм", "н": "эн", "о": "о", "п": "пэ", "р": "эр", "с": "эс", "т": "тэ",
    "у": "у", "ф": "эф", "х": "ха", "ц": "цэ", "ч": "че", "ш": "ша", "щ": "ща", "ъ": "твёрдый знак", "ы": "ы",
    "ь": "мягкий знак", "э": "э", "ю": "ю", "я": "я",
}  # fmt: skip


def said_in_russian(word: str) -> str:
    """A Latin word in Cyrillic letters, roughly as it sounds; "Whist" as "Уист"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).lower()
    plain = _DOUBLE.sub(r"\1", plain.replace("'", ""))
    if len(plain) > 3 and plain.endswith("e") and plain[-2] not in "aeiouy":
        plain = plain[:-1]
    said: list[str] = []
    for match in _PIECE.finditer(plain):
        piece = match[0]
        if piece == "c" and plain[match.end() : match.end() + 1] in _SOFT:
            said.append("с")
        elif piece == "y" and match.start() == 0:
            said.append("й")
        else:
            said.append(_GROUPS.get(piece) or _LETTERS[piece])
    cyrillic = "".join(said)
    return cyrillic.capitalize() if word[:1].isupper() else cyrillic


def spelled(letters: str) -> str:
    """Cyrillic letters by their names, "СССР" as "эс эс эс эр"."""
    return " ".join(_NAMES[letter] for letter in letters.lower() if letter in _NAMES)
