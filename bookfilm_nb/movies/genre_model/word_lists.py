"""Words that the genre model treats apart; lists of this project."""

from __future__ import annotations

__all__ = ["IRREGULAR", "KEPT_CAPITALS", "MAKING", "STOP"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words("""
    a about above across after afterwards again against ago all almost along already also although always am among
    an and another any anybody anyone anything anyway are around as at away back be became because become becomes
    been before began begin begins behind being below beneath beside besides best better between beyond both but by
    called came can can't cannot come comes coming could couldn't day days did didn't do does doesn't doing don't
    done down during each either else end ends enough even ever every everybody everyone everything far few find
    finds first five for found four from full further gave get gets getting give given gives giving go goes going
    gone good got great had half has have having he her here hers herself him himself his how however i i'll i'm
    i've if in indeed inside instead into is isn't it its itself just keep keeps kept knew know known knows last
    least left less let like likely little long longer look looked looking looks made make makes making many may
    maybe me mean means meanwhile might mine more moreover most mostly much must my myself name named near nearly
    need needs neither never nevertheless new next no nobody none nor not nothing now nowhere o'clock of off often
    oh old on once one ones only onto or other others otherwise ought our ours ourselves out outside over own part
    per perhaps place put puts quite rather really regard s said same saw say says second see seem seemed seems seen
    set several shall she should since six so some somebody somehow someone something sometimes somewhere soon still
    such sure t take taken takes taking tell tells ten than that the their theirs them themselves then there these
    they thing things think this those though thought three through throughout thus till time times to together told
    too took toward towards tries try trying turn turned turns two under until unto up upon us use used uses very
    want wants was way we well went were what whatever when whenever where whether which while who whole whom whose
    why will with within without won't would year years yes yet you young your yours yourself
""")
"""Words that any text has."""

MAKING = _words("""
    academy acclaimed acted acting actor actors actress actresses adaptation adapted adapts add alongside american
    animator appearance appears australian autobiographical award awards based blockbuster book british budget cameo
    canadian cast casting chinese chronicles cinema cinematographer co composed critically critics debut depicts
    derived direct directed directing director directorial directors distributed distribution distributor dub dubbed
    dvd edited ensemble entertainment entitled entry episode episodes feature featured features featuring festival
    film filmed filming filmmaker filmmakers films footage fourth franchise french german gross grossed independent
    indian inspired installment instalment italian japanese korean leading limited loosely manga movie movies
    narrated narration narrator nominated nomination non novel novella novels original oscar picture pictures play
    played plays playwright plot portrayal portrayed portrays positive premiere premiered premieres prequel
    presented produced producer producers production productions rated reboot received release released releases
    releasing remake remakes reprise reprises reprising reviews role roles russian saga scene scenes scored screen
    screening screenplay screenwriter script scripted scriptwriter sequel series shoot shot soundtrack spanish
    spinoff st star starred starring stars story studio studios summary sundance supporting tagline th theaters
    theatres theatrical theatrically third title titled toronto trailer trilogy version voice voiced voices
    worldwide write writing written wrote
""")
"""Words about the making of a film: encyclopaedias write them, books do not. "Voiced by" would mean animation."""

KEPT_CAPITALS = _words("""
    agent alien aliens americans bible captain christ christian christmas cia colonel cossack cossacks count
    countess death detective devil doctor duchess duke earl earth emperor empress england father fbi general german
    germans god halloween heaven hell indian indians inspector jew jewish jews kgb king knight lieutenant lord major
    mars martian martians moon mother nazi nazis orc pirate pope president priest prince princess professor queen
    roman romans santa satan senator sergeant sheriff sister soviet sultan vampire vietnam witch wizard world wwi
    wwii
""")
"""Words that often begin with a capital inside a sentence and still say something about the genre."""

IRREGULAR = {
    "ate": "eat", "began": "begin", "bought": "buy", "bodies": "body", "broke": "break", "broken": "break",
    "brought": "bring", "built": "build", "buried": "bury", "caught": "catch", "children": "child", "chose":
    "choose", "chosen": "choose", "died": "die", "dies": "die", "drank": "drink", "drawn": "draw", "drew": "draw",
    "drove": "drive", "driven": "drive", "dying": "die", "elves": "elf", "fallen": "fall", "fed": "feed", "fell":
    "fall", "felt": "feel", "fled": "flee", "flees": "flee", "fleeing": "flee", "flew": "fly", "forgot": "forget",
    "forgotten": "forget", "fought": "fight", "froze": "freeze", "frozen": "freeze", "grew": "grow", "grown":
    "grow", "heard": "hear", "held": "hold", "hid": "hide", "hidden": "hide", "knives": "knife", "laid": "lay",
    "led": "lead", "lies": "lie", "lied": "lie", "lying": "lie", "lost": "lose", "losing": "lose", "loses": "lose",
    "lives": "life", "men": "man", "met": "meet", "mice": "mouse", "paid": "pay", "ran": "run", "rode": "ride",
    "rose": "rise", "sang": "sing", "sent": "send", "shook": "shake", "slept": "sleep", "sold": "sell", "sought":
    "seek", "spent": "spend", "spoke": "speak", "stole": "steal", "stolen": "steal", "stood": "stand", "struck":
    "strike", "sung": "sing", "swore": "swear", "taught": "teach", "thieves": "thief", "thrown": "throw", "threw":
    "throw", "tied": "tie", "ties": "tie", "tying": "tie", "wives": "wife", "woke": "wake", "wolves": "wolf",
    "women": "woman", "won": "win", "wore": "wear", "worn": "wear", "wound": "wound",
}  # fmt: skip
"""Forms that no ending explains."""
