"""What a client returns to: the plans that are in force, and by them who meets the client when.

`lines` is when one line of the standing schedule falls, `schedule` all of them and the contacts already made, `missing`
those that nobody made; `plans` which versions are in force and what may stand in one; `following` who answers for the
client and the contact after a return.
"""

from factboard.domain.planned_care.following import (
    FOLLOW_UP,
    coordinator,
    follow_up,
    follow_up_missed,
    follow_up_order,
    waits_for_follow_up,
)
from factboard.domain.planned_care.goals import Course, Stood, courses
from factboard.domain.planned_care.listing import Coming, Listing, listing
from factboard.domain.planned_care.missing import Missed, missable, missed, most_missed, told_at
from factboard.domain.planned_care.plans import PLANS, in_force, leads_back, may_stand, says_something
from factboard.domain.planned_care.schedule import (
    RAREST,
    InShort,
    NextContact,
    coming,
    in_short,
    next_contact,
    next_of_each,
    planned_contacts,
    schedule,
    set_planned_contact,
    upcoming,
)

__all__ = [
    "FOLLOW_UP", "PLANS", "RAREST", "Coming", "Course", "InShort", "Listing", "Missed", "NextContact", "Stood",
    "coming", "coordinator", "courses", "follow_up", "follow_up_missed", "follow_up_order", "in_force", "in_short",
    "leads_back", "listing", "may_stand", "missable", "missed", "most_missed", "next_contact", "next_of_each",
    "planned_contacts", "says_something", "schedule", "set_planned_contact", "told_at", "upcoming",
    "waits_for_follow_up",
]  # fmt: skip
