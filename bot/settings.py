"""What an operator sets, by environment or `.env`."""

import re
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from plan.calendars import OFFICE_HOURS, OfficeHours

WEBHOOK_URL = r"^(https://[^\s/]|http://(127\.0\.0\.1|localhost)[:/])"
"""Telegram takes HTTPS only; a Bot API server of one's own, on this machine, the other too."""
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")

USUAL = 25
"""Messages a second that Telegram takes of anybody."""


class Settings(BaseSettings):
    # An error must not quote a secret that is not quite right.
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    bot_token: SecretStr = SecretStr("")
    bot_username: str = Field("", pattern=r"^[A-Za-z0-9_]{0,32}$")
    """Without the @: for the links in invitations that are made in the chat."""
    admin_ids: Annotated[frozenset[str], NoDecode] = frozenset()
    """Telegram ids of the first admins, separated by commas."""
    database_url: str = "sqlite:///var/tiendo.db"
    telegram_api_url: str = "https://api.telegram.org"
    telegram_api_local: bool = False
    """The server at that address runs with `--local` here: files are read from its own disk."""
    telegram_proxy: str | None = None
    """`http://…` or `socks5://…`, where Telegram is not reached directly."""
    data_controller: str = "Sở Văn hóa và Thể thao Thành phố Hồ Chí Minh"
    """Who answers for personal data (Law 91/2025/QH15), as the privacy notice names it."""
    plan_file: Path | None = None
    files_dir: Path = Path("var/files")
    """Where files that people send are kept; copied to the backups every night."""
    backup_dir: Path = Path("var/backups")
    """On another disk, where there is one."""
    backup_at: time = time(2, 30)
    """Local, of every night; an empty night is made up for at the next look."""
    backups_daily: int = Field(7, ge=1)
    backups_weekly: int = Field(4, ge=1)
    send_per_second: float = Field(25, gt=0, le=1000)
    bulk_in_flight: int | None = Field(None, ge=1, le=200)
    """Reminders and notices on the wire at once: the most that one crash leaves unknown. Where it
    is not set, 2 at Telegram's usual limit, and above it what leaves in a fifth of a second.
    """
    poll_seconds: int = Field(25, ge=0, le=50)
    desks: int = Field(4, ge=1, le=32)
    """Desk threads on PostgreSQL; SQLite always has one."""
    office_hours: Annotated[OfficeHours, NoDecode] = OFFICE_HOURS
    """`07:30-11:30,13:00-17:00`: outside them nothing is begun; answering is immediate."""
    log_level: str = "INFO"
    webhook_url: str | None = Field(None, pattern=WEBHOOK_URL)
    """Where Telegram reaches the web server, up to its first path; chosen instead of polling."""
    webhook_secret: SecretStr | None = None
    """16 to 256 of A-Z, a-z, 0-9, _ and -; derived from the token where it is not set."""
    web_host: str = "127.0.0.1"
    web_port: int | None = Field(None, ge=0, le=65535)
    """Of `/healthz`, `/readyz`, `/metrics` and the webhook; no web server without it."""

    @property
    def bulk_at_once(self) -> int:
        return self.bulk_in_flight or max(2, int((self.send_per_second - USUAL) / 5))

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("office_hours", mode="before")
    @classmethod
    def _spans(cls, value: object) -> object:
        if isinstance(value, str):
            spans = (span.partition("-") for span in value.split(","))
            return tuple((begins.strip(), ends.strip()) for begins, _, ends in spans)
        return value

    @field_validator("office_hours")
    @classmethod
    def _in_order(cls, value: OfficeHours) -> OfficeHours:
        clock = [moment for span in value for moment in span]
        if not clock or any(later <= earlier for earlier, later in pairwise(clock)):
            raise ValueError("OFFICE_HOURS are spans in order, such as 07:30-11:30,13:00-17:00")
        return value

    @field_validator("bulk_in_flight", "webhook_url", "webhook_secret", "web_port", mode="before")
    @classmethod
    def _unset(cls, value: object) -> object:
        """`WEB_PORT=` in `.env` says nothing."""
        return None if value == "" else value

    @field_validator("webhook_secret")
    @classmethod
    def _as_telegram_takes_it(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("WEBHOOK_SECRET must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.webhook_url and self.web_port is None:
            raise ValueError("WEBHOOK_URL needs WEB_PORT: the port that its proxy passes it on to")
        return self
