"""A person's quiet hours: their own, for all their devices; no fact, as they change nothing for the team."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import telling
from factboard.domain.refusal import Invalid
from factboard.storage import accounts
from factboard.web.answers import not_saved
from factboard.web.forms import Form, TimeOfDay, read
from factboard.web.phone.look import context


class QuietForm(Form):
    quiet_from: TimeOfDay | None = None
    quiet_to: TimeOfDay | None = None


async def save_quiet(request: Request) -> Response:
    typed = await read(request, QuietForm)
    if typed.form is None:
        return not_saved(request, "phone/page.html", typed, **await context(request))
    try:
        wish = telling.quiet(typed.form.quiet_from, typed.form.quiet_to)
    except Invalid as refusal:
        return not_saved(request, "phone/page.html", typed, refusal=refusal, **await context(request))
    begins, ends = (f"{wish.begins:%H:%M}", f"{wish.ends:%H:%M}") if wish else (None, None)
    async with request.app.state.store.writing() as connection:
        await accounts.change(connection, request.state.who.user, quiet_from=begins, quiet_to=ends)
    return RedirectResponse("/phone?done=quiet", 303)
