"""One person's day: `day` is all of it, `contacts` whom they are to meet without a visit planned."""

from factboard.domain.today.contacts import Meet
from factboard.domain.today.day import LOOKS_BACK, Call, Task, Today, today, whose

__all__ = ["LOOKS_BACK", "Call", "Meet", "Task", "Today", "today", "whose"]
