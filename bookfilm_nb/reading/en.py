"""What English books call people, and the verbs with which they let them speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bookfilm_nb.model.vocabulary import Age, Sex

from .words import word_list

__all__ = [
    "ADDRESS",
    "CROWD",
    "FEMALE_NAMES",
    "GENERIC",
    "MALE_NAMES",
    "NICKNAMES",
    "NOT_NAMES",
    "PEOPLE",
    "SAID",
    "SAYING",
    "STRONG_SAID",
    "TITLES",
]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _sexed(words: frozenset[str], sex: Sex) -> dict[str, Sex]:
    return dict.fromkeys(sorted(words), sex)


SAID = _set("""
    said says say asked asks replied replies answered answers cried cries exclaimed exclaims whispered whispers
    murmured murmurs muttered mutters shouted shouts called calls added adds continued continues returned remarked
    remarks observed inquired enquired declared demanded repeated repeats rejoined retorted responded suggested began
    begins thought thinks interrupted interposed protested insisted announced explained confessed admitted agreed
    assented sighed laughed smiled sobbed gasped groaned moaned growled snarled hissed snapped barked roared yelled
    screamed shrieked bellowed breathed pleaded begged urged warned commanded ordered pronounced echoed chuckled
    giggled grinned nodded persisted pursued proceeded concluded finished resumed stated told tells croaked drawled
    stammered stuttered faltered mumbled grumbled grunted sneered scoffed chorused wondered mused reflected sang prayed
    swore promised boasted lamented complained objected argued corrected conceded hazarded ventured threatened queried
    questioned ejaculated vowed offered joked teased wailed whined squeaked panted thundered piped rasped blurted
    soothed comforted greeted hailed acknowledged affirmed appealed asserted assured bawled beseeched bleated burst
    challenged commented cooed counselled cursed croaked crooned gabbled gloated howled implored intoned jeered
    maintained mentioned mocked noted opined purred quavered quoted ranted recited reiterated reminded remonstrated
    reported screeched shrilled spluttered sputtered squealed thanked tittered twittered volunteered whimpered
    proclaimed subjoined bade grumbled inquires remarks exclaims shrugged wrote reads
    whooped paused spoke speaks beamed apologized apologised
""")
"""Past forms, and the present of the plainest: a said-clause has one of them."""

SAYING = _set("""
    saying asking adding remarking shouting crying exclaiming whispering muttering murmuring calling replying answering
    repeating continuing observing announcing declaring screaming yelling say cry call add ask reply shout whisper
    exclaim remark mutter murmur answer
""")
"""Forms that lead into a speech from the middle of a sentence: "heard her say", "went on, saying"."""

STRONG_SAID = SAID - _set("""
    smiled nodded laughed grinned sighed chuckled giggled paused shrugged beamed thought thinks began begins called
    calls told returned continued finished pursued proceeded offered sang swore prayed reflected ordered noted agreed
    wondered promised warned assured thanked greeted challenged joked teased mocked gloated spoke speaks wrote mentioned
