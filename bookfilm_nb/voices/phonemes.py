"""Whose sounds these are: the phonemes of a whole phrase given back to its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.model import WordTime

from .phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Sound", "timed_words"]

_STRESSES = "ˈˌ"
_GAP = " "
_GAP_COST = 2.5
"""To take a gap between words for a sound, beside 1 for taking a sound for another, leaving one out or adding one."""


class Sound(NamedTuple):
    """One phoneme as it was said, from sample ``begin`` to sample ``end``."""

    phoneme: str
    begin: int
    end: int


def timed_words(
    text: str, sounds: Sequence[Sound], phonemes: Callable[[str], str], rate: int, *, offset: int = 0
) -> tuple[WordTime, ...]:
    """When each word of the text is said; ``phonemes`` tells how a word sounds alone, characters count from ``offset``.

    In a phrase words melt ("of the" is said as one) and sound otherwise than alone. So the sounds are laid beside those
    of all words alone, as far as they agree (least edits), and each goes to the word it then stands at.
    """
    spans = words_of(text)
    wanted: list[tuple[str, int]] = []
    for index, (a, b) in enumerate(spans):
        wanted += [(_GAP, -1)] if wanted else []
        wanted += [(sound, index) for sound in phonemes(text[a:b]) if sound.isalpha() and sound not in _STRESSES]
    heard = [s for s in _with_stress(sounds) if s.phoneme == _GAP or s.phoneme.isalpha()]
    times: dict[int, tuple[int, int]] = {}
    gap: int | None = None
    for sound, owner in zip(heard, _owners(wanted, heard), strict=True):
        if owner is None:
            gap = sound.begin if sound.phoneme == _GAP else gap
            continue
        # The mouth is on its way to a word within the gap before it; what of the gap is silent is drawn in later
        begin, end = times.get(owner, (sound.begin if gap is None else gap, sound.end))
        times[owner] = min(begin, sound.begin), max(end, sound.end)
        gap = None
    words: list[WordTime] = []
    now = 0
    for index, (a, b) in enumerate(spans):
        begin, end = times.get(index, (now, now))
        begin, end = max(now, begin), max(now, end)
        words.append(WordTime(start=offset + a, end=offset + b, start_s=begin / rate, end_s=end / rate))
        now = end
    return tuple(words)


def _with_stress(sounds: Sequence[Sound]) -> list[Sound]:
    """The sounds, a mark of stress being the beginning of the one after it."""
    found: list[Sound] = []
    begin: int | None = None
    for sound in sounds:
        if sound.phoneme in _STRESSES:
            begin = sound.begin if begin is None else begin
            continue
        found.append(sound if begin is None else sound._replace(begin=begin))
        begin = None
    return found


def _owners(wanted: Sequence[tuple[str, int]], heard: Sequence[Sound]) -> list[int | None]:
    """For each sound the word it belongs to; None for a gap."""
    rows = len(wanted)
    costs = [[0.0] * (len(heard) + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        costs[i][0] = costs[i - 1][0] + _alone(wanted[i - 1][0])
    for j in range(1, len(heard) + 1):
        costs[0][j] = costs[0][j - 1] + 1.0
    for i in range(1, rows + 1):
        sound, _ = wanted[i - 1]
        row, above = costs[i], costs[i - 1]
        for j in range(1, len(heard) + 1):
            other = heard[j - 1].phoneme
            change = 0.0 if sound == other else _GAP_COST if _GAP in {sound, other} else 1.0
            row[j] = min(above[j - 1] + change, above[j] + _alone(sound), row[j - 1] + 1.0)
    owners: list[int | None] = [None] * len(heard)
    i, j = rows, len(heard)
    while i and j:
        sound, owner = wanted[i - 1]
        other = heard[j - 1].phoneme
        change = 0.0 if sound == other else _GAP_COST if _GAP in {sound, other} else 1.0
        if costs[i][j] == costs[i - 1][j - 1] + change:
            i, j = i - 1, j - 1
            owners[j] = owner if owner >= 0 else None
        elif costs[i][j] == costs[i - 1][j] + _alone(sound):
            i -= 1
        else:
            j -= 1
    return _neighbours(owners, heard)


def _alone(sound: str) -> float:
    """What it costs that a sound of the words is not heard: gaps melt away for little."""
    return 0.5 if sound == _GAP else 1.0


def _neighbours(owners: list[int | None], heard: Sequence[Sound]) -> list[int | None]:
    """Sounds that stand at no word go to that of the sound before them, else after them, within the same gap."""
    found = list(owners)
    for order in (range(len(heard)), range(len(heard) - 1, -1, -1)):
        last: int | None = None
        for j in order:
            if heard[j].phoneme == _GAP:
                last = found[j] = None
            elif found[j] is None:
                found[j] = last
            else:
                last = found[j]
    return found
