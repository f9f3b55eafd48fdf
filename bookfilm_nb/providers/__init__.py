"""The doors to the outside world: what an engine must be able to do, and where to find one by name."""

from __future__ import annotations

from . import protocols, registry
from .protocols import *  # noqa: F403 - the list of names stands there
from .registry import *  # noqa: F403 - the list of names stands there

__all__: list[str] = []
__all__ += protocols.__all__
__all__ += registry.__all__
