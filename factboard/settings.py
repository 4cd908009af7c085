"""What an operator sets, by environment: FACTBOARD_*, and PORT. The same table stands in docs/settings.md."""

from __future__ import annotations

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field's description is its documentation."""

    model_config = SettingsConfigDict(env_prefix="FACTBOARD_", env_file=".env", extra="ignore", populate_by_name=True)

    database_url: str = Field(
        "sqlite+aiosqlite:///factboard.db",
        description="Where everything is kept: sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME.",
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="At least 32 random characters; sessions are keyed with it. Needed by `serve`."
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(
        8000, validation_alias=AliasChoices("port", "PORT", "FACTBOARD_PORT"), description="The port to listen on."
    )
    trusted_hosts: str = Field("", description="Host names served, by comma; empty: any. Set it in production.")
    forwarded_allow_ips: str = Field("127.0.0.1", description="Proxies whose X-Forwarded-* headers are believed.")
    secure_cookies: bool = Field(True, description="Cookies by https only. Off only for trying out on plain http.")
    session_idle_minutes: int = Field(60, ge=5, le=24 * 60, description="Signed out after this long without a click.")
    session_hours: int = Field(12, ge=1, le=24 * 7, description="Signed out after this long in any case.")
    import_megabytes: int = Field(20, ge=1, le=100, description="The largest file that /import takes.")
    sheets: str = Field(
        "", description="Folder for the morning and on-call sheets, one folder a team in it; empty: none are written."
    )
    access_log_years: int = Field(
        10, ge=5, le=100, description="For how many years it is kept who looked at whom; what is older goes, by a fact."
    )
    signing_key: str = Field(
        "",
        description="File with the Ed25519 private key (PEM) that signs checkpoints and case packs; empty: one made "
        "from FACTBOARD_SECRET_KEY.",
    )
    checkpoints: str = Field(
        "",
        description="Folder for copies of signed checkpoints, in a second place that whoever runs the database cannot "
        "write to; empty: none are kept outside it.",
    )
    push_contact: str = Field(
        "mailto:factboard@example.org",
        pattern=r"^(mailto:[^@\s]+@|https://)[\w-]+(\.[\w-]+)+$",
        description="Whom a push service writes to when something is wrong: mailto:ADDRESS or https://HOST.",
    )
    push_services: str = Field(
        "",
        description="Push services that are not public, as http(s)://HOST:PORT by comma: for tests, or your own.",
    )
    push_proxy: str = Field("", description="The proxy by which push services are reached, as http://HOST:PORT.")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token for /metrics; empty: only this machine may read it."
    )
    log_format: str = Field("console", pattern="^(console|json)$", description="`console` or `json`.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR.")
