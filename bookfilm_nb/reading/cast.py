"""From mentions to people: which names are one person's, of what sex, and which role belongs to whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from . import en, ru
from .cast_types import Cast, Person, name_key
from .morph import past_gender
from .names_ru import NEUTRAL
from .strangers import tell_apart
from .words import plain, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bookfilm_nb.model.vocabulary import Age, Language, Sex

    from .mentions import Found, Mention

__all__ = ["Cast", "Person", "build_cast", "canonical"]

_SEX_OF_GENDER: dict[str, Sex] = {"masc": "male", "femn": "female"}


def build_cast(text: str, found: Found, language: Language) -> Cast:
    """Everybody who is named or has a role in the story."""
    people, by_name = _named(found.mentions, language)
    people, by_name = _join_nicknames(people, by_name, found)
    by_role = _roles(people, by_name, found, language)
    cast = Cast(language, people, by_name, by_role, None, found.classes)
    tell_apart(text, cast, found.mentions)
    _gather(text, cast, found.mentions)
    return cast


def canonical(part: str, language: Language) -> str:
    """A name's full form for comparison: "Tommy" is "thomas", «Маша» is «мария»."""
    folded = plain(part)
    if language == "en":
        return en.NICKNAMES.get(folded, folded)
    return ru.DIMINUTIVES.get(folded, folded)


def _name_sex(key: Sequence[str], title: str, language: Language) -> Sex:
    if language == "ru":
        return "unknown"
    for word in title.split():
        if en.TITLES.get(word, "unknown") != "unknown":
            return en.TITLES[word]
    if len(key) == 1 and title:
        return "unknown"
    first = plain(key[0])
    if first in en.FEMALE_NAMES and first not in en.MALE_NAMES:
        return "female"
    if first in en.MALE_NAMES and first not in en.FEMALE_NAMES:
        return "male"
    return "unknown"


def _named(mentions: Sequence[Mention], language: Language) -> tuple[list[Person], dict[tuple[str, ...], int]]:
    counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    told: dict[tuple[str, tuple[str, ...]], Sex] = {}
    for m in mentions:
        if m.kind == "name":
            entry = (m.title, m.key)
            counts[entry] += 1
            first.setdefault(entry, m.start)
            if m.sex != "unknown":
                told[entry] = m.sex
    people: list[Person] = []
    by_name: dict[tuple[str, ...], int] = {}
    order = sorted(counts, key=lambda e: (-len(e[1]), not e[0], -counts[e], e))
    for title, key in order:
        parts = {canonical(p, language) for p in key if len(p) > 1 or language == "ru"} - {"of", "the"}
        sex = told.get((title, key)) or _name_sex(key, title, language)
        if key[0] == "the":
            parts.add("the")
        person = _match(people, parts, title, sex, language)
        if person is None:
            person = Person(len(people), named=True, first=first[title, key])
            people.append(person)
        person.parts |= parts
        person.keys.add(key)
        person.weight += counts[title, key]
        person.first = min(person.first, first[title, key])
        if title:
            person.titles[title] += counts[title, key]
        if sex != "unknown":
            person.sexes[sex] += 4 * counts[title, key]
        by_name[(title, *key) if title else key] = person.number
    return people, by_name


_MARRIED = frozenset({"mrs", "madame", "madam", "mme", "lady", "signora", "frau"})
_SINGLE = frozenset({"miss", "mademoiselle", "mlle", "signorina"})


def _match(people: Sequence[Person], parts: set[str], title: str, sex: Sex, language: Language) -> Person | None:
    """The person these words most likely name."""
    best: tuple[float, Person] | None = None
    for person in people:
        if not parts <= person.parts or not parts:
            continue
        if sex != "unknown" and person.sex not in ("unknown", sex):
            continue
        titles = set(person.titles)
        surname_only = language == "en" and len(parts) == 1 and len(person.parts) > 1
        if title and _clash(title, titles):
            continue
        if (
            title in _MARRIED
            and surname_only
            and not titles & _MARRIED
            and person.sex != "unknown"
            and _has_given(person)
        ):
            continue
        score = float(person.weight)
        if best is None or score > best[0]:
            best = (score, person)
    return best[1] if best else None


