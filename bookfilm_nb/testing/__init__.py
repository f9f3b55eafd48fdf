"""Servers for tests: one on this machine that speaks the protocols of the real ones, counts, and fails on request.

    with FakeServer() as server:                       # a free port of 127.0.0.1
        os.environ["OPENAI_BASE_URL"] = server.openai_url
        ...
    assert server.bought["images"] == 3                # what a real one would have charged for

For packages that bring a provider of their own: run your engine against it, script the faults that you fear
(:class:`Script`), and compare your ledger with ``bought``. What it makes is made (pictures by Pillow, speech and clips
as tones and moving shapes), not recorded; its replies have the shapes of the real ones of November 2026.
"""

from __future__ import annotations

from .script import Drop, Empty, Fail, Html, Script, Slow, Truncate
from .server import FakeServer, Seen

__all__ = ["Drop", "Empty", "Fail", "FakeServer", "Html", "Script", "Seen", "Slow", "Truncate"]
