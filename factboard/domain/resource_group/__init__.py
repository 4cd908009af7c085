"""The resource group: who is in it on a day, what each may be told now, who was there when, and its meetings.

Consent is the client's: nobody is told anything without a day on which it was given, nor after it has ended. What is
written here never opens anything by itself; it says to whoever calls what they may say. `members` says who and what,
`sheet` what one of them takes home, `meetings` with what a meeting begins, `checks` what may be written.
"""

from factboard.domain.resource_group.checks import check_education, check_group, check_meeting
from factboard.domain.resource_group.meetings import begun, next_one
from factboard.domain.resource_group.members import Membership, Near, near, of, over_time, told_now
from factboard.domain.resource_group.sheet import Sheet, sheet

__all__ = [
    "Membership", "Near", "Sheet", "begun", "check_education", "check_group", "check_meeting", "near", "next_one",
    "of", "over_time", "sheet", "told_now",
]  # fmt: skip
