"""The people of a story as values: ids, names, sex, age and looks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from bookfilm_nb.model import Character, Looks

from . import en, names_en, names_ru, ru
from .cast import Cast, Person, build_cast, canonical
from .words import plain, word_list, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Language

    from .mentions import Found, Mention
    from .quotes import Block

__all__ = ["characters_of", "find_people", "slug"]

_LETTERS = dict(
    zip("абвгдезийклмнопрстуфыэ", word_list("a b v g d e z i y k l m n o p r s t u f y e"), strict=True)
) | {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu",
     "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g"}  # fmt: skip


def slug(name: str) -> str:
    """A name as lower-case ASCII words joined by hyphens; Cyrillic letters become Latin ones."""
    latin = "".join(_LETTERS.get(ch, ch) for ch in name.lower())
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "somebody"


def find_people(text: str, blocks: Sequence[Block], language: Language) -> tuple[Found, Cast]:
    """Every mention of people in the story, and the people they mean; the narrator where there is one."""
    found = names_en.find(text, blocks) if language == "en" else names_ru.find(text, blocks)
    cast = build_cast(text, found, language)
    cast.narrator = _narrator(text, blocks, found.mentions, cast)
    return found, cast


def _narrator(text: str, blocks: Sequence[Block], mentions: Sequence[Mention], cast: Cast) -> int | None:
    """The first-person narrator: somebody whom others call by a name that the telling never uses, or a new person."""
    told = sum(len(words_of(text, p.start, p.end)) for b in blocks for p in b.pieces if not p.spoken)
    selves = sum(1 for m in mentions if m.kind == "self" and not m.spoken)
    per_thousand = 1000 * selves / max(told, 1)
    if selves < 4 or per_thousand < (7 if cast.language == "en" else 4):
        return None
    calls: Counter[int] = Counter()
    spoken: Counter[int] = Counter()
    outside: Counter[int] = Counter()
    for m in mentions:
        number = cast.who(m) if m.kind == "name" else None
        if number is None:
            continue
        (spoken if m.spoken else outside)[number] += 1
        if (
            m.spoken
            and text[m.end : m.end + 1] in ",.!?"
            and text[max(0, m.start - 2) : m.start].strip()[-1:] in (",", "")
        ):
            calls[number] += 1
    likely = [n for n in calls if calls[n] >= 3 and outside[n] * 8 <= spoken[n] and calls[n] * 3 >= spoken[n]]
    if likely:
        return max(likely, key=lambda n: (calls[n], -n))
    person = Person(len(cast.people), named=True)
    person.forms["narrator" if cast.language == "en" else "рассказчик"] += 1
    person.keys.add(("Narrator" if cast.language == "en" else "Рассказчик",))
    person.weight = selves
    cast.people.append(person)
    return person.number


def characters_of(
    cast: Cast,
    quotes: Mapping[int, int],
    mentions: Mapping[int, int],
    looks: Mapping[int, Looks],
) -> dict[int, Character]:
    """The people worth keeping, most present first: all who speak, and those who are named or met again."""
    kept: list[tuple[int, Person]] = []
    for person in cast.people:
        said, seen = quotes.get(person.number, 0), mentions.get(person.number, 0)
        if said or person.number == cast.narrator or _matters(person, seen, cast.language):
            kept.append((said + seen, person))
    kept.sort(key=lambda k: (-k[0], k[1].first, k[1].number))
    taken: set[str] = set()
    result: dict[int, Character] = {}
    for _, person in kept:
        name = _main_name(person, cast)
        identity = base = "narrator" if person.number == cast.narrator and not person.parts else slug(name)
        count = 2
        while identity in taken:
            identity, count = f"{base}-{count}", count + 1
        taken.add(identity)
        result[person.number] = Character(
            id=identity, name=name, names=_all_names(person, name), sex=person.sex,
            age=person.age or "adult", looks=looks.get(person.number, Looks()),
            mentions=mentions.get(person.number, 0), quotes=quotes.get(person.number, 0),
        )  # fmt: skip
    return result


def _matters(person: Person, seen: int, language: Language) -> bool:
    if person.named:
        return seen >= 2 or person.weight >= 2 or (seen >= 1 and any(len(k) > 1 and k[0] != "the" for k in person.keys))
    head = next(iter(person.keys))[-1]
    generic = en.GENERIC if language == "en" else ru.GENERIC
    table = en.PEOPLE if language == "en" else ru.PEOPLE
    return (
        ((seen >= 3 and person.told >= 2) or (person.told >= 1 and person.weight >= 6))
        and head not in generic
        and head in table
    )


def _main_name(person: Person, cast: Cast) -> str:
    if not person.named:
        key = next(iter(sorted(person.keys)))
        surface = [f for f in person.forms if cast.language == "ru" and plain(f) == plain(key[-1])]
        name = surface[0].lower() if surface and len(key) == 1 else " ".join(key)
        return name[:1].upper() + name[1:]
    counts: Counter[tuple[str, ...]] = Counter()
    for key in sorted(person.keys):
        counts[key] = person.uses[key] + sum(n for used, n in person.uses.items() if used[1:] == key and used != key)
    canon = {key: {canonical(part, cast.language) for part in key} for key in sorted(person.keys)}
    # A name is as frequent as all its shorter forms together; a nickname wins where it is used more
    family = {key: sum(counts[k] for k in canon if canon[k] <= canon[key]) for key in canon}
    favourite = max(canon, key=lambda k: (family[k], counts[k], len(k)))
    wider = [k for k in canon if set(favourite) <= set(k) and k[0] != "the"]
    key = max(wider, key=lambda k: (len(k), counts[k])) if wider else favourite
    if key[0] == "the":
        return " ".join(key[1:])
    if cast.language == "en" and len(key) == 1 and counts[key] > 2 * person.uses[key] and person.titles:
        title = max(sorted(person.titles), key=lambda t: person.titles[t])
        if plain(key[0]) not in en.FEMALE_NAMES | en.MALE_NAMES:
            return f"{_titled(title)} {key[0]}"
    return " ".join(key)


def _titled(title: str) -> str:
    dotted = {"mr", "mrs", "dr", "ms", "prof", "capt", "col", "gen", "sgt", "rev", "st"}
    return " ".join(t.capitalize() + ("." if t in dotted else "") for t in title.split())


def _all_names(person: Person, name: str) -> tuple[str, ...]:
    rest = sorted((f for f in person.forms if f != name), key=lambda f: (-person.forms[f], f))
    return (name, *rest)
