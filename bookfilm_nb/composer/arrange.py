"""From a cue to notes: form, chords, and parts for pad, figure, melody, bass and drum."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING, NamedTuple

from .palette import PALETTES, SCALES, Palette
from .theme import Theme, theme_for

if TYPE_CHECKING:
    import pretty_midi

    from bookfilm_nb.model import MusicCue

__all__ = ["midi_bytes"]

BEATS = 4
ENDING_S = 3.0
"""The last chord of a closing cue rings this long."""


class _Bar(NamedTuple):
    start_s: float
    beat_s: float
    root: int
    """Scale degree."""
    theme_bar: int
    has_melody: bool
    has_figure: bool
    swell: float
    """Loudness, 0.6 to 1."""


def midi_bytes(cue: MusicCue) -> bytes:
    """The cue as a standard MIDI file; the same cue gives the same bytes."""
    import pretty_midi

    palette = PALETTES[cue.mood]
    lot = random.Random(f"cue/{cue.seed}/{cue.id}")
    theme = theme_for(cue.seed // 1000)
    tonic = 55 + random.Random(f"key/{cue.seed // 1000}").randrange(-4, 5)
    scale = SCALES[palette.major if cue.mode == "major" else palette.minor]
    bars = _form(cue, palette, lot)
    score = _Score(tonic, scale, lot)
    parts = [
        _instrument(palette.pad, [n for i, bar in enumerate(bars) for n in score.pad(bar, palette, i)]),
        _instrument(palette.figure, [n for bar in bars if bar.has_figure for n in score.figure(bar, palette)]),
        _instrument(palette.melody, [n for bar in bars if bar.has_melody for n in score.melody(bar, theme)]),
        _instrument(palette.bass, [n for bar in bars for n in score.bass(bar, palette)]),
    ]
    if palette.drum is not None:
        parts.append(
            _instrument(palette.drum, [n for i, bar in enumerate(bars) if i % 2 == 0 for n in score.drum(bar)])
        )
    if cue.closing:
        parts[0].notes += score.last_chord(bars[-1], cue.length_s)
    midi = pretty_midi.PrettyMIDI(resolution=480, initial_tempo=60 / bars[0].beat_s)
    midi.instruments = [part for part in parts if part.notes]
    out = io.BytesIO()
    midi.write(out)
    return out.getvalue()


def _instrument(program: int, notes: list[pretty_midi.Note]) -> pretty_midi.Instrument:
    import pretty_midi

    part = pretty_midi.Instrument(program)
    part.notes = notes
    return part


def _form(cue: MusicCue, palette: Palette, lot: random.Random) -> list[_Bar]:
    """Bars that fill the cue exactly: the tempo gives a little so that no bar is cut off."""
    playing_s = max(4.0, cue.length_s - (ENDING_S if cue.closing else 0.0))
    count = max(1, round(playing_s / (BEATS * 60 / cue.bpm)))
    beat_s = playing_s / count / BEATS
    first, second = lot.choice(palette.progressions), lot.choice(palette.progressions)
    bars = []
    for i in range(count):
        phrase = i // 4
        progression = second if phrase % 3 == 2 else first
        root = progression[i % 4 % len(progression)]
        if cue.closing and i == count - 1:
            root = 4
        entering = i >= (0 if cue.opening else 2)
        # The tune speaks and rests in turn, so that the voice has room
        melody = entering and (phrase % 2 == 0 or palette.energy > 0.7) and (cue.opening or i >= 4)
        swell = 0.75 + 0.25 * (1 - abs((i % 8) - 4) / 4)
        bars.append(_Bar(i * BEATS * beat_s, beat_s, root, i % 4, melody, entering or i % 2 == 1, swell))
    return bars


class _Score:
    """Writes the notes of one bar for each part."""

    def __init__(self, tonic: int, scale: tuple[int, ...], lot: random.Random) -> None:
        self._tonic, self._scale, self._lot = tonic, scale, lot

    def _pitch(self, degree: int, octave: int = 0) -> int:
        octaves, step = divmod(degree, 7)
        return self._tonic + self._scale[step] + 12 * (octaves + octave)

    def _note(self, pitch: int, velocity: float, start: float, end: float) -> pretty_midi.Note:
        import pretty_midi

        late = abs(self._lot.gauss(0, 0.008))  # players are not machines
        loud = max(12, min(120, round(velocity + self._lot.gauss(0, 2.5))))
        return pretty_midi.Note(
            velocity=loud, pitch=max(24, min(100, pitch)), start=start + late, end=max(end, start + 0.06)
        )

    def pad(self, bar: _Bar, palette: Palette, index: int) -> list[pretty_midi.Note]:
        velocity = (38 + 26 * palette.energy) * bar.swell
        end = bar.start_s + BEATS * bar.beat_s * 1.04
        chord = [bar.root, bar.root + 2, bar.root + 4]
        voiced = [self._pitch(degree) for degree in chord]
        # Keep the chord in one register, so that chords move by the nearest way
        voiced = [pitch - 12 if pitch > self._tonic + 11 else pitch for pitch in voiced]
        if index % 4 == 3:
            voiced.append(self._pitch(bar.root + 1, 1))
        return [self._note(pitch, velocity, bar.start_s, end) for pitch in voiced]

    def figure(self, bar: _Bar, palette: Palette) -> list[pretty_midi.Note]:
        r = bar.root
        patterns = {
            "arpeggio": ([r, r + 2, r + 4, r + 7, r + 4, r + 2, r + 4, r + 2], 0.5, 1),
            "rocking": ([r, r + 4, r + 2, r + 4], 1.0, 1),
            "pulse": ([r, r, r + 4, r, r, r, r + 4, r + 1], 0.5, -1),
            "tremolo": ([r, r + 1] * 8, 0.25, 1),
            "chords": ([r, r + 4, r + 7, r + 4], 1.0, 0),
        }
        degrees, beats, octave = patterns[palette.figure_style]
        velocity = (34 + 34 * palette.energy) * bar.swell
        notes = []
        for i, degree in enumerate(degrees):
            if beats < 1 and palette.energy < 0.5 and i % 4 == 3:
                continue
            start = bar.start_s + i * beats * bar.beat_s
            accent = 6 if i == 0 else 0
            ring = 2.2 if palette.figure in {0, 8, 24, 46} else 0.9
            notes.append(
                self._note(self._pitch(degree, octave), velocity + accent, start, start + beats * bar.beat_s * ring)
            )
        return notes

    def melody(self, bar: _Bar, theme: Theme) -> list[pretty_midi.Note]:
        notes, beat = [], 0.0
        for tone in theme.bars[bar.theme_bar]:
            start = bar.start_s + beat * bar.beat_s
            end = start + tone.beats * bar.beat_s * 0.96
            notes.append(self._note(self._pitch(bar.root + tone.step, 1), 62 * bar.swell + 6, start, end))
            beat += tone.beats
        return notes

    def bass(self, bar: _Bar, palette: Palette) -> list[pretty_midi.Note]:
        velocity = (44 + 24 * palette.energy) * bar.swell
        root = self._pitch(bar.root, -2 if self._pitch(bar.root) > self._tonic + 4 else -1)
        half = bar.start_s + 2 * bar.beat_s
        end = bar.start_s + BEATS * bar.beat_s
        if palette.energy < 0.45:
            return [self._note(root, velocity, bar.start_s, end)]
        fifth = root + (self._pitch(bar.root + 4) - self._pitch(bar.root))
        return [self._note(root, velocity, bar.start_s, half), self._note(fifth, velocity - 6, half, end)]

    def drum(self, bar: _Bar) -> list[pretty_midi.Note]:
        root = self._tonic - 12
        hits = ((0.0, 58.0), (2.5, 40.0), (3.0, 46.0))
        return [
            self._note(root, loud * bar.swell, bar.start_s + beat * bar.beat_s, bar.start_s + (beat + 0.9) * bar.beat_s)
            for beat, loud in hits
        ]

    def last_chord(self, bar: _Bar, length_s: float) -> list[pretty_midi.Note]:
        start = bar.start_s + BEATS * bar.beat_s
        return [
            self._note(self._pitch(d, o), 50, start, length_s) for d, o in ((0, -1), (0, 0), (2, 0), (4, 0), (7, 0))
        ]
