"""Fetching The Movies Dataset from Kaggle with the user's own credentials."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bookfilm_nb.errors import BookfilmError, MissingPartError, OutputError, ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HANDLE", "download"]

HANDLE = "rounakbanik/the-movies-dataset"
_FILES = (
    "credits.csv", "keywords.csv", "links.csv", "links_small.csv", "movies_metadata.csv", "ratings.csv",
    "ratings_small.csv",
)  # fmt: skip
_HOW = (
    "Make an API token at https://www.kaggle.com/settings and save it as ~/.kaggle/kaggle.json, or set KAGGLE_API_TOKEN"
    " (or KAGGLE_USERNAME and KAGGLE_KEY)."
)


def download(folder: Path) -> Path:
    """Download the CSV files of the dataset into a folder; gives the folder in which they are.

    They are unpacked in a hidden folder inside it and moved when all of them are there, so a download that broke off
    leaves nothing behind. In a notebook on Kaggle itself they are there already, and that folder is given back.
    Raises MissingPartError without ``kagglehub`` or without credentials, OutputError for a folder that cannot be
    written or has a file of one of their names, ProviderError where Kaggle refuses, fails or breaks off. No message
    holds a key.
    """
    try:
        import kagglehub  # type: ignore[import-untyped]
        from kagglehub.config import get_kaggle_credentials  # type: ignore[import-untyped]
    except ImportError:
        raise MissingPartError(
            "Kaggle needs the package kagglehub.", hint="pip install 'bookfilm-nb[data]'", package="kagglehub"
        ) from None
    try:
        signed_in = get_kaggle_credentials() is not None
    except (ValueError, OSError, TypeError):
        # What the file holds must not reach a message, so the cause is left out.
        raise MissingPartError("The file with the Kaggle credentials cannot be read.", hint=_HOW) from None
    if not signed_in:
        raise MissingPartError(
            "Kaggle gives this dataset to signed-in users, and no credentials were found.", hint=_HOW
        )
    _refuse_clashes(folder, _FILES)
    scratch = folder / ".kaggle-download"
    problem: BookfilmError | None = None
    try:
        arrived = Path(kagglehub.dataset_download(HANDLE, output_dir=str(scratch), force_download=True))
    # requests, zipfile and kagglehub share no base class, and their texts may quote a request.
    except Exception as error:
        problem = _explained(error, folder)
        shutil.rmtree(scratch, ignore_errors=True)
    if problem:
        raise problem
    return _moved(scratch, folder) if arrived == scratch else arrived


def _moved(scratch: Path, folder: Path) -> Path:
    files = sorted(file for file in scratch.glob("*.csv") if file.is_file() and not file.is_symlink())
    try:
        _refuse_clashes(folder, [file.name for file in files])
        for file in files:
            file.replace(folder / file.name)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror}).", hint="Choose another folder.") from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _refuse_clashes(folder: Path, names: Iterable[str]) -> None:
    if there := sorted(name for name in names if (folder / name).exists()):
        raise OutputError(
            f"{folder} has {', '.join(there)} already.", hint="Choose another folder.", path=str(folder), files=there
        )


def _explained(error: Exception, folder: Path) -> BookfilmError:
    """Our error for one of kagglehub's; takes over its kind and status, never its text."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(error, OSError) and error.errno is not None and not hasattr(error, "response"):
        return OutputError(
            f"{folder} cannot be written ({error.strerror}).",
            hint="Free space, or choose another folder.",
            path=str(folder),
        )
    if status in {401, 403}:
        return ProviderError(f"Kaggle refused the credentials (HTTP {status}).", hint=_HOW, status=status)
    if status == 429:
        return ProviderError("Kaggle asks to wait (HTTP 429).", hint="Try again in some minutes.", status=status)
    what = f"HTTP {status}" if status else type(error).__name__
    return ProviderError(
        f"The Movies Dataset could not be downloaded from Kaggle ({what}).",
        hint="Check the connection and try again.",
        status=status,
    )
