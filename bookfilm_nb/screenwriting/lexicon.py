"""The few words of English and Russian that an adaptation has to know.

The lists are this project's own; where a list ends, the rule that uses it falls back on shape (length, capitals,
punctuation), so that an unknown word does no harm.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["WORDS", "Words", "stem", "word_list"]

_WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W\d_]+)*")


def word_list(text: str) -> list[str]:
    """The words of the text, lower case, in order."""
    return [m.group().casefold().replace("ё", "е") for m in _WORD.finditer(text)]


def stem(word: str, language: str) -> str:
    """A crude stem: the first letters, enough to tell that two forms are one word."""
    return word[: 5 if language == "ru" else 6]


class Words(NamedTuple):
    """What one language brings to the adaptation."""

    pronouns: frozenset[str]
    """A sentence that begins with one of these needs an earlier one, unless it names somebody itself."""
    pointers: frozenset[str]
    """Words that point back at a thing or a thought: "this", "such", "там"."""
    connectives: frozenset[str]
    """Words that join a sentence to the one before it."""
    stop: frozenset[str]
    """Words too common to say what a story is about."""
    joints: frozenset[str]
    """Words that may open a clause after a comma."""
    said: frozenset[str]
    """Verbs of speaking, as they stand in said-clauses."""
    action: re.Pattern[str]
    """What most verbs of a story in the past look like."""
    business: re.Pattern[str]
    """What somebody does while speaking, inside a said-clause: group 1 is the stage business."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EN = Words(
    pronouns=_set("he she it they his her its their him them himself herself we us our"),
    pointers=_set(
        "this that these those such there both another others one which who the-former here all neither either"
    ),
    connectives=_set("but and so then however therefore yet or nor thus besides moreover still also hence indeed for"),
    stop=_set(
        "the a an and or but if so as at by for from in into of off on onto out over to up with without he she it they "
        "him her them his its their we us our you your i me my mine this that these those there here then than when "
        "where which who whom whose what why how is are was were be been being am do does did done have has had having "
        "will would shall toward towards across against began found already presently seemed turned lay place "
        "three human along near far side slowly among beyond myself time man men way day thing things eyes "
        "hand hands face made make know knew came come went going see saw seen looked look seemed thought "
        "think good long first last back told tell got get let put took take away heard round something "
        "nothing anything upon moment head felt left right well enough perhaps would shall should can could "
        "may might must not no nor never very too more most much many some any all "
        "both each every other another such only own same just now again once about above after before behind below "
        "between down during further through under until upon while yet said say says quite rather little great like "
        "one two still even almost always ever though because it’s i’m don’t didn’t"
    ),
    joints=_set("and but so for while when until then as because though although where which who nor yet till if"),
    said=_set(
        "said asked cried replied answered whispered shouted called added continued murmured exclaimed "
        "repeated remarked "
        "muttered began returned demanded told observed inquired went thought says asks"
    ),
    action=re.compile(
        r"\b(?:[a-z]{3,}ed|ran|came|went|took|gave|fell|stood|saw|threw|struck|rose|held|broke|left|turned|sat|flew|"
        r"drew|shook|caught|found|lost|brought|heard|felt|began|woke|rode|climbed|leapt|swung|led|blew|met|spoke|"
        r"kept|put|set|burst|hid|fought|swam|sprang|flung|sank|drove|bent|crept|tore)\b"
    ),
    business=re.compile(r"[,;]\s+((?:and\s+(?!said|asked)[a-z]{3,}ed|[a-z]{3,}ing)\b[^,;]*(?:,[^,;]+)*)"),
)
_RU = Words(
    pronouns=_set("он она оно они его ее их ему ей им ним ней него нее них мы нас нам наш"),
    pointers=_set(
        "это этот эта эти этого этой этому этом тот та те то там туда тут здесь такой такая такие так тогда "
        "оттуда который"
    ),
    connectives=_set("но а и да однако потом поэтому впрочем причем притом тоже также зато либо или же ведь итак"),
    stop=_set(
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было "
        "вот от меня "
        "еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь "
        "там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз "
        "тоже себе под будет ж тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы "
        "нее сейчас были куда зачем всех никогда можно при наконец два об другой хоть после над больше тот через эти "
        "нас про всего них какая много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя "
        "такой им более всегда конечно всю между который вместо казалось казался совершенно остановился "
        "остался небольшой отправился слова сделал находился минуту какое такое самом среди обыкновенно "
        "сторону хотел каждый целый самый должен показался показалось человек люди людей день время глаза "
        "глаз руки руку рукой рука лицо голова голову дело раз год лет пошел стал начал вышел взял увидел "
        "пришел стоял стояла сидел сидела смотрел смотрела могу может нечего ничего несколько опять вдруг "
        "только словно будто точно свои своей своего своих сам сама сказал сказала говорил говорила это весь "
        "вся очень стал стала свой"
    ),
    joints=_set(
        "и но а да что чтобы когда пока как потому так если который которая которое которые где куда хотя "
        "будто словно ибо или"
    ),
    said=_set(
        "сказал сказала спросил спросила ответил ответила отвечал отвечала крикнул крикнула кричал кричала прошептал "
        "прошептала говорил говорила проговорил проговорила произнес произнесла закричал закричала подумал подумала "
        "повторил повторила прибавил прибавила продолжал продолжала воскликнул воскликнула заметил заметила объяснил "
        "объяснила удивился удивилась молвил молвила возразил возразила шепнул шепнула"
    ),
    action=re.compile(r"\b[а-я]{2,}(?:л|ла|ло|ли|лся|лась|лось|лись)\b"),
    business=re.compile(
        r"[,;]\s+((?:не\s+)?(?:[а-я]{3,}(?:я|ясь|вшись|ив|ав|ев|ув)\b|и\s+(?!сказал|спрос)[а-я]{2,}(?:л|ла|лся|лась)\b)[^,;]*(?:,[^,;]+)*)"
    ),
)
WORDS: dict[str, Words] = {"en": _EN, "ru": _RU}
