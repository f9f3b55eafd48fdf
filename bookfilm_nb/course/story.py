"""The story that the recipe tells: what a text model is asked for, and the stand-in's answer."""

from __future__ import annotations

from pydantic import BaseModel, Field

__all__ = ["LONGEST", "STAND_IN", "Scene", "Story", "as_book", "ask"]

LONGEST = 6
"""Scenes of the stand-in's story."""


class Scene(BaseModel):
    """One line that is heard, and the picture that is seen with it."""

    line: str
    picture: str


class Story(BaseModel):
    """What the text model must answer."""

    title: str
    scenes: list[Scene] = Field(min_length=1)


def ask(idea: str, scenes: int, language: str = "en") -> str:
    """The request to the text model."""
    tongue = {"en": "English", "ru": "Russian"}.get(language, language)
    return (
        f"Write a story in {scenes} scenes: {idea}\n"
        f"Each scene is one or two sentences of narration in {tongue}, at most 30 words, and the description of one"
        " picture in English: place, light, people and what they look like. Give the story a title."
    )


def as_book(story: Story) -> str:
    """The story as the text of a book: its title, then a paragraph a scene."""
    return "\n\n".join([story.title, *(scene.line for scene in story.scenes)]) + "\n"


def _story(title: str, *scenes: tuple[str, str]) -> Story:
    return Story(title=title, scenes=[Scene(line=line, picture=picture) for line, picture in scenes])


_PICTURES = (
    "Wide shot of a lighthouse on a rock, early morning, flat bright sea, gulls.",
    "A girl with red braids and a yellow coat runs along a causeway, morning light.",
    "An old keeper with a white beard closes a blue door, evening, long shadows.",
    "The girl strikes a match before a great glass lens, sparks, darkness behind.",
    "A beam of light cuts through fog above the waves, a boat turns towards it.",
    "Sunrise over the harbour, the girl and the old keeper sit on the step and laugh.",
)

STAND_IN: dict[str, Story] = {
    "en": _story(
        "The Match",
        *zip(
            (
                "Every morning Nell carried bread to the lighthouse.",
                "The old keeper told his best stories while the bread was warm, and he never told the same one twice.",
                "One evening he locked the blue door: the harbour had no more money for oil.",
                "That night there was fog, and Nell heard a horn. “One match,” she said, “only one.”",
                (
                    "The great lens took the small flame and threw it over the water, and far below a boat turned its"
                    " bow to the harbour."
                ),
                "In the morning forty cans of oil stood on the step, and nobody would say who had paid.",
            ),
            _PICTURES,
            strict=True,
        ),
    ),
    "ru": _story(
        "Спичка",
        *zip(
            (
                "Каждое утро Нина носила хлеб на маяк.",
                "Старый смотритель рассказывал лучшие истории, пока хлеб был тёплый, и ни одной не повторял.",
                "Однажды вечером он запер синюю дверь: у гавани больше не было денег на масло.",
                "Ночью пришёл туман, и Нина услышала гудок. «Одну спичку, — сказала она, — только одну».",
                (
                    "Большая линза взяла маленькое пламя и бросила его через воду, и далеко внизу лодка повернула нос"
                    " к гавани."
                ),
                "Утром на пороге стояли сорок канистр масла, и никто не признался, кто за них заплатил.",
            ),
            _PICTURES,
            strict=True,
        ),
    ),
}
"""What the stand-in answers, by language; written for this course, free for any use (CC0 1.0)."""
