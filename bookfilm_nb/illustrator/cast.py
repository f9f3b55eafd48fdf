"""The cast: who is drawn with which parts. A person's words decide; what they leave open, the name decides.

Only parts listed here can be chosen, so that no name ever puts a mask or dark glasses on anyone unasked.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from .lexicon import colour_of
from .pen import mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model.vocabulary import Age, Sex

    from .people import FigureWords

__all__ = ["HAIR_COLOURS", "Appearance", "appearance"]


class Appearance(NamedTuple):
    """The parts and colours one person is always drawn with."""

    sex: Sex
    age: Age
    head: str
    hair_colour: str
    braids: bool
    beard: str
    beard_colour: str
    hat: str
    hat_colour: str
    glasses: str
    garment: str
    over: str
    shawl_colour: str
    main: str
    second: str
    trim: str
    skin: str
    shoes: str
    stockings: str
    boots: bool


HAIR_COLOURS = {
    "black": "#39313a", "brown": "#70503d", "red": "#b5603a", "blond": "#d9b066", "grey": "#9a9a9f", "white": "#dcd9d4",
}  # fmt: skip
_SKINS = ("#f2cba6", "#eab98f", "#f5d3b3", "#dfa77c")
_SKIN_WORDS = {"dark": "#9a6742", "pale": "#f7dfcb", "tan": "#d39a6a"}
_MAIN = ("#44699c", "#8a4b45", "#5b7a56", "#8d7350", "#6b5a84", "#3f7f80", "#b07a3e", "#5a6474", "#a65d5f")
_LEGS = ("#4c4a55", "#5b4a40", "#3f4c5c", "#665c50")
_TRIM = ("#ece3d2", "#e3d4bb", "#d8dde0")
_SHAWLS = ("#8d4f4f", "#5f6f86", "#7c6a4e", "#6e5577", "#4f7364")

_HEADS: dict[tuple[str, str], tuple[str, ...]] = {
    ("male", "short"): ("short1", "short2", "short3", "short5", "pomp"),
    ("male", "long"): ("medium3", "medium1"),
    ("male", "bun"): ("bun2",),
    ("male", "curly"): ("dreads2", "short3"),
    ("male", "braids"): ("medium3",),
    ("male", "bald"): ("noHair1",),
    ("male", "bangs"): ("short5", "medium1"),
    ("male", "child"): ("short3", "short5", "shaved2", "short1"),
    ("male", "old"): ("noHair3", "grayShort", "short2", "noHair2"),
    ("female", "short"): ("medium1", "grayMedium", "bangs2"),
    ("female", "long"): ("long", "medium3", "mediumBangs", "longBangs"),
    ("female", "bun"): ("grayBun",),
    ("female", "curly"): ("longCurly", "mediumBangs2"),
    ("female", "braids"): ("grayMedium",),
    ("female", "bald"): ("noHair1",),
    ("female", "bangs"): ("bangs", "bangs2", "longBangs"),
    ("female", "child"): ("bangs", "medium1", "mediumBangs"),
    ("female", "old"): ("grayBun", "grayMedium"),
    ("female", ""): ("long", "medium3", "mediumBangs", "bangs", "medium1", "grayBun", "medium2"),
    ("male", ""): ("short1", "short2", "short3", "short5", "pomp", "short4"),
}
_UNDER_HAT = {"male": ("short2", "short1", "short5"), "female": ("medium1", "medium3", "long")}
_BEARDS = {"full": ("full", "full2", "full3"), "moustache": ("moustache6", "moustache7", "moustache5"),
           "goatee": ("goatee1", "goatee2"), "stubble": ("chin",)}  # fmt: skip
_GLASSES = ("glasses2", "glasses", "glasses5")


def appearance(figure: FigureWords) -> Appearance:
    """The parts of a person, from name and looks alone: the same in every shot, whatever is felt or said."""
    looks = figure.looks
    dice = _Dice(figure)
    sex: Sex = figure.sex
    if sex == "unknown":
        if looks.beard:
            sex = "male"
        elif looks.clothes == "dress" or looks.hair in {"bun", "braids"}:
            sex = "female"
        else:
            sex = "male" if dice.pick("sex", ("male", "female")) == "male" else "female"
    hair_colour = _hair_colour(figure, dice)
    beard = dice.pick("beard", _BEARDS[looks.beard]) if looks.beard and figure.age != "child" else ""
    garment = _garment(figure, sex)
    main = colour_of(looks.clothes_colour) if looks.clothes_colour else dice.pick("main", _MAIN)
    if garment == "cassock" and not looks.clothes_colour:
        main = "#45404a"
    if garment == "uniform" and not looks.clothes_colour:
        main = dice.pick("main", ("#4f6350", "#485a78"))
    return Appearance(
        sex=sex,
        age=figure.age,
        head=_head(figure, sex, dice),
        hair_colour=hair_colour,
        braids=looks.hair == "braids" and sex == "female",
        beard=beard,
        beard_colour=HAIR_COLOURS.get(figure.beard_colour, "") or hair_colour,
        hat="" if looks.hat == "turban" else looks.hat,
        hat_colour=colour_of(figure.hat_colour) if figure.hat_colour else _hat_colour(looks.hat, main, dice),
        glasses=dice.pick("glasses", _GLASSES) if looks.glasses else "",
        garment=garment,
        over=figure.over or (looks.clothes if looks.clothes in {"shawl", "apron"} else ""),
        shawl_colour=colour_of(figure.over_colour) if figure.over_colour else dice.pick("shawl", _SHAWLS),
        main=main,
        second=dice.pick("second", _LEGS) if garment != "skirt" else dice.pick("second", _MAIN + _LEGS),
        trim=dice.pick("trim", _TRIM),
        skin=_SKIN_WORDS.get(figure.skin) or dice.pick("skin", _SKINS),
        shoes=dice.pick("shoes", ("#3d3236", "#5a4234", "#4a3a34")),
        stockings=dice.pick("stockings", ("#d9c7b4", "#5c5660", "#c9b8a8")),
        boots=garment in {"uniform", "coat"} and sex == "male",
    )


class _Dice:
    """Choices that depend on a person's name and looks and on nothing else."""

    def __init__(self, figure: FigureWords) -> None:
        words = figure.model_dump_json(exclude={"emotion", "position", "speaking"})
        self.words = words.encode("utf-8")

    def pick(self, what: str, choices: Sequence[str]) -> str:
        digest = blake2b(self.words, digest_size=8, person=what.encode("ascii")[:16]).digest()
        return choices[int.from_bytes(digest) % len(choices)]


