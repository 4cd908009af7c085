"""The order in which clients come up at a meeting: a number for each group, as a form asks for it without script."""

from __future__ import annotations

from factboard.domain.events import AgendaGroup, Settings
from factboard.domain.team import PLACED, agenda_order
from factboard.web.forms import Form

FIELD = "agenda_{}"


class OrderForm(Form):
    """A place for each group; a group without one has none of its own."""

    agenda_untaken: int | None = None
    agenda_changed: int | None = None
    agenda_crisis: int | None = None
    agenda_unseen: int | None = None
    agenda_admitted: int | None = None
    agenda_legal: int | None = None
    agenda_long: int | None = None
    agenda_ready: int | None = None
    agenda_announced: int | None = None

    def order(self, now: Settings) -> tuple[AgendaGroup, ...]:
        """The team's order; without any number it stays as it is. Raises `Invalid` beside a field."""
        places: dict[AgendaGroup, int] = {}
        for group in PLACED:
            if (place := getattr(self, FIELD.format(group))) is not None:
                places[group] = place
        return agenda_order(places, now.agenda) if places else now.agenda


def groups(settings: Settings) -> list[AgendaGroup]:
    """All that can be ordered, as they stand now; those without a place of their own at the end."""
    return [group for group in dict.fromkeys([*settings.agenda, *PLACED]) if group in PLACED]


def as_shown(settings: Settings) -> dict[str, str]:
    """What stands in the form's fields."""
    own = [group for group in settings.agenda if group in PLACED]
    return {FIELD.format(group): str(own.index(group) + 1) if group in own else "" for group in PLACED}
