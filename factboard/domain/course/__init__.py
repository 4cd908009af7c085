"""A client's course: what the facts about them say in time, for a picture of it and the words beside it."""

from factboard.domain.course.counting import Counts, counts
from factboard.domain.course.folding import course
from factboard.domain.course.shapes import Band, Course, Ended, Kind, Lane, Mark, Span, TimeOnBoard

__all__ = ["Band", "Counts", "Course", "Ended", "Kind", "Lane", "Mark", "Span", "TimeOnBoard", "counts", "course"]
