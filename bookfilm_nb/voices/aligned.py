"""Text that remembers which characters of the original every one of its characters came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

__all__ = ["Aligned", "aligned"]


class Aligned(NamedTuple):
    """A rewritten text and, for each of its characters, the stretch of the original behind it.

    ``starts[i]`` to ``ends[i]`` (end excluded) are characters of the original. Both rise monotonically,
    because rewriting replaces stretches in place and never reorders them.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original behind the characters ``start`` to ``end`` (not empty) of this text."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def sub(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str | None]) -> Aligned:
        """This text with every match replaced; None keeps a match as it is.

        All characters of a replacement come from the whole match, so a number that becomes several words
        leads back to all its digits.
        """
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            here, there = match.span()
            new = replace(match)
            if new is None or here == there:
                continue
            low, high = self.origin(here, there)
            parts += [self.text[done:here], new]
            starts += [*self.starts[done:here], *[low] * len(new)]
            ends += [*self.ends[done:here], *[high] * len(new)]
            done = there
        if not done:
            return self
        parts.append(self.text[done:])
        return Aligned("".join(parts), (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))


def aligned(text: str) -> Aligned:
    """The text as its own original."""
    return Aligned(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
