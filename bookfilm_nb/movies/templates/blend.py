"""One genre's template, or a blend of several: ``mystery 0.7 + romance 0.3``."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from bookfilm_nb.errors import ChoiceError
from bookfilm_nb.model import PERIODS, ActPace, Figure, GenreTemplate, Palette
from bookfilm_nb.movies.genres import GENRES, canonical_genre

from .means import ARITHMETIC, GEOMETRIC, Part, blended, mixture
from .shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal

    from bookfilm_nb.model import Period

    from .means import Mean

__all__ = ["MOST", "template_for", "weights_of"]

MOST = 5
"""A blend of more genres than this says nothing any more."""

_GREATEST = 1e6
_ALSO = ("children", "detective", "fairy tale", "historical", "love", "melodrama", "science fiction", "suspense")
"""Other names that a slip of the pen may be nearest to."""


def template_for(genre: str, period: Period = "1990-2020") -> GenreTemplate:
    """What a genre, or a blend of genres, asks of a film of a period; every figure names its source, rows and spread.

    A blend is up to five genres joined by plus signs, each with a weight beside it or with none (then 1); weights are
    divided by their sum: ``mystery 0.7 + romance 0.3``, ``mystery+romance``, ``70% mystery + 30% romance``. Letter case
    does not matter, and common names lead to the genre that was measured ("science fiction" to ``sci-fi``).
    Figures with ``rows`` 0 are choices of this project and say so. In a blend durations and tempo are weighted
    geometric means (of values and of quartiles), shares and acts weighted arithmetic means; sigma is that of the
    mixture of the genres' lognormal laws, ``sqrt(sum w s^2 + sum w (m - mean m)^2)`` with m the logarithm of a genre's
    median shot; rows are added (a film of two of the genres counts in both); the music's mode is that of the greater
    weight.
    Raises ChoiceError for a genre without a template (with the nearest names), a period that there is not, a weight
    that is no number above 0, and more than five genres.
    """
    if period not in PERIODS:
        raise ChoiceError(
            f"There are no templates for the period {period!r}.",
            hint=f"Choose one of: {', '.join(PERIODS)}.",
            choices=list(PERIODS),
        )
    weights = weights_of(genre)
    parts = [(share, shipped(name, period)) for name, share in weights.items()]
    return parts[0][1] if len(parts) == 1 else _blend(weights, parts, period)


def weights_of(blend: str) -> dict[str, float]:
    """Genres and their shares, summing to 1, the greatest first. Raises ChoiceError; see :func:`template_for`."""
    given: dict[str, float] = {}
    for part in blend.split("+"):
        name, weight = _weighed(part, blend)
        given[name] = given.get(name, 0.0) + weight
    if len(given) > MOST:
        raise ChoiceError(
            f"{len(given)} genres are too many for one film.", hint=f"Blend at most {MOST}.", choices=list(GENRES)
        )
    whole = sum(given.values())
    ordered = sorted(given.items(), key=lambda item: (-item[1], item[0]))
    return {name: weight / whole for name, weight in ordered}


def _weighed(part: str, blend: str) -> tuple[str, float]:
    words = part.replace("%", " ").split()
    numbers = [_number(word) for word in words]
    weight = 1.0
    for at in (-1, 0):
        number = numbers[at] if len(words) > 1 else None
        if number is not None:
            weight = number
            del words[at]
            break
    if not words:
        raise ChoiceError(
            f"A genre is missing in {blend.strip()[:80]!r}.",
            hint="Write one genre, or several: mystery 0.7 + romance 0.3.",
            choices=list(GENRES),
            nearest=[],
        )
    name = _genre(" ".join(words))
    if not 0 < weight <= _GREATEST:
        raise ChoiceError(
            f"The weight of {name} cannot be {weight:g}.",
            hint="Give a number above 0, such as 0.7, or a percentage.",
            genre=name,
        )
    return name, weight


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _genre(name: str) -> str:
    found = canonical_genre(name)
    if found in GENRES:
        return found
    near = get_close_matches(found, [*GENRES, *_ALSO], n=3, cutoff=0.5)
    nearest = list(dict.fromkeys(canonical_genre(n) for n in near))
    guess = f"Did you mean {' or '.join(nearest)}? " if nearest else ""
    raise ChoiceError(
        f"There is no template for the genre {name[:80]!r}.",
        hint=f"{guess}Choose one of: {', '.join(GENRES)}.",
        choices=list(GENRES),
        nearest=nearest,
    )


def _blend(weights: dict[str, float], parts: Sequence[tuple[float, GenreTemplate]], period: Period) -> GenreTemplate:
    first = parts[0][1]

    def figure(pick: Callable[[GenreTemplate], Figure], mean: Mean) -> Figure:
        return blended([Part(t.genre, share, pick(t)) for share, t in parts], mean)

    minor = sum(share for share, t in parts if t.music_mode == "minor")
    mode: Literal["major", "minor"] = first.music_mode if minor == 0.5 else "minor" if minor > 0.5 else "major"
    return GenreTemplate(
        genre=" + ".join(f"{name} {share:.3g}" for name, share in weights.items()),
        period=period,
        weights=weights,
        runtime_min=figure(lambda t: t.runtime_min, GEOMETRIC),
        acts=tuple(
            ActPace(
                name=act.name,
                starts=act.starts,
                ends=act.ends,
                shot_length=figure(lambda t, i=i: t.acts[i].shot_length, ARITHMETIC),  # type: ignore[misc]
            )
            for i, act in enumerate(first.acts)
        ),
        scene_length_s=figure(lambda t: t.scene_length_s, GEOMETRIC),
        shot_length_s=figure(lambda t: t.shot_length_s, GEOMETRIC),
        median_shot_s=figure(lambda t: t.median_shot_s, GEOMETRIC),
        shot_sigma=figure(lambda t: t.shot_sigma, mixture([t.median_shot_s.value for _, t in parts])),
        dialogue_share=figure(lambda t: t.dialogue_share, ARITHMETIC),
        narration_wpm={
            language: figure(lambda t, k=language: t.narration_wpm[k], GEOMETRIC)  # type: ignore[misc]
            for language in first.narration_wpm
        },
        tone={e: figure(lambda t, k=e: t.tone[k], ARITHMETIC) for e in first.tone},  # type: ignore[misc]
        palette=Palette(
            brightness=figure(lambda t: t.palette.brightness, ARITHMETIC),
            saturation=figure(lambda t: t.palette.saturation, ARITHMETIC),
        ),
        pause_s=figure(lambda t: t.pause_s, GEOMETRIC),
        music_mode=mode,
        music_bpm=figure(lambda t: t.music_bpm, GEOMETRIC),
    )
