"""The table of a client's states: from where, by what, to where. The picture in the docs is drawn from it, and a test
walks random histories through it. What is undone goes its way back.
"""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain import events as e
from factboard.domain.stepdown.standing import State


@dataclass(frozen=True, slots=True)
class Way:
    """One way between two states. `by` is the fact that does it; None: evidence, a day or a contact that has passed.

    `itself`: nobody clicks; the rule says so and the scheduler writes it down.
    """

    start: State
    by: type[e.Fact] | None
    end: State
    itself: bool = False


ON_IT = (State.ON_BOARD, State.KEPT, State.READY, State.ANNOUNCED, State.RETURNING)

WAYS = (
    Way(State.PLANNED_CARE, e.PutOnBoard, State.ON_BOARD),
    Way(State.RETURNED, e.PutOnBoard, State.ON_BOARD),
    Way(State.ON_BOARD, None, State.READY, itself=True),
    Way(State.READY, None, State.ON_BOARD, itself=True),
    Way(State.ON_BOARD, e.ReturnHeld, State.KEPT),
    Way(State.READY, e.ReturnHeld, State.KEPT),
    Way(State.KEPT, None, State.ON_BOARD, itself=True),
    Way(State.KEPT, None, State.READY, itself=True),
    Way(State.READY, e.ReturnAnnounced, State.ANNOUNCED),
    Way(State.ANNOUNCED, e.ReturnHeld, State.KEPT),
    Way(State.ANNOUNCED, e.AnnouncementWithdrawn, State.ON_BOARD, itself=True),
    Way(State.ANNOUNCED, e.AnnouncementWithdrawn, State.READY, itself=True),  # lost for a while, and made good
    Way(State.ANNOUNCED, e.ReturnUpheld, State.RETURNING),
    Way(State.RETURNING, e.ReturnPostponed, State.ANNOUNCED, itself=True),
    Way(State.RETURNING, e.ReturnHeld, State.KEPT),
    Way(State.RETURNING, e.AnnouncementWithdrawn, State.ON_BOARD, itself=True),
    Way(State.RETURNING, e.AnnouncementWithdrawn, State.READY, itself=True),  # nobody has rated them of late
    Way(State.RETURNING, e.Returned, State.RETURNED, itself=True),
    *(Way(state, e.Returned, State.RETURNED) for state in ON_IT),
    *(Way(state, e.EnteredInError, State.RETURNED) for state in ON_IT),  # they had returned of late, and it stays so
    *(Way(state, e.EnteredInError, State.PLANNED_CARE) for state in ON_IT),
    *(Way(state, e.EnrolmentEnded, State.PLANNED_CARE) for state in ON_IT),
    Way(State.RETURNED, None, State.PLANNED_CARE, itself=True),
)
