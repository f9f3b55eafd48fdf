"""How English narration tells time of day, weather and season. Text is lower case with straight apostrophes.

A rule: what | value | strong or weak | pattern. The first rule that matches at a place counts there.
"""
# ruff: noqa: E501 - one rule a line

from __future__ import annotations

__all__ = ["INDOORS", "NOT_NOW", "OUTDOORS", "RULES"]

NOT_NOW = (
    r"\b(?:(?:every|each|last|good|since|until|till|many an?|some|any|those|these|other|yesterday|tomorrow|previous|"
    r"the other|one of these|for the|for a|like|as|than|of a|in an arabian|a summer|twelfth|by) "
    r"(?:\w+ )?(?:mornings?|evenings?|nights?|afternoons?|days?|winters?|summers?|springs?|autumns?|moon|sun|snow|"
    r"thunder|lightning|storm|rain|stars?|fog|mist)(?! (?:the|he|she|they|we|i|it)\b)\b|"
    r"(?<!by )(?<!the )\b(?:day|night|morning|evening) (?:and|after|or|by|before) (?:day|night|morning|evening)|"
    r"from morning (?:to|till|until) night|night before|day before|evening before|"
    r"(?:mornings|evenings|nights|afternoons|moons|suns)\b|"
    r"night(?:gown|cap|shirt|mare|dress|s? clothes|-gown|-cap|-shirt)\w*|day-?dream\w*|"
    r"morning (?:coat|dress|star|room|post|paper)|evening (?:dress|paper|star)|fortnight|to-?night|to-?morrow|"
    r"(?:storm|thunder|rain|shower|cloud|hail|snow|flood|mist|flash|lightning)s? of (?!the\b)\w+|"
    r"(?:voice|shout|burst|roar|clap|peal)s? of (?:thunder|applause)|(?:before|after) (?:dawn|dark|night|morning|noon)(?= comes| came to)|"
    r"summer-?house|(?:no|without|never any|neither|nor) (?:\w+ )?(?:rain|snow|fog|mist|storm|moon|sun|stars?|clouds?|wind)\b|"
    r"(?:as|like|white as|black as|dark as|bright as|pale as) (?:the |a )?(?:snow|night|day|moon|sun|dawn|thunder|"
    r"lightning|storm|fog|mist|rain|winter|summer)\w*|thunderstruck|storm(?:ed|ing) (?:at|out|into)|snow-?white|"
    r"thunder(?:ed|ing) (?:at|out)|rain(?:ed|ing) (?:blows|kisses|questions|tears)|spring(?:s|ing)? (?:up|out|from|to|at)|"
    r"would (?:\w+ ){0,6}(?:day|week|morning|night|evening|rain|snow|storm)|if (?:\w+ ){0,4}(?:rain\w*|snow\w*|storm))"
)
"""Times and weathers that are not here and now: habits, other days, likenesses, words that only look so."""

_LEAD = (
    r"(?:(?:at|by|in|on|about|towards?|near|early|late|one|that|this|next|following|same|all|"
    r"it was|it was now|it was nearly|it was almost|it was already|through|throughout|during|middle of|dead of|before)"
    r" (?:\w+ly )?(?:the |a |an |that |this |of the )?(?:(?:next|following|same|very|grey|gray|cold|early|late|dark|still|"
    r"bright|warm|fine|clear|winter|summer|spring|autumn|rainy|stormy|foggy|snowy|golden|misty|first|dead|"
    r"windy|hot|beautiful|sunny|little|\w+day|november|december|october|january|march|april|may|june|july|august)"
    r",? ){0,2})"
)