""")
"""Verbs that mean speech even far from a quotation mark."""

FEMALE_TITLES = _set(
    "mrs miss ms madam madame mme mlle lady mademoiselle signora signorina aunt auntie granny grandma "
    "grandmother mother sister queen princess duchess countess baroness dame mistress nurse"
)
MALE_TITLES = _set(
    "mr sir lord master monsieur signor uncle grandpa grandfather father brother king prince duke count "
    "earl baron viscount gaffer squire friar"
)
OPEN_TITLES = _set(
    "dr doctor professor prof captain capt colonel col major general gen lieutenant lieut sergeant sgt "
    "corporal private inspector constable admiral commander judge justice reverend rev father saint "
    "president senator governor mayor cousin old young poor little dear don herr frau bishop deacon"
)
TITLES: dict[str, Sex] = _sexed(OPEN_TITLES, "unknown") | _sexed(MALE_TITLES, "male") | _sexed(FEMALE_TITLES, "female")
"""Words before a name, and the sex they tell."""

EPITHETS = _set("old young poor little dear good big great fat tall honest")
"""Adjectives that may stand before a name without being part of it."""

FEMALE_NAMES = _set("""
    ada adela adelaide adele agatha agnes alexandra alice amanda amelia amy andrea angela anita ann anna anne annie
    arabella audrey augusta barbara beatrice becky belinda bella bertha bess bessie beth betsy betty blanche bridget
    camilla carla carol carolina caroline cassandra catherine cecilia cecily celia charlotte chloe christina christine
    clara clarissa claudia constance cora cordelia cynthia daisy daphne deborah delia diana dinah dolly dora doris
    dorothea dorothy edith edna effie eileen elaine eleanor elena eliza elizabeth ella ellen elsa elsie emily emma
    esther
    ethel etta eugenia eunice eva eve evelyn fanny felicity fiona flora florence frances freda georgiana geraldine
    gertrude gloria grace greta gwen gwendolen hannah harriet harriette hattie hazel helen helena henrietta hester
    hilda honor ida imogen irene iris isabel isabella ivy jane janet jean jemima jennie jenny jessica jessie jo joan
    josephine joyce judith judy julia juliet june kate katharine katherine kathleen katie kitty laura lavinia leah lena
    letitia lettice lettie lilian lillian lily lizzie lois lola lottie louisa louise lucia lucille lucinda lucy lydia
    mabel madeleine madge maggie magdalen mara marcia margaret margery maria marian marianne marie marina marion
    marjorie
    martha mary matilda maud maude may meg meggie mercy mildred millicent millie minnie miranda miriam molly mollie mona
    muriel myra nan nancy naomi nell nellie netta nina nora norah olive olivia ophelia pamela patience patty paula
    pauline pearl peggy penelope philippa phoebe phyllis polly priscilla prudence rachel rebecca rhoda rosa rosalie
    rosalind rosamond rose rosemary rosie rowena roxana ruby ruth sally sabina sarah selina sheila sibyl sophia sophie
    stella susan susanna susannah susie sybil sylvia tabitha tess tessa thelma theodora theresa thirza tilly ursula
    valentina vera veronica victoria viola violet virginia vivian wanda wendy wilhelmina winifred zara zoe wren
    annika astrid ingrid freya marta nadia natasha olga sonya tanya tatiana yvonne amina fatima leila mei rosanna
""")
MALE_NAMES = _set("""
    aaron abel abraham abram adam adolphus adrian alan albert alec alexander alfred algernon allan ambrose amos andrew
    angus anthony antonio archibald archie arnold arthur aubrey augustus austin barnaby bartholomew basil ben benedict
    benjamin bernard bertie bertram bill billy bob bobby boris brian bruce caleb calvin cecil cedric charles charley
    charlie chester christopher clarence claude clement clifford clive colin conrad cornelius cuthbert cyril dan daniel
    david denis dennis dick dominic donald douglas duncan ebenezer ed eddie edgar edmund edward edwin eli elias elijah
    enoch eric ernest eugene eugenio eustace evan everard ezra felix ferdinand francis frank franklin fred freddy
    frederick gabriel geoffrey george gerald gilbert giles godfrey gordon graham gregory griffith guy harold harry
    harvey
    hector henry herbert herman hiram horace horatio howard hubert hugh hugo humphrey ian ira isaac ivan jabez jack
    jacob james jasper jeff jem jeremiah jeremy jerome jerry jim jimmy joe joel john johnny jonah jonas jonathan joseph
    joshua julian julius keith kenneth lancelot laurence lawrence leo leonard leslie lewis lionel louis lucas luke
    luther
    malcolm mark marmaduke martin matthew maurice max michael miles montague mortimer moses nat nathan nathaniel ned
    neil
    nicholas nick nigel noah noel norman obadiah oliver orlando oscar oswald otto owen pat patrick paul percival percy
    perry peter phil philip phineas pip quentin ralph randolph raymond reginald reuben richard robert robin roderick
    rodney roger roland ronald rory rowland rufus rupert russell sam sammy samson samuel saul sebastian septimus sidney
    silas simeon simon sherlock solomon stanley stephen steven stewart stuart sydney ted teddy terence thaddeus theobald
    theodore theophilus thomas tim timothy toby tobias tom tommy tony tristram ulysses uriah valentine vernon victor
    vincent
    walter watkin wilfred will william willie winston zachary anton igor jens karl klaus lars nils olaf sven sergei
    alexei dmitri mikhail nikolai pavel pyotr hassan ahmed omar ali giovanni marco luigi pedro juan diego jose
