"""The `factboard` command. It speaks English; only what concerns a team's own file is told in the team's language.

Exit code 0 only on success; what went wrong is one clear line on standard error.
"""

from __future__ import annotations

import sys

import typer

from factboard.cli import bringing, exporting, history, packing, people, serving, ticking
from factboard.cli.common import Stop, explained

app = typer.Typer(
    name="factboard",
    help="The live FACT board of a Flexible ACT team.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # it would print the values of variables, names among them
    add_completion=False,
)
serving.add_to(app)
ticking.add_to(app)
bringing.add_to(app)
exporting.add_to(app)
packing.add_to(history.app)
app.add_typer(people.team, name="team")
app.add_typer(people.user, name="user")
app.add_typer(history.app, name="history")


def main() -> None:
    """Run the command line of this process."""
    try:
        app()
    except Exception as error:
        stop = explained(error)
        if stop is None:
            raise
        for line in stop.lines:
            print(f"factboard: {line}", file=sys.stderr)
        sys.exit(1)


__all__ = ["Stop", "app", "main"]
