"""English words that tell what somebody feels, and what a scene feels like.

A word that ends in ``*`` stands for every word that begins so.
"""

from __future__ import annotations

from .places_words import word_set

__all__ = ["EMOTION_WORDS", "MOOD_WORDS", "NEGATIONS", "PHRASES", "VOICE"]

NEGATIONS = word_set(
    "not no never nor neither without nobody nothing none hardly scarcely cannot don't didn't doesn't wasn't weren't"
    " isn't aren't won't can't couldn't wouldn't shouldn't hadn't haven't hasn't ain't needn't mustn't"
)

EMOTION_WORDS: dict[str, str] = {
    "happy": (
        "happ* glad* joy* joyous* joyful* delight* merry merri* cheer* pleased wonderful splendid hurrah "
        "hooray bravo smil* beam* bless* thankful* grateful* congratulat* triumph* lovely marvellous "
        "excellent capital grin*"
    ),
    "laughing": "laugh* chuckl* giggl* guffaw* haha ha-ha tittered cackl* mirth*",
    "sad": (
        "sad sadly sadness sadder weep* wept sob* cry crying mourn* grief griev* sorrow* tear tears tearful* "
        "lonely alone unhapp* miser* wretched alas farewell goodbye broken-hearted heartbroken despair* "
        "hopeless* gloom* mournful* bereav* dead died grave buried regret* sorry pity pitiful poor melanchol* "
        "wail* gone lost"
    ),
    "angry": (
        "angr* anger fury furious* rage raged raging enrag* wrath* indignant* indignation damn damned curse* "
        "scoundrel* rascal* villain* fool fools idiot* liar* traitor* thief coward* hate* hatred shame "
        "insolen* impudent* impertinen* sternly fierce fiercely savage* hotly harshly sharply snarl* snapp* "
        "growl* roar* thunder* wretch blockhead impatient* irritab* crossly nonsense enough beast devil "
        "scowl* glar* outrag*"
    ),
    "afraid": (
        "afraid fear fears feared fearful* fright* terrif* terror* horror* horrif* horrible scare* dread* "
        "panic* aghast trembl* shudder* shiver* help murder ghost* monster* pale shriek* alarm* danger* "
        "drown* drowning shook fire petrified cower* helpless*"
    ),
    "surprised": (
        "surpris* astonish* amaz* wonder* startl* incredul* astound* bewilder* impossible unbeliev* "
        "unexpected* gracious goodness heavens stared gasp* speechless thunderstruck really dumbfounded"
    ),
    "worried": (
        "worr* anxi* uneas* nervous* troubl* concern* fretful* restless* agitat* distress* doubt* hesitat* "
        "careful trouble frown* hurry quick quickly hush falter* stammer* late beware pray"
    ),
    "tender": (
        "tender* gentl* love loved loves loving dear dearest darling beloved sweet sweetheart softly kind "
        "kindly fond* caress* kiss* embrac* forgive* thank thanks comfort* sooth* motherly fatherly "
        "affection* hug hugged bird"
    ),
    "thoughtful": (
        "thoughtful* ponder* consider* reflect* mus* pensive* remember* recollect* perhaps suppose slowly "
        "dream* absent* meditat* absently maybe wondering memory memories"
    ),
    "suspicious": "suspicio* suspect* mistrust* distrust* sly slyly cunning* wary warily secret* narrow* lie lies lying"
    " sceptic* scornful* scorn* sneer* coldly dryly drily squint* treacher* ironic* mock*",
    "tired": "tired* weary weari* exhaust* sleep* yawn* drows* worn faint faintly fatigue* rest drowsily",
}

VOICE: dict[str, str] = {
    "scream* shriek* screech*": "afraid:2 angry:0.8",
    "yell* bellow* roar* thunder* bawl*": "angry:2 afraid:0.6",
    "shout* call* holler*": "angry:0.9 afraid:0.8 surprised:0.4",
    "cried exclaim* ejaculat*": "surprised:0.9 afraid:0.7 angry:0.4 sad:0.3 happy:0.4",
    "whisper* breathed murmur*": "worried:0.9 tender:0.8 afraid:0.6",
    "gasp* stammer* stutter* falter*": "afraid:1.3 surprised:1.2 worried:1",
    "sob* wail* moan* whimper*": "sad:2.5",
    "sigh*": "sad:1 tired:1.1 thoughtful:0.8",
    "laugh* chuckl* giggl*": "laughing:3",
    "smil* beam* grinn*": "happy:2",
    "snarl* growl* snapp* hiss* bark*": "angry:2.2",
    "mutter* grumbl* mumbl* grunt*": "suspicious:0.8 angry:0.7 thoughtful:0.7",
    "beg* plead* implor* entreat*": "worried:1.6 afraid:0.8 sad:0.6",
    "yawn*": "tired:3",
    "sneer* scoff* drawl*": "suspicious:2",
    "mused reflected wondered thought": "thoughtful:1.4",
    "sang": "happy:1.2",
    "warned urged": "worried:1.5",
    "groan*": "sad:1.2 tired:1",
}

