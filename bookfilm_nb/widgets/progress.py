"""How far the work is, in the page."""

from __future__ import annotations

import ipywidgets

__all__ = ["ProgressPanel"]


class ProgressPanel(ipywidgets.VBox):  # type: ignore[misc]
    """One bar and one sentence, for any job: give it as ``progress``.

    The sentence is text with the role "status", because the bar itself has no name that a screen reader could say.
    """

    def __init__(self) -> None:
        self._bar = ipywidgets.IntProgress(min=0, max=1, layout=ipywidgets.Layout(width="20em"))
        self._says = ipywidgets.HTML('<span role="status">Nothing to do yet.</span>')
        super().__init__([self._bar, self._says])

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` pieces of the stage are finished."""
        self._bar.max, self._bar.value = max(total, 1), done if total else 1
        self._says.value = f'<span role="status">{stage}: {done} of {total}</span>'
