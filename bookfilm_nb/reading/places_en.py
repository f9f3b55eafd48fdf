"""English words for places, and the verbs and prepositions that put somebody there."""

from __future__ import annotations

from .places_words import word_set

__all__ = [
    "ADVERB_PLACES",
    "ANY_PLACE",
    "ARRIVE",
    "ATTACHED",
    "CLIMB",
    "FIGURATIVE",
    "HABIT",
    "INANIMATE",
    "KEPT_ADJECTIVES",
    "MODAL",
    "MOTION",
    "OPEN_AIR",
    "PARTS",
    "PERCEIVED",
    "PLACES",
    "POSTURE",
    "REMEMBERED",
    "SURFACES",
]

PLACES = """
forest | forest | forest wood woods woodland woodlands grove thicket jungle copse coppice pinewood pines firs
forest | forest | trees undergrowth glade clearing spinney taiga
field | field | field fields meadow meadows pasture cornfield wheatfield hayfield paddock
field | heath | heath moor moors moorland common marsh marshes bog swamp fen downs
field | plain | steppe plain plains prairie desert dunes wasteland battlefield camp encampment
field | pit | pit sandpit sand-pit sand-pits crater quarry
mountains | mountains | mountain mountains hill hills hillside mountainside hilltop ridge gorge glacier
mountains | pass | pass ravine canyon summit peak valley glen
sea shore | shore | shore shores seashore beach strand sands seaside coast shingle water's-edge waterside
sea shore | shore | foreshore sea-front seafront cove
sea shore | cliff | cliff cliffs clifftop headland cape
sea shore | harbour | harbour harbor quay quayside pier wharf jetty dock docks port waterfront mole breakwater
sea shore | causeway | causeway
sea shore | island | island isle islet reef
open sea | sea | sea ocean waves
river | river | river riverside riverbank riverbanks stream brook creek ford weir towpath towing-path
river | bank | bank banks
river | lake | lake pond pool millpond
river | canal | canal
river | bridge | bridge footbridge
village street | village | village hamlet
village street | village | green
village street | yard | yard farmyard courtyard stableyard barnyard courtyards
village street | porch | porch doorstep
city street | city | city town capital streets
city street | street | street lane alley avenue pavement sidewalk boulevard terrace
city street | square | square marketplace market-place market piazza
road | road | road roads roadside highway highroad crossroads track lane-side wayside railroad
road | path | path pathway footpath trail
road | carriage | carriage coach cart wagon waggon cab hansom dog-cart dogcart sleigh sledge
road | train | train
garden | garden | garden gardens orchard park lawn arbour arbor vineyard shrubbery greenhouse-garden backyard
garden | garden | flower-beds flowerbeds croquet-ground
graveyard | graveyard | graveyard churchyard cemetery burial-ground graveside
ruin | ruin | ruin ruins
room | room | room rooms chamber chambers apartment apartments
room | house | house houses cottage hut cabin shack farmhouse mansion home villa lodge bungalow dwelling farm manor
room | house | lodgings lodging homestead
room | bedroom | bedroom bedchamber bedside dormitory nursery boudoir bed-room
room | parlour | parlour parlor drawing-room sitting-room living-room lounge morning-room sitting-rooms
room | dining-room | dining-room
room | study | study office library laboratory workshop studio observatory bureau counting-house
room | attic | attic garret loft
room | school | school schoolroom classroom school-room schoolhouse
room | shop | shop store bakery smithy forge bookshop
room | barn | barn stable stables shed mill byre cowshed coach-house outhouse granary
room | ward | hospital ward infirmary
room | ship cabin | wardroom stateroom
kitchen | kitchen | kitchen scullery pantry
hall | hall | hall ballroom courtroom court-room theatre theater auditorium castle palace throne-room vestibule lobby
hall | hall | banqueting-hall entrance-hall
hall | corridor | corridor passage landing staircase stairs gallery hallway stairway
hall | station | station
hall | hotel | hotel
church | church | church chapel cathedral abbey temple monastery convent minster
tavern | tavern | tavern inn pub public-house alehouse taproom tap-room restaurant café cafe saloon bar-room coffee-room
tavern | tavern | bar
cellar | cellar | cellar vault basement dungeon crypt tunnel cave cavern grotto coal-mine tomb coal-cellar
cellar | prison | prison gaol jail cell
tower | tower | tower lighthouse belfry turret lantern-room lamp-room steeple
ship | ship | ship schooner brig frigate steamer vessel deck quarterdeck galleon yacht barque ironclad forecastle
ship | ship | wheelhouse poop bridge-deck steamboat
ship | boat | boat rowboat rowing-boat lifeboat dinghy skiff raft canoe punt
ship | ship | wheel helm tiller
"""
"""Kind, group, nouns. Places of one group that nothing tells apart are one place."""

SURFACES = word_set(
    "heath moor plain shore cliff harbour causeway island sea bank bridge porch street square road path hill mountains"
    " ship green river village yard train pass corridor attic lake canal field garden"
)
"""Groups that one can be "on"."""

ANY_PLACE = word_set("room chamber chambers rooms apartment apartments house home place building")
"""Nouns that name any indoor place again."""

