"""The picture of a course: numbers and words in, shapes out. It knows no facts, no clock and no HTML.

Time runs along a line and goes on in the next one, as music does on paper: so the same picture is drawn for any
width, is printed without being cut, and a day is never too narrow to see. `near` draws days, `far` months and years.
"""

from factboard.web.story.picture.drawing import draw
from factboard.web.story.picture.given import Bar, Given, Point, Tick
from factboard.web.story.picture.scale import Line, far, near
from factboard.web.story.picture.shapes import Box, Dot, Picture, Rule, Strip, Text, Trace

__all__ = [
    "Bar", "Box", "Dot", "Given", "Line", "Picture", "Point", "Rule", "Strip", "Text", "Tick", "Trace", "draw", "far",
    "near",
]  # fmt: skip
