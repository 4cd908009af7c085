"""Caseloads: what each case manager carries against the guidance, each client's contacts, and handing clients over."""

from factboard.web.caseload.look import page_of_caseload, page_of_caseloads
from factboard.web.caseload.moving import move

__all__ = ["move", "page_of_caseload", "page_of_caseloads"]
