"""How well the reading of people and speech agrees with annotated books.

    python bench/reading.py [folder of annotations]

Reads the three novels of the Project Dialogism Novel Corpus, a Russian passage and two Russian plays where the
folder holds them (default: $BOOKFILM_SHARED_DATA/annotated, else ../shared/data/annotated). The last line is
one JSON object. A quotation is found when two spans share 80 % of their union. ``quote_f1`` counts the
annotation's own stretches, which leave nested quotations out; ``quote_f1_nested_kept`` joins stretches that no
quotation mark parts, because a film speaks the nested words too. A speaker is right when any name of the
predicted character is an alias of the annotated one. ``read_vs_words`` is what opening the book costs, in CPU, as a
multiple of finding the words of its text with one regular expression.
"""

from __future__ import annotations

import ast
import csv
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookfilm_nb.books import read_book
from bookfilm_nb.model import Book, Chapter, Character, Paragraph, SetAside, Span
from bookfilm_nb.reading import analyse

if TYPE_CHECKING:
    from collections.abc import Callable

SHARE = 0.8


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return min(a[1], b[1]) - max(a[0], b[0]) >= SHARE * (max(a[1], b[1]) - min(a[0], b[0]))


def _matches(ones: list[tuple[int, int]], others: list[tuple[int, int]]) -> dict[int, int]:
    """For each span of ``ones`` the index of the span of ``others`` that it agrees with."""
    found: dict[int, int] = {}
    j = 0
    order = sorted(range(len(others)), key=lambda k: others[k])
    for i in sorted(range(len(ones)), key=lambda k: ones[k]):
        while j < len(order) and others[order[j]][1] <= ones[i][0]:
            j += 1
        for k in order[j : j + 6]:
            if _overlap(ones[i], others[k]):
                found[i] = k
                break
    return found


