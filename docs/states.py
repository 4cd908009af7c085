"""Draws docs/states.svg from the code's own table of states, so that the picture cannot lie: `python docs/states.py`.

Only the places are chosen here. What is drawn, and what is not, follows from `factboard.domain.stepdown.states.WAYS`; a
test compares the picture with the table.
"""

from __future__ import annotations

from html import escape
from math import atan2, cos, hypot, sin
from pathlib import Path

from factboard.domain import events as e
from factboard.domain.stepdown.standing import State
from factboard.domain.stepdown.states import ON_IT, WAYS, Way

FILE = Path(__file__).with_name("states.svg")
WIDTH, HEIGHT, BOX = 1260, 740, (164, 62)

PLACES = {
    State.PLANNED_CARE: (150, 640),
    State.ON_BOARD: (150, 220),
    State.KEPT: (470, 400),
    State.READY: (470, 220),
    State.ANNOUNCED: (800, 220),
    State.RETURNING: (1130, 220),
    State.RETURNED: (1130, 640),
}
NAMES = {
    State.PLANNED_CARE: "planned care",
    State.ON_BOARD: "on the board",
    State.KEPT: "kept on the board",
    State.READY: "ready",
    State.ANNOUNCED: "return announced",
    State.RETURNING: "returns today",
    State.RETURNED: "recently returned",
}
SAYS: dict[type[e.Fact] | None, str] = {
    e.PutOnBoard: "put on the board",
    e.ReturnHeld: "kept on",
    e.ReturnAnnounced: "a held meeting announces",
    e.AnnouncementWithdrawn: "called off: a condition is lost",
    e.ReturnUpheld: "a later held meeting thought of them",
    e.ReturnPostponed: "waits for the next held meeting",
    e.Returned: "by hand, with a reason",
    e.EnteredInError: "entered in error",
    e.EnrolmentEnded: "leaves the team’s care",
}
FROM_THE_FRAME = {  # how a way runs that all states on the board have, and where its words stand
    State.RETURNED: ("M830 470 C 836 560, 900 622, 1040 630", 866, 540),
    State.PLANNED_CARE: ("M430 470 C 424 560, 380 622, 240 630", 400, 540),
}
BY_ITSELF = {
    (State.ON_BOARD, State.READY): "the policy is met",
    (State.READY, State.ON_BOARD): "no longer",
    (State.KEPT, State.ON_BOARD): "its day is over",
    (State.KEPT, State.READY): "its day is over, still met",
    (State.RETURNED, State.PLANNED_CARE): "14 days, and the follow-up is made",
    (State.RETURNING, State.RETURNED): "at the return time",
}
BENDS = {  # how far a way swings out to its left, and where its words stand on it (0 to 1)
    (State.PLANNED_CARE, State.ON_BOARD): (0, 0.35),
    (State.RETURNED, State.ON_BOARD): (118, 0.36),
    (State.ON_BOARD, State.READY): (34, 0.5),
    (State.READY, State.ON_BOARD): (30, 0.5),
    (State.ON_BOARD, State.KEPT): (24, 0.52),
    (State.KEPT, State.ON_BOARD): (34, 0.45),
    (State.READY, State.KEPT): (-30, 0.3),
    (State.KEPT, State.READY): (-62, 0.32),
    (State.READY, State.ANNOUNCED): (34, 0.5),
    (State.ANNOUNCED, State.KEPT): (0, 0.5),
    (State.RETURNING, State.KEPT): (36, 0.42),
    (State.ANNOUNCED, State.ON_BOARD): (-62, 0.4),
    (State.RETURNING, State.ON_BOARD): (-96, 0.36),
    (State.ANNOUNCED, State.READY): (30, 0.5),
    (State.RETURNING, State.READY): (-70, 0.3),
    (State.ANNOUNCED, State.RETURNING): (34, 0.5),
    (State.RETURNING, State.ANNOUNCED): (30, 0.5),
    (State.RETURNING, State.RETURNED): (0, 0.5),
    (State.RETURNED, State.PLANNED_CARE): (16, 0.55),
}


def drawn() -> str:
    """The whole picture as SVG."""
    alike = [(way.by, way.end) for way in WAYS if not way.itself]
    from_all = {one for one in alike if {way.start for way in WAYS if (way.by, way.end) == one} == set(ON_IT)}
    parts = [_frame(), *(_way(way) for way in WAYS if way.itself or (way.by, way.end) not in from_all)]
    for end in FROM_THE_FRAME:  # a way that all have is drawn once
        if says := [SAYS[by] for by in SAYS if (by, end) in from_all]:
            parts.append(_from_the_frame(end, says))
    parts += [_state(state) for state in State]
    return "\n".join([_HEAD, *parts, _LEGEND, "</svg>", ""])


