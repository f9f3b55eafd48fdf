"""The same steps from a shell: ``bookfilm film BOOK`` and a verb for each stage.

Results go to standard output (one JSON object with ``--json``), everything else to standard error. Exit codes:
0 done, 1 something failed, 2 the input or an option cannot be used, 3 a part is not installed, 130 stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from bookfilm_nb import __version__, cli_money
from bookfilm_nb.cli_data import add_data_verb, run_data
from bookfilm_nb.cli_voices import add_voices_verb, run_voices
from bookfilm_nb.errors import BookfilmError, Cancelled, ChoiceError, MissingPartError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bookfilm_nb.model import Reading
    from bookfilm_nb.movies.genre_model import Proposal
    from bookfilm_nb.production import Job
    from bookfilm_nb.studio import Studio

__all__ = ["main"]

_VERBS = {
    "film": "make the whole film",
    "estimate": "what the film will cost, stage by stage; calls nothing",
    "read": "read a book and say what is story and what was set aside",
    "analyse": "who, where, when, and who says what",
    "adapt": "write the screenplay",
    "storyboard": "plan the shots",
    "voice": "speak every line",
    "shoot": "draw every shot",
    "cut": "lay everything on the timeline",
    "render": "render the picture and mix the sound",
    "deliver": "put the film file together",
    "review": "open the film, measure it, write the report",
}
_CHOICES = (
    "language", "encoding", "rights", "genre", "period", "minutes", "seed", "size", "fps", "voice", "images",
    "composer", "text", "video", "video_shots", "clip_sound", "budget_usd", "call_usd", "record", "replay",
)  # fmt: skip
_SWITCHES = ("burn_captions", "unknown_prices")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ChoiceError(f"{message[0].upper()}{message[1:]}.", hint=f"See `{self.prog} --help`.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="bookfilm", description="Make a film of a book.")
    parser.add_argument("--version", action="version", version=f"bookfilm {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, what in _VERBS.items():
        sub = verbs.add_parser(verb, help=what, description=what[0].upper() + what[1:] + ".")
        sub.add_argument(
            "book",
            metavar="BOOK",
            help="a txt, epub, fb2, fb2.zip or docx file; `en` and `ru` are the stories that come with BookFilm",
        )
        sub.add_argument("--json", action="store_true", help="print one JSON object at the end")
        sub.add_argument("--language", choices=("en", "ru"), help="the book's language, where the guess is wrong")
        sub.add_argument("--encoding", help="the file's charset, where the guess is wrong")
        if verb in {"read", "analyse"}:
            continue
        sub.add_argument("--out", metavar="DIR", help="the production's folder (default: films/BOOK)")
        sub.add_argument("--minutes", type=float, help="length of the film (default 2)")
        sub.add_argument("--genre", help="a genre, or a blend: 'mystery 0.7 + romance 0.3' (default drama)")
        sub.add_argument("--period", help="years of the genre's films: 1930-1969, 1970-1989, 1990-2020 (default)")
        sub.add_argument("--seed", type=int, help="seed of every choice made by lot (default 7)")
        sub.add_argument("--size", choices=("480p", "720p", "1080p", "vertical"), help="frame size (default 720p)")
        sub.add_argument("--fps", type=int, help="frames a second (default 24)")
        sub.add_argument("--burn-captions", action="store_true", default=None, help="captions in the picture as well")
        sub.add_argument("--voice", help="voice engine (default: the best one installed for the language)")
        sub.add_argument("--images", help="image engine (default: illustrator)")
        sub.add_argument("--composer", help="music engine (default: composer)")
        sub.add_argument("--rights", help="what you declare about the rights in the book")
        _add_hire(sub)
    status = verbs.add_parser("status", help="how far a production is, and what it cost")
    status.add_argument("folder", metavar="DIR")
    status.add_argument("--json", action="store_true", help="print one JSON object")
    doctor = verbs.add_parser("doctor", help="what is installed, what is missing, and how to get it")
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    add_data_verb(verbs)
    cli_money.add_verbs(verbs)
    add_voices_verb(verbs)
    return parser


def _add_hire(sub: argparse.ArgumentParser) -> None:
    """Options of engines on a network, and of their money."""
    sub.add_argument("--text", help="text model that chooses the sentences (default: none, see `bookfilm providers`)")
    sub.add_argument("--video", help="video model (default: none, drawn pictures that move)")
    sub.add_argument("--video-shots", metavar="IDS", help="shots that it makes: s01h01,s03h02 or all")
    sub.add_argument("--clip-sound", choices=("mute", "keep", "duck"), help="a clip's own sound (default mute)")
    sub.add_argument("--budget", dest="budget_usd", type=float, metavar="USD", help="what the production may cost")
    sub.add_argument("--call-limit", dest="call_usd", type=float, metavar="USD", help="what one call may cost")
    sub.add_argument("--unknown-prices", action="store_true", default=None, help="make calls whose price is not known")
    sub.add_argument("--record", metavar="FILE", help="record the calls, so that the run can be replayed")
    sub.add_argument("--replay", metavar="FILE", help="replay a recorded run: nothing is called, no key is needed")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run_asking(_parser().parse_args(given))
    except BookfilmError as error:
        return _failed(error, as_json="--json" in given)
    except KeyboardInterrupt:
        return _failed(
            Cancelled("Stopped.", hint="Run the same command again to go on from here."), as_json="--json" in given
        )
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more while closing it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _failed(error: BookfilmError, *, as_json: bool) -> int:
    if as_json:
        told = {"error": type(error).__name__, "problem": error.problem, "hint": error.hint}
        print(json.dumps(told, ensure_ascii=False))
    print(f"bookfilm: {error.problem}" + (f"\n  {error.hint}" if error.hint else ""), file=sys.stderr)
    return error.exit_code


def _run_asking(args: argparse.Namespace) -> int:
    """Run; where a key is not set and somebody sits at the terminal, ask for it, and go on from there."""
    asked: set[str] = set()
    while True:
        try:
            return _run(args)
        except MissingPartError as error:
            name = error.data.get("name")
            if not isinstance(name, str) or name in asked or not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            from bookfilm_nb.settings import ask

            asked.add(name)
            ask(name)


def _run(args: argparse.Namespace) -> int:
    if args.verb == "status":
        return _status(args)
    if args.verb == "doctor":
        return _doctor(args)
    if args.verb == "data":
        return run_data(args)
    if args.verb == "voices":
        return run_voices(args)
    if args.verb in {"providers", "cost"}:
        return cli_money.run(args)
    book = _book(args.book)
    if args.verb in {"read", "analyse"}:
        return _read(args, book)
    return _stage(args, book)


def _book(name: str) -> Path:
    from bookfilm_nb.books import bundled

    return bundled(name) if name in {"en", "ru"} and not Path(name).exists() else Path(name)


def _read(args: argparse.Namespace, path: Path) -> int:
    from bookfilm_nb.books import read_book

    book = read_book(path, language=args.language, encoding=args.encoding)
    if args.verb == "analyse":
        from bookfilm_nb.reading import analyse

        reading = analyse(book)
        from bookfilm_nb.movies.genre_model import propose

        proposal = propose(book.text, book.language)
        if args.json:
            told = {**_reading_facts(reading), "template": proposal.model_dump(mode="json")}
            print(json.dumps(told, ensure_ascii=False))
        else:
            _tell_reading(reading.model_dump())
            _tell_proposal(proposal)
        return 0
    coverage = book.coverage()
    facts = {
        **book.model_dump(include={"title", "author", "language", "format", "encoding", "encoding_from", "rights"}),
        "chapters": [c.title for c in book.chapters],
        "paragraphs": sum(len(c.paragraphs) for c in book.chapters),
        "characters": coverage.model_dump(),
    }
    _print(facts, as_json=args.json)
    return 0


def _reading_facts(reading: Reading) -> dict[str, Any]:
    """The reading as plain data: ``start`` and ``end`` count characters of the decoded file, before any tidying."""
    facts: dict[str, Any] = reading.model_dump(mode="json")
    for name in ("quotes", "sentences", "scenes"):
        facts[name] = [{**part.pop("span"), **part} for part in facts[name]]
    return facts


def _tell_reading(reading: dict[str, object]) -> None:
    for character in reading["characters"]:  # type: ignore[attr-defined]
        names = ", ".join(character["names"][1:6])
        who = f"{character['name']}: {character['sex']}, {character['age']}"
        print(f"{who}; {character['quotes']} lines; also {names or '-'}")
    places = {p["id"]: p["name"] for p in reading["places"]}  # type: ignore[attr-defined]
    for scene in reading["scenes"]:  # type: ignore[attr-defined]
        facts = (scene["time"], scene["weather"], scene["season"], scene["mood"])
        print(f"{scene['id']}  {places[scene['place']]}  ({', '.join(facts)})  {', '.join(scene['characters'])}")


def _tell_proposal(proposal: Proposal) -> None:
    print(f"template: {proposal.template}")
    print("  because of " + ", ".join(f"{reason.word} ({reason.genre})" for reason in proposal.reasons))
    print(f"  {proposal.caution}")


def _stage(args: argparse.Namespace, book: Path) -> int:
    from bookfilm_nb.studio import Studio, start

    chosen = {name: value for name in _CHOICES if (value := getattr(args, name, None)) is not None}
    chosen |= {name: True for name in _SWITCHES if getattr(args, name)}
    out = Path(args.out) if args.out else Path("films") / book.name.split(".")[0]
    production = start(book, out, **chosen)
    from bookfilm_nb.production import Job
    from bookfilm_nb.progress import told

    with production.locked(), told(quiet=not sys.stderr.isatty()) as progress:
        job = Job(progress)
        _stop_on_ctrl_c(job)
        studio = Studio(production, job)
        facts = _made(args.verb, studio)
    for notice in studio.notices:
        print(f"bookfilm: {notice}", file=sys.stderr)
    if "gates" in facts and not args.json:
        _tell_film(facts)
    elif args.verb == "estimate" and not args.json:
        cli_money.tell_estimate(facts)
    else:
        _print(facts, as_json=args.json)
    return 0


def _tell_film(facts: dict[str, Any]) -> None:
    for name in ("film", "report", "screenplay", "storyboard"):
        print(f"{name}: {facts[name]}")
    print(
        f"{facts['seconds']:.1f} s, {facts['width']}×{facts['height']}, {facts['shots']} shots of "
        f"{facts['average_shot_s']} s, {facts['spoken_sentences']} sentences, {facts['lufs']} LUFS"
    )
    for gate in facts["gates"]:
        if not gate["passed"]:
            print(f"not as promised: {gate['name']} is {gate['value']}, and should be {gate['limit']}")


def _stop_on_ctrl_c(job: Job) -> None:
    """Ctrl-C raises Cancelled wherever the work is: the store is whole at any moment. The second one kills."""

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        job.cancel()
        job.check()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _made(verb: str, studio: Studio) -> dict[str, object]:
    """Do everything up to the verb; what it made, as facts to print."""
    from bookfilm_nb.studio import deliver, film_of, render

    folder = studio.production.folder.resolve()
    facts: dict[str, object]
    if verb == "estimate":
        from bookfilm_nb.studio.estimate import estimate_film

        return estimate_film(studio).model_dump(mode="json")
    if verb in {"film", "review"}:
        film = film_of(studio)
        # "captions" are the files here; how many there are is told by their measures.
        return {**film.review.model_dump(mode="json"), **film.model_dump(mode="json", exclude={"review"})}
    if verb == "adapt":
        screenplay = studio.screenplay
        return {
            "screenplay": str(folder / "screenplay.fountain"),
            "scenes": len(screenplay.scenes),
            "elements": len(screenplay.elements()),
        }
    if verb == "storyboard":
        return {"storyboard": str(folder / "storyboard.csv"), "shots": len(studio.storyboard.shots)}
    if verb == "voice":
        seconds = sum(take.length_s for take in studio.voices.values())
        return {"voice": studio.voice_name, "lines": len(studio.voices), "seconds": round(seconds, 2)}
    if verb == "shoot":
        return {"pictures": len(studio.pictures), "images": studio.choices.images}
    timeline = studio.timeline
    facts = {
        "seconds": timeline.length / timeline.fps,
        "shots": len(timeline.shots),
        "captions": len(timeline.captions),
    }
    if verb == "render":
        return {**facts, "segments": len(render(studio)[0])}
    if verb == "deliver":
        return {**facts, "film": str(folder / deliver(studio).film)}
    return facts


def _status(args: argparse.Namespace) -> int:
    from bookfilm_nb.production import Production
    from bookfilm_nb.studio import status

    found = status(Production.open(Path(args.folder)))
    if args.json:
        print(found.to_json())
        return 0
    print(f"{found.folder}: {found.film or 'no film yet'}")
    for row in found.stages:
        work = f"made {row.made} times, {row.failed} failed, {row.seconds:.1f} s"
        print(f"  {row.stage:<11} {row.finished:>5} finished, {work}")
    return 0


def _doctor(args: argparse.Namespace) -> int:
    from bookfilm_nb.doctor import examine

    facts = examine()
    if args.json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        for name, part in facts["parts"].items():
            print(f"{'ok     ' if part['ok'] else 'MISSING'} {name}: {part['says']}")
        for language, voices in facts["voices"].items():
            print(f"voices for {language}: {', '.join(voices) or 'none'}")
    return 0 if facts["ok"] else 3


def _print(facts: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        if value not in (None, "", [], ()):
            shown = json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
            print(f"{name.replace('_', ' ')}: {shown}")
