"""Panels: what the film's stages do, to be clicked; each with the Python lines that do the same.

Every panel is an ipywidgets box over one production folder, and may be shown in any cell, several at a time::

    from bookfilm_nb.widgets.panels import BookPanel, JobPanel
    BookPanel("../films/mine")

``panel.code`` is the panel's plain-code twin: lines to copy into a cell, also shown at its foot. A panel keeps nothing
of its own: what it shows it reads from the production, so it may be closed and opened again, also in another kernel.

=====================================  ======================================================================
``BookPanel(out, book="en")``          choose or upload a book, declare rights; begins the production
``TemplatePanel(out)``                 genre or a blend of three, period, minutes, size; the pacing that follows
``MoneyPanel(out)``                    what the film will cost, the budget, what was spent
``ScreenplayPanel(out)``               the screenplay beside the book; a line shows where it comes from
``StoryboardPanel(out)``               thumbnails, prompts, takes side by side, the order of the shots
``EnginePanel(out, "images")``         who writes, speaks, draws or films: prices, and a take to compare
``CastingPanel(out)``                  who speaks how; every line can be heard
``ScorePanel(out)``                    the pieces of music; each can be heard
``TimelinePanel(out)``                 when everything happens, and the film beside it
``JobPanel(out, until="review")``      runs the stages up to ``until``: progress, log, Stop, Resume
``ReportPanel(out)``                   what was measured on the film
=====================================  ======================================================================

All panels have ``refresh()`` (read the production again), ``code`` (str), ``problem`` (str, the sentence shown where
something failed, else empty) and ``settled(timeout_s=30)`` (wait for work that a click began; True when done).

The twins use these functions:

- ``bookfilm_nb.studio.start(book, out, rights=..., genre=..., minutes=..., size=..., budget_usd=...)``: a production
  begun, or its choices changed;
- ``bookfilm_nb.studio.looking.look(out)``: ``with look(out) as studio:`` gives ``studio.book``, ``.screenplay``,
  ``.storyboard`` ... as they stand; makes nothing, holds nothing, raises StoreError for what is not there yet;
- ``bookfilm_nb.studio.revising``: ``edit_screenplay(out, {"old line": "new line"})``,
  ``edit_shot(out, "s01h02", prompt="...")``, ``remake_shot(out, "s01h02")``, ``keep_take(out, "s01h02", take)``,
  ``order_shots(out, [...])``;
- ``bookfilm_nb.studio.auditions``: ``price_of(out, "images", "openai", "s01h02")``, ``audition(...)``;
- ``bookfilm_nb.widgets.jobs.FilmJob(out, until="review")``: ``film = await FilmJob(out).start()`` in a cell.
"""

from __future__ import annotations

from .book import BookPanel
from .casting import CastingPanel
from .engine import EnginePanel
from .job import JobPanel
from .money import MoneyPanel
from .report import ReportPanel
from .score import ScorePanel
from .screenplay import ScreenplayPanel
from .storyboard import StoryboardPanel
from .template import TemplatePanel
from .timeline import TimelinePanel

__all__ = [
    "BookPanel",
    "CastingPanel",
    "EnginePanel",
    "JobPanel",
    "MoneyPanel",
    "ReportPanel",
    "ScorePanel",
    "ScreenplayPanel",
    "StoryboardPanel",
    "TemplatePanel",
    "TimelinePanel",
]
