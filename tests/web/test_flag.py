"""Putting a client on the board: found, said why, sent, and known to have arrived."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

import httpx2
import pytest

from factboard.domain import enrolment, placement, roster, team, undo, visits
from factboard.domain.events import Details, Settings
from factboard.domain.refusal import Invalid
from factboard.domain.state import Team
from factboard.storage import projections
from factboard.web.words import words_for
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import FRAGMENT, JSON, client, facts, looks, seq, typed, words


def a_flag(service: Service, name: str = "Stina Exempel", **what: object) -> dict[str, object]:
    given = {"client": service.clients[name], "category": "short_intensive", "reason": "Sover inte", "request_id": "r1"}
    return given | what


async def test_the_form_says_before_all_else_that_it_is_not_the_only_alarm(anna: httpx2.AsyncClient) -> None:
    page = await anna.get("/flag")
    assert page.status_code == 200
    assert page.text.index('href="tel:112"') < page.text.index('<form id="flag"')


async def test_the_signed_out_and_another_team_put_nobody_on(
    service: Service, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    before = await seq(service)
    assert (await nobody.get("/flag")).headers["location"] == "/login?next=/flag"
    assert (await nobody.post("/flag", data=a_flag(service))).status_code == 401
    theirs = await bo.post("/flag", data=a_flag(service))
    unknown = await bo.post("/flag", data=a_flag(service) | {"client": "nobody"})
    assert theirs.status_code == unknown.status_code == 422
    assert theirs.text.replace(service.clients["Stina Exempel"], "nobody") == unknown.text
    assert "Stina" not in (await bo.get("/flag", params={"client": service.clients["Stina Exempel"]})).text
    assert "Stina" not in (await bo.post("/flag/clients", data={"q": "stina"})).text
    assert await seq(service) == before


async def test_the_receipt_says_when_by_whom_which_number_and_to_how_many_screens(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    before = await seq(service)
    answer = await anna.post("/flag", data=a_flag(service, needed="Ring mamman", warning_signs=["Sover dåligt", "Oro"]))
    assert answer.headers["location"] == f"/flag/{before + 1}?screens=0"
    receipt = words(await anna.get(answer.headers["location"]))
    for said in (
        "mån 23 nov 09:40:00",
        "Anna Test",
        f"Nr {before + 1} i historiken",
        "0 anslutna skärmar",
        "Stina Exempel",
    ):
        assert said in receipt, said
    assert "1980-05-17" in receipt
    fact, task = await facts(service, before, tasks=True)
    assert (task.fact.kind, task.actor) == ("action_added", "factboard")  # nobody has written a crisis plan
    assert (fact.fact.kind, fact.actor, fact.fact.needed) == ("put_on_board", "anna", "Ring mamman")
    assert fact.fact.warning_signs == ("Sover dåligt", "Oro")


async def test_a_program_gets_the_same_facts_and_a_repeated_request_the_same_answer(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    first = (await anna.post("/flag", data=a_flag(service), headers=JSON)).json()
    again = (await anna.post("/flag", data=a_flag(service), headers=JSON)).json()
    assert first["kinds"] == ["put_on_board", "action_added"]
    assert first["at"] == "2026-11-23T08:40:00.000000Z"
    assert again == first | {"repeated": True}
    assert await seq(service) == first["seq"] + 1
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    assert stay.placement == first["placement"]


async def test_the_same_request_id_with_something_else_in_it_is_refused(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await anna.post("/flag", data=a_flag(service))
    before = await seq(service)
    other = await anna.post("/flag", data=a_flag(service, reason="Något annat"))
    assert other.status_code == 422
    assert words_for(Settings(""), "sv").problem("request_id_used") in words(other)
    assert typed(other, "reason") == "Något annat"
    assert await seq(service) == before
    renewed = a_flag(service, reason="Något annat") | {"request_id": typed(other, "request_id")}
    assert (await anna.post("/flag", data=renewed)).status_code == 303  # sent again on purpose, it is a new worry
    assert await seq(service) == before + 1


async def test_any_part_of_a_name_finds_and_equal_names_are_told_apart(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    found = words(await anna.post("/flag/clients", data={"q": "TESTB"}))
    assert found.count("Johan Testberg") == 2
    assert "1975-06-30" in found
    assert "1996-01-09" in found
    assert "Åke" in words(await anna.post("/flag/clients", data={"q": "provs ake"}))
    hidden = words(await anna.post("/flag/clients", data={"q": "vilma"}))
    assert "Skyddad identitet" in hidden
    assert "Vilma" not in hidden
    assert "Ingen" in words(await anna.post("/flag/clients", data={"q": "finns inte"}))
    assert words(await anna.post("/flag/clients", data={"q": "  "})) == ""


async def test_the_find_button_finds_without_a_script_and_keeps_what_was_typed(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    before = await seq(service)
    page = await anna.post(
        "/flag", data={"find": "1", "q": "stina", "reason": "Ringer om nätterna", "request_id": "r9"}
    )
    assert page.status_code == 200
    assert service.clients["Stina Exempel"] in page.text
    assert typed(page, "reason") == "Ringer om nätterna"
    assert typed(page, "request_id") == "r9"
    assert await seq(service) == before


async def test_a_flag_for_somebody_on_the_board_is_a_new_worry_to_be_taken_anew(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel", "lars", reason="Pratar med väggen")
    await service.recorder.change(OWN, "lars", placement.take, client=service.clients["Stina Exempel"])
    form = await anna.get("/flag", params={"client": service.clients["Stina Exempel"]})
    assert "På tavlan sedan" in words(form)
    before = await seq(service)
    answer = await anna.post("/flag", data=a_flag(service, category="crisis_prevention", reason="Har slutat äta"))
    receipt = words(await anna.get(answer.headers["location"]))
    assert "Lars Test" in receipt
    assert "Pratar med väggen" in receipt
    assert [fact.fact.kind for fact in await facts(service, before)] == ["flagged_again", "recategorised"]
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    assert (stay.taken_by, stay.category, stay.reason) == (None, "crisis_prevention", "Har slutat äta")


async def test_the_open_receipt_asks_until_somebody_has_taken_it(service: Service, anna: httpx2.AsyncClient) -> None:
    flag = (await anna.post("/flag", data=a_flag(service), headers=JSON)).json()["seq"]
    waiting = await anna.get(f"/flag/{flag}/taken", headers=FRAGMENT)
    assert 'hx-trigger="every' in waiting.text
    assert "Stina" not in waiting.text
    await service.recorder.change(OWN, "lars", placement.take, client=service.clients["Stina Exempel"])
    taken = await anna.get(f"/flag/{flag}/taken", headers=FRAGMENT)
    assert "Tagen av Lars Test" in words(taken)
    assert "hx-trigger" not in taken.text


@pytest.mark.parametrize("end", ["undone", "ended", "newer"])
async def test_the_receipt_knows_when_the_flag_no_longer_stands(
    service: Service, anna: httpx2.AsyncClient, end: str
) -> None:
    stina = service.clients["Stina Exempel"]
    flag = (await anna.post("/flag", data=a_flag(service), headers=JSON)).json()["seq"]
    if end == "undone":
        await service.recorder.change(OWN, "anna", undo.undo, client=stina, seen=flag - 1, seq=flag)
    elif end == "ended":
        await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=stina, reason="Lugnt")
    else:
        await service.put_on("Stina Exempel", reason="Igen")
    answer = await anna.get(f"/flag/{flag}/taken", headers=FRAGMENT)
    assert "hx-trigger" not in answer.text
    said = {"undone": "ångra", "ended": "inte längre", "newer": "nyare"}
    assert said[end] in words(answer).lower()
    assert (await anna.get(f"/flag/{flag}")).status_code == 200


async def test_only_the_teams_own_flags_have_receipts(
    service: Service, anna: httpx2.AsyncClient, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    flag = (await anna.post("/flag", data=a_flag(service), headers=JSON)).json()["seq"]
    assert (await bo.get(f"/flag/{flag}")).status_code == 404
    assert (await bo.get(f"/flag/{flag}/taken")).status_code == 404
    assert (await nobody.get(f"/flag/{flag}")).status_code == 303
    assert (await nobody.get(f"/flag/{flag}/taken", headers=FRAGMENT)).status_code == 401
    for other in (1, flag + 1, 10**18):  # another kind of fact, none yet, more than a database can hold
        assert (await anna.get(f"/flag/{other}")).status_code == 404


async def test_htmx_is_led_to_the_receipt_and_gets_the_form_again(service: Service, anna: httpx2.AsyncClient) -> None:
    wrong = await anna.post("/flag", data=a_flag(service, reason=""), headers=FRAGMENT)
    assert wrong.status_code == 422
    assert '<form id="flag"' in wrong.text
    assert "<html" not in wrong.text
    right = await anna.post("/flag", data=a_flag(service), headers=FRAGMENT)
    assert right.headers["hx-redirect"].startswith("/flag/")


async def test_the_case_manager_is_told_of_anothers_flag_and_not_of_their_own(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    await anna.post("/flag", data=a_flag(service))
    assert (await lars.get("/notices/count", headers=JSON)).json() == {"unread": 1}
    await anna.post("/flag", data=a_flag(service, "Åke Provström", request_id="r2"))
    assert (await anna.get("/notices/count", headers=JSON)).json() == {"unread": 0}


BAD = {
    "no client": ({"client": ""}, Invalid("choose_client", "client")),
    "unknown client": ({"client": "nobody"}, Invalid("unknown_client", "client")),
    "nul in the client": ({"client": "\0"}, Invalid("unknown_client", "client")),
    "no category": ({"category": ""}, Invalid("choose_one", "category")),
    "another team's category": ({"category": "theirs"}, Invalid("unknown_category", "category")),
    "no reason": ({"reason": ""}, Invalid("required", "reason")),
    "blank reason": ({"reason": " \u200b "}, Invalid("required", "reason")),
    "20,000 characters": ({"reason": "å" * 20_000}, Invalid("too_long", "reason", limit=500, length=20_000)),
    "control characters": ({"reason": "a\x00b\x1b[31m"}, Invalid("control_characters", "reason")),
    "direction override": ({"needed": "abc\u202egnp"}, Invalid("control_characters", "needed")),
    "unknown answer": ({"informed": "perhaps"}, Invalid("unknown_choice", "informed")),
    "31 February": ({"review_by": "2027-02-31"}, Invalid("not_a_date", "review_by")),
    "a day as a number": ({"review_by": "20"}, Invalid("not_a_date", "review_by")),
    "the year 9999": ({"review_by": "9999-12-31"}, Invalid("day_out_of_range", "review_by")),
    "no request id": ({"request_id": ""}, Invalid("required", "request_id")),
    "many signs": ({"warning_signs": [f"s{n}" for n in range(40)]}, Invalid("too_many", "warning_signs", limit=20)),
    "a number out of the world": ({"seen": "-" + "9" * 30}, Invalid("not_understood", "seen")),
}


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_bad_input_gets_a_clear_message_keeps_the_text_and_changes_nothing(
    service: Service, language: str
) -> None:
    before, said = await seq(service), words_for(Settings(""), language)
    async with service.person("anna", language) as anna:
        for case, (given, why) in BAD.items():
            data = a_flag(service, needed="Ring mamman först") | given
            page = await anna.post("/flag", data=data)
            program = await anna.post("/flag", data=data, headers=JSON)
            assert page.status_code == program.status_code == 422, case
            assert program.json().items() >= {"saved": False, "errors": {why.field: why.key}}.items(), case
            assert said.refusal(why) in words(page), case
            assert typed(page, "needed") == data["needed"], case
            assert typed(page, "reason") == data["reason"], case
    assert await seq(service) == before


async def test_what_is_missing_is_told_in_the_order_of_the_page(service: Service, anna: httpx2.AsyncClient) -> None:
    answer = await anna.post("/flag", data=a_flag(service, client="", category="", reason=""))
    summary = answer.text.split('class="problems"')[1].split("</ul>")[0]
    assert re.findall(r'href="#f-(\w+)"', summary) == ["client", "reason", "category"]


async def test_any_language_and_emoji_are_welcome(service: Service, anna: httpx2.AsyncClient) -> None:
    for reason in ("سارة لا تنام", "לא ישנה", "👩‍👩‍👧 sover inte 😴", "Ůñïçødé 中文"):
        answer = await anna.post("/flag", data=a_flag(service, reason=reason, request_id=f"r{len(reason)}"))
        assert answer.status_code == 303
        assert reason in words(await anna.get(answer.headers["location"]))


async def test_a_field_larger_than_any_form_is_refused_without_harm(service: Service, anna: httpx2.AsyncClient) -> None:
    before = await seq(service)
    answer = await anna.post("/flag", data=a_flag(service, reason="x" * 400_000))
    assert answer.status_code in (400, 413)
    assert await seq(service) == before


async def test_everyone_whom_the_flag_pages_show_stands_in_the_access_log(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    stina, ake = service.clients["Stina Exempel"], service.clients["Åke Provström"]
    await anna.get("/flag", params={"client": stina})
    await anna.post("/flag/clients", data={"q": "ake"})
    answer = await anna.post("/flag", data=a_flag(service))
    await anna.get(answer.headers["location"])
    seen = await looks(service)
    assert ("anna", "read", "flag", stina) in seen
    assert ("anna", "search", "flag", ake) in seen


# --- whom somebody most likely flags, and what helps them ---------------------------------------------------------


def rows(page: httpx2.Response) -> list[str]:
    """The ids of the clients to choose from, in order."""
    return re.findall(r'name="client" value="(\w+)"', page.text)


async def test_own_clients_stand_there_at_once_with_the_second_identifier_and_where_they_are(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await service.put_on("Åke Provström")
    page = await anna.get("/flag")
    assert rows(page) == [service.clients["Åke Provström"]]
    for said in ("Åke Provström", "1971-02-03", "På tavlan sedan mån 23 nov: kortvarigt intensiv"):
        assert said in words(page), said
    assert 'data-category="short_intensive"' in page.text
    assert ("anna", "read", "flag", service.clients["Åke Provström"]) in await looks(service)


async def test_todays_visit_comes_first_with_its_time_and_a_whole_caseload_is_folded(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    stina, change = service.clients["Stina Exempel"], service.recorder.change
    await service.put_on("Stina Exempel")
    await change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=date(2026, 11, 23), at=time(14, 30))
    for n in range(14):
        details = Details(f"Exempelgren{n:02}", "Eva", case_manager="anna", birth_date=date(1980, 1, 1 + n))
        await change(OWN, "lars", enrolment.enrol, details=details)
    page = await anna.get("/flag")
    assert rows(page)[0] == stina
    assert len(rows(page)) == 16
    assert "Ditt besök i dag kl. 14:30" in words(page)
    assert "4 till" in words(page)


async def test_a_chosen_client_has_the_category_of_the_last_time_and_what_helps_without_script(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await known(service, "Åke Provström", helps="Tala lugnt", warnings="Två går tillsammans", phone="070-174 06 99")
    await service.put_on("Åke Provström", category="long_intensive")
    page = await anna.get("/flag", params={"client": service.clients["Åke Provström"]})
    assert re.search(r'value="long_intensive"[^>]*checked', page.text)
    for said in ("Två går tillsammans", "Tala lugnt", "inte genomgången ännu"):
        assert said in words(page), said
    assert 'href="tel:0701740699"' in page.text
    assert rows(page) == [service.clients["Åke Provström"]]


async def known(service: Service, name: str, **changed: object) -> None:
    details = replace((await client(service, name)).details, **changed)  # type: ignore[arg-type]
    await service.recorder.change(OWN, "lars", enrolment.correct, client=service.clients[name], details=details)


async def test_what_helps_is_fetched_by_id_and_stands_in_the_access_log(
    service: Service, anna: httpx2.AsyncClient, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    stina = service.clients["Stina Exempel"]
    await known(service, "Stina Exempel", helps="Kaffe", phone="070-174 06 99")
    duty = replace((await a_team(service)).members["lars"], phone="070-174 06 11")
    await service.recorder.change(OWN, "lars", team.set_member, member=duty)
    await service.recorder.change(OWN, "lars", roster.set_duty, day=date(2026, 11, 23), user="lars")
    page = await anna.get(f"/flag/clients/{stina}", headers=FRAGMENT)
    assert "<html" not in page.text
    assert "Kaffe" in words(page)
    assert re.findall(r'href="tel:(\d+)"', page.text) == ["0701740699", "0701740611"]
    assert ("anna", "read", "flag", stina) in await looks(service)
    for path in (f"/flag/clients/{stina}", "/flag/clients/nobody"):
        for theirs in (await bo.get(path), await bo.post(path)):
            assert theirs.status_code == 404
            assert "Kaffe" not in theirs.text
    assert (await nobody.get(f"/flag/clients/{stina}", headers=FRAGMENT)).status_code == 401


async def a_team(service: Service) -> Team:
    async with service.app.state.store.reading() as connection:
        found = await projections.team(connection, OWN)
    assert found
    return found


async def test_a_protected_identity_shows_its_code_and_a_way_to_see_it_that_is_logged(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    vilma = service.clients["Vilma Skyddsson"]
    await known(
        service, "Vilma Skyddsson", case_manager="anna", helps="Ring systern", phone="070-174 06 77", address="G 1"
    )
    for page in (
        await anna.get("/flag"),
        await anna.get("/flag", params={"client": vilma}),
        await anna.get(f"/flag/clients/{vilma}", headers=FRAGMENT),
        await anna.post("/flag", data=a_flag(service, "Vilma Skyddsson", reason="")),
    ):
        assert not any(hidden in page.text for hidden in ("Vilma", "systern", "0701740677", "G 1", "1983")), page.url
    assert ("anna", "revealed", "flag", vilma) not in await looks(service)
    shown = await anna.post(f"/flag/clients/{vilma}", headers=FRAGMENT)
    assert "Ring systern" in words(shown)
    assert 'href="tel:0701740677"' in shown.text
    assert ("anna", "revealed", "flag", vilma) in await looks(service)


async def test_a_program_that_is_refused_is_shown_nobody_and_nobody_is_logged_as_seen(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    answer = await anna.post("/flag", data=a_flag(service, reason=""), headers=JSON)
    assert answer.status_code == 422
    assert ("anna", "read", "flag", service.clients["Åke Provström"]) not in await looks(service)


async def test_the_teams_own_ready_reasons_stand_beside_the_field(service: Service, anna: httpx2.AsyncClient) -> None:
    assert "Närstående är oroliga" in words(await anna.get("/flag"))
    own = replace((await a_team(service)).settings, phrases=("Ringde i natt",))
    await service.recorder.change(OWN, "lars", team.change_settings, settings=own)
    page = await anna.get("/flag")
    assert "Ringde i natt" in words(page)
    assert "Närstående är oroliga" not in words(page)


# --- out of hours ---------------------------------------------------------------------------------------------


SAID = {
    "sv": (
        "Ingen i teamet är här nu. Tavlan läses nästa gång i morgon kl. 08:00.",
        "Nästa tavelmöte är i morgon kl. 08:30.",
    ),
    "en": (
        "Nobody on the team is here now. The board is next read tomorrow at 08:00.",
        "The next meeting is tomorrow at 08:30.",
    ),
}


@pytest.mark.parametrize("language", SAID)
async def test_out_of_hours_it_is_said_first_who_reads_it_when_and_whom_to_call(
    service: Service, clock: Clock, language: str
) -> None:
    clock.forward(hours=10)  # 19:40
    async with service.person("anna", language) as anna:
        page = await anna.get("/flag")
        read, called = words(page), page.text.index('href="tel:112"')
        assert all(said in read for said in SAID[language])
        assert read.index(SAID[language][0]) < read.index("112")
        assert called < page.text.index('<form id="flag"')
        receipt = words(await anna.get((await anna.post("/flag", data=a_flag(service))).headers["location"]))
        assert SAID[language][0] in receipt


@pytest.mark.parametrize(
    ("own", "numbers"),
    [("Jouren 08-112 34 56", ["081123456", "112"]), ("Vid fara 112, annars 08-123 45 67", ["112", "081234567"])],
)
async def test_the_teams_own_text_is_called_by_a_touch_and_112_is_never_missing(
    service: Service, anna: httpx2.AsyncClient, clock: Clock, own: str, numbers: list[str]
) -> None:
    settings = replace((await a_team(service)).settings, out_of_hours=own)
    await service.recorder.change(OWN, "lars", team.change_settings, settings=settings)
    clock.forward(hours=10)
    page = await anna.get("/flag")
    first = page.text.split('class="alarm is-closed"')[1].split("</div>")[0]
    assert re.findall(r'href="tel:(\d+)"', first) == numbers
