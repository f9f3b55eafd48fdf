"""The storyboard: shots, each with the words it covers and the prompt it is drawn from."""

from __future__ import annotations

from .base import Document, Value
from .vocabulary import Angle, CameraMove, ShotSize, Transition

__all__ = ["Portion", "Shot", "Storyboard"]


class Portion(Value):
    """Characters ``start`` to ``end`` of an element's text, heard while a shot is on the screen."""

    element: str
    start: int
    end: int


class Shot(Value):
    """One shot. What is drawn comes from ``prompt`` and nothing else.

    The prompt is English sentences made of the vocabulary's words, one figure a bracket:

        Wide shot, eye level. Exterior, sea shore "The shore", dusk, storm, autumn. Mood: tense.
        [Mara: old woman, grey hair in a bun, shawl, blue coat; worried; left]
        [Tom: boy, brown curly hair, cap, red jersey; afraid; right; speaking]
        Details: lighthouse, boat.

    The words in quotation marks after the kind of place are its own name, as the scene heading has it, in the
    book's language: shots with one name show one set, another name of the same kind is another set, and what the
    name says ("the mill", "маяк") is seen there. Details are things to be seen; those that belong to the set stay in
    every shot of it. A figure is ``[NAME: looks; emotion; position]``, position one of left, centre, right
    (optionally "; speaking"). Looks are the same words in every shot of one character.
    """

    id: str
    """"s03h02": scene, then order in the scene."""
    scene: str
    portions: tuple[Portion, ...]
    """Empty for a silent shot (an establishing shot), whose length is then ``planned_s``."""
    size: ShotSize
    angle: Angle = "eye level"
    move: CameraMove
    prompt: str
    planned_s: float
    transition: Transition = "cut"
    """How this shot begins."""
    seed: int = 0


class Storyboard(Document):
    """All shots of the film, in order."""

    shots: tuple[Shot, ...]
