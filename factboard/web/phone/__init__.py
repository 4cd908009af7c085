"""What a person's own phone is told and shown: of what at `/phone`, what waits on it to be sent at `/waiting`."""

from factboard.web.phone.look import page_of_phone
from factboard.web.phone.pushing import forget, off, on, test
from factboard.web.phone.quiet import save_quiet
from factboard.web.phone.waiting import waiting

__all__ = ["forget", "off", "on", "page_of_phone", "save_quiet", "test", "waiting"]
