"""Things that a sentence names and a picture can show, and what people in it do, as prompt words."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["is_vast", "is_walk", "looks_up", "things"]

_EN: dict[str, str] = {
    "lamp": r"lamps?|lanterns?",
    "candle": r"candles?|candlestick\w*|taper",
    "fire": r"fires?|flames?|bonfire|hearth|fireplace|blaze|stove",
    "boat": r"boats?|skiffs?|canoes?|rowboat",
    "moon": r"moon|moonlight|moonlit",
    "stars": r"stars?|starlight|starry",
    "tree": r"trees?|oaks?|pines?|willows?|birch\w*|apple-tree",
    "house": r"houses?|cottages?|huts?|cabins?|farmhouse",
    "window": r"windows?|window-pane",
    "door": r"doors?|doorway|threshold",
    "table": r"tables?|desk",
    "bed": r"beds?|bedside|pillows?",
    "book": r"books?|volumes?",
    "letter": r"letters?|envelopes?",
    "horse": r"horses?|mares?|pony|ponies|stallion|saddle",
    "cart": r"carts?|carriages?|wagons?|coach|gig|sledge|sleigh",
    "bird": r"birds?|gulls?|seagulls?|crows?|ravens?|pigeons?|doves?|swallows?|owls?|rooks?",
    "lighthouse": r"lighthouses?",
    "church": r"church(?:es)?|steeple|belfry|chapel",
    "windmill": r"(?:wind)?mills?",
    "ship": r"ships?|schooners?|brigs?|frigates?",
    "bridge": r"bridges?",
    "fence": r"fences?|palings?|hedge",
    "well": r"(?<=\bthe )well|(?<=\ba )well|(?<=\bold )well",
    "flowers": r"flowers?|roses?|lil(?:y|ies)|daisies|blossoms?|bouquet",
    "grave cross": r"graves?|tombs?|tombstones?|gravestones?|cross(?:es)?(?= (?:stood|of))",
    "snowdrift": r"snowdrifts?|drifts? of snow",
    "lightning": r"lightning|thunderbolts?",
}
_RU: dict[str, str] = {
    "lamp": r"ламп\w*|фонар\w*|лампад\w*|светильник\w*",
    "candle": r"свеч\w*|свечк\w*",
    "fire": r"огонь|огня|огне|огнем|огни|костер|костр\w*|пламя|пламен\w*|печ(?:ь|и|ью|ка|ки|ку|кой)|пожар\w*|факел\w*",
    "boat": r"лодк\w*|лодок|челн\w*|барк\w*",
    "moon": r"лун(?:а|ы|у|е|ой|ный|ная|ном)|месяц(?= (?:светил|сиял|стоял|взош|вышел))|месячн\w*",
    "stars": r"звезд(?:а|ы|у|е|ой|ам|ах|ами)?|звезды",
    "tree": r"дерев(?:о|а|у|е|ом|ья|ьев|ьями|ьях)|дуб(?:ы|а|у|ом|ов)?|берез\w*|сосн\w*|ел(?:ь|и|ью|ями)|яблон\w*",
    "house": r"дом(?:а|у|е|ом|ик|ики)?|изб(?:а|ы|у|е|ой)|хат(?:а|ы|у|е|ой)|хижин\w*",
    "window": r"окн(?:о|а|у|е|ом|ам|ами|ах)|окон|окошк\w*|окошеч\w*",
    "door": r"двер(?:ь|и|ью|ям|ями|ях)|порог\w*",
    "table": r"стол(?:а|у|е|ом|ы)?",
    "bed": r"кроват\w*|постел\w*|подушк\w*",
    "book": r"книг(?:а|и|у|е|ой|ами)?|книжк\w*",
    "letter": r"письм(?:о|а|у|е|ом)|писем|записк\w*|конверт\w*",
    "horse": r"кон(?:ь|я|ю|ем|и|ей)|лошад\w*|кобыл\w*|жеребец|жеребц\w*|скакун\w*",
    "cart": r"телег\w*|карет\w*|кибитк\w*|повозк\w*|возок|сани|саней|санях|брик\w*|воз(?:ы|ов)",
    "bird": r"птиц\w*|птичк\w*|голуб(?:и|ей|ь|ями)|ворон(?:а|ы|у)?|вороны|чайк\w*|сов(?:а|ы|у)|ласточк\w*",
    "lighthouse": r"маяк\w*",
    "church": r"церк(?:овь|ви|овью|вей)|колоколь\w*|храм(?:а|у|е|ом)?|часовн\w*",
    "windmill": r"мельниц\w*",
    "ship": r"корабл\w*|парусник\w*",
    "bridge": r"мост(?:а|у|е|ом|ик)?",
    "fence": r"забор\w*|плет(?:ень|ня|не|нем)|частокол\w*|изгород\w*",
    "well": r"колод(?:ец|ца|цу|цем|це)",
    "flowers": r"цвет(?:ы|ов|ами|ах|ок|ка)|роз(?:а|ы|у|ой)|букет\w*|ромашк\w*",
    "grave cross": r"могил\w*|крест(?:а|у|е|ом|ы|ов|ах|ами)?|гроб(?:а|ы|ов)?ниц\w*",
    "snowdrift": r"сугроб\w*",
    "lightning": r"молни\w*",
}
_OUTDOORS = frozenset(
    {"boat", "moon", "stars", "tree", "house", "horse", "cart", "lighthouse", "church", "bridge", "fence", "well"}
    | {"grave cross", "snowdrift", "lightning", "windmill", "ship"}
)
_INDOORS = frozenset({"table", "bed"})
_WALK = re.compile(
    r"\b(?:walk\w*|ran|run|running|went|rode|riding|march\w*|hurr\w+|crept|followed|climbed|fled|strode|crossed|sail\w*|"
    r"wander\w*|galloped|drove|(?:по|вы|во|при|у|за|от|до|пере)?шел|(?:по|вы|во|при|у|за|от|до|пере)?шл[аи]|бежал\w*|"
    r"побежал\w*|бросил(?:ся|ась|ись)|поехал\w*|ехал\w*|скакал\w*|летел\w*|полетел\w*|подош\w+|бродил\w*)\b"
)
_UP = re.compile(
    r"\b(?:sky|heavens?|above|upwards?|overhead|tower|steeple|небо|небе|неба|вверх|наверх|башн\w*|куп(?:ол|ола))\b"
)
_VAST = re.compile(
    r"\b(?:sea|ocean|sky|stars?|moon|shore|hills?|mountains?|valley|plain|horizon|fields?|forest|village|town|city|river|storm|snow|fog|"
    r"звезд\w*|луна|берег\w*|море|моря|океан\w*|неб[оае]|горы|горизонт\w*|степ[ьи]\w*|пол[еяю]|лес|леса|деревн\w*|город\w*|рек[аиу]|снег\w*|метел\w*|туман\w*)\b"
)


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = _RU if language == "ru" else _EN
    return tuple((thing, re.compile(rf"\b(?:{pattern})\b")) for thing, pattern in table.items())


def things(text: str, language: str, *, interior: bool | None = None, most: int = 3) -> tuple[str, ...]:
    """Drawable things that the text names, in the order they are named, at most ``most``.

    Names ("Gull Rock") are no things. ``interior`` leaves out what does not stand there.
    """
    plain = _plain(text)
    elsewhere = {True: _OUTDOORS, False: _INDOORS, None: frozenset[str]()}[interior]
    found = []
    for thing, pattern in _patterns(language):
        first = next((m.start() for m in pattern.finditer(plain) if not _is_name(text, m.start())), None)
        if first is not None and thing not in elsewhere:
            found.append((first, thing))
    return tuple(thing for _, thing in sorted(found)[:most])


def _is_name(text: str, at: int) -> bool:
    """Whether the word is written with a capital inside a sentence."""
    before = text[:at].rstrip(" \"'«“‘(—–-…")
    return text[at : at + 1].isupper() and bool(before) and before[-1] not in ".!?…”»"


def is_walk(text: str) -> bool:
    """Whether somebody in it is on the way."""
    return bool(_WALK.search(_plain(text)))


def looks_up(text: str) -> bool:
    """Whether it looks at what is above."""
    return bool(_UP.search(_plain(text)))


def is_vast(text: str) -> bool:
    """Whether it speaks of land, sea or sky."""
    return bool(_VAST.search(_plain(text)))


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")
