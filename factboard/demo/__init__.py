"""The demo: two synthetic teams in mid-morning life, made through the recorder, with a clock of its own.

`prepared` gives the database, `DemoClock` the time, `next_morning` plays the staff's day. Nobody here exists.
"""

from __future__ import annotations

from factboard.demo.clock import DemoClock
from factboard.demo.database import NotADemo, made_by_demo, seed_of
from factboard.demo.file import prepared
from factboard.demo.making import make
from factboard.demo.playing import next_morning
from factboard.demo.staff import PASSWORD, PEOPLE, TEAMS, Person

__all__ = [
    "PASSWORD",
    "PEOPLE",
    "TEAMS",
    "DemoClock",
    "NotADemo",
    "Person",
    "made_by_demo",
    "make",
    "next_morning",
    "prepared",
    "seed_of",
]
