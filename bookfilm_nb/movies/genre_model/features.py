"""From a text to the words that count: names, stop words and talk about the film itself left out, endings cut.

Plots are told in the present tense and books in the past ("kills", "killed"), so words are compared by their stems.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .word_lists import IRREGULAR, KEPT_CAPITALS, MAKING, STOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["features", "masked", "ordinary", "stem", "surfaces", "vector", "without_names"]

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ABOUT_THE_FILM = re.compile(
    r"\b(?:films?|movies?|documentary|comedy|drama|thriller|musical|biopic|directed|starring|stars)\b", re.IGNORECASE
)
_KINDS = (
    r"(?:animat\w+|anime|anthology|biograph\w+|biopics?|comed\w+|cyberpunk|documentar\w+|mockumentar\w+|docudrama|dramed\w+"
    r"|drama\w*|erotic|fantas(?:y|ies)|horror\w*|melodrama\w*|musicals?|neo-\w+|noir|parod(?:y|ies)|rom-?coms?|satir\w+"
    r"|sci-?fi|science[\s-](?:fiction|fantasy)|slasher|spoof|superhero\w*|suspense\w*|thrillers?|tragicomed\w+|westerns?)"
)
_TOPICS = (
    r"(?:3d|action|adventures?|adult|children's|black|christian|coming-of-age|computer|crime|dark|detective|disaster|dystopian"
    r"|epic|fairy\s+tale|family|found[\s-]footage|gangster|ghost|hand-drawn|heist|histor(?:y|ical)|kids|live-action|love"
    r"|martial\s+arts|monster|music|mystery|period|police|political|post-apocalyptic|prison|psychological|road"
    r"|romance|romantic|spy|sports?|stop-motion|supernatural|teen(?:age)?|vampire|war|zombie)"
)
_GENRE_WORDS = re.compile(
    # "war" in "a war drama film" is a label; in "a film about the war" it is the plot
    rf"\b(?:{_KINDS}|{_TOPICS}(?=(?:[\s,/-]+[\w-]+){{0,4}}?[\s,/-]+(?:films?|movies?|story|{_KINDS})\b))(?!\w)",
    re.IGNORECASE,
)
_NEVER_A_WORD = 40
"""Letters of a word beyond which it is no word."""


def masked(text: str) -> str:
    """The text without genre words wherever a sentence speaks of the film itself.

    "A 2012 British action thriller film about a spy" gives its label away, and no book says such a thing of itself;
    a sentence that tells the plot keeps its words ("his crime is found out").
    """
    sentences = _SENTENCE.split(text)
    return " ".join(_GENRE_WORDS.sub(" ", s) if _ABOUT_THE_FILM.search(s) else s for s in sentences)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A lower-case English word without its ending: kills, killed and killing are one; -er and -ly stay."""
    if (whole := IRREGULAR.get(word)) is not None:
        word = whole
    if len(word) < 4:
        return word
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y" if len(word) > 4 else word[:-1]
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and any(letter in "aeiouy" for letter in root):
            doubled = root[-1] == root[-2] and root[-1] not in "lsz"
            word = root[:-1] if doubled else root
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def ordinary(text: str) -> set[str]:
    """The stems that stand in the text without a capital, and those of the titles that count: no proper names."""
    found = (word.group().replace("’", "'").removesuffix("'s") for word in _WORD.finditer(text))
    return {stem(word) for word in found if word.islower() and len(word) <= _NEVER_A_WORD}


def without_names(text: str) -> list[str]:
    """The words in lower case, in order, without proper names: whoever is called Darcy carries no genre.

    A word with a capital inside a sentence is a name, but for a short list that does tell ("Mars", "FBI", "Captain").
    """
    kept = []
    for sentence in _SENTENCE.split(text):
        for place, found in enumerate(_WORD.finditer(sentence)):
            word = found.group()
            low = word.lower().replace("’", "'").removesuffix("'s")
            if (place and word[0].isupper() and low not in KEPT_CAPITALS) or len(low) > _NEVER_A_WORD:
                continue
            kept.append(low)
    return kept


def surfaces(text: str) -> list[tuple[str, str]]:
    """(stem, word as it stands) of every word that counts, in order."""
    kept = ((stem(word), word) for word in without_names(text) if word not in STOP and word not in MAKING)
    return [pair for pair in kept if len(pair[0]) > 1]


def features(text: str) -> Counter[str]:
    """How often each stem, and each pair of neighbouring stems, occurs."""
    stems = [pair[0] for pair in surfaces(text)]
    return Counter(stems) + Counter(f"{a} {b}" for a, b in itertools.pairwise(stems))


def vector(counts: Iterable[tuple[int, int]], idf: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tf-idf of one text: indices (int64, ascending) and values (float64, Euclidean length 1, or empty).

    ``counts`` are (index in the vocabulary, count) pairs; a count weighs ``1 + ln(count)`` (Manning, Raghavan and
    Schütze 2008, section 6.4).
    """
    pairs: Sequence[tuple[int, int]] = sorted(counts)
    index = np.array([pair[0] for pair in pairs], dtype=np.int64)
    value = (1.0 + np.log([pair[1] for pair in pairs])) * idf[index] if pairs else np.zeros(0)
    length = float(np.sqrt(value @ value))
    return index, value / length if length else value
