"""Each kind of decision stands in the meeting notes in a few words, in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from factboard.domain import events as e
from factboard.domain.notes import DECISIONS
from factboard.web.language import LANGUAGES
from factboard.web.notes.decisions import SAYINGS
from factboard.web.notes.saying import Sayer
from tests.domain.given import TEAM
from tests.domain.test_notes import DECIDED

THURSDAY = date(2026, 11, 26)
ONE = datetime(2026, 11, 26, 12, tzinfo=UTC)
GROUNDS = e.Grounds(1, 5, "0.3")


def said(fact: e.Fact, language: str = "en") -> str:
    return Sayer(language, TEAM).decision(e.Recorded(7, ONE, "lars", fact, "stina", "p1"))


def announced(planned: datetime | None, informed: e.Informed, view: str) -> e.ReturnAnnounced:
    return e.ReturnAnnounced("m1", e.Mode.AUTOMATIC, planned, "anna", THURSDAY, informed, view, GROUNDS)


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (e.PlannedContactSet("anna", 7, THURSDAY), "Planned contact: Anna Test, every 7 days, next Thu 26 Nov"),
        (e.ReturnHeld(THURSDAY, "Ny medicin"), "Kept on the board to the end of Thu 26 Nov: Ny medicin"),
        (announced(ONE, e.Informed.YES, "Känns bra"), "Return planned Thu 26 Nov 13:00; patient informed, Känns bra"),
        (announced(None, e.Informed.NO, ""), "Return planned; patient not informed"),
        (
            e.ReturnTold(e.Informed.YES, "Vill INTE", objects=True),
            "About the return: patient informed, does not want to go back: Vill INTE",
        ),
        (e.ReturnTold(e.Informed.YES, objects=True), "About the return: patient informed, does not want to go back"),
        (e.ReturnTold(e.Informed.NOT_POSSIBLE), "About the return: patient could not be informed"),
        (e.ReturnTold(e.Informed.YES, "100 % nöjd"), "About the return: patient informed, 100 % nöjd"),
        (e.ReturnUpheld("m1", ONE), "Returns Thu 26 Nov 13:00"),
        (e.Returned("Mår bra"), "Back to planned care: Mår bra"),
        (e.Returned("Vill inte", agreed_with="anna"),
         "Back to planned care, declined, agreed with Anna Test: Vill inte"),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)  # fmt: skip
def test_a_decision_about_a_return_is_said(fact: e.Fact, says: str) -> None:
    assert said(fact) == says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", DECIDED, ids=lambda fact: fact.kind)
def test_every_decision_is_said_in_each_language(fact: e.Fact, language: str) -> None:
    told = said(fact, language)
    assert told
    assert "%(" not in told


def test_every_kind_of_decision_has_its_words() -> None:
    assert set(SAYINGS) == set(DECISIONS)
