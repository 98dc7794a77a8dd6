"""What an operator sets, by environment or `.env`."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    bot_token: SecretStr = SecretStr("")
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
    """Where files that people send are kept; to be backed up together with the database."""
    send_per_second: float = Field(25, gt=0, le=1000)
    bulk_in_flight: int = Field(2, ge=1, le=3)
    """Reminders and notices on the wire at once: the most that one crash leaves unknown."""
    poll_seconds: int = Field(25, ge=0, le=50)
    desks: int = Field(4, ge=1, le=32)
    """Desk threads on PostgreSQL; SQLite always has one."""
    log_level: str = "INFO"

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.split(",") if part.strip())
        return value
