"""One person's day: `day` is all of it, `contacts` whom they are to meet without a visit, `mine` their own clients."""

from factboard.domain.today.contacts import Meet
from factboard.domain.today.day import LOOKS_BACK, Call, Task, Today, audience, of_audience, today, whose
from factboard.domain.today.mine import Mine, Next

__all__ = [
    "LOOKS_BACK", "Call", "Meet", "Mine", "Next", "Task", "Today", "audience", "of_audience", "today", "whose",
]  # fmt: skip
