"""What every page of the past shares: which moment its address asks for, what the team was then, and the steps to
other moments.
"""

from factboard.web.past.asking import Moment, moment
from factboard.web.past.showing import Then, of_the_past
from factboard.web.past.steps import Step

__all__ = ["Moment", "Step", "Then", "moment", "of_the_past"]
