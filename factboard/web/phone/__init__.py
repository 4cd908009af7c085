"""`/phone`: what a person is told of on their phones, and when they want quiet."""

from factboard.web.phone.look import page_of_phone
from factboard.web.phone.pushing import forget, off, on, test
from factboard.web.phone.quiet import save_quiet

__all__ = ["forget", "off", "on", "page_of_phone", "save_quiet", "test"]