def _frame() -> str:
    return (
        '<rect class="frame" x="40" y="24" width="1190" height="446" rx="18"/>'
        '<text class="frame-name" x="60" y="456">the time on the board: the whole team’s concern</text>'
    )


def _state(state: State) -> str:
    (x, y), (width, height) = PLACES[state], BOX
    return (
        f'<rect class="state" x="{x - width // 2}" y="{y - height // 2}" width="{width}" height="{height}" rx="12"/>'
        f'<text class="name" x="{x}" y="{y + 6}">{escape(NAMES[state])}</text>'
    )


def _from_the_frame(end: State, says: list[str]) -> str:
    path, x, y = FROM_THE_FRAME[end]
    lines = [_words(x, y + 17 * number, line) for number, line in enumerate(says)]
    return f'<path class="way" d="{path}" marker-end="url(#tip)"/>' + "".join(lines)


def _way(way: Way) -> str:
    bend, place = BENDS.get((way.start, way.end), (0, 0.5))
    (x1, y1), (x2, y2) = PLACES[way.start], PLACES[way.end]
    length = hypot(x2 - x1, y2 - y1)
    across = ((y2 - y1) / length, -(x2 - x1) / length)
    middle = ((x1 + x2) / 2 + across[0] * bend * 2, (y1 + y2) / 2 + across[1] * bend * 2)
    start, end = _edge((x1, y1), middle), _edge((x2, y2), middle)
    kind = "way itself" if way.itself else "way"
    line = (
        f'<path class="{kind}" d="M{start[0]:.0f} {start[1]:.0f} Q {middle[0]:.0f} {middle[1]:.0f}, '
        f'{end[0]:.0f} {end[1]:.0f}" marker-end="url(#tip)"/>'
    )
    a, b, c = (1 - place) ** 2, 2 * place * (1 - place), place**2
    x, y = (a * start[n] + b * middle[n] + c * end[n] for n in (0, 1))
    return line + _words(x, y, BY_ITSELF.get((way.start, way.end)) or SAYS[way.by])


def _edge(centre: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Where the line from a state's middle leaves its box, with a little air."""
    turn = atan2(towards[1] - centre[1], towards[0] - centre[0])
    width, height = BOX[0] / 2 + 5, BOX[1] / 2 + 5
    reach = min(width / max(abs(cos(turn)), 1e-6), height / max(abs(sin(turn)), 1e-6))
    return centre[0] + cos(turn) * reach, centre[1] + sin(turn) * reach


def _words(x: float, y: float, says: str) -> str:
    return f'<text class="says" x="{x:.0f}" y="{y + 4:.0f}">{escape(says)}</text>'


_HEAD = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"
 aria-label="The states of a client’s way on the board and back to planned care">
<style>
svg {{ background: #fff; font-family: system-ui, sans-serif; }}
.frame {{ fill: #f4f6f8; stroke: #b9c2cc; stroke-dasharray: 6 5; }}
.frame-name {{ fill: #55606c; font-size: 15px; }}
.state {{ fill: #fff; stroke: #1d3d5c; stroke-width: 2; }}
.name {{ fill: #12283d; font-size: 16px; font-weight: 600; text-anchor: middle; }}
.way {{ fill: none; stroke: #1d3d5c; stroke-width: 1.8; }}
.itself {{ stroke-dasharray: 7 5; stroke: #0b6b50; }}
.says {{ fill: #2b3640; font-size: 13px; text-anchor: middle; paint-order: stroke; stroke: #fff; stroke-width: 5px; }}
.legend {{ fill: #55606c; font-size: 13px; }}
</style>
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0 10 5 0 10z" fill="#1d3d5c"/></marker></defs>"""
_LEGEND = """<path class="way" d="M300 712 h60" marker-end="url(#tip)"/>
<text class="legend" x="372" y="717">somebody does it</text>
<path class="way itself" d="M520 712 h60" marker-end="url(#tip)"/>
<text class="legend" x="592" y="717">by evidence or time; factboard writes it down</text>"""


if __name__ == "__main__":
    FILE.write_text(drawn())
