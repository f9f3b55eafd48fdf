"""Small made-up values for tests: a screenplay, its storyboard, and takes of given lengths."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import numpy as np

from bookfilm_nb.model import (
    ActPace,
    Character,
    Element,
    Figure,
    GenreTemplate,
    Layer,
    Palette,
    PictureTake,
    Portion,
    Scene,
    SceneHeading,
    Screenplay,
    Shot,
    Span,
    Storyboard,
    VoiceTake,
    WordTime,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE = 24_000


def figure(value: float) -> Figure:
    return Figure(value=value, low=value, high=value, source="a test", rows=0)


TEMPLATE = GenreTemplate(
    genre="drama",
    period="1990-2020",
    weights={"drama": 1.0},
    runtime_min=figure(110),
    acts=tuple(
        ActPace(name=name, starts=i / 4, ends=(i + 1) / 4, shot_length=figure(1.0))
        for i, name in enumerate(("setup", "complication", "development", "climax"))
    ),
    scene_length_s=figure(50),
    shot_length_s=figure(5.6),
    median_shot_s=figure(3.7),
    shot_sigma=figure(0.86),
    dialogue_share=figure(0.36),
    narration_wpm={"en": figure(155), "ru": figure(120)},
    tone={"joy": figure(0.15), "fear": figure(0.1)},
    palette=Palette(brightness=figure(42), saturation=figure(33)),
    pause_s=figure(0.4),
    music_mode="minor",
    music_bpm=figure(80),
)

ANNA = Character(id="anna", name="Anna", names=("Anna",), sex="female", age="young")


def screenplay(texts: Sequence[str], *, spoken_by: Sequence[str | None] | None = None, scenes: int = 1) -> Screenplay:
    """A screenplay with these spoken texts, dealt out over the scenes in order."""
    speakers = spoken_by or [None] * len(texts)
    made: list[list[Element]] = [[] for _ in range(scenes)]
    at = 0
    for i, (text, speaker) in enumerate(zip(texts, speakers, strict=True)):
        scene = i * scenes // len(texts)
        made[scene].append(
            Element(
                id=f"s{scene + 1:02d}e{len(made[scene]) + 1:03d}",
                kind="dialogue" if speaker else "voice_over",
                text=text,
                span=Span(start=at, end=at + len(text)),
                character=speaker,
            )
        )
        at += len(text) + 1
    return Screenplay(
        title="A test",
        author="Nobody",
        language="en",
        target_s=60,
        characters=(ANNA,),
        scenes=tuple(
            Scene(
                id=f"s{n + 1:02d}",
                heading=SceneHeading(setting="EXT.", location=f"PLACE {n + 1}", time="day"),
                place="field",
                span=Span(start=elements[0].span.start, end=elements[-1].span.end),
                characters=("anna",),
                elements=tuple(elements),
            )
            for n, elements in enumerate(made)
        ),
    )


def storyboard(play: Screenplay, *, silent: bool = True) -> Storyboard:
    """One shot an element, and a silent one before each scene."""
    shots = []
    for scene in play.scenes:
        count = 0
        if silent:
            count += 1
            shots.append(shot(f"{scene.id}h{count:02d}", scene.id, ()))
        for element in scene.elements:
            count += 1
            portion = Portion(element=element.id, start=0, end=len(element.text))
            shots.append(shot(f"{scene.id}h{count:02d}", scene.id, (portion,)))
    return Storyboard(shots=tuple(shots))


def shot(identity: str, scene: str, portions: tuple[Portion, ...]) -> Shot:
    return Shot(
        id=identity,
        scene=scene,
        portions=portions,
        size="wide",
        move="push in",
        prompt="Wide shot, eye level. Exterior, field, day, clear, summer. Mood: calm.",
        planned_s=2.5,
    )


def voice_take(element: Element, *, cps: float = 15.0, blob: str = "0" * 64) -> VoiceTake:
    """A take as long as the text at this rate, with its words evenly timed."""
    samples = max(1, round(len(element.text) / cps * RATE))
    length_s = samples / RATE
    words, at = [], 0
    for word in element.text.split(" "):
        start, end = at, at + len(word)
        at = end + 1
        if word:
            scale = length_s / len(element.text)
            words.append(WordTime(start=start, end=end, start_s=start * scale, end_s=end * scale))
    return VoiceTake(
        element=element.id,
        voice="test",
        blob=blob,
        sample_rate=RATE,
        samples=samples,
        words=tuple(words),
        timing="exact",
    )


def picture_take(identity: str, *, character: str | None = None) -> PictureTake:
    layers = [Layer(name="sky", role="backdrop", blob="0" * 64, width=1472, height=828, depth=0.0)]
    if character:
        layers.append(
            Layer(
                name=character,
                role="figure",
                blob="0" * 64,
                x=900,
                y=200,
                width=300,
                height=600,
                depth=1.0,
                character=character,
                talk_blob="1" * 64,
                blink_blob="2" * 64,
            )
        )
    return PictureTake(shot=identity, width=1472, height=828, layers=tuple(layers))


def wav(samples: np.ndarray, rate: int) -> bytes:
    """Samples in [-1, 1], shape (n,) or (n, channels), as a 16-bit WAV."""
    shaped = samples.reshape(len(samples), -1)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(shaped.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(shaped, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()
