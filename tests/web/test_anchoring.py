"""The case manager in the middle, on the pages: what is asked of a planner, what is shown beside, and the answer."""

from __future__ import annotations

from datetime import date

import httpx2
import pytest

from factboard.domain import crisis_plan, planned_care, roster
from factboard.domain import events as e
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import FRAGMENT, JSON, client, facts, seq, typed, words

STINA = "Stina Exempel"
VISIT = {"who": "anna", "day": "2026-11-25"}


def here(service: Service, what: str = "") -> str:
    return f"/clients/{service.clients[STINA]}{what}"


async def newest(service: Service, before: int) -> e.Fact:
    return (await facts(service, before))[0].fact


@pytest.mark.parametrize(
    ("language", "asked", "missing"),
    [
        ("sv", "Är det förankrat hos Lars, case managern?", "Förankrat hos case managern: Välj ett alternativ."),
        ("en", "Anchored with Lars, the case manager?", "Anchored with the case manager: Choose one."),
    ],
)
async def test_whoever_plans_says_before_saving_whether_it_is_anchored(
    service: Service, language: str, asked: str, missing: str
) -> None:
    await service.put_on(STINA)
    async with service.person("anna", language) as anna:
        form = await anna.get(here(service, "/visit"))
        assert asked in words(form)
        before = await seq(service)
        again = await anna.post(here(service, "/visit"), data=VISIT | {"note": "Med tandläkaren"})
        assert again.status_code == 422
        assert missing in words(again)
        assert typed(again, "note") == "Med tandläkaren"
        assert await seq(service) == before
        made_up = await anna.post(here(service, "/visit"), data=VISIT | {"anchored": "told"}, headers=JSON)
        assert made_up.json()["errors"] == {"anchored": "unknown_choice"}
        saved = await anna.post(here(service, "/visit"), data=VISIT | {"anchored": "urgent"}, headers=JSON)
        assert saved.json()["kinds"] == ["visit_planned"]
    assert await newest(service, before) == e.VisitPlanned("anna", date(2026, 11, 25), anchored=e.Anchored.URGENT)


