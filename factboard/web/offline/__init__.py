"""What a phone has of factboard while no server answers, and what makes it an app there.

The service worker keeps pages without anybody in them; the clients that the flag form offers then are kept apart,
sealed (static/flag-kept.js). The manifest names no team: browsers ask for it as nobody.
"""

from factboard.web.offline.app import manifest, worker
from factboard.web.offline.clients import clients
from factboard.web.offline.form import form

__all__ = ["clients", "form", "manifest", "worker"]
