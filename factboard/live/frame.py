"""What a view gives the hub: one whole picture of it, and how long that picture stays true."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """One view, whole, as all its screens of one language and audience see it; it holds nothing of one reader."""

    html: str  # what the view shows
    seq: int  # the newest fact of the team that it shows
    valid_until: datetime | None  # UTC; when it changes by time alone (midnight, a 24-hour mark)
    clients: frozenset[str]  # whom it shows, for the access log

    @property
    def version(self) -> str:
        """Names what it shows: where two are the same, so is all that a reader sees."""
        return hashlib.blake2b(self.html.encode(), digest_size=12).hexdigest()

    @property
    def marked(self) -> str:
        """What goes into the view, and its version last: what was cut off or half swapped in does not have it."""
        return f'{self.html}<data id="frame" value="{self.version}" hidden></data>'


Render = Callable[[str, str, str], Awaitable[Frame]]  # (team, language, audience)
