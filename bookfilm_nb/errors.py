"""Everything that can go wrong, as one tree.

    BookfilmError
    ├── InputError              what the user gave cannot be used (exit code 2)
    │   ├── BookError           a book file that cannot be read, and where it breaks
    │   ├── ScreenplayError     a screenplay.fountain or storyboard.csv that cannot be read back
    │   ├── DataError           a movie table that cannot be read, or a reply that is not what the source promises
    │   ├── ChoiceError         an option with no such value: genre, language, voice, minutes, size
    │   │   └── RetiredError    a model past the day on which its provider ended it
    │   └── OutputError         a folder that cannot be written, a full disk
    ├── MissingPartError        an extra, a voice or a font that is not installed, and the command that gets it
    ├── ProviderError           an engine or a service that failed
    │   ├── RefusedError        a service that will not make this: moderation
    │   └── QuotaError          an account without credit, or a limit that outlasts our patience
    ├── BudgetError             a paid call that would pass the budget (exit code 4)
    ├── StoreError              a production whose folder is damaged or held by another process
    ├── RenderError             a picture, a segment or a film that could not be made or is not what was asked
    └── Cancelled               the user stopped the work; what was finished is kept

Each error keeps its data as attributes and says in one sentence what to try.
"""

from __future__ import annotations

__all__ = [
    "BookError",
    "BookfilmError",
    "BudgetError",
    "Cancelled",
    "ChoiceError",
    "DataError",
    "InputError",
    "MissingPartError",
    "OutputError",
    "ProviderError",
    "QuotaError",
    "RefusedError",
    "RenderError",
    "RetiredError",
    "ScreenplayError",
    "StoreError",
]


class BookfilmError(Exception):
    """Base of every error raised on purpose: what happened, what to try, and the data behind it.

    ``problem`` is one sentence, ``hint`` says what to try, ``data`` holds the values involved
    (JSON types only, never a key). Survives pickling, so it crosses process pools.
    """

    exit_code = 1

    def __init__(self, problem: str, *, hint: str = "", **data: object) -> None:
        self.problem = problem
        self.hint = hint
        self.data = data
        super().__init__(f"{problem} {hint}".strip())

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.problem, self.hint, self.data))


def _rebuild(kind: type[BookfilmError], problem: str, hint: str, data: dict[str, object]) -> BookfilmError:
    return kind(problem, hint=hint, **data)


class InputError(BookfilmError):
    """What the user gave cannot be used; nothing was written."""

    exit_code = 2


class BookError(InputError):
    """A book file that cannot be read."""


class ScreenplayError(InputError):
    """A screenplay or storyboard file, edited by hand, that cannot be read back."""


class DataError(InputError):
    """A movie table or a measurement that cannot be read as the source it is said to be."""


class ChoiceError(InputError):
    """An option that has no such value; ``data['choices']`` lists the ones that exist."""


class RetiredError(ChoiceError):
    """A model that its provider has ended; the hint names what replaces it."""


class OutputError(InputError):
    """A place that cannot be written: no permission, not a folder, disk full."""


class MissingPartError(BookfilmError):
    """Something that is not installed; the hint is the command that gets it."""

    exit_code = 3


class ProviderError(BookfilmError):
    """A voice, image, video, text or music engine that failed.

    ``data['billed']`` says whether a paid call that failed was charged: "no", "yes", or "unknown" (a connection that
    broke after the request was sent). Without it, nothing was paid. ``data['lost']`` is true where the same request
    sent again may still bring the reply; a call that was charged without it has brought a reply that cannot be used.
    ``data['cost']`` is what such a call cost, in US dollars, where that is known.
    """


class RefusedError(ProviderError):
    """A service that will not make this picture or text: its moderation refused."""


class QuotaError(ProviderError):
    """An account without credit, or a rate limit that lasts longer than we wait; what was made is kept."""


class BudgetError(BookfilmError):
    """A paid call that would pass the budget: it was not made, and everything made so far is kept."""

    exit_code = 4


class StoreError(BookfilmError):
    """A production folder that is damaged, or held by another process."""


class RenderError(BookfilmError):
    """Something rendered that could not be made, or is not what was asked."""


class Cancelled(BookfilmError):
    """The user stopped the work; everything that was finished is kept."""

    exit_code = 130
