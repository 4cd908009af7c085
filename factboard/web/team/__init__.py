"""The team's own way of working, for its lead: settings and words, categories and when their clients go back, members.

Each form carries a mark of what its reader saw; where somebody else has changed that very thing meanwhile, it is
shown again with what was typed (409) and nothing is overwritten.
"""

from factboard.web.team.categories import category_form, save_category
from factboard.web.team.members import member_form, remove_member, save_member
from factboard.web.team.models import model_form, save_model
from factboard.web.team.returning import pause, release
from factboard.web.team.roster import page_of_roster, save_absence, save_duty, take_absence_back
from factboard.web.team.settings import page_of_team, save

__all__ = [
    "category_form",
    "member_form",
    "model_form",
    "page_of_roster",
    "page_of_team",
    "pause",
    "release",
    "remove_member",
    "save",
    "save_absence",
    "save_category",
    "save_duty",
    "save_member",
    "save_model",
    "take_absence_back",
]
