"""`/`, `/today` and `/contact`: one person's day on their phone, live, and whom they have met, in two touches."""

from factboard.web.today.choosing import choose, find
from factboard.web.today.look import page_of_today, start
from factboard.web.today.view import TodayView

__all__ = ["TodayView", "choose", "find", "page_of_today", "start"]
