"""A client moves to another team: asked with a handover note, answered by the receiving team's lead."""

from factboard.web.moving.answering import accept, decline, listing, one_move
from factboard.web.moving.asking import ask, ask_form, withdraw
from factboard.web.moving.before import page_of_before

__all__ = ["accept", "ask", "ask_form", "decline", "listing", "one_move", "page_of_before", "withdraw"]
