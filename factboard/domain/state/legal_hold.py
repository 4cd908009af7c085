"""A legal hold, as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Nothing of the client's is taken away, and why; `at` is UTC."""

    reason: str
    by: str
    at: datetime
