"""One film's folder: choices, content-addressed store, ledger, resume, progress and cancel."""

from __future__ import annotations

from .choices import SIZES, Choices, choice_error, choices_from_toml, choices_to_toml
from .jobs import Job, Progress, cores, spread
from .production import Production
from .store import Artefact, LedgerRow, Store, blob_path, write_atomically, writing
from .till import Call, Spent, Till, paid_by_stage

__all__ = [
    "SIZES",
    "Artefact",
    "Call",
    "Choices",
    "Job",
    "LedgerRow",
    "Production",
    "Progress",
    "Spent",
    "Store",
    "Till",
    "blob_path",
    "choice_error",
    "choices_from_toml",
    "choices_to_toml",
    "cores",
    "paid_by_stage",
    "spread",
    "write_atomically",
    "writing",
]
