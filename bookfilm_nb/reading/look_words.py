"""The words that tell looks and ages, and what the illustrator calls them."""

from __future__ import annotations

import re
from typing import NamedTuple

from .words import word_list

__all__ = [
    "AGE",
    "AGE_WORDS",
    "COLOURS",
    "HAIR_COLOURS",
    "NUMBERS",
    "PERSON_ADJECTIVES",
    "SHAPES",
    "THINGS",
    "Trait",
    "traits_of",
]


class Trait(NamedTuple):
    """One thing told about somebody's looks: a field of ``Looks`` and its word."""

    field: str
    word: str
    owner: int
    """Where the mention of the person begins."""


COLOURS = {
    "en": {
        "black": "black",
        "dark": "black",
        "raven": "black",
        "brown": "brown",
        "chestnut": "brown",
        "auburn": "red",
        "red": "red",
        "ginger": "red",
        "sandy": "blond",
        "blond": "blond",
        "blonde": "blond",
        "fair": "blond",
        "golden": "blond",
        "yellow": "yellow",
        "flaxen": "blond",
        "grey": "grey",
        "gray": "grey",
        "grizzled": "grey",
        "silver": "grey",
        "white": "white",
        "snowy": "white",
        "blue": "blue",
        "green": "green",
        "purple": "purple",
        "pink": "pink",
        "orange": "orange",
        "crimson": "red",
        "scarlet": "red",
    },
    "ru": {
        "черный": "black",
        "темный": "black",
        "вороной": "black",
        "смоляной": "black",
        "каштановый": "brown",
        "бурый": "brown",
        "коричневый": "brown",
        "русый": "brown",
        "темно-русый": "brown",
        "рыжий": "red",
        "красный": "red",
        "алый": "red",
        "светлый": "blond",
        "белокурый": "blond",
        "золотистый": "blond",
        "золотой": "blond",
        "льняной": "blond",
        "седой": "grey",
        "серый": "grey",
        "сивый": "grey",
        "серебряный": "grey",
        "белый": "white",
        "синий": "blue",
        "голубой": "blue",
        "зеленый": "green",
        "желтый": "yellow",
        "лиловый": "purple",
        "розовый": "pink",
        "оранжевый": "orange",
    },
}
HAIR_COLOURS = frozenset({"black", "brown", "red", "blond", "grey", "white"})
THINGS = {
    "en": {
        "hair": ("hair", ""),
        "locks": ("hair", ""),
        "tresses": ("hair", "long"),
        "curls": ("hair", "curly"),
        "ringlets": ("hair", "curly"),
        "bun": ("hair", "bun"),
        "braid": ("hair", "braids"),
        "braids": ("hair", "braids"),
        "plaits": ("hair", "braids"),
        "pigtails": ("hair", "braids"),
        "fringe": ("hair", "bangs"),
        "bangs": ("hair", "bangs"),
        "beard": ("beard", "full"),
        "whiskers": ("beard", "full"),
        "moustache": ("beard", "moustache"),
        "mustache": ("beard", "moustache"),
        "goatee": ("beard", "goatee"),
        "stubble": ("beard", "stubble"),
        "cap": ("hat", "cap"),
        "hat": ("hat", "hat"),
        "bonnet": ("hat", "hat"),
        "hood": ("hat", "hood"),
        "headscarf": ("hat", "scarf"),
        "kerchief": ("hat", "scarf"),
        "turban": ("hat", "turban"),
        "glasses": ("glasses", "yes"),
        "spectacles": ("glasses", "yes"),
        "pince-nez": ("glasses", "yes"),
        "coat": ("clothes", "coat"),
        "overcoat": ("clothes", "coat"),
        "cloak": ("clothes", "coat"),
        "jacket": ("clothes", "coat"),
        "dress": ("clothes", "dress"),
        "gown": ("clothes", "dress"),
        "frock": ("clothes", "dress"),
        "shawl": ("clothes", "shawl"),
        "uniform": ("clothes", "uniform"),
        "cassock": ("clothes", "cassock"),
        "apron": ("clothes", "apron"),
        "jersey": ("clothes", "jersey"),
        "sweater": ("clothes", "jersey"),
        "jumper": ("clothes", "jersey"),
        "raincoat": ("clothes", "coat"),
        "greatcoat": ("clothes", "coat"),
        "mantle": ("clothes", "coat"),
        "sundress": ("clothes", "dress"),
        "pinafore": ("clothes", "apron"),
        "tunic": ("clothes", "uniform"),
        "bowler": ("hat", "hat"),
        "beret": ("hat", "cap"),
    },
    "ru": {
        "волос": ("hair", ""),
        "кудри": ("hair", "curly"),
        "кудря": ("hair", "curly"),
        "локон": ("hair", "curly"),
        "коса": ("hair", "braids"),
        "косичка": ("hair", "braids"),
        "пучок": ("hair", "bun"),
        "челка": ("hair", "bangs"),
        "лысина": ("hair", "bald"),
        "борода": ("beard", "full"),
        "бородка": ("beard", "goatee"),
        "ус": ("beard", "moustache"),
        "усы": ("beard", "moustache"),
        "щетина": ("beard", "stubble"),
        "шапка": ("hat", "cap"),
        "картуз": ("hat", "cap"),
        "фуражка": ("hat", "cap"),
        "кепка": ("hat", "cap"),
        "шляпа": ("hat", "hat"),
        "капюшон": ("hat", "hood"),
        "платок": ("hat", "scarf"),
        "косынка": ("hat", "scarf"),
        "чалма": ("hat", "turban"),
        "очки": ("glasses", "yes"),
        "пенсне": ("glasses", "yes"),
        "пальто": ("clothes", "coat"),
        "шуба": ("clothes", "coat"),
        "тулуп": ("clothes", "coat"),
        "сюртук": ("clothes", "coat"),
        "кафтан": ("clothes", "coat"),
        "плащ": ("clothes", "coat"),
        "свитка": ("clothes", "coat"),
        "шинель": ("clothes", "uniform"),
        "мундир": ("clothes", "uniform"),
        "платье": ("clothes", "dress"),
        "сарафан": ("clothes", "dress"),
        "шаль": ("clothes", "shawl"),
        "ряса": ("clothes", "cassock"),
        "фартук": ("clothes", "apron"),
        "передник": ("clothes", "apron"),
        "свитер": ("clothes", "jersey"),
        "фуфайка": ("clothes", "jersey"),
        "куртка": ("clothes", "coat"),
        "полушубок": ("clothes", "coat"),
        "зипун": ("clothes", "coat"),
        "пиджак": ("clothes", "coat"),
        "китель": ("clothes", "uniform"),
        "сутана": ("clothes", "cassock"),
        "подрясник": ("clothes", "cassock"),
        "ушанка": ("hat", "cap"),
        "папаха": ("hat", "cap"),
        "берет": ("hat", "cap"),
        "бескозырка": ("hat", "cap"),
        "тюрбан": ("hat", "turban"),
    },
}
SHAPES = {
    "en": {"long": "long", "short": "short", "cropped": "short", "curly": "curly", "braided": "braids"},
    "ru": {"длинный": "long", "короткий": "short", "кудрявый": "curly", "курчавый": "curly"},
}
PERSON_ADJECTIVES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "en": {
        "bald": (("hair", "bald"),),
        "bald-headed": (("hair", "bald"),),
        "bearded": (("beard", "full"),),
        "unshaven": (("beard", "stubble"),),
        "moustached": (("beard", "moustache"),),
        "bespectacled": (("glasses", "yes"),),
        "blond": (("hair_colour", "blond"),),
        "blonde": (("hair_colour", "blond"),),
    },
    "ru": {
        "лысый": (("hair", "bald"),),
        "бородатый": (("beard", "full"),),
        "небритый": (("beard", "stubble"),),
        "усатый": (("beard", "moustache"),),
        "седой": (("hair_colour", "grey"),),
        "седовласый": (("hair_colour", "grey"),),
        "седоусый": (("beard", "moustache"), ("hair_colour", "grey")),
        "седобородый": (("beard", "full"), ("hair_colour", "grey")),
        "рыжебородый": (("beard", "full"), ("hair_colour", "red")),
        "чернобородый": (("beard", "full"), ("hair_colour", "black")),
        "рыжий": (("hair_colour", "red"),),
        "рыжеволосый": (("hair_colour", "red"),),
        "белокурый": (("hair_colour", "blond"),),
        "белобрысый": (("hair_colour", "blond"),),
        "светловолосый": (("hair_colour", "blond"),),
        "русый": (("hair_colour", "brown"),),
        "русоволосый": (("hair_colour", "brown"),),
        "темноволосый": (("hair_colour", "black"),),
        "черноволосый": (("hair_colour", "black"),),
        "кудрявый": (("hair", "curly"),),
        "курчавый": (("hair", "curly"),),
    },
}
"""Adjectives that describe a whole person."""