def _head(figure: FigureWords, sex: str, dice: _Dice) -> str:
    looks = figure.looks
    if looks.hat == "turban":
        return "turban"
    if looks.hat in {"scarf", "hood"}:
        return "noHair1"
    if looks.hat:
        if sex == "male" and looks.hair == "bald":
            return "noHair1"
        return dice.pick(
            "head", ("long", "medium3") if looks.hair in {"long", "curly"} and sex == "female" else _UNDER_HAT[sex]
        )
    if looks.hair == "bald" and figure.age == "old":
        return dice.pick("head", ("noHair3", "noHair2"))
    if figure.age == "old" and looks.hair == "bun" and sex == "female":
        return "grayBun"
    kind = looks.hair or (figure.age if figure.age in {"child", "old"} else "")
    return dice.pick("head", _HEADS[sex, kind])


def _hair_colour(figure: FigureWords, dice: _Dice) -> str:
    told = figure.looks.hair_colour
    if told in HAIR_COLOURS:
        return HAIR_COLOURS[told]
    if told:
        return colour_of(told)
    if figure.beard_colour in {"grey", "white"}:
        return HAIR_COLOURS[figure.beard_colour]
    if figure.age == "old":
        return HAIR_COLOURS[dice.pick("hair colour", ("grey", "white"))]
    return HAIR_COLOURS[dice.pick("hair colour", ("brown", "brown", "black", "blond", "black", "red"))]


def _hat_colour(hat: str, main: str, dice: _Dice) -> str:
    if hat == "hood":
        return mixed(main, "#000000", 0.12)
    if hat == "scarf":
        return dice.pick("hat", ("#b35a4f", "#d8c9a8", "#5f7f93", "#a8784a"))
    return dice.pick("hat", ("#4b4a52", "#6a5340", "#46566a", "#7a4a44"))


def _garment(figure: FigureWords, sex: str) -> str:
    worn = figure.looks.clothes
    if worn in {"coat", "dress", "uniform", "cassock", "jersey"}:
        return worn
    if sex == "female":
        return "dress" if worn or figure.age in {"child", "old"} else "skirt"
    if worn == "apron":
        return "shirt"
    return {"child": "jersey", "young": "shirt", "adult": "jacket", "old": "jacket"}[figure.age]
