"""factboard: the live FACT board of a Flexible ACT team. The floor plan, in words.

A team's history is an append-only stream of facts (`domain/events`). The board is what those facts add up to
now (`domain/state`, `domain/board`). The rules are pure functions (`domain/placement` and its neighbours). One
door, `recorder`, lets changes in: load, decide, append and project in one transaction, commit, then tell the
live hub (`live/`), which renders each view once and hands the same bytes to every screen.

    domain/      the rules: standard library only; no clock, no await, no SQL, no language. Beside the board:
                 meeting, step-down, visits, roster, wall, notes, what falls due
    storage/     tables, migrations, the history, the read tables; what differs between engines: `engine`
    recorder     the one door for change
    access       who saw whom; shortening: for how long that is kept
    live/        who watches what, the newest frame of each view
    scheduler    what falls due while nobody clicks, through the same door; watchman: was the service away?
    sheets       the board on paper, for a day without a network
    exporting/   the history as files for somebody else: CSV, XLSX, JSON Lines
    case_pack/   one client and one period for an investigation, in one signed file
    importing/   a team's real file: read, recognised, planned
    web/         one file a job, and the shared rooms: pages, forms, words, security
    app          create_app(): the wiring
    addresses    every address with the right it needs, in one table
    cli          the `factboard` command
    demo/        a synthetic team in mid-morning life, with its meetings and its wall
    public_holidays   a country's days off, told below to the rules' calendar

docs/architecture.md follows one change through these rooms.
"""

from factboard.domain import calendar
from factboard.public_holidays import public_holidays

__version__ = "0.1.0"

calendar.observe(public_holidays)  # here, so that no way in can forget it
