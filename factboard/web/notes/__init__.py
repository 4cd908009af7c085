"""Meeting notes: the meetings a team has had, each whole and by client, and one touch that copies a client's out."""

from factboard.web.notes.look import listing, whole
from factboard.web.notes.one import copied, correct, correct_form, of_client

__all__ = ["copied", "correct", "correct_form", "listing", "of_client", "whole"]
