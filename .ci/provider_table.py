"""The tables of engines in README.md, from what the code knows of them: ``--write`` makes them, ``--check`` tells."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
DOES = {
    "text": "chooses sentences",
    "voice": "speaks",
    "images": "draws shots",
    "video": "makes clips",
    "music": "composes",
}
NEEDS = {
    "festival": "`make voices-ru`",
    "piper": "`pip install 'bookfilm-nb[piper]'`",
    "diffusers": "`pip install 'bookfilm-nb[local]'`, a model's folder, better a GPU",
    "veo": "`GEMINI_API_KEY`, `pip install 'bookfilm-nb[video]'`",
    "runway": "`RUNWAYML_API_SECRET`, `pip install 'bookfilm-nb[video]'`",
    "gtts": "network",
    "paste": "a chat in a browser",
    "openai": "`OPENAI_API_KEY`, or a server of your own",
}
LICENCE = {
    "paste": "that of the chat that you use",
    "piper": "the voice's own (Joe: CC0); the engine is GPL-3.0-or-later",
    "festival": "BSD-like (Festival: University of Edinburgh; voice: N. V. Shmyrev)",
    "diffusers": "that of the model",
}
"""Of engines that are not on every machine, so that the table is the same on all."""
OWN = {
    ("video", "openai"): "`OPENAI_VIDEOS_BASE_URL`: SGLang Diffusion, vLLM-Omni",
}


def providers() -> str:
    """One line an engine and model, as on the day that the catalogue was checked.

    Models that had ended by then are left out, since choosing one names its replacement.
    """
    for name in list(os.environ):
        if name.endswith(("_API_KEY", "_API_SECRET", "_BASE_URL")) or name.startswith("BOOKFILM_"):
            del os.environ[name]
    from bookfilm_nb.providers.catalogue import catalogue
    from bookfilm_nb.providers.listing import offers

    rows = ["| engine | what it does | price | licence of what it makes | needs | ends |", "|---|---|---|---|---|---|"]
    checked = max(model.checked for model in catalogue().values())
    for offer in offers(today=checked):
        if offer.state == "has ended":
            continue
        name = offer.name.partition(":")[0]
        needs = OWN.get((offer.door, name)) or NEEDS.get(name, "nothing")
        price = (offer.price if name not in LICENCE else "") or ("nothing" if name in LICENCE else "your own server's")
        licence = LICENCE.get(name) or offer.licence or "that of the model"
        rows.append(f"| `{offer.name}` | {DOES[offer.door]} | {price} | {licence} | {needs} | {offer.ends or ''} |")
    return "\n".join(
        [*rows, "", f"Prices as of {checked}; `bookfilm providers --check` asks the server about the days.\n"]
    )


def local_models() -> str:
    """One line a family of pipelines that diffusers can run on this machine."""
    from bookfilm_nb.providers import diffusers_images, diffusers_video

    def memory(family: diffusers_video.Family | diffusers_images.Family) -> str:
        return f"{family.gpu_gb:g} GB ({family.source})" if family.gpu_gb else "not told"

    rows = [
        "| family | class in diffusers | what it makes | its own size | longest clip | GPU memory |",
        "|---|---|---|---|---|---|",
    ]
    for kind, clips in diffusers_video.FAMILIES.items():
        makes = "a clip from a first frame" if clips.picture else "a clip from words"
        longest = f"{clips.most} frames at {clips.fps} = {clips.most / clips.fps:.1f} s"
        size = f"{clips.width} × {clips.height}"
        rows.append(f"| {clips.name} | `{kind}` | {makes} | {size} | {longest} | {memory(clips)} |")
    for kind, drawn in diffusers_images.FAMILIES.items():
        size = f"{drawn.side} × {drawn.side}"
        rows.append(f"| {drawn.name} | `{kind}` | a picture | {size} |  | {memory(drawn)} |")
    return "\n".join([*rows, ""])


TABLES = {"providers": providers, "local models": local_models}


def main() -> int:
    """Write the tables into the README, or say whether they are those that would be written."""
    text = made = README.read_text("utf-8")
    for name, table in TABLES.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
        head, _, rest = made.partition(begin)
        _, _, tail = rest.partition(end)
        made = f"{head}{begin}{table()}{end}{tail}"
    if "--write" in sys.argv:
        README.write_text(made, "utf-8")
        return 0
    if made != text:
        sys.stderr.write("README.md: the tables of engines are out of step; run .ci/provider_table.py --write\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
