"""What a sentence is worth to a film, what it costs to begin with it, and which scenes carry the story.

The weights are choices of this project, found by reading the screenplays they give; none is a measurement.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .drama import deciding, exchanges, last_words, setups
from .lexicon import WORDS, stem, word_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model import Reading
    from bookfilm_nb.model.vocabulary import Mood

    from .drama import Exchange
    from .units import Beat, Unit

__all__ = ["FORBIDDEN", "Needed", "Weights", "scene_weights"]

FORBIDDEN = math.inf
"""The cost of a cut that must not be made."""
_COMFORT_WORDS = 25
_PARTS = 20
_MANY = 20
"""A word that stands so often can be judged by how it clusters."""
_TELLER = 0.2
"""What a first-person narrator counts for in a sentence: he is in every one."""
_MEETINGS = (1.4, 0.7, 0.3)
"""What it adds that the narration names a leading person for the first, second and third time."""
_MEETING_SCENE = 0.9
"""What it adds to a scene that the narration names the leading person there for the first time."""
_COLLISION = 1.3
_INTERRUPTS = 2.2
_COMES_TO_SAY = 0.6
"""What it costs to show somebody about to speak and not to hear them."""
_UNANSWERED = 1.2
"""What it costs to leave a talk before the other one has answered."""
_SILENT_OPENING = 1.0
"""What it costs a scene to begin with a quotation: nobody has been seen yet."""
_KEY = 1.0
"""What one of the story's own words adds to a beat's value, and the most that all of them add."""
_KEY_MOST = 3.0
_TURN = 1.0
"""What an exchange of weight 1 adds to each of its lines."""
_DECIDES = 2.3
"""The weight from which on an exchange is taken to decide the story."""
_SAYS_WORDS = 7
_NOBODY = 0.3
"""What a long sentence loses in which nobody is: description, which the picture gives too."""
_TURN_WORDS = 16.0
"""A line of more words has less of it: turns are short."""
_LAST_LINES = 1.5
"""How many times more the last two lines of an exchange have: what it comes to."""
_TURN_SCENE = 0.7
"""What it adds to its scene."""
_STAKES: dict[Mood, float] = {
    "calm": 0.0, "happy": 0.1, "mysterious": 0.3, "sad": 0.3, "tender": 0.5, "triumphant": 0.5, "tense": 0.7,
    "angry": 0.8, "fearful": 1.5,
}  # fmt: skip
"""What a scene's mood adds to its weight: more is at stake where somebody is afraid than where all is calm, and
more the later. Half of it counts at the beginning of the book, half as much again as this at its end."""
_OPENING = (3.0, 1.0, 0.7, 0.4, 0.2)  # the first sentences of the story say who, where and when
_TURNS = ((0.05, 0.25, 0.8), (0.25, 0.42, 0.4), (0.42, 0.6, 0.6), (0.6, 0.93, 1.8), (0.86, 1.0, 1.2))
"""Where a story turns, from and to as shares of the book, and what that adds to the weightiest scene there: what
starts it, the first turn, the middle, the climax and the resolution (after the four acts that Cutting 2016 finds in
films)."""


class _Told(NamedTuple):
    """What the weighing needs to know of one beat."""

    stems: frozenset[str]
    value: float
    loose: float
    """What it costs to hear it without the beat before it, somewhere in a scene."""


class Needed(NamedTuple):
    """Scenes that the deciding talk rests on."""

    turn: int
    """Where it takes place."""
    met: tuple[tuple[int, ...], ...]
    """For each of its people the scenes before it that tell of them, the first one first: one of them is needed."""


class Weights:
    """Values of beats and costs of cuts for one book."""

    def __init__(
        self,
        reading: Reading,
        beats: Sequence[Beat],
        *,
        dialogue: float = 1.0,
        picked: Mapping[int, float] | None = None,
    ) -> None:
        """``dialogue`` multiplies what quotations are worth; ``picked`` is what somebody's choice adds to beats."""
        self._language = reading.language
        self._words = WORDS[reading.language]
        self._stop = {stem(w, reading.language) for w in self._words.stop if len(w) > 5}
        self._beats = beats
        most = max((c.mentions + c.quotes for c in reading.characters if c.id != reading.narrator), default=0) or 1
        self._importance = {c.id: min(1.0, math.sqrt((c.mentions + c.quotes) / most)) for c in reading.characters}
        if reading.narrator:
            self._importance[reading.narrator] = _TELLER
        self._names = {stem(w, reading.language) for c in reading.characters for n in c.names for w in word_list(n)}
        stems = [self._stems(b) for b in beats]
        self._key = self._keys(stems)
        own = [min(_KEY_MOST, math.fsum(self._key.get(s, 0.0) for s in found)) for found in stems]
        seen: dict[str, int] = {}
        for index, beat in enumerate(beats):
            for person in (c for u in beat.units if not u.dialogue for c in u.characters):
                seen.setdefault(person, index)
        self._talks = exchanges(beats, self._importance, own, seen)
        turns = last_words(beats, self._importance)
        self._talk_of: dict[int, Exchange] = {}
        self._within: dict[int, Exchange] = {}
        for talk in self._talks:
            self._within |= dict.fromkeys(range(talk.first + 1, talk.last + 1), talk)
            for index in talk.lines:
                length = sum(len(u.text.split()) for u in beats[index].units)
                worth = _TURN * talk.weight * min(1.0, _TURN_WORDS / length)
                worth *= _LAST_LINES if index in talk.lines[-2:] else 1.0
                turns[index] = max(turns.get(index, 0.0), worth)
                self._talk_of.setdefault(index, talk)
        turns = {index: dialogue * worth for index, worth in turns.items()}
        self._deciding = deciding(self._talks)
        self._setups = setups(self._deciding, seen)
        for index, worth in self._setups.items():
            turns[index] = turns.get(index, 0.0) + worth
        heard: Counter[str] = Counter()
        self._told: list[_Told] = []
        opening = self._opening(beats)
        for index, (beat, found) in enumerate(zip(beats, stems, strict=True)):
            value = sum(self._value(u, heard, dialogue) for u in beat.units) + opening.get(index, 0.0)
            value += own[index] + turns.get(index, 0.0) + (picked or {}).get(index, 0.0)
            if index == 0 or beats[index - 1].first.scene != beat.first.scene:
                value += 0.4
            heard.update(c for u in beat.units if not u.dialogue for c in u.characters)
            self._told.append(_Told(found, max(0.05, value), self._loose(index)))

    def value(self, index: int) -> float:
        """What the film gains by the beat."""
        return self._told[index].value

    def needed(self) -> Needed | None:
        """What a film of the story cannot do without; None where no talk of the second half weighs much."""
        talk = self._deciding
        if talk is None or talk.weight < _DECIDES:
            return None
        met: dict[str, list[int]] = {c: [] for c in sorted(talk.people)}
        for beat in (b for b in self._beats[: talk.first] if b.first.scene != talk.scene):
            for person in {c for u in beat.units if not u.dialogue for c in u.characters} & talk.people:
                met[person].append(beat.first.scene)
        return Needed(talk.scene, tuple(tuple(dict.fromkeys(scenes)) for scenes in met.values()))

    def drama(self) -> dict[int, float]:
        """By scene, how much of the story turns in the weightiest exchange there, or is prepared there."""
        found: dict[int, float] = {}
        for talk in self._talks:
            found[talk.scene] = max(found.get(talk.scene, 0.0), talk.weight)
        for index, worth in self._setups.items():
            scene = self._beats[index].first.scene
            found[scene] = found.get(scene, 0.0) + worth
        return found

    def begin(self, index: int) -> float:
        """What it costs to begin a scene with the beat; ``FORBIDDEN`` where it cannot begin one."""
        told = self._told[index]
        first = self._beats[index].first
        talk = _SILENT_OPENING if first.dialogue or len(word_list(first.text)) < 4 else 0.0
        talk += 1.5 * self._interrupts(None, index)
        if self._beats[index].first.scene != self._beats[0].first.scene:
            return 1.8 * told.loose + talk
        late = sum(not b.first.dialogue for b in self._beats[: min(index, 20)])
        return 2.5 * told.loose + talk + min(2.5, 0.5 * late)

    def link(self, before: int, index: int) -> float:
        """What it costs to hear the beat right after an earlier one of its scene; 0 for neighbours."""
        if index == before + 1:
            return 0.0
        told = self._told[index]
        hanging = self.stop(before)
        if math.isinf(told.loose) or math.isinf(hanging):
            return FORBIDDEN
        known = {c for u in self._beats[before].units for c in u.characters}
        mine = {c for u in self._beats[index].units for c in u.characters}
        loose = told.loose * (0.5 if mine and mine <= known and not self._beats[index].first.dialogue else 1.0)
        shared = len(told.stems & self._told[before].stems) / max(
            4, min(len(told.stems), len(self._told[before].stems))
        )
        return 0.35 + loose + hanging + 0.8 * shared + self._collision(before, index) + self._interrupts(before, index)

    def _interrupts(self, before: int | None, index: int) -> float:
        """What it costs to come into a talk in its middle."""
        talk = self._within.get(index)
        if talk is None or (before is not None and talk.first <= before):
            return 0.0
        return _INTERRUPTS

    def _collision(self, before: int, index: int) -> float:
        """What it costs that a line of one talk is heard as the answer to a line of another."""
        if not (self._beats[before].last.dialogue and self._beats[index].first.dialogue):
            return 0.0
        one, other = self._talk_of.get(before), self._talk_of.get(index)
        return 0.0 if one is not None and one is other else _COLLISION

    def stop(self, index: int) -> float:
        """What it costs to leave out what follows the beat in its scene."""
        if index + 1 >= len(self._beats):
            return 0.0
        beat, following = self._beats[index], self._beats[index + 1]
        if beat.first.scene != following.first.scene:
            return 0.0
        if following.first.piece > 0:
            if following.first.fresh:
                # A speech that was only begun says less than one that is left out.
                return 0.2 if len(beat.last.text.split()) >= _SAYS_WORDS else 0.9
            return 0.45 if len(beat.last.text.split()) >= 5 else 1.5
        if not beat.last.dialogue and not beat.last.ends:
            return 1.2
        if beat.last.dialogue and "?" in beat.last.text[-3:]:
            return 2.0 if following.first.dialogue else 0.7
        if not beat.last.dialogue and following.first.dialogue and following.first.character in beat.last.characters:
            return _COMES_TO_SAY
        answered = following.first.dialogue and following.first.character != beat.last.character
        mine = self._talk_of.get(index)
        return _UNANSWERED if answered and mine is not None and index < mine.last else 0.0

    def _stems(self, beat: Beat) -> frozenset[str]:
        words = (w for u in beat.units for w in word_list(u.text))
        found = (stem(w, self._language) for w in words if len(w) > 2 and w not in self._words.stop)
        return frozenset(s for s in found if s not in self._stop)

    def _opening(self, beats: Sequence[Beat]) -> dict[int, float]:
        told = [i for i, b in enumerate(beats) if not b.first.dialogue][: len(_OPENING)]
        return dict(zip(told, _OPENING, strict=False))

    def _keys(self, stems: Sequence[frozenset[str]]) -> dict[str, float]:
        """How much each stem says what the story is about, 0 to about ``_KEY``.

        Words of a story come back through the book, but in clusters, while common words are spread evenly
        (Ortuno et al. 2002 find keywords by their clustering). A book is taken as ``_PARTS`` equal parts: a word
        counts by how often and in how many parts it stands, and by the variance of its counts over the
        parts against their mean. Names do not count here, people are weighed by themselves.
        """
        parts: dict[str, list[int]] = {}
        for index, found in enumerate(stems):
            for s in found - self._names:
                parts.setdefault(s, [0] * _PARTS)[index * _PARTS // len(stems)] += 1
        raw = {}
        for s, row in sorted(parts.items()):
            n, spread = sum(row), sum(c > 0 for c in row)
            if n > 1 and spread > 1:
                clustered = sum((c - n / _PARTS) ** 2 for c in row) / n
                told = 0.25 + min(3.0, clustered) if n >= _MANY else 1.0
                raw[s] = math.log2(n) * min(6, spread - 1) * told
        top = sorted(raw.values(), reverse=True)[:8]
        scale = sum(top) / len(top) if top else 1.0
        return {s: _KEY * min(1.2, v / scale) for s, v in raw.items()}

    def _value(self, unit: Unit, heard: Counter[str], dialogue: float) -> float:
        words = word_list(unit.text)
        people = min(1.0, sum(self._importance.get(c, 0.0) for c in unit.characters))
        quality = 0.35 + 0.45 * people + (0.25 if unit.emotion != "neutral" else 0.0)
        if unit.dialogue:
            quality += 0.25 if unit.text.rstrip("\"'»”’")[-1:] in "!?" else 0.1
            quality -= 0.35 * (unit.character is None) + 0.3 * (len(words) < 2)
            quality *= dialogue * (0.6 + 0.4 * unit.confidence)
        else:
            acts = self._words.action.search(unit.text.casefold().replace("ё", "е"))
            quality += 0.25 if acts else -0.1
            meets = [self._importance.get(c, 0.0) * _MEETINGS[heard[c]] for c in unit.characters if heard[c] < 3]
            quality += max(meets, default=0.0)
            quality -= 0.35 * (not unit.characters and not acts) + _NOBODY * (not unit.characters and len(words) > 12)
            quality -= 0.25 * any(c in "()[]" for c in unit.text)
            quality -= 0.3 * (len(words) < 5) + 0.2 * any(c.isdigit() for c in unit.text)
        if len(words) > _COMFORT_WORDS:
            quality -= 0.02 * (len(words) - _COMFORT_WORDS)
        return max(0.05, quality) * float((max(1, len(words)) / 5) ** 0.6)

    def _loose(self, index: int) -> float:
        """How badly the beat needs the one before it."""
        beat = self._beats[index]
        before = self._beats[index - 1] if index else None
        first = beat.first
        if not first.fresh:
            return FORBIDDEN
        if first.continues and before and before.first.scene == first.scene and not first.dialogue:
            return 2.5
        if first.dialogue and first.piece == 0:
            return self._reply(first, index)
        if first.dialogue:
            return 1.0 + 1.2 * (len(word_list(first.text)) < 7)
        words = word_list(first.text)
        cost = 0.15 if first.opens else 0.3
        if not words:
            return cost
        named = any(stem(w, self._language) in self._names for w in words[:6])
        lost = not named and any(w in self._words.pronouns for w in words[:5])
        if words[0] in self._words.pronouns:
            return cost + (1.1 if named else 1.5)
        if words[0] in self._words.pointers or (
            words[0] in self._words.connectives and words[1:2] and words[1] in self._words.pointers
        ):
            return cost + 1.1
        if words[0] in self._words.connectives:
            return cost + 0.5 + 0.9 * lost
        return cost + 0.7 * lost

    def _reply(self, first: Unit, index: int) -> float:
        """A quotation soon after another's is its reply; one that comes after narration alone opens a talk."""
        before = self._beats[index - 1] if index else None
        if before is None or before.first.scene != first.scene:
            return 0.6
        lost = 0.6 * (len(word_list(first.text)) < 4)
        if before.last.dialogue:
            near = first.paragraph - before.last.paragraph <= 1
            question = "?" in before.last.text[-3:]
            return (2.2 if question else 1.5 + lost) if near else 0.8
        earlier = self._beats[index - 2] if index > 1 else None
        if earlier is not None and earlier.last.dialogue and first.paragraph - earlier.last.paragraph <= 2:
            return 1.4 + lost
        return 0.45


def scene_weights(
    reading: Reading, beats: Sequence[Beat], values: Sequence[float], drama: Mapping[int, float] | None = None
) -> dict[int, float]:
    """How much the film needs each scene of the reading that has beats: about 1, up to 3 for the turns.

    A scene counts more with the people of the story in it, with talk, with feeling, where the mood turns, and by
    its place in the book: the beginning, the turns near a quarter, a half and three quarters, the climax, the end.
    """
    rows: dict[int, list[int]] = {}
    for index, beat in enumerate(beats):
        rows.setdefault(beat.first.scene, []).append(index)
    if not rows:
        return {}
    mentions = {c.id: c.mentions + c.quotes for c in reading.characters if c.id != reading.narrator}
    most = max(mentions.values(), default=0) or 1
    start, end = beats[0].first.span.start, max(1, beats[-1].last.span.end)
    weights = {}
    for scene, indices in rows.items():
        told = reading.scenes[scene]
        units = [u for i in indices for u in beats[i].units]
        people = sum(math.sqrt(mentions.get(c, 0) / most) for c in told.characters[:4])
        talk = sum(u.dialogue for u in units) / len(units)
        feeling = sum(u.emotion != "neutral" for u in units) / len(units)
        best = sorted((values[i] for i in indices), reverse=True)[:5]
        turn = scene > 0 and reading.scenes[scene - 1].mood != told.mood
        stakes = _STAKES[told.mood] * (0.5 + (_middle(beats, indices) - start) / (end - start))
        weights[scene] = (
            0.5 + 0.3 * min(1.5, people) + 0.15 * talk + 0.8 * feeling + 0.2 * turn + stakes + 0.13 * sum(best)
        )
        weights[scene] += _TURN_SCENE * (drama or {}).get(scene, 0.0)
    raw = dict(weights)
    turns: list[int] = []
    for low, high, bonus in _TURNS:
        inside = [s for s in sorted(rows)[1:-1] if low <= (_middle(beats, rows[s]) - start) / (end - start) < high]
        inside = [s for s in inside if s not in turns]
        if inside:
            turns.append(max(inside, key=lambda s: (raw[s], -s)))
            weights[turns[-1]] += bonus
    lead = max(mentions, key=lambda c: (mentions[c], c), default=None)
    meeting = next((b.first.scene for b in beats for u in b.units if not u.dialogue and lead in u.characters), None)
    if meeting is not None:
        weights[meeting] += _MEETING_SCENE
    weights[min(rows)] += 1.2
    weights[max(rows)] += 2.2
    return weights


def _middle(beats: Sequence[Beat], indices: Sequence[int]) -> float:
    return (beats[indices[0]].first.span.start + beats[indices[-1]].last.span.end) / 2
