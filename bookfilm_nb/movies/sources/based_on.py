"""Whether a sentence about a film says that it was made from a book."""

from __future__ import annotations

import re

__all__ = ["spoken_language", "tells_of_book"]

_TRIGGER = re.compile(
    r"\bbased,?\s+(?:\w+ly,?\s+|in[- ]part,?\s+|in large part,?\s+)?(?:up)?on\b"
    r"|\badapted\s+(?:\w+ly\s+)?(?:(?:for the screen|to film|the screenplay)\s+)?(?:by\s+[^.;]{2,60}?\s+)?from\b"
    r"|\b(?P<kind>\w+)\s+adaptation,?\s+(?:by\s+[^.;]{2,60}?,?\s+)?of\b"
    r"|\badapt(?:s|ed)\s+(?=(?:the|his|her|their)\b[^.,;]{0,60}(?:\b\d{4}\b|of the same name))",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"previous|earlier|prior|other|\d{4}|broadway|stage|theatrical|musical|television|tv|radio", re.IGNORECASE
)
_BOOK = (
    r"novels?|novellas?|novelettes?|novelization of the|short[- ]stor(?:y|ies)|memoirs?|(?:auto)?biograph(?:y|ies)|"
    r"autobiographical (?:account|work)|diar(?:y|ies)|books?|trilogy of novels|bestsellers?|best-sellers?"
)
_OTHER = (
    r"comic[- ]books?|comics?|comic[- ]strips?|graphic[- ]novels?|visual[- ]novels?|photo[- ]novels?|manga|manhwa|"
    r"webtoons?|anime|cartoons?|video[- ]?games?|computer[- ]games?|games?|(?:stage )?plays?|stage|musicals?|operas?|"
    r"operettas?|ballets?|films?|movies?|documentar(?:y|ies)|shorts?(?![- ]stor)|screenplays?|scripts?|teleplays?|"
    r"(?:tv|television|radio|web|animated) (?:\w+ ){0,2}(?:series|shows?|plays?|dramas?|serials?|programs?)|"
    r"series|sitcoms?|sketch(?:es)?|telenovelas?|songs?|albums?|poems?|ballads?|articles?|toys?|toy ?lines?|franchise|"
    r"characters?|life|lives|true|real|events?|case|experiences?|incidents?|"
    r"legends?|myths?|folk ?tales?|fairy ?tales?|parable|podcasts?|blogs?|paintings?|trailers?|storyline|concept|idea"
)
_SOURCE = re.compile(rf"\b(?:(?P<other>{_OTHER})|(?P<book>{_BOOK}))\b", re.IGNORECASE)
_SERIES_OF_BOOKS = re.compile(r"\bseries\s+of\s+(?:[\w'’]+\s+){0,2}(?:books|novels|short stories)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|neither|nor|rather than|instead of|unlike|unrelated|without being|no longer|falsely|mistakenly|"
    r"itself|themselves|in turn|which (?:was|were|had been)|whose|cancel(?:l)?ed|planned|proposed|abandoned)|n['’]t)\b"
    r"\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_OF_ANOTHER_FILM = re.compile(
    r"\b(?:remake|reboot|parody|homage|sequel|prequel|follow-up|spin-off)\b[^.]*?\b(?:of|to)\b[^.]*$", re.IGNORECASE
)
_OF_THIS_FILM = re.compile(
    r"\b(?:and|is|are|also|it|screenplay|script)\s+(?:is\s+|was\s+)?(?:\w+ly\s+)?$", re.IGNORECASE
)
_END = re.compile(r"[;:]|,\s+(?:and|but|which|who|while|starring|directed|produced)\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“'])")
_LANGUAGE = re.compile(
    r"\b(?:is|was)\s+an?\s+(?:upcoming\s+)?(?:\d{4}\s+)?(?:[\w'-]+\s+){0,5}?(?P<language>[A-Z][a-z]+)-language\b"
    r"(?!\s+(?:debut|remake|version|adaptation|re-?make))[^.]{0,90}?\b(?:film|movie|documentary|drama|comedy|thriller)\b"
)


def tells_of_book(text: str | None) -> bool:
    """True where a sentence says that the film is based on, or adapted from, a novel, story, memoir or other book.

    The first kind of source that follows "based on", "adapted from" or "adaptation of" in the sentence decides: "based
    on the comic book" and "based on the 2003 video game, later a novel" do not count, graphic novels and plays neither.
    Nor do negations ("not based on the novel"), other films' sources ("a remake of X, itself based on the novel"), and
    "inspired by", which may mean a title or a mood. False means only that the text does not say so.
    """
    if not text:
        return False
    return any(_says_so(sentence) for sentence in _SENTENCE.split(_whole(text)))


def _whole(text: str) -> str:
    """Abbreviations and initials without their stops, which end no sentence: "J. K. Rowling", "Dr. Seuss"."""
    return re.sub(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|St|Jr|Sr|No|vs)\.", lambda found: found[0][:-1], text)


def _says_so(sentence: str) -> bool:
    for trigger in _TRIGGER.finditer(sentence):
        before = sentence[max(0, trigger.start() - 200) : trigger.start()]
        if _DENIED.search(before) or (trigger["kind"] and _ELSEWHERE.fullmatch(trigger["kind"])):
            continue
        if _OF_ANOTHER_FILM.search(before) and not _OF_THIS_FILM.search(before):
            continue
        rest = re.split(
            r"[;:]|,\s+(?:and|but|which|who|while|starring|directed|produced)\b", sentence[trigger.end() :]
        )[0]
        source = _SOURCE.search(_SERIES_OF_BOOKS.sub("books", rest[:160]))
        if source and source["book"]:
            return True
    return False


def spoken_language(text: str | None) -> str | None:
    """The language of a film whose first sentence names it ("is a 2013 Hindi-language romantic film"), else None.

    Nationality is no language: "a French film" gives None.
    """
    first = _SENTENCE.split(_whole(text.strip()))[0] if text else ""
    found = _LANGUAGE.search(first)
    return found["language"] if found and first.count("-language") == 1 else None