def _has_given(person: Person) -> bool:
    return any(p in en.FEMALE_NAMES for p in person.parts)


def _clash(title: str, titles: set[str]) -> bool:
    own = set(title.split())
    if own & _MARRIED and titles & _SINGLE:
        return True
    if own & _SINGLE and titles & _MARRIED:
        return True
    ranks = {"major", "captain", "colonel", "general", "sergeant", "inspector", "professor", "dr", "doctor"}
    return bool(own & ranks and titles & ranks and not own & titles)


def _join_nicknames(
    people: list[Person], by_name: dict[tuple[str, ...], int], found: Found
) -> tuple[list[Person], dict[tuple[str, ...], int]]:
    """People whom the text itself calls by another name become one."""
    joined = list(range(len(people)))

    def root(i: int) -> int:
        while joined[i] != i:
            i = joined[i]
        return i

    finder: dict[tuple[str, ...], int] = {}
    for key, number in by_name.items():
        finder.setdefault(key, number)
    for person in people:
        for key in person.keys:
            finder.setdefault(key, person.number)
    for link in found.links:
        if link.role in finder and link.name in finder:
            a, b = root(finder[link.role]), root(finder[link.name])
            if a != b and {people[a].sex, people[b].sex} != {"male", "female"}:
                joined[a] = b
                people[b].parts |= people[a].parts
                people[b].keys |= people[a].keys
                people[b].titles += people[a].titles
                people[b].sexes += people[a].sexes
                people[b].weight += people[a].weight
                people[b].first = min(people[b].first, people[a].first)
    kept = [p for p in people if root(p.number) == p.number]
    place = {p.number: i for i, p in enumerate(kept)}
    new_names = {key: place[root(number)] for key, number in by_name.items()}
    for i, person in enumerate(kept):
        person.number = i
    return kept, new_names


def _roles(
    people: list[Person], by_name: Mapping[tuple[str, ...], int], found: Found, language: Language
) -> dict[tuple[str, ...], int]:
    """Whom each role means: somebody with a name where the text links them, else a nameless person."""
    tables = en.PEOPLE if language == "en" else ru.PEOPLE
    finder = dict(by_name)
    for person in people:
        for key in sorted(person.keys):
            finder.setdefault(key, person.number)
    votes = _linked(people, finder, found, tables)
    by_role: dict[tuple[str, ...], int] = {}
    counts = Counter(m.key for m in found.mentions if m.kind == "role")
    definite = {plain(k[-1]): finder[k] for k in finder if k[0] == "the" and len(k) == 2}
    for key in sorted(counts, key=lambda k: (-counts[k], k)):
        if key[-1] in definite and len(key) == 1:
            by_role[key] = definite[key[-1]]
            continue
        number = _chosen(people, key, counts[key], votes.get(key, Counter()), found, language)
        if number is not None:
            people[number].roles.add(key)
        else:
            number = _nameless(people, key, counts[key], tables)
        by_role[key] = number
    return by_role


def _linked(
    people: Sequence[Person],
    finder: Mapping[tuple[str, ...], int],
    found: Found,
    tables: Mapping[str, tuple[Sex, Age]],
) -> dict[tuple[str, ...], Counter[int]]:
    """How much the text's links speak for each person behind a role; sex and age are learnt on the way."""
    votes: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
    for link in found.links:
        number = finder.get(link.name)
        if number is None or link.role in finder:
            continue
        votes[link.role][number] += link.weight  # type: ignore[assignment]
        sex, age = tables.get(link.role[-1], ("unknown", "adult"))
        if sex != "unknown":
            people[number].sexes[sex] += 1
        if age != "adult":
            people[number].ages[age] += 1
    return votes


