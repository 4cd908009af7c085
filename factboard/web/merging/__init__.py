"""One person who stands in the list twice: who it could be, both side by side, and two people after all."""

from factboard.web.merging.apart import separate, separate_form
from factboard.web.merging.choosing import choose, search
from factboard.web.merging.comparing import compare, merge

__all__ = ["choose", "compare", "merge", "search", "separate", "separate_form"]