OPEN_AIR = word_set(
    "night rain storm dark darkness snow fog cold air wind sunshine sunlight morning open mist moonlight blizzard"
    " twilight dusk sun gale tempest"
)
"""Going "out into" these is going outdoors."""

PARTS = word_set(
    "edge end middle foot top side corner bottom depths heart centre center back front far-end head mouth border brink"
    " outskirts midst bank banks shore shores deck rear"
)
"""The edge of a forest is the forest."""

ATTACHED = word_set(
    "door doors window windows bell bells gate gates wall walls clock fire table floor chair stove hearth bench lamp"
    " lamps roof ceiling steps step stair air wind water weather breeze bird birds rat mouse wood path-side"
    " key keys warden dance dress music book"
    " corner step-ladder ladder party hat uniform bottom level salt gull gulls journey trip"
    " mouse bed beds work hand hands rail rails mast whistle"
)
"""Nouns that make the place noun before them an attribute: a church bell is no church."""

STAYING_PARTS = word_set("fire table floor chair stove hearth bench corner bed beds steps lamp")
"""Attached things that are found inside the place."""

KEPT_ADJECTIVES = word_set(
    "upper lower inner outer great little back front north south east west northern southern eastern western royal"
    " dining drawing sitting living engine throne village city town castle palace hotel lighthouse church school"
    " harbour harbor railway market main high town-hall court billiard waiting lamp lantern mill forest mountain"
    " river sea coast country fishing parish servants' guard monastery station palace post police prison hospital"
    " ship's captain's king's queen's"
)
"""Words before a place noun that tell it from others of its kind."""

MOTION = word_set(
    "went came ran walked hurried returned rushed rode drove climbed descended stepped crept strolled wandered marched"
    " hastened dashed stumbled staggered burst slipped stole trotted galloped sailed rowed flew jumped leapt leaped"
    " scrambled travelled traveled followed led took brought carried dragged turned moved passed got made fled retired"
    " swam waded crawled sprang raced proceeded journeyed strode paced tramped trudged pushed drifted entered plunged"
    " dived limped struggled emerged arrived landed gathered met sneaked tiptoed rambled roamed gone"
)
"""Past forms; a place after a directed preposition is where they end."""

ARRIVE = word_set("entered reached crossed gained approached revisited")
CLIMB = word_set("climbed descended mounted ascended")

POSTURE = word_set(
    "sat stood lay was were knelt waited slept lived stayed remained worked sitting standing lying waiting kneeling"
    " walking walked ran running met gathered leaned leant hung paused stopped found sleeping working played playing"
    " danced hid crouched rested lingered strolled wandered dwelt assembled halted woke awoke ate dined supped drank"
    " arrived landed paced marched rode sailed drifted floated swam moved talked spoke danced read wrote cried fished"
    " camped fought died prayed sang gone been frying cooking stirring reading writing drawing mending"
)

PERCEIVED = word_set(
    "saw see seen seeing looked looking look watched watching stared staring gazed gazing glanced heard hear hearing"
    " listened listening pointed pointing visible appeared loomed towards toward beyond overlooking sight view glimpse"
    " from above smelled smelt told telling tell spoke speaking talked story stories news letter picture painting"
    " photograph map name named called descended-from belonged"
)
REMEMBERED = word_set(
    "remember remembered remembering thought thinking think dreamed dreamt dreaming dream imagined imagine imagining"
    " recalled recollected knew forgot forgotten wished longed wondered believed supposed heard-of"
)
MODAL = word_set(
    "would could should might must may shall will if unless whether want wanted wanting wish wishing hoped hope"
    " meant intended decided determined ordered asked begged told advised about going ready able tried trying refused"
    " obliged allowed forbidden afraid ought planned promised can until till before rather 'd 'll lest"
)
NEGATIVE = word_set("not never no nobody none neither nor without cannot couldn't didn't hadn't wasn't weren't")
FIGURATIVE = word_set("like as than seemed if resembling")
HABIT = word_set(
    "every each always usually often sometimes seldom generally once formerly used whenever ago weekly daily"
)
INANIMATE = word_set(
    "road roads path paths lane track street stairs steps staircase passage corridor river stream bridge "
    "light lights smell sound sounds noise voice voices wind smoke water waves sea rain snow fog mist "
    "letter news word words tale story door doors window windows shadow shadows moon sun sky bell bells "
    "music song cry scream shot fire flames flame line wall walls fence hedge glance eyes look gaze "
    "thoughts thought mind heart heat-ray ray beam it which that cloud clouds dust blood colour color "
    "name houses house tower church field fields trees money ghost-story rumour rumor time years hours "
    "village town map wire cable tide shell telegram message storm garden forest wood train trains "
    "echo something nothing everything thing things life fashion invitation invitations"
)

ADVERB_PLACES: dict[str, str] = {
    "aboard": "ship", "on board": "ship", "on deck": "ship", "at the wheel": "ship", "at the helm": "ship",
    "ashore": "shore", "at sea": "sea", "out to sea": "sea", "in the open sea": "sea",
    "upstairs": "house", "indoors": "house", "in bed": "bedroom",
}  # fmt: skip
"""Adverbs and set phrases that say where somebody is."""
