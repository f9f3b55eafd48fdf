"""The table of providers in README.md, from the catalogue and the engines: ``--write`` makes it, ``--check`` tells."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- providers -->\n", "<!-- end of providers -->\n"
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


def table() -> str:
    """One line an engine and model; ended models are left out, since choosing one names its replacement."""
    for name in list(os.environ):
        if name.endswith(("_API_KEY", "_API_SECRET", "_BASE_URL")) or name.startswith("BOOKFILM_"):
            del os.environ[name]
    from bookfilm_nb.providers.catalogue import catalogue
    from bookfilm_nb.providers.listing import offers

    rows = ["| engine | what it does | price | licence of what it makes | needs | ends |", "|---|---|---|---|---|---|"]
    for offer in offers():
        if offer.state == "has ended":
            continue
        name = offer.name.partition(":")[0]
        needs = OWN.get((offer.door, name)) or NEEDS.get(name, "nothing")
        price = (offer.price if name not in LICENCE else "") or ("nothing" if name in LICENCE else "your own server's")
        licence = LICENCE.get(name) or offer.licence or "that of the model"
        rows.append(f"| `{offer.name}` | {DOES[offer.door]} | {price} | {licence} | {needs} | {offer.ends or ''} |")
    checked = max(model.checked for model in catalogue().values())
    return "\n".join(
        [*rows, "", f"Prices as of {checked}; `bookfilm providers --check` asks the server about the days.\n"]
    )


def main() -> int:
    """Write the table into the README, or say whether it is the one that would be written."""
    text = README.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    made = f"{head}{BEGIN}{table()}{END}{tail}"
    if "--write" in sys.argv:
        README.write_text(made, "utf-8")
        return 0
    if made != text:
        sys.stderr.write("README.md: the table of providers is out of step; run .ci/provider_table.py --write\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
