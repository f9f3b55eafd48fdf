"""Which music the film needs, where, and how long: the orders to a composer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from bookfilm_nb.model import MusicClip, MusicCue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model import GenreTemplate, MusicTake, Screenplay, Storyboard, Timeline
    from bookfilm_nb.model.vocabulary import Mood

__all__ = ["PlacedCue", "cues", "music_clips"]

OVERLAP_S = 1.5
SHORTEST_CUE_S = 18.0
LONGEST_CUE_S = 90.0
"""A longer stretch gets another cue in the same mood, so that memory is bounded by one cue."""
_TEMPO: dict[Mood, float] = {
    "calm": 0.85,
    "happy": 1.1,
    "sad": 0.75,
    "tense": 1.15,
    "fearful": 1.05,
    "angry": 1.25,
    "mysterious": 0.8,
    "tender": 0.8,
    "triumphant": 1.15,
}
_MINOR: frozenset[Mood] = frozenset({"sad", "tense", "fearful", "angry", "mysterious"})
_MAJOR: frozenset[Mood] = frozenset({"happy", "tender", "triumphant"})


class PlacedCue(NamedTuple):
    """A cue and the sample of the film at which it begins."""

    cue: MusicCue
    start: int


def cues(
    timeline: Timeline, screenplay: Screenplay, storyboard: Storyboard, template: GenreTemplate, *, seed: int
) -> tuple[PlacedCue, ...]:
    """One cue for each stretch of scenes in one mood; together they cover the film, each overlapping the next.

    Scenes shorter than 18 s do not get a cue of their own: music that changes faster than that is noticed.
    Mode follows the mood, and the template where the mood leaves it open; tempo is the template's, quicker or
    slower by mood.
    """
    moods = {s.id: s.mood for s in screenplay.scenes}
    scene_of = {s.id: s.scene for s in storyboard.shots}
    stretches: list[tuple[Mood, int]] = []
    for clip in timeline.shots:
        mood = moods[scene_of[clip.shot]] if clip.shot in scene_of else None
        if mood is not None and (not stretches or stretches[-1][0] != mood):
            stretches.append((mood, clip.start))
    if not stretches:
        return ()
    stretches[0] = (stretches[0][0], 0)
    shortest = round(SHORTEST_CUE_S * timeline.fps)
    kept = [stretches[0]]
    for mood, start in stretches[1:]:
        if start - kept[-1][1] >= shortest and timeline.length - start >= shortest and mood != kept[-1][0]:
            kept.append((mood, start))
    kept = _divided(kept, timeline)
    ends = [start for _, start in kept[1:]] + [timeline.length]
    placed = []
    for i, ((mood, start), end) in enumerate(zip(kept, ends, strict=True)):
        last = i == len(kept) - 1
        mode: Literal["major", "minor"] = (
            "minor" if mood in _MINOR else "major" if mood in _MAJOR else template.music_mode
        )
        cue = MusicCue(
            id=f"m{i + 1:02d}",
            mood=mood,
            mode=mode,
            bpm=round(template.music_bpm.value * _TEMPO[mood], 1),
            length_s=(end - start) / timeline.fps + (0.0 if last else OVERLAP_S),
            seed=seed * 1000 + i,
            opening=i == 0,
            closing=last,
        )
        placed.append(PlacedCue(cue, start * timeline.sample_rate // timeline.fps))
    return tuple(placed)


def _divided(stretches: list[tuple[Mood, int]], timeline: Timeline) -> list[tuple[Mood, int]]:
    """The stretches with the longest cut in equal parts."""
    longest = round(LONGEST_CUE_S * timeline.fps)
    ends = [start for _, start in stretches[1:]] + [timeline.length]
    divided = []
    for (mood, start), end in zip(stretches, ends, strict=True):
        parts = -(-(end - start) // longest)
        divided += [(mood, start + (end - start) * k // parts) for k in range(parts)]
    return divided


def music_clips(
    placed: Sequence[PlacedCue], takes: Mapping[str, MusicTake], *, sample_rate: int
) -> tuple[MusicClip, ...]:
    """The takes on the sound track, each fading into the next over the overlap."""
    fade = round(OVERLAP_S * sample_rate)
    return tuple(
        MusicClip(
            take=takes[p.cue.id],
            start=p.start,
            fade_in=0 if p.cue.opening else fade,
            fade_out=sample_rate * 2 if p.cue.closing else fade,
        )
        for p in placed
    )
