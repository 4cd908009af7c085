"""What every short form on a card carries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from factboard.domain.events import Settings
from factboard.web.anchoring import Said
from factboard.web.forms import Form, RequestId, Seq


class ActForm(Form):
    """What every form on a card carries: what its reader had seen, and one id for all its tries."""

    seen: Seq | None = None
    request_id: RequestId | None = None

    def what(self, settings: Settings, now: datetime) -> dict[str, Any]:
        """The rule's arguments. `now` is UTC; days and times of the form are the team's."""
        return self.model_dump(exclude={"seen", "request_id"}, exclude_unset=True)


class Plans(ActForm):
    """One that plans something, and says whether it is anchored with the case manager."""

    anchored: Said | None = None
