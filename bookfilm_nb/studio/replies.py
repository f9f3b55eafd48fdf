"""What a text model replied, word for word: for the film's screenplay, or for a try.

    from bookfilm_nb.studio.replies import replies_of
    print(replies_of("films/mine")[0].text)

A reply that a choice was read from lies in the store, beside the choice; one that could not be used, in ``replies/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bookfilm_nb.providers import load_text_model
from bookfilm_nb.settings import redact

from .buying import reply_file
from .hired import asked_of_text, pick_keys
from .looking import look

if TYPE_CHECKING:
    from pathlib import Path

    from bookfilm_nb.production import Production
    from bookfilm_nb.screenwriting.with_model import Part

__all__ = ["RawReply", "replies_of"]


class RawReply(NamedTuple):
    """The reply for one part of the book."""

    part: int
    of: int
    text: str
    """As it came, without keys."""
    used: bool
    """Whether a choice could be read from it."""
    repaired: bool
    """Whether the first reply broke the shape, and this is the second."""


def replies_of(folder: str | Path, engine: str = "") -> tuple[RawReply, ...]:
    """The last replies of a text model to what this film asks, in the book's order; of parts that have one.

    ``engine`` is whose replies: the film's own where none is named, and none at all where no model chooses for it.
    Calls nobody. Raises NotYetError before the book was read, ChoiceError for a name that there is not.
    """
    with look(folder) as film:
        name = engine or film.choices.text
        if not name:
            return ()
        # What is asked hangs on who is asked; this view of the production is ours alone
        film.production.choices = film.choices.model_copy(update={"text": name})
        book_parts, prompts = asked_of_text(film)
        keys = pick_keys(film, load_text_model(name, ended=True), prompts)
        found = [_reply(film.production, part, key) for part, key in zip(book_parts, keys, strict=True)]
    return tuple(reply for reply in found if reply is not None)


def _reply(production: Production, part: Part, key: str) -> RawReply | None:
    from bookfilm_nb.screenwriting.with_model import Reply

    made = production.store.find(key)
    if made is not None:
        kept = Reply.from_json(made.value)
        raw, repaired = production.store.read(kept.blob or made.blobs[0]), kept.repaired
    else:
        file = reply_file(production, "adapt", key)
        if not file.is_file():
            return None
        raw, repaired = file.read_bytes(), False
    text = redact(raw.decode("utf-8", "replace"), guess=False)
    return RawReply(part.number, part.of, text, used=made is not None, repaired=repaired)
