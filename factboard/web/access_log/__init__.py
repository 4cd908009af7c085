"""Who looked at whom: the log for the auditor, the routine check of it, and the extract that a client may ask for."""

from factboard.web.access_log.check import check, check_form, one_check
from factboard.web.access_log.choosing import choose, search
from factboard.web.access_log.extract import extract, extract_file
from factboard.web.access_log.look import listing

__all__ = ["check", "check_form", "choose", "extract", "extract_file", "listing", "one_check", "search"]