""")

NICKNAMES: dict[str, str] = dict(
    pair.split("=")
    for pair in word_list("""
    tom=thomas tommy=thomas toby=tobias jem=jeremy jim=james jimmy=james jamie=james bob=robert bobby=robert rob=robert
    bill=william billy=william will=william willie=william dick=richard dickie=richard rick=richard harry=henry
    hal=henry jack=john
    johnny=john jon=jonathan joe=joseph joey=joseph sam=samuel sammy=samuel ben=benjamin benny=benjamin dan=daniel
    danny=daniel ned=edward ted=edward teddy=edward eddie=edward ed=edward charley=charles charlie=charles
    fred=frederick freddy=frederick
    george=george georgie=george kate=katharine katie=katharine kitty=katharine catherine=katharine katherine=katharine
    kathy=katharine liz=elizabeth lizzie=elizabeth lizzy=elizabeth betty=elizabeth betsy=elizabeth
    bess=elizabeth bessie=elizabeth
    eliza=elizabeth beth=elizabeth peggy=margaret maggie=margaret meg=margaret madge=margaret polly=mary molly=mary
    sally=sarah sadie=sarah nell=ellen nellie=ellen nancy=ann annie=ann anna=ann anne=ann fanny=frances dolly=dorothy
    dora=dorothy tess=theresa tessa=theresa becky=rebecca jenny=jane jennie=jane hattie=harriet susie=susan sue=susan
    lucy=lucy milly=mildred millie=mildred minnie=wilhelmina abby=abigail ellie=eleanor nora=eleanor alex=alexander
    sandy=alexander andy=andrew drew=andrew tony=anthony archie=archibald bart=bartholomew bertie=albert bert=albert
    al=albert chris=christopher kit=christopher davy=david dave=david frank=francis greg=gregory jerry=jeremiah
    larry=laurence
    len=leonard lenny=leonard matt=matthew max=maximilian mick=michael mike=michael nat=nathaniel nate=nathaniel
    nick=nicholas
    pat=patrick pete=peter phil=philip ray=raymond reggie=reginald ron=ronald si=simon steve=stephen
    sid=sidney theo=theodore tim=timothy vic=victor vicky=victoria walt=walter wally=walter zach=zachary
    """)
)
"""Pet form to full form."""

_PEOPLE = """
    male adult: man gentleman fellow chap husband father dad papa king prince duke count lord baron emperor uncle
    brother monk priest friar
    vicar parson curate bishop abbot butler footman waiter groom coachman postman policeman constable fisherman sailor
    boatman ferryman huntsman woodcutter blacksmith smith miller carpenter shepherd clergyman alderman workman salesman
    craftsman nobleman knight wizard sorcerer landlord host squire nephew son son-in-law
    boatswain bosun cabman watchman foreman bridegroom widower peasant soldier officer lieutenant captain colonel
    major general sergeant
    corporal admiral inspector detective sheriff harbourmaster harbormaster keeper mate porter innkeeper
    bartender barman tinker pedlar peddler magistrate sultan pope artilleryman hatter executioner gunner trooper hangman
    female adult: woman lady wife mother mamma mama mum mom queen princess duchess countess baroness empress aunt sister
    nun abbess maid maidservant housekeeper governess nurse waitress landlady hostess widow witch sorceress laundress
    seamstress charwoman milkmaid bride niece daughter daughter-in-law mistress stewardess actress matron
    male child: boy schoolboy page lad urchin
    female child: girl schoolgirl
    male young: youth
    female young: maiden damsel lass lassie
    unknown child: child kid baby infant orphan toddler
    male old: grandfather grandpa greybeard patriarch
    female old: grandmother grandma granny crone hag beldam
    unknown adult: servant doctor surgeon physician professor teacher schoolmaster lawyer attorney judge clerk secretary
    cook baker butcher gardener farmer driver guard sentry sentinel pilot helmsman steward messenger stranger traveller
    traveler visitor guest neighbour neighbor friend companion comrade colleague partner passenger prisoner thief robber
    pirate beggar merchant shopkeeper grocer tailor weaver painter poet musician artist scholar student philosopher
    astronomer scientist engineer editor reporter author writer librarian interpreter guide chief leader master
    cousin twin parent ghost spirit creature voice person somebody someone youngster elder apprentice assistant
    nurse-maid
    curate mayor governor president chairman speaker ambassador consul treasurer jailer jailor warder ranger hermit
    pilgrim customer
    client patient lodger tenant tramp hunter dancer singer juggler clown conductor bookseller clockmaker watchmaker
    lamplighter lighthouse-keeper midwife fortune-teller cabin-boy stowaway