def _chosen(
    people: Sequence[Person],
    key: tuple[str, ...],
    count: int,
    votes: Counter[int],
    found: Found,
    language: Language,
) -> int | None:
    """The named person that a role means, where the links are plain enough."""
    if not votes:
        return None
    head = key[-1]
    generic = en.GENERIC | {"man"} if language == "en" else ru.GENERIC
    number, weight = max(votes.items(), key=lambda v: (v[1], -v[0]))
    enough = max(4.5, 0.2 * count) if head in found.classes else 2.0 if head in generic else 1.0
    if weight / sum(votes.values()) < 0.6 or weight < enough:
        return None
    tables = en.PEOPLE if language == "en" else ru.PEOPLE
    return None if head in generic and _rivals(people, number, head, tables) else number


def _nameless(people: list[Person], key: tuple[str, ...], count: int, tables: Mapping[str, tuple[Sex, Age]]) -> int:
    person = Person(len(people), named=False, weight=count, keys={key})
    sex, age = tables.get(key[-1], ("unknown", "adult"))
    if sex != "unknown":
        person.sexes[sex] += 2
    if age != "adult":
        person.ages[age] += 1
    people.append(person)
    return person.number


def _rivals(people: Sequence[Person], number: int, head: str, tables: Mapping[str, tuple[Sex, Age]]) -> bool:
    """Whether a general word ("the man") could well mean another named person too."""
    sex = tables.get(head, ("unknown", "adult"))[0]
    others = [p for p in people if p.named and p.number != number and p.sex in (sex, "unknown") and p.weight >= 3]
    return bool(others)


def _gather(text: str, cast: Cast, mentions: Sequence[Mention]) -> None:
    """Counts, forms and the sex that verbs and pronouns tell."""
    for i, m in enumerate(mentions):
        number = cast.who(m)
        if number is None:
            continue
        _count(text, cast, cast.people[number], m)
        if m.spoken or m.owner:
            continue
        if cast.language == "ru":
            _sex_from_verb(text, cast.people[number], m)
        elif not any(
            e.block == m.block and e.kind in ("name", "role", "pronoun") and cast.who(e) != number and not e.spoken
            for e in mentions[max(0, i - 2) : i]
        ):
            _sex_from_pronoun(text, cast.people[number], m, mentions[i + 1 : i + 2])


def _count(text: str, cast: Cast, person: Person, mention: Mention) -> None:
    if not person.named and not person.forms:
        person.first = mention.start
    person.forms[" ".join(text[mention.start : mention.end].split())] += 1
    if mention.kind == "name":
        person.uses[name_key(mention)] += 1
    if not mention.spoken:
        person.told += 1
    if mention.sex != "unknown":
        person.sexes[mention.sex] += 1
    if mention.age and not (mention.kind == "role" and cast.vague(mention)):
        person.ages[mention.age] += 1


def _sex_from_verb(text: str, person: Person, mention: Mention) -> None:
    """«Женя пришла»: the past tense agrees with its subject."""
    if not mention.subject or mention.key[-1] in NEUTRAL:
        return
    after = words_of(text, mention.end, min(len(text), mention.end + 30))[:2]
    near = [w for w in after if not text[mention.end : w.start].strip(" ,")]
    near += words_of(text, max(0, mention.start - 24), mention.start)[-1:]
    for word in near:
        gender = past_gender(word.text)
        if gender in _SEX_OF_GENDER:
            person.sexes[_SEX_OF_GENDER[gender]] += 3
            return


def _sex_from_pronoun(text: str, person: Person, mention: Mention, following: Sequence[Mention]) -> None:
    """The pronoun right after a subject ("the Rabbit ... he"), with nobody else between them."""
    for other in following:
        gap = text[mention.end : other.start]
        near = other.block == mention.block and not other.spoken and len(gap) < 120
        able = other.subject or other.owner or other.key[0].endswith("self")
        if not (near and able and other.kind == "pronoun"):
            continue
        person.sexes[other.sex] += 1
