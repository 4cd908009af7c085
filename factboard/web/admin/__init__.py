"""Accounts and teams, for administrators: who can sign in, and where they work. No clients anywhere in here."""

from factboard.web.admin.teams import add_team, page_of_admin, team_form
from factboard.web.admin.users import (
    add_user,
    close_user,
    reopen_user,
    set_membership,
    set_password,
    user_form,
)

__all__ = [
    "add_team",
    "add_user",
    "close_user",
    "page_of_admin",
    "reopen_user",
    "set_membership",
    "set_password",
    "team_form",
    "user_form",
]
