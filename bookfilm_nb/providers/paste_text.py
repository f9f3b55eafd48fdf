"""Text by copy and paste: any chat in a browser as a text model, without a key and without a price.

The exact prompt is written to a file and shown; the answer is pasted into another. It is checked like any other
reply; where it does not fit, the error says what is wrong, and the step can be tried again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from bookfilm_nb.errors import ProviderError
from bookfilm_nb.model import FREE, Estimate, Receipt, Value, digest_of
from bookfilm_nb.settings import option

from .openai_text import asked_in_words, json_of, material_fenced
from .protocols import Capabilities, Prompt, Written

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PasteText"]

V = TypeVar("V", bound=Value)

FOLDER = "BOOKFILM_PASTE"
"""The setting that says in which folder prompts are written and answers looked for."""


class PasteText:
    """A person carries the prompt to a chat and brings the answer back."""

    name = "paste"

    def __init__(self, model: str = "") -> None:
        self.model = model or "chat"
        self.folder = Path(option(FOLDER, "paste").value)
        self.capabilities = Capabilities(
            licence="that of the chat that you use",
            needs=("a person",),
            revision="1",
            notice=f"Prompts are written to the folder {self.folder}; paste each answer into the file beside it.",
            model="",
            parallel=1,
        )

    def estimate(self, prompt: Prompt, shape: type[Value]) -> Estimate:  # noqa: ARG002 - nothing costs anything here
        """Nothing is paid here."""
        return FREE

    def write(self, prompt: Prompt, shape: type[V], *, progress: Callable[[int], None] | None = None) -> Written[V]:
        """The value in the answer file. Raises ProviderError where there is none yet, or where it does not fit.

        ``data`` then holds ``prompt_file`` and ``answer_file``; the same call goes on once the answer is there.
        """
        whole = f"{asked_in_words(prompt.instructions, shape)}\n\n{material_fenced(prompt)}\n"
        stem = f"{prompt.name}-{digest_of(whole)[:12]}"
        asked, answer = self.folder / f"{stem}.prompt.txt", self.folder / f"{stem}.answer.txt"
        files = {"prompt_file": str(asked), "answer_file": str(answer)}
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(asked, whole)
        raw = answer.read_text("utf-8-sig", errors="replace") if answer.is_file() else ""
        if not raw.strip():
            raise ProviderError(
                f"The answer to {asked} is not there yet.",
                hint=f"Paste that file into a chat, the answer into {answer}, and run the same command again.",
                **files,
            )
        if progress is not None:
            progress(len(raw))
        try:
            value = shape.model_validate_json(json_of(raw))
        except ValidationError as broken:
            first = broken.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the whole"
            raise ProviderError(
                f"The answer in {answer} does not fit: {where}: {first['msg']}.",
                hint="Tell the chat so, paste its new answer, and run the same command again.",
                raw=raw,
                **files,
            ) from broken
        return Written(value, raw, Receipt(model=self.model, cost=0.0))


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(".writing")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)
