"""What the author chose for a film: ``production.toml``, which a person can edit."""

from __future__ import annotations

import json
import tomllib
from typing import Literal

from pydantic import Field, ValidationError

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import Document, Period, first_fault
from bookfilm_nb.model.vocabulary import Language

__all__ = ["SIZES", "Choices", "choice_error", "choices_from_toml", "choices_to_toml"]

SIZES: dict[str, tuple[int, int]] = {
    "480p": (854, 480),
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "vertical": (1080, 1920),
}
"""Frame sizes by name, in pixels."""

_COMMENTS = {
    "book": "The book, and how to read it: language en or ru, and a charset, only where the guess was wrong",
    "rights": "What you declare about the rights in the book; shown on the end card",
    "genre": "Which template shapes the film: a genre, or several with weights (mystery 0.7 + romance 0.3), and of "
    "which years' films; how long the film is (minutes), and the seed of every choice made by lot",
    "size": "Picture: 480p, 720p, 1080p or vertical; captions in the picture as well as beside it",
    "voice": "Engines by name, or name:model; an empty voice is the best one installed for the language, no text model "
    "means the author's own sentences, no video model drawn pictures that move",
    "video_shots": "Shots that the video model makes, ids with commas or all; mute, keep or duck their own sound",
    "budget_usd": "Limits in US dollars, for the production and for one call; whether unknown prices are allowed",
    "record": "A file in which paid calls are recorded, or a recorded one to replay: nothing is called then",
}


class Choices(Document):
    """One film's choices."""

    book: str
    language: Language | None = None
    encoding: str | None = None
    rights: str = ""
    genre: str = "drama"
    period: Period = "1990-2020"
    minutes: float = Field(default=2.0, gt=0, le=600, allow_inf_nan=False)
    seed: int = Field(default=7, ge=0, lt=2**31)
    size: Literal["480p", "720p", "1080p", "vertical"] = "720p"
    fps: int = Field(default=24, ge=12, le=60)
    burn_captions: bool = False
    voice: str = ""
    images: str = "illustrator"
    composer: str = "composer"
    text: str = ""
    video: str = ""
    video_shots: str = ""
    clip_sound: Literal["mute", "keep", "duck"] = "mute"
    budget_usd: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    call_usd: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    unknown_prices: bool = False
    record: str = ""
    replay: str = ""

    @property
    def frame(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return SIZES[self.size]


def choices_to_toml(choices: Choices) -> str:
    """The choices as a TOML file with a comment for each group."""
    lines = []
    for name, value in choices.model_dump(mode="json").items():
        if name == "schema_version" or value is None:
            continue
        if name in _COMMENTS:
            lines += ["", f"# {_COMMENTS[name]}"]
        lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines).lstrip("\n") + "\n"


def choices_from_toml(text: str) -> Choices:
    """The choices back from the file; raises ChoiceError naming the line or the field that is wrong."""
    try:
        return Choices.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise ChoiceError(
            f"production.toml cannot be read: {fault}.",
            hint="Mend that line, or delete the file and run the film again.",
        ) from fault
    except ValidationError as fault:
        raise choice_error(fault) from fault


def choice_error(fault: ValidationError) -> ChoiceError:
    """A ChoiceError that names the first field at fault."""
    field, given, why = first_fault(fault)
    return ChoiceError(
        f"{field} cannot be {given!r}: {why}.",
        hint="See `bookfilm film --help` for the values it can have.",
        field=field,
    )
