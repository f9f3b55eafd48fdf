"""What a line feels like, and what a scene feels like: word lists, said-verbs, punctuation and negation.

The lists are the project's own; the weights are choices, tuned by reading the results.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model.vocabulary import EMOTIONS, MOODS

from . import moods_en, moods_ru
from .morph import forms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Emotion, Language, Mood, TimeOfDay, Weather

__all__ = ["emotion_of", "expected", "mood_of"]

Scores = dict[str, float]

_WORD = re.compile(r"[^\W\d_]+(?:['’‐-][^\W\d_]+)*")
_LISTS = {"en": moods_en, "ru": moods_ru}
_WORD_WEIGHT = 1.3
_MANNER_WEIGHT = 2.0
_ENOUGH = 1.0
_CLEAR = 2.0
"""What narration must say before a feeling is taken from it: more than one word of a list."""
_LONGEST = 40
"""Letters of a word that are looked up."""
_REACH = 3
"""A negation counts for this many words after it."""
_FLIPPED: dict[str, tuple[str, float]] = {"happy": ("sad", 0.6), "afraid": ("neutral", 0.0), "tender": ("sad", 0.3)}

# A mood has to stand out from prose at rest: scores a thousand words, found on public-domain novels.
_PER = 100.0
_CALM_BELOW = 1.1
_PRIOR = 60.0
_MOOD_WEIGHT: Mapping[str, float] = {
    "calm": 0.75, "happy": 1.0, "sad": 0.95, "tense": 0.9, "fearful": 1.15,
    "angry": 1.4, "mysterious": 1.0, "tender": 0.75, "triumphant": 1.15,
}  # fmt: skip

_FAIR = ("clear", "cloudy")
_WEATHERS: Mapping[Weather, Mapping[Mood, float]] = {
    "storm": {"tense": 0.5, "fearful": 0.15}, "rain": {"sad": 0.2, "tense": 0.1}, "fog": {"mysterious": 0.35},
}  # fmt: skip
_HOURS: Mapping[tuple[TimeOfDay, bool], Mapping[Mood, float]] = {
    ("dawn", True): {"tender": 0.6, "happy": 0.2}, ("dusk", True): {"tender": 0.15, "mysterious": 0.1},
    ("night", True): {"mysterious": 0.25}, ("night", False): {"tense": 0.25, "fearful": 0.1},
}  # fmt: skip
_BOTH = 0.8
_FELT_WEIGHT = 2.6
_FELT: Mapping[Emotion, Mapping[Mood, float]] = {
    "happy": {"happy": 1.0}, "laughing": {"happy": 0.7, "tender": 0.4}, "sad": {"sad": 1.0, "tender": 0.2},
    "angry": {"angry": 0.8, "tense": 0.4}, "afraid": {"fearful": 0.9, "tense": 0.4},
    "surprised": {"tense": 0.3, "mysterious": 0.2}, "worried": {"tense": 1.0}, "tender": {"tender": 1.2},
    "suspicious": {"mysterious": 0.6, "tense": 0.3}, "tired": {"sad": 0.3}, "thoughtful": {"mysterious": 0.2},
}  # fmt: skip
"""What a feeling in a scene makes of it; choices of this project."""


class _Lexicon(NamedTuple):
    """Words and beginnings of words, each with what it says."""

    words: dict[str, dict[str, float]]
    stems: dict[str, dict[str, float]]

    def lookup(self, word: str) -> Mapping[str, float]:
        """What the word says; the longest beginning counts where the whole word is not listed."""
        if word in self.words:
            return self.words[word]
        for length in range(len(word), 1, -1):
            if word[:length] in self.stems:
                return self.stems[word[:length]]
        return {}


def _add(lexicon: _Lexicon, words: str, says: Mapping[str, float]) -> None:
    for word in words.split():
        table = lexicon.stems if word.endswith("*") else lexicon.words
        entry = table.setdefault(word.rstrip("*"), {})
        for name, weight in says.items():
            entry[name] = entry.get(name, 0.0) + weight


def _weights(text: str) -> dict[str, float]:
    pairs = (part.split(":") for part in text.split())
    return {name: float(weight) for name, weight in pairs}


@lru_cache(maxsize=4)
def _emotions(language: Language) -> tuple[_Lexicon, _Lexicon, tuple[tuple[re.Pattern[str], dict[str, float]], ...]]:
    lists = _LISTS[language]
    words, voice = _Lexicon({}, {}), _Lexicon({}, {})
    for name, listed in lists.EMOTION_WORDS.items():
        _add(words, listed, {name: _WORD_WEIGHT})
    for verbs, says in lists.VOICE.items():
        _add(voice, verbs, _weights(says))
    phrases = tuple((re.compile(rf"\b(?:{p})\b"), _weights(w)) for p, w in lists.PHRASES.items())
    return words, voice, phrases


@lru_cache(maxsize=4)
def _moods(language: Language) -> _Lexicon:
    lexicon = _Lexicon({}, {})
    for name, listed in _LISTS[language].MOOD_WORDS.items():
        _add(lexicon, listed, {name: 1.0})
    return lexicon


@lru_cache(maxsize=100_000)
def _key(word: str, language: Language) -> str:
    """The form under which a word is listed: lower case in English, the lemma in Russian."""
    low = word.lower().replace("’", "'")
    if language == "en":
        return low
    forms = forms_of(low)
    return forms[0].lemma if forms else low.replace("ё", "е")


def emotion_of(text: str, language: Language, *, told: bool = False) -> Emotion:
    """What the speaker of a line feels: the line together with its said-clause, or a sentence of narration.

    ``told``: the text is narration, which names feelings without having them: only what is clear counts. Returns
    "neutral" where nothing tells.
    """
    words, voice, phrases = _emotions(language)
    keys = [_key(m.group()[:_LONGEST], language) for m in _WORD.finditer(text)]
    scores: Scores = dict.fromkeys(EMOTIONS, 0.0)
    negations = _LISTS[language].NEGATIONS
    for i, key in enumerate(keys):
        denied = any(k in negations or k.endswith("n't") for k in keys[max(0, i - _REACH) : i])
        spoken = voice.lookup(key)
        for name, weight in spoken.items():
            scores[name] += 0.0 if denied else weight
        if spoken:
            continue
        manner = key.endswith("ly") if language == "en" else key.endswith(("но", "то", "во", "ко"))
        for name, weight in words.lookup(key).items():
            said = _MANNER_WEIGHT if manner else weight
            if not denied:
                scores[name] += said
            elif name in _FLIPPED:
                other, share = _FLIPPED[name]
                scores[other] += said * share
    low = text.lower().replace("’", "'")
    for pattern, says in phrases:
        if pattern.search(low):
            for name, weight in says.items():
                scores[name] += weight
    _add_punctuation(text, scores)
    scores["neutral"] = 0.0
    best = max(EMOTIONS, key=lambda name: (scores[name], -EMOTIONS.index(name)))
    return best if scores[best] >= (_CLEAR if told else _ENOUGH) else "neutral"


def _add_punctuation(text: str, scores: Scores) -> None:
    """Marks make a strong feeling likelier; alone they tell only surprise and hesitation."""
    if re.search(r"\?!|!\?", text):
        scores["surprised"] += 1.2
    calls = min(3, text.count("!"))
    if calls:
        for name, weight in (("angry", 0.3), ("afraid", 0.3), ("surprised", 0.3), ("happy", 0.25)):
            scores[name] += weight * calls
    if re.search(r"(?:…|\.\.\.|—|--)[\"”’»]?\s*$", text):
        scores["worried"] += 0.4
        scores["thoughtful"] += 0.5


def mood_of(texts: Sequence[str], language: Language, prior: Mapping[Mood, float] | None = None) -> Mood:
    """The mood of a scene, from all that is told and said in it; "calm" where nothing stands out.

    ``prior`` says how much each mood is to be expected before a word is read: see :func:`expected`.
    """
    lexicon = _moods(language)
    scores: Scores = dict.fromkeys(MOODS, 0.0)
    negations = _LISTS[language].NEGATIONS
    count = 0
    for text in texts:
        keys = [_key(m.group()[:_LONGEST], language) for m in _WORD.finditer(text)]
        count += len(keys)
        for i, key in enumerate(keys):
            if any(k in negations for k in keys[max(0, i - 2) : i]):
                continue
            for name, weight in lexicon.lookup(key).items():
                scores[name] += weight * _MOOD_WEIGHT[name]
    density = _PER / (count + _PRIOR)
    for name in MOODS:
        scores[name] = scores[name] * density + (prior or {}).get(name, 0.0)
    # Joy and sorrow together are neither.
    scores["tender"] += _BOTH * min(scores["happy"], scores["sad"])
    best = max(MOODS, key=lambda name: (scores[name], -MOODS.index(name)))
    return best if scores[best] >= _CALM_BELOW else "calm"


def expected(time: TimeOfDay, weather: Weather, emotions: Sequence[Emotion]) -> dict[Mood, float]:
    """What mood a scene may be expected to have, from its hour, its weather and what is felt in it.

    ``emotions`` are those of every line and sentence of the scene, the neutral ones too. On the scale of
    :func:`mood_of`, where about 1.1 is a mood.
    """
    found: dict[Mood, float] = dict.fromkeys(MOODS, 0.0)
    for says in (_WEATHERS.get(weather, {}), _HOURS.get((time, weather in _FAIR), {})):
        for mood, weight in says.items():
            found[mood] += weight
    for emotion in emotions:
        for mood, weight in _FELT.get(emotion, {}).items():
            found[mood] += _FELT_WEIGHT * weight / (len(emotions) + 2)
    return found
