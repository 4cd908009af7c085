"""The standard categories, and the colours and shapes of their signs."""

from factboard.web.language import N_

CATEGORIES = {
    "crisis_prevention": N_("crisis prevention"),
    "short_intensive": N_("short-term intensive"),
    "long_intensive": N_("long-term intensive"),
    "hard_to_reach": N_("hard to reach"),
    "admitted": N_("admitted"),
    "new_client": N_("new %(client)s"),
    "legal_measure": N_("compulsory care"),
}

COLOURS = {
    "blue": N_("blue"),
    "red": N_("red"),
    "violet": N_("violet"),
    "amber": N_("amber"),
    "teal": N_("teal"),
    "green": N_("green"),
    "brown": N_("brown"),
    "grey": N_("grey"),
}

SHAPES = {
    "circle": N_("circle"),
    "triangle": N_("triangle"),
    "square": N_("square"),
    "diamond": N_("diamond"),
    "star": N_("star"),
    "cross": N_("cross"),
    "hexagon": N_("hexagon"),
    "ring": N_("ring"),
}
