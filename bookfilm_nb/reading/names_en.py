"""Finding people in English: capital letters, titles, person nouns, pronouns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from . import en
from .links_en import links
from .mentions import Found, Mention
from .names_filter_en import IRREGULAR, only_people
from .said import is_said_verb
from .words import Word, is_capital, plain, starts_sentence, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model.vocabulary import Sex

    from .quotes import Block

__all__ = ["find"]

_PRONOUNS: dict[str, Sex] = {"he": "male", "she": "female"}
_OBLIQUE: dict[str, Sex] = {
    "him": "male", "his": "male", "himself": "male", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_DETERMINERS = word_set("the a an my his her our their your this that another one some its each every")
_POSSESSIVE = word_set("my his her our their your its")
_INDEFINITE = word_set("a an another one some")
_NOT_ADJECTIVE = word_set("""
    and or but of to in at on with from by for as is was were be been had has have who which when then than not no
    said so if while the a an that
""")
_PARTICLES = word_set("de von van der la le du da del di of the")
_ADVERBS = word_set("""
    again then now once aloud loud back out up down here there too also still at last
    over under across behind through before after near beside against about upon into without within between beyond
    during
""")
_NO_ROLE = word_set("""
    one other day word words same face latter former first second third last time rest whole thing next two three truth
    least most best worst
