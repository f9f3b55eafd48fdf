"""Russian numbers, dates, sums, Roman numerals and abbreviations as words, in the case that the sentence asks for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .roman import ROMAN, roman_value
from .russian_words import (
    CENTURIES,
    GENITIVE_PREPOSITIONS,
    LOCATIVE_PREPOSITIONS,
    MONTHS,
    NUMBERED,
    SHORT,
    SIGNS,
    SPELLED,
    UNITS,
    YEARS,
)
from .translit import said_in_russian, spelled

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LAST", "RULES", "cardinal", "counted", "ordinal"]

_LONGEST = 15
"""Digits; a longer row is read digit by digit."""
_CASES = {"nomn": "n", "gent": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "p", "gen2": "g", "loc2": "p"}
_GENDERS = {"masc": "m", "femn": "f", "neut": "n"}


@cache
def cardinal(number: int, case: str = "n", gender: str = "m", *, animate: bool = False) -> str:
    """21, genitive, feminine as "двадцати одной"; the cases are n g d a i p."""
    from num2words import num2words

    words = str(num2words(number, lang="ru", case=case, gender=gender, animate=animate))
    return words.removeprefix("одна ") if words.startswith("одна тысяч") else words


@cache
def ordinal(number: int, case: str = "n", gender: str = "m", *, plural: bool = False) -> str:
    """1847, genitive as "тысяча восемьсот сорок седьмого"; the accusative is that of things, not of people."""
    from num2words import num2words

    words = str(num2words(number, lang="ru", to="ordinal", case=case, gender=gender, plural=plural, animate=False))
    return words.removeprefix("одна ") if words.startswith("одна тысяч") else words


def counted(number: int, forms: tuple[str, str, str], case: str = "n") -> str:
    """The noun after a number: 1 рубль, 2 рубля, 5 рублей; in the genitive 1 рубля, 2 рублей."""
    one = number % 10 == 1 and number % 100 != 11
    few = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
    if case == "g":
        return forms[1] if one else forms[2]
    return forms[0] if one else forms[1] if few else forms[2]


def _digits(row: str) -> str:
    return " ".join(cardinal(int(digit)) for digit in row)


def _value(row: str) -> int | None:
    """The number that a row of digits, perhaps in groups of three, stands for; None where it is read digit by digit."""
    bare = "".join(c for c in row if c.isdigit())
    return None if len(bare) > _LONGEST or (len(bare) > 1 and bare[0] == "0") else int(bare)


def _before(match: re.Match[str]) -> str:
    """The word before the match, in lower case; empty where a mark stands between."""
    words = re.search(r"([^\W\d_]+)\s+$", match.string[: match.start()])
    return words[1].lower() if words else ""


def _after(match: re.Match[str]) -> tuple[str, ...]:
    """The word or two after the match."""
    words = re.match(r"\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?", match.string[match.end() :])
    return tuple(word for word in words.groups() if word) if words else ()


def _whole(match: re.Match[str]) -> str:
    """A number before a noun, in the noun's gender and case."""
    value = _value(match[0])
    if value is None:
        return f" {_digits(''.join(c for c in match[0] if c.isdigit()))} "
    case, gender, animate = _agreement(_before(match), _after(match), value)
    return f" {cardinal(value, case, gender, animate=animate)} "


def _agreement(before: str, after: tuple[str, ...], value: int) -> tuple[str, str, bool]:
    """Case, gender and animacy of a number between these words."""
    from bookfilm_nb.reading.morph import forms_of

    case = "g" if before in GENITIVE_PREPOSITIONS else "n"
    for word in after:
        forms = forms_of(word)
        if forms[0].pos in {"ADJF", "PRTF"}:
            continue
        form = next((form for form in forms if form.pos == "NOUN"), None)
        if form is None:
            break
        found = _CASES.get(form.case, "n")
        one = value % 10 == 1 and value % 100 != 11
        if found in "dip":
            case = found
        elif before in LOCATIVE_PREPOSITIONS | {"за", "через", "про"} or (one and found in "ga" and case == "n"):
            case = "a"
        return case, _GENDERS.get(form.gender, "m"), one and form.animate
    return case, "m", False


