"""What is asked of the history, for the list and for the files made of it: read from an address, and said in words."""

from factboard.web.asking.asked import By, Wish, asked
from factboard.web.asking.offered import Offered

__all__ = ["By", "Offered", "Wish", "asked"]
