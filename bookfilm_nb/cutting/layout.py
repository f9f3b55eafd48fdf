"""The cut: when every shot and every line begins and ends.

This is the only place that decides when things happen. Speech is placed first, by the length of the real
takes and the pauses between them; the picture is cut to the speech. Positions are whole samples and whole
frames counted from the film's start, never sums of rounded lengths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.errors import RenderError
from bookfilm_nb.model import ChapterMark, ClipTake, PictureTake, Screenplay, ShotClip, Timeline, VoiceClip
from bookfilm_nb.screenwriting.timing import END_CARD_S, TITLE_CARD_S, establishing_s, followed, narrated, pause_after
from bookfilm_nb.storyboard.prompt import figure_name

from .acting import blinks, mouth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bookfilm_nb.model import Element, GenreTemplate, Scene, Shot, Storyboard, VoiceTake
    from bookfilm_nb.model.vocabulary import Transition

__all__ = ["lay_out"]

SAMPLE_RATE = 48_000
DISSOLVE_S = 0.5
CARD_FADE_S = 0.75
LEAD_S = 0.2
"""The picture is there this long before the voice: a cut on the first syllable looks like a mistake."""
TAIL_S = 1.5
"""The last picture is held after the last word."""
SHORTEST_S = 0.75
PAN = 0.2
"""Who stands in the left or the right of the picture is heard this far from the middle; by thirds, so that a picture
drawn anew does not change the sound."""


class _Slot(NamedTuple):
    shot: Shot
    begins_s: float


class _Placed(NamedTuple):
    element: Element
    take: VoiceTake
    begins_s: float

    @property
    def ends_s(self) -> float:
        return self.begins_s + self.take.length_s


def lay_out(
    screenplay: Screenplay,
    storyboard: Storyboard,
    template: GenreTemplate,
    voices: Mapping[str, VoiceTake],
    pictures: Mapping[str, PictureTake | ClipTake],
    *,
    width: int,
    height: int,
    fps: int = 24,
) -> Timeline:
    """The timeline without music and captions.

    ``voices`` holds a take for every spoken element, ``pictures`` one for every shot and for the cards
    "title" and "end". Raises RenderError naming what is missing.
    """
    missing = [s.id for s in storyboard.shots if s.id not in pictures] + [
        e.id for e in screenplay.elements() if e.spoken and e.id not in voices
    ]
    missing += [card for card in ("title", "end") if card not in pictures]
    if missing:
        raise RenderError(
            f"{len(missing)} takes are missing, the first is {missing[0]}.",
            hint="Run `bookfilm voice` and `bookfilm shoot` first.",
            missing=missing,
        )
    placed, slots, ends_s = _place(screenplay, storyboard, template, voices)
    borders = _borders(slots, ends_s, fps)
    cards_start = borders[-1]
    length = cards_start + round(END_CARD_S * fps)
    shots = [_card("title", pictures["title"], 0, borders[0], fps)]
    for slot, start, end in zip(slots, borders, borders[1:], strict=False):
        shots.append(_clip(slot.shot, pictures[slot.shot.id], start, end, placed, screenplay, fps))
    shots[-1] = shots[-1].model_copy(update={"fade_out": round(CARD_FADE_S * fps)})
    shots.append(_card("end", pictures["end"], cards_start, length, fps))
    return Timeline(
        title=screenplay.title,
        language=screenplay.language,
        fps=fps,
        width=width,
        height=height,
        sample_rate=SAMPLE_RATE,
        length=length,
        shots=tuple(shots),
        voices=tuple(_voice(p, shots, storyboard) for p in placed.values()),
        music=(),
        captions=(),
        chapters=_chapters(screenplay, slots, borders),
    )


def _place(
    screenplay: Screenplay, storyboard: Storyboard, template: GenreTemplate, voices: Mapping[str, VoiceTake]
) -> tuple[dict[str, _Placed], list[_Slot], float]:
    """Speech in seconds from the film's start, the wish of each shot for its beginning, and the end."""
    following = {e.id: after for e, after in followed(screenplay.elements())}
    elements = {e.id: e for e in screenplay.elements() if e.spoken}
    openings = _openings_s(screenplay)
    placed: dict[str, _Placed] = {}
    slots: list[_Slot] = []
    now = TITLE_CARD_S
    silent_until = now
    for shot in storyboard.shots:
        begins: float | None = None
        opens_scene = not slots or slots[-1].shot.scene != shot.scene
        for portion in shot.portions:
            element = elements[portion.element]
            if element.id not in placed:
                seen_s = max(now - LEAD_S, silent_until)
                lead_s = LEAD_S + (openings.get(element.id, 0.0) if opens_scene else 0.0)
                placed[element.id] = _Placed(element, voices[element.id], seen_s + lead_s)
                now = placed[element.id].ends_s + pause_after(element, following[element.id], template.pause_s.value)
                begins = seen_s if begins is None else begins
            if begins is None:
                begins = _heard_s(placed[element.id], portion.start)
        if begins is None:
            begins = max(now - LEAD_S, silent_until)
            silent_until = begins + shot.planned_s
            now = max(now, silent_until)
        slots.append(_Slot(shot, begins))
    last = max((p.ends_s for p in placed.values()), default=now)
    return placed, slots, max(last, silent_until) + TAIL_S