"""
GENERIC = _set("""
    man woman gentleman lady fellow chap boy girl lad lass child youth maiden friend companion comrade colleague
    partner creature
    person stranger visitor guest infant urchin baby husband wife father mother mamma mama papa dad mum brother sister
    son daughter uncle aunt nephew
    niece cousin grandfather grandmother parent host hostess kid voice youngster
""")
"""Words that more often point back at a named person than name one by themselves."""

KIN = _set("""
    husband wife father mother mamma mama papa dad mum mom brother sister son daughter uncle aunt nephew niece cousin
    grandfather grandmother grandpa grandma granny parent
""")

BACKWARD_KIN = {
    "father": ("daughter", "son", "child", "girl", "boy"), "mother": ("daughter", "son", "child", "girl", "boy"),
}  # fmt: skip


def _people() -> dict[str, tuple[Sex, Age]]:
    table: dict[str, tuple[Sex, Age]] = {}
    sex: Sex = "unknown"
    age: Age = "adult"
    for line in _PEOPLE.strip().splitlines():
        head, colon, rest = line.strip().partition(":")
        if colon:
            first, second = head.split()
            sex, age = _SEXES[first], _AGES[second]
        for word in (rest if colon else head).split():
            table.setdefault(word, (sex, age))
    return table


_SEXES: dict[str, Sex] = {"male": "male", "female": "female", "unknown": "unknown"}
_AGES: dict[str, Age] = {"child": "child", "young": "young", "adult": "adult", "old": "old"}
PEOPLE: dict[str, tuple[Sex, Age]] = _people()
"""Person nouns, with the sex and age that the word tells."""

CROWD = _set("""
    crowd men women people children boys girls ladies gentlemen voices others all both everybody everyone sailors
    soldiers fishermen villagers guests jurors jury jurymen company party birds animals
""")

NOT_NAMES = _set("""
    i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december english french german italian spanish russian american british irish scotch
    scottish welsh greek latin roman dutch indian chinese turkish european christian catholic protestant god lord heaven
    heavens christ jesus providence bible christmas easter devil satan sir madam ma'am mr mrs miss dr chapter part
    book volume north south east
    west northern southern eastern western oh ah yes no well why what when where who how which but and or the a an it
    he she they we you this that these those there here then now so if as at in on to for of from by with not my your
    his her our their good dear please thank thanks come go let nothing never poor old young hush hullo hallo hello
    nay aye
    ay alas pray indeed perhaps because after before one two three o ha earth sun moon mars world
    french frenchman frenchmen englishman englishmen americans germans russians italians martian martians majesty
    lordship ladyship highness honour honor excellency sahib
""")
"""Capital letters that make no person: calendar, nations, exclamations."""

_SIRS = """
    sir father papa dad grandfather grandpa brother uncle lad boy sonny fellow mister master captain
"""
_MADAMS = """
    madam ma'am madame miss mother mamma mama mum grandmother grandma granny sister aunt auntie girl lass lady daughter
"""
ADDRESS: dict[str, Sex] = _sexed(_set(_SIRS), "male") | _sexed(_set(_MADAMS), "female")
"""What one calls somebody to the face, and the sex it tells."""