def _f1(gold: list[tuple[int, int]], ours: list[tuple[int, int]]) -> tuple[float, float, float]:
    recall = len(_matches(gold, ours)) / max(len(gold), 1)
    precision = len(_matches(ours, gold)) / max(len(ours), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _plain(name: str) -> str:
    return re.sub(
        r"^(the|a|an|my|his|her|our|their|that|this) ", "", re.sub(r"[.,]", "", name.lower().replace("’s", ""))
    ).strip()


def _names(character: Character) -> set[str]:
    return {_plain(n) for n in character.names}


def _aliases(row: dict[str, str]) -> set[str]:
    return {_plain(a) for a in ast.literal_eval(row["Aliases"])} | {_plain(row["Main Name"])}


def _cpu(work: Callable[[], object]) -> float:
    """CPU seconds of it, the best of five."""
    took = []
    for _ in range(5):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def novel(folder: Path, *, verbose: bool = False) -> dict[str, Any]:  # noqa: PLR0915 - one long table
    """Figures for one annotated novel."""
    began = time.process_time()
    book = read_book(folder / "novel_text.txt", language="en")
    reading = analyse(book)
    seconds = time.process_time() - began
    with (folder / "quotation_info.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (folder / "character_info.csv").open(newline="", encoding="utf-8") as file:
        cast = list(csv.DictReader(file))
    aliases = {row["Main Name"]: _aliases(row) for row in cast}
    gold: list[tuple[tuple[int, int], dict[str, str]]] = []
    kept: list[tuple[int, int]] = []
    for row in rows:
        spans = [(int(a), int(b)) for a, b in ast.literal_eval(row["quoteByteSpans"])]
        gold.extend((span, row) for span in spans)
        for i, span in enumerate(spans):
            gap = book.text[kept[-1][1] : span[0]] if i else '"'
            if '"' in gap or "”" in gap:
                kept.append(span)
            else:
                kept[-1] = (kept[-1][0], span[1])
    ours = [(q.span.start, q.span.end) for q in reading.quotes]
    spans = [g[0] for g in gold]
    precision, recall, f1 = _f1(spans, ours)
    by_id = {c.id: c for c in reading.characters}
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    sure: dict[bool, list[bool]] = defaultdict(list)
    for i, j in sorted(_matches(spans, ours).items()):
        row = gold[i][1]
        quote = reading.quotes[j]
        who = by_id.get(quote.speaker or "")
        good = bool(who and _names(who) & aliases.get(row["speaker"], {_plain(row["speaker"])}))
        if not good and row["speaker"] == "Dr. Watson":
            good = quote.speaker is not None and quote.speaker == reading.narrator
        total[row["quoteType"]] += 1
        right[row["quoteType"]] += good
        sure[quote.confidence >= 0.8].append(good)
        if not good:
            wrong[row["quoteType"], row["speaker"], who.name if who else "-"] += 1
            if verbose:
                print("   ", row["quoteType"], row["speaker"], "<-", who.name if who else "-", quote.confidence, "|",
                      " ".join(book.text[max(0, ours[j][0] - 60) : ours[j][1] + 60].split())[:230])  # fmt: skip
    big = [row for row in cast if row["Category"] in ("major", "intermediate")]
    met = {row["Main Name"]: [c for c in reading.characters if _names(c) & aliases[row["Main Name"]]] for row in cast}
    sexed = [row for row in cast if row["Gender"] in "MF" and met[row["Main Name"]]]
    sexes = {"M": "male", "F": "female"}
    same_sex = sum(any(c.sex == sexes[row["Gender"]] for c in met[row["Main Name"]][:1]) for row in sexed)
    if verbose:
        print(wrong.most_common(40))
        print("not met:", [row["Main Name"] for row in big if not met[row["Main Name"]]])
        print(
            "sex:",
            [
                (r["Main Name"], met[r["Main Name"]][0].sex)
                for r in sexed
                if met[r["Main Name"]][0].sex != sexes[r["Gender"]]
            ],
        )
        print([(c.id, c.sex, c.age, c.quotes, c.mentions) for c in reading.characters[:30]])
    every = sum(total.values())
    path = folder / "novel_text.txt"
    ratio = _cpu(lambda: read_book(path, language="en")) / _cpu(lambda: re.findall(r"\w+", book.text))
    return {
        "quotes": len(gold), "quote_precision": round(precision, 4), "quote_recall": round(recall, 4),
        "quote_f1": round(f1, 4),
        "quote_f1_nested_kept": round(_f1(kept, ours)[2], 4),
        "speaker": round(sum(right.values()) / max(every, 1), 4),
        **{f"speaker_{kind.lower()}": round(right[kind] / n, 4) for kind, n in sorted(total.items())},
        "speaker_of_all": round(sum(right.values()) / len(gold), 4),
        "sure_share": round(len(sure[True]) / max(every, 1), 4),
        "sure_right": round(sum(sure[True]) / max(len(sure[True]), 1), 4),
        "unsure_right": round(sum(sure[False]) / max(len(sure[False]), 1), 4),
        "character_recall": round(sum(bool(met[r["Main Name"]]) for r in big) / len(big), 4),
        "sex": round(same_sex / max(len(sexed), 1), 4), "seconds": round(seconds, 2),
        "read_vs_words": round(ratio, 1),
    }  # fmt: skip


def _lines_book(text: str, language: str) -> Book:
    """A book with one paragraph a line."""
    paragraphs, aside, at = [], [], 0
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        if match.start() > at:
            aside.append(SetAside(span=Span(start=at, end=match.start()), reason="blank"))
        paragraphs.append(Paragraph(span=Span(start=match.start(), end=match.end())))
        at = match.end()
    chapter = Chapter(title="", span=Span(start=0, end=at), paragraphs=tuple(paragraphs))
    return Book(
        title="",
        author="",
        language=language,
        format="txt",
        text=text[:at],
        chapters=(chapter,),
        set_aside=tuple(aside),
    )  # type: ignore[arg-type]


def passage(path: Path) -> dict[str, Any]:
    """The Russian passage: which lines are found, and whether those with a named speaker get the right sex.

    Its speakers are two girls, heard but not seen, and Prince Andrew's thoughts.
    """
    story, _, answers = path.read_text(encoding="utf-8").partition("-" * 20)
    reading = analyse(_lines_book(story, "ru"))
    gold = [line.partition("::")[::2] for line in answers.strip("-\n ").splitlines() if "::" in line]
    said = {re.sub(r"\W", "", q.text): q for q in reading.quotes}
    found = [(who, said.get(re.sub(r"\W", "", line))) for who, line in gold]
    by_id = {c.id: c for c in reading.characters}
    prince = [q for who, q in found if q and "Андрей" in who]
    girls = [q for who, q in found if q and "Андрей" not in who]
    return {
        "lines": len(gold), "found": sum(q is not None for _, q in found),
        "extra": len(reading.quotes) - sum(q is not None for _, q in found),
        "prince_right": sum(bool(q.speaker and "андре" in by_id[q.speaker].name.lower()) for q in prince),
        "prince": len(prince),
        "not_a_man": sum(not q.speaker or by_id[q.speaker].sex != "male" for q in girls), "girls": len(girls),
    }  # fmt: skip


def play(path: Path) -> dict[str, Any]:
    """A play made into dialogue with said-clauses in turn: every third line keeps its speaker's name.

    The figures say how many speeches are found, and how many speakers of the named and of the unnamed lines.
    """
    from lxml import etree

    space = {"t": "http://www.tei-c.org/ns/1.0"}
    tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
    sexes = {
        p.get("{http://www.w3.org/XML/1998/namespace}id"): p.get("sex", "") for p in tree.iterfind(".//t:person", space)
    }
    shown = {}
    for person in tree.iterfind(".//t:person", space):
        name = person.find("t:persName", space)
        shown[person.get("{http://www.w3.org/XML/1998/namespace}id")] = (
            "".join(name.itertext()).strip() if name is not None else ""
        )
    lines: list[tuple[str, str]] = []
    for speech in tree.iterfind(".//t:sp", space):
        who = (speech.get("who") or "").lstrip("#").split()
        words = [" ".join("".join(p.itertext()).split()) for p in speech.iter("{http://www.tei-c.org/ns/1.0}p")]
        text = re.sub(r"\s*\([^)]*\)\s*", " ", " ".join(words)).strip().replace(" – ", ", ").replace(" — ", ", ")
        if len(who) == 1 and text and shown.get(who[0]) and "\n" not in text:
            lines.append((who[0], text))
    paragraphs, gold = [], []
    for i, (who, text) in enumerate(lines):
        named = i % 3 == 0
        verb = "сказала" if sexes.get(who) == "FEMALE" else "сказал"
        body = text.rstrip(".") if named else text
        mark = "" if body[-1:] in "!?…" else ","
        paragraphs.append(f"— {body}{mark} — {verb} {shown[who]}." if named else f"— {text}")
        gold.append((who, named))
    reading = analyse(_lines_book("\n".join(paragraphs), "ru"))
    by_id = {c.id: c for c in reading.characters}
    by_paragraph: dict[int, Any] = {}
    starts = []
    at = 0
    for text in paragraphs:
        starts.append(at)
        at += len(text) + 1
    for quote in reading.quotes:
        number = max(i for i, s in enumerate(starts) if s <= quote.span.start)
        by_paragraph.setdefault(number, quote)
    right: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for i, (who, named) in enumerate(gold):
        found = by_paragraph.get(i)
        total[named] += 1
        if found is not None and found.speaker:
            names = {n.lower() for n in by_id[found.speaker].names}
            right[named] += shown[who].lower() in names
    return {
        "speeches": len(gold), "found": round(len(by_paragraph) / max(len(gold), 1), 4),
        "named_right": round(right[True] / max(total[True], 1), 4),
        "unnamed_right": round(right[False] / max(total[False], 1), 4),
    }  # fmt: skip


def main() -> None:
    """Print progress, and one JSON object on the last line."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    shared = Path(os.environ.get("BOOKFILM_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
    folder = Path(arguments[0]) if arguments else shared / "annotated"
    figures: dict[str, Any] = {}
    for novel_folder in sorted(p.parent for p in folder.glob("*/novel_text.txt")):
        print(novel_folder.name)
        figures[novel_folder.name] = novel(novel_folder, verbose="-v" in sys.argv)
        print("  ", figures[novel_folder.name])
    for path in sorted(folder.glob("ru_*.txt")):
        figures[path.stem] = passage(path)
        print(path.stem, figures[path.stem])
    for path in sorted(folder.glob("rusdracor/*.xml")):
        figures[path.stem] = play(path)
        print(path.stem, figures[path.stem])
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
