"""A book's text as words that a voice can say, each leading back to the characters it came from.

Numbers, dates, sums, Roman numerals and abbreviations become words (``numbers_en`` and ``numbers_ru``
hold what differs between the languages); quotation marks and brackets go; dashes and dots become the
few marks that every engine pauses at.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from . import numbers_en, numbers_ru
from .aligned import Aligned, aligned

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language

__all__ = ["normalise"]

_STRESS = "\u0301"
_COMPATIBLE = re.compile(
    r"[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u218b\u2460-\u249b\u24ea\uff01-\uff5e\ufb00-\ufb06]"
)
_FOREIGN_DIGIT = re.compile(r"[^\x00-\x7f]")
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000e-\u001f\u007f]|(?<=\S)[\u0300\u0302-\u036f]+"
)
_SPACE = re.compile(r"\s+")
_APOSTROPHE = re.compile(r"[’ʼ`´]")
_ELLIPSIS = re.compile(r"\.\s?\.(?:\s?\.)+|…(?:\s?[….])*|\.\.+")
_MARKS_BEFORE_ELLIPSIS = re.compile(r"([!?])[.…]+|[…]+([!?])")
_DASH = re.compile(r"(?<=\w)\s*(?:--+|[—―])\s*(?=\w)|\s+[-–]\s+|(?:--+|[—―‒])|(?<!\w)[-–]|[-–](?!\w)")
_DOUBLE_QUOTE = re.compile(r"[\"“”„‟«»‹›]|''|``")
_OPENING_QUOTE = re.compile(r"(?<![\w.])['‘‚](?=\w)")
_CLOSING_QUOTE = re.compile(r"(?<!\bo)(?<=[^\s'])['’](?!\w)|‘")
_OPEN_BRACKET = re.compile(r"(?<=\w)\s*[(\[{]\s*(?=\w)|[(\[{]")
_CLOSE_BRACKET = re.compile(r"(?<=\w)[)\]}]\s+(?=\w)|[)\]}]")
_LEFTOVER = re.compile(rf"[^\w\s.,!?;:…'’—+&%@-{_STRESS}-]|[_*#~^|<>=\\/]".replace(f"-{_STRESS}-", f"{_STRESS}-"))
_LONE_COMMAS = re.compile(r"\s*,(?:\s*,)+|^[\s,;:.…—-]+(?=\w)|\s+(?=[,.;:!?…])")
_COMMA_BY_MARK = re.compile(r",\s*(?=[.!?;:…])|(?<=[.!?;:…])\s*,")
_ELIDED = ("tis", "twas", "twere", "twill", "twould", "em", "til", "cause", "bout", "round")


def normalise(text: str, language: Language) -> Aligned:
    """The text as words without a digit, and where each character of it came from.

    Works for any text; one without words gives a text without words.
    """
    rules = numbers_ru if language == "ru" else numbers_en
    out = aligned(text)
    out = out.sub(_FOREIGN_DIGIT, _plain_digit).sub(_COMPATIBLE, _plain_form)
    out = out.sub(_INVISIBLE, lambda _: "").sub(_SPACE, lambda _: " ").sub(_APOSTROPHE, lambda _: "'")
    out = out.sub(_DOUBLE_QUOTE, lambda _: " ")
    for pattern, replace in rules.RULES:
        out = out.sub(pattern, replace)
    out = out.sub(_ELLIPSIS, lambda _: "…").sub(_MARKS_BEFORE_ELLIPSIS, lambda m: m[1] or m[2])
    out = out.sub(_DASH, lambda _: ", ")
    out = out.sub(_OPENING_QUOTE, _opening_quote).sub(_CLOSING_QUOTE, lambda _: " ")
    out = out.sub(_OPEN_BRACKET, lambda m: ", " if len(m[0]) > 1 else " ")
    out = out.sub(_CLOSE_BRACKET, lambda m: ", " if len(m[0]) > 1 else " ")
    out = out.sub(_LEFTOVER, lambda _: " ")
    for pattern, replace in rules.LAST:
        out = out.sub(pattern, replace)
    out = out.sub(_SPACE, lambda _: " ").sub(_COMMA_BY_MARK, lambda _: "")
    return out.sub(_LONE_COMMAS, lambda m: "," if "," in m[0] and m.start() else "").sub(_SPACE, lambda _: " ")


def _plain_digit(match: re.Match[str]) -> str | None:
    """A decimal digit of another script as 0 to 9."""
    value = unicodedata.decimal(match[0], None)
    return None if value is None else str(value)


def _plain_form(match: re.Match[str]) -> str:
    """½ as 1/2, ² as 2, Ⅳ as IV, ﬁ as fi; a vulgar fraction after a number stands apart from it."""
    plain = unicodedata.normalize("NFKC", match[0]).replace("\u2044", "/")
    return f" {plain} " if "/" in plain else plain


def _opening_quote(match: re.Match[str]) -> str | None:
    """An apostrophe that stands for letters ('tis) stays; a quotation mark goes."""
    rest = re.match(r"[A-Za-z]+", match.string[match.end() :])
    return None if rest and rest[0].lower() in _ELIDED else " "
