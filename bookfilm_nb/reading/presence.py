"""Who is there: people who act or speak, told from those who are only named, owned from or compared with."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from .meaning import compared
from .morph import forms_of
from .words import plain, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Language

    from .mentions import Mention

__all__ = ["actors", "is_there"]

_BODY = word_set("""
    head face eyes eye chin lips mouth cheeks brow forehead shoulders shoulder back neck figure body hand hands arm arms
    voice knees feet fingers heart smile hair breath tears
""")
_PAST = word_set("""
    was had could did would went came took gave made saw knew got felt stood sat ran fell held kept left found turned
    rose drew spoke began led shook put set let read wrote heard said told thought understood lay slept woke ate drank
    threw caught brought bought broke chose drove flew forgot hid hung leapt lit lost met paid rode sang shot shut slid
    sprang struck swam swung taught tore wept wore bent crept cut dug hit rang sank sent sought spent spread stole
    strode
""")
_UNREAL = {
    "en": re.compile(r"\b(?:if|whether|would|might|never)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:ли|бы|если|будто|чтобы)\b", re.IGNORECASE),
}


def actors(text: str, mentions: Sequence[Mention], meant: Mapping[int, int], language: Language) -> frozenset[int]:
    """People of whom the telling says at least now and then that they do something."""
    does: Counter[int] = Counter()
    named: Counter[int] = Counter()
    for m in mentions:
        number = meant.get(m.start)
        if m.spoken or number is None:
            continue
        named[number] += 1
        if m.subject and not m.owner and not compared(text, m, language):
            does[number] += _acts(text, m, language)
    return frozenset(n for n in does if does[n] >= 2 or (does[n] == 1 and named[n] <= 2))


def _acts(text: str, mention: Mention, language: Language) -> bool:
    """Whether a verb of the telling belongs to the mention, and tells what really happens."""
    if mention.kind == "self":
        return True
    right = re.split(r"[.;!?]", text[mention.end : mention.end + 60])[0]
    left = re.split(r"[.;!?,]", text[max(0, mention.start - 40) : mention.start])[-1]
    if _UNREAL[language].search(left):
        return False
    after = [w.text for w in words_of(right, 0, len(right))]
    if language == "en":
        following = [plain(w) for w in after[:3]]
        before = [plain(w.text) for w in words_of(left, 0, len(left))][-3:]
        return any(w in _PAST or (w.endswith("ed") and len(w) > 4) for w in following + before)
    near = after[:4] + [w.text for w in words_of(left, 0, len(left))][-3:]
    return any(f.pos == "VERB" for w in near for f in forms_of(w)[:1])


def is_there(text: str, mention: Mention, language: Language) -> bool:
    """Whether a mention brings its person into the scene: not as an owner of something, not in a comparison."""
    if compared(text, mention, language) or mention.key[-1] in ("voice", "голос"):
        return False
    if mention.owner and mention.kind != "pronoun":
        following = words_of(text, mention.end, mention.end + 24)[:2]
        return any(plain(w.text) in _BODY for w in following)
    return True