def traits_of(thing: str, marks: list[str], language: str) -> list[tuple[str, str]]:
    """The fields and words that a noun tells with its adjectives (lemmas): "long", "grey" + "beard"."""
    field, word = THINGS[language][thing]
    told = [(field, word)] if word else []
    for mark in marks:
        colour = COLOURS[language].get(mark)
        if colour and field == "hair" and colour in HAIR_COLOURS:
            told.append(("hair_colour", colour))
        elif colour and field == "beard" and colour in HAIR_COLOURS:
            told.append(("beard_colour", colour))
        elif colour and field == "clothes":
            told.append((f"clothes_colour:{word}", "yellow" if colour == "blond" else colour))
        if field == "hair" and not word and mark in SHAPES[language]:
            told.append(("hair", SHAPES[language][mark]))
    return told


NUMBERS = {
    "en": dict(
        zip(
            word_list("""five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen
        nineteen
        twenty thirty forty fifty sixty seventy eighty ninety"""),
            [*range(5, 21), 30, 40, 50, 60, 70, 80, 90],
            strict=True,
        )
    ),
    "ru": dict(
        zip(
            word_list("""пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать
        пятнадцать шестнадцать
        семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят
        семьдесят восемьдесят девяносто"""),
            [*range(5, 21), 30, 40, 50, 60, 70, 80, 90],
            strict=True,
        )
    ),
}
AGE = {
    "en": re.compile(
        r"\b(\w+)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?(?:[ -]years?[ -]old|\s+years of age)|"
        r"\b(?:who|[Hh]e|[Ss]he|I|(?!It|This|That|There|What|All)[A-Z]\w+) (?:was|is) (\w+)(?=[,.;]| and)|"
        r"\b(?:man|woman|lady|boy|girl|age|aged)\s(?:of\s)?(\w+)(?=[,.; ])"
    ),
    "ru": re.compile(
        r"\b(?:было|исполнилось|стукнуло|минуло)\s+(?:уже\s+|всего\s+|лет\s+)?(\w+)\s+(?:лет|год)|"
        r"\b(\w+)\s+лет\s+от\s?роду|\bлет\s+(\w+и)\b"
    ),
}
AGE_WORDS = {
    "en": re.compile(
        r"\b(?:who|[Hh]e|[Ss]he|(?!It|This|That|There|What|All|Everything)[A-Z]\w+) was (?:still |very |quite |a )?"
        r"(young|old|elderly)\b(?=[,.;]| and| man| woman)"
    ),
    "ru": re.compile(r"\b(?:он |она )?(?:был|была) (?:ещё |еще |очень |уже |совсем )?(молода?|стара?)\b"),
}
"""Where a text says outright that somebody is young or old."""
