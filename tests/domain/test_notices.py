"""The case manager is told when somebody else acts on their client's place, and of nothing else."""

from __future__ import annotations

import pytest

from factboard.domain import events as e
from factboard.domain.notices import Notice, notices
from tests.domain.given import Given, a_client
from tests.domain.test_undo import ACTION, AGAIN, CONTACT, ENDED, IN_ERROR, MOVED, PLAN, RATED, RETURNED, REVIEW, VISIT

TOLD = [AGAIN, e.Taken(), RETURNED, IN_ERROR, ENDED]
NOT_TOLD = [MOVED, RATED, CONTACT, VISIT, ACTION, PLAN, REVIEW, e.NoticeRead(3), e.Undone(3, "taken")]
CASE_MANAGED = a_client(case_manager="lars").on_board()


def told(given: Given) -> list[Notice]:
    client = given.client
    assert client
    return notices(client, given.story[-1])


@pytest.mark.parametrize("fact", TOLD, ids=lambda fact: fact.kind)
def test_is_told_of(fact: e.Fact) -> None:
    given = CASE_MANAGED.then(fact, by="anna")
    assert told(given) == [Notice("lars", given.seq, "stina")]


def test_is_told_when_their_client_is_put_on_the_board() -> None:
    assert told(a_client(case_manager="lars").on_board(by="anna"))


def test_is_not_told_what_a_file_brings_in() -> None:
    assert told(a_client(case_manager="lars").on_board(by="anna", source=e.Source.IMPORT)) == []


@pytest.mark.parametrize("fact", NOT_TOLD, ids=lambda fact: fact.kind)
def test_is_not_told_of(fact: e.Fact) -> None:
    assert told(CASE_MANAGED.then(fact, by="anna")) == []


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    assert told(CASE_MANAGED.then(e.Taken(), by="lars")) == []


def test_nobody_is_told_where_there_is_no_case_manager() -> None:
    assert told(a_client().on_board().then(e.Taken(), by="anna")) == []


def test_a_file_tells_nobody_what_the_team_knows_already() -> None:
    imported = e.PutOnBoard("short_intensive", "Sover inte", source=e.Source.IMPORT)
    assert told(a_client(case_manager="lars").then(imported, by="anna", placement="p")) == []
