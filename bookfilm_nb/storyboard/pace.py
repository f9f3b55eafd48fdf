"""How long shots should be: the template's law, bent to where the shot stands in the film."""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.model import GenreTemplate

__all__ = ["SHORTEST_S", "Pace", "chance", "fitted"]

SHORTEST_S = 1.5
"""No shot is planned shorter."""
_LONGEST_S = 9.0
_LONGEST_SHARE = 1.6
"""No shot of the story is planned longer than 9 s or 1.6 average shots, unless a clause is: the law's longest
shots (drama: one in a hundred above 22 s) are made for actors, not for drawings."""
_FACTORS = tuple(round(1.07**i, 4) for i in range(-8, 19))
"""0.58 to 3.4 in steps of 7 %."""


class Pace(NamedTuple):
    """The lognormal law of shot lengths of one film."""

    template: GenreTemplate
    times: float = 1.0
    """Cuts at changes of speaker and scene shorten shots: the others aim so much higher."""

    @property
    def longest_s(self) -> float:
        """No shot is planned longer, unless a clause is."""
        return max(_LONGEST_S, _LONGEST_SHARE * self.template.shot_length_s.value)

    def target(self, key: str, at: float) -> float:
        """A shot's target length in seconds at this share of the running time, drawn by the key.

        Lognormal, its mean the template's average shot length times the curve of its acts, sigma as measured; between
        ``SHORTEST_S`` and :attr:`longest_s`.
        """
        law = self.template
        mean = law.shot_length_s.value * next((a.shot_length.value for a in law.acts if at < a.ends), 1.0)
        sigma = law.shot_sigma.value
        drawn = mean * math.exp(sigma * _normal(key) - sigma**2 / 2)
        return min(self.longest_s, max(SHORTEST_S, self.times * drawn))


def fitted(template: GenreTemplate, average_s: Callable[[Pace], float]) -> Pace:
    """The pace at which the film's average shot comes nearest to the template's.

    ``average_s`` gives the average shot length in seconds of the film that a pace makes. Of paces that come equally
    near the one nearest to the law itself is taken.
    """
    wanted = template.shot_length_s.value

    def miss(pace: Pace) -> tuple[float, float]:
        return round(abs(average_s(pace) - wanted), 3), abs(math.log(pace.times))

    return min((Pace(template, times) for times in _FACTORS), key=miss)


@lru_cache(maxsize=1 << 16)
def _normal(key: str) -> float:
    """A standard normal number that depends on nothing but the key (Box and Muller 1958)."""
    u, v = chance(key, "u"), chance(key, "v")
    return math.sqrt(-2 * math.log(1 - u)) * math.cos(2 * math.pi * v)


def chance(key: str, what: str = "") -> float:
    """A number in [0, 1) that depends on nothing but the key."""
    digest = hashlib.sha256(f"{key}\n{what}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
