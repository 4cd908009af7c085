"""Who goes to whom until the team next meets: the grid of a week, and changing, moving and making a visit."""

from factboard.web.visits.changing import cancel, cancel_form, change, change_form
from factboard.web.visits.grid import WeekView, page_of_visits
from factboard.web.visits.touch import done, go, move

__all__ = ["WeekView", "cancel", "cancel_form", "change", "change_form", "done", "go", "move", "page_of_visits"]