RULES = rf"""
time | night | strong | (?:at |in |about |towards? |past |after |near |nearly |till |it was )?(?:the )?(?:midnight|dead of night)
time | night | strong | (?:one|two|three|four|1|2|3) o'clock (?:in the morning|at night)
time | dawn | strong | (?:five|six|5|6) o'clock in the morning
time | dusk | strong | (?:five|six|seven|eight) o'clock (?:in the evening|that evening)
time | night | strong | (?:nine|ten|eleven|twelve) o'clock (?:in the evening|that evening|at night|that night)
time | day | strong | (?:\w+) o'clock (?:in the|that) (?:morning|afternoon)
time | night | strong | (?:long |just )?before (?:the )?(?:dawn|daybreak|sunrise|first light)
time | night | strong | (?:after (?:dark|nightfall|sunset)|darkness had fallen|night (?:fell|had fallen|came|had come|was falling)|(?:it|it all) was (?:quite |very |already |now )?dark\b|pitch dark|darkness was complete)
time | dusk | strong | (?:it|the (?:sky|day|street|room|light)) (?:grew|was growing|was getting|got|had grown|began to grow) (?:quite |very )?(?:dark|dusky|dim)\w*
time | dusk | strong | (?:darkness (?:fell|came|was falling|gathered)|the (?:light|day) (?:was )?(?:failing|faded|fading|failed)|the lamps were (?:being )?lit|the sun (?:set|was setting|was sinking|sank|had set|went down|was going down|had gone down|was low|hung low))
time | dawn | strong | (?:dawn (?:broke|came|was (?:breaking|coming|near))|day (?:broke|was breaking)|(?:the sun|it) (?:rose|was rising|had (?:just )?risen|came up|was coming up)(?= (?:over|above|from|out|behind|red|and|,|\.))|the sky (?:was|grew|turned) (?:pale|grey|gray|pink)|it (?:grew|was growing) light|first light|cock-?crow|(?:the )?cocks? (?:crow\w*))
time | dawn | strong | {_LEAD}?(?:dawn|daybreak|sunrise|break of day)\b
time | dusk | strong | {_LEAD}?(?:dusk|twilight|sunset|sundown|nightfall|gloaming)\b
time | night | strong | {_LEAD}night\b
time | night | strong | at night\b
time | dusk | strong | {_LEAD}evening\b
time | day | strong | {_LEAD}(?:morning|noon|midday|afternoon|noonday)\b
time | day | strong | at noon\b|at midday\b|in broad daylight|at (?:breakfast|luncheon|lunch)\b|after (?:breakfast|lunch|luncheon)\b
time | night | weak | (?:moon(?:light|lit|beams?|rise)?\b|(?:the|many|few|bright|of) stars\b|starlight|starry|starlit|lanterns?\b|went to bed|the night\b)
time | dusk | weak | (?:the first stars?\b|supper\b|evening\b|shadows (?:lengthened|grew long))
time | day | weak | (?:sunlight|sunshine|sunlit|sunny|the sun\b|sunbeams?|breakfast|luncheon|morning\b|noon\b|afternoon\b|daylight)
jump | next | strong | (?:(?:the|on the) )?(?:next|following) (?:morning|day|evening|night|afternoon)|the morning after|the day after
jump | next | strong | (?:\w+ ){{1,3}}(?:days?|weeks?|months?|years?) (?:later|passed|had passed|went by|had gone by|after(?:wards?)?)\b
jump | next | strong | (?:after|for) (?:\w+ ){{1,2}}(?:days|weeks|months|years)\b|a (?:week|month|year|fortnight) (?:later|after)|(?:the )?next (?:week|month|year|spring|summer|autumn|winter)
jump | next | strong | one (?:\w+ )?(?:day|morning|evening|night|afternoon)\b|on (?:the )?(?:\w+ )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?! (?:evening|night))\b|at (?:dawn|daybreak|sunrise|first light)|in the morning\b|by morning\b
jump | same | strong | that (?:same )?(?:evening|night|afternoon|morning)|(?:in|by|towards?|late in) the (?:evening|afternoon)|at (?:dusk|nightfall|midnight|night|noon|sunset|twilight|midday)|by (?:dusk|nightfall|evening|midnight|noon|sunset)|(?:an hour|hours|\w+ hours) later|after dark|when night (?:fell|came)
weather | clear | strong | (?:storm|rain|snow|fog|mist|gale|blizzard|tempest|thunder|snowfall|shower)\w* (?:had |was |were |at last |soon |suddenly )*(?:stopped|stop|ceased|gone|over|passed|lifted|cleared|died (?:down|away)|blown|ended|spent|abated|melted)
weather | storm | strong | (?:thunder(?:storm|clap|claps|bolt|cloud|clouds)?|lightning|tempest|hurricane|gale|squall|(?:sea|snow)?storms?|stormy)\b
weather | snow | strong | (?:snowstorm|blizzard|snowflakes?|snow (?:\w+ )?(?:fell|falling|began|came|beat|drove|whirled|blew|had begun|flew|swirled)|it (?:was snowing|snowed|had begun to snow|began to snow)|(?:falling|driving|whirling|thick|blinding|swirling) snow|snowfall|snowing)\b
weather | rain | strong | (?:rain(?:ed|ing|y|drops?|storm)?|drizzl\w+|downpour|sleet)\b(?!coat|bow)
weather | fog | strong | (?:fog|foggy|mist|mists|misty|haze)\b
weather | cloudy | strong | (?:cloudy|overcast|(?:grey|gray|leaden|dull|sullen) (?:sky|skies|clouds?|morning|day|afternoon)|(?:the )?(?:sky|day|morning) (?:was|hung) (?:low|grey|gray|dull|dark with)|(?:heavy|dark|black|low|thick) clouds|clouds (?:gathered|covered|hung|hid|rolled))
weather | clear | strong | (?:(?:clear|blue|cloudless|bright|starry) (?:\w+ )?(?:sky|skies|night|morning|day|heaven)|sunny|sunshine|sunlight|cloudless|starlight|moonlight|the sun (?:shone|was shining|blazed)|the stars (?:shone|came out|were out)|the first stars?)
season | winter | strong | (?:in|that|one|the|deep|mid|late|early|of|a) (?:\w+ )?winter(?:'s)?\b|midwinter|winter (?:morning|day|evening|night|had|came|was|sun|sky|wind)|christmas|(?:in|of|late|early) (?:december|january|february)\b
season | spring | strong | (?:in|that|one|early|late|of) (?:the )?spring\b(?! (?:up|out|from))|spring (?:morning|day|evening|night|had|came|was|sun|rain)|easter\b|(?:in|of|late|early) (?:march|april|may)\b
season | autumn | strong | autumn\w*|(?:in|of|late|early) (?:september|october|november)\b|michaelmas
season | summer | strong | (?:in|that|one|the|high|mid|late|early|of|a) (?:\w+ )?summer(?:'s)?\b|midsummer|summer (?:morning|day|evening|night|had|came|was|sun|sky|holiday)|(?:in|of|late|early) (?:june|july|august)\b
season | winter | weak | (?:snow\w*|frost\w*|ice\b|icy|icicles?|frozen (?:river|lake|pond|ground)|sledges?|skat(?:es|ing))
season | spring | weak | (?:blossoms?\b|thaw\w*|primroses?|daffodils?|lambs?\b|snowdrops?)
season | autumn | weak | (?:(?:fallen|falling|yellow|dead|brown) leaves|harvest\w*)
season | summer | weak | (?:hay(?:making|field|cock|cocks)?\b|roses\b|ripe corn|hot sun)
"""

INDOORS = (
    r"rooms?\b|tables?\b|chairs?\b|doors?\b|windows?\b|lamps?\b|candles?\b|beds?\b|floors?\b|ceilings?\b|walls?\b|"
    r"stove|hearth|fireplace|sofa|carpets?|curtains?|kettle|tea\b|cupboard|desk|pan\b|shel(?:f|ves)|mirror|stairs"
)
OUTDOORS = (
    r"trees?\b|sky\b|clouds?\b|grass|horses?\b|roads?\b|wind\b|rain\b|snow\b|sun\b|sunlight|hills?\b|fields?\b|birds?\b|"
    r"path\b|stars?\b|stones\b|leaves|waves?\b|sand\b|gulls?|moon\b|bushes|hedges?|carriages?|heath\b"
)
