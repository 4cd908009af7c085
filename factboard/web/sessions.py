"""Who is asking: server-side sessions, and what the person is in the team they work in now."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import consent
from factboard.domain.consent import Reader, reader_of
from factboard.domain.events import Role
from factboard.domain.people import Right, may
from factboard.domain.state import Team
from factboard.storage import accounts, devices, history, openings, phones, projections
from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.web import language, queued

KEPT = timedelta(days=400)  # the cookie of a wall screen, and of a phone: the longest that browsers keep one
TOUCH_EVERY = timedelta(minutes=1)  # how often a session's "last seen" is written


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a request, and what they are in the team they work in now; or a paired wall screen.

    `masked`: they see codes for clients, no names: an auditor, until they have said why they need the names; then they
    see them until `names_until` (UTC).

    `opened` are the clients whom this session has opened in an emergency; `lens` is whose live frames they are shown
    (`domain/consent`), empty for what all of the team's own employer share; `head` the newest fact before the answer is
    made, where open pages ask whether what they show is still theirs to see.

    `screen` is the screen's id, empty for a person; a screen's `user` is `screen:` and that id.
    """

    user: str
    username: str
    name: str
    language: str | None
    team: str
    role: Role | None
    session: str
    teams: int
    team_state: Team | None
    screen: str = ""
    masked: bool = False
    names_until: datetime | None = None
    opened: frozenset[str] = frozenset()
    lens: str = ""
    head: int = 0

    def may(self, right: Right) -> bool:
        return may(self.role, right) or (right is Right.SIGNED_IN and not self.screen)

    @property
    def reader(self) -> Reader:
        """As consent and locks know them."""
        return reader_of(self.here, self.user, self.opened)

    @property
    def outside(self) -> bool:
        """From outside the team, or of another employer: small numbers are hidden from them, whether they see names or
        not.
        """
        return self.role is Role.AUDITOR or consent.of_others(self.reader.employer, self.here)

    @property
    def here(self) -> Team:
        """The team, for handlers whose right only a member of a team can have."""
        assert self.team_state is not None
        return self.team_state


def cookie_name(request: Request) -> str:
    return "__Host-factboard" if request.app.state.settings.secure_cookies else "factboard"


def screen_cookie(request: Request) -> str:
    """The cookie of a wall screen's key; a person may sign in beside it, on other pages."""
    return f"{cookie_name(request)}-screen"


def phone_cookie(request: Request) -> str:
    """The cookie by which a browser that is told things is known: it outlives the session, and opens nothing."""
    return f"{cookie_name(request)}-phone"


def wall_audience(who: Who) -> str:
    """A wall screen is set by itself; a person sees the wall with short names, whatever the hour."""
    return f"screen.{who.screen}" if who.screen else "short.board"


def keep_screen(request: Request, response: Response, token: str) -> None:
    """Give a wall screen its key, or the same one for longer: it has no time limit as long as it is looked at."""
    response.set_cookie(
        screen_cookie(request),
        token,
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure_cookies,
    )


def renew_screen(request: Request, response: Response) -> None:
    """Each look at the wall keeps the screen's key for longer."""
    if token := request.cookies.get(screen_cookie(request)):
        keep_screen(request, response, token)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def session_id(request: Request, token: str) -> str:
    """What the database knows a session by: keyed, so that its rows alone open nothing."""
    key = request.app.state.settings.secret_key.get_secret_value().encode()
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()


def limits(request: Request) -> accounts.Limits:
    settings = request.app.state.settings
    return accounts.Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


async def whoever(request: Request, *, passive: bool = False) -> Who | None:
    """The person whose session the cookie names; `passive` requests keep nobody signed in.

    What a phone's queue sends for somebody else is nobody's here: it waits until they sign in. For another team of
    the same person's it is heard in that team, with what they are there now.
    """
    token = request.cookies.get(cookie_name(request))
    if not token:
        return None
    store, now = request.app.state.store, datetime.now(UTC)
    async with store.reading() as connection:
        found = await accounts.signed_in(connection, [session_id(request, token)], now, limits(request))
        if not found:
            return None
        person = found[0]
        if meant := queued.meant_for(request):
            user, other = meant
            if user != person.user:
                return None
            if other and other != person.team:
                person = await accounts.working_in(connection, person, other)
        team = await projections.team(connection, person.team) if person.team else None
        opened: frozenset[str] = frozenset()
        lens, head = "", 0
        if team and team.employer:
            opened = await openings.of_session(connection, person.session, now)
            lens = consent.lens(team, person.user, await projections.locked(connection, team.id))
            head = (await history.heads(connection, [team.id])).get(team.id, 0)
    if not passive and now - datetime.fromisoformat(person.seen) > TOUCH_EVERY:
        with suppress(DBAPIError, PoolTimeout):  # where nothing can be written, the board can still be read
            async with store.writing() as connection:
                await accounts.touch(connection, person.session, now)
    masked = person.role is Role.AUDITOR and (person.unmasked or "") <= instant_to_text(now)
    return Who(
        user=person.user,
        username=person.username,
        name=person.name,
        language=person.language,
        team=person.team or "",
        role=person.role,
        session=person.session,
        teams=person.teams,
        team_state=team,
        masked=masked,
        names_until=instant_from_text(person.unmasked) if person.unmasked and not masked else None,
        opened=opened,
        lens=lens,
        head=head,
    )


async def this_screen(request: Request) -> Who | None:
    """The paired wall screen whose key the cookie holds. It has no time limit, and is never a person."""
    token = request.cookies.get(screen_cookie(request))
    if not token:
        return None
    async with request.app.state.store.reading() as connection:
        device = await devices.by_id(connection, session_id(request, token))
        team = await projections.team(connection, device.team) if device and device.team else None
    screen = team.screens.get(device.screen or "") if device and team else None
    if device is None or team is None or screen is None or screen.revoked:
        return None
    return Who(f"screen:{screen.id}", "", screen.name, None, team.id, Role.WALL, device.id, 1, team, screen.id)


async def begin(request: Request, user: str, target: str) -> Response:
    """Start a session for this person, in the first of their teams; an old one in this browser ends."""
    token, old = new_token(), request.cookies.get(cookie_name(request))
    async with request.app.state.store.writing() as connection:
        if old:
            await accounts.sign_out(connection, session_id(request, old))
        teams = await projections.memberships(connection, user)
        team = teams[0][0] if teams else None
        await accounts.sign_in(connection, session_id(request, token), user, team, datetime.now(UTC))
        if phone := request.cookies.get(phone_cookie(request)):
            await phones.rebind(connection, session_id(request, phone), user, session_id(request, token))
    response = RedirectResponse(target, 303)
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=int(limits(request).absolute.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure_cookies,
    )
    return response


async def settle(request: Request, *, right: Right = Right.PUBLIC, passive: bool = True) -> None:
    """Who is asking, and in which language they read. Only a wall's own addresses ask for its screen.

    Where somebody has signed in beside a screen, on the same computer, what it may not do (`right`) is theirs to do.
    """
    own = request.url.path.split("/")[1:2] == ["wall"] or request.url.path == "/live/wall"
    screen = await this_screen(request) if own else None
    if screen and screen.may(right):
        who: Who | None = screen
    else:
        who = await whoever(request, passive=passive) or screen
    request.state.who = who
    request.state.language = language.choose(
        request.query_params.get("lang"),
        request.cookies.get(language.COOKIE),
        who.language if who else None,
        who.team_state.settings.language if who and who.team_state else None,
        request.headers.get("accept-language"),
    )
