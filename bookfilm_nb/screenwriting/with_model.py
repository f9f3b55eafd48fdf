"""A text model's part in the adaptation: which of the author's sentences are worth hearing.

The model replies numbers of sentences and nothing else, so that no reply can put a word into the film that is not in
the book, whatever the book tells it to do. What it chooses weighs more than what our own weighing finds
(:mod:`.weight`); order, length, scenes and the lineage of every element stay with :func:`.adapt.adapt`.

The wording is in ``prompts/pick_sentences.md``. Whoever tunes it gives another text to :func:`pick_prompt`: words in
braces ({genre}, {minutes}, ...; ``PLACEHOLDERS``) are filled in, other braces, those of an example in JSON, stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from bookfilm_nb.errors import ChoiceError, ProviderError
from bookfilm_nb.model import Value, tidy
from bookfilm_nb.providers import Prompt

from .units import beats, units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model import Book, GenreTemplate, Reading

__all__ = ["PLACEHOLDERS", "Part", "Pick", "Picks", "Reply", "parts", "pick_prompt", "prompt_text", "worths"]

PLACEHOLDERS = ("genre", "minutes", "part", "parts", "share")
"""What a prompt may hold in braces."""
PART_CHARACTERS = 24_000
"""A part of the book of about 4,000 words goes into one request."""
WORTH = 2.0
"""What one step of the model's worth adds to a sentence: a sentence has 1 to 6 by our own weighing."""
_WORDS_A_SECOND = 2.4
_LEAST_SHARE = 0.05
_MORE = 1.5
"""The model chooses so many times what the film has time for, and its worths say what goes first."""
_TOKENS_A_PICK = 22
_THINKING_TOKENS = 1500
"""Room for what a model thinks before it replies, which counts as output."""
_PLACEHOLDER = re.compile(r"\{([\w .!]+)\}")
_MARKS = str.maketrans({"[": "(", "]": ")", "|": "/"})


class Pick(Value):
    """A sentence that the model chose."""

    sentence: int
    worth: int = Field(ge=1, le=5)


class Picks(Value):
    """The model's choice from one part of the book."""

    picks: tuple[Pick, ...]


class Reply(Picks):
    """What a model replied for one part, as a production keeps it."""

    blob: str = ""
    """The reply as it came, in the store; empty where it was kept before replies were named."""
    repaired: bool = False
    """Whether the first reply broke the shape, and this is the second."""


class Part(NamedTuple):
    """Consecutive sentences of the book, numbered through the whole of it."""

    number: int
    of: int
    first: int
    last: int
    """Numbers of the first and the last sentence."""
    words: int
    """Words of the sentences, without what stands before them."""
    material: str
    """One line a sentence; only its beginning has square brackets, and only before a speaker stands a bar."""


def parts(book: Book, reading: Reading, *, characters: int = PART_CHARACTERS) -> tuple[Part, ...]:
    """The speakable sentences of the book in parts of at most so many characters for one request each, in order.

    Sentences are the beats of the adaptation and numbered like them. A sentence that is longer by itself is a part by
    itself; a book without sentences has no parts.
    """
    names = {c.id: _plain(c.name) for c in reading.characters}
    told = beats(units(book, reading), reading.language)
    lines = []
    for number, beat in enumerate(told):
        said = " | ".join(
            f"{names.get(u.character or '', 'someone') if u.dialogue else 'narrator'}: {_plain(u.text)}"
            for u in beat.units
        )
        lines.append(f"[{number}] scene {beat.first.scene + 1} | {said}")
    words = [sum(len(u.text.split()) for u in beat.units) for beat in told]
    cuts = _cuts([len(line) for line in lines], characters)
    ends = [*cuts[1:], len(lines)]
    return tuple(
        Part(i, len(cuts), start, end - 1, sum(words[start:end]), "\n".join(lines[start:end]))
        for i, (start, end) in enumerate(zip(cuts, ends, strict=True), 1)
        if end > start
    )


def _cuts(lengths: Sequence[int], most: int) -> list[int]:
    """Where parts begin: as few as can be, and of these about equally long, so that none is a mere rest."""

    def greedily(room: int) -> list[int]:
        cuts, left = [0], room
        for number, length in enumerate(lengths):
            if length > left and number > cuts[-1]:
                cuts.append(number)
                left = room
            left -= length + 1
        return cuts

    fewest = len(greedily(most))
    return greedily(1 + bisect_left(range(1, most), -fewest, key=lambda room: -len(greedily(room))))


def _plain(text: str) -> str:
    """The text on one line, without marks that could pass for another line's beginning or another speaker."""
    return "".join(c for c in tidy(text).translate(_MARKS) if c.isprintable())


def prompt_text(name: str = "pick_sentences") -> str:
    """The wording that comes with the package, placeholders not filled: what to start from when tuning it."""
    return (files(__package__) / "prompts" / f"{name}.md").read_text("utf-8")


def pick_prompt(
    part: Part,
    book_parts: Sequence[Part],
    template: GenreTemplate,
    *,
    target_s: float,
    seed: int,
    instructions: str | None = None,
) -> Prompt:
    """What the model is asked for one part: ``instructions``, or else those of :func:`prompt_text`.

    Raises ChoiceError for instructions that are empty or hold a placeholder that is none of ``PLACEHOLDERS``.
    """
    words = sum(p.words for p in book_parts)
    share = min(1.0, max(_LEAST_SHARE, _MORE * target_s * _WORDS_A_SECOND / max(1, words)))
    count = part.last - part.first + 1
    return Prompt(
        name="pick_sentences",
        instructions=_filled(
            prompt_text() if instructions is None else instructions,
            {
                "genre": template.genre,
                "minutes": f"{target_s / 60:.3g}",
                "part": part.number,
                "parts": part.of,
                "share": f"{share:.0%}",
            },
        ),
        material=part.material,
        max_output_tokens=_THINKING_TOKENS + round(count * min(1.0, 2 * share) * _TOKENS_A_PICK),
        seed=seed,
    )


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not text.strip():
        raise ChoiceError("The prompt is empty.", hint="Delete its file to get the one that comes with BookFilm.")
    unknown = sorted({name for name in _PLACEHOLDER.findall(text) if name not in values})
    if unknown:
        raise ChoiceError(
            f"The prompt has {', '.join(f'{{{name}}}' for name in unknown)}, which nothing is known for.",
            hint=f"It may hold {', '.join(f'{{{name}}}' for name in values)}.",
            choices=list(values),
        )
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)


def worths(book_parts: Sequence[Part], chosen: Sequence[Picks]) -> Mapping[int, float]:
    """What the model's choice adds to each sentence, by its number; a number outside its part counts for nothing.

    Raises ProviderError where a part's reply names no sentence of that part.
    """
    found: dict[int, float] = {}
    for part, picks in zip(book_parts, chosen, strict=True):
        known = {p.sentence: p.worth for p in picks.picks if part.first <= p.sentence <= part.last}
        if not known:
            raise ProviderError(
                f"The model chose no sentence of part {part.number}.",
                hint="Try another model, or adapt offline without --text.",
                part=part.number,
            )
        found |= {sentence: WORTH * worth for sentence, worth in known.items()}
    return found
