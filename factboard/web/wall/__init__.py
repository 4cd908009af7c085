"""The wall: what a paired screen shows, how a screen is paired, and how all of them are blanked at once.

A screen's key never becomes a person's session and never ends in a sign-in page: a screen without one shows a code.
"""

from factboard.web.wall.blanking import blank, show
from factboard.web.wall.pairing import change, pair, pair_form, revoke, screen_form
from factboard.web.wall.showing import here, page_of_wall, shell, worker
from factboard.web.wall.view import WallView
from factboard.web.wall.waiting import Codes, paired

__all__ = [
    "Codes",
    "WallView",
    "blank",
    "change",
    "here",
    "page_of_wall",
    "pair",
    "pair_form",
    "paired",
    "revoke",
    "screen_form",
    "shell",
    "show",
    "worker",
]