""")


class _Spot(NamedTuple):
    word: Word
    initial: bool
    block: int
    spoken: bool


def find(text: str, blocks: Sequence[Block]) -> Found:
    """Every mention of a person in the story, in order, and which roles belong to which names."""
    pieces = [
        [
            _Spot(w, starts_sentence(text, w.start, piece.start), number, piece.spoken)
            for w in words_of(text, piece.start, piece.end)
        ]
        for number, block in enumerate(blocks)
        for piece in block.pieces
    ]
    low: Counter[str] = Counter()
    mid: Counter[str] = Counter()
    for spots in pieces:
        for spot in spots:
            if spot.word.text[0].islower():
                low[plain(spot.word.text)] += 1
            elif not spot.initial and is_capital(spot.word.text):
                mid[plain(spot.word.text)] += 1
    roles = _speaking_roles(text, pieces)
    mentions: list[Mention] = []
    for spots in pieces:
        mentions.extend(_in_piece(text, spots, low, mid, roles))
    mentions.sort(key=lambda m: m.start)
    kept = only_people(text, mentions)
    return Found(tuple(kept), tuple(links(text, kept)))


def _speaking_roles(text: str, pieces: Sequence[Sequence[_Spot]]) -> frozenset[str]:
    """Nouns that stand where a speaker stands: "said the caterpillar"."""
    roles: Counter[str] = Counter()
    for spots in pieces:
        if not spots or spots[0].spoken:
            continue
        for i, spot in enumerate(spots[:-2]):
            if not is_said_verb(spot.word.text, "en", plainly=True) or spots[i + 1].word.text not in ("the", "a", "an"):
                continue
            if i > 3:
                continue
            head = ""
            for j in range(i + 2, min(i + 6, len(spots))):
                gap = text[spots[j - 1].word.end : spots[j].word.start]
                word = spots[j].word.text
                if (
                    gap.strip()
                    or plain(word) in _NOT_ADJECTIVE | _ADVERBS
                    or word.endswith(("ly", "ing"))
                    or "'s" in word
                ):
                    break
                head = plain(word) if word[0].islower() else ""
            if head:
                roles[head] += 1
    return frozenset(r for r in roles if r not in en.CROWD | _NO_ROLE and len(r) > 2)


def _namey(word: str, spot_initial: bool, low: Counter[str], mid: Counter[str]) -> bool:
    key = plain(word)
    if key in en.NOT_NAMES or not is_capital(word) or len(word) == 1 or key.startswith("i'") or key.endswith("n't"):
        return False
    known = key in en.FEMALE_NAMES or key in en.MALE_NAMES
    if mid[key] and mid[key] * 3 >= low[key]:
        return True
    return known and not low[key] and (spot_initial or bool(mid[key]))


def _in_piece(
    text: str, spots: Sequence[_Spot], low: Counter[str], mid: Counter[str], roles: frozenset[str]
) -> list[Mention]:
    found: list[Mention] = []
    i = 0
    while i < len(spots):
        word, _, block, spoken = spots[i]
        key = plain(word.text)
        stop = _run(text, spots, i, low, mid)
        if stop > i:
            found.append(_name(text, spots, i, stop, roles))
            i = stop
            continue
        if key in _PRONOUNS or key in _OBLIQUE:
            found.append(
                Mention(word.start, word.end, "pronoun", (key,), _PRONOUNS.get(key) or _OBLIQUE[key], None,
                        key in _PRONOUNS, key in ("his", "her") and _owns(text, spots, i), spoken=spoken, block=block)
            )  # fmt: skip
        elif word.text in ("I", "I'm", "I’ll", "I’m", "I'll", "I’d", "I'd", "I’ve", "I've"):
            found.append(Mention(word.start, word.end, "self", ("i",), spoken=spoken, block=block))
        elif key == "it" and i + 1 < len(spots) and _speaks(text, spots, i):
            found.append(Mention(word.start, word.end, "pronoun", ("it",), spoken=spoken, block=block))
        elif key in ("they", "we") or (key in en.CROWD and key not in en.PEOPLE):
            found.append(Mention(word.start, word.end, "crowd", (key,), spoken=spoken, block=block))
        elif (
            key in en.PEOPLE or key in roles or (key in en.TITLES and key not in en.EPITHETS and word.text[0].isupper())
        ):
            role = _role(text, spots, i)
            if role:
                found.append(role)
        i += 1
    return found


def _speaks(text: str, spots: Sequence[_Spot], i: int) -> bool:
    """Whether "it" is a creature that talks: "it said", "heard it say", "said it"."""
    after = plain(spots[i + 1].word.text)
    says = is_said_verb(after, "en", plainly=True) or after in en.SAYING
    return says and not text[spots[i].word.end : spots[i + 1].word.start].strip()


def _owns(text: str, spots: Sequence[_Spot], i: int) -> bool:
    return (
        i + 1 < len(spots)
        and not text[spots[i].word.end : spots[i + 1].word.start].strip()
        and (plain(spots[i + 1].word.text) not in _NOT_ADJECTIVE)
    )


def _run(text: str, spots: Sequence[_Spot], i: int, low: Counter[str], mid: Counter[str]) -> int:
    """Index after the name that begins at ``i``; ``i`` where none does."""
    names = 0
    j = i
    while j < len(spots):
        word = spots[j].word.text
        if j > i:
            gap = text[spots[j - 1].word.end : spots[j].word.start]
            before = plain(spots[j - 1].word.text)
            if gap.strip() == "." and not (before in en.TITLES or len(before) == 1):
                break
            if gap.strip() not in ("", ".") or "\n\n" in gap or spots[j - 1].word.text.lower().endswith(("'s", "’s")):
                break
        title = plain(word) in en.TITLES and word[0].isupper()
        if title and (j == i or plain(spots[j - 1].word.text) in en.TITLES):
            if not _title_goes_on(text, spots, j):
                break
            j += 1
        elif (
            _namey(word, spots[j].initial and j == i, low, mid)
            or (
                j == i
                and i
                and is_capital(word)
                and plain(spots[i - 1].word.text) == "the"
                and _next_capital(text, spots, j)
                and _namey(spots[j + 1].word.text, False, low, mid)
            )
            or (names == 0 and j > i and is_capital(word) and len(word) > 1 and plain(word) not in en.NOT_NAMES)
        ):
            names += 1
            j += 1
        elif (len(word) == 1 and word.isupper() and word != "I" and _next_capital(text, spots, j)) or (
            names and word in _PARTICLES and _particle_goes_on(spots, j)
        ):
            j += 1
        else:
            break
    return j if names else i


def _title_goes_on(text: str, spots: Sequence[_Spot], j: int) -> bool:
    if j + 1 >= len(spots):
        return False
    gap = text[spots[j].word.end : spots[j + 1].word.start]
    word = spots[j + 1].word.text
    return (
        gap.strip() in ("", ".")
        and is_capital(word)
        and plain(word) not in en.NOT_NAMES
        and (
            gap.strip() == ""
            or plain(spots[j].word.text)
            in ("mr", "mrs", "dr", "prof", "capt", "col", "gen", "sgt", "lieut", "rev", "st", "ms", "messrs")
        )
    )


def _next_capital(text: str, spots: Sequence[_Spot], j: int) -> bool:
    return (
        j + 1 < len(spots)
        and text[spots[j].word.end : spots[j + 1].word.start].strip() in ("", ".")
        and is_capital(spots[j + 1].word.text)
    )


def _particle_goes_on(spots: Sequence[_Spot], j: int) -> bool:
    if spots[j].word.text == "of" and not _royal(spots[j - 1].word.text):
        return False
    rest = [s.word.text for s in spots[j + 1 : j + 3]]
    return bool(rest) and (rest[0][0].isupper() or (rest[0] in _PARTICLES and len(rest) > 1 and rest[1][0].isupper()))


def _royal(word: str) -> bool:
    return plain(word) in en.PEOPLE or plain(word) in en.TITLES or plain(word) in ("knave", "maid")


def _name(text: str, spots: Sequence[_Spot], i: int, stop: int, roles: frozenset[str]) -> Mention:
    words = [s.word for s in spots[i:stop]]
    titles: list[str] = []
    while len(words) > 1 and plain(words[0].text) in en.TITLES:
        titles.append(plain(words[0].text))
        words = words[1:]
    last = words[-1].text
    owner = last.lower().endswith(("'s", "’s"))
    key = tuple(_clean(w.text) for w in words)
    sex: Sex = "unknown"
    for title in titles:
        if en.TITLES[title] != "unknown":
            sex = en.TITLES[title]
    before = spots[i - 1].word if i else None
    definite = bool(before and plain(before.text) in ("the", "this", "that", "our", "a", "an")
                    and not text[before.end : words[0].start].strip()) and not titles  # fmt: skip
    noun = len(key) == 1 and (plain(key[0]) in en.PEOPLE or plain(key[0]) in roles)
    if definite or (noun and not titles):
        head = plain(key[-1]) if "of" not in key else plain(key[0])
        told = en.PEOPLE.get(head, ("unknown", "adult"))
        return Mention(spots[i].word.start, words[-1].end, "name", ("the", *key), told[0],
                       told[1] if told[1] != "adult" else None, True, owner, "",
                       bool(before and plain(before.text) in _INDEFINITE), spots[i].spoken, spots[i].block)  # fmt: skip
    title = " ".join(t for t in titles if t not in en.EPITHETS)
    left = plain(before.text) if before and not text[before.end : spots[i].word.start].strip() else ""
    age = (
        "old"
        if "old" in titles or left == "old"
        else "young"
        if left == "young"
        else "child"
        if left == "little"
        else None
    )
    return Mention(spots[i].word.start, words[-1].end, "name", key, sex, age, True, owner,  # type: ignore[arg-type]
                   title, False, spots[i].spoken, spots[i].block)  # fmt: skip


def _clean(word: str) -> str:
    return word[:-2] if word.lower().endswith(("'s", "’s")) else word


def _role(text: str, spots: Sequence[_Spot], i: int) -> Mention | None:  # noqa: C901 - the words before a noun, read one by one
    """The role whose noun stands at ``i``, with its article; None for a noun that is none here."""
    word, _, block, spoken = spots[i]
    head = plain(word.text)
    if i + 1 < len(spots):
        follow = spots[i + 1].word
        adjoined = not text[word.end : follow.start].strip() and "'" not in word.text and "’" not in word.text
        if adjoined and plain(follow.text) in en.PEOPLE and plain(follow.text) not in _NOT_ADJECTIVE:
            return None
        if adjoined and head in _ADJECTIVES_TOO and follow.text[0].islower() and not _after_noun(follow.text):
            return None
    adjectives: list[str] = []
    for j in range(i - 1, max(-1, i - 6), -1):
        before = spots[j].word
        gap = text[before.end : spots[j + 1].word.start].strip()
        if gap not in ("", ","):
            break
        low = plain(before.text)
        owner = before.text.lower().endswith(("'s", "’s"))
        if low in _DETERMINERS or owner:
            generic = [a for a in adjectives if a in ("old", "young", "little")]
            key = (*generic[-1:], head) if head in en.GENERIC and head not in en.KIN else (head,)
            sex, age = en.PEOPLE.get(head, ("unknown", "adult"))
            if "old" in adjectives or "aged" in adjectives or "elderly" in adjectives:
                age = "old"
            elif age == "adult" and "young" in adjectives:
                age = "young"
            elif "little" in adjectives and head in ("girl", "boy"):
                age = "child"
            elif "young" in adjectives and head in ("girl", "lady"):
                age = "young"
            return Mention(before.start, word.end, "role", key, sex, age if age != "adult" else None, True,
                           word.text.lower().endswith(("'s", "’s")), "", low in _INDEFINITE, spoken, block,
                           low if low in _POSSESSIVE or owner else "")  # fmt: skip
        if gap == "," and not adjectives:
            break
        if before.text in _NOT_ADJECTIVE or before.text[0].isupper():
            break
        adjectives.append(low)
    if spoken or word.text[0].isupper():
        sex, age = en.PEOPLE.get(head) or (en.TITLES.get(head, "unknown"), "adult")
        return Mention(word.start, word.end, "role", (head,), sex, None, True,
                       word.text.lower().endswith(("'s", "’s")), "", False, spoken, block)  # fmt: skip
    return None


_ADJECTIVES_TOO = word_set("general elder private native youth")
"""Person nouns that more often stand before another noun: "a general rush"."""


def _after_noun(word: str) -> bool:
    """Whether the word may follow a noun that is complete: a verb or a small word."""
    low = plain(word)
    return low in _NOT_ADJECTIVE | _ADVERBS | IRREGULAR | en.SAID or low.endswith("ed")
