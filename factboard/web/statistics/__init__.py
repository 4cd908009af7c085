"""`/statistics`: what a team's time on the board, contacts and meetings come to, for its lead and its manager.

`choosing` reads the period from the address, `reckoned` counts it and the one before, `saying` puts values in words,
`drawing` and `charts` into pictures, `shown` puts a figure together; `terms` are its sentences. `look` and `sheet`
answer with a page and with the fidelity sheet.
"""

from factboard.web.statistics.look import page_of_figure, page_of_statistics
from factboard.web.statistics.sheet import fidelity_sheet

__all__ = ["fidelity_sheet", "page_of_figure", "page_of_statistics"]
