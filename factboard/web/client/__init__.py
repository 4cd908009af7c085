"""Clients: the caseload, one client's page, and enrolling, correcting, ending by hand."""

from factboard.web.client.change import correct, correct_form, end, end_form, enrol, new
from factboard.web.client.legal_hold import hold, hold_form
from factboard.web.client.look import listing, page_of_client, reveal, search
from factboard.web.client.sheets import sheet

__all__ = [
    "correct", "correct_form", "end", "end_form", "enrol", "hold", "hold_form", "listing", "new", "page_of_client",
    "reveal", "search", "sheet",
]  # fmt: skip