async def test_a_case_manager_is_not_asked_and_sees_the_plan_all_the_same(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    await service.put_on(STINA)
    form = await lars.get(here(service, "/visit?lang=en"))
    assert "Anchored with" not in words(form)
    assert "The plan as it is" in words(form)
    assert (await lars.post(here(service, "/visit"), data=VISIT)).status_code == 303


async def test_the_plan_stands_beside_each_form_that_changes_it(service: Service, anna: httpx2.AsyncClient) -> None:
    change = service.recorder.change
    stina = service.clients[STINA]
    await service.put_on(STINA)
    await change(
        OWN, "lars", planned_care.set_planned_contact, client=stina, who="lars", every_days=14, next=date(2026, 12, 3)
    )
    await change(OWN, "lars", crisis_plan.review_crisis_plan, client=stina, with_client=True)
    for act in ("visit", "planned-contact", "action", "category", "return"):
        said = words(await anna.get(here(service, f"/{act}?lang=en")))
        for part in ("Case manager Lars Test", "Lars, every other week, next Thu 3 Dec", "Crisis plan reviewed today"):
            assert part in said, act


async def test_whom_a_meeting_has_at_its_table_knows_of_it(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on(STINA)
    await anna.post("/meeting", data={"present": ["anna", "lars"], "chair": "anna", "recorder": "anna"})
    form = await anna.get(here(service, "/visit"))
    assert 'value="yes" id="f-anchored" checked' in form.text


async def test_who_is_away_is_said_and_the_substitute_is_asked_too(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.recorder.change(OWN, "lars", roster.note_absence, user="lars", first=date(2026, 11, 23))
    await service.put_on(STINA)
    assert "Lars is away now." in words(await anna.get(here(service, "/visit?lang=en")))


async def test_the_question_waits_with_the_case_manager_and_the_answer_comes_back(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    await service.put_on(STINA)
    asked = (await anna.post(here(service, "/visit"), data=VISIT | {"anchored": "asked"}, headers=JSON)).json()["seq"]
    for page in ("/notices?lang=en", "/today?lang=en", here(service, "?lang=en")):
        said = await lars.get(page)
        assert "Anna Test planned that Anna Test goes to Stina Exempel" in words(said), page
        assert f"{here(service, '/anchoring')}?of={asked}" in said.text, page
    not_hers = await anna.get(here(service, "?lang=en"))
    assert "Not answered yet." in words(not_hers)
    assert "/anchoring?of=" not in not_hers.text
    form = await lars.get(here(service, f"/anchoring?of={asked}&lang=en"), headers=FRAGMENT)
    assert "Anchored with the case manager: asked." in words(form)
    given = {"of": asked, "answer": "objects", "seen": typed(form, "seen"), "request_id": typed(form, "request_id")}
    no_reason = await lars.post(here(service, "/anchoring"), data=given, headers=JSON)
    assert no_reason.json()["errors"] == {"note": "required"}
    answer = await lars.post(here(service, "/anchoring"), data=given | {"note": "Hon orkar inte två"}, headers=JSON)
    assert answer.json()["kinds"] == ["anchoring_answered"]
    said = words(await anna.get("/notices?lang=en"))
    assert "Lars Test does not agree to what was planned for Stina Exempel: Hon orkar inte två" in said
    assert "It was the planned visit, by Anna Test" in said
    told = await anna.get(here(service))
    assert "Lars does not agree : Hon orkar inte två" in words(told)
    assert 'class="box against"' in told.text  # `objects` is a badge, white on red: here it would be white on white
    assert "Anna Test planned that" not in words(await lars.get("/today?lang=en")).partition("To answer")[2][:200]


async def test_one_touch_agrees_once(service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient) -> None:
    await service.put_on(STINA)
    asked = (await anna.post(here(service, "/visit"), data=VISIT | {"anchored": "asked"}, headers=JSON)).json()["seq"]
    given = {"of": asked, "answer": "agrees", "seen": asked, "request_id": f"agrees-{asked}"}
    first = await lars.post(here(service, "/anchoring"), data=given, headers=FRAGMENT)
    assert "/undo/" in first.text
    assert (await lars.post(here(service, "/anchoring"), data=given, headers=JSON)).json()["repeated"]
    [known] = (await client(service, STINA)).anchorings
    assert (known.answer, known.answered_by) == (e.Answer.AGREES, "lars")


async def test_nobody_else_answers_and_nothing_is_answered_that_is_gone(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    await service.put_on(STINA)
    asked = (await anna.post(here(service, "/visit"), data=VISIT | {"anchored": "asked"}, headers=JSON)).json()["seq"]
    own = await anna.post(here(service, "/anchoring"), data={"of": asked, "answer": "agrees"}, headers=JSON)
    assert (own.status_code, own.json()["refused"]) == (403, "not_theirs_to_answer")
    await anna.post(here(service, f"/visits/{asked}/cancel"), data={"anchored": "yes"})
    gone = await lars.post(here(service, "/anchoring"), data={"of": asked, "answer": "agrees"}, headers=JSON)
    assert (gone.status_code, gone.json()["refused"]) == (409, "nothing_to_answer")
    for nonsense in ("", "?of=", "?of=x", f"?of={asked}", "?of=99999999999999999999"):
        form = await lars.get(here(service, f"/anchoring{nonsense}&lang=en" if nonsense else "/anchoring?lang=en"))
        assert form.status_code == 200
        assert "there is nothing to answer any more" in words(form)


async def test_what_a_phone_sends_late_without_a_word_of_it_is_saved_and_asks(
    service: Service, clock: Clock, anna: httpx2.AsyncClient
) -> None:
    await service.put_on(STINA)
    clock.forward(minutes=90)
    before = await seq(service)
    late = {"Factboard-Age": str(3_600_000), "Factboard-For": f"anna {OWN}"} | JSON
    given = {"contact": "home", "rating": "worse", "next_day": "2026-11-24"}
    answer = await anna.post(here(service, "/contact"), data=given, headers=late)
    assert answer.json()["kinds"] == ["contact_logged", "rated", "visit_planned"]
    written = [row.fact for row in await facts(service, before)]
    assert [one.anchored for one in written if isinstance(one, e.VisitPlanned)] == [e.Anchored.ASKED]


async def test_a_flag_asks_nothing(service: Service, anna: httpx2.AsyncClient) -> None:
    form = await anna.get(f"/flag?client={service.clients[STINA]}")
    assert 'name="anchored"' not in form.text


async def test_a_document_that_plans_says_whether_it_is_anchored_and_shows_the_plan_beside(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    at = here(service, "/plans/care_plan/edit")
    plan = {"goals-0-goal": "Bo själv igen", "together": "together", "based_on": "0"}
    asked = await anna.post(at, data=plan)
    assert asked.status_code == 422
    assert "Förankrat hos case managern: Välj ett alternativ." in words(asked)
    assert 'value="Bo själv igen"' in asked.text or "Bo själv igen</textarea>" in asked.text
    assert (await anna.post(at, data=plan | {"anchored": "told"})).status_code == 422  # no form offers it
    before = await seq(service)
    assert (await anna.post(at, data=plan | {"anchored": "asked"})).status_code == 303
    written, written_seq = await newest(service, before), await seq(service)
    assert isinstance(written, e.DocumentWritten)
    assert written.anchored is e.Anchored.ASKED
    assert "Anna Test wrote for Stina Exempel: care plan" in words(await lars.get("/today?lang=en"))
    form = here(service, f"/anchoring?of={written_seq}")
    for page in ("/today", "/notices", here(service), form):
        assert f'href="{here(service, "/plans/care_plan/versions")}"' in (await lars.get(page)).text, page
    assert "Bo själv igen" in words(await anna.get(here(service, "/planned-contact"))).partition("Planen som den är")[2]
    about = {"who_i_am": "Jag målar", "together": "together", "based_on": "0"}
    before = await seq(service)
    assert (await anna.post(here(service, "/plans/about/edit"), data=about)).status_code == 303  # it plans nothing
    told = await newest(service, before)
    assert isinstance(told, e.DocumentWritten)
    assert told.anchored is e.Anchored.TOLD
    assert "Anna Test wrote for Stina Exempel: who I am" in words(await lars.get("/notices?lang=en"))


async def test_speaking_for_a_client_stands_open_until_something_has_come_of_it(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    at = here(service, "/plans/advocacy.a1")
    said = {
        "on": "2026-11-20",
        "spoke": "anna",
        "actor": "social_insurance",
        "towards": "Försäkringskassan, Handläggare",
    }
    said |= {"about": "Sjukpenningen stoppades", "together": "together", "based_on": "0"}
    no_mandate = await anna.post(f"{at}/edit", data=said)
    assert no_mandate.status_code == 422
    assert "På vems uppdrag: Välj ett alternativ." in words(no_mandate)
    said |= {"mandate_of": "asked", "mandate_said": "i telefon 19 november"}
    assert (await anna.post(f"{at}/edit", data=said | {"review_by": "2026-11-27"})).status_code == 303
    assert f'href="{at}"' in (await anna.get("/today")).text  # by its day she sees what has come of it
    page = words(await anna.get(f"{at}?lang=en"))
    assert "Anna Test spoke for the patient towards Försäkringskassan, Handläggare." in page
    assert "The patient asked for it: i telefon 19 november" in page
    assert "Nothing has come of it yet." in page
    assert "nothing has come of it yet" in words(await anna.get(here(service, "/plans?lang=en")))
    await anna.post(f"{at}/edit", data=said | {"came_of_it": "Omprövad, utbetald", "based_on": "1"})
    assert "Omprövad, utbetald" in words(await anna.get(at))
    assert f'href="{at}"' not in (await anna.get("/today")).text
    assert "nothing has come of it yet" not in words(await anna.get(here(service, "/plans?lang=en")))
