"""The codes of the UCI Movie tables: categories and places, as doc.html of the set lists them."""

from __future__ import annotations

import re

__all__ = ["country", "genres_of"]

_CATEGORIES = {
    "actn": "action", "advt": "adventure", "avga": "avant-garde", "biop": "biography", "camp": "camp",
    "cart": "animation", "cnr": "crime", "comd": "comedy", "disa": "disaster", "docu": "documentary", "dram": "drama",
    "epic": "epic", "faml": "family", "fant": "fantasy", "hist": "history", "horr": "horror", "musc": "musical",
    "myst": "mystery", "noir": "film-noir", "porn": "adult", "romt": "romance", "scfi": "sci-fi", "surl": "surreal",
    "susp": "thriller", "west": "western",
}  # fmt: skip

_MISSPELT = {
    "act": "actn", "adct": "advt", "bio": "biop", "cnd": "comd", "com": "comd", "cond": "comd", "c0md": "comd",
    "crim": "cnr", "cr": "cnr", "draam": "dram", "drm": "dram", "duco": "docu", "ducu": "docu", "hhorr": "horr",
    "hor": "horr", "muusc": "musc", "porm": "porn", "rom": "romt", "ront": "romt", "scif": "scfi", "sf": "scfi",
    "surr": "surl", "sup": "susp",
}  # fmt: skip
"""Spellings that occur and can mean only one code."""

_TOKEN = re.compile(r"[a-z0-9]+")
_NO_GENRE = frozenset({"tv", "tvs", "tvm"})

_PLACES = {
    "Argentina": "ar", "Australia": "au", "Austria": "os", "Belgium": "be", "Brazil": "bz", "Canada": "ca",
    "China": "ch", "Czechoslovakia": "cz", "Denmark": "da", "France": "fr", "Germany": "ge w.germany frg",
    "Greece": "gr", "Hong Kong": "hk", "Hungary": "hu", "India": "in", "Ireland": "ir", "Italy": "it", "Japan": "ja",
    "Mexico": "me", "Netherlands": "du holland", "Norway": "", "Peru": "pe", "Poland": "", "South Africa": "sa",
    "Soviet Union": "ru ussr", "Spain": "sp", "Sweden": "", "Switzerland": "zw", "Taiwan": "",
    "United Kingdom": "gb g.b. england", "United States of America": "am us usa", "Yugoslavia": "yu",
}  # fmt: skip
_COUNTRIES = {
    name: country for country, codes in _PLACES.items() for name in (country.casefold(), *codes.split()) if name
}


def genres_of(cell: str) -> tuple[list[str], bool]:
    """The genres in a cell of category codes (``Romt,Comd``), and whether the spelling of one had to be mended."""
    tokens = [token for token in _TOKEN.findall(cell.casefold().replace("s.f.", "scfi")) if token not in _NO_GENRE]
    read = [[token] if token in _CATEGORIES else _read(token) for token in tokens]
    # A cell that has slipped here from another column may hold such a word by chance: "IO; West; T(1929)".
    if not read or (not read[0] and 2 * sum(map(bool, read)) < len(read)):
        return [], False
    mended = any(codes and codes != [token] for token, codes in zip(tokens, read, strict=True))
    return [_CATEGORIES[code] for codes in read for code in codes], mended


def _read(token: str) -> list[str]:
    """Codes in a token that is none: two run together, one with letters after it, or one misspelt."""
    if len(token) == 8 and {token[:4], token[4:]} & _CATEGORIES.keys():
        return [half for half in (token[:4], token[4:]) if half in _CATEGORIES]
    if len(token) in {5, 6} and token[:4] in _CATEGORIES:
        return [token[:4]]
    return [_MISSPELT[token]] if token in _MISSPELT else []


def country(studio: str) -> str | None:
    """The country in a studio cell that names a place instead (``SL:Fr``), or None; cities are not countries."""
    found = re.search(r"\bSL:\s*([A-Za-z. ]+)", studio)
    return _COUNTRIES.get(found[1].strip().casefold()) if found else None
