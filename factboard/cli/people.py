"""`team add` and `user add`: how the first team and the first people come to be."""

from __future__ import annotations

from typing import Annotated

import typer

from factboard.cli.common import Database, Stop, in_database
from factboard.domain import accounts as rules
from factboard.domain.events import Role, Settings
from factboard.domain.people import COMMAND_LINE
from factboard.recorder import Recorder
from factboard.recorder.users import add_member, add_user

team = typer.Typer(help="Teams.", no_args_is_help=True)
user = typer.Typer(help="Accounts.", no_args_is_help=True)


@team.callback()
def _teams() -> None:
    """Teams."""


@user.callback()
def _users() -> None:
    """Accounts."""


@team.command("add", epilog='Example: factboard team add kusten --name "Team Kusten"')
def add_team(
    id: Annotated[str, typer.Argument(help="Letters, digits and hyphens; commands name the team by it.")],
    name: Annotated[str, typer.Option(help="What the team is called on its screens.")],
    language: Annotated[str, typer.Option(help="sv or en")] = "sv",
    country: Annotated[str, typer.Option(help="Two letters; national ids are checked by it.")] = "SE",
    time_zone: Annotated[str, typer.Option(help="Meetings, days and times are the team's.")] = "Europe/Stockholm",
    database: Database = None,
) -> None:
    """Start a team, with the standard categories of the board."""
    known = rules.team_id(id)
    settings = Settings(name, language=language, country=country.upper(), time_zone=time_zone)

    async def work(recorder: Recorder) -> None:
        await recorder.found_team(COMMAND_LINE, known, settings)

    in_database(database, work)
    print(f"The team {known} is there.")


@user.command("add", epilog='Example: factboard user add lars --name "Lars Exempel" --team kusten --role lead')
def add_account(
    username: Annotated[str, typer.Argument(help="The name to sign in with.")],
    name: Annotated[str, typer.Option(help="The person's name, as colleagues know it.")],
    password: Annotated[
        str,
        typer.Option(
            prompt=True,
            hide_input=True,
            confirmation_prompt=True,
            envvar="FACTBOARD_NEW_PASSWORD",
            help="At least 12 characters; asked for where it is not given.",
        ),
    ],
    team: Annotated[str | None, typer.Option(help="The team that the person works in.")] = None,
    role: Annotated[Role, typer.Option(help="What they are in the team.")] = Role.CLINICIAN,
    profession: Annotated[str, typer.Option(help="Nurse, social worker ...")] = "",
    employer: Annotated[str, typer.Option(help="Region, municipality ...")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="An administrator: accounts and teams, no clients.")] = False,
    database: Database = None,
) -> None:
    """Make an account, in a team or for an administrator."""
    if admin and team:
        raise Stop("An administrator works in no team: leave out --team, or --admin.")
    if role in (Role.ADMIN, Role.WALL):
        raise Stop("An administrator is made with --admin.")

    async def work(recorder: Recorder) -> None:
        if team is None:
            await add_user(recorder, COMMAND_LINE, username=username, name=name, password=password, admin=admin)
        else:
            await add_member(
                recorder,
                COMMAND_LINE,
                team,
                username=username,
                name=name,
                password=password,
                role=role,
                profession=profession,
                employer=employer,
            )

    in_database(database, work)
    print(f"The account {rules.username(username)} is there.")
