"""The demo's clients: plainly synthetic. Made-up surnames, example streets, phone numbers that are set aside for
fiction, identity numbers from the range that the Swedish Tax Agency keeps for tests (birth number 980 to 999).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from stdnum import luhn

from factboard.demo.phrases import pick
from factboard.domain.events import Details

KNOWN_BY_TWO = 0.3  # of the clients have somebody who stands in for their case manager

SPECIAL = (
    # Names that screens, search and sorting must bear: equal ones, right to left, very long, one protected.
    Details("Exempelsson", "Karin", birth_date=date(1961, 3, 14)),
    Details("Exempelsson", "Karin", birth_date=date(1988, 11, 2)),
    Details("Testberg", "Johan", birth_date=date(1975, 6, 30)),
    Details("Testberg", "Johan", birth_date=date(1996, 1, 9)),
    Details("Provström", "Maria", birth_date=date(1970, 9, 21)),
    Details("Provstrom", "Maria", birth_date=date(1952, 4, 5)),
    Details("المثال", "ليلى", birth_date=date(1990, 7, 17), notes="Tolk arabiska."),
    Details("Esimerkkiläinen-Koehenkilönpoika", "Juhani Kustaa-Aleksanteri", birth_date=date(1957, 12, 6)),
    Details("Skyddsson", "Vilma", birth_date=date(1983, 5, 25), protected=True, notes="Skyddade personuppgifter."),
)


def people(chance: Random, number: int, managers: Iterable[str], today: date) -> list[Details]:
    """So many clients, no two of whom share both name and birth date; the case managers share them equally."""
    found: dict[tuple[str, str, date | None], Details] = {}
    for special in SPECIAL[:number]:
        found[special.surname, special.first_name, special.birth_date] = (
            special if special.protected else _at_home(chance, special)
        )
    while len(found) < number:
        one = _at_home(chance, _somebody(chance, today))
        found.setdefault((one.surname, one.first_name, one.birth_date), one)
    everyone = list(found.values())
    chance.shuffle(everyone)
    turns = list(managers)
    return [_with_manager(chance, _known(chance, one), turns, place) for place, one in enumerate(everyone)]


def _with_manager(chance: Random, one: Details, managers: list[str], place: int) -> Details:
    """Some have two who know them well; for the others a substitute is named when one is needed."""
    manager = managers[place % len(managers)]
    others = [user for user in managers if user != manager]
    second = chance.choice(others) if others and chance.random() < KNOWN_BY_TWO else None
    return replace(one, case_manager=manager, substitute=second)


def newcomer(chance: Random, manager: str | None, today: date) -> Details:
    """Somebody referred to the team today."""
    return replace(_known(chance, _at_home(chance, _somebody(chance, today))), case_manager=manager)


def _somebody(chance: Random, today: date) -> Details:
    # mean age and spread as in the FACT cohorts of Sood 2017: about 47 years
    years = min(max(chance.gauss(47, 13), 18.5), 84)
    born = today - timedelta(days=round(years * 365.25))
    return Details(
        surname=pick(chance, "clients", "surnames"),
        first_name=pick(chance, "clients", "first_names"),
        birth_date=born,
        national_id=_test_number(chance, born) if chance.random() < 0.4 else "",
        notes=pick(chance, "clients", "notes") if chance.random() < 0.15 else "",
    )


def _known(chance: Random, details: Details) -> Details:
    """What the team has learned: what helps, and what to know before the door opens."""
    return replace(
        details,
        helps=pick(chance, "clients", "helps") if chance.random() < 0.6 else "",
        warnings=pick(chance, "clients", "warnings") if chance.random() < 0.2 else "",
    )


def _at_home(chance: Random, details: Details) -> Details:
    return replace(
        details,
        address=f"{pick(chance, 'clients', 'streets')} {chance.randint(1, 60)}, {pick(chance, 'clients', 'places')}",
        phone=f"070-174 06 {chance.randint(30, 99):02d}" if chance.random() < 0.9 else "",
    )


def _test_number(chance: Random, born: date) -> str:
    number = f"{born:%y%m%d}{chance.randint(980, 999)}"
    return f"{born:%Y%m%d}-{number[-3:]}{luhn.calc_check_digit(number)}"
