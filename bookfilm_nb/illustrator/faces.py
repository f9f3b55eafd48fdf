"""Faces by feeling: brows, eyes and mouths taken from the drawings' expressions, so that each acts by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .peeps import Mark, face_contour

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Age, Emotion, Sex

    from .pen import Pen

__all__ = ["FACE_BOX", "FaceState", "draw_face", "draw_mouth"]

FaceState = Literal["rest", "talk", "blink"]
FACE_BOX = (340.0, 262.0, 596.0, 552.0)
"""Left, top, right and bottom of everything that moves in a face, in the head's units."""


class _Piece(NamedTuple):
    """A piece of an expression: its path, its contours (none: all), and how it is moved, turned and sized."""

    expression: str
    path: int
    contours: tuple[int, ...] = ()
    dx: float = 0.0
    dy: float = 0.0
    degrees: float = 0.0
    size: float = 1.0
    role: str = ""
    about: tuple[float, float] | None = None
    """What it is turned and sized about; None: its own middle."""


class _Face(NamedTuple):
    brows: tuple[_Piece, ...]
    eyes: tuple[_Piece, ...]
    mouth: tuple[_Piece, ...]
    talk: tuple[_Piece, ...]


def _brows(name: str, path: int, left: int, right: int, *, dy: float = 0.0, turn: float = 0.0) -> tuple[_Piece, ...]:
    return _Piece(name, path, (left,), 0, dy, turn), _Piece(name, path, (right,), 0, dy, -turn)


def _as_one(*pieces: _Piece, dx: float, size: float, about: tuple[float, float]) -> tuple[_Piece, ...]:
    """Pieces of one mouth, moved and sized together."""
    return tuple(piece._replace(dx=dx, size=size, about=about) for piece in pieces)


_DOTS = (_Piece("explaining", 2, (5,)), _Piece("explaining", 2, (6,)))
_ASIDE = tuple(piece._replace(dx=9.0, dy=-6.0) for piece in _DOTS)
_WIDE = (
    _Piece("hectic", 0, (1, 2)),
    _Piece("hectic", 1, (10, 14, 13, 15)),
    _Piece("hectic", 1, (16, 17), size=1.0),
)
_SHUT = (_Piece("contempt", 0, (4, 5)),)
_NOSE = (_Piece("smile", 0, (1,)),)
_OLD_NOSE = (_Piece("old", 0, (1,)),)

_SAY_PIECES = (
    _Piece("explaining", 0, (0,)),
    _Piece("explaining", 1, (0,)),
    _Piece("explaining", 2, (0, 1, 2)),
)
_SAY = _as_one(*_SAY_PIECES, dx=0, size=0.86, about=(457.5, 487.0))
_GASP = (_Piece("concernedFear", 0, (1,), role="#ffffff"), _Piece("concernedFear", 0, (0, 1)))
_SHOUT = _as_one(_Piece("rage", 0, (2,)), _Piece("rage", 1, (0, 1)), dx=-14, size=0.86, about=(486.5, 473.0))
_LAUGH = (_Piece("smileLOL", 0, (2,)), _Piece("smileLOL", 1, (0, 1)))
_GRIN = _as_one(_Piece("lovingGrin1", 0), _Piece("lovingGrin1", 1, (0, 1)), dx=-13, size=0.86, about=(480.0, 483.0))
_MURMUR = _as_one(*_SAY_PIECES, dx=0, size=0.66, about=(457.5, 483.0))

_FACES: dict[str, _Face] = {
    "neutral": _Face(_brows("smile", 0, 4, 5, dy=3), _DOTS, (_Piece("contempt", 0, (0,)),), _SAY),
    "happy": _Face(_brows("calm", 0, 4, 5, dy=-3), _DOTS, (_Piece("calm", 0, (0,), size=1.15),), _GRIN),
    "laughing": _Face(_brows("smileLOL", 2, 3, 4), (_Piece("smileLOL", 2, (1, 2)),), _LAUGH, _GRIN),
    "sad": _Face(_brows("tired", 0, 4, 5, dy=-4), _DOTS, (_Piece("solemn", 0, (0,), size=0.85),), _GASP),
    "angry": _Face(
        _brows("driven", 0, 2, 5, dy=9, turn=11), _DOTS, (_Piece("solemn", 0, (0,), dx=4, size=0.95),), _SHOUT
    ),
    "afraid": _Face(_brows("concerned", 1, 7, 4, dy=-30), _WIDE, (_Piece("fear", 2, (0,), size=0.8),), _GASP),
    "surprised": _Face(_brows("calm", 0, 4, 5, dy=-18), _WIDE, (_Piece("blank", 0, (0, 1)),), _SAY),
    "worried": _Face(_brows("concerned", 1, 7, 4, dy=-9), _DOTS, (_Piece("tired", 0, (0,), degrees=6),), _GASP),
    "tender": _Face(
        _brows("tired", 0, 4, 5, dy=-6), (_Piece("cute", 0, (1, 2)),), (_Piece("smile", 0, (0,)),), _MURMUR
    ),
    "thoughtful": _Face(_brows("smile", 0, 4, 5, dy=-1), _ASIDE, (_Piece("eyesClosed", 0, (0,)),), _MURMUR),
    "suspicious": _Face(
        (_Piece("driven", 0, (2,), 0, 12, 6), _Piece("suspicious", 0, (5,), -4, 8)),
        (_Piece("tired", 0, (2,)), _Piece("explaining", 2, (6,))),
        (_Piece("suspicious", 0, (0,), dy=-12),),
        _MURMUR,
    ),
    "tired": _Face(_brows("tired", 0, 4, 5), (_Piece("tired", 0, (2, 3)),), (_Piece("tired", 0, (0,)),), _MURMUR),
}

_LASHES = "M405 352 l-15 -9 M403 364 l-17 -3 M536 346 l9 -7"
_BAGS = "M396 401 q15 13 36 6 M508 398 q16 11 31 3"
_FOREHEAD = "M402 262 q34 -11 70 -2 M408 242 q28 -8 58 -2"


def draw_face(pen: Pen, emotion: Emotion, state: FaceState, *, sex: Sex, age: Age, brow_free: bool) -> None:
    """Nose, eyes and brows of a face; only a blink changes them."""
    face = _FACES[emotion]
    if age == "old":
        pen.line(_BAGS, width=5.5)
        if brow_free:
            pen.line(_FOREHEAD, width=5.5)
    old_nose = age == "old" and emotion not in {"laughing", "happy", "angry"}
    _draw(pen, _OLD_NOSE if old_nose else _NOSE)
    _draw(pen, _SHUT if state == "blink" else face.eyes)
    if sex == "female" and age != "old" and face.eyes in (_DOTS, _ASIDE) and state != "blink":
        pen.line(_LASHES, width=7)
    _draw(pen, face.brows)


def draw_mouth(pen: Pen, emotion: Emotion, state: FaceState) -> None:
    """The mouth, open while the figure talks."""
    _draw(pen, _FACES[emotion].talk if state == "talk" else _FACES[emotion].mouth)


def _draw(pen: Pen, pieces: tuple[_Piece, ...]) -> None:
    for piece in pieces:
        shape, role = face_contour(piece.expression, piece.path, piece.contours)
        box = shape.computeTightBounds()
        with pen.moved(
            piece.dx,
            piece.dy,
            degrees=piece.degrees,
            size=piece.size,
            about=piece.about or (box.centerX(), box.centerY()),
        ):
            pen.mark(Mark(shape, piece.role or role))