PHRASES: dict[str, str] = {
    r"voice (?:shook|trembled|broke|quavered)": "afraid:1.5 sad:1",
    r"what have (?:i|we) done": "sad:1 worried:1.5 afraid:1",
    r"tears? (?:ran|rolled|stood|came|filled)": "sad:2",
    r"(?:good|great) (?:god|heavens|lord|gracious)|my god": "surprised:2",
    r"(?:turned|went|grew) (?:quite |very |deadly )?(?:pale|white)": "afraid:2",
    r"(?:turned|went|grew) (?:quite |very )?(?:red|crimson|purple|scarlet)": "angry:1.5",
    r"(?:burst|bursting) (?:out )?(?:into a? ?laugh\w*|laughing)": "laughing:3",
    r"(?:burst|bursting) into tears": "sad:3",
    r"how dare": "angry:3",
    r"i am (?:so |very )?sorry|i'm (?:so |very )?sorry|forgive me": "sad:1.5",
    r"i (?:was|am|have been|'ve been) (?:such )?(?:a|an|the) (?:\w+ )?(?:fool|coward|idiot|wretch)": "sad:1 tender:2.4",
    r"thank (?:you|god|heaven)": "happy:0.8 tender:0.8",
    r"go away|get out|be off|hold your tongue|shut up": "angry:1.6",
    r"who(?:'s| is) (?:there|that)|look out|run|take care|for god's sake|save (?:me|us)": "afraid:1.1 worried:0.6",
    r"i don't believe|are you sure|who are you": "suspicious:1.1",
    r"laughed? to (?:him|her|my)self": "laughing:1",
    r"(?:shook|clenched) (?:his|her|my|a) fists?|stamped (?:his|her) foot": "angry:2",
    r"(?:raised|lifted) (?:his|her) eyebrows|opened (?:his|her) eyes wide": "surprised:1.5",
    r"don't (?:be afraid|cry|worry|fear)|never fear|there, there": "tender:1.5",
}

MOOD_WORDS: dict[str, str] = {
    "calm": "calm* quiet* peace* still stillness silent* silence soft softly gentle gently slow slowly rest* warm even"
    " bread tea serene* tranquil* asleep smooth sat bright flat morning garden",
    "happy": "happ* joy* laugh* glad* merr* smil* danc* song* sang sing* bright* cheer* feast* delight* play* sun sunny"
    " sunshine golden grin* wedding holiday flower* pleasure* funny jok* better",
    "sad": (
        "sad* sorrow* tear tears weep* wept grief griev* mourn* lonel* grave coffin funeral died dead dying "
        "death farewell lost sigh* cry* cried alone empt* cold gone broken despair* regret* sorry never "
        "closed"
    ),
    "tense": "hurr* ran run running rush* quick* sudden* wait* listen* danger* storm* fight* fought struck broke torn"
    " shout* race* chase* escap* follow* urgent* clutch* grip* breath* strain* pull* wind rocks lost steer*"
    " blow blew howl* key door knock* search* hid* caught",
    "fearful": (
        "fear* afraid terr* horr* fright* dread* ghost* scream* shriek* shudder* trembl* corpse* coffin* "
        "monster* witch* devil* demon* pale panic* nightmare* blood* ghastly heat-ray killed dead"
    ),
    "angry": "angr* fur* rage* wrath* quarrel* curs* hate* hatred fist* insult* revenge* shout* struck scoundrel* enemy"
    " enemies blame* threat* indignant* glar* stern* villain*",
    "mysterious": (
        "myster* strange* secret* shadow* whisper* unknown curious* fog* mist* moon* dark* midnight silent* "
        "hidden vanish* riddle* silence peculiar* wonder* bell key letter footstep* footprint* puzzl* magic* "
        "enchant* dream*"
    ),
    "tender": (
        "love* loving tender* kiss* embrac* darling dear* gentl* sweet* beloved daughter "
        "forgiv* caress* hug* together comfort* promis*"
    ),
    "triumphant": (
        "triumph* victor* won win glor* hurrah* free freedom saved rescue* conquer* proud* crown* success* "
        "safe alive cheer* hero* shone golden"
    ),
}
