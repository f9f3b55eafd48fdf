"""The place's own name read: which particular set it means, and which things it promises. English and Russian."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import PlaceKind

    from .planes import SceneWords


__all__ = ["indoor_set", "is_russian", "named_details", "outdoor_set"]

# A word with a star stands for all words that begin so: Russian cases, English plurals.
_INDOORS: tuple[tuple[str, str], ...] = (
    ("ship's cabin", "каюта каюты каюте каюту каютой кают кубрик*"),
    ("cell", "cell cells prison* jail* gaol dungeon* карцер* темниц* тюрьм* тюрем* острог* камера камере камеру"),
    ("school", "school* classroom* schoolroom* школ* класс классе класса училищ* гимнази* лицей лицее"),
    ("ward", "hospital* infirmar* ward sickroom больниц* лазарет* госпитал* палата палате палаты палату"),
    ("shop", "shop* store storeroom bakery pharmacy apothecar* лавка лавке лавки лавку лавкой магазин* аптек* булочн*"),
    ("barn", ("barn* mill watermill windmill granar* hayloft stable* shed cowshed амбар* мельниц* сарай сарае сарая "
             "овин* сеновал* конюшн* хлев* гумно гумне рига риге")),
    ("cottage", ("cottage* hut huts cabin* hovel shack lodge farmhouse изб избы избе избу изба избой избою избуш* "
                "избен* избян* хата хаты хате хату хатой хатк* хижин* лачуг* землянк* сторожк* горниц* светлиц* "
                "мазанк* сакл* юрт*")),
    ("bedroom", "bedroom* bedchamber nursery dormitory спальн* опочивальн* детск*"),
    ("study", "study library office librar* кабинет* библиотек* контор* канцеляри*"),
    ("palace", ("palace* manor* mansion* salon* ballroom* drawing дворец дворца дворце дворцы дворцов* палат палаты "
               "усадьб* усадеб* особняк* гостин* зала зале залу поместь*")),
    ("castle", "castle* baronial keep замок замка замке замку замком рыцарск*"),
)  # fmt: skip
_OUTDOORS: tuple[tuple[str, str], ...] = (
    ("harbour", ("harbour* harbor* port quay* dock docks wharf гаван* порт порта порту портов* пристан* причал* "
                "набережн*")),
    ("lighthouse", "lighthouse* маяк*"),
    ("mill", "mill watermill windmill millpond мельниц* мельнич*"),
    ("station", "railway railroad station platform* вокзал* перрон* станци* полустан* разъезд* платформ*"),
    ("market", "market* square marketplace fair площад* рынок рынка рынке рынку базар* ярмарк*"),
    ("battlefield", "battle* battlefield* trench* войн* битв* сражени* бой боя бою траншея траншее траншеи окоп*"),
    ("desert", "desert* dune* sahara пустын* барханы барханах дюн*"),
    ("steppe", "steppe* prairie* savanna* степь степи степью степей степях степн*"),
    ("swamp", "swamp* marsh* bog fen болот* топь топи трясин*"),
)  # fmt: skip
_CAVES = "cave* cavern* grotto* пещер* грот грота гроте"
_LIGHTHOUSE = "lighthouse* маяк*"
_LAMP = "lamp lamps lantern* light top gallery lens ламп* фонар* верх* наверху вышк* галере* свет*"
_SHIP = "ship* captain* boat* steamer* vessel корабл* судн* капитан* пароход* шхун*"
_DETAILS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("harbour harbor port гаван* порт порту порта пристан* причал*", ("boat", "pier")),
    ("pier мостки мостках", ("pier",)),
    ("windmill mill мельниц*", ("windmill",)),
    ("castle замок замка замке", ("castle",)),
    ("market рынок рынка рынке базар* ярмарк*", ("cart",)),
    ("library библиотек*", ("book",)),
    ("bedroom спальн*", ("bed",)),
    ("chapel часовн* церк*", ("church",)),
    ("stable* конюшн*", ("horse",)),
    ("маяк*", ("lighthouse",)),
    ("колокол* колокольн*", ("bell",)),
    ("ламп* фонар*", ("lamp",)),
    ("свеча свечи свечой свечк*", ("candle",)),
    ("мост моста мосту мостом", ("bridge",)),
    ("колодец колодца колодцу колодезь", ("well",)),
    ("лодка лодки лодке лодку", ("boat",)),
    ("калитк* ворот*", ("gate",)),
    ("корабл*", ("ship",)),
    ("остров*", ("island",)),
)
# Rooms that a house may have whatever its name: the name tells whose, the kind tells which room.
_ANY_ROOM: frozenset[PlaceKind] = frozenset({"room", "hall"})
_REFINED: dict[str, frozenset[PlaceKind]] = {
    "cottage": _ANY_ROOM | {"kitchen"},
    "ship's cabin": _ANY_ROOM | {"ship"},
    "barn": _ANY_ROOM | {"cellar", "tower"},
    "cell": _ANY_ROOM | {"cellar", "tower"},
}


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str]:
    parts = (re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in words.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _plain(name: str) -> str:
    return name.lower().replace("ё", "е").replace("-", " ")


def _says(name: str, words: str) -> bool:
    return _pattern(words).search(_plain(name)) is not None


def _first(name: str, table: tuple[tuple[str, str], ...]) -> str:
    """The set whose word comes first in the name; "" when none is named."""
    found = [(hit.start(), k) for k, (_, words) in enumerate(table) if (hit := _pattern(words).search(_plain(name)))]
    return table[min(found)[1]][0] if found else ""


def is_russian(words: SceneWords) -> bool:
    """Whether the place's name is written in Cyrillic letters."""
    return re.search("[а-яё]", words.name.lower()) is not None


def indoor_set(words: SceneWords) -> str:
    """The particular interior that the name means: "cottage", "barn", "school"; "" for the plain kind."""
    name = words.name
    told = words.place == "tower" and {"lighthouse", "lamp"} <= set(words.details)
    if told or (_says(name, _LIGHTHOUSE) and _says(name, _LAMP)) or re.search(r"\b(lamp|lantern) ?room", _plain(name)):
        return "lamp room" if words.place not in ("kitchen", "cellar", "church", "tavern") else ""
    if _says(name, _CAVES):
        return "cave"
    found = _first(name, _INDOORS)
    if found == "cottage" and "cabin" in _plain(name) and (words.place == "ship" or _says(name, _SHIP)):
        found = "ship's cabin"
    outside = words.place not in ("kitchen", "church", "tavern", "cellar", "tower", "ship")
    return found if words.place in _REFINED.get(found, _ANY_ROOM) or (found and outside) else ""


def outdoor_set(words: SceneWords) -> str:
    """The particular exterior that the name means: "harbour", "market", "swamp"; "" for the plain kind."""
    if words.place in ("church", "graveyard", "ship"):
        return ""
    if _says(words.name, _CAVES):
        return "cave"
    found = _first(words.name, _OUTDOORS)
    by_water = words.place in ("sea shore", "open sea", "river", "tower", "city street", "village street")
    by_sea = words.place in ("sea shore", "open sea", "tower")
    if (found == "harbour" and not by_water) or (found == "lighthouse" and not by_sea):
        return ""
    if found in ("desert", "steppe") and words.place in ("sea shore", "open sea", "city street", "village street"):
        return ""
    return found


def named_details(name: str) -> frozenset[str]:
    """The things that the place's name promises, as detail words; its own words are among them."""
    spoken = set(_plain(name).split())
    return frozenset(spoken.union(*(things for words, things in _DETAILS if _says(name, words))))