def _openings_s(screenplay: Screenplay) -> dict[str, float]:
    """How long the first picture of a scene is seen before its narrator begins, by the first spoken element."""
    found = {}
    before: Scene | None = None
    for scene in screenplay.scenes:
        first = next((e.id for e in scene.elements if e.spoken), None)
        if first and narrated(scene):
            found[first] = establishing_s(before, scene)
        before = scene
    return found


def _heard_s(line: _Placed, character: int) -> float:
    """When the picture should change for the words from this character on: a little before them."""
    if character == 0:
        return line.begins_s - LEAD_S
    later = [w.start_s for w in line.take.words if w.start >= character]
    return line.begins_s + (later[0] if later else line.take.length_s) - 0.06


def _borders(slots: list[_Slot], ends_s: float, fps: int) -> list[int]:
    """First frames of all shots and, last, the frame after them; each shot lasts ``SHORTEST_S`` at least."""
    borders = [round(TITLE_CARD_S * fps)]
    for slot in slots[1:]:
        borders.append(max(round(slot.begins_s * fps), borders[-1] + round(SHORTEST_S * fps)))
    borders.append(max(round(ends_s * fps), borders[-1] + round(SHORTEST_S * fps)))
    return borders


def _card(name: str, take: PictureTake | ClipTake, start: int, end: int, fps: int) -> ShotClip:
    fade = round(CARD_FADE_S * fps)
    return ShotClip(
        shot=name,
        take=take,
        start=start,
        length=end - start,
        move="push in",
        transition="fade",
        dissolve=fade,
        fade_out=fade if name == "end" else 0,
    )


def _clip(
    shot: Shot,
    take: PictureTake | ClipTake,
    start: int,
    end: int,
    placed: Mapping[str, _Placed],
    screenplay: Screenplay,
    fps: int,
) -> ShotClip:
    length = end - start
    figures = [x.character for x in take.layers if x.character] if isinstance(take, PictureTake) else []
    names = {c.id: figure_name(c.name) for c in screenplay.characters}
    acts = list(blinks(figures, length=length, fps=fps, seed=shot.seed))
    for identity in dict.fromkeys(p.element for p in shot.portions):
        line = placed[identity]
        speaker = line.element.character
        shown = [f for f in figures if f == names.get(speaker or "")]
        if line.element.kind == "dialogue" and shown:
            starts_s = line.begins_s - start / fps
            acts += mouth(shown[0], line.take, line.element.text, starts_s=starts_s, length=length, fps=fps)
    transition: Transition = shot.transition
    dissolve = 0 if transition == "cut" else min(round(DISSOLVE_S * fps), length // 3)
    return ShotClip(
        shot=shot.id,
        take=take,
        start=start,
        length=length,
        move=shot.move,
        transition=transition if dissolve else "cut",
        dissolve=dissolve,
        acts=tuple(sorted(acts, key=lambda a: (a.start, a.character, a.kind))),
        seed=shot.seed,
    )


def _voice(line: _Placed, shots: list[ShotClip], storyboard: Storyboard) -> VoiceClip:
    """The line on the sound track, panned gently to where its speaker stands in the picture."""
    pan = 0.0
    if line.element.kind == "dialogue":
        covering = {s.id for s in storyboard.shots if any(p.element == line.element.id for p in s.portions)}
        for clip in shots:
            if clip.shot in covering and isinstance(clip.take, PictureTake):
                for layer in clip.take.layers:
                    if layer.character and any(a.kind == "talk" and a.character == layer.character for a in clip.acts):
                        centre = (layer.x + layer.width / 2) / clip.take.width
                        pan = PAN * ((centre > 0.6) - (centre < 0.4))
                break
    return VoiceClip(
        element=line.element.id,
        character=line.element.character,
        take=line.take,
        start=round(line.begins_s * SAMPLE_RATE),
        pan=pan,
    )


def _chapters(screenplay: Screenplay, slots: list[_Slot], borders: list[int]) -> tuple[ChapterMark, ...]:
    """A mark for the title, and one wherever the film moves to another location."""
    headings = {s.id: s.heading for s in screenplay.scenes}
    marks = [ChapterMark(title=screenplay.title, start=0)]
    for slot, start in zip(slots, borders, strict=False):
        location = headings[slot.shot.scene].location
        if marks[-1].title != location:
            marks.append(ChapterMark(title=location, start=start))
    return tuple(marks)
