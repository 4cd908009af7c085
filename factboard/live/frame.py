"""What a view gives the hub: one whole picture of it, and how long that picture stays true."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """One view, whole, as all its screens of one language and audience see it; it holds nothing of one reader."""

    html: str  # what goes inside <main id="view">
    seq: int  # the newest fact of the team that it shows
    valid_until: datetime | None  # UTC; when it changes by time alone (midnight, a 24-hour mark)
    clients: frozenset[str]  # whom it shows, for the access log


Render = Callable[[str, str, str], Awaitable[Frame]]  # (team, language, audience)
