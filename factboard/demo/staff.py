"""The people who work in the demo: two teams, who can sign in, and what each of them is good for trying."""

from __future__ import annotations

from dataclasses import dataclass

from factboard.domain.events import Role
from factboard.web.language import N_

PASSWORD = "demo"
REGION, MUNICIPALITY = "Regionen", "Kommunen"


@dataclass(frozen=True, slots=True)
class Person:
    """An account to sign in with. `good_for` is a sentence of the catalogue, to be translated where it is read."""

    username: str
    name: str
    role: Role
    good_for: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in a team, on these weekdays; those who `manages` share its clients as case managers."""

    user: str
    name: str
    profession: str
    employer: str = REGION
    role: Role = Role.CLINICIAN
    manages: bool = False
    works: tuple[int, ...] = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A team of the demo; `share` is its caseload as a part of the first team's."""

    id: str
    name: str
    share: float
    colleagues: tuple[Colleague, ...]


PEOPLE = (
    Person(
        "anna",
        "Anna Exempelsson",
        Role.CLINICIAN,
        N_("Clinician: puts a client on the board, takes, rates; follows the meeting on a phone"),
    ),
    Person(
        "lars",
        "Lars Provberg",
        Role.LEAD,
        N_("Team lead: chairs the meeting; also import, members, wall screens and the team's settings"),
    ),
    Person(
        "petra",
        "Petra Utkastsson",
        Role.CLINICIAN,
        N_("Clinician of the municipality: sees of each client what they have agreed to"),
    ),
    Person("maria", "Maria Granskvist", Role.AUDITOR, N_("Auditor: reads the history")),
    Person(
        "monika",
        "Monika Övervägen",
        Role.MANAGER,
        N_("Unit manager of both teams: figures, flows and history, changes nothing"),
    ),
    Person("admin", "Adam Minrot", Role.ADMIN, N_("Administrator: accounts and teams, sees no client")),
    Person("bo", "Bo Skogsmall", Role.CLINICIAN, N_("Clinician of another team: sees nothing of the first one")),
)
VISITORS = frozenset(person.username for person in PEOPLE)  # as whom somebody who tries the demo may have written

TEAMS = (
    DemoTeam(
        "kusten",
        "Team Kusten",
        1.0,
        (
            Colleague("anna", "Anna Exempelsson", "Sjuksköterska", manages=True),
            Colleague("lars", "Lars Provberg", "Teamledare, socionom", role=Role.LEAD),
            Colleague("fatima", "Fatima Testgren", "Sjuksköterska", manages=True),
            Colleague("johan", "Johan Mallqvist", "Socionom", manages=True),
            Colleague("elin", "Elin Skissberg", "Arbetsterapeut", manages=True),
            Colleague("mohammed", "Mohammed Demolund", "Skötare", manages=True),
            Colleague("petra", "Petra Utkastsson", "Boendestödjare", MUNICIPALITY, manages=True, works=(0, 1, 2, 3)),
            Colleague("niklas", "Niklas Fiktivsson", "Sjuksköterska", manages=True),
            Colleague("sara", "Sara Prototypén", "Socialsekreterare", MUNICIPALITY, manages=True, works=(0, 1, 3, 4)),
            Colleague("sofia", "Sofia Låtsasdotter", "Psykiater", works=(1, 3, 4)),
            Colleague("henrik", "Henrik Modellin", "Psykolog", works=(0, 1, 2, 3)),
            Colleague("amira", "Amira Övningsson", "Brukarspecialist", works=(0, 2, 4)),
            Colleague("maria", "Maria Granskvist", "Loggansvarig", role=Role.AUDITOR),
            Colleague("monika", "Monika Övervägen", "Enhetschef", role=Role.MANAGER),
        ),
    ),
    DemoTeam(
        "skogen",
        "Team Skogen",
        0.15,
        (
            Colleague("bo", "Bo Skogsmall", "Sjuksköterska", manages=True),
            Colleague("ingrid", "Ingrid Barrprov", "Teamledare, psykolog", role=Role.LEAD),
            Colleague("yusuf", "Yusuf Grantest", "Socionom", manages=True),
            Colleague("maj", "Maj Stigfinnare", "Boendestödjare", MUNICIPALITY),
            Colleague("gunilla", "Gunilla Kottström", "Psykiater", works=(0, 2)),
            Colleague("monika", "Monika Övervägen", "Enhetschef", role=Role.MANAGER),
        ),
    ),
)
