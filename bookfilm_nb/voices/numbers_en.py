"""English numbers, dates, sums, Roman numerals and abbreviations as words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .roman import ROMAN, roman_value

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LAST", "RULES", "cardinal", "ordinal", "year"]

_LONGEST = 15
"""Digits; a longer row is read digit by digit."""

_TITLES = {
    "Mr": "Mister", "Mrs": "Missis", "Ms": "Miz", "Dr": "Doctor", "Messrs": "Messers", "Prof": "Professor",
    "Capt": "Captain", "Col": "Colonel", "Gen": "General", "Lt": "Lieutenant", "Lieut": "Lieutenant",
    "Maj": "Major", "Sgt": "Sergeant", "Sergt": "Sergeant", "Cpl": "Corporal", "Adm": "Admiral",
    "Rev": "Reverend", "Hon": "Honourable", "Gov": "Governor", "Sen": "Senator", "Supt": "Superintendent",
    "Mme": "Madame", "Mlle": "Mademoiselle", "Fr": "Father", "Mt": "Mount", "St": "Saint", "Ste": "Saint",
}  # fmt: skip
_SHORT = {
    "Jr.": "Junior", "Sr.": "Senior", "Esq.": "Esquire", "Co.": "Company", "Ltd.": "Limited", "Bros.": "Brothers",
    "etc.": "et cetera", "&c.": "et cetera", "e.g.": "for example", "i.e.": "that is", "viz.": "namely",
    "vs.": "versus", "cf.": "compare", "ibid.": "ibidem", "a.m.": "A M", "p.m.": "P M", "A.M.": "A M", "P.M.": "P M",
    "A.D.": "A D", "B.C.": "B C", "Ave.": "Avenue", "Rd.": "Road", "Sq.": "Square", "vol.": "volume",
    "Vol.": "Volume", "ch.": "chapter", "Ch.": "Chapter", "fig.": "figure", "Fig.": "Figure", "pp.": "pages",
    "Jan.": "January", "Feb.": "February", "Aug.": "August", "Sept.": "September", "Oct.": "October",
    "Nov.": "November", "Dec.": "December", "dept.": "department", "Dept.": "Department", "ft.": "feet",
    "lb.": "pounds", "lbs.": "pounds", "oz.": "ounces", "yds.": "yards",
}  # fmt: skip
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONEY = {"$": ("dollar", "cent"), "£": ("pound", "penny"), "€": ("euro", "cent"), "₽": ("rouble", "kopeck")}
_PLURAL = {"penny": "pence"}
_UNITS = {
    "km": "kilometre", "cm": "centimetre", "mm": "millimetre", "kg": "kilogram", "mph": "miles an hour",
    "ft": "foot", "lb": "pound", "lbs": "pound", "oz": "ounce", "yd": "yard", "m": "metre", "g": "gram",
}  # fmt: skip
_UNIT_PLURALS = {"foot": "feet", "miles an hour": "miles an hour"}
_NOT_COUNTED = "was|is|his|this|as|has|perhaps|always"
"""Words on -s that may follow a year; after another one ("1500 horses") the number counts things."""
_FRACTIONS = {2: "half", 4: "quarter"}
_CALLED = (
    "Chapter|CHAPTER|Book|BOOK|Part|PART|Volume|VOLUME|Act|ACT|Scene|SCENE|Section|SECTION|Canto|Letter|LETTER|"
    "Stave|STAVE|Article|Appendix|Stage|Phase|chapter|book|part|volume|act|scene|section"
)
_RULERS = (
    "Louis|Henry|George|Charles|James|William|Edward|Richard|Philip|Francis|Frederick|Elizabeth|Mary|Catherine|"
    "Nicholas|Alexander|Peter|Paul|Ivan|Leo|Pius|Gregory|Innocent|Clement|Benedict|Urban|John|Henri|Otto|Ludwig|"
    "Leopold|Ferdinand|Napoleon|Victor|Wilhelm|Joseph|Ramses|Christian|Gustav|Albert|Robert|David|Malcolm|Anne"
)


@cache
def cardinal(number: int) -> str:
    """847 as "eight hundred and forty-seven"."""
    from num2words import num2words

    return _plain(num2words(number, lang="en"))


@cache
def ordinal(number: int) -> str:
    """21 as "twenty-first"."""
    from num2words import num2words

    return _plain(num2words(number, lang="en", to="ordinal"))


@cache
def year(number: int) -> str:
    """1847 as "eighteen forty-seven", 1905 as "nineteen oh five", 2007 as "two thousand and seven"."""
    century, rest = divmod(number, 100)
    if century % 10 == 0 and rest < 10:
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def _plain(words: str) -> str:
    return words.replace(",", "")


def _digits(row: str) -> str:
    return " ".join(cardinal(int(digit)) for digit in row)


def _whole(row: str) -> str:
    """A row of digits, with or without commas, as words."""
    bare = row.replace(",", "")
    if len(bare) > _LONGEST or (len(bare) > 1 and bare[0] == "0"):
        return _digits(bare)
    return cardinal(int(bare))


def _amount(row: str) -> str:
    """A row of digits that may have a decimal part."""
    whole, _, part = row.partition(".")
    return _whole(whole) + (f" point {_digits(part)}" if part else "")


def _many(row: str, one: str, many: str) -> str:
    return one if row in {"1", "01"} else many


def _time(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 24 or minute > 59:
        return None
    half = match["half"]
    spoken = f" {half[0].upper()} M" if half else ""
    if minute == 0:
        return cardinal(hour) + (spoken or " o'clock")
    return f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}{spoken}"


def _money(match: re.Match[str]) -> str:
    unit, part_unit = _MONEY[match["sign"]]
    whole, part, scale = match["whole"], match["part"], match["scale"]
    if scale:
        return f"{_amount(whole + (f'.{part}' if part else ''))} {scale} {unit}s"
    words = f"{_whole(whole)} {_many(whole, unit, unit + 's')}"
    if part and len(part) == 2 and int(part):
        words += f" and {cardinal(int(part))} {_many(part, part_unit, _PLURAL.get(part_unit, part_unit + 's'))}"
    return words


def _unit(match: re.Match[str]) -> str:
    one = _UNITS[match[2]]
    return f"{_amount(match[1])} {_many(match[1], one, _UNIT_PLURALS.get(one, one + 's'))}"


def _fraction(match: re.Match[str]) -> str | None:
    whole, over, under = match["whole"], int(match["over"]), int(match["under"])
    if under < 2 or over >= under:
        return None
    name = _FRACTIONS.get(under) or ordinal(under)
    many = "halves" if under == 2 else f"{name}s"
    if whole:
        part = f"{'a' if over == 1 else cardinal(over)} {name if over == 1 else many}"
        return f"{_whole(whole)} and {part}"
    return f"{'one' if over == 1 else cardinal(over)} {name if over == 1 else many}"


def _decade(match: re.Match[str]) -> str:
    words = year(int(match[1])) if len(match[1]) == 4 else cardinal(int(match[1]))
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


def _range(match: re.Match[str]) -> str:
    first, last = match[1], match[2]
    if len(first) == 4 and 1100 <= int(first) <= 2099:
        return f"{year(int(first))} to {year(int(last)) if len(last) == 4 else _whole(last)}"
    return f"{_whole(first)} to {_whole(last)}"


def _year(match: re.Match[str]) -> str:
    return year(int(match[0]))


def _numeral(match: re.Match[str]) -> str | None:
    value = roman_value(match["roman"])
    return None if value is None else f"{match['name']} {cardinal(value)}"


def _ruler(match: re.Match[str]) -> str | None:
    value = roman_value(match["roman"])
    return None if value is None else f"{match['name']} the {ordinal(value).title()}"


def _alone(match: re.Match[str]) -> str | None:
    value = roman_value(match["roman"])
    return None if value is None else cardinal(value)


def _century(match: re.Match[str]) -> str | None:
    value = roman_value(match["roman"])
    return None if value is None else ordinal(value)


def _short(match: re.Match[str]) -> str:
    # A full stop that also ends the sentence is still heard.
    ends = match.end() == len(match.string) or bool(re.match(r"\s+[A-Z]", match.string[match.end() :]))
    stays = ends and match[0] not in {"a.m.", "p.m.", "A.M.", "P.M.", "A.D.", "B.C.", "e.g.", "i.e.", "vs."}
    return _SHORT[match[0]] + ("." if stays or match.end() == len(match.string) else "")


def _one_of(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (
        re.compile(rf"\b(?P<name>{_one_of(_TITLES)})\.(?=\s)"),
        lambda m: _TITLES[m["name"]] if m["name"] != "St" or re.match(r"\s+[A-Z]", m.string[m.end() :]) else "Street",
    ),
    (re.compile(r"\bSt\.?(?=$|[,;:!?])"), lambda m: "Street" + ("." if m.end() == len(m.string) else "")),
    (re.compile(r"\b(Nos?)\.\s?(?=\d)"), lambda m: "number " if m[1] == "No" else "numbers "),
    (re.compile(r"#(?=\d)"), lambda _: "number "),
    (re.compile(rf"(?<![\w.])(?:{_one_of(_SHORT)})(?!\w)"), _short),
    (re.compile(rf"\b(?P<name>{_CALLED})\s+(?P<roman>{ROMAN})\b"), _numeral),
    (re.compile(rf"\b(?P<name>{_RULERS})\s+(?P<roman>{ROMAN})\b(?!')"), _ruler),
    (re.compile(rf"\b(?P<roman>{ROMAN})(?:th|st|nd|rd)?(?=\s+century\b)"), _century),
    (re.compile(rf"^\s*(?P<roman>{ROMAN})(?=[.:]?\s*$|\.\s)"), _alone),
    (re.compile(r"(?<![\w.])(?P<roman>(?:X{1,3}|XL|L)(?:IX|IV|V?I{1,3})|V?I{2,3}|VI|IX|IV|X[IVX]+)(?![\w'])"), _alone),
    (
        re.compile(
            r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:\s?(?P<half>[ap])\.?\s?m\b\.?)(?!\w)", re.IGNORECASE
        ),
        _time,
    ),
    (re.compile(r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d:])(?P<half>)"), _time),
    (re.compile(r"\b(\d{1,2})\s?([ap])\.?m\b\.?", re.IGNORECASE), lambda m: f"{_whole(m[1])} {m[2].upper()} M"),
    (
        re.compile(
            r"(?P<sign>[$£€₽])\s?(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?:\s(?P<scale>hundred|thousand|million|billion)\b)?"
        ),
        _money,
    ),
    (re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?%"), lambda m: f"{_amount(m[1])} per cent"),
    (
        re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?°\s?([CF]?)(?!\w)"),
        lambda m: (
            f"{_amount(m[1])} {_many(m[1], 'degree', 'degrees')}{ {'C': ' Celsius', 'F': ' Fahrenheit'}.get(m[2], '') }"
        ),
    ),
    (re.compile(rf"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?({_one_of(_UNITS)})\b(?!')"), _unit),
    (re.compile(rf"\b({_MONTHS})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)"), lambda m: f"{m[1]} {ordinal(int(m[2]))}"),
    (
        re.compile(rf"(?<!\bthe )\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTHS})\b"),
        lambda m: f"the {ordinal(int(m[1]))} of {m[2]}",
    ),
    (
        re.compile(rf"(?<=\bthe )(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTHS})\b"),
        lambda m: f"{ordinal(int(m[1]))} of {m[2]}",
    ),
    (
        re.compile(r"\b(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)\b"),
        lambda m: ordinal(int(m[1].replace(",", ""))) if len(m[1]) <= _LONGEST else _digits(m[1].replace(",", "")),
    ),
    (re.compile(r"(?<![\w.,])(\d{2}|1[1-9]\d\d|20\d\d)(?<=0)'?s\b"), _decade),
    (re.compile(r"(?<![\w/])(?:(?P<whole>\d+)\s+)?(?P<over>\d{1,2})\s?/\s?(?P<under>\d{1,2})(?![\w/])"), _fraction),
    (re.compile(r"(?<![\w.-])(\d{1,4})\s?[-–—]\s?(\d{1,4})(?![\w.,-]*\d)"), _range),
    (
        re.compile(
            r"(?<![\w.,])(?:(?<=[Ii]n )10\d\d|(?<=A D )10\d\d|1[1-9]\d\d|20\d\d)(?![\w,]*\d|\.\d)"
            rf"(?!\s+(?!(?:{_NOT_COUNTED})\b)[a-z]+s\b|\s+(?:men|people|feet|women|children)\b)"
        ),
        _year,
    ),
    (re.compile(r"(?<!\w)[-−](?=\d)"), lambda _: "minus "),
    (re.compile(r"\d[\d,]*\d\.\d+|\d\.\d+"), lambda m: f" {_amount(m[0])} "),
    (re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+"), lambda m: f" {_whole(m[0])} "),
    (re.compile(r"\s*&\s*"), lambda _: " and "),
    (re.compile(r"\s*%\s*"), lambda _: " per cent "),
    (re.compile(r"(?<=\w)\s*@\s*(?=\w)"), lambda _: " at "),
    (re.compile(r"(?<=\w)\s*[=]\s*(?=\w)"), lambda _: " equals "),
    (re.compile(r"(?<=\w)\s*\+\s*(?=\w)"), lambda _: " plus "),
    (re.compile(r"\b([A-Z])\.(?=\s?[A-Z])"), lambda m: f"{m[1]} "),
)
"""Patterns and what replaces them, in this order, before punctuation is tidied."""

LAST: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (re.compile(r"[+&%@]"), lambda _: " "),
    (re.compile(r"(?<=\w)\u0301"), lambda _: ""),
)
"""Rules for what is left at the end."""
