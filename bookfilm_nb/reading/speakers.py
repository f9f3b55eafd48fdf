"""Who speaks: what the author says beside a speech, and the turns of a conversation, weighed together.

A conversation is read as a chain. Every turn gives each candidate a score from its own words (a name in the
said-clause, a pronoun's sex, who was spoken of last, whom the speech addresses); neighbouring turns add that
speakers change and that two people alternate. The best chain is found exactly (dynamic programming over pairs
of speakers), and the confidence of a turn is its posterior over all chains.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from . import en, ru
from .cast_types import is_human
from .chain import NOBODY, Attribution, Scored, decode
from .meaning import in_brackets
from .turns import surely
from .words import plain, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Sex

    from .cast_types import Cast, Person
    from .cues import Cue, Index
    from .mentions import Mention
    from .quotes import Block
    from .turns import Turn

__all__ = ["addressed", "attribute"]


_VOICES = {("voice",), ("голос",)}
_VOICE = -2.5
_SILENT = -0.5
_PRESENCE = 0.7
_SPOKEN_OF = 3.0
"""What speaks against the one whom a speech names in the third person."""
_LAST_SUBJECT = 0.5
"""What speaks for the one whom the words just before a speech tell of."""


def attribute(
    text: str, blocks: Sequence[Block], turns: Sequence[Turn], index: Index, cast: Cast, meant: Mapping[int, int]
) -> list[Attribution]:
    """The speaker of each turn; ``meant`` tells whom mentions mean (by first character), as far as it is known."""
    scored = _score_all(text, blocks, turns, index, cast, meant)
    sexes = [person.sex for person in cast.people]
    found: list[Attribution] = []
    start = 0
    for i in range(1, len(turns) + 1):
        if i == len(turns) or turns[i].gap >= 99:
            found.extend(decode(turns[start:i], scored[start:i], sexes))
            start = i
    return found


def _score_all(
    text: str, blocks: Sequence[Block], turns: Sequence[Turn], index: Index, cast: Cast, meant: Mapping[int, int]
) -> list[Scored]:
    scored: list[Scored] = []
    anchors = [_anchor(t, cast) for t in turns]
    prior = _priors(anchors, cast)
    for i, turn in enumerate(turns):
        if turn.continues and scored and not any(c.said for c in turn.cues):
            # The same speech goes on: its paragraphs weigh no more than one
            scored.append(scored[-1]._replace(scores=(0.0,) * len(scored[-1].candidates), kind="implicit"))
            continue
        nearby: dict[int, float] = {}
        _from_conversation(turns, anchors, i, nearby)
        _from_telling(text, blocks, turn, index, cast, meant, nearby)
        nearby = {n: v + prior[n] for n, v in nearby.items()}
        scored.append(
            _score(
                text,
                turn,
                nearby,
                anchors[i],
                index,
                cast,
                _ahead(blocks, turns, i, index, cast),
                _introduced(blocks, turn, index, cast, meant),
            )
        )
    return scored


def _priors(anchors: Sequence[int | None], cast: Cast) -> list[float]:
    """What speaks for somebody before anything is read: who is much spoken of, and who is known to speak."""
    speaks = Counter(n for n in anchors if n is not None)
    most = max((p.told for p in cast.people), default=1) or 1
    return [
        _PRESENCE * math.sqrt(p.told / most)
        + (0.0 if speaks[p.number] else _SILENT)
        + (_VOICE if p.keys & _VOICES else 0.0)
        for p in cast.people
    ]


def _anchor(turn: Turn, cast: Cast) -> int | None:
    """Who surely speaks, where the author says so by name."""
    for said in (True, False):
        for cue in turn.cues:
            if cue.said == said and cue.subject is not None and not cue.crowd:
                number = surely(cue.subject, cast)
                if number is not None and (said or cue.subject.kind != "self"):
                    return number
    return None


def _from_conversation(turns: Sequence[Turn], anchors: Sequence[int | None], i: int, nearby: dict[int, float]) -> None:
    """Those who are named as speakers in the turns around."""
    for step in (-1, 1):
        distance = 0.0
        j = i
        while 0 <= j + step < len(turns) and distance < 16:
            gap = turns[j].gap if step < 0 else turns[j + step].gap
            if gap >= 99:
                break
            distance += 1 + 1.5 * gap
            j += step
            number = anchors[j]
            if number is not None:
                strength = -0.12 * distance - (0.4 if step > 0 else 0.0)
                nearby[number] = max(nearby.get(number, -9.0), strength)


def _from_telling(
    text: str,
    blocks: Sequence[Block],
    turn: Turn,
    index: Index,
    cast: Cast,
    meant: Mapping[int, int],
    nearby: dict[int, float],
) -> None:
    """Those of whom the author spoke last before the turn."""
    here = blocks[turn.block]
    seen: dict[int, float] = {}
    subject_met = False
    for back in range(turn.block, max(-1, turn.block - 8), -1):
        block = blocks[back]
        if block.chapter != here.chapter or len(seen) >= 6:
            break
        until = turn.pieces[0].start if back == turn.block else block.end
        told_only = back == turn.block or (turn.block - back == 1 and not any(p.spoken for p in block.pieces))
        for m in reversed(index.between(block.start, until)):
            number = meant.get(m.start, cast.narrator if m.kind == "self" else cast.who(m))
            if m.spoken or number is None:
                continue
            able = m.subject and not m.owner and not in_brackets(text, m.start)
            rank = list(seen).index(number) if number in seen else len(seen)
            value = -0.25 * rank - 0.22 * (turn.block - back) - (0.0 if able else 0.5)
            if cast.vague(m) and m.start not in meant:
                value -= 0.9
            if able and told_only and not subject_met:
                value += _LAST_SUBJECT
                subject_met = True
            seen[number] = max(seen.get(number, -9.0), value)
    for number, value in seen.items():
        nearby[number] = max(nearby.get(number, -9.0), value)


def _ahead(blocks: Sequence[Block], turns: Sequence[Turn], i: int, index: Index, cast: Cast) -> dict[int, float]:
    """Those who come into the telling only just after a speech."""
    turn = turns[i]
    if not any(c.stranger for c in turn.cues):
        return {}

    def met(first: int, last: int, *, spoken: bool) -> list[int | None]:
        parts = blocks[max(0, first) : min(len(blocks), last)]
        return [cast.who(m) for b in parts for m in index.between(b.start, b.end) if spoken or not m.spoken]

    before = set(met(turn.block - 4, turn.block + 1, spoken=True))
    after = met(turn.block + 1, turn.block + 4, spoken=False)
    fresh = [n for n in dict.fromkeys(after) if n is not None and n not in before]
    return dict.fromkeys(fresh[:1], 0.6)


def _introduced(
    blocks: Sequence[Block], turn: Turn, index: Index, cast: Cast, meant: Mapping[int, int]
) -> frozenset[int]:
    """Those without a name whom the last paragraphs brought in: "a stranger knocked"."""
    since = blocks[max(0, turn.block - 5)].start
    near = [m for m in index.between(since, turn.pieces[0].start) if m.indefinite and m.kind == "role" and not m.spoken]
    return frozenset(n for m in near if (n := cast.who(m)) is not None and meant.get(m.start, n) == n)


def _score(
    text: str,
    turn: Turn,
    nearby: dict[int, float],
    anchor: int | None,
    index: Index,
    cast: Cast,
    ahead: dict[int, float],
    introduced: frozenset[int],
) -> Scored:
    called, spoken_of = addressed(text, turn, index, cast)
    scored = _score_people(turn, nearby, anchor, called, spoken_of, cast, ahead, introduced)
    return scored._replace(addressed_sex=_addressed_sex(text, turn, cast))


def _score_people(  # noqa: C901 - one decision after another, each with its evidence
    turn: Turn,
    nearby: dict[int, float],
    anchor: int | None,
    addressed: frozenset[int],
    spoken_of: frozenset[int],
    cast: Cast,
    ahead: dict[int, float],
    introduced: frozenset[int],
) -> Scored:
    if anchor is not None:
        sure = any(c.said for c in turn.cues)
        nearby = {**nearby, anchor: 0.0}
        order = _best(nearby, 6, anchor)
        loss = -9.0 if sure else -2.4
        scores = tuple(0.0 if n == anchor else loss + nearby[n] for n in order)
        return Scored(order, scores, "explicit", addressed)
    cue = next((c for c in turn.cues if c.said and (c.subject or c.sex != "unknown" or c.crowd or c.stranger)), None)
    cue = cue or next((c for c in turn.cues if c.subject), None)
    if cue is not None and cue.crowd:
        return Scored((NOBODY, *_best(nearby, 3)), (0.0, *([-8.0] * len(_best(nearby, 3)))), "anaphoric", addressed)
    nearby = dict(nearby)
    own: int | None = None
    if cue is not None and cue.subject is not None and cue.subject.kind == "role":
        own = cast.who(cue.subject)
        if own is not None:
            nearby[own] = max(nearby.get(own, -9.0), _described(cue.subject, own in introduced))
    if cast.narrator is not None:
        nearby.setdefault(cast.narrator, -1.2)
    order = _best(nearby, 8, own)
    if cue is not None and cue.stranger:
        for number, strength in ahead.items():
            nearby[number] = max(nearby.get(number, -9.0), strength)
        nearby = {n: (0.6 if n in ahead else v - 2.5) for n, v in nearby.items()}
        order = _best(nearby, 8, own)
    excluded = {surely(m, cast) for m in cue.others} if cue else set()
    weighed: list[float] = []
    for n in order:
        score = nearby[n]
        if n in addressed:
            score -= 4.0
        elif n in spoken_of:
            score -= _SPOKEN_OF
        if cue is not None:
            score += _fits(n, cue, own, cast)
            score += sum(_fits(n, other, own, cast) for other in turn.cues if other is not cue and _by_pronoun(other))
            if n in excluded:
                score -= 3.0
        weighed.append(score)
    if not order:
        return Scored((NOBODY,), (0.0,), "implicit", addressed)
    return Scored(order, tuple(weighed), "anaphoric" if cue else "implicit", addressed)


def _a_voice(subject: Mention) -> bool:
    """A voice that is told from others: «женский голос», «другой голос»."""
    return subject.key[-1] == "голос" and len(subject.key) > 1


def _by_pronoun(cue: Cue) -> bool:
    return cue.said and cue.subject is not None and cue.subject.kind == "pronoun"


def _described(subject: Mention, introduced: bool) -> float:
    """What speaks for a nameless person whom the said-clause describes."""
    if introduced or _a_voice(subject):
        return 3.5
    return -0.2 if subject.indefinite else -1.4


def _best(nearby: dict[int, float], count: int, *always: int | None) -> tuple[int, ...]:
    first = [n for n in always if n is not None]
    rest = sorted((n for n in nearby if n not in first), key=lambda n: (-nearby[n], n))
    return tuple(first + rest[: count - len(first)])


def _fits(number: int, cue: Cue, own: int | None, cast: Cast) -> float:
    """How well somebody agrees with a pronoun or a description."""
    person = cast.people[number]
    weight = 1.0 if cue.said else 0.35
    if number == cast.narrator:
        return -9.0 * weight
    if number == own:
        return 0.0
    subject = cue.subject
    if subject is not None and subject.kind == "role":
        sex = subject.sex if subject.sex != "unknown" else cue.sex
        return weight * (_fits_description(person, subject, cast) + _fits_sex(person, sex))
    score = 0.0
    if subject is not None and subject.key == ("it",):
        score = -6.0 if is_human(person, cast.language) else 0.0
    elif not person.named:
        score = -0.4
    return weight * (score + _fits_sex(person, cue.sex))


def _fits_sex(person: Person, sex: Sex) -> float:
    if sex in ("unknown", person.sex):
        return 0.0
    return -1.0 if person.sex == "unknown" else -8.0


def _fits_description(person: Person, subject: Mention, cast: Cast) -> float:
    """Whether somebody can be "the old man" or "the girl"."""
    told = (en.PEOPLE if cast.language == "en" else ru.PEOPLE).get(subject.key[-1], ("unknown", "adult"))
    score = -2.5 if not person.named or _a_voice(subject) else 0.0
    age = subject.age or told[1]
    if age in ("child", "old") and person.age is not None:
        score += 1.0 if person.age == age else -3.0
    elif age == "young" and person.age in ("child", "old"):
        score -= 1.5
    return score


def addressed(text: str, turn: Turn, index: Index, cast: Cast) -> tuple[frozenset[int], frozenset[int]]:
    """Whom the speech calls by name, and of whom it speaks."""
    called: set[int] = set()
    spoken_of: set[int] = set()
    for piece in turn.pieces:
        for m in index.between(piece.start, piece.end):
            if m.kind not in ("name", "role"):
                continue
            number = cast.who(m)
            if number is None or (m.kind == "role" and not cast.people[number].named):
                continue
            left = text[max(piece.start, m.start - 24) : m.start].rstrip()
            right = text[m.end : piece.end].lstrip()[:1]
            opens = not left or left[-1] in ",.!?…—–-;" or _endearing(left, cast)
            closes = not right or right in ",.!?…—–-;"
            if opens and closes and not m.owner and (m.subject or cast.language == "en"):
                called.add(number)
            else:
                spoken_of.add(number)
    return frozenset(called), frozenset(spoken_of - called)


_VOCATIVE = re.compile(
    r"(?:^|[,!?.…—–-])\s*(?:(?:my|dear|old|little|young|oh|o|мой|моя|мои|ну|эй|а что|ах)\s+)*"
    r"([^\W\d_]+)\s*(?=[,!?.…]|$)",
    re.IGNORECASE,
)


def _addressed_sex(text: str, turn: Turn, cast: Cast) -> Sex:
    """The sex of the one whom the speech calls "sir", "Mother" or "бабуся"."""
    table = en.ADDRESS if cast.language == "en" else ru.ADDRESS
    for piece in turn.pieces:
        for match in _VOCATIVE.finditer(text[piece.start : piece.end]):
            sex = table.get(plain(match.group(1)))
            if sex is not None:
                return sex
    return "unknown"


_ENDEARMENTS = word_set(
    "my dear oh o ah poor old little dearest good мой моя милый милая дорогой дорогая пан о ах ну эй"
)


def _endearing(left: str, cast: Cast) -> bool:
    words = words_of(left, 0, len(left))
    return bool(words) and plain(words[-1].text) in _ENDEARMENTS and cast.language in ("en", "ru")
