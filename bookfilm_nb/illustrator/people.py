"""What a prompt says about one person, gathered word by word."""

from __future__ import annotations

from typing import Any

from bookfilm_nb.model import Looks, Value
from bookfilm_nb.model.vocabulary import Age, Emotion, Sex

from .lexicon import Word, silent

__all__ = ["FigureWords", "PersonReader"]

_HATS = ("cap", "hat", "hood", "scarf", "turban")
_BEARDS = {"beard": "full", "moustache": "moustache", "goatee": "goatee", "stubble": "stubble"}
_CLOTHES = ("coat", "dress", "uniform", "cassock", "jersey")
_OVER = ("shawl", "apron")
_TRADES = {"soldier": "uniform", "priest": "cassock"}
_HAIR_TONES = {"dark": "black", "gold": "blond", "yellow": "blond", "light": "blond", "silver": "grey", "orange": "red"}
_SKIN_TONES = {"dark": "dark", "black": "dark", "brown": "dark", "white": "pale", "light": "pale"}


class FigureWords(Value):
    """What the prompt says about one person; an empty field was not said."""

    name: str = ""
    sex: Sex = "unknown"
    age: Age = "adult"
    looks: Looks = Looks()
    beard_colour: str = ""
    hat_colour: str = ""
    over: str = ""
    """"shawl" or "apron", worn over the clothes."""
    over_colour: str = ""
    skin: str = ""
    """"dark", "tan" or "pale"."""
    emotion: Emotion = "neutral"
    position: str = ""
    """"left", "centre" or "right"."""
    speaking: bool = False


class PersonReader:
    """Reads clauses about one person; a colour goes to the noun that follows it, else to the one before."""

    def __init__(self, name: str) -> None:
        self.name = " ".join(name.split())
        self._said: dict[str, str] = {}
        self._colours: dict[str, str] = {}
        self._worn: list[str] = []

    def read(self, words: list[Word]) -> list[str]:
        """Take in one clause; gives back the words that say nothing that can be drawn."""
        colour = noun = ""
        unknown = []
        for word in words:
            if thing := word.get("noun"):
                noun = thing
                self._worn.append(noun)
                if colour:
                    self._colours.setdefault(noun, colour)
                colour = ""
            elif word.get("colour") and not word.get("haircolour"):
                colour = word.get("colour")
            elif self._take(word):
                noun = noun or ("hair" if word.get("hair") else "")
            elif not word.meanings and not silent(word.text):
                unknown.append(word.text)
        if colour and noun:
            self._colours.setdefault(noun, colour)
        return unknown

    def _take(self, word: Word) -> bool:
        """Keep what a word says that is no noun or colour: the first mention holds, of feelings the last."""
        if person := word.get("person"):
            sex, calling = person.split()
            self._said.setdefault("sex", sex)
            self._said.setdefault("calling", calling)
            return True
        for field in ("position", "speaking", "age", "emotion"):
            if word.get(field):
                self._said[field] = word.get(field)
                return True
        for field in ("hair", "haircolour", "skincolour"):
            if word.get(field):
                self._said.setdefault(field, word.get(field))
                return True
        return False

    def done(self) -> FigureWords:
        """Everything said, as a value."""
        clothes, hat, over = (self._first(kind) for kind in (_CLOTHES, _HATS, _OVER))
        beard = self._first(tuple(_BEARDS))
        said = self._said
        hair_colour = said.get("haircolour") or _hair_tone(self._colours.get("hair", ""))
        fields: dict[str, Any] = {
            "sex": said.get("sex", "unknown"),
            "age": self._age(),
            "emotion": said.get("emotion", "neutral"),
        }
        return FigureWords(
            name=self.name,
            looks=Looks(
                hair=said.get("hair", ""),
                hair_colour=hair_colour,
                beard=_BEARDS.get(beard, ""),
                hat=hat,
                glasses="glasses" in self._worn,
                clothes=clothes or _TRADES.get(said.get("calling", ""), ""),
                clothes_colour=self._colours.get(clothes, ""),
            ),
            beard_colour=_hair_tone(self._colours.get(beard, "")),
            hat_colour=self._colours.get(hat, ""),
            over=over,
            over_colour=self._colours.get(over, ""),
            skin=said.get("skincolour") or _SKIN_TONES.get(self._colours.get("skin", ""), ""),
            position=said.get("position", ""),
            speaking="speaking" in said,
            **fields,
        )

    def _first(self, kind: tuple[str, ...]) -> str:
        return next((noun for noun in self._worn if noun in kind), "")

    def _age(self) -> str:
        """The age told, or the one that "boy" or "grandmother" implies; "little" alone makes nobody a child."""
        calling, told = self._said.get("calling", ""), self._said.get("age", "")
        if calling in {"child", "old"}:
            return calling
        if told and not (told == "child" and calling):
            return told
        return "young" if calling == "young" else "adult"


def _hair_tone(colour: str) -> str:
    return _HAIR_TONES.get(colour, colour)
