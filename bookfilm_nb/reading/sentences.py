"""Where sentences begin and end in raw text, in English and in Russian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bookfilm_nb.model import Span

from .places_words import word_set

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Language

__all__ = ["split_sentences"]

_CLOSERS = "\"'”’»“)\\]}*_"
_END = re.compile(rf"(?:\.[ \t\u00a0]){{2,}}\.[{_CLOSERS}]*(?=\s)|[.!?…]+[{_CLOSERS}]*(?=\s)|\n[ \t\r]*\n")
_NEXT = re.compile(r"[\s\"'“”‘’«»„(\[*_]*[-–—]*\s*")  # noqa: RUF100 - what may stand before the first word
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*$")

# Something always follows these, so their stop never ends a sentence. Titles count with a capital only.
_TITLES = word_set(
    "Mr Mrs Ms Messrs Mme Mlle Dr Prof Rev Hon St Mt Ft Capt Col Gen Lt Sgt Maj Cpl Cmdr Gov Sen Rep Pres"
)
_LEADING = {
    "en": word_set("vol nos pp ch vs viz e.g i.e cf"),
    "ru": word_set(
        "г гг гр гл ул д кв стр с св о просп пер наб бул проф акад доц инж тов ген ср напр т.е т тыс млн млрд в р рр"
        " оз п прим изд соч м г-н г-жа см"
    ),
}
# A figure or a number sign must follow these: else they are words ("No.", "рис").
_NUMBERED = word_set("no рис табл fig")
# These may end a sentence: the next word's capital decides.
_CLIPPED = word_set("etc co inc ltd jr sr esq bros a.m p.m b.c a.d т.д т.п др пр проч гг руб коп н.э")
_NAMED_AFTER = re.compile(
    r"\b(?:театр|завод|школ|улиц|площад|парк|институт|музе|библиотек|фабрик|колхоз|сад)[а-яё]* им$"
)
_SAID = re.compile(
    r"(?:(?:[A-Z][\w.’'-]*|the|his|her|my|old|I)\s+){1,4}(?:said|asked|cried|replied|answered|shouted|whispered|"
    r"exclaimed|called|muttered|murmured|screamed|sobbed|laughed|growled|begged|went on|added|repeated|thought)\b"
)


def split_sentences(text: str, span: Span, language: Language) -> list[Span]:
    """The sentences of ``text`` between the span's offsets, as spans of ``text``.

    Line ends inside a paragraph are spaces; an empty line ends a sentence. Spans are in order, do not
    overlap, begin and end on a character that is no space, and cover every such character of the span.
    """
    found: list[Span] = []
    start = span.start
    for mark in _END.finditer(text, span.start, span.end):
        if mark.end() <= start or not _ends(text, start, mark, span.end, language):
            continue
        _keep(found, text, start, mark.end())
        start = mark.end()
    _keep(found, text, start, span.end)
    return found


def _keep(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        found.append(Span(start=start + left, end=start + right))


def _ends(text: str, start: int, mark: re.Match[str], limit: int, language: Language) -> bool:
    """Whether a sentence ends with this mark."""
    if mark.group().isspace():
        return True
    following = text[mark.end() : min(limit, mark.end() + 80)]
    if "\n" in following and re.match(r"[ \t\r]*\n[ \t\r]*\n", following):
        return True
    lead = _NEXT.match(following)
    rest = following[lead.end() :] if lead else following
    if rest[:1].islower():
        return False
    quoted = mark.group()[-1] in "\"'”’»"
    if quoted and language == "en" and _SAID.match(rest):
        return False
    if mark.group() != ".":
        return True
    return not _abbreviated(text[max(start, mark.start() - 24) : mark.start()], rest, language)


def _abbreviated(before: str, rest: str, language: Language) -> bool:
    """Whether the single stop after ``before`` belongs to an abbreviation or an initial."""
    found = _LAST_WORD.search(before)
    if not found or not rest:
        return False
    word = found.group()
    low = word.lower()
    ahead = before[: found.start()].rstrip()
    if low in _CLIPPED or (low in {"д", "п", "э"} and re.search(r"\b[тн]\.$", ahead)):
        return False
    if low in {"г", "в", "гг", "вв"} and ahead[-1:].isdigit():
        return False
    if word in _TITLES or low in _LEADING[language] or _NAMED_AFTER.search(before):
        return True
    if low in _NUMBERED:
        return rest[0].isdigit()
    if len(word) == 1 and word.isupper():
        return word not in "IЯ" or bool(re.search(r"\b[A-ZА-ЯЁ]\.$", ahead))
    return bool(re.fullmatch(r"(?:[A-ZА-ЯЁ]\.)+[A-ZА-ЯЁ]", word))
