"""The one reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the environment and `.env` say; secrets show as stars wherever they are printed."""

    model_config = SettingsConfigDict(env_prefix="KITH_", env_file=".env", extra="ignore")

    database_url: SecretStr | None = None
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None
    discord_token: SecretStr | None = None
    discord_api_url: str | None = None
    discord_gateway_url: str | None = None
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65_535)
    public_url: str | None = None
    data_dir: Path = Path("data")
    secret_keys: SecretStr | None = None
    log_json: bool = False
    fetch_private: bool = False
    dask_address: str | None = None

    @property
    def database(self) -> str:
        """Return the database's address: SQLite in the data directory unless another is set."""
        if self.database_url is not None and self.database_url.get_secret_value():
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'kith.db'}"

    @property
    def public_address(self) -> str:
        """Return how people reach what Kith serves, without a slash at the end; empty where nobody said it."""
        if self.public_url:
            return self.public_url.rstrip("/")
        hook = urlsplit(self.telegram_webhook_url or "")
        return f"{hook.scheme}://{hook.netloc}" if hook.netloc else ""

    @property
    def secrets(self) -> list[str]:
        """Return what must be printed nowhere."""
        kept = (
            self.telegram_token,
            self.telegram_webhook_secret,
            self.discord_token,
            self.secret_keys,
        )
        url = self.database_url.get_secret_value() if self.database_url else ""
        password = unquote(urlsplit(url).password or "") if "://" in url else ""
        return [found for each in kept if each and (found := each.get_secret_value())] + [password] * bool(password)

    @property
    def live(self) -> bool:
        """Say whether there is a token for any platform."""
        return any(token and token.get_secret_value() for token in (self.telegram_token, self.discord_token))


def terminal_language() -> str | None:
    """Return the language tag that the terminal asks for, such as zh_CN, None where it names none."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return named.partition(".")[0] or None
