"""A panel's plain-code twin, run as a cell would run it."""

from __future__ import annotations


def run_code(code: str) -> dict[str, object]:
    """A panel's code, as a cell would run it (what must be awaited is not)."""
    names: dict[str, object] = {}
    exec(compile(code.replace("await job", "job.wait(60)"), "cell", "exec"), names)  # noqa: S102 - our own code
    return names
