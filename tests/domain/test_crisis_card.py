"""The card for the wallet: what stands on it fits there, and what does not is counted."""

from __future__ import annotations

import random
from textwrap import wrap

from factboard.domain.crisis_card import ROOM, WIDTH, About, card
from factboard.domain.events.contents import ToCall, WrittenCrisisPlan


def height(lines: tuple[str, ...]) -> int:
    return sum(len(wrap(line, WIDTH)) for line in lines)


def test_a_short_plan_stands_there_whole() -> None:
    plan = WrittenCrisisPlan(
        signs=("Sover inte",),
        i_do=("Går ut",),
        others_do_not=("Skrik inte",),
        call=(ToCall("1", "Kim", "syster", "070"),),
    )
    made = card(plan)
    assert made.call == plan.call
    assert [[part.about for part in panel] for panel in made.panels] == [
        [About.SIGNS, About.I_DO],
        [About.OTHERS_DO_NOT],
    ]
    assert not any(part.left_out for panel in made.panels for part in panel)


def test_whatever_is_written_every_panel_fits_and_nothing_is_lost_without_a_word() -> None:
    chance = random.Random(7)

    def some() -> tuple[str, ...]:
        return tuple("ord " * chance.randint(1, 40) for _ in range(chance.randint(0, 20)))

    for _ in range(200):
        plan = WrittenCrisisPlan(
            signs=some(), i_do=some(), others_do=some(), others_do_not=some(), care_wishes="\n".join(some())
        )
        wishes = tuple(filter(None, plan.care_wishes.split("\n")))
        whole = {About.SIGNS: plan.signs, About.I_DO: plan.i_do, About.OTHERS_DO: plan.others_do}
        whole |= {About.OTHERS_DO_NOT: plan.others_do_not, About.WISHES: wishes}
        parts = [part for panel in card(plan).panels for part in panel]
        assert {part.about for part in parts} == {about for about, lines in whole.items() if lines}
        for part in parts:
            assert part.lines == whole[part.about][: len(part.lines)]
            assert len(part.lines) + part.left_out == len(whole[part.about])
        for panel in card(plan).panels:
            assert sum(1 + height(part.lines) + (part.left_out > 0) for part in panel) <= ROOM
