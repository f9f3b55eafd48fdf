"""``bookfilm voices``: which voices there are here, and fetching one of Piper's."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from bookfilm_nb.model.vocabulary import Language
    from bookfilm_nb.movies.download import DownloadProgress
    from bookfilm_nb.voices import VoiceOffer

__all__ = ["add_voices_verb", "run_voices"]

LANGUAGES: tuple[Language, ...] = ("en", "ru")


def add_voices_verb(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add ``voices`` with its two tasks to the verbs of the command line."""
    what = "voices: which there are, and fetching one that speaks offline"
    voices = verbs.add_parser("voices", help=what, description=what[0].upper() + what[1:] + ".")
    tasks = voices.add_subparsers(dest="task", required=True, metavar="TASK")
    listed = tasks.add_parser("list", help="every voice of a language: whether it works here, and what it needs")
    listed.add_argument("--language", choices=LANGUAGES, help="only this language")
    get = tasks.add_parser("get", help="fetch a voice for Piper from huggingface.co/rhasspy/piper-voices")
    get.add_argument("name", metavar="NAME", help="as en_US-joe-medium or ru_RU-dmitri-medium")
    get.add_argument("--to", metavar="DIR", help="another folder than that of BOOKFILM_PIPER_VOICES")
    for task in tasks.choices.values():
        task.add_argument("--json", action="store_true", help="print one JSON object")


def run_voices(args: argparse.Namespace) -> int:
    """Run one task; the exit code. Raises BookfilmError."""
    tasks: dict[str, Callable[[argparse.Namespace], None]] = {"list": _list, "get": _get}
    tasks[args.task](args)
    return 0


def _list(args: argparse.Namespace) -> None:
    from bookfilm_nb.voices import available

    languages: list[Language] = [args.language] if args.language else list(LANGUAGES)
    found = {language: available(language) for language in languages}
    if args.json:
        told = {language: [offer._asdict() for offer in offers] for language, offers in found.items()}
        print(json.dumps({"voices": told}, ensure_ascii=False))
        return
    for language, offers in found.items():
        print(f"{language}:")
        for offer in offers:
            print(f"  {offer.name:<28} {_standing(offer)}")


def _standing(offer: VoiceOffer) -> str:
    if not offer.ready:
        return f"needs something: {offer.notice} {offer.hint}".strip()
    state = "works now, over the network" if offer.network else "works now"
    return f"{state}; {offer.notice}" if offer.notice else state


def _get(args: argparse.Namespace) -> None:
    from bookfilm_nb.voices.piper_files import fetch_voice

    files = fetch_voice(args.name, folder=Path(args.to) if args.to else None, progress=_progress())
    if args.json:
        facts = {"name": files.name, "file": str(files.network), "licence": files.licence, "caveat": files.caveat}
        print(json.dumps({**facts, "card": files.card}, ensure_ascii=False))
        return
    print(f"{files.name}: {files.network}")
    print(files.card.strip())
    if files.caveat:
        print(f"Mind that {files.caveat}.")
    print(f"Licence: {files.licence}. Use it with: --voice piper:{files.name}")


def _progress() -> DownloadProgress | None:
    """One line on standard error that grows, where somebody watches."""
    if not sys.stderr.isatty():
        return None

    def told(name: str, there: int, whole: int | None) -> None:
        share = f" of {whole >> 10}" if whole else ""
        end = "\n" if whole == there else ""
        print(f"\r{name}: {there >> 10}{share} KiB", end=end, file=sys.stderr, flush=True)

    return told