def _year(match: re.Match[str]) -> str:
    """1847 года, в 1847 году, 1847 г."""
    value, word = _value(match["number"]), match["word"]
    if value is None:
        return match[0]
    case, said = YEARS[word]
    if word == "г.":
        case, said = ("p", "году") if _before(match) in {"в", "во", "о"} else ("g", "года")
    elif word == "гг.":
        case, said = ("p", "годах") if _before(match) in {"в", "во", "о"} else ("g", "годов")
    elif word == "год" and _before(match) in {"на", "за", "через", "в"}:
        case = "a"
    plural = said in {"годы", "годов", "годам", "годами", "годах"}
    if value < 1000 and not plural:
        return f"{cardinal(value, 'g' if _before(match) in GENITIVE_PREPOSITIONS else 'n')} {said}"
    stop = "." if word.endswith(".") and _ends_sentence(match) else ""
    return f"{ordinal(value, case, plural=plural)} {said}{stop}"


def _years(match: re.Match[str]) -> str | None:
    """1847-1850 гг., 1847–1850 годы."""
    first, last = _value(match[1]), _value(match[2])
    if first is None or last is None:
        return None
    case = "p" if _before(match) in {"в", "во"} else "n"
    said = "годах" if case == "p" else "годы"
    stop = "." if match[0].endswith(".") and _ends_sentence(match) else ""
    return f"{ordinal(first, case)} — {ordinal(last, case)} {said}{stop}"


def _day(match: re.Match[str]) -> str | None:
    value = int(match[1])
    if not 1 <= value <= 31:
        return None
    case = "d" if _before(match) in {"к", "ко"} else "a" if _before(match) == "на" else "g"
    return f"{ordinal(value, case, 'n')} {match[2]}"


def _with_ending(match: re.Match[str]) -> str | None:
    """5-й, 20-х, 1-го: the first form of the ordinal with this ending; 5-ти as a number in the genitive."""
    value, ending = _value(match[1]), match[2].lower()
    if value is None:
        return None
    if ending in {"ти", "ми", "и", "х", "ух", "ёх", "ех"} and value < 100 and ending != "х":
        return cardinal(value, "g")
    after = _after(match)
    forms = [
        ordinal(value, case, gender, plural=plural)
        for plural in ((True, False) if ending in {"х", "ых", "ми", "е", "ые"} and after else (False, True))
        for gender in "mfn"
        for case in "ngdaip"
    ]
    if ending == "е" and after and after[0].lower() not in {"годы", "числа"}:
        forms = [ordinal(value, "n", "n"), *forms]
    return next((form for form in forms if form.endswith(ending)), ordinal(value))


def _century(match: re.Match[str]) -> str | None:
    value = roman_value(match["roman"]) if match["roman"] else _value(match["number"])
    if value is None:
        return None
    word = match["word"]
    if word in {"в.", "вв.", "ст."}:
        word = "веке" if _before(match) in {"в", "во"} else "века" if _before(match) else "век"
    case, gender = CENTURIES[word]
    return f"{ordinal(value, case, gender)} {word}"


def _numbered(match: re.Match[str]) -> str | None:
    """Глава IV, в главе 4: the ordinal agrees with the noun before it."""
    roman, row = match["roman"], match["number"]
    value = roman_value(roman) if roman else _value(row)
    if value is None:
        return None
    case, gender = NUMBERED[match["name"].lower()]
    return f"{match['name']} {ordinal(value, case, gender)}"


def _ruler(match: re.Match[str]) -> str | None:
    """Николай II, Екатерины II: the ordinal in the name's case."""
    from bookfilm_nb.reading.morph import forms_of

    value = roman_value(match["roman"])
    forms = [form for form in forms_of(match["name"]) if form.pos == "NOUN"]
    if value is None or not forms:
        return None
    form = next((form for form in forms if "Name" in form.labels), forms[0])
    if len(match["roman"]) == 1 and "Name" not in form.labels:
        return None
    case, gender = _CASES.get(form.case, "n"), _GENDERS.get(form.gender, "m")
    case = "g" if case == "a" and gender == "m" else case
    return f"{match['name']} {ordinal(value, case, gender).title()}"


def _alone(match: re.Match[str]) -> str | None:
    value = roman_value(match["roman"])
    return None if value is None else cardinal(value)


