"""Signing in and out, the person's own password and language, and which of their teams they work in now."""

from __future__ import annotations

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain.refusal import Invalid, Refused
from factboard.metrics import SIGN_INS
from factboard.passwords import fits
from factboard.recorder import users
from factboard.storage import accounts, projections
from factboard.web import language
from factboard.web.answers import blank, not_saved
from factboard.web.forms import Form, Typed, read
from factboard.web.pages import page
from factboard.web.security import local_path
from factboard.web.sessions import begin, cookie_name, session_id, whoever

PER_PERSON_HERE = parse("5 per 15 minutes")  # tries for one person from one address
PER_PERSON = parse("30 per 15 minutes")  # from anywhere: above the first, or a stranger could lock a clinician out
PER_ADDRESS = parse("50 per 15 minutes")  # a team behind one address shares it

PASSWORD_FORM = "account/password.html"


class Failures:
    """Counts sign-ins that failed, so that passwords cannot be tried out.

    A try counts before its password is looked at, so that many at once are no way round; one that succeeds is
    taken out again.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def may_try(self, username: str, address: str) -> bool:
        return (
            await self._limiter.test(PER_ADDRESS, "address", address)
            and await self._limiter.hit(PER_PERSON_HERE, "here", username, address)
            and await self._limiter.hit(PER_PERSON, "person", username)
        )

    async def failed(self, address: str) -> None:
        await self._limiter.hit(PER_ADDRESS, "address", address)

    async def succeeded(self, username: str, address: str) -> None:
        await self._limiter.clear(PER_PERSON_HERE, "here", username, address)
        await self._limiter.clear(PER_PERSON, "person", username)


class SignIn(Form):
    username: str
    password: str
    next: str = "/"


async def sign_in_page(request: Request) -> Response:
    """The form; somebody already signed in goes on to where they were going."""
    target = local_path(request.query_params.get("next"))
    if await whoever(request):
        return RedirectResponse(target, 303)
    return page(request, "account/login.html", typed=Typed[SignIn]({"next": target}), failure="")


async def sign_in(request: Request) -> Response:
    typed = await read(request, SignIn)
    if typed.form is None:
        return _again(request, typed, "")
    username = typed.form.username.strip().lower()[:200]
    address = request.client.host if request.client else ""
    failures: Failures = request.app.state.failures
    if not await failures.may_try(username, address):
        SIGN_INS.labels("limited").inc()
        return _again(request, typed, "too_many_attempts", 429)
    async with request.app.state.store.reading() as connection:
        known = await accounts.by_username(connection, username) if username.isprintable() else None
    if not await fits(typed.form.password[:1000], known.password if known else None) or known is None or known.closed:
        await failures.failed(address)
        SIGN_INS.labels("failed").inc()
        return _again(request, typed, "wrong_password")
    await failures.succeeded(username, address)
    SIGN_INS.labels("done").inc()
    return await begin(request, known.id, local_path(typed.form.next))


async def sign_out(request: Request) -> Response:
    token = request.cookies.get(cookie_name(request))
    if token:
        async with request.app.state.store.writing() as connection:
            await accounts.sign_out(connection, session_id(request, token))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(cookie_name(request), secure=request.app.state.settings.secure_cookies, httponly=True)
    return response


class NewPassword(Form):
    old: str
    password: str


async def password_form(request: Request) -> Response:
    """One's own password; once it is changed, that it is."""
    return blank(request, PASSWORD_FORM, {}, done="saved" in request.query_params)


async def change_password(request: Request) -> Response:
    """A new password for oneself, with the old one; tries count like those of signing in."""
    typed, refusal = await read(request, NewPassword), None
    typed.values.clear()  # never sent back
    who, address = request.state.who, request.client.host if request.client else ""
    if typed.form:
        failures: Failures = request.app.state.failures
        if not await failures.may_try(who.username, address):
            typed.refuse(Invalid("too_many_attempts", "old"))
            return page(request, PASSWORD_FORM, status=429, typed=typed, done=False)
        async with request.app.state.store.reading() as connection:
            known = await accounts.by_id(connection, who.user)
        try:
            if not await fits(typed.form.old[:1000], known.password if known else None):
                await failures.failed(address)
                raise Invalid("wrong_old_password", "old")
            await failures.succeeded(who.username, address)
            await users.set_password(
                request.app.state.recorder, who.user, who.user, typed.form.password, keep=who.session
            )
            return RedirectResponse("/password?saved=1", 303)
        except Refused as no:
            refusal = no
    return not_saved(request, PASSWORD_FORM, typed, refusal=refusal, done=False)


class Language(Form):
    language: str
    next: str = "/"


async def save_language(request: Request) -> Response:
    """The person's own choice, kept for every device; `?lang=` only sets this browser's cookie."""
    typed = await read(request, Language)
    target = local_path(typed.values.get("next"))
    response = RedirectResponse(target, 303)
    if typed.form and typed.form.language in language.LANGUAGES:
        async with request.app.state.store.writing() as connection:
            await accounts.change(connection, request.state.who.user, language=typed.form.language)
        response.delete_cookie(language.COOKIE)
    return response


async def teams(request: Request) -> Response:
    """The person's own teams, to choose from."""
    async with request.app.state.store.reading() as connection:
        own = await projections.teams_of(connection, request.state.who.user)
    return page(request, "account/teams.html", teams=own)


class OtherTeam(Form):
    team: str


async def change_team(request: Request) -> Response:
    """Work in another of one's own teams."""
    typed = await read(request, OtherTeam)
    who = request.state.who
    async with request.app.state.store.writing() as connection:
        own = [team for team, _ in await projections.memberships(connection, who.user)]
        if typed.form and typed.form.team in own:
            await accounts.move(connection, who.session, typed.form.team)
    return RedirectResponse("/", 303)


def _again(request: Request, typed: Typed[SignIn], failure: str, status: int = 422) -> Response:
    typed.values.pop("password", None)
    return page(request, "account/login.html", status=status, typed=typed, failure=failure)
