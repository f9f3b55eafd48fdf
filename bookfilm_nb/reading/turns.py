"""The turns of conversations: which spoken pieces belong together, and which told clauses belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .cues import Cue, Index, cue_after, cue_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cast import Cast
    from .mentions import Mention
    from .quotes import Block, Piece

__all__ = ["Turn", "find_turns", "surely"]

_LOOK_BACK = 8
"""Clauses of one paragraph that a new one is compared with."""


class Turn(NamedTuple):
    """What one person says in one breath: the spoken pieces, and what the author says about them."""

    block: int
    pieces: tuple[Piece, ...]
    cues: tuple[Cue, ...]
    continues: bool
    gap: int
    """Told paragraphs since the turn before; 99 at the beginning."""


def find_turns(text: str, blocks: Sequence[Block], index: Index, cast: Cast) -> list[Turn]:
    """The turns of all conversations, with the clauses that belong to each."""
    turns: list[Turn] = []
    last = -1
    chapter = -1
    for number, block in enumerate(blocks):
        if block.chapter != chapter:
            last, chapter = -1, block.chapter
        if not any(p.spoken for p in block.pieces):
            continue
        lead = _lead(text, blocks, number, index, cast)
        for group, cues in _groups(text, block, index, cast):
            own = (lead, *cues) if lead is not None and not turns_of(turns, number) and not _told_first(block) else cues
            gap = 99 if last < 0 else max(0, number - last - 1)
            turns.append(
                Turn(
                    number,
                    tuple(group),
                    tuple(c for c in own if c),
                    block.continues and group[0] is block.pieces[0],
                    gap,
                )
            )
            last = number
    return turns


def turns_of(turns: Sequence[Turn], block: int) -> bool:
    """Whether the last turn already stands in this paragraph."""
    return bool(turns) and turns[-1].block == block


def _told_first(block: Block) -> bool:
    return not block.pieces[0].spoken


def _lead(text: str, blocks: Sequence[Block], number: int, index: Index, cast: Cast) -> Cue | None:
    """The clause of the paragraph before, where it ends with a colon."""
    if not number:
        return None
    before = blocks[number - 1]
    if before.chapter != blocks[number].chapter or not before.pieces or before.pieces[-1].spoken:
        return None
    tail = text[before.pieces[-1].end - 1 : before.end].strip(' -—–"”»\n\r')
    if not tail.endswith(":") and not (tail.endswith(",") and cast.language == "en"):
        return None
    cue = cue_before(text, before.pieces[-1], index, cast.language)
    return cue._replace(said=True) if cue else None


def _groups(text: str, block: Block, index: Index, cast: Cast) -> list[tuple[list[Piece], list[Cue]]]:
    """The spoken pieces of a paragraph by speaker: nearly always one group."""
    groups: list[tuple[list[Piece], list[Cue]]] = []
    pieces: list[Piece] = []
    cues: list[Cue] = []
    for i, piece in enumerate(block.pieces):
        if piece.spoken:
            pieces.append(piece)
            continue
        later = any(p.spoken for p in block.pieces[i + 1 :])
        after = cue_after(text, piece, index, cast.language) if pieces else None
        if after and after.said and len(pieces) > 1 and _differs(after, [c for c in cues if c.said], cast):
            groups.append((pieces[:-1], cues))
            pieces, cues = pieces[-1:], []
        before = cue_before(text, piece, index, cast.language) if later else None
        if before and after and before.start == after.start:
            before = None
        if after:
            cues.append(after)
        if pieces and before and before.said and _differs(before, cues, cast):
            groups.append((pieces, cues))
            pieces, cues = [], []
        if before:
            cues.append(before)
    if pieces:
        groups.append((pieces, cues))
    return groups


def _differs(cue: Cue, others: Sequence[Cue], cast: Cast) -> bool:
    """Whether the clause surely tells of another speaker than the ones before it."""
    for other in others[-_LOOK_BACK:]:
        a, b = cue.subject, other.subject
        if a is None or b is None:
            continue
        known_a, known_b = surely(a, cast), surely(b, cast)
        if known_a is not None and known_b is not None and known_a != known_b:
            return True
        sex_a = cast.people[known_a].sex if known_a is not None else cue.sex
        sex_b = cast.people[known_b].sex if known_b is not None else other.sex
        if {sex_a, sex_b} == {"male", "female"}:
            return True
        if "self" in (a.kind, b.kind) and a.kind != b.kind:
            return True
    return False


def surely(mention: Mention, cast: Cast) -> int | None:
    """Whom a mention means, where its words alone decide it."""
    if mention.kind == "self":
        return cast.narrator
    if cast.vague(mention):
        return None
    return cast.who(mention)