def _time(match: re.Match[str]) -> str | None:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or minute > 59:
        return None
    if minute == 0:
        return f"{cardinal(hour)} {counted(hour, UNITS['ч.'][0])}"
    return f"{cardinal(hour)} {'ноль ' if minute < 10 else ''}{cardinal(minute)}"


def _unit(match: re.Match[str]) -> str | None:
    """5 руб., 3,5 км, 1 коп."""
    (forms, gender), row = UNITS[match["unit"].strip()], match["number"]
    stop = "." if match["unit"].endswith(".") and _ends_sentence(match) else ""
    if match["part"]:
        return f"{_decimal(row, match['part'])} {forms[1]}{stop}"
    value = _value(row)
    if value is None:
        return None
    case = "g" if _before(match) in GENITIVE_PREPOSITIONS else "n"
    return f"{cardinal(value, case, gender)} {counted(value, forms, case)}{stop}"


def _money(match: re.Match[str]) -> str | None:
    forms, gender = UNITS[match[1]]
    if match[3]:
        return f"{_decimal(match[2], match[3])} {forms[1]}"
    value = _value(match[2])
    return None if value is None else f"{cardinal(value, 'n', gender)} {counted(value, forms)}"


def _decimal(whole: str, part: str) -> str:
    from num2words import num2words

    value = _value(whole)
    if value is None or len(part) > 3:
        return f"{_digits(''.join(c for c in whole if c.isdigit()))} запятая {_digits(part)}"
    return str(num2words(f"{value}.{part}", lang="ru"))


def _fraction(match: re.Match[str]) -> str | None:
    over, under = int(match[2]), int(match[3])
    if under < 2 or over >= under:
        return None
    whole = f"{cardinal(int(match[1]))} и " if match[1] else ""
    if (over, under) == (1, 2):
        return f"{whole}одна вторая" if whole else "половина"
    if (over, under) == (1, 4):
        return f"{whole}одна четверть" if whole else "четверть"
    below = ordinal(under, "n", "f") if over == 1 else ordinal(under, "g", plural=True)
    return f"{whole}{cardinal(over, 'n', 'f')} {below}"


def _short(match: re.Match[str]) -> str:
    key = re.sub(r"\s+", " ", re.sub(r"\.\s*(?=\w)", ". ", match[0])).lower()
    words = SHORT.get(key) or SHORT[match[0].lower()]
    words = words.capitalize() if match[0][0].isupper() and not match.string[: match.start()].strip(' —-«"') else words
    return words + ("." if match[0].endswith(".") and _ends_sentence(match) and key not in SPELLED else "")


def _ends_sentence(match: re.Match[str]) -> bool:
    rest = match.string[match.end() :]
    return not rest.strip(' »"”)') or bool(re.match(r"\s+[—–-]?\s*[А-ЯЁ]", rest))


def _town_or_sir(match: re.Match[str]) -> str:
    """г. before a surname is a gentleman, before another name a town."""
    from bookfilm_nb.reading.morph import forms_of

    after = _after(match)
    if after and "Surn" in forms_of(after[0])[0].labels:
        return "господин"
    return "городе" if _before(match) in {"в", "во"} else "город"


def _street(match: re.Match[str]) -> str:
    before = _before(match)
    return "улице" if before in {"на", "по", "к"} else "улицы" if before in GENITIVE_PREPOSITIONS else "улица"


def _initials(match: re.Match[str]) -> str:
    return " ".join(spelled(letter).capitalize() for letter in match[0] if letter.isalpha()) + " "


def _capitals(match: re.Match[str]) -> str | None:
    """An abbreviation without a vowel is spelled; other capitals are a word."""
    return None if re.search("[АЕЁИОУЫЭЮЯ]", match[0]) else spelled(match[0])


def _one_of(words: object) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))  # type: ignore[call-overload]
    return "|".join(re.escape(word).replace(r"\.\ ", r"\.\s?") for word in ordered)


_NUMBER = r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+"
_ANY_CASE = re.IGNORECASE

RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (re.compile(r"№\s*(?=\d)|№"), lambda _: "номер "),
    (re.compile(r"(?<![\w.-])(\d{1,4})\s?[-–—]\s?(\d{1,4})\s?(?:гг\.|годы\b|годах\b)"), _years),
    (
        re.compile(rf"(?<![\w.,-])(?P<number>\d{{1,4}})(?:-?(?:й|го|му|м|е|х|м))?\s?(?P<word>{_one_of(YEARS)})(?!\w)"),
        _year,
    ),
    (re.compile(rf"(?<![\w.,])(\d{{1,2}})\s+({MONTHS})\b", _ANY_CASE), _day),
    (
        re.compile(
            rf"(?<!\w)(?:(?P<roman>{ROMAN})|(?P<number>\d{{1,2}}))(?:-?(?:й|го|м|ом))?\s+(?P<word>{_one_of(CENTURIES)}|вв?\.|ст\.)(?!\w)"
        ),
        _century,
    ),
    (
        re.compile(
            rf"(?<!\w)(?P<name>{_one_of(NUMBERED)})\s+(?:(?P<roman>{ROMAN})(?![\w-])|(?P<number>\d{{1,3}})(?!\w|[:,-]\d))",
            _ANY_CASE,
        ),
        _numbered,
    ),
    (re.compile(rf"(?<!\w)(?P<name>[А-ЯЁ][а-яё]+)\s+(?P<roman>{ROMAN})(?!\w)"), _ruler),
    (re.compile(rf"^\s*(?P<roman>{ROMAN})(?=[.:]?\s*$|\.\s)"), _alone),
    (re.compile(rf"(?<![\w.])(?P<roman>(?=[IVXL]{{2}}){ROMAN})(?![\w'])"), _alone),
    (re.compile(r"(?<!\w)ул\.(?=\s?[А-ЯЁ])"), _street),
    (re.compile(rf"(?<![\w.])(?:{_one_of(SHORT)})(?!\w)", _ANY_CASE), _short),
    (re.compile(r"(?<!\w)г\.(?=\s?[А-ЯЁ])"), _town_or_sir),
    (re.compile(r"(?<!\w)д\.\s?(?=\d)"), lambda _: "дом "),
    (re.compile(r"(?<![\w:])(\d{1,2}):(\d{2})(?![\w:])"), _time),
    (re.compile(rf"([{SIGNS}])\s?({_NUMBER})(?:[.,](\d{{1,2}}))?"), _money),
    (re.compile(rf"(?<![\w,.])(?P<number>{_NUMBER})(?:[,.](?P<part>\d+))?\s?(?P<unit>{_one_of(UNITS)})(?!\w)"), _unit),
    (re.compile(r"(?<![\w/])(?:(\d{1,4})\s+)?(\d{1,2})\s?/\s?(\d{1,2})(?![\w/])"), _fraction),
    (
        re.compile(
            r"(?<![\w-])(\d+)-?(ого|его|ому|ему|ый|ий|ой|ая|ое|ые|ых|ым|ом|го|му|ми|ти|ух|ёх|[йяеюмхи])(?!\w)",
            _ANY_CASE,
        ),
        _with_ending,
    ),
    (re.compile(r"(?<![\w.-])(\d{1,6})\s?[-–—]\s?(?=\d{1,6}(?![\w-]))"), lambda m: f"{m[1]} — "),
    (re.compile(r"(?<!\w)[-−](?=\d)"), lambda _: "минус "),
    (re.compile(r"(\d+),(\d+)(?![\d,])"), lambda m: f" {_decimal(m[1], m[2])} "),
    (re.compile(_NUMBER), _whole),
    (re.compile(r"(?<![\w.])(?:[А-ЯЁ]\.\s?)+(?=[А-ЯЁ])"), _initials),
    (re.compile(r"(?<![\w])[А-ЯЁ]{2,5}(?![\w])"), _capitals),
    (re.compile(r"\s*&\s*"), lambda _: " и "),
    (re.compile(r"\s*%\s*"), lambda _: " процентов "),
)
"""Patterns and what replaces them, in this order, before punctuation is tidied."""

LAST: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:'[A-Za-z]+)*"), lambda m: said_in_russian(m[0])),
    (re.compile(r"[+&%@']"), lambda _: " "),
)
"""Rules for what is left at the end: Latin words, which a Russian voice cannot read."""
