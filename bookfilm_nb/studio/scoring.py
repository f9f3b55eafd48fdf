"""Orders to the composer, kept like every other take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookfilm_nb.model import MusicCue, MusicTake

from .workers import Order, compose, composer, working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.production import Job, Production

__all__ = ["composed"]


def composed(production: Production, engine: str, cues: Sequence[MusicCue], job: Job) -> dict[str, MusicTake]:
    """A take for each cue, by cue id."""
    revision = composer(engine).capabilities.revision
    keys = {
        cue.id: production.key("score", {"cue": cue.model_dump(mode="json"), "engine": engine, "revision": revision})
        for cue in cues
    }
    orders = [Order(keys[cue.id], engine, cue) for cue in cues if production.store.find(keys[cue.id]) is None]
    for order, made in working("score", compose, orders, job, one_apart=True):
        production.keep("score", order.cue.id, order.key, made.take, made.blobs, engine=engine, seconds=made.seconds)
    return {identity: production.kept(key, MusicTake) for identity, key in keys.items()}
