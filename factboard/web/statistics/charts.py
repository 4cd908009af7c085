"""Charts: drawn by pygal, kept to shapes and classes.

What pygal makes has a style sheet, a script and style attributes of its own, which our content security policy refuses,
and ids that repeat on a page. Here only the shapes are taken over, element by element from a list of what may come in;
colours come from `static/statistics.css`, so that one drawing is right in light, in dark and on paper. A chart is an
image with a title and a description; whoever shows it puts its table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log10
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

import pygal
from markupsafe import Markup
from pygal.style import Style

WIDTH, HEIGHT = 560, 250  # of the drawing; the page says how large that is
TEXT = 13  # height of the letters in it, as static/statistics.css has it: pygal leaves room by it
ROW, AROUND = 21, 46  # height of a lying bar; of what is above and below them all
LONGEST_LABEL = 30  # letters
LABELS = 9  # that have room side by side

SHAPES = frozenset({"g", "path", "rect", "circle", "line", "text"})
PLACED = frozenset({"x", "y", "width", "height", "rx", "ry", "r", "cx", "cy", "d", "transform"})
LEFT_OUT = frozenset(
    {"titles", "legends", "background", "text-overlay", "tooltip-overlay"}
)  # classes of what pygal draws and nobody needs


class Shape(StrEnum):
    BARS = "bars"
    LYING = "lying"  # bars from left to right, for names that are long
    LINES = "lines"


class Look(StrEnum):
    """What a series is, which decides how it looks: full, or an outline with a light filling."""

    NOW = "now"
    BEFORE = "before"
    OTHER = "other"  # another thing counted in the same period


@dataclass(frozen=True, slots=True)
class Series:
    """One value a label; None is a gap."""

    name: str
    look: Look
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`id` is unlike every other on the page. `told` says in words what there is to see; `said` a value."""

    id: str
    title: str
    told: str
    shape: Shape
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    said: Callable[[float], str]


def draw(chart: Chart) -> Markup:
    """The chart as SVG to stand in a page."""
    drawn = fromstring(_made(chart).render(is_unicode=True))
    svg = Element("svg", {"id": chart.id, "class": "chart", "viewBox": drawn.attrib["viewBox"], "role": "img"})
    svg.set("aria-labelledby", f"{chart.id}-title {chart.id}-told")
    SubElement(svg, "title", id=f"{chart.id}-title").text = chart.title
    SubElement(svg, "desc", id=f"{chart.id}-told").text = chart.told
    for part in drawn:
        svg.extend(_taken_over(part, chart.series, None))
    return Markup(tostring(svg, encoding="unicode"))


def scale(values: Sequence[float]) -> list[float]:
    """Round numbers from nothing to above the largest, at most six."""
    most = max(values, default=0)
    if most <= 0:
        return [0, 1]
    rough = most / 5
    size: float = 10 ** floor(log10(rough))
    step = next(size * wide for wide in (1, 2, 5, 10) if size * wide >= rough)
    step = max(step, 1) if all(value == int(value) for value in values) else step
    return [place * step for place in range(ceil(most / step) + 1)]


def _made(chart: Chart) -> pygal.graph.graph.Graph:
    kind = {Shape.BARS: pygal.Bar, Shape.LYING: pygal.HorizontalBar, Shape.LINES: pygal.Line}[chart.shape]
    lying = chart.shape is Shape.LYING
    labels, values = chart.labels, [value for one in chart.series for value in one.values if value is not None]
    every = ceil(len(labels) / LABELS)
    made = kind(
        css=[], js=[], no_prefix=True, disable_xml_declaration=True, show_legend=False, margin=4, spacing=6,
        width=WIDTH, height=AROUND + ROW * len(labels) * len(chart.series) if lying else HEIGHT,
        style=Style(label_font_size=TEXT, major_label_font_size=TEXT),
        value_formatter=chart.said, truncate_label=LONGEST_LABEL + 1, dots_size=3.5,
        x_labels_major_every=None if lying else every, show_minor_x_labels=lying or every == 1,
    )  # fmt: skip
    made.y_labels = scale(values)
    # Lying bars are drawn from below.
    made.x_labels = [_short(label) for label in (labels[::-1] if lying else labels)]
    for one in chart.series:
        made.add(one.name, one.values[::-1] if lying else one.values)
    return made


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _taken_over(part: Element, series: Sequence[Series], of: Series | None) -> Iterator[Element]:
    """The part with only what may come in: known shapes, their places and classes; a value is said to a pointer."""
    tag, classes = part.tag.rpartition("}")[2], part.attrib.get("class", "").split()
    if tag not in SHAPES or LEFT_OUT.intersection(classes):
        return
    of = next((series[int(name[6:])] for name in classes if name.startswith("serie-")), of)
    kept = Element(tag, {name: value for name, value in part.attrib.items() if name in PLACED})
    kept.set("class", " ".join(name for name in classes if not name.startswith(("serie-", "color-"))))
    if "series" in classes and of:
        kept.set("class", f"series {of.look}")
    kept.text = part.text
    told = {desc.attrib.get("class"): desc.text for desc in part if desc.tag.endswith("desc")}
    for inner in part:
        kept.extend(_taken_over(inner, series, of))
    if "value" in told and of and len(kept):
        SubElement(kept, "title").text = f"{told.get('x_label', '')}, {of.name}: {told['value']}"
    yield kept
